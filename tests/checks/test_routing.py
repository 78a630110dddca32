"""SMS207 to SMS212: whether what one site sends can reach the other."""

from __future__ import annotations

from typing import Any

import pytest

from smslint.testing import codes
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
    assert [related.path for related in finding.related] == ["input-2"]
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
        (SP2, "2.0sp4", ["warning"]),
        (SP2, None, ["warning"]),
        (2726, None, ["warning"]),
        (3174, None, ["warning"]),
        (4160, None, ["info"]),
        (4253, None, ["info"]),
        (6487, None, ["info"]),
        (7711, None, []),
        (9128, None, []),
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


SECONDARY, PRIMARY, CENTRAL = 1, 2, 4


def kind(code: str, parent: str, site_type: int | None, build: int = 9128) -> dict[str, object]:
    fields = defined(code, parent, build)
    return fields if site_type is None else {**fields, "SiteType": site_type}


def content_routing(build: int = 9128, far: int | None = SECONDARY, **near: Any) -> list[str]:
    """The far secondary site reaches its primary one, and is reached, over the near one only."""
    sites = [
        kind("NYC", "", PRIMARY, build),
        kind("NEA", "NYC", SECONDARY, build),
        kind("FAR", "NYC", far, build),
    ]
    routes = [("NYC", "NEA"), ("NEA", "NYC"), ("NEA", "FAR"), ("FAR", "NEA")]
    return [
        wmi(site, *(leads(*route, **near) for route in routes if route[0] == site["SiteCode"]))
        for site in sites
    ]


ROUTING = "SMS207,SMS208,SMS511"


def routing_codes(*exports: str) -> list[str]:
    return sorted(codes(*exports, select=ROUTING))


def test_content_routing_needs_no_direct_route() -> None:
    assert routing_codes(*content_routing()) == []
    assert routing_codes(*content_routing(7711)) == []
    assert routing_codes(*content_routing(far=None)) == []


def test_up_to_2007_it_does() -> None:
    assert routing_codes(*content_routing(6487)) == ["SMS207", "SMS208"]


def test_closed_routes_and_couriers_do_not_lead_on() -> None:
    closed = [{"HourUsage": [4] * 24}] * 7
    assert routing_codes(*content_routing(UsageSchedule=closed)) == ["SMS207", "SMS208"]
    assert routing_codes(*content_routing(AddressType="MS_COURIER")) == [
        *["SMS207"] * 2,
        *["SMS208"] * 1,
    ]


def test_a_way_that_no_input_shows_is_not_missing() -> None:
    primary, near, far = content_routing()
    assert routing_codes(far) == []
    assert routing_codes(primary, far) == []
    assert routing_codes(near, far) == []


def test_a_primary_site_needs_its_own_route_to_the_top() -> None:
    top = wmi(kind("CAS", "", CENTRAL), leads("CAS", "NYC"))
    alone = wmi(kind("NYC", "CAS", PRIMARY), leads("NYC", "NEA"))
    assert routing_codes(top, alone) == ["SMS207", "SMS511"]
    (finding,) = of("SMS207", top, alone)
    assert "content" in finding.message
    assert routing_codes(top, wmi(kind("NYC", "CAS", PRIMARY), leads("NYC", "CAS"))) == []


def test_nothing_is_attached_where_data_go_by_database() -> None:
    found = [*of("SMS207", wmi(kind("NYC", "CAS", PRIMARY), leads("NYC", "NEA")))]
    found += of(
        "SMS208", wmi(kind("CAS", "", CENTRAL), leads("CAS", "BOS")), wmi(kind("NYC", "CAS", PRIMARY))
    )
    assert len(found) == 2
    for finding in found:
        assert finding.fix is not None
        words = " ".join([finding.message, finding.fix.description, *finding.fix.steps])
        assert "attach" not in words
        assert "detach" not in words


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (1493, ["info"]),
        (1380, ["warning"]),
        (2726, []),
        (4253, []),
        (5931, ["warning"]),
        (6487, ["warning"]),
        (7711, []),
    ],
)
def test_a_courier_alone_by_version(build: int, expected: list[str]) -> None:
    assert levels("SMS212", wmi(defined("HQ1", build=build), leads("HQ1", "NYC", "MS_COURIER"))) == expected
