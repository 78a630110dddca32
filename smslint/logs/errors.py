"""Windows error numbers in the lines of senders: what each says of the address and its account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class WindowsError:
    """What a number means, and the rule or symptom it leads to; None for one that means no trouble."""

    meaning: str
    code: str | None


_ACCOUNT: Final = "SMS702"
_LINK: Final = "SMS703"
OTHER: Final = "SMS704"
"""The symptom of a number that says neither what is wrong nor where."""

ERRORS: Final[dict[int, WindowsError]] = {
    0: WindowsError("no error", None),
    487: WindowsError("harmless, from an old network redirector", None),
    5: WindowsError("access denied", _ACCOUNT),
    86: WindowsError("wrong password", _ACCOUNT),
    1326: WindowsError("logon failure", _ACCOUNT),
    1330: WindowsError("account expired, disabled or locked", _ACCOUNT),
    1331: WindowsError("account expired, disabled or locked", _ACCOUNT),
    1909: WindowsError("account expired, disabled or locked", _ACCOUNT),
    53: WindowsError("no path to the server", "SMS203"),
    1231: WindowsError("no path to the server", "SMS203"),
    1203: WindowsError("no server or share of that name", "SMS203"),
    67: WindowsError("no such share", "SMS205"),
    32: WindowsError("the file is in use", "SMS701"),
    64: WindowsError("the connection broke", _LINK),
    59: WindowsError("the connection broke", _LINK),
    121: WindowsError("the connection broke", _LINK),
    1236: WindowsError("the connection broke", _LINK),
    71: WindowsError("no more connections to that server", OTHER),
    1219: WindowsError("two accounts to one server", OTHER),
    112: WindowsError("disk full", "SMS124"),
    39: WindowsError("disk full", "SMS124"),
}
"""The numbers whose meaning is known; what they say of a setting is inferred."""


def windows_error(number: int) -> WindowsError:
    """What a number says; one that is not listed says no more than itself."""
    return ERRORS.get(number) or WindowsError("see `net helpmsg`", OTHER)
