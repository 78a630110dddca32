"""Text from an input made harmless for the place it is put in: each report's own way, under one name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final, Literal

Target = Literal[
    "terminal",
    "html",
    "xml",
    "markdown",
    "csv",
    "github",
    "github-property",
    "azure",
    "azure-property",
    "powershell",
]
"""The places text can be put in; a property is one of a CI system's command."""

_FUNCTIONS: Final[Mapping[Target, tuple[str, str]]] = {
    "terminal": ("reports.style", "display"),
    "html": ("reports.html.markup", "text"),
    "xml": ("reports.html.markup", "text"),
    "markdown": ("reports.markdown", "escaped"),
    "csv": ("reports.csv", "text_cell"),
    "github": ("reports.github", "data"),
    "github-property": ("reports.github", "property_value"),
    "azure": ("reports.azure", "data"),
    "azure-property": ("reports.azure", "property_value"),
    "powershell": ("fixes.powershell", "quoted"),
}


def escape(text: str, target: Target) -> str:
    r"""``text`` so that it shows at the target and does nothing there.

    *terminal*: moves no cursor, reorders no line, and no CI log obeys it. *html*, *xml*: text or an
    attribute's value, all ASCII. *markdown*: no markup, HTML, link or mention. *csv*: a cell that no
    spreadsheet computes, for the csv module to quote. *github*, *azure*: the message of a workflow or
    logging command; with *-property* the value of one of its properties. *powershell*: a string in single
    quotes, with them. What is not printable is spelled out (``\x1b``), but not for PowerShell. Raises
    KeyError for another target.
    """
    module, name = _FUNCTIONS[target]
    escaped: Callable[[str], str] = getattr(import_module(f"smslint.{module}"), name)
    return escaped(text)
