"""SMS216 to SMS218, SMS220 to SMS222, SMS231: when an address may be used."""

from __future__ import annotations

import json
from typing import Any

import pytest

from smslint.testing import codes, findings, registry_export
from tests.checks.dumps import (
    CLOSED,
    HIGH_ONLY,
    NO_LOW,
    OPEN,
    address,
    ct0,
    outbox,
    wmi,
    wmi_address,
    wmi_sender,
)
from tests.checks.sites import levels

ALWAYS_CLOSED, ALWAYS_OPEN, ALWAYS_HIGH = [CLOSED] * 7, [OPEN] * 7, [HIGH_ONLY] * 7
MODERN: dict[str, Any] = {"AddressPriorityOrder": 1}


def closed(*more: dict[str, object], parent: str = "") -> str:
    return wmi(wmi_address(days=ALWAYS_CLOSED), *more, parent=parent)


CHILD = registry_export(
    {"Identification": {"Site Code": "BOS", "Parent Site Code": "NYC"}}, version="2.00.1493.4000"
)
OVER_RAS = wmi_address(kind="MS_ASYNC_RAS", days=ALWAYS_OPEN)


@pytest.mark.parametrize(
    ("exports", "expected"),
    [
        ([closed(parent="BOS")], ["error"]),
        ([closed(parent="bos")], ["error"]),
        ([closed(), CHILD], ["error"]),
        ([closed()], ["warning"]),
        ([closed(parent="HQ1")], ["warning"]),
        ([closed(), CHILD.replace('"NYC"', '"HQ1"')], ["warning"]),
        ([closed(OVER_RAS, parent="BOS")], ["warning"]),
        ([closed(OVER_RAS), CHILD], ["warning"]),
        ([closed(wmi_address(server="BOSSRV2", days=ALWAYS_OPEN), parent="BOS")], ["warning"]),
        ([wmi(wmi_address(days=[CLOSED] * 6 + [HIGH_ONLY]), parent="BOS")], []),
        ([wmi(wmi_address(days=ALWAYS_OPEN), parent="BOS")], []),
        ([wmi(wmi_address(), parent="BOS")], []),
        ([wmi(wmi_address(days=ALWAYS_CLOSED, DestinationType=1), parent="BOS")], []),
    ],
    ids=[
        "parent",
        "letter case",
        "child",
        "relation unknown",
        "another site's",
        "another site's child",
        "another way to the parent",
        "another way to the child",
        "another server of the parent",
        "one day for high priority",
        "open",
        "schedule unknown",
        "distribution point",
    ],
)
def test_an_address_that_is_always_closed(exports: list[str], expected: list[str]) -> None:
    assert levels("SMS216", *exports) == expected


def test_the_same_address_in_two_dumps_is_no_other_way() -> None:
    assert levels("SMS216", closed(parent="BOS"), closed(parent="BOS")) == ["error", "error"]


def in_outbox(schedule: str, build: str = "692") -> str:
    return ct0(outbox(schedule=schedule), address("BOS", outbox="LAN_DEFAULT"), build=build, parent="BOS")


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("0" * 168, ["info"]),
        ("0" * 166, ["info"]),
        ("0" * 167 + "F", []),
        ("F" * 168, []),
        ("", []),
    ],
)
def test_what_zeros_mean_on_sms_1_is_not_proven(schedule: str, expected: list[str]) -> None:
    assert levels("SMS216", in_outbox(schedule)) == expected
    assert levels("SMS217", in_outbox(schedule)) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (ALWAYS_HIGH, ["warning"]),
        ([HIGH_ONLY] * 6 + [CLOSED], ["warning"]),
        ([CLOSED] * 6 + [HIGH_ONLY], ["warning"]),
        (ALWAYS_CLOSED, []),
        ([NO_LOW] * 7, ["info"]),
        ([CLOSED] * 6 + [NO_LOW], ["info"]),
        ([HIGH_ONLY] * 6 + [OPEN], []),
        (ALWAYS_OPEN, []),
        ([], []),
    ],
    ids=[
        "high only",
        "high or closed",
        "closed but one day",
        "SMS216",
        "low never",
        "medium one day",
        "one day",
        "open",
        "unknown",
    ],
)
def test_an_address_for_high_priority_only(days: list[int], expected: list[str]) -> None:
    assert levels("SMS217", wmi(wmi_address(days=days))) == expected


