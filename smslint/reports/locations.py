"""Where findings stand, as the programs that read reports want it: relative paths, URIs, regions of edits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import quote

from smslint.report import Edit, Report, ReportedFinding
from smslint.schema.located import Span


def uri(path: str) -> str:
    """A relative reference, percent-encoded; a ``file`` URI for what the report names by its full path."""
    return PurePath(path).as_uri() if PurePath(path).is_absolute() else quote(path, errors="replace")


def path_of(report: Report, finding: ReportedFinding) -> str:
    """The path of a finding for formats that refuse one without: else that of the first input."""
    return finding.path or (report.inputs[0].path if report.inputs else ".")


def edited(finding: ReportedFinding) -> Iterator[tuple[Edit, Span]]:
    """The edits of a finding's fix, each with the span of the text it replaces."""
    for edit, change in zip(finding.fix.edits if finding.fix else (), finding.changes, strict=False):
        if change.setting.span is not None:
            yield edit, change.setting.span


def excerpt_of(location: ReportedFinding | Span) -> tuple[str, int, int]:
    """The excerpt of a location, and where in it the marked characters begin and end."""
    line, first = location.excerpt or "", location.excerpt_column
    start = (location.column or first) - first
    ends_here = location.end_line == location.line
    return line, start, (location.end_column or first) - first if ends_here else len(line)


def by_path(report: Report) -> dict[str, list[ReportedFinding]]:
    """The findings of each file, the clean ones included."""
    found: dict[str, list[ReportedFinding]] = {each.path: [] for each in report.inputs}
    for finding in report.findings:
        found.setdefault(path_of(report, finding), []).append(finding)
    return found
