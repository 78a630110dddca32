"""``rdjson``: reviewdog's diagnostics, for review comments on any platform."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smslint.report import Report, ReportedFinding
from smslint.reports.asciijson import dumped
from smslint.reports.locations import edited, path_of
from smslint.reports.style import Style
from smslint.schema.located import Span
from smslint.sources.secrets import COVER


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the diagnostic result."""
    diagnostics = [_diagnostic(report, finding) for finding in report.findings]
    yield dumped({"source": {"name": report.tool.name}, "diagnostics": diagnostics})


def _diagnostic(report: Report, finding: ReportedFinding) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": path_of(report, finding), **_range(finding)},
        "severity": finding.severity.upper(),
        "code": {"value": finding.rule, **_url(finding)},
    }
    suggestions = [{**_range(span), "text": edit.replacement} for edit, span in edited(finding)]
    if suggestions:
        diagnostic["suggestions"] = suggestions
    related = [
        {
            "message": other.message,
            "location": {
                "path": other.path,
                **({"range": {"start": {"line": other.line}}} if other.line else {}),
            },
        }
        for other in finding.related
        if other.path
    ]
    if related:
        diagnostic["related_locations"] = related
    return diagnostic


def _url(finding: ReportedFinding) -> dict[str, str]:
    url = finding.reference_url
    return {"url": url} if url else {}


def _range(location: ReportedFinding | Span) -> dict[str, Any]:
    """The range: columns in bytes of UTF-8, none where the text that tells the bytes is not kept."""
    if location.line is None:
        return {}
    start, end = {"line": location.line}, {"line": location.end_line or location.line}
    text, column, end_column = location.excerpt or "", location.column, location.end_column
    # Nor where a secret stands before, or the excerpt begins later: how many bytes that has is not known.
    whole = location.excerpt_column == 1 and end_column and end_column <= len(text) + (not text.endswith("…"))
    if start == end and column and end_column and whole and COVER not in text[: end_column - 1]:
        start["column"], end["column"] = (
            len(text[: at - 1].encode("utf-8", "replace")) + 1 for at in (column, end_column)
        )
    return {"range": {"start": start, "end": end}}
