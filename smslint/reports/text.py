"""``text``: what a person reads: the line, a caret, why it matters, what to do, and where to read on."""

from __future__ import annotations

import os
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby

from smslint import project
from smslint.finding import SEVERITIES
from smslint.report import Report, ReportedFinding, article
from smslint.reports.concise import location
from smslint.reports.locations import excerpt_of
from smslint.reports.logs import MOST, parts
from smslint.reports.prose import linked, wrapped
from smslint.reports.style import LEVEL_COLOURS, Style, counted, display, excerpt
from smslint.reports.unchecked import COLLECTOR, Gap, gaps, version


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield the findings, the gravest first and equal ones together, then what was read and what is next."""
    for finding, *equal in _grouped(report.findings):
        yield from _finding(report, finding, equal, style)
        yield ""
    if style.summary:
        yield from _summary(report, style)


def _grouped(findings: Iterable[ReportedFinding]) -> list[list[ReportedFinding]]:
    """Findings that say the same of several locations, in one group each; the gravest first."""
    groups: dict[tuple[object, ...], list[ReportedFinding]] = {}
    for each in findings:
        fix_text = (each.fix.manner, each.fix.description, each.fix.steps) if each.fix else ()
        key = (
            each.rule,
            each.severity,
            each.message,
            each.value,
            each.week,
            each.expected,
            fix_text,
            each.related,
        )
        groups.setdefault(key, []).append(each)
    return sorted(groups.values(), key=lambda group: SEVERITIES.index(group[0].severity))


def _finding(
    report: Report, finding: ReportedFinding, equal: Sequence[ReportedFinding], style: Style
) -> Iterator[str]:
    colour = LEVEL_COLOURS[finding.severity]
    head = f"{finding.severity} {finding.rule}"
    message = textwrap.wrap(
        f"{head}: {display(finding.message)}", style.width, subsequent_indent="  ", break_on_hyphens=False
    )
    yield style.paint(head, colour) + style.paint(message[0][len(head) :], "bold")
    yield from (style.paint(line, "bold") for line in message[1:])
    gutter = " " * len(str(finding.line or ""))
    yield f"{gutter}{style.paint('-->', 'dim')} {_where(finding)}"
    if finding.excerpt is not None and finding.line is not None:
        yield from _excerpt(finding, style, gutter)
    label = "same"
    for each in equal:
        yield from _remark(label, _where(each), style, gutter)
        label = ""
    yield from _remarks(report, finding, style, gutter)


def _where(finding: ReportedFinding) -> str:
    return location(finding) + (f" (site {display(finding.site)})" if finding.site else "")


def _excerpt(finding: ReportedFinding, style: Style, gutter: str) -> Iterator[str]:
    line, start, end = excerpt_of(finding)
    cut, carets = excerpt(line, start, end, style.width - len(gutter) - 3)
    bar = style.paint("|", "dim")
    yield f"{gutter} {bar}"
    yield f"{style.paint(str(finding.line), 'dim')} {bar} {cut}".rstrip()
    note = _note(finding, line[start:end])
    marked = f"{gutter} {bar} {style.paint(carets, LEVEL_COLOURS[finding.severity])}"
    if note and len(gutter) + 4 + len(carets) + len(note) <= style.width:
        yield f"{marked} {note}"
    else:
        yield marked
        for part in textwrap.wrap(note, max(20, style.width - len(gutter) - 3), break_on_hyphens=False):
            yield f"{gutter} {bar} {part}"
    yield from (f"{gutter} {bar}   {row}" for row in finding.week)


def _note(finding: ReportedFinding, marked: str) -> str:
    """What stands at the caret, where the marked text does not say it itself, and what was expected."""
    value = "" if finding.value is None else str(finding.value)
    found = "" if value == marked.strip('"') else display(value)
    expected = f"expected {display(finding.expected)}" if finding.expected else ""
    return ", ".join(filter(None, (found, expected)))


def _remarks(report: Report, finding: ReportedFinding, style: Style, gutter: str) -> Iterator[str]:
    rule = report.rule(finding.rule)
    if why := report.why(finding):
        yield from _remark("why", why, style, gutter)
    if finding.fix:
        description, steps = finding.fix.in_words
        yield from _remark("fix", f"({finding.fix.manner}) {description}", style, gutter)
        for number, step in enumerate(steps, 1):
            yield from _remark("", f"{number}. {step}", style, gutter)
    elif rule and rule.remedy:
        yield from _remark("fix", rule.remedy, style, gutter)
    for other in finding.related:
        at = ":".join(str(part) for part in (other.path, other.line, other.column) if part is not None)
        yield from _remark("also", f"{at}: {other.message}" if at else other.message, style, gutter)
    source = f"{finding.reference}; " if finding.reference else ""
    named = re.findall(r"\bQ\d{4,6}\b", source)
    pages = {**{name: article(name) for name in named}, finding.rule: project.rule_url(finding.rule)}
    addresses = {name: url for name, url in pages.items() if url}
    for line in _remark("see", f"{source}smslint explain {finding.rule}", style, gutter):
        yield linked(line, addresses, style)


def _remark(label: str, text: str, style: Style, gutter: str) -> Iterator[str]:
    lines = wrapped(text, max(20, style.width - len(gutter) - 8))
    sign = style.paint(f"{label}:", "cyan") + " " * (5 - len(label)) if label else " " * 6
    yield f"{gutter}  {sign}{lines[0]}"
    yield from (f"{gutter}  {' ' * 6}{line}" for line in lines[1:])


def _summary(report: Report, style: Style) -> Iterator[str]:
    if not report.inputs and not report.findings:
        return
    counts = report.summary
    found = [
        style.paint(counted(number, level), LEVEL_COLOURS[level])
        for level, number in (("error", counts.error), ("warning", counts.warning), ("info", counts.info))
        if number
    ]
    if found:
        yield f"{', '.join(found)} in {counted(counts.inputs, 'file')}{_fixable(report)}."
    else:
        yield style.paint("Nothing found.", "green") + f" {counted(counts.inputs, 'file')} checked."
    if counts.suppressed:
        yield f"{counted(counts.suppressed, 'finding')} suppressed (listed by --format json)."
    if counts.passed_over:
        yield f"{counted(counts.passed_over, 'file')} passed over; --show-files says why."
    if report.logs:
        yield from _logs(report, style)
        return
    sites = {code for each in report.inputs for code in each.sites}
    senders = sum(each.senders for each in report.inputs)
    named = f" ({', '.join(map(display, sorted(sites)))})" if 0 < len(sites) <= 8 else ""
    read = f"{counted(len(sites), 'site') if sites else 'no site code'}{named}, {counted(senders, 'sender')}"
    yield from _lines("Read", [read], style)
    versions = Counter(version(each) for each in report.inputs if each.format)
    yield from _lines("Version", _counted(versions, len(report.inputs)), style)
    assumed = Counter(text for each in report.inputs for text in each.assumed)
    yield from _lines("Assumed", _counted(assumed, len(report.inputs)), style)
    yield from _not_checked(gaps(report), style)
    if step := _next_step(report):
        # The command on one line, whatever its length, so that it can be copied.
        yield f"{style.paint('Next', 'dim')}         {display(step[0])}"
        yield from _lines("", step[1:], style)


def _not_checked(found: Iterable[Gap], style: Style) -> Iterator[str]:
    """What could not be checked, and how to export it: the collector takes at once what has long commands."""
    label, collected = "Not checked", False
    for command, gaps_of_it in groupby(found, lambda gap: None if gap.collectable else gap.command):
        collected |= command is None
        words = [f"{gap.words}." for gap in gaps_of_it]
        if command is not None:
            words[-1] += " Export with"
        yield from _lines(label, words, style)
        label = ""
        if command is not None:
            yield f"{' ' * 13}{display(command)}"  # whatever its length, so that it can be copied
    if collected:
        yield from _lines("", ["Export it with the script that this writes:", COLLECTOR], style)
        yield from _lines("", ["docs/exports.md has the command for each part."], style)


def _logs(report: Report, style: Style) -> Iterator[str]:
    """What was read of logs, what their healthy lines tell, and what cannot be seen in them."""
    for label, texts in parts(report.logs):
        more = [f"and {len(texts) - MOST} more"] if len(texts) > MOST else []
        yield from _lines(label, [*texts[:MOST], *more], style)


def _fixable(report: Report) -> str:
    """What --fix would fix, and what it would only fix with --unsafe-fixes."""
    levels = Counter(each.fix.safety for each in report.findings if each.fix and each.fix.edits)
    safe, unsafe = levels["safe"], levels["unsafe"]
    if report.logs:
        return "; smslint patch can write the cure" if safe or unsafe else ""
    if not safe:
        return f"; --fix --unsafe-fixes can cure {unsafe}" if unsafe else ""
    return f"; --fix can cure {safe}" + (f", with --unsafe-fixes {unsafe} more" if unsafe else "")


def _next_step(report: Report) -> list[str]:
    """The command that makes files of the fixes, and what it does; of damaged exports, to take new ones."""
    fixable = [each for each in report.findings if each.path and each.fix and not each.about_export]
    if not fixable:
        damaged = any(each.about_export and each.fix for each in report.findings)
        return ["do as the fix says, then check the new export"] if damaged else []
    made = [each for each in fixable if each.fix and (each.fix.edits or each.fix.script)]
    command = " ".join(["smslint patch", *_few([each.path or "" for each in made or fixable])])
    if not made:
        return [command, "writes down the steps of the cures, for the console"]
    if all(each.fix and each.fix.safety == "unsafe" for each in made):
        command += " --unsafe-fixes"
    return [command, "writes the cure for the server and its undo, and says how to apply and check it"]


def _few(paths: list[str]) -> list[str]:
    """A few paths as a shell takes them; of many the folder that holds them."""
    paths = list(dict.fromkeys(paths))
    if len(paths) > 3:
        # Not on two drives, nor where some are relative and some are not.
        with suppress(ValueError):
            paths = [os.path.commonpath(paths).replace("\\", "/") or "."]
    return [f'"{path}"' if " " in path else path for path in paths]


def _counted(texts: Counter[str], inputs: int) -> Iterable[str]:
    """Each text once, with the number of files it holds for where that is not all of them."""
    for text, number in texts.most_common(6):
        yield text if number == inputs else f"{text} ({counted(number, 'file')})"
    if len(texts) > 6:
        yield f"and {len(texts) - 6} more"


def _lines(label: str, texts: Iterable[str], style: Style) -> Iterator[str]:
    for text in texts:
        wrapped = textwrap.wrap(display(text), max(20, style.width - 14), break_on_hyphens=False) or [""]
        yield f"{style.paint(label, 'dim')}{' ' * (13 - len(label))}{wrapped[0]}"
        yield from (f"{' ' * 13}{line}" for line in wrapped[1:])
        label = ""
