"""The hierarchy as a picture: sites by tier, addresses as arrows with type and hours, trouble with signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple

from smslint.report import AddressInfo, Report, ReportedFinding
from smslint.reports.counts import Counts, FindingCounts, describe, worst
from smslint.reports.html.layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    GAP,
    LEVEL,
    SPREAD,
    STUB,
    Layout,
    layout,
)
from smslint.reports.html.markup import element, resource, short, tag
from smslint.reports.html.tree import Box, View, folded, viewed
from smslint.reports.style import columns

_CELL: Final = 1.3
"""The width of an hour in the picture of a week, and the height of a day."""
_LABELLED: Final = 40
"""How many arrows outside the tree may carry their types; with more, the words would hide the sites."""
_MARGIN: Final = 24
_AROUND: Final = 60
"""How far an arrow may swing out of its column."""
_LISTED: Final = 40
"""How many sites or addresses a tooltip names."""
_PAPER: Final = (700, 525)
"""The room that a printed page gives the map, in CSS pixels (page.css)."""
LEVELS: Final = ((0.8, "near"), (0.45, "middle"), (0.19, "far"), (0, "tiny"))
"""From which scale on how much is drawn: all of it, only site codes, only larger ones, none (map.css)."""
LEGEND: Final = (
    ("link", "parent and child"),
    ("way", "address, from and to, with its type"),
    ("week", "its hours, a row a day from Sunday: dark is closed, half dark restricted"),
    ("trouble", "has findings"),
    ("fold", "healthy sites below one parent, folded"),
    ("unseen", "only named, not among the inputs"),
)


class Links(NamedTuple):
    """Where a page tells more: of a site by its code, and of a finding by its number in the report."""

    sites: Mapping[str, str]
    findings: Mapping[int, str]


class _Route(NamedTuple):
    """An address, and the site that has it."""

    start: str
    address: AddressInfo


def svg(report: Report, view: View = "folded", *, links: Links | None = None) -> Iterator[str]:
    """Yield the lines of the picture, which is whole in itself: no script, nothing to load.

    With ``links`` it is part of a page that holds the signs, the heading and the legend, and each site and
    address of it leads to what is known of it.
    """
    yield from Drawing(report, view, links).lines()


@dataclass(frozen=True, slots=True)
class _Way:
    """The stretch an arrow takes: its line, where its head points, and where its words begin."""

    path: str
    tip: tuple[float, float]
    toward: tuple[int, int]
    words: tuple[float, float] | None
    anchor: str = "start"


class Drawing:
    """One view of the hierarchy, arranged, and its lines."""

    def __init__(self, report: Report, view: View, links: Links | None = None) -> None:
        """Arrange the sites that the view shows."""
        self.report = report
        self.view = view
        self.links = links
        self.finding_counts = FindingCounts(report)
        self.layout: Layout = layout(viewed(report, view))
        self._routes: dict[int, dict[int, list[_Route]]] = {}
        self.width = self.layout.width + 2 * _AROUND
        self.top = 0.0
        if links is None:
            self.width = max(self.width, 720 + 2 * _MARGIN)
            self.legend = list(_legend(self.width - 2 * _MARGIN))
            self.top = 44 + 24 * (1 + self.legend[-1][1])
        self.left = (self.width - self.layout.width) / 2
        self.top += _MARGIN if links is None else _AROUND
        self.height = self.top + self.layout.height + (_MARGIN if links is None else _AROUND)

    @cached_property
    def by_code(self) -> dict[str, Box]:
        """The box that stands for each site code; of those that are folded the one that they are in."""
        found = {}
        for box in self.layout.boxes:
            for each in box.within or (box,):
                if each.code:
                    found[folded(each.code)] = box
        return found

    def _to(self, box: Box) -> dict[int, list[_Route]]:
        """The addresses of a box by the box they lead to, gathered once: it may have thousands below it."""
        found = self._routes.get(id(box))
        if found is None:
            found = self._routes[id(box)] = {}
            for each in box.within or (box,):
                for address in each.site.addresses if each.site else ():
                    other = self.by_code.get(folded(address.destination))
                    if other and other is not box:
                        found.setdefault(id(other), []).append(_Route(each.code, address))
        return found

    @cached_property
    def title(self) -> str:
        """How much there is to see."""
        known = sum(1 for box in self._sites() if box.site)
        if self.view == "trouble":
            return f"Hierarchy: {_count(known, 'site')} with trouble, or above such"
        tiers = max((box.tier for box in self._sites()), default=0)
        return f"Hierarchy: {_count(known, 'site')} in {_count(tiers, 'tier')}"

    def _sites(self) -> Iterator[Box]:
        for box in self.layout.boxes:
            yield from box.within or (box,)

    @cached_property
    def description(self) -> str:
        """What a reader who does not see it is told first."""
        with_findings = [
            f"{site_name(box)}: {describe(counts)}"
            for box in self.layout.boxes
            if box.site and (counts := self.finding_counts.of_site(box.site))
        ]
        unseen = sum(1 for box in self._sites() if not box.site)
        more = [f"and {len(with_findings) - _LISTED} more sites"] if len(with_findings) > _LISTED else []
        return ". ".join(
            [
                f"{_count(sum(len(site.addresses) for site in self.report.sites), 'address')}",
                *([f"{_count(unseen, 'site')} only named, not among the inputs"] if unseen else []),
                "; ".join([*with_findings[:_LISTED], *more]) or "No findings at any site",
            ]
        )

    def lines(self) -> Iterator[str]:
        """Yield the lines of the picture."""
        scale = min(1, _PAPER[0] / self.width, _PAPER[1] / self.height)
        printed = next(level for least, level in LEVELS if scale >= least)
        yield tag(
            "svg",
            xmlns="http://www.w3.org/2000/svg",
            class_=f"hierarchy print-{printed}",
            width=_n(self.width),
            height=_n(self.height),
            viewBox=f"0 0 {_n(self.width)} {_n(self.height)}",
            role="group" if self.links else "img",
            aria_labelledby=None if self.links else "map-title map-description",
            aria_label=f"{self.title}. {self.description}" if self.links else None,
        )
        if self.links is None:
            yield element("title", self.title, id="map-title")
            yield element("desc", self.description, id="map-description")
            yield "<style>"
            yield from resource("map.css")
            yield "</style>"
            yield from resource("signs.svg")
        size = f'width="{BOX_WIDTH + 6}" height="{BOX_HEIGHT + 6}"'
        yield f'<clipPath id="inside"><rect x="-3" y="-3" {size}/></clipPath>'
        yield '<rect class="paper" width="100%" height="100%"/>'
        if self.links is None:
            yield element("text", self.title, class_="heading", x=_MARGIN, y=34)
            yield from self._key()
        yield f'<g transform="translate({_n(self.left)} {_n(self.top)})">'
        for line in self.layout.lines:
            yield f'<path class="link" d="M{_n(line.x1)} {_n(line.y1)}L{_n(line.x2)} {_n(line.y2)}"/>'
        yield from self._across()
        for box in self.layout.boxes:
            yield from self._site(box)
            yield from self._stretch(box)
        yield "</g>"
        yield "</svg>"

    def _key(self) -> Iterator[str]:
        for (kind, caption), (x, row) in zip(LEGEND, self.legend, strict=True):
            yield f'<g class="key" transform="translate({_n(_MARGIN + x)} {60 + 24 * row})">'
            yield from key(kind)
            yield element("text", caption, x=34, y=4)
            yield "</g>"

    def _across(self) -> Iterator[str]:
        """The arrows outside the tree, and the parents that a ring of parents keeps out of it."""
        boxes = {id(box): box for box in self.layout.boxes}
        ways: list[tuple[Box, Box, list[_Route]]] = []
        for box in self.layout.boxes:
            for number, routes in self._to(box).items():
                other = boxes[number]
                if other.above is not box and box.above is not other:
                    ways.append((box, other, routes))
        for box, other, routes in ways:
            yield from self._arrow(box, other, routes, _curve(box, other, len(ways) <= _LABELLED))
        for box in self.layout.boxes:
            parent = self.by_code.get(folded(box.site.parent)) if box.site else None
            if parent and parent is not box and box.above is not parent:
                way = _curve(parent, box, True)
                yield '<g class="ring">'
                yield element(
                    "title", f"{site_name(parent)} is named as the parent of {site_name(box)}, in a ring"
                )
                yield f'<path class="link" d="{way.path}"/>'
                if way.words:
                    yield element("text", "parent", class_="type", x=_n(way.words[0]), y=_n(way.words[1]))
                yield "</g>"

    def _stretch(self, box: Box) -> Iterator[str]:
        """The last stretch of the tree to a box, with its arrows."""
        if box.above:
            to, back = self._to(box.above).get(id(box), []), self._to(box).get(id(box.above), [])
            if not to and not back:
                yield f'<path class="link" d="{_last_stretch(box)}"/>'
            if to:
                yield from self._arrow(box.above, box, to, _stub(box, up=False))
            if back:
                yield from self._arrow(box, box.above, back, _stub(box, up=True))

    def _anchor(self, class_: str, link: str | None, **attributes: object) -> tuple[str, str]:
        """The tags around a part of the picture, which in a page leads to what is known of it."""
        if self.links is None:
            return tag("g", class_=class_, **attributes), "</g>"
        return tag("a", class_=class_, href=f"#{link}" if link else "#map-words", **attributes), "</a>"

    def _site_link(self, code: str) -> str | None:
        return self.links.sites.get(folded(code)) if self.links else None

    def _arrow(self, start: Box, end: Box, routes: Sequence[_Route], way: _Way) -> Iterator[str]:
        found = [each for route in routes for each in self.finding_counts.at_address(route.address)]
        level = worst(Counts(each.severity for each in found))
        first, last = self._anchor(
            f"address {level or ''}".strip(), self._route_link(routes, found), data_found=len(found) or None
        )
        yield first
        yield element("title", "\n".join(_describe_routes(routes)))
        yield f'<path class="way" d="{way.path}"/>'
        (x, y), (dx, dy) = way.tip, way.toward
        yield (
            f'<path class="head" d="M{_n(x)} {_n(y)}l{-7 * dx - 4 * dy} {-7 * dy - 4 * dx}'
            f'l{8 * dy} {8 * dx}z"/>'
        )
        if way.words:
            yield from self._words(way.words, way.anchor, [route.address for route in routes], level)
        yield last

    def _route_link(self, routes: Sequence[_Route], found: Sequence[ReportedFinding]) -> str | None:
        """Where a page tells of an address: its first finding, else the site that has it."""
        if self.links and found:
            return self.links.findings.get(id(found[0]))
        return self._site_link(routes[0].start)

    def _words(
        self, position: tuple[float, float], anchor: str, addresses: Sequence[AddressInfo], level: str | None
    ) -> Iterator[str]:
        """The sign, the type and the picture of the week beside an arrow, one after the other."""
        week = next((each.week for each in addresses if each.week), None)
        label = _types(addresses)
        sign, caption, hours = 16 if level else 0, 6.6 * columns(label) + 5, 24 * _CELL if week else 0
        x, y = position
        x -= {"start": 0, "middle": (sign + caption + hours) / 2, "end": sign + caption + hours}[anchor]
        if level:
            yield f'<use href="#sign-{level}" x="{_n(x)}" y="{_n(y - 11)}"/>'
        yield element("text", label, class_="type", x=_n(x + sign), y=_n(y))
        if week:
            yield from week_picture([row[4:] for row in week], x + sign + caption, y - 8.5)

    def _site(self, box: Box) -> Iterator[str]:
        site = box.site
        counts = self.finding_counts.of_site(site) if site else Counts()
        level = worst(counts)
        kind = level or ("fold" if box.within else "" if site else "unseen")
        codes = [box.code or "", site.server or ""] if site else [box.code]
        names = " ".join(codes) if not box.within else " ".join(each.code for each in box.within)
        first, last = self._anchor(
            f"site {kind}".strip(),
            self._site_link(box.code),
            data_code=None if box.within else box.code,
            data_within=names if box.within else None,
            data_names=names.lower(),
            transform=f"translate({_n(box.x)} {_n(box.y)})",
            clip_path="url(#inside)",
        )
        yield first
        yield element("title", describe_site(box, counts))
        yield f'<rect class="box" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
        name = short(site_name(box), 14)
        size = "" if columns(box.code) <= 5 and (box.code or box.within) else " long"
        if box.within:
            name = f"{len(box.within)}<tspan> sites</tspan>"
        yield f'<text class="code{size}" x="12" y="22">{name}</text>'
        yield f'<text class="quiet" x="{BOX_WIDTH - 12}" y="22" text-anchor="end">tier {box.tier}</text>'
        yield from self._lines_of(box, counts, level)
        yield last

    def _lines_of(self, box: Box, counts: Counts, level: str | None) -> Iterator[str]:
        """What stands in a box below its code."""
        site = box.site
        if site:
            server = ", ".join(filter(None, ((site.server or "").split(".")[0], site.kind)))
            yield f'<text x="12" y="39">{short(server or "server unknown", 25)}</text>'
            product = (site.product_version or "version unknown").removeprefix("Configuration Manager ")
            version = short(product, 25)
            yield f'<text class="quiet" x="12" y="54">{version}</text>'
        elif box.within:
            yield f'<text x="12" y="39">{short(", ".join(each.code for each in box.within[:12]), 25)}</text>'
            deeper = sum(1 for each in box.within if each.tier > box.tier)
            below = f"{deeper} further below" if deeper else "side by side"
            yield f'<text class="quiet" x="12" y="54">{short(below, 25)}</text>'
        else:
            yield '<text class="quiet" x="12" y="42">only named,</text>'
            yield '<text class="quiet" x="12" y="57">not among the inputs</text>'
            return
        if level:
            yield f'<use href="#sign-{level}" x="12" y="59"/>'
            yield f'<text class="said" x="30" y="70">{short(describe(counts), 24)}</text>'
        elif box.within and not box.within[0].site:
            yield '<text class="quiet" x="12" y="70">only named</text>'
        else:
            yield '<text class="quiet" x="12" y="70">nothing found</text>'


def key(kind: str) -> Iterator[str]:
    """The sign of a line of the legend, 26 wide around the height 0."""
    match kind:
        case "link":
            yield '<path class="link" d="M0 0H26"/>'
        case "way":
            yield '<path class="way" d="M0 0H20"/><path class="head" d="M26 0l-7 -4v8z"/>'
        case "week":
            yield from week_picture(("." * 8 + "!" * 6 + "#" * 10,) * 7, -3, -4.5)
        case "trouble":
            yield '<use href="#sign-error" x="-3" y="-7"/><use href="#sign-warning" x="13" y="-7"/>'
        case "fold":
            yield '<rect class="box" x="6" y="-7" width="20" height="10"/>'
            yield '<rect class="box" y="-3" width="20" height="10"/>'
        case _:
            yield '<rect class="box unseen" y="-7" width="26" height="14" rx="3"/>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{'es' if noun.endswith('s') else 's'}"


def site_name(box: Box) -> str:
    """What to call a site: its code, or the file that does not tell it; of folded ones their number."""
    if box.within:
        return _count(len(box.within), "site")
    if box.code or not box.site:
        return box.code
    return re.split(r"[/\\]", box.site.paths[0])[-1] if box.site.paths else "no site code"


def describe_site(box: Box, counts: Counts) -> str:
    """All that the map knows of a site, in words."""
    site = box.site
    if box.within:
        return _describe_fold(box)
    if site is None:
        return f"{box.code}: only named, not among the inputs"
    parent = {None: "parent unknown", "": "no parent"}.get(site.parent, f"parent {site.parent}")
    found = describe(counts) or "nothing found"
    facts = (site.server, site.kind, site.product_version, parent, f"tier {box.tier}", found)
    return f"{site_name(box)}: {', '.join(filter(None, facts))}"


def _describe_fold(box: Box) -> str:
    above = f" below {site_name(box.above)}" if box.above else ""
    names = [site_name(each) for each in box.within[:_LISTED]]
    more = f" and {len(box.within) - _LISTED} more" if len(box.within) > _LISTED else ""
    found = "nothing found" if box.within[0].site else "only named, not among the inputs"
    return f"{site_name(box)}{above}, {found}: {', '.join(names)}{more}"


def _describe_routes(routes: Sequence[_Route]) -> Iterator[str]:
    for start, address in routes[:_LISTED]:
        yield describe_address(address, start)
    if len(routes) > _LISTED:
        yield f"and {_count(len(routes) - _LISTED, 'address')} more"


def describe_address(address: AddressInfo, start: str) -> str:
    """All that the map knows of an address, in words, with the hours of a week that is restricted."""
    head = f"Address from {start or 'this site'} to {address.destination}: {address.type or 'type unknown'}"
    if address.week is None:
        return f"{head}, hours unknown"
    return f"{head}, {describe_hours(address.week)}"


def describe_hours(week: Sequence[str]) -> str:
    """The rows of a week in words: how many hours of it are open."""
    signs = "".join(row[4:] for row in week)
    kinds = {".": "open", "o": "closed to low priority", "!": "high priority only", "#": "closed"}
    kinds["?"] = "of unproven meaning"
    return ", ".join(f"{signs.count(sign)} h {kind}" for sign, kind in kinds.items() if sign in signs) or (
        "open at all hours"
    )


def _types(addresses: Sequence[AddressInfo]) -> str:
    """The types as short as they can be told apart: ``LAN``, ``RAS``, ``ISDN``, ``LAN +1``."""
    kind = addresses[0].type.removeprefix("MS_").removesuffix("_RAS") or "?"
    kind = "RAS" if kind == "ASYNC" else kind.replace("_", " ")
    return kind[:9] + (f" +{len(addresses) - 1}" if len(addresses) > 1 else "")


def _last_stretch(box: Box) -> str:
    """From the end of the tree's lines to a box."""
    if box.below:
        return f"M{_n(box.x + BOX_WIDTH / 2)} {_n(box.y - LEVEL + GAP)}V{_n(box.y)}"
    return f"M{_n(box.x - STUB)} {_n(box.y + BOX_HEIGHT / 2)}H{_n(box.x)}"


