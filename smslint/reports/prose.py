"""Markdown of ours as a terminal shows it: headings, paragraphs, lists and code, wrapped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from smslint.reports.style import Style, display

_WIDTH: Final = 80
"""The most columns of prose: longer lines are hard to read."""
_INDENT: Final = "  "
_LINK: Final = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_POINT: Final = re.compile(r"([-*]|\d+\.) ")
_NUMBER: Final = re.compile(r" *(?:\d+\. )?")
_GLUE: Final = "\xa0"
"""A blank at which no line breaks; no text for a person holds one, since it is not printable."""
_NAMED: Final = 8
"""Names that are listed; of more the rest is counted."""


def rendered(markdown: str, style: Style) -> Iterator[str]:
    """Yield the lines of a page: headings at the margin, the rest indented, code as it is."""
    paragraph: list[str] = []
    code = False
    for line in [*markdown.splitlines(), ""]:
        fence = line.startswith("```")
        if fence or code or not line or line.startswith("#") or _POINT.match(line):
            yield from _paragraph(" ".join(paragraph), style)
            paragraph = []
        if fence:
            code = not code
        elif code:
            yield _INDENT + style.paint(display(line), "cyan") if line else ""
        elif line.startswith("#"):
            yield style.paint(display(line.lstrip("# ")), "bold")
        elif line:
            paragraph.append(line.strip())
        else:
            yield ""


def _paragraph(text: str, style: Style) -> Iterator[str]:
    """A paragraph or a point of a list; a link is its title where the terminal has links."""
    point = _POINT.match(text)
    titled = _LINK.sub(lambda found: found[1] if style.links else f"{found[1]} ({found[2]})", text)
    for line in textwrap.wrap(
        display(titled),
        min(style.width, _WIDTH),
        initial_indent=_INDENT,
        subsequent_indent=_INDENT + " " * (point.end() if point else 0),
        break_on_hyphens=False,
        break_long_words=False,
    ):
        yield linked(line, dict(_LINK.findall(text)), style)


def linked(line: str, addresses: dict[str, str], style: Style) -> str:
    """A line with each title that stands in it made a link, where the terminal has links."""
    for title, address in addresses.items() if style.links else ():
        line = line.replace(title, style.link(title, address))
    return line


def wrapped(text: str, room: int) -> list[str]:
    """The lines of a text; those below the number of a step stand under its words.

    A command is never broken, so that it can be copied: one too long for a line has one of its own.
    """
    number = _NUMBER.match(text)
    indent = " " * (number.end() if number else 0)
    lines, prose = list[str](), ""
    for index, part in enumerate(map(display, text.split("`"))):
        if index % 2 == 0:
            prose += part.lstrip(",;. ") if lines and prose == indent else part
        elif len(f"{indent}`{part}`.") <= room:
            prose += f"`{part.replace(' ', _GLUE)}`"
        else:
            lines += [*_filled(prose, room, indent), indent + part]
            prose = indent
    return lines + _filled(prose, room, indent) or [""]


def _filled(text: str, room: int, indent: str) -> list[str]:
    lines = textwrap.wrap(text, room, subsequent_indent=indent, break_on_hyphens=False)
    return [line.replace(_GLUE, " ") for line in lines]


def listed(names: Sequence[str]) -> str:
    """Names in words: ``A, B and C``; of many the first, and how many more there are."""
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    *first, last = [*names[:_NAMED], *more]
    return f"{', '.join(first)} and {last}" if first else last
