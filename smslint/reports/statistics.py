"""``--statistics``: how many findings each rule has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from smslint.finding import SEVERITIES, Severity
from smslint.report import Report


def render(report: Report) -> Iterator[str]:
    """Yield a table, the rule with the most findings first; nothing when there are none."""
    levels: dict[tuple[str, str], list[Severity]] = defaultdict(list)
    for finding in report.findings:
        levels[finding.rule, finding.name].append(finding.severity)
    if levels:
        yield f"{'Count':>5}  {'Rule':<8}{'Level':<9}Name"
    for (rule, name), found in sorted(levels.items(), key=lambda each: (-len(each[1]), each[0])):
        yield f"{len(found):>5}  {rule:<8}{min(found, key=SEVERITIES.index):<9}{name}"
