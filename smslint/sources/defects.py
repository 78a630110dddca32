"""The defects of one input while it is read: a flood of one kind is counted, not kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar

from smslint.schema.export import Defect, DefectKind
from smslint.sources.limits import KEPT_DEFECTS


class _Met(Protocol):
    @property
    def kind(self) -> DefectKind: ...
    @property
    def costly(self) -> bool: ...


M = TypeVar("M", bound=_Met)


class Flood(list[M]):
    """A list that keeps the first `KEPT_DEFECTS` of a kind and weight, and counts the others."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._met: dict[tuple[DefectKind, bool], int] = {}

    def flooded(self, kind: DefectKind, costly: bool) -> bool:
        """Whether a further defect of this kind would only be counted."""
        return self._met.get((kind, costly), 0) >= KEPT_DEFECTS

    def count_only(self, kind: DefectKind, costly: bool, number: int = 1) -> None:
        """Count what is not worth being made, because of `flooded`."""
        self._met[kind, costly] = self._met.get((kind, costly), 0) + number

    def append(self, defect: M) -> None:
        """Keep a defect, or only count it."""
        if not self.flooded(defect.kind, defect.costly):
            super().append(defect)
        self.count_only(defect.kind, defect.costly)

    def left_out(self) -> Iterator[tuple[tuple[DefectKind, bool], int]]:
        """How many of each kind and weight were only counted."""
        return ((each, met - KEPT_DEFECTS) for each, met in self._met.items() if met > KEPT_DEFECTS)

    def mark(self) -> tuple[int, dict[tuple[DefectKind, bool], int]]:
        """Where `rewind` may go back to."""
        return len(self), dict(self._met)

    def rewind(self, mark: tuple[int, dict[tuple[DefectKind, bool], int]]) -> None:
        """Forget what was appended or counted since a `mark`."""
        del self[mark[0] :]
        self._met.clear()
        self._met.update(mark[1])


class Defects(Flood[Defect]):
    """The defects of one input."""

    def closed(self) -> tuple[Defect, ...]:
        """Every defect that was kept, and one for each kind that names how many more there are."""
        last = {(defect.kind, defect.costly): defect for defect in self}
        rest = [
            Defect(
                last[each].kind,
                f"and {more} more defects of this kind in the rest of the file, which are not listed",
                last[each].span,
                costly=last[each].costly,
            )
            for each, more in self.left_out()
        ]
        return (*self, *rest)
