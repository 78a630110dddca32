"""Markdown of ours as a terminal shows it: headings, paragraphs, lists and code, wrapped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from smslint.reports.style import Style, display

_WIDTH: Final = 80
"""The most columns of prose: longer lines are hard to read."""
_INDENT: Final = "  "
_LINK: Final = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_POINT: Final = re.compile(r"([-*]|\d+\.) ")


def rendered(markdown: str, style: Style) -> Iterator[str]:
    """Yield the lines of a page: headings at the margin, the rest indented, code as it is."""
    paragraph: list[str] = []
    code = False
    for line in [*markdown.splitlines(), ""]:
        fence = line.startswith("```")
        if fence or code or not line or line.startswith("#") or _POINT.match(line):
            yield from _wrapped(" ".join(paragraph), style)
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


def _wrapped(text: str, style: Style) -> Iterator[str]:
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
