"""``checkstyle``: the XML of the Java linter, which many other tools read."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.report import Report
from smslint.reports.locations import by_path
from smslint.reports.style import Style
from smslint.reports.xmltext import document, element


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the document. As Checkstyle does it, every file is listed, and line 0 is no line of the file."""
    root = element("checkstyle", version=report.tool.version)
    for path, findings in by_path(report).items():
        file = element("file", root, name=path)
        for finding in findings:
            element(
                "error",
                file,
                line=finding.line or 0,
                column=finding.column,
                severity=finding.severity,
                message=finding.message,
                source=f"smslint.{finding.rule}",
            )
    yield document(root)
