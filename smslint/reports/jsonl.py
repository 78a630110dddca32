"""``jsonl``: a finding a line, nothing when clean."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.report import Report
from smslint.reports.asciijson import dumped
from smslint.reports.json import finding_object
from smslint.reports.style import Style


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield each finding as the JSON report has it."""
    for finding in report.findings:
        yield dumped(finding_object(finding), indent=None)
