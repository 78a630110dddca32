"""HTML and SVG of which no byte depends on an encoding, and in which no input can write a tag."""

from __future__ import annotations

import html
from importlib.resources import files

from smslint.reports.style import beginning, columns, printable


def text(content: object) -> str:
    """``content`` as text or attribute, in ASCII: what is not printable spelled out, the rest escaped."""
    escaped = html.escape(printable(str(content)))
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")


def short(content: str, width: int) -> str:
    """``content`` cut to ``width`` columns, as `text`."""
    visible = printable(content)
    return text(visible if columns(visible) <= width else beginning(visible, width - 3) + "...")


def tag(name: str, /, **attributes: object) -> str:
    """A start tag; of the names of attributes ``_`` becomes ``-`` and one at the end is dropped.

    An attribute that is None or False is left out, one that is True has no value.
    """
    content = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        key = key.rstrip("_").replace("_", "-")
        content.append(key if value is True else f'{key}="{text(value)}"')
    return f"<{' '.join([name, *content])}>"


def element(name: str, content: object = "", /, **attributes: object) -> str:
    """An element that holds nothing but text."""
    return f"{tag(name, **attributes)}{text(content)}</{name}>"


def resource(name: str) -> list[str]:
    """The lines of a file that comes with the reports: a style sheet or a script."""
    return files("smslint.reports.html").joinpath(name).read_text("ascii").splitlines()
