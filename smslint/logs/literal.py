"""What a signature looks for: a literal text with variable parts, matched from the beginning of a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

_TYPOGRAPHIC: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_VARIABLE = re.compile(r"<([a-z]+)>")

VARIABLES: Final = {
    "n": r"[0-9]{1,10}",
    "m": r"[0-9]{1,10}",
    "number": r"[0-9]{1,10}",
    "fault": r"(?i:C000000b|cb|38a)",
    "site": r"[A-Za-z0-9]{3}",
    "server": r"[^\s\\\"<>|]{1,255}",
    "sev": r"[WE]",
    "package": r"[A-Za-z0-9_]{1,16}",
    "thread": r"[0-9A-Fa-f]{1,8}",
    "device": r"(?:CON|PRN|AUX|NUL)",
    "any": r".{0,400}?",
    "till": r".{8,60}",
    "end": r"\Z",
}
"""What each variable part may be. A number, a code and a name are matched whole."""

_WHOLE: Final = {
    "n": r"(?![0-9])",
    "m": r"(?![0-9])",
    "number": r"(?![0-9])",
    "fault": r"(?![0-9A-Za-z])",
    "site": r"(?![A-Za-z0-9])",
    "thread": r"(?![0-9A-Za-z])",
}
_WHOLE_LOOSE: Final = {
    name: r"(?! ?[0-9])" if name in ("n", "m", "number") else end for name, end in _WHOLE.items()
}


def folded(text: str) -> str:
    """A message on one line: every run of blanks, line ends and ``~``, which stand for one, as one blank."""
    if not text.isascii():
        text = text.translate(_TYPOGRAPHIC)
    return " ".join(text.replace("~", " ").split())


@cache
def compiled(literal: str, *, loose: bool = False) -> re.Pattern[str]:
    """The expression for a literal; with ``loose`` a line may have been cut within any word."""
    whole = _WHOLE_LOOSE if loose else _WHOLE
    pieces, seen = list[str](), set[str]()
    for text, variable in parts(literal):
        if variable:
            # Only the first of a name is named.
            named = f"?P<{variable}>" if variable not in seen else "?:"
            seen.add(variable)
            pieces.append(f"({named}{VARIABLES[variable]}){whole.get(variable, '')}")
        else:
            pieces.append(_loosened(text) if loose else re.escape(text))
    return re.compile("".join(pieces), re.DOTALL)


def _loosened(text: str) -> str:
    words = (" ?".join(map(re.escape, word)) for word in text.split(" "))
    return r"\ ".join(words)


def parts(literal: str) -> Iterator[tuple[str, str]]:
    """The fixed texts and the names of the variable parts, in order; one of the two is empty."""
    position = 0
    for found in _VARIABLE.finditer(literal):
        if found.start() > position:
            yield literal[position : found.start()], ""
        yield "", found[1]
        position = found.end()
    if position < len(literal):
        yield literal[position:], ""


HEAD: Final = 24
"""Characters at the beginning of a literal by which a line is taken for one that may match it."""


def head(literal: str, size: int = HEAD) -> str:
    """The expression for the first characters of a literal in an unfolded line."""
    text = next(parts(literal))[0][:size].rstrip(" ")
    blank, quote = r"(?:~|[^\S\n])+", "['\u2018\u2019]"
    return "".join(blank if char == " " else quote if char == "'" else re.escape(char) for char in text)
