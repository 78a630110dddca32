"""The list of defects that counts a flood instead of keeping it."""

from __future__ import annotations

from smslint.schema.export import Defect
from smslint.sources.defects import Defects
from smslint.sources.limits import KEPT_DEFECTS


def test_keeps_and_closes_what_is_no_flood() -> None:
    defects = Defects()
    for number in range(KEPT_DEFECTS):
        defects.append(Defect("malformed", str(number)))
    assert [each.text for each in defects.closed()] == [str(number) for number in range(KEPT_DEFECTS)]


def test_counts_each_kind_and_weight_for_itself() -> None:
    defects = Defects()
    for _ in range(KEPT_DEFECTS + 7):
        defects.append(Defect("malformed", "light"))
    defects.append(Defect("malformed", "grave", costly=True))
    assert defects.flooded("malformed", costly=False)
    assert not defects.flooded("malformed", costly=True)
    defects.count_only("malformed", costly=False)
    closed = defects.closed()
    assert len(closed) == KEPT_DEFECTS + 2
    assert closed[-2].text == "grave"
    assert "8 more" in closed[-1].text
    assert not closed[-1].costly
