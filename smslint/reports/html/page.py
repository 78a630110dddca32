"""A page that is one file: nothing to load, no script but its own, and the map with all it says in words."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain

from smslint.report import Report
from smslint.reports.counts import Troubles, told
from smslint.reports.html.layout import Box, Layout, layout
from smslint.reports.html.map import hours_told, svg
from smslint.reports.html.markup import element, resource, tag, text
from smslint.reports.style import Style


def page(title: str, body: Iterable[str]) -> Iterator[str]:
    """Yield a whole HTML document. Its policy forbids all but its own styles and its one script."""
    script = "\n".join(["", *resource("page.js"), ""])
    digest = base64.b64encode(hashlib.sha256(script.encode("ascii")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield "<!doctype html>"
    yield tag("html", lang="en")
    yield "<head>"
    yield tag("meta", charset="utf-8")
    yield tag("meta", http_equiv="Content-Security-Policy", content=policy)
    yield tag("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield tag("meta", name="referrer", content="no-referrer")
    yield tag("meta", name="color-scheme", content="light dark")
    yield element("title", title)
    yield "<style>"
    yield from resource("page.css")
    yield "</style>"
    yield "</head>"
    yield "<body>"
    yield '<svg class="stock" width="0" height="0" aria-hidden="true">'
    yield from resource("signs.svg")
    yield "</svg>"
    yield from body
    yield "<script>"
    yield from script.strip("\n").split("\n")
    yield "</script>"
    yield "</body>"
    yield "</html>"


def map_page(report: Report, _style: Style) -> Iterator[str]:
    """Yield a page with nothing but the map and what it says in words."""
    head = ['<main class="whole">', "<h1>Map of the hierarchy</h1>"]
    yield from page("smslint: map of the hierarchy", chain(head, hierarchy(report, "h2"), ["</main>"]))


def hierarchy(report: Report, heading: str) -> Iterator[str]:
    """Yield the map with its controls, and a table of the same for those who cannot or need not see it."""
    placed = layout(report.sites)
    yield '<div class="controls scripted" hidden>'
    search = tag("input", type="search", id="find-site", autocomplete="off", spellcheck="false")
    yield f"<label>Find a site {search}</label>"
    yield '<span role="group" aria-label="Size of the map">'
    for key, said in (("out", "Smaller"), ("in", "Larger"), ("fit", "Fit"), ("full", "Full size")):
        yield element("button", said, type="button", data_zoom=key)
    yield "</span>"
    yield '<p id="sites-found" role="status"></p>'
    yield "</div>"
    yield '<div class="map" id="map-frame" role="region" aria-label="Map, scrolls" tabindex="0">'
    yield from svg(report, placed, with_signs=False)
    yield "</div>"
    yield "<details>"
    yield f"<summary><{heading}>The map in words</{heading}></summary>"
    yield from _table(report, placed)
    yield "</details>"


def _table(report: Report, placed: Layout) -> Iterator[str]:
    heads = ("Site", "Tier", "Parent", "Server", "Kind", "Version", "Addresses", "Findings")
    yield '<div class="wide" role="region" aria-label="Sites, scrolls" tabindex="0">'
    yield "<table>"
    yield f"<thead><tr>{''.join(element('th', head, scope='col') for head in heads)}</tr></thead>"
    yield "<tbody>"
    troubles = Troubles(report)
    for box in placed.boxes:
        yield f"<tr>{''.join(_cells(box, troubles))}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _cells(box: Box, troubles: Troubles) -> Iterator[str]:
    site = box.site
    yield element("th", box.code or "not told", scope="row")
    yield element("td", box.tier)
    if site is None:
        yield element("td", "only named, not among the inputs", colspan=6)
        return
    parent = "none" if site.parent == "" else site.parent or "not told"
    for said in (parent, site.server, site.kind, site.product_version):
        yield element("td", said or "not told")
    yield "<td>"
    for address in site.addresses:
        counts = told(troubles.of_address(address))
        hours = "hours not told" if address.week is None else hours_told(address.week)
        yield tag("div")
        yield text(f"to {address.destination}, {address.type or 'type not told'}, {hours}")
        yield f" {element('strong', counts)}" if counts else ""
        if address.week:
            yield f"<pre>{chr(10).join(map(text, address.week))}</pre>"
        yield "</div>"
    yield "</td>"
    yield element("td", told(troubles.of_site(site)) or "none")
