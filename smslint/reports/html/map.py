"""The hierarchy as a picture: sites by tier, addresses as arrows with type and hours, trouble with signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from smslint.report import AddressInfo, Report
from smslint.reports.counts import Counts, Troubles, told, worst
from smslint.reports.html.layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    GAP,
    LEVEL,
    SPREAD,
    STUB,
    Box,
    Layout,
    folded,
    layout,
)
from smslint.reports.html.markup import element, resource, short, tag
from smslint.reports.style import columns

_CELL: Final = 1.3
"""The width of an hour in the picture of a week, and the height of a day."""
_LABELLED: Final = 40
"""How many arrows outside the tree may carry their types; with more, the words would hide the sites."""
_MARGIN: Final = 24
_AROUND: Final = 60
"""How far an arrow may swing out of its column."""
_LEGEND: Final = (
    ("link", "parent and child"),
    ("way", "address, from and to, with its type"),
    ("week", "its hours, a row a day from Sunday: dark is closed, half dark restricted"),
    ("trouble", "has findings"),
    ("unseen", "only named, not among the inputs"),
)


def svg(report: Report, placed: Layout | None = None, *, with_signs: bool = True) -> Iterator[str]:
    """Yield the lines of the picture, which is whole in itself: no script, nothing to load.

    ``placed`` are its sites where they were arranged before; ``with_signs`` is False for a page that holds
    the signs itself.
    """
    yield from _Drawing(report, placed or layout(report.sites)).lines(with_signs=with_signs)


@dataclass(frozen=True, slots=True)
class _Way:
    """The stretch an arrow takes: its line, where its head points, and where its words begin."""

    path: str
    tip: tuple[float, float]
    toward: tuple[int, int]
    words: tuple[float, float] | None
    anchor: str = "start"


class _Drawing:
    def __init__(self, report: Report, placed: Layout) -> None:
        self.report = report
        self.troubles = Troubles(report)
        self._destinations: dict[int, dict[str, list[AddressInfo]]] = {}
        self.layout = placed
        self.width = max(self.layout.width + 2 * _AROUND, 720 + 2 * _MARGIN)
        self.legend = list(_legend(self.width - 2 * _MARGIN))
        self.left = (self.width - self.layout.width) / 2
        self.top = 44 + 24 * (1 + self.legend[-1][1]) + 12
        self.height = self.top + self.layout.height + _MARGIN

    @cached_property
    def by_code(self) -> dict[str, Box]:
        return {folded(box.code): box for box in self.layout.boxes if box.code}

    def _to(self, box: Box) -> dict[str, list[AddressInfo]]:
        """A site's addresses by the site they lead to, gathered once: it may have thousands below it."""
        found = self._destinations.get(id(box))
        if found is None:
            found = self._destinations[id(box)] = {}
            for address in box.site.addresses if box.site else ():
                found.setdefault(folded(address.destination), []).append(address)
        return found

    @cached_property
    def title(self) -> str:
        known = sum(1 for box in self.layout.boxes if box.site)
        tiers = max((box.tier for box in self.layout.boxes), default=0)
        return f"Hierarchy: {_count(known, 'site')} in {_count(tiers, 'tier')}"

    @cached_property
    def description(self) -> str:
        troubled = [
            f"{_name(box)}: {told(counts)}"
            for box in self.layout.boxes
            if box.site and (counts := self.troubles.of_site(box.site))
        ]
        unseen = sum(1 for box in self.layout.boxes if not box.site)
        more = [f"and {len(troubled) - 40} more sites"] if len(troubled) > 40 else []
        return ". ".join(
            [
                f"{_count(sum(len(site.addresses) for site in self.report.sites), 'address')}",
                *([f"{_count(unseen, 'site')} only named, not among the inputs"] if unseen else []),
                "; ".join([*troubled[:40], *more]) or "No findings at any site",
            ]
        )

    def lines(self, *, with_signs: bool) -> Iterator[str]:
        yield tag(
            "svg",
            xmlns="http://www.w3.org/2000/svg",
            class_="hierarchy",
            width=_n(self.width),
            height=_n(self.height),
            viewBox=f"0 0 {_n(self.width)} {_n(self.height)}",
            role="img",
            aria_labelledby="map-title map-description",
        )
        yield element("title", self.title, id="map-title")
        yield element("desc", self.description, id="map-description")
        yield "<style>"
        yield from resource("map.css")
        yield "</style>"
        if with_signs:
            yield from resource("signs.svg")
        size = f'width="{BOX_WIDTH + 6}" height="{BOX_HEIGHT + 6}"'
        yield f'<clipPath id="inside"><rect x="-3" y="-3" {size}/></clipPath>'
        yield '<rect class="paper" width="100%" height="100%"/>'
        yield element("text", self.title, class_="heading", x=_MARGIN, y=34)
        yield from self._key()
        yield f'<g transform="translate({_n(self.left)} {_n(self.top)})">'
        yield from self._across()
        yield from self._tree()
        for box in self.layout.boxes:
            yield from self._site(box)
        yield "</g>"
        yield "</svg>"

    def _key(self) -> Iterator[str]:
        for (kind, said), (x, row) in zip(_LEGEND, self.legend, strict=True):
            yield f'<g transform="translate({_n(_MARGIN + x)} {60 + 24 * row})">'
            match kind:
                case "link":
                    yield '<path class="link" d="M0 0H26"/>'
                case "way":
                    yield '<path class="way" d="M0 0H20"/><path class="head" d="M26 0l-7 -4v8z"/>'
                case "week":
                    yield from _week(("." * 8 + "!" * 6 + "#" * 10,) * 7, -3, -4.5)
                case "trouble":
                    yield '<use href="#sign-error" x="-3" y="-7"/><use href="#sign-warning" x="13" y="-7"/>'
                case _:
                    yield '<rect class="box unseen" y="-7" width="26" height="14" rx="3"/>'
            yield element("text", said, x=34, y=4)
            yield "</g>"

    def _across(self) -> Iterator[str]:
        """The arrows outside the tree, and the parents that a ring of parents keeps out of it."""
        ways: list[tuple[Box, Box, list[AddressInfo]]] = []
        for box in self.layout.boxes:
            for code, addresses in self._to(box).items():
                other = self.by_code[code]
                if other.above is not box and box.above is not other:
                    ways.append((box, other, addresses))
        for box, other, addresses in ways:
            yield from self._arrow(box, other, addresses, _curve(box, other, len(ways) <= _LABELLED))
        for box in self.layout.boxes:
            parent = self.by_code.get(folded(box.site.parent)) if box.site else None
            if parent and parent is not box and box.above is not parent:
                way = _curve(parent, box, True)
                yield '<g class="ring">'
                yield element("title", f"{_name(parent)} is named as the parent of {_name(box)}, in a ring")
                yield f'<path class="link" d="{way.path}"/>'
                if way.words:
                    yield element("text", "parent", class_="type", x=_n(way.words[0]), y=_n(way.words[1]))
                yield "</g>"

    def _tree(self) -> Iterator[str]:
        for line in self.layout.lines:
            yield f'<path class="link" d="M{_n(line.x1)} {_n(line.y1)}L{_n(line.x2)} {_n(line.y2)}"/>'
        for box in self.layout.boxes:
            if box.above:
                down, up = self._to(box.above), self._to(box)
                to, back = down.get(folded(box.code), []), up.get(folded(box.above.code), [])
                if not to and not back:
                    yield f'<path class="link" d="{_last_stretch(box)}"/>'
                if to:
                    yield from self._arrow(box.above, box, to, _stub(box, up=False))
                if back:
                    yield from self._arrow(box, box.above, back, _stub(box, up=True))

    def _arrow(self, start: Box, end: Box, addresses: Sequence[AddressInfo], way: _Way) -> Iterator[str]:
        counts: Counts = sum((self.troubles.of_address(each) for each in addresses), start=Counts())
        level = worst(counts)
        yield tag("g", class_=f"address {level or ''}".strip())
        yield element("title", "\n".join(address_told(each, start.code) for each in addresses))
        yield f'<path class="way" d="{way.path}"/>'
        (x, y), (dx, dy) = way.tip, way.toward
        yield (
            f'<path class="head" d="M{_n(x)} {_n(y)}l{-7 * dx - 4 * dy} {-7 * dy - 4 * dx}'
            f'l{8 * dy} {8 * dx}z"/>'
        )
        if way.words:
            yield from self._words(way.words, way.anchor, addresses, level)
        yield "</g>"

    def _words(
        self, place: tuple[float, float], anchor: str, addresses: Sequence[AddressInfo], level: str | None
    ) -> Iterator[str]:
        """The sign, the type and the picture of the week beside an arrow, one after the other."""
        week = next((each.week for each in addresses if each.week), None)
        label = _types(addresses)
        sign, said, hours = 16 if level else 0, 6.6 * columns(label) + 5, 24 * _CELL if week else 0
        x, y = place
        x -= {"start": 0, "middle": (sign + said + hours) / 2, "end": sign + said + hours}[anchor]
        if level:
            yield f'<use href="#sign-{level}" x="{_n(x)}" y="{_n(y - 11)}"/>'
        yield element("text", label, class_="type", x=_n(x + sign), y=_n(y))
        if week:
            yield from _week([row[4:] for row in week], x + sign + said, y - 8.5)

    def _site(self, box: Box) -> Iterator[str]:
        site = box.site
        counts = self.troubles.of_site(site) if site else Counts()
        level = worst(counts)
        names = f"{box.code} {site.server or ''}" if site else box.code
        yield tag(
            "g",
            class_=f"site {level or ('' if site else 'unseen')}".strip(),
            data_code=box.code,
            data_names=names.lower(),
            transform=f"translate({_n(box.x)} {_n(box.y)})",
            clip_path="url(#inside)",
        )
        yield element("title", site_told(box, counts))
        yield f'<rect class="box" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
        yield f'<text class="code" x="12" y="22">{short(_name(box), 14)}</text>'
        yield f'<text class="quiet" x="{BOX_WIDTH - 12}" y="22" text-anchor="end">tier {box.tier}</text>'
        if site:
            server = ", ".join(filter(None, (site.server, site.kind))) or "server not told"
            yield f'<text x="12" y="39">{short(server, 25)}</text>'
            version = short(site.product_version or "version unknown", 25)
            yield f'<text class="quiet" x="12" y="54">{version}</text>'
            if level:
                yield f'<use href="#sign-{level}" x="12" y="59"/>'
                yield f'<text class="said" x="30" y="70">{short(told(counts), 24)}</text>'
            else:
                yield '<text class="quiet" x="12" y="70">nothing found</text>'
        else:
            yield '<text class="quiet" x="12" y="42">only named,</text>'
            yield '<text class="quiet" x="12" y="57">not among the inputs</text>'
        yield "</g>"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{'es' if noun.endswith('s') else 's'}"