def test_a_distribution_point_takes_packages_only() -> None:
    assert levels("SMS217", wmi(wmi_address(days=ALWAYS_HIGH, DestinationType=1))) == []


@pytest.mark.parametrize(
    ("days", "build", "expected"),
    [
        ([HIGH_ONLY] + [OPEN] * 6, 1239, ["info"]),
        (ALWAYS_HIGH, 1380, ["info"]),
        ([HIGH_ONLY] + [OPEN] * 6, 1493, []),
        ([HIGH_ONLY] + [OPEN] * 6, 9128, []),
        ([NO_LOW] * 7, 1239, []),
        (ALWAYS_CLOSED, 1239, []),
        ([], 1239, []),
    ],
)
def test_advertisements_in_a_window_for_high_priority(
    days: list[int], build: int, expected: list[str]
) -> None:
    assert levels("SMS218", wmi(wmi_address(days=days), build=build)) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (wmi_address(days=ALWAYS_OPEN), ["info"]),
        (wmi_address(days=[OPEN] * 6 + [NO_LOW]), []),
        (wmi_address(days=ALWAYS_OPEN, percent=50), []),
        (wmi_address(days=ALWAYS_OPEN, pulse=True), []),
        (wmi_address(), []),
        (wmi_address(days=ALWAYS_OPEN, RateLimitingSchedule=None, UnlimitedRateForAll=None), []),
        (wmi_address(kind="MS_COURIER", days=ALWAYS_OPEN), []),
        (wmi_address("DP1", days=ALWAYS_OPEN, DestinationType=1), []),
    ],
    ids=["free", "schedule", "limit", "pulse", "schedule unknown", "limits unknown", "courier", "DP"],
)
def test_an_address_without_a_throttle(sent: dict[str, object], expected: list[str]) -> None:
    assert levels("SMS220", wmi(sent)) == expected


@pytest.mark.parametrize(
    ("sent", "build", "expected"),
    [
        (wmi_address(days=[CLOSED] + [OPEN] * 6), 1239, ["info"]),
        (wmi_address(days=[CLOSED] + [OPEN] * 6), 1493, ["info"]),
        (wmi_address(days=ALWAYS_OPEN, percent=50), 1239, ["info"]),
        (wmi_address(days=ALWAYS_OPEN), 1239, []),
        (wmi_address(days=ALWAYS_HIGH), 1239, []),
        (wmi_address(days=ALWAYS_OPEN, pulse=True), 1239, []),
        (wmi_address(days=[CLOSED] + [OPEN] * 6), 4253, []),
        (wmi_address(days=[CLOSED] + [OPEN] * 6, **MODERN), None, []),
    ],
    ids=["closed", "1493", "limits", "open", "high only", "pulse", "2003", "2012"],
)
def test_a_window_that_does_not_interrupt(
    sent: dict[str, object], build: int | None, expected: list[str]
) -> None:
    assert levels("SMS221", wmi(sent, build=build)) == expected


def narrow(schedule: str, *destinations: str, kind: str = "ASYNC_RAS", build: str = "786") -> str:
    string = r"{Dial}{\\BOSSMS01\SMS_SITE 00}"
    addresses = [address(code, string, kind, "RAS_ASYNC_DEFAULT") for code in destinations]
    return ct0(outbox("RAS_ASYNC_DEFAULT", kind, schedule=schedule), *addresses, build=build)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (narrow("F" * 100 + "0" * 68, "BOS", "CHI"), ["info"]),
        (narrow("0" * 168, "BOS", "CHI", kind="BATCH_SNA"), ["info"]),
        (narrow("F" * 168, "BOS", "CHI"), []),
        (narrow("F" * 100 + "0" * 68, "BOS"), []),
        (narrow("F" * 100 + "0" * 68, "BOS", "NYC"), []),
        (narrow("F" * 100 + "0" * 68, "BOS", "CHI", kind="LAN"), []),
        (narrow("F" * 100 + "0" * 68, "BOS", "CHI", build="692"), []),
        (narrow("", "BOS", "CHI"), []),
    ],
    ids=["narrow", "SNA", "open", "one site", "itself", "LAN", "1.1", "no schedule"],
)
def test_a_narrow_outbox(export: str, expected: list[str]) -> None:
    assert levels("SMS222", export) == expected


