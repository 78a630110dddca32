"""``html``: one file for people, who may filter it, print it, and have it read aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from smslint.finding import SEVERITIES
from smslint.report import Report, ReportedFinding, ReportedFix, Suppressed
from smslint.reports.concise import place
from smslint.reports.counts import told
from smslint.reports.html.markup import element, tag, text
from smslint.reports.html.page import hierarchy, page
from smslint.reports.locations import edited, excerpt_of
from smslint.reports.style import Style
from smslint.reports.unchecked import gaps, version

_NO_SITE: Final = "no site"
_FILES: Final = 12
"""How many files are listed without being asked for."""
_SHOWN: Final = 160
"""How many characters of a line are shown before, within and after what is marked in it."""


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the lines of the page: what was found, the map, what was read, and what is suppressed."""
    counts = Counter(each.severity for each in report.findings)
    yield from page(f"smslint: {told(counts) or 'nothing found'}", _body(report, told(counts)))


def _body(report: Report, counts: str) -> Iterator[str]:
    yield '<a class="skip" href="#findings">Skip to the findings</a>'
    yield "<header>"
    yield "<h1>smslint report</h1>"
    summary = report.summary
    files = _count(summary.inputs, "file")
    if counts:
        cure = element("code", "smslint check --fix")
        more = f"; {cure} can cure {summary.fixable}" if summary.fixable else ""
        yield f'<p class="verdict">{counts} in {files}{more}.</p>'
    else:
        yield element("p", f"Nothing found in {files}.", class_="verdict")
    yield '<nav aria-label="Parts of this report"><ul>'
    parts = [
        ("findings", "Findings"),
        ("map", "Map"),
        ("read", "What was read"),
        ("suppressed", "Suppressed"),
    ]
    yield "".join(f"<li>{element('a', said, href=f'#{key}')}</li>" for key, said in parts)
    yield "</ul></nav>"
    yield "</header>"
    yield "<main>"
    for name, lines in (
        ("findings", _findings(report)),
        ("map", _map(report)),
        ("read", _read(report)),
        ("suppressed", _suppressed(report)),
    ):
        yield tag("section", id=name, aria_labelledby=f"{name}-heading", tabindex=-1)
        yield element("h2", dict(parts)[name], id=f"{name}-heading")
        yield from lines
        yield "</section>"
    yield "</main>"
    yield f"<footer>{element('p', f'{report.tool.name} {report.tool.version}')}</footer>"


def _findings(report: Report) -> Iterator[str]:
    if report.failures:
        yield '<div class="failures" role="note"><p>Not everything could be done:</p>'
        yield from _list(map(str, report.failures))
        yield "</div>"
    if not report.findings:
        yield element("p", "None. What these inputs cannot show stands below, under What was read.")
        return
    yield from _filters(report)
    yield '<ol class="findings">'
    # A person begins at the top: what is grave stands there, whatever file it is in.
    for finding in sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity)):
        yield from _finding(report, finding)
    yield "</ol>"
    yield '<p class="scripted" id="none-left" hidden>No finding is left: the filters hide all.</p>'


def _filters(report: Report) -> Iterator[str]:
    levels = Counter(each.severity for each in report.findings)
    sites = Counter(each.site or "" for each in report.findings)
    rules = Counter((each.rule, each.name) for each in report.findings)
    yield '<form id="filters" class="controls scripted" hidden aria-label="Filter the findings">'
    yield '<fieldset><legend class="unseen">Severity</legend>'
    for level in SEVERITIES:
        if levels[level]:
            box = tag("input", type="checkbox", name="severity", value=level, checked=True)
            yield f"<label>{box} {_sign(level)} {level} ({levels[level]})</label>"
    yield "</fieldset>"
    yield '<label>Site <select name="site">'
    yield element("option", "all", value="*")
    yield from (
        element("option", f"{site or _NO_SITE} ({n})", value=site) for site, n in sorted(sites.items())
    )
    yield "</select></label>"
    yield '<label>Rule <select name="rule">'
    yield element("option", "all", value="*")
    for (code, name), number in sorted(rules.items()):
        yield element("option", f"{code} {name} ({number})", value=code)
    yield "</select></label>"
    yield '<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>'
    yield '<button type="reset">Show all</button>'
    yield "</form>"
    yield '<p id="shown" role="status" aria-live="polite"></p>'


