"""The defects of one input while it is read: a flood of one kind is counted, not kept."""

from __future__ import annotations

from typing import Final

from smslint.schema.export import Defect, DefectKind

FLOOD: Final = 100
"""Defects of one kind and weight that are kept of one input."""


class Defects(list[Defect]):
    """A list that keeps the first `FLOOD` defects of a kind and weight, and counts the others."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._met: dict[tuple[DefectKind, bool], int] = {}

    def flooded(self, kind: DefectKind, costly: bool) -> bool:
        """Whether a further defect of this kind would only be counted."""
        return self._met.get((kind, costly), 0) >= FLOOD

    def tally(self, kind: DefectKind, costly: bool) -> None:
        """Count a defect that is not worth being made, because of `flooded`."""
        self._met[kind, costly] = self._met.get((kind, costly), 0) + 1

    def append(self, defect: Defect) -> None:
        """Keep a defect, or only count it."""
        if not self.flooded(defect.kind, defect.costly):
            super().append(defect)
        self.tally(defect.kind, defect.costly)

    def closed(self) -> tuple[Defect, ...]:
        """Every defect that was kept, and one for each kind that names how many more there are."""
        last = {(defect.kind, defect.costly): defect for defect in self}
        rest = [
            Defect(
                last[each].kind,
                f"and {met - FLOOD} more defects of this kind in the rest of the file, which are not listed",
                last[each].span,
                costly=last[each].costly,
            )
            for each, met in self._met.items()
            if met > FLOOD
        ]
        return (*self, *rest)
