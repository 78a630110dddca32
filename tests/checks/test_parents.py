"""SMS501, SMS503, SMS504, SMS511: who is under whom."""

from __future__ import annotations

from tests.checks.sites import control, defined, levels, noted, of, wmi


def test_rings_of_parents() -> None:
    ring = [noted("ONE", "TWO"), noted("TWO", "SIX"), noted("SIX", "ONE"), noted("LOW", "ONE")]
    (finding,) = of("SMS501", *ring)
    assert (finding.severity, finding.site) == ("error", "ONE")
    assert [place.path for place in finding.related] == ["input-2", "input-3"]
    (itself,) = of("SMS501", noted("NYC", "nyc"))
    assert itself.related == ()
    two_rings = [noted("ONE", "TWO"), noted("TWO", "ONE"), noted("SIX", "SIX")]
    assert levels("SMS501", *two_rings) == ["error", "error"]


def test_trees_are_no_rings() -> None:
    assert levels("SMS501", noted("HQ1", ""), noted("NYC", "HQ1"), noted("BKN", "NYC")) == []
    assert levels("SMS501", noted("NYC", "HQ1"), noted("BOS", "HQ1")) == []


def test_children_of_a_secondary_site() -> None:
    secondary = control("NYC", "HQ1", ["HQ1"], kind=9)
    (finding,) = of("SMS503", secondary, control("BKN", "NYC"))
    assert (finding.severity, finding.site, finding.path) == ("error", "BKN", "input-2")
    assert [place.path for place in finding.related] == ["input-1"]
    by_setup = noted("NYC", keys={"Setup": {"Type": 2}})
    assert levels("SMS503", by_setup, noted("BKN", "NYC")) == ["error"]


def test_parents_that_are_primary_or_of_unknown_kind() -> None:
    assert levels("SMS503", control("NYC"), control("BKN", "NYC")) == []
    assert levels("SMS503", noted("NYC"), noted("BKN", "NYC")) == []
    assert levels("SMS503", noted("NYC", keys={"Setup": {"Type": 6}}), noted("BKN", "NYC")) == []
    contradicting = [control("NYC"), noted("NYC", keys={"Setup": {"Type": 2}})]
    assert levels("SMS503", *contradicting, noted("BKN", "NYC")) == []
    assert levels("SMS503", control("NYC", "NYC", kind=9)) == []


def test_secondary_sites_without_a_parent() -> None:
    assert levels("SMS504", control("NYC", kind=9)) == ["error"]
    assert levels("SMS504", noted("NYC", "", keys={"Setup": {"Type": 2}})) == ["error"]
    assert levels("SMS504", noted("NYC", keys={"Setup": {"Type": 2}})) == []
    assert levels("SMS504", control("NYC")) == []
    assert levels("SMS504", control("NYC", "HQ1", ["HQ1"], kind=9)) == []


def test_pairs_of_which_one_does_not_answer() -> None:
    parent, child = control("HQ1", to=["NYC"]), control("NYC", "HQ1", ["HQ1"])
    mute_parent, mute_child = control("HQ1"), control("NYC", "HQ1")
    assert levels("SMS511", parent, child) == []
    assert levels("SMS511", mute_parent, mute_child) == []
    (upward,) = of("SMS511", mute_parent, child)
    assert (upward.severity, upward.site) == ("warning", "NYC")
    (downward,) = of("SMS511", parent, mute_child)
    assert downward.site == "HQ1"


def test_pairs_that_are_none() -> None:
    assert levels("SMS511", control("BOS", to=["NYC"]), control("NYC")) == []
    assert levels("SMS511", control("HQ1", to=["NYC"]), wmi(defined("NYC", "HQ1"))) == []
    assert levels("SMS511", control("NYC", "HQ1", ["HQ1"])) == []