def _finding(report: Report, finding: ReportedFinding) -> Iterator[str]:
    rule = report.rule(finding.rule)
    yield tag(
        "li",
        class_=f"finding {finding.severity}",
        data_severity=finding.severity,
        data_site=finding.site or "",
        data_rule=finding.rule,
    )
    yield "<article>"
    yield f"<h3>{_sign(finding.severity)} {element('span', finding.severity, class_='level')}"
    yield f"{element('span', f'{finding.rule} {finding.name}', class_='rule')}</h3>"
    yield element("p", finding.message, class_="message")
    where = [element("span", place(finding), class_="place")]
    if finding.site:
        where.append(element("span", f"site {finding.site}"))
    if finding.component:
        where.append(element("span", finding.component))
    yield f'<p class="where">{" ".join(where)}</p>'
    if finding.excerpt is not None and finding.line is not None:
        yield from _excerpt(finding)
    yield "<dl>"
    if why := report.why(finding):
        yield from _term("Why", _prose(why))
    if finding.fix:
        yield from _term("Fix", *_fix(finding, finding.fix))
    elif rule and rule.remedy:
        yield from _term("Fix", _prose(rule.remedy))
    if finding.related:
        yield from _term("Also", *_related(finding))
    yield from _term("See", _reference(finding))
    yield "</dl>"
    yield "</article>"
    yield "</li>"


def _sign(level: str) -> str:
    return f'<svg class="sign" width="14" height="14" aria-hidden="true"><use href="#sign-{level}"/></svg>'


def _excerpt(finding: ReportedFinding) -> Iterator[str]:
    line, start, end = excerpt_of(finding)
    before, marked, after = line[:start], line[start : max(end, start + 1)], line[max(end, start + 1) :]
    number = element("span", finding.line, class_="number")
    cut = f"{text(_tail(before))}{element('mark', _head(marked) or ' ')}{text(_head(after))}"
    said = [f"found {finding.value}"] if finding.value is not None else []
    said += [f"expected {finding.expected}"] if finding.expected else []
    yield f'<pre class="excerpt" tabindex="0">{number}<code>{cut}</code></pre>'
    if said:
        yield element("p", ", ".join(said), class_="note")


def _head(line: str) -> str:
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "..."


def _tail(line: str) -> str:
    return line if len(line) <= _SHOWN else "..." + line[-_SHOWN:]


def _term(name: str, *lines: str) -> Iterator[str]:
    yield f"<div>{element('dt', name)}<dd>"
    yield from lines
    yield "</dd></div>"


def _prose(said: str) -> str:
    """What a rule's documentation says, its code set as code."""
    parts = said.split("`")
    return "".join(element("code", part) if number % 2 else text(part) for number, part in enumerate(parts))


def _fix(finding: ReportedFinding, fix: ReportedFix) -> Iterator[str]:
    yield f"<p>{element('span', fix.manner, class_='safety')} {text(fix.description)}</p>"
    if fix.steps:
        yield "<ol>"
        yield from (element("li", step) for step in fix.steps)
        yield "</ol>"
    if fix.changes:
        yield '<ul class="changes">'
        for change in fix.changes:
            before = "unset" if change.from_ is None else change.from_
            after = "unset" if change.to is None else change.to
            values = (
                f'{element("del", before)} <span aria-hidden="true">&#8594;</span> {element("ins", after)}'
            )
            yield f"<li>{element('code', change.setting)}: {values}</li>"
        yield "</ul>"
    for edit, span in edited(finding):
        if span.line == span.end_line:
            line, start, end = excerpt_of(span)
            head, before, tail = _tail(line[:start]), _head(line[start:end]), _head(line[end:])
            yield '<pre class="edit" tabindex="0">'
            for sign, name, value in (("-", "del", before), ("+", "ins", _head(edit.replacement))):
                yield f"<code>{sign} {text(head)}{element(name, value)}{text(tail)}</code>"
            yield "</pre>"


