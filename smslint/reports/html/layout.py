"""Where the sites of a hierarchy stand on its map: a tree that is as large as can be on a screen.

Each site stands below its parent. Children that have none themselves are stacked in columns, the others
stand side by side, in as many bands as they need; no box touches another, whatever the input says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import isqrt
from typing import Final

from smslint.reports.html.tree import Box, walk

BOX_WIDTH: Final = 176
BOX_HEIGHT: Final = 78
STUB: Final = 84
"""From the trunk of a column to the boxes in it."""
LEVEL: Final = 66
"""From a box down to its children."""
GAP: Final = 16
TRUNK: Final = 14
"""From the edge of a block to the trunk in it."""
SPREAD: Final = 9
"""How far from the line of the tree its two arrows run."""

_LIMITS: Final = (700, 1000, 1400, 2000, 2800, 4000, 5600, 8000, 12000, 20000, 40000)
_ROWS: Final = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 50, 100)
_MANY: Final = 2000
_SCREEN: Final = 1.5
"""Width to height of what a map is looked at on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree, from a box to where the ways to the boxes below it part.

    The last stretch is left free for the arrows: from the trunk of a column to the box beside it (`STUB`),
    and from the level of a band down to a box that has others below it (`LEVEL` less `GAP`).
    """

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The boxes with their places, the lines between them, and the room that all of it takes."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def layout(roots: Sequence[Box]) -> Layout:
    """Arrange the trees."""
    boxes = tuple(walk(roots))
    usual = 3 + isqrt(len(boxes)) // 2
    limit = min(_LIMITS, key=lambda each: _size(_Block(None, roots, usual, each)))
    # Of thousands of boxes no arrangement fits a screen, and each one tried costs a while.
    rows = min(
        _ROWS if len(boxes) <= _MANY else (usual,), key=lambda each: _size(_Block(None, roots, each, limit))
    )
    block = _Block(None, roots, rows, limit)
    lines: list[Line] = []
    block.place(0, 0, lines)
    return Layout(boxes, tuple(lines), block.width, block.height)


def _size(block: _Block) -> float:
    return max(block.width / _SCREEN, block.height)


class _Column:
    """Boxes with none below them, stacked beside a trunk, or alone where they have no parent."""

    def __init__(self, boxes: Sequence[Box], *, with_trunk: bool) -> None:
        self.boxes = boxes
        self.indent = TRUNK + STUB if with_trunk else 0
        self.width: float = self.indent + BOX_WIDTH
        self.height: float = len(boxes) * (BOX_HEIGHT + GAP) - GAP
        self.joint: float = TRUNK if with_trunk else BOX_WIDTH / 2

    def place(self, x: float, y: float, lines: list[Line]) -> None:
        """Give each box its place, and draw the trunk."""
        for number, box in enumerate(self.boxes):
            box.x, box.y = x + self.indent, y + number * (BOX_HEIGHT + GAP)
        if self.indent:
            end = self.boxes[-1].y + BOX_HEIGHT / 2 + SPREAD
            lines.append(Line(x + TRUNK, y - LEVEL + GAP, x + TRUNK, end))


class _Block:
    """A box with everything below it; without a box, all trees beside each other.

    ``rows`` is how many boxes are stacked at most, ``limit`` how wide a band may grow. ``joint`` is where,
    from its left edge, the line from above arrives.
    """

    def __init__(self, head: Box | None, below: Sequence[Box], rows: int, limit: float) -> None:
        self.head = head
        leaves = iter([box for box in below if not box.below])
        columns: list[_Column | _Block] = []
        while column := list(islice(leaves, rows)):
            columns.append(_Column(column, with_trunk=head is not None))
        blocks = [_Block(box, box.below, rows, limit) for box in below if box.below]
        # The tree that matters comes first, what belongs to none last.
        whole = [*columns, *blocks] if head else [*sorted(blocks, key=lambda each: -each.height), *columns]
        self.bands = _in_bands(whole, limit)
        self.margin = 2 * TRUNK if head and len(self.bands) > 1 else 0
        widths = [sum(part.width for part in band) + 2 * GAP * (len(band) - 1) for band in self.bands]
        self.width: float = max(BOX_WIDTH, self.margin + max(widths, default=0))
        self.step = LEVEL if head else 3 * GAP
        self.top = BOX_HEIGHT + LEVEL if head else 0
        depths = [max(part.height for part in band) for band in self.bands]
        self.height: float = self.top + sum(depths) + self.step * max(len(depths) - 1, 0)
        joints = self._joints(self.bands[0]) if self.bands else [BOX_WIDTH / 2]
        self.line_x = (joints[0] + joints[-1]) / 2
        self.head_x = min(max(self.line_x - BOX_WIDTH / 2, 0), self.width - BOX_WIDTH)
        self.joint: float = self.head_x + BOX_WIDTH / 2

    def _joints(self, band: Sequence[_Column | _Block]) -> list[float]:
        """Where the ways down to the parts of a band begin, from the left edge."""
        found, x = [], float(self.margin)
        for part in band:
            found.append(x + part.joint)
            x += part.width + 2 * GAP
        return found

    def place(self, x: float, y: float, lines: list[Line]) -> None:
        """Give each box its place, and draw the lines between them."""
        if self.head:
            self.head.x, self.head.y = x + self.head_x, y
        at = y + self.top
        for number, band in enumerate(self.bands):
            if self.head:
                self._branch(x, y, at - LEVEL + GAP, band, number, lines)
            left = x + self.margin
            for part in band:
                part.place(left, at, lines)
                left += part.width + 2 * GAP
            at += max(part.height for part in band) + self.step

    def _branch(
        self,
        x: float,
        y: float,
        level: float,
        band: Sequence[_Column | _Block],
        number: int,
        lines: list[Line],
    ) -> None:
        """Draw what leads from the box to a band: a line to the first, a trunk on the left to the others."""
        joints = self._joints(band)
        first = joints[0] - (SPREAD if isinstance(band[0], _Block) else 0)
        last = joints[-1] + (SPREAD if isinstance(band[-1], _Block) else 0)
        if self.margin:
            first = 0
        if number == 0:
            lines.append(Line(x + self.line_x, y + BOX_HEIGHT, x + self.line_x, level))
        else:
            lines.append(Line(x, y + BOX_HEIGHT + GAP, x, level))
        if first < last:
            lines.append(Line(x + first, level, x + last, level))


def _in_bands(parts: Sequence[_Column | _Block], limit: float) -> list[list[_Column | _Block]]:
    """The parts in rows, as many in each as its width allows."""
    bands: list[list[_Column | _Block]] = []
    used: float = 0
    for part in parts:
        if not bands or used + 2 * GAP + part.width > limit:
            bands.append([])
            used = -2 * GAP
        bands[-1].append(part)
        used += 2 * GAP + part.width
    return bands
