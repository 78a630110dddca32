"""Whether a dump can hold objects spelled as text, told from all of its text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smslint.sources.wmi import embedded

PIECES = (
    "instance",
    "INSTANCE",
    "Instance",
    "\u0131nstance",
    "in\u017ftance",
    "of",
    " ",
    "\n",
    "\\n",
    "x",
    "é",
)


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_it_is_reported_in_short_as_by_looking_through_it(text: str) -> None:
    assert embedded._spell(text) == bool(embedded._SPELLS.search(text))