def _related(finding: ReportedFinding) -> Iterator[str]:
    yield "<ul>"
    for other in finding.related:
        parts = (other.path, other.line, other.column)
        at = ":".join(str(part) for part in parts if part is not None)
        yield f"<li>{element('span', at, class_='place') + ' ' if at else ''}{text(other.message)}</li>"
    yield "</ul>"


def _reference(finding: ReportedFinding) -> str:
    link = finding.reference_url
    named = text(finding.reference or "")
    if link:
        named = tag("a", href=link, rel="noreferrer noopener") + f"{named}</a>"
    explain = element("code", f"smslint explain {finding.rule}")
    return f"{named}; {explain}" if named else explain


def _map(report: Report) -> Iterator[str]:
    if report.sites:
        yield from hierarchy(report, "h3")
    else:
        yield element("p", "No input names a site.")


def _read(report: Report) -> Iterator[str]:
    heads = ("File", "Format", "Encoding", "Version", "Sites", "Senders")
    yield tag("details", open=len(report.inputs) <= _FILES)
    yield element("summary", _count(len(report.inputs), "file"))
    yield '<div class="wide" role="region" aria-label="Inputs, scrolls" tabindex="0">'
    yield "<table>"
    yield f"<thead><tr>{''.join(element('th', head, scope='col') for head in heads)}</tr></thead>"
    yield "<tbody>"
    for each in report.inputs:
        sites = ", ".join(each.sites) or "not told"
        cells = (each.format or "no known format", each.encoding or "", version(each), sites, each.senders)
        row = "".join(element("td", cell) for cell in cells)
        yield f"<tr>{element('th', each.path, scope='row', class_='place')}{row}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
    yield "</details>"
    if lacking := [f"{text(gap.words)} {element('code', gap.command)}" for gap in gaps(report)]:
        yield element("h3", "Not checked")
        yield "<ul>"
        yield from (f"<li>{each}</li>" for each in lacking)
        yield "</ul>"
    for title, texts in (
        ("Defaults assumed", [said for each in report.inputs for said in each.assumed]),
        ("Remarks", list(report.notes)),
    ):
        if texts:
            yield element("h3", title)
            yield from _list(_counted(texts, len(report.inputs)))


def _counted(texts: Iterable[str], inputs: int) -> Iterator[str]:
    """Each text once, with the number of files it holds for where that is not all of them."""
    for said, number in Counter(texts).most_common():
        yield said if number >= inputs else f"{said} ({_count(number, 'file')})"


def _suppressed(report: Report) -> Iterator[str]:
    if not report.suppressed:
        yield element("p", "Nothing is suppressed.")
        return
    yield "<details>"
    yield element("summary", f"{_count(len(report.suppressed), 'finding')} known or ignored")
    yield '<ul class="suppressed">'
    yield from map(_pardoned, report.suppressed)
    yield "</ul>"
    yield "</details>"


def _pardoned(finding: Suppressed) -> str:
    why = f"by {finding.by}" + (f": {finding.reason}" if finding.reason else "")
    head = element("span", f"{finding.severity} {finding.rule}", class_="rule")
    return (
        f"<li>{head} {element('span', place(finding), class_='place')} {text(finding.message)} "
        f"{element('span', f'({why})', class_='note')}</li>"
    )


def _list(texts: Iterable[str]) -> Iterator[str]:
    yield "<ul>"
    yield from (element("li", said) for said in texts)
    yield "</ul>"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
