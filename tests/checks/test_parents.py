"""SMS501, SMS503, SMS504, SMS511: who is under whom."""

from __future__ import annotations

import pytest

from tests.checks.sites import control, defined, leads, levels, noted, of, wmi


def test_rings_of_parents() -> None:
    ring = [noted("ONE", "TWO"), noted("TWO", "SIX"), noted("SIX", "ONE"), noted("LOW", "ONE")]
    (finding,) = of("SMS501", *ring)
    assert (finding.severity, finding.site) == ("error", "ONE")
    assert [related.path for related in finding.related] == ["input-2", "input-3"]
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
    assert [related.path for related in finding.related] == ["input-1"]
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


SECONDARY, PRIMARY, CENTRAL = 1, 2, 4


def site(code: str, parent: str, kind: int | None, build: int = 9128) -> dict[str, object]:
    fields = defined(code, parent, build)
    return fields if kind is None else {**fields, "SiteType": kind}


@pytest.mark.parametrize(
    ("kind", "parent_kind", "build", "expected"),
    [
        (PRIMARY, CENTRAL, 9128, []),
        (SECONDARY, PRIMARY, 9128, []),
        (PRIMARY, PRIMARY, 9128, ["error"]),
        (PRIMARY, PRIMARY, 7711, ["error"]),
        (SECONDARY, CENTRAL, 9128, ["error"]),
        (CENTRAL, CENTRAL, 9128, ["error"]),
        (CENTRAL, PRIMARY, 9128, ["error"]),
        (PRIMARY, None, 9128, []),
        (None, PRIMARY, 9128, []),
        (PRIMARY, PRIMARY, 6487, []),
        (PRIMARY, PRIMARY, 1493, []),
        (SECONDARY, SECONDARY, 9128, []),
    ],
)
def test_kinds_of_parents(kind: int | None, parent_kind: int | None, build: int, expected: list[str]) -> None:
    child, parent = site("NYC", "TOP", kind, build), site("TOP", "", parent_kind, build)
    assert levels("SMS512", wmi(child), wmi(parent)) == expected


def test_a_primary_site_below_another_is_no_fault_where_the_version_is_unknown() -> None:
    setup: dict[str, dict[str, int | str]] = {"Setup": {"Type": 1}}
    assert levels("SMS512", noted("TOP", "", keys=setup), noted("NYC", "TOP", keys=setup)) == []


def test_the_numbers_of_kinds_differ_by_source() -> None:
    below = noted("BKN", "NYC")
    for kind in (6, 8, 1):
        assert levels("SMS503", noted("NYC", keys={"Setup": {"Type": kind}}), below) == []
    assert levels("SMS503", wmi(site("NYC", "HQ1", SECONDARY)), below) == ["error"]
    assert levels("SMS503", wmi(site("NYC", "HQ1", PRIMARY)), below) == []
    assert levels("SMS503", wmi(site("NYC", "HQ1", None)), below) == []
    assert levels("SMS504", wmi(site("NYC", "", SECONDARY))) == ["error"]
    assert levels("SMS504", wmi(site("NYC", "", PRIMARY))) == []
    assert levels("SMS504", wmi(site("NYC", "", None))) == []


@pytest.mark.parametrize(
    ("top", "below", "count", "build", "expected"),
    [
        (CENTRAL, PRIMARY, 25, 9128, []),
        (CENTRAL, PRIMARY, 26, 9128, ["warning"]),
        (PRIMARY, SECONDARY, 250, 9128, []),
        (PRIMARY, SECONDARY, 251, 9128, ["warning"]),
        (PRIMARY, SECONDARY, 251, 6487, []),
        (PRIMARY, None, 251, 9128, []),
    ],
)
def test_how_many_children(top: int, below: int | None, count: int, build: int, expected: list[str]) -> None:
    children = [site(f"{number:03}", "TOP", below, build) for number in range(count)]
    assert levels("SMS513", wmi(site("TOP", "", top, build), *children)) == expected


@pytest.mark.parametrize(
    ("kind", "other", "parent", "build", "expected"),
    [
        (SECONDARY, SECONDARY, "BOS", 9128, ["warning"]),
        (SECONDARY, SECONDARY, "NYC", 9128, []),
        (SECONDARY, SECONDARY, "nyc", 9128, []),
        (SECONDARY, PRIMARY, "BOS", 9128, []),
        (PRIMARY, SECONDARY, "BOS", 9128, []),
        (SECONDARY, None, "BOS", 9128, []),
        (SECONDARY, SECONDARY, "", 9128, []),
        (SECONDARY, SECONDARY, "BOS", 6487, []),
    ],
)
def test_routes_between_secondary_sites(
    kind: int, other: int | None, parent: str, build: int, expected: list[str]
) -> None:
    sites = [site("BKN", "NYC", kind, build), site("CAM", parent, other, build)]
    assert levels("SMS514", wmi(*sites, leads("BKN", "CAM"))) == expected
