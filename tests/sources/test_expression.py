"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from smslint.sources.expression import expression
from smslint.sources.registry import grammar


def test_it_does_all_that_a_compiled_one_does() -> None:
    one = expression("(?P<digits>[0-9]+)|x", re.IGNORECASE)
    assert [one.pattern, one.match("12")["digits"], one.sub("", "aX1")] == ["(?P<digits>[0-9]+)|x", "12", "a"]  # type: ignore[index]


def test_it_is_compiled_when_it_is_first_used() -> None:
    broken = expression("(")
    with pytest.raises(re.error):
        broken.match("a")


def test_every_one_of_the_grammar_can_be_compiled() -> None:
    expressions = [each for each in vars(grammar).values() if hasattr(each, "finditer")]
    assert len(expressions) > 30
