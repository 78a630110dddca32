"""The reports: one module per format, each with a `render` from a `Report` to the lines of a text.

A package adds a format by an entry point of the group ``smslint.reports``: its name is the format's, and
it leads to such a function.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from smslint.config.errors import UnusableError
from smslint.report import Report
from smslint.reports.style import Style

Render = Callable[[Report, Style], Iterator[str]]

FORMATS: Final = (
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "azure",
    "junit",
    "checkstyle",
    "rdjson",
    "markdown",
    "html",
    "csv",
)
"""The formats that come with smslint, each a module of its name, which only a run that writes it loads."""


class UnusableFormatError(UnusableError):
    """A format that there is not, or whose package is broken. Its text says which, and what was meant."""


def renderer(name: str) -> Render:
    """The function that writes a format, packages' formats included. Raises `UnusableFormatError`."""
    render: Render
    if name in FORMATS:
        render = import_module(f"{__name__}.{name}").render
        return render
    from importlib.metadata import entry_points

    brought = entry_points(group="smslint.reports")
    if name not in brought.names:
        known = sorted({*FORMATS, *brought.names})
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise UnusableFormatError(f"no format is called {name!r}; {hint}")
    try:
        render = brought[name].load()
    except Exception as error:
        raise UnusableFormatError(f"the package that brings {name!r} is broken: {error}") from error
    return render
