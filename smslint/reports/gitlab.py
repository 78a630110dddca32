"""``gitlab``: a Code Quality report, shown in merge requests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from smslint.finding import Severity
from smslint.report import Report, ReportedFinding
from smslint.reports.asciijson import dumped
from smslint.reports.locations import path_of
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
            "path": _in_project(path_of(report, finding), report.folder),
            "lines": {"begin": begin, "end": finding.end_line or begin},
        },
    }


def _in_project(path: str, folder: str) -> str:
    """The path as seen from the project, if it lies in it. A file that is a link keeps its name."""
    try:
        whole, root = Path(folder).resolve() / path, Path(os.environ["CI_PROJECT_DIR"]).resolve()
        return whole.relative_to(root).as_posix()
    except (KeyError, OSError, ValueError):  # no project, no working folder, not below
        return path


def _unique(fingerprint: str, seen: set[str]) -> str:
    """A fingerprint that no issue has yet: GitLab drops what it has seen."""
    while fingerprint in seen:
        fingerprint = hashlib.sha256(fingerprint.encode()).hexdigest()[:32]
    seen.add(fingerprint)
    return fingerprint
