"""How text reaches a terminal: colours that can be switched off, and hostile characters made harmless."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final, Literal, NamedTuple

from smslint.sources.secrets import COVER, HIDDEN, uncovered

Colour = Literal["red", "yellow", "cyan", "green", "bold", "dim"]
_CODES: Final[dict[Colour, str]] = {
    "red": "1;31",
    "yellow": "33",
    "cyan": "36",
    "green": "32",
    "bold": "1",
    "dim": "2",
}
LEVEL_COLOURS: Final[dict[str, Colour]] = {"error": "red", "warning": "yellow", "info": "cyan"}


class Style(NamedTuple):
    """Whether to colour, how many columns there are, whether the summary is wanted, whether links work."""

    colour: bool = False
    width: int = 80
    summary: bool = True
    links: bool = False

    def paint(self, text: str, colour: Colour) -> str:
        """``text`` in a colour that dark and light terminals both show, or as it is."""
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if self.colour and text else text

    def link(self, text: str, address: str) -> str:
        """``text`` that leads to an address of ours, where the terminal has links."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.links else text


def coloured(diff: Iterable[str], style: Style) -> Iterator[str]:
    """The lines of a unified diff in its usual colours."""
    signs: dict[str, Colour] = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff:
        header = line.startswith(("--- ", "+++ "))
        colour = "bold" if header else signs.get(line[:1])
        yield style.paint(line, colour) if colour else line


def printable(text: str) -> str:
    """``text`` with what is not printable spelled out, so that it moves no cursor and reorders no line."""
    return "".join(map(_spelled, uncovered(text)))


def display(text: str) -> str:
    """``text`` for a person: printable, and what a CI log obeys (``::error``, ``##vso[``) broken up."""
    return "".join(_cells(text))


def counted(number: int, noun: str) -> str:
    """A number and its noun: ``1 file``, ``2 files``, ``2 info``."""
    return f"{number} {noun}" if number == 1 or noun == "info" else f"{number} {noun}s"


def columns(text: str) -> int:
    """How many columns a terminal gives ``text``, which must be printable."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def beginning(text: str, width: int) -> str:
    """As much of ``text``, which must be printable, as fits into ``width`` columns."""
    used = accumulate(map(_columns, text))
    return "".join(char for char, end in zip(text, used, strict=True) if end <= width)


def excerpt(line: str, start: int, end: int, width: int) -> tuple[str, str]:
    """A line of an input as shown, and the carets under its characters ``start`` to ``end``.

    What is outside ``width`` columns is cut, with the marked part kept in sight.
    """
    cells = _cells(line.replace("\t", " "))
    start = min(start, len(cells))  # a place that a package made up
    end = max(min(end, len(cells)), start + 1)
    first, used = 0, 0
    sizes = [columns(cell) for cell in cells]
    if sum(sizes) > width:
        first = _first_cell(sizes, start, end, width - 6)
    last = first
    room = width if sum(sizes) <= width else width - 6
    while last < len(cells) and used + sizes[last] <= room:
        used += sizes[last]
        last += 1
    head, tail = ("..." if first else ""), ("..." if last < len(cells) else "")
    before = columns(head) + sum(sizes[first:start])
    marked = sum(sizes[start : min(end, last)]) or 1
    return head + "".join(cells[first:last]) + tail, " " * before + "^" * marked


def _first_cell(sizes: list[int], start: int, end: int, room: int) -> int:
    """The first cell to show so that the marked ones, or as many as fit, are in sight."""
    if sum(sizes[:end]) <= room:
        return 0
    first, used = start, sum(sizes[start:end])
    while first > 0 and used + sizes[first - 1] <= room:
        first -= 1
        used += sizes[first]
    return first


def _cells(text: str) -> list[str]:
    """What is shown for each character; for those that are hidden, all at the first of them."""
    return [_cell(before, char) for before, char in zip(" " + text, text, strict=False)]


def _cell(before: str, char: str) -> str:
    if char == COVER:
        return "" if before == COVER else HIDDEN
    return _escape(char) if char in ":#" and before == char else _spelled(char)


def _spelled(char: str) -> str:
    return char if char.isprintable() or char == " " else _escape(char)


def _escape(char: str) -> str:
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
