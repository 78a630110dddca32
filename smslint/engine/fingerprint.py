"""What tells a finding from others in the next run: its content and place, never its line."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from smslint.report import ReportedFinding
from smslint.sources.secrets import uncovered


def fingerprinted(found: Iterable[ReportedFinding]) -> Iterator[ReportedFinding]:
    """Give each finding its fingerprint; those alike are counted."""
    seen: Counter[str] = Counter()
    for each in found:
        message = re.sub(r"\bline [0-9]+", "line", each.message)
        subject: tuple[str, ...] = ()
        if each.subject or each.setting is None:
            subject = (each.subject,) if each.subject else (message, uncovered(each.excerpt or ""))
        place = (each.path, each.site, each.key, each.component, each.setting)
        text = json.dumps((each.rule, *place, each.value, *subject))
        seen[text] += 1
        digest = hashlib.sha256(f"{text}{seen[text]}".encode()).hexdigest()
        yield replace(each, fingerprint=digest[:32])
