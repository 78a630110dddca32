"""Hostile logs, each a shape that grows to any size."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count, takewhile
from typing import Final

from smslint.logs.literal import parts
from smslint.logs.matching import MARKS
from smslint.logs.signatures import SIGNATURES
from tests.logs.logfiles import Line, f3, f4

_FILLED: Final = {"site": "NYC", "server": "BOSTON", "till": "12/6/2016 11:22", "package": "CS100012"} | dict(
    {"n": "1", "m": "5", "number": "53", "any": "x", "thread": "1F", "fault": "cb", "sev": "E"},
    device="CON",
    end="",
)
_LITERALS: Final = [literal for each in SIGNATURES for literal in each.literals]
_BEGINNINGS: Final = [next(parts(literal))[0] for literal in _LITERALS]
_MESSAGES: Final = ["".join(text or _FILLED[name] for text, name in parts(each)) for each in _LITERALS]
_UNITS: Final = {
    "openings": "<![LOG[",
    "openings, a line each": "<![LOG[\n",
    "endings": "]LOG]!>",
    "endings, a line each": "]LOG]!>\n",
    "unclosed records": "<![LOG[Heartbeat is expired.\n",
    "unclosed records of empty lines": "<![LOG[" + "\n" * 400,
    "unclosed attributes": '<![LOG[x]LOG]!><time="a"\n',
    "records of a client in one line": "<![LOG[]LOG]!>",
    "attributes of a word": f"<![LOG[x]LOG]!><{'a' * 4000}>\n",
    "dates": "12/6/2016\n",
    "dates in one line": "12/6/2016 ",
    "a date and letters": "C 1-1\n",
    "a component and a date": "SMS_LAN_SENDER 12/6/2016\n",
    "records of a viewer in one line": "SMS_LAN_SENDER 12/6/2016 11:22:33 PM 77 (0x4D) ",
    "half records of a viewer": "SMS_LAN_SENDER 12/6/2016 11:22:33 PM 77 (0x\n",
    "threads of a viewer": "SMS_LAN_SENDER 77 (0x4D)\n",
    "another program's lines": "2016-12-06 11:22:33, Info   CBS   10.0.0.1 failed (0x80070005)\n",
    "digits": "1-1",
    "one line": "a",
    "tildes": "~",
    "CR": "\r",
    "LF": "\n",
    "blanks": " ",
    "quotes": "> ",
    "quotes, a line each": ">\n",
    "frames": "$$<",
    "frames, a line each": "$$<\n",
    "dollars, a line each": "$$\n",
    "frames and blanks": f"$$<aaa>{' ' * 1900}\n",
    "frames, names and blanks": f"$$<aaa{' ' * 1900}\n",
    "frames over three lines": "a$$<SMS_X>\n<12-06-2016 11:22:33.123+300>\n<thread=1 (0x1)>\n",
    "letters and dollars": "H$$\n",
    "a literal in one line": "Heartbeat is expired. ",
    "beginnings of literals": "".join(f"{each}\n" for each in _BEGINNINGS),
    "first words of literals": "".join(f"{each[:8]}\n" for each in _BEGINNINGS),
    "literals": "".join(f"{each}\n" for each in _MESSAGES),
    "literals in one line": " ".join(_MESSAGES),
    "records of literals": "".join(f"{f3(Line(each))}\n" for each in _MESSAGES),
    "wrapped records": "".join(
        f"{f3(Line(each))[at : at + 20]}\n" for each in _MESSAGES for at in range(0, len(f3(Line(each))), 20)
    ),
    "marks": f"{f3(Line('x'))}\n" * 9 + f"{f3(Line(f'x {MARKS[0]}'))}\n",
    "forms in turn": f"{f3(Line('x'))}\n{f4(Line('x'))}\n",
}


def _of_unit(unit: str, size: int) -> bytes:
    return (unit * (size // len(unit) + 1)).encode()[:size]


def _numbered(write: Callable[[int], str], size: int) -> bytes:
    """Lines that tell a number each, so that all differ."""
    length = len(write(0)) + 1
    return "".join(f"{write(each)}\n" for each in takewhile(lambda n: n * length < size, count())).encode()


def site(number: int) -> str:
    """One of 46,656 site codes."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return digits[number // 1296 % 36] + digits[number // 36 % 36] + digits[number % 36]


def _locked(number: int) -> str:
    """Site after site that is lost, then the locked file alone."""
    if number < 220:
        return "\n".join(
            f3(Line(each))
            for each in (
                f"Found send request.  ID: {number:X}, Dest Site: {site(number)}",
                "Heartbeat is expired.",
                "Can't re-establish the connection.",
            )
        )
    return f3(Line(r"Cannot create/open the remote file \\BOSTON\SMS_SITE\A.PCK, Win32 error = 32."))


_NUMBERED: Final[dict[str, Callable[[int], str]]] = {
    "threads": lambda n: f3(Line("Heartbeat is expired.", thread=n % 100_000)),
    "healthy threads": lambda n: f3(Line("x", thread=n % 100_000)),
    "sites": lambda n: f3(Line(f"There is no longer an address to destination site {site(n)}")),
    "sites without component": lambda n: f"There is no longer an address to destination site {site(n)}",
    "servers": lambda n: f3(
        Line(f"Cannot connect to server S{n} at remote site {site(n)}, won't try send requests")
    ),
    "direct addresses": lambda n: f3(Line(f"Found direct address to site {site(n)}", thread=n % 9)),
    "limits": lambda n: f3(Line("Checking for sending capacity. Used 1 out of 5", f"SMS_{n}_SENDER")),
    "changes of a limit": lambda n: f3(Line(f"Checking for sending capacity. Used 1 out of {n % 900 + 1}")),
    "components": lambda n: f3(Line("x", f"C{n}")),
    "long components": lambda n: f3(Line("x", f"{'C' * 9000}{n}")),
    "locked files": _locked,
}
_BYTES: Final = {
    "NUL": (b"", b"\0"),
    "no character": (b"", b"\xff"),
    "half characters": (b"", b"a\xe9\n"),
    "NUL in UTF-16": (b"\xff\xfe", b"\0\0"),
    "surrogates in UTF-16": (b"\xff\xfe", b"\0\xd8"),
    "CR in UTF-16": (b"\xff\xfe", b"\r\0"),
    "openings in UTF-16": (b"\xff\xfe", "<![LOG[\n".encode("utf-16-le")),
}


def _of_bytes(mark: bytes, unit: bytes, size: int) -> bytes:
    return mark + unit * (size // len(unit))


SHAPES: Final[dict[str, Callable[[int], bytes]]] = {
    **{name: partial(_of_unit, unit) for name, unit in _UNITS.items()},
    **{name: partial(_numbered, write) for name, write in _NUMBERED.items()},
    **{name: partial(_of_bytes, *each) for name, each in _BYTES.items()},
}
"""Makes a log of about so many bytes."""
