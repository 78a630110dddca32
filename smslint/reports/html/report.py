"""``html``: one file for people, who may filter it, print it, and have it read aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from smslint.report import Report, Suppressed
from smslint.reports import logs
from smslint.reports.concise import location
from smslint.reports.counts import describe
from smslint.reports.html import findings, overview
from smslint.reports.html.groups import Group, groups
from smslint.reports.html.hierarchy import picture, word_links, words
from smslint.reports.html.map import Links
from smslint.reports.html.markup import element, tag, text
from smslint.reports.html.page import count, page, shared_folder
from smslint.reports.html.tree import trees, walk
from smslint.reports.style import Style
from smslint.reports.unchecked import gaps, version

_FILES: Final = 12
"""How many files are listed without being asked for."""


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the lines of the page: the first screen, the findings by rule, and what they were found in."""
    counts = Counter(each.severity for each in report.findings)
    yield from page(f"smslint: {describe(counts) or 'nothing found'}", _body(report))


def _body(report: Report) -> Iterator[str]:
    found, anchors = groups(report), findings.anchors(report.findings)
    sites = overview.findings_by_site(report)
    boxes = list(walk(trees(report.sites)))
    links = Links(
        word_links(boxes) | {code: f"site-{number}" for number, code in enumerate(sites) if code}, anchors
    )
    yield '<a class="skip" href="#findings">Skip to the findings</a>'
    yield "<header>"
    yield "<h1>smslint report</h1>"
    yield from overview.verdict(report)
    yield '<nav aria-label="Parts of this report"><ul>'
    parts = {"findings": "Findings", "map": "Map"} | ({"logs": "Logs"} if report.logs else {})
    parts |= {"read": "What was read"}
    parts |= {"suppressed": "Suppressed"} if report.suppressed else {}
    yield "".join(f"<li>{element('a', line, href=f'#{name}')}</li>" for name, line in parts.items())
    yield "</ul></nav>"
    yield "</header>"
    yield "<main>"
    yield '<div class="overview">'
    yield '<div class="facts">'
    if found:
        yield from _section("rules", "By rule", overview.by_rule(found))
        yield from _section("sites", "By site", overview.by_site(sites, anchors))
    yield from _section("coverage", "Coverage", overview.coverage(report))
    yield "</div>"
    if report.sites:
        yield from _section("map", "Map", picture(report, links))
    else:
        yield from _section("map", "Map", [element("p", "No input names a site.")])
    yield "</div>"
    yield from _section("findings", "Findings", _findings(report, found, anchors))
    if report.logs:
        yield from _section("logs", "Logs", _logs(report))
    yield from _section("read", "What was read", _read(report))
    if report.sites:
        yield from words(report, boxes, "h2")
    if report.suppressed:
        yield from _section("suppressed", "Suppressed", _suppressed(report))
    yield "</main>"
    yield f"<footer>{element('p', f'{report.tool.name} {report.tool.version}')}</footer>"


def _section(name: str, title: str, lines: Iterable[str]) -> Iterator[str]:
    yield tag("section", id=name, aria_labelledby=f"{name}-heading", tabindex=-1)
    yield element("h2", title, id=f"{name}-heading")
    yield from lines
    yield "</section>"


def _findings(report: Report, found: list[Group], anchors: dict[int, str]) -> Iterator[str]:
    if not found:
        yield element("p", "None. What these inputs cannot show stands under Coverage and What was read.")
        return
    context = findings.PageContext(anchors, findings.weeks(report), shared_folder(report))
    yield from findings.filters(report)
    for each in found:
        yield from findings.group(each, context)
    yield '<p class="scripted" id="none-left" hidden>No finding is left: the filters hide all.</p>'


def _logs(report: Report) -> Iterator[str]:
    for title, texts in logs.parts(report.logs):
        if texts:
            yield element("h3", title)
            yield tag("details", open=len(texts) <= _FILES) + element("summary", count(len(texts), "line"))
            yield from _list(texts)
            yield "</details>"


def _read(report: Report) -> Iterator[str]:
    if lacking := [f"{text(gap.words)}. Export with {element('code', gap.command)}" for gap in gaps(report)]:
        yield element("h3", "Not checked")
        yield f"<ul>{''.join(f'<li>{each}</li>' for each in lacking)}</ul>"
    heads = ("File", "Format", "Encoding", "Version", "Sites", "Senders")
    yield tag("details", open=len(report.inputs) <= _FILES)
    yield element("summary", count(len(report.inputs), "file"))
    yield '<div class="wide" role="region" aria-label="Inputs, scrolls" tabindex="0">'
    yield "<table>"
    yield f"<thead><tr>{''.join(element('th', head, scope='col') for head in heads)}</tr></thead>"
    yield "<tbody>"
    for each in report.inputs:
        sites = ", ".join(each.sites) or "unknown"
        cells = (each.format or "no known format", each.encoding or "", version(each), sites, each.senders)
        row = "".join(element("td", cell) for cell in cells)
        yield f"<tr>{element('th', each.path, scope='row', class_='place')}{row}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
    yield "</details>"
    for title, texts in (
        ("Defaults assumed", [line for each in report.inputs for line in each.assumed]),
        ("Remarks", list(report.notes)),
    ):
        if texts:
            yield element("h3", title)
            yield from _list(_counted(texts, len(report.inputs)))


def _counted(texts: Iterable[str], inputs: int) -> Iterator[str]:
    """Each text once, with the number of files it holds for where that is not all of them."""
    for line, number in Counter(texts).most_common():
        yield line if number >= inputs else f"{line} ({count(number, 'file')})"


def _suppressed(report: Report) -> Iterator[str]:
    yield "<details>"
    yield element("summary", f"{count(len(report.suppressed), 'finding')} known or ignored")
    yield '<ul class="suppressed">'
    yield from map(_suppressed_finding, report.suppressed)
    yield "</ul>"
    yield "</details>"


def _suppressed_finding(finding: Suppressed) -> str:
    why = f"by {finding.by}" + (f": {finding.reason}" if finding.reason else "")
    head = element("span", f"{finding.severity} {finding.rule}", class_="rule")
    return (
        f"<li>{head} {element('span', location(finding), class_='place')} {text(finding.message)} "
        f"{element('span', f'({why})', class_='note')}</li>"
    )


def _list(texts: Iterable[str]) -> Iterator[str]:
    yield "<ul>"
    yield from (element("li", line) for line in texts)
    yield "</ul>"
