"""What tells a finding from others in the next run: its content, never our words, its line or an order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from smslint.report import ReportedFinding
from smslint.sources.secrets import uncovered

_TEXT_CHARACTERS = 400
"""Of raw text: the excerpt of a long line may end soon after."""


def fingerprinted(found: Iterable[ReportedFinding]) -> Iterator[ReportedFinding]:
    """Give each finding its fingerprint; those of one content have the same."""
    for each in found:
        yield replace(each, fingerprint=_digest(each))


def _digest(finding: ReportedFinding) -> str:
    value = finding.value if finding.canonical is None else finding.canonical
    # The lines of a log differ by their times alone; what tells them apart is their subject.
    raw = _text(finding) if value is None and finding.signature is None else ""
    content = (
        finding.rule,
        finding.site.upper() if finding.site else {"path": finding.path},
        (finding.component or finding.key or "").upper(),
        finding.subject.upper(),
        finding.aspect.upper(),
        finding.setting,
        value,
        raw,
    )
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()[:32]


def _text(finding: ReportedFinding) -> str:
    """The raw text that the finding is of, and nothing that stands beside it in its line."""
    line, start = finding.excerpt or "", (finding.column or 1) - finding.excerpt_column
    ends_here = finding.end_column is not None and finding.end_line == finding.line
    end = (finding.end_column or 1) - finding.excerpt_column if ends_here else len(line)
    return uncovered(line[start : min(end, start + _TEXT_CHARACTERS)])
