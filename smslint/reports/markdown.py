"""``markdown``: a table for merge requests and job summaries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from smslint.report import Report, ReportedFinding
from smslint.reports.concise import location
from smslint.reports.style import Style, printable


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield a heading, the counts, the findings as a table, and what could not be checked."""
    counts = report.summary
    yield "# smslint"
    yield ""
    yield (
        f"{counts.error} error, {counts.warning} warning, {counts.info} info in "
        f"{counts.inputs} {'file' if counts.inputs == 1 else 'files'}; "
        f"{counts.fixable} fixable, {counts.suppressed} suppressed."
    )
    if report.findings:
        yield ""
        yield "| Level | Rule | Place | Finding | Fix |"
        yield "| --- | --- | --- | --- | --- |"
        yield from (_row(report, finding) for finding in report.findings)
        yield from _weeks(report)
    unseen = dict.fromkeys(text for each in report.inputs for text in each.not_checked)
    if unseen:
        yield ""
        yield "Not checked:"
        yield ""
        yield from (f"- {escaped(text)}" for text in unseen)


def _weeks(report: Report) -> Iterator[str]:
    """The schedules that findings are about, each week once for all locations that have it."""
    by_week: dict[tuple[str, ...], list[str]] = {}
    for finding in report.findings:
        if finding.week:
            by_week.setdefault(finding.week, []).append(f"{finding.rule} at {location(finding)}")
    for week, locations in by_week.items():
        yield ""
        yield f"The week of {escaped(', '.join(dict.fromkeys(locations)))}:"
        yield ""
        yield from (f"    {row}" for row in week)


def _row(report: Report, finding: ReportedFinding) -> str:
    info = report.rule(finding.rule)
    fix_text = info.remedy.replace("`", "") if info else ""
    if finding.fix:
        description, steps = finding.fix.in_words
        fix_text = f"({finding.fix.manner}) {' '.join((description, *steps))}"
    rule = f"{finding.rule} {finding.name}"
    cells = (finding.severity, rule, location(finding), finding.message, fix_text)
    return f"| {' | '.join(map(escaped, cells))} |"


def escaped(text: str) -> str:
    """``text`` as Markdown that shows it: no markup, HTML or link, and nobody and no issue is mentioned."""
    safe = html.escape(printable(text), quote=False)
    safe = re.sub(r"[\\`*_\[\]|~$]|:(?=//)|(?<=www)\.", r"\\\g<0>", safe)
    return re.sub(r"([@#])(?=\w)", r"\1&#8203;", safe)
