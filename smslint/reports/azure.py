"""``azure``: logging commands of Azure DevOps, which has no level below warning."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.finding import SEVERITIES
from smslint.report import Report, ReportedFinding
from smslint.reports.style import Style, printable


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield a ``task.logissue`` command for each finding, the gravest first."""
    for finding in sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity)):
        yield _command(finding)


def _command(finding: ReportedFinding) -> str:
    properties = {
        "type": "error" if finding.severity == "error" else "warning",
        "sourcepath": finding.path if finding.path else None,
        "linenumber": finding.line,
        "columnnumber": finding.column,
        "code": finding.rule,
    }
    parameters = "".join(
        f"{name}={property_value(str(value))};" for name, value in properties.items() if value is not None
    )
    return f"##vso[task.logissue {parameters}]{data(finding.message)}"


def data(text: str) -> str:
    """``text`` as the message of a logging command, which it cannot end."""
    return printable(text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A"))


def property_value(text: str) -> str:
    """``text`` as the value of a logging command's property, which it cannot end."""
    return data(text).replace(";", "%3B").replace("]", "%5D")
