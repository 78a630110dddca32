"""Account names in the lines of logs, which are never shown."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = "(hidden)"

_QUALIFIED = re.compile(r"(?<![\\\w:./$-])[\w.-]+\\[\w.$-]+")
_PRINCIPAL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_NAMED = re.compile(
    r"(?i)\b((?:user ?name|user|account|login|password|pwd|uid|context)\s*[:=]?\s*)"
    r"(?:([\"'\[<(])[^\"'\]>)\n]+|(?<=[:=])\s*[^\s\"'\[<(,;]+|(?<=[:=] )[^\s\"'\[<(,;]+)"
)


def without_accounts(text: str) -> str:
    """The text of a line with accounts and passwords hidden; in doubt more than need be."""
    text = _NAMED.sub(lambda found: f"{found[1]}{found[2] or ''}{HIDDEN}", text)
    text = _QUALIFIED.sub(HIDDEN, text)
    return _PRINCIPAL.sub(HIDDEN, text)