def _name(box: Box) -> str:
    """What to call a site: its code, or the file that does not tell it."""
    if box.code or not box.site:
        return box.code
    return re.split(r"[/\\]", box.site.paths[0])[-1] if box.site.paths else "no site code"


def site_told(box: Box, counts: Counts) -> str:
    """All that the map knows of a site, in words."""
    site = box.site
    if site is None:
        return f"{box.code}: only named, not among the inputs"
    parent = {None: "parent not told", "": "no parent"}.get(site.parent, f"parent {site.parent}")
    found = told(counts) or "nothing found"
    facts = (site.server, site.kind, site.product_version, parent, f"tier {box.tier}", found)
    return f"{_name(box)}: {', '.join(filter(None, facts))}"


def address_told(address: AddressInfo, start: str) -> str:
    """All that the map knows of an address, in words, with the hours of a week that is restricted."""
    head = f"Address from {start or 'this site'} to {address.destination}: {address.type or 'type not told'}"
    if address.week is None:
        return f"{head}, hours not told"
    return f"{head}, {hours_told(address.week)}"


def hours_told(week: Sequence[str]) -> str:
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


def _week(rows: Sequence[str], x: float, y: float) -> Iterator[str]:
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
    for _, said in _LEGEND:
        room = 34 + 6.1 * len(said) + 24
        if x and x + room > width:
            x, row = 0, row + 1
        yield x, row
        x += room
