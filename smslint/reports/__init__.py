"""The reports: one module per format, each a function from a `Report` to the lines of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from smslint.finding import Report
from smslint.reports import concise, jsonlines, jsonreport, text
from smslint.reports.style import Style

Render = Callable[[Report, Style], Iterator[str]]

FORMATS: Final[dict[str, Render]] = {
    "text": text.render,
    "concise": concise.render,
    "json": jsonreport.render,
    "jsonl": jsonlines.render,
}
"""What ``--format`` takes."""