def test_a_busy_but_healthy_site_gives_nothing() -> None:
    weekdays = [OPEN, HIGH_ONLY, HIGH_ONLY, NO_LOW, HIGH_ONLY, HIGH_ONLY, OPEN]
    export = wmi(
        wmi_sender(total=20, one=4),
        wmi_address("HQ1", days=weekdays, **MODERN),
        wmi_address("BOS", days=weekdays, **MODERN),
        wmi_address("CHI", days=ALWAYS_OPEN, **MODERN),
        build=9128,
        parent="HQ1",
    )
    assert codes(export, select=()) == []


HIGH = wmi_address(days=ALWAYS_HIGH, Order=1)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (wmi_address(kind="MS_ASYNC_RAS", days=ALWAYS_OPEN, Order=2), []),
        (wmi_address(kind="MS_ASYNC_RAS", days=[CLOSED] * 6 + [OPEN], Order=2), []),
        (wmi_address(kind="MS_ASYNC_RAS", days=[NO_LOW] * 7, Order=2), ["info"]),
        (wmi_address(kind="MS_ASYNC_RAS", days=ALWAYS_HIGH, Order=2), ["warning"]),
        (wmi_address(kind="MS_ASYNC_RAS", days=ALWAYS_CLOSED, Order=2), ["warning"]),
        (wmi_address(kind="MS_COURIER", days=ALWAYS_OPEN, Order=2), ["warning"]),
        (wmi_address(kind="MS_ASYNC_RAS", Order=2), []),
    ],
    ids=["open", "open one day", "no low", "high too", "closed", "a courier", "unknown hours"],
)
def test_all_addresses_to_a_site_are_checked_together(other: dict[str, object], expected: list[str]) -> None:
    assert levels("SMS217", wmi(HIGH, other)) == expected
    assert levels("SMS217", wmi(other, HIGH)) == expected


def definition(code: str, parent: str, kind: int, build: int = 9128) -> dict[str, object]:
    names = {"SiteCode": code, "ParentSiteCode": parent, "SiteServerName": f"{code}SRV"}
    return {"__CLASS": "SMS_SCI_SiteDefinition", **names, "SiteType": kind, "BuildNumber": build}


SECONDARY, PRIMARY, CENTRAL = 1, 2, 4


@pytest.mark.parametrize(
    ("site", "parent", "expected"),
    [
        (definition("NYC", "BOS", PRIMARY), definition("BOS", "", CENTRAL), []),
        (definition("NYC", "BOS", PRIMARY), None, []),
        (definition("NYC", "BOS", SECONDARY), definition("BOS", "CAS", PRIMARY), ["warning"]),
        (definition("NYC", "BOS", SECONDARY), None, ["warning"]),
        (definition("NYC", "CAS", PRIMARY), None, ["warning"]),
        (definition("NYC", "BOS", PRIMARY, 6487), None, ["warning"]),
    ],
    ids=["to the CAS", "to a parent unseen", "secondary", "secondary alone", "to another", "2007"],
)
def test_a_primary_site_sends_its_parent_content_only(
    site: dict[str, object], parent: dict[str, object] | None, expected: list[str]
) -> None:
    high = {"SiteCode": "NYC", "DesSiteCode": "BOS"} | wmi_address(days=ALWAYS_HIGH)
    assert levels("SMS217", json.dumps([each for each in (site, parent, high) if each])) == expected


