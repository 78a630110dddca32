"""What tells a finding from others in the next run: its content, never our words, its line or an order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from smslint.report import ReportedFinding
from smslint.sources.secrets import uncovered


def fingerprinted(found: Iterable[ReportedFinding]) -> Iterator[ReportedFinding]:
    """Give each finding its fingerprint; those of one content have the same."""
    for each in found:
        yield replace(each, fingerprint=_digest(each))


def _digest(finding: ReportedFinding) -> str:
    value = finding.value if finding.canonical is None else finding.canonical
    text = uncovered(finding.excerpt or "") if value is None else ""
    content = (
        finding.rule,
        finding.site.upper() if finding.site else {"path": finding.path},
        (finding.component or finding.key or "").upper(),
        finding.setting,
        value,
        finding.subject or text,
    )
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()[:32]
