"""HTML and SVG of which no byte depends on an encoding, and in which no input can write a tag."""

from __future__ import annotations

import html
from importlib.resources import files

from smslint.reports.style import columns, printable


def text(said: object) -> str:
    """``said`` as text or attribute: what is not printable spelled out, the rest escaped, all of it ASCII."""
    escaped = html.escape(printable(str(said)))
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")


def short(said: str, width: int) -> str:
    """``said`` cut to ``width`` columns, as `text`."""
    shown = printable(said)
    if columns(shown) > width:
        while columns(shown) > width - 3:
            shown = shown[:-1]
        shown += "..."
    return text(shown)


def tag(name: str, /, **attributes: object) -> str:
    """A start tag; of the names of attributes ``_`` becomes ``-`` and one at the end is dropped.

    An attribute that is None or False is left out, one that is True has no value.
    """
    said = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        key = key.rstrip("_").replace("_", "-")
        said.append(key if value is True else f'{key}="{text(value)}"')
    return f"<{' '.join([name, *said])}>"


def element(name: str, said: object = "", /, **attributes: object) -> str:
    """An element that holds nothing but text."""
    return f"{tag(name, **attributes)}{text(said)}</{name}>"


def resource(name: str) -> list[str]:
    """The lines of a file that comes with the reports: a style sheet or a script."""
    return files("smslint.reports.html").joinpath(name).read_text("ascii").splitlines()