@pytest.mark.parametrize(
    ("site", "other", "expected"),
    [
        (None, None, ["info"]),
        (definition("NYC", "BOS", 0), None, ["info"]),
        (definition("NYC", "", PRIMARY) | {"ParentSiteCode": None}, None, ["info"]),
        (definition("NYC", "BOS", 0), definition("BOS", "", CENTRAL), []),
        (definition("NYC", "BOS", 0), definition("BOS", "CAS", PRIMARY), ["warning"]),
        (definition("NYC", "", 0), None, ["warning"]),
        (definition("NYC", "", CENTRAL), definition("BOS", "NYC", PRIMARY), ["warning"]),
    ],
    ids=["alone", "kind unknown", "parent unknown", "the CAS", "a primary site", "top site", "downward"],
)
def test_what_may_be_the_route_to_the_central_site_only_informs(
    site: dict[str, object] | None, other: dict[str, object] | None, expected: list[str]
) -> None:
    high = {"SiteCode": "NYC", "DesSiteCode": "BOS"} | wmi_address(
        days=ALWAYS_HIGH, SmsProviderObjectPath="SMS_SCI_Address"
    )
    assert levels("SMS217", json.dumps([each for each in (site, other, high) if each])) == expected


def test_from_2012_on_only_content_and_client_data_go_by_file() -> None:
    high = {"SiteCode": "NYC", "DesSiteCode": "BOS"} | wmi_address(days=ALWAYS_HIGH)
    (new,) = findings(json.dumps([definition("NYC", "BOS", SECONDARY), high]), select="SMS217")
    assert "content of this priority and the client data" in new.message
    (old,) = findings(json.dumps([definition("NYC", "BOS", SECONDARY, 6487), high]), select="SMS217")
    assert "collections never arrive" in old.message


@pytest.mark.parametrize(
    ("rule", "address", "expected"),
    [
        ("SMS212", wmi_address(kind="MS_COURIER"), []),
        ("SMS216", wmi_address(days=ALWAYS_CLOSED), ["warning"]),
        ("SMS217", wmi_address(days=ALWAYS_HIGH), []),
    ],
)
def test_another_address_may_stand_in_what_a_truncated_dump_lost(
    rule: str, address: dict[str, object], expected: list[str]
) -> None:
    whole = wmi(address, wmi_address(kind="MS_ASYNC_RAS"), build=6487, parent="BOS")
    assert levels(rule, whole[: whole.rindex("MS_ASYNC_RAS")]) == expected


def backed(kind: str, order: int, *backup: bool) -> dict[str, object]:
    days = [{"HourUsage": [OPEN] * 24, "Backup": [each] * 24} for each in (backup or (False,) * 7)]
    return wmi_address(kind=kind, Order=order) | {"UsageSchedule": days}


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ([backed("MS_LAN", 1), backed("MS_ASYNC_RAS", 2)], ["info"]),
        ([backed("MS_LAN", 1, *[True] * 7), backed("MS_ASYNC_RAS", 2)], ["info"]),
        ([backed("MS_LAN", 1), backed("MS_ASYNC_RAS", 2, *[False] * 6, True)], []),
        ([backed("MS_LAN", 2, *[True] * 7), backed("MS_ASYNC_RAS", 1)], []),
        ([backed("MS_LAN", 1)], []),
        ([backed("MS_LAN", 1), wmi_address(kind="MS_ASYNC_RAS", days=ALWAYS_OPEN, Order=2)], []),
        ([backed("MS_LAN", 1), backed("MS_COURIER", 2)], []),
    ],
    ids=["none", "only the first", "the second", "the second by its order", "alone", "unknown", "courier"],
)
def test_an_address_that_substitutes(addresses: list[dict[str, object]], expected: list[str]) -> None:
    assert levels("SMS231", wmi(*addresses)) == expected
    assert levels("SMS231", wmi(*addresses, build=9128)) == []


def test_a_running_sending_keeps_what_it_loaded() -> None:
    (finding,) = findings(wmi(wmi_address(days=[CLOSED] + [OPEN] * 6), build=1493), select="SMS221")
    assert "a running sending keeps those it began with" in finding.message
