"""The sites of a hierarchy as trees, with what is healthy folded or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from smslint.report import Report, SiteInfo
from smslint.reports.counts import FindingCounts

View = Literal["folded", "trouble", "all"]
"""What a map shows: healthy sites folded, only those with trouble and what they are below, or every site."""

DEEPEST: Final = 32
"""How many tiers are drawn below each other; no hierarchy has more, and an input that says so is hostile."""
_FOLDED: Final = 4
"""From how many on the healthy children of one parent are folded."""
_SMALL: Final = 12
"""Up to how many sites nothing is folded."""
_LARGE: Final = 100
"""Above how many boxes whole branches are folded, not only the sites that have none below them."""


@dataclass(slots=True, eq=False)
class Box:
    """One site on the map. Without a ``site`` it is a site that is only named, as a parent or a destination.

    ``is_destination`` says that ``above`` is not known to be its parent, but has an address to it. ``within``
    are the sites that are folded into one box.
    """

    code: str
    site: SiteInfo | None = None
    above: Box | None = None
    below: list[Box] = field(default_factory=list)
    tier: int = 1
    is_destination: bool = False
    within: tuple[Box, ...] = ()
    x: float = 0
    y: float = 0


def walk(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield the boxes with all below them, each before those below it."""
    for box in boxes:
        yield box
        yield from walk(box.below)


def folded(code: str | None) -> str:
    """A site code as the product compares it."""
    return (code or "").upper()


def trees(sites: Sequence[SiteInfo]) -> list[Box]:
    """The trees of the sites, the boxes of what is only named among them.

    The same sites always come out the same, in whatever order they are given.
    """
    ordered = sorted(sites, key=lambda site: (folded(site.code), site.paths))
    boxes = [Box(site.code or "", site) for site in ordered]
    by_code = {folded(box.code): box for box in boxes if box.code}
    named = list(boxes)
    for box in named:
        parent = folded(box.site.parent if box.site else "")
        if parent and parent not in by_code:
            by_code[parent] = Box(parent)
            boxes.append(by_code[parent])
    children: dict[int, list[Box]] = {}
    for box in named:
        parent = folded(box.site.parent if box.site else "")
        if parent and by_code[parent] is not box:
            children.setdefault(id(by_code[parent]), []).append(box)
    are_children = {id(child) for each in children.values() for child in each}
    roots: list[Box] = []
    hung: set[int] = set()
    # What is left when all true roots have grown are rings of parents: each is opened at its first site.
    for box in (*(box for box in boxes if id(box) not in are_children), *boxes):
        if id(box) not in hung:
            roots.append(box)
            _hang_children(box, children, hung)
    _hang_destinations(named, by_code)
    return roots


def _hang_children(root: Box, children: dict[int, list[Box]], hung: set[int]) -> None:
    """Hang below a root all that belongs there, as deep as maps go."""
    hung.add(id(root))
    hanging = [root]
    for box in hanging:
        if box.tier == DEEPEST:
            continue
        for child in children.get(id(box), ()):
            if id(child) not in hung:
                hung.add(id(child))
                child.above, child.tier = box, box.tier + 1
                box.below.append(child)
                hanging.append(child)


def _hang_destinations(boxes: Sequence[Box], by_code: dict[str, Box]) -> None:
    """Hang the destinations that no input shows below the first site that has an address to them."""
    for box in boxes:
        for address in box.site.addresses if box.site else ():
            code = folded(address.destination)
            if code not in by_code:
                by_code[code] = Box(code, above=box, tier=box.tier + 1, is_destination=True)
                box.below.append(by_code[code])


def viewed(report: Report, view: View) -> list[Box]:
    """The trees of a report's sites as a view shows them."""
    roots = trees(report.sites)
    boxes = list(walk(roots))
    if view == "all" or (view == "folded" and len(boxes) <= _SMALL):
        return roots
    with_findings = _with_findings(report, boxes)
    if view == "trouble":
        return _only(roots, with_findings)
    whole: set[int] = set()
    for box in reversed(boxes):  # those below come before what they are below
        if id(box) not in with_findings and all(id(child) in whole for child in box.below):
            whole.add(id(box))
    return _fold(roots, whole, branches=_boxes_left(roots, whole) > _LARGE)


def _with_findings(report: Report, boxes: Sequence[Box]) -> set[int]:
    """The boxes of sites with findings, at an end of an address with findings, or in a ring of parents."""
    finding_counts = FindingCounts(report)
    by_code = {folded(box.code): box for box in boxes if box.code}
    found = set()
    for box in boxes:
        if box.site is None:
            continue
        parent = by_code.get(folded(box.site.parent))
        if finding_counts.of_site(box.site) or (parent and parent is not box and parent is not box.above):
            found.add(id(box))
        for address in box.site.addresses:
            if finding_counts.of_address(address):
                other = by_code.get(folded(address.destination))
                found |= {id(box), id(other or box)}
    return found


def _only(boxes: Sequence[Box], with_findings: set[int]) -> list[Box]:
    """The boxes of sites with findings, and those that have such below them."""
    kept = []
    for box in boxes:
        box.below = _only(box.below, with_findings)
        if box.below or id(box) in with_findings:
            kept.append(box)
    return kept


def _boxes_left(roots: Sequence[Box], whole: set[int]) -> int:
    """How many boxes are left when only sites that have none below them are folded."""
    return sum(1 for box in walk(roots) if box.below or id(box) not in whole)


def _fold(boxes: Sequence[Box], whole: set[int], *, branches: bool) -> list[Box]:
    """The children of one box with the healthy ones folded, and those below them too."""
    kept: list[Box] = []
    # What is only named is not known to be healthy: it is folded by itself.
    for is_seen in (True, False):
        ours = [box for box in boxes if bool(box.site) == is_seen]
        healthy = [box for box in ours if id(box) in whole and (branches or not box.below)]
        if len(healthy) < _FOLDED:
            kept += ours
            continue
        folding = set(map(id, healthy))
        kept += [box for box in ours if id(box) not in folding]
        first = healthy[0]
        kept.append(Box("", above=first.above, tier=first.tier, within=tuple(walk(healthy))))
    for box in kept:
        box.below = _fold(box.below, whole, branches=branches)
    return kept
