"""``concise``: a line a finding, as editors and grep like it."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.report import Report, ReportedFinding
from smslint.reports.style import LEVEL_COLOURS, Style, display


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield ``path:line:column: level CODE message`` for each finding; nothing when clean."""
    for finding in report.findings:
        level = style.paint(finding.severity, LEVEL_COLOURS[finding.severity])
        yield f"{location(finding)}: {level} {finding.rule} {display(finding.message)}"


def location(finding: ReportedFinding) -> str:
    """``path:line:column``, as far as it is known."""
    parts = (finding.path or "(no file)", finding.line, finding.column)
    return display(":".join(str(part) for part in parts if part is not None))