def _stub(box: Box, *, up: bool) -> _Way:
    """The way of an arrow between a box and the one above it, along the last stretch."""
    if box.below:
        x, top = box.x + BOX_WIDTH / 2 + (SPREAD if up else -SPREAD), box.y - LEVEL + GAP
        tip, toward = ((x, top), (0, -1)) if up else ((x, box.y), (0, 1))
        words = (x + 7, top + 18) if up else (x - 7, top + 18)
        return _Way(f"M{_n(x)} {_n(top)}V{_n(box.y)}", tip, toward, words, "start" if up else "end")
    left, y = box.x - STUB, box.y + BOX_HEIGHT / 2 + (SPREAD if up else -SPREAD)
    tip, toward = ((left, y), (-1, 0)) if up else ((box.x, y), (1, 0))
    return _Way(f"M{_n(left)} {_n(y)}H{_n(box.x)}", tip, toward, (left + 10, y + 14 if up else y - 6))


def _curve(start: Box, end: Box, labelled: bool) -> _Way:
    """The way of an arrow between boxes that the tree does not join, around those in its row or column."""
    shift = 8 if (start.x, start.y) < (end.x, end.y) else -8
    x1, x2, y1, y2 = start.x, end.x, start.y + BOX_HEIGHT / 2 + shift, end.y + BOX_HEIGHT / 2 + shift
    toward = (0, 0)
    if abs(x1 - x2) < BOX_WIDTH + GAP:
        x1, x2, toward = x1 + BOX_WIDTH, x2 + BOX_WIDTH, (-1, 0)
        reach = max(x1, x2) + min(30 + abs(y2 - y1) / 12, _AROUND)
        bends = (reach, y1), (reach, y2)
    elif abs(y1 - y2) < BOX_HEIGHT:
        # In the first row the arc hangs below the boxes: above them is the legend.
        toward = (0, -1) if start.tier == 1 else (0, 1)
        hang = BOX_HEIGHT if start.tier == 1 else 0
        x1, y1, x2, y2 = x1 + 120 + 2 * shift, start.y + hang, x2 + 60 + 2 * shift, end.y + hang
        bends = (x1, y1 - toward[1] * (60 + shift)), (x2, y2 - toward[1] * (60 + shift))
    else:
        toward = (1 if x1 < x2 else -1, 0)
        x1, x2 = (x1 + BOX_WIDTH, x2) if x1 < x2 else (x1, x2 + BOX_WIDTH)
        half = toward[0] * max(30, abs(x2 - x1) / 2)
        bends = (x1 + half, y1), (x2 - half, y2)
    (x3, y3), (x4, y4) = bends
    path = f"M{_n(x1)} {_n(y1)}C{_n(x3)} {_n(y3)} {_n(x4)} {_n(y4)} {_n(x2)} {_n(y2)}"
    # A quarter of the way: there the arrows of both directions do not write over each other.
    words = 0.42 * (x1 + x3) + 0.14 * x4 + 0.02 * x2, 0.42 * (y1 + y3) + 0.14 * y4 + 0.02 * y2
    return _Way(path, (x2, y2), toward, words if labelled else None, "middle")


def week_picture(rows: Sequence[str], x: float, y: float) -> Iterator[str]:
    """A week as a picture: an hour a column, a day a row."""
    yield f'<g class="week" transform="translate({_n(x)} {_n(y)})">'
    yield f'<rect class="open" width="{24 * _CELL:.1f}" height="{7 * _CELL:.1f}"/>'
    for kind, signs in (("part", "!o?"), ("closed", "#")):
        runs = []
        for number, row in enumerate(rows):
            hour = 0
            for sign, hours in groupby(row):
                length = len(list(hours))
                if sign in signs:
                    runs.append(f"M{_n(hour * _CELL)} {number * _CELL:.1f}h{length * _CELL:.1f}v{_CELL}")
                    runs.append(f"h-{length * _CELL:.1f}z")
                hour += length
        if runs:
            yield f'<path class="{kind}" d="{"".join(runs)}"/>'
    yield "</g>"


def _legend(width: float) -> Iterator[tuple[float, int]]:
    """Where each part of the legend stands: how far to the right, and in which row."""
    x, row = 0.0, 0
    for _, caption in LEGEND:
        room = 34 + 6.1 * len(caption) + 24
        if x and x + room > width:
            x, row = 0, row + 1
        yield x, row
        x += room
