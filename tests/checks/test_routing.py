"""SMS207 to SMS212: whether what one site sends can reach the other."""

from __future__ import annotations

import pytest

from tests.checks.sites import OFFICE_DAY, OPEN_DAY, address, control, defined, leads, levels, noted, of, wmi

SP1, SP2 = 1380, 1493


def test_a_parent_without_an_address() -> None:
    (finding,) = of("SMS207", control("NYC", "HQ1", ["BOS"]))
    assert (finding.severity, finding.site, finding.setting) == ("error", "NYC", "parent_site_code")
    assert levels("SMS207", control("NYC", "HQ1", ["HQ1"])) == []
    assert levels("SMS207", control("NYC", "hq1", ["HQ1"])) == []
    assert levels("SMS207", control("NYC")) == []
    assert levels("SMS207", control("NYC", "NYC")) == []


def test_inputs_that_cannot_hold_the_address_to_the_parent() -> None:
    assert levels("SMS207", noted("NYC", "HQ1", version="2.00.1380.1000")) == []
    assert levels("SMS207", noted("NYC", "HQ1", version="786")) == []
    cut = control("NYC", "HQ1", ["BOS"]) + "BEGIN_SENDER\n  <2765>"
    assert levels("SMS207", cut) == []
    assert levels("SMS207", wmi(defined("NYC", "HQ1"))) == []


def test_a_courier_to_the_parent() -> None:
    courier = leads("NYC", "HQ1", "MS_COURIER")
    assert levels("SMS207", wmi(defined("NYC", "HQ1"), courier)) == ["error"]
    assert levels("SMS207", wmi(defined("NYC", "HQ1"), courier, leads("NYC", "HQ1"))) == []


def test_a_child_without_an_address() -> None:
    child = control("NYC", "HQ1", ["HQ1"])
    (finding,) = of("SMS208", control("HQ1"), child)
    assert (finding.severity, finding.site, finding.path) == ("error", "HQ1", "input-1")
    assert [place.path for place in finding.related] == ["input-2"]
    assert levels("SMS208", control("HQ1", to=["NYC"]), child) == []
    assert levels("SMS208", control("HQ1")) == []
    assert levels("SMS208", child, control("BOS")) == []


def test_parents_whose_addresses_are_unknown() -> None:
    child = control("NYC", "HQ1", ["HQ1"])
    assert levels("SMS208", noted("HQ1", version="2.00.1380.1000"), child) == []
    assert levels("SMS208", wmi(defined("HQ1")), child) == []
    assert levels("SMS208", control("HQ1"), noted("NYC", "HQ1")) == ["error"]


def test_addresses_to_sites_that_do_not_exist() -> None:
    sites = [control("HQ1", to=["NYC", "OLD"]), control("NYC", "HQ1", ["HQ1"])]
    (finding,) = of("SMS209", *sites, complete=True)
    assert (finding.severity, finding.site, finding.value) == ("warning", "HQ1", "OLD")
    assert levels("SMS209", *sites) == []
    assert levels("SMS209", *sites, noted("OLD"), complete=True) == []
    assert levels("SMS209", control("HQ1"), complete=True) == []


def test_a_distribution_point_is_no_site() -> None:
    point = leads("HQ1", "dp1.example.com", DestinationType=1)
    assert levels("SMS209", wmi(defined("HQ1"), point), complete=True) == []


def three_tiers(build: int, *more: dict[str, object]) -> str:
    below = [defined("NYC", "HQ1", build), defined("BKN", "NYC", build)]
    return wmi(defined("HQ1", build=build), *below, leads("HQ1", "NYC"), *more)


@pytest.mark.parametrize(
    ("build", "version", "expected"),
    [
        (1239, None, ["warning"]),
        (SP1, None, ["warning"]),
        (SP2, "2.0sp3", ["warning"]),
        (SP2, "2.0sp4", ["info"]),
        (SP2, None, ["info"]),
    ],
)
def test_sites_two_tiers_down(build: int, version: str | None, expected: list[str]) -> None:
    assert levels("SMS210", three_tiers(build), product_version=version) == expected


def test_sites_that_are_reached_directly_or_not_known() -> None:
    assert levels("SMS210", three_tiers(SP1, leads("HQ1", "BKN"))) == []
    assert levels("SMS210", wmi(defined("HQ1"), leads("HQ1", "NYC"), defined("NYC", "HQ1"))) == []
    unknown = [defined("NYC", "HQ1"), defined("BKN", "NYC"), defined("HQ1")]
    assert levels("SMS210", wmi(*unknown)) == []
    assert levels("SMS210", control("HQ1", to=["NYC"]), control("BKN", "NYC", ["NYC"])) == []


def routed(day: list[int], build: int = SP1, *more: dict[str, object]) -> str:
    return three_tiers(build, leads("NYC", "BKN", day=day), *more)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (OFFICE_DAY, ["warning"]),
        ([3] * 3 + [2] * 21, ["warning"]),
        ([3] * 2 + [1] * 22, []),
        (OPEN_DAY, []),
        ([3] * 24, []),
        ([3] * 12 + [4] * 12, []),
        ([4] * 8 + [1] * 16, []),
    ],
    ids=["office hours", "three hours", "two hours", "open", "never medium", "closed after", "no high only"],
)
def test_windows_for_high_priority(day: list[int], expected: list[str]) -> None:
    assert levels("SMS211", routed(day)) == expected


def test_where_such_a_window_does_no_harm() -> None:
    assert levels("SMS211", routed(OFFICE_DAY, SP2)) == []
    assert levels("SMS211", routed(OFFICE_DAY, SP1, leads("HQ1", "BKN"))) == []
    assert levels("SMS211", routed(OFFICE_DAY, SP1, leads("NYC", "BKN"))) == []
    alone = wmi(defined("NYC", "HQ1"), defined("BKN", "NYC"), leads("NYC", "BKN", day=OFFICE_DAY))
    assert levels("SMS211", alone) == []


@pytest.mark.parametrize(
    ("kinds", "build", "version", "expected"),
    [
        (["MS_COURIER"], SP1, None, ["warning"]),
        (["MS_COURIER", "MS_COURIER"], SP1, None, ["warning"]),
        (["MS_COURIER"], SP2, "2.0sp3", ["warning"]),
        (["MS_COURIER"], SP2, None, ["info"]),
        (["MS_COURIER"], SP2, "2.0sp4", []),
        (["MS_COURIER", "MS_LAN"], SP1, None, []),
        (["MS_LAN"], SP1, None, []),
    ],
)
def test_couriers_alone(kinds: list[str], build: int, version: str | None, expected: list[str]) -> None:
    export = wmi(defined("HQ1", build=build), *(leads("HQ1", "NYC", kind) for kind in kinds))
    assert levels("SMS212", export, product_version=version) == expected


def test_an_address_of_unknown_type_is_no_courier() -> None:
    untyped = {key: value for key, value in leads("HQ1", "NYC").items() if key != "AddressType"}
    assert levels("SMS212", wmi(defined("HQ1"), untyped)) == []
    assert levels("SMS212", control("HQ1", more=[address("HQ1", "NYC")])) == []
