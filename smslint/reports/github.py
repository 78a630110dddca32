"""``github``: workflow commands, which GitHub Actions shows as annotations at the line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from smslint.finding import SEVERITIES, Severity
from smslint.report import Report, ReportedFinding
from smslint.reports.style import Style, printable

_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
_MOST = 10
"""Annotations of one kind that GitHub shows of a step."""


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield a command for each finding, the gravest first, as GitHub shows only the first of each level."""
    counts = Counter(finding.severity for finding in report.findings)
    if any(number > _MOST for number in counts.values()):
        numbers = ", ".join(f"{counts[level]} {level}" for level in SEVERITIES)
        yield f"::notice title=smslint::{numbers}; GitHub shows {_MOST} annotations of each level per step"
    for finding in sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity)):
        yield _command(finding)


def _command(finding: ReportedFinding) -> str:
    location: dict[str, str | int | None] = {"file": finding.path if finding.path else None}
    if finding.path:
        location |= {"line": finding.line, "endLine": finding.end_line}
        # GitHub refuses columns where an annotation spans lines.
        if finding.line == finding.end_line:
            location |= {"col": finding.column, "endColumn": finding.end_column}
    properties = {"title": f"{finding.rule} {finding.name}", **location}
    parameters = ",".join(
        f"{name}={property_value(str(value))}" for name, value in properties.items() if value is not None
    )
    return f"::{_COMMANDS[finding.severity]} {parameters}::{data(finding.message)}"


def data(text: str) -> str:
    """``text`` as the message of a workflow command, which it cannot end."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def property_value(text: str) -> str:
    """``text`` as the value of a workflow command's property, which it cannot end."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
