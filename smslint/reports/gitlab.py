"""``gitlab``: a Code Quality report, shown in merge requests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from typing import Any, Final

from smslint.finding import Severity
from smslint.report import Report, ReportedFinding
from smslint.reports.asciijson import dumped
from smslint.reports.locations import path_of, relative
from smslint.reports.style import Style

_SEVERITIES: Final[dict[Severity, str]] = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the array. Paths are relative to the project, as GitLab tells it while it runs a job."""
    seen: set[str] = set()
    yield dumped([_issue(report, finding, seen) for finding in report.findings])


def _issue(report: Report, finding: ReportedFinding, seen: set[str]) -> dict[str, Any]:
    begin = finding.line or 1
    return {
        # GitLab shows no check_name.
        "description": f"{finding.rule}: {finding.message}",
        "check_name": finding.rule,
        "fingerprint": _unique(finding.fingerprint, seen),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": relative(path_of(report, finding), os.environ.get("CI_PROJECT_DIR")),
            "lines": {"begin": begin, "end": finding.end_line or begin},
        },
    }


def _unique(fingerprint: str, seen: set[str]) -> str:
    """A fingerprint that no issue has yet: GitLab drops what it has seen."""
    while fingerprint in seen:
        fingerprint = hashlib.sha256(fingerprint.encode()).hexdigest()[:32]
    seen.add(fingerprint)
    return fingerprint
