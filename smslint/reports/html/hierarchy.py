"""The map in a page: its controls, its views, its legend, and all that it says in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from smslint.report import Report, SiteInfo
from smslint.reports.concise import location
from smslint.reports.counts import FindingCounts, describe
from smslint.reports.html.map import LEGEND, Drawing, Links, describe_hours, key, site_name
from smslint.reports.html.markup import element, tag, text
from smslint.reports.html.page import made, page
from smslint.reports.html.tree import Box, folded, trees, walk
from smslint.reports.style import Style


def map_page(report: Report, _style: Style) -> Iterator[str]:
    """Yield a page with nothing but the map and what it says in words, the findings among it."""
    boxes = list(walk(trees(report.sites)))
    rows = word_links(boxes)
    links = Links(rows, {id(each): rows.get(folded(each.site), "map-words") for each in report.findings})
    body = chain(
        ['<main class="whole">', "<h1>Map of the hierarchy</h1>", made(report)],
        picture(report, links),
        words(report, boxes, "h2", with_findings=True),
        ["</main>"],
    )
    yield from page("smslint: map of the hierarchy", body)


def word_links(boxes: list[Box]) -> dict[str, str]:
    """Where each site stands in the map in words, by its code."""
    return {folded(box.code): f"words-{number}" for number, box in enumerate(boxes)}


def picture(report: Report, links: Links) -> Iterator[str]:
    """Yield the map with its controls. Views that are not shown at first wait in templates."""
    first_view = Drawing(report, "folded", links)
    everything = Drawing(report, "all", links)
    folds = any(box.within for box in first_view.layout.boxes)
    trouble = Drawing(report, "trouble", links) if report.findings else None
    if trouble and not trouble.layout.boxes:
        trouble = None
    yield '<div class="controls map-controls scripted" hidden>'
    search = tag("input", type="search", id="find-site", autocomplete="off", spellcheck="false")
    yield f"<label>Find a site {search}</label>"
    if trouble:
        yield f"<label>{tag('input', type='checkbox', id='only-trouble')} Only trouble</label>"
    if folds:
        box = tag("input", type="checkbox", id="fold-healthy", checked=True)
        yield f"<label>{box} Fold healthy sites</label>"
    yield '<span role="group" aria-label="Size of the map">'
    for step, name, label in (
        ("out", "Smaller", "-"),
        ("in", "Larger", "+"),
        ("fit", "Fit", "Fit"),
        ("full", "Full size", "1:1"),
    ):
        yield element("button", label, type="button", data_zoom=step, aria_label=name, title=name)
    yield "</span>"
    yield '<p id="map-status" role="status"></p>'
    yield "</div>"
    yield tag(
        "div",
        class_="map",
        id="map-frame",
        role="region",
        aria_label="Map: arrow keys move it, + and - size it, 0 fits it",
        tabindex=0,
    )
    yield from first_view.lines()
    yield "</div>"
    for name, view in (("all", everything if folds else None), ("trouble", trouble)):
        if view:
            yield tag("template", id=f"map-{name}")
            yield from view.lines()
            yield "</template>"
    yield from _legend()


def _legend() -> Iterator[str]:
    yield '<ul class="legend" aria-label="Legend">'
    for kind, label in LEGEND:
        yield '<li><svg class="hierarchy" width="32" height="18" viewBox="-4 -9 32 18" aria-hidden="true">'
        yield from key(kind)
        yield f"</svg> {text(label)}</li>"
    yield "</ul>"


def words(report: Report, boxes: list[Box], heading: str, *, with_findings: bool = False) -> Iterator[str]:
    """Yield a table of all that the map shows, for those who cannot or need not see it."""
    heads = ("Site", "Tier", "Parent", "Server", "Kind", "Version", "Addresses", "Not checked", "Findings")
    yield '<details class="words" id="map-words">'
    yield f"<summary><{heading}>The map in words</{heading}></summary>"
    yield '<div class="wide" role="region" aria-label="Sites, scrolls" tabindex="0">'
    yield "<table>"
    yield f"<thead><tr>{''.join(element('th', head, scope='col') for head in heads)}</tr></thead>"
    yield "<tbody>"
    finding_counts = FindingCounts(report)
    findings: dict[str, list[str]] = {}
    if with_findings:
        for each in report.findings:
            label = f"{each.severity} {each.rule}: {each.message} ({location(each)})"
            findings.setdefault(folded(each.site), []).append(label)
    for number, box in enumerate(boxes):
        yield tag("tr", id=f"words-{number}", tabindex=-1)
        yield from _cells(box, finding_counts, findings.get(folded(box.code), []))
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
    yield "</details>"


def _cells(box: Box, finding_counts: FindingCounts, findings: list[str]) -> Iterator[str]:
    site = box.site
    yield element("th", site_name(box) or "unknown", scope="row")
    yield element("td", box.tier)
    if site is None:
        yield element("td", "only named, not among the inputs", colspan=7)
        return
    parent = "none" if site.parent == "" else site.parent or "unknown"
    for label in (parent, site.server, site.kind, site.product_version):
        yield element("td", label or "unknown")
    yield "<td>"
    yield from _addresses(site, finding_counts)
    yield "</td>"
    yield element("td", ", ".join(dict.fromkeys(each.what for each in site.not_checked)) or "none")
    if findings:
        yield "<td>"
        yield from (element("div", label) for label in findings)
        yield "</td>"
    else:
        yield element("td", describe(finding_counts.of_site(site)) or "none")


def _addresses(site: SiteInfo, finding_counts: FindingCounts) -> Iterator[str]:
    for address in site.addresses:
        counts = describe(finding_counts.of_address(address))
        hours = "hours unknown" if address.week is None else describe_hours(address.week)
        yield "<div>"
        yield text(f"to {address.destination}, {address.type or 'type unknown'}, {hours}")
        yield f" {element('strong', counts)}" if counts else ""
        if address.week:
            yield f"<pre>{chr(10).join(map(text, address.week))}</pre>"
        yield "</div>"
