"""``json``: the whole report as one object, in ASCII so that every console and pipe takes it."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.finding import Report
from smslint.reports.asciijson import dumped
from smslint.reports.style import Style


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the object, indented."""
    yield dumped(report.model_dump(by_alias=True))
