"""SMS201 to SMS205, SMS213 to SMS215, SMS224, SMS229, SMS230, SMS316: where each address leads, over what."""

from __future__ import annotations

import json
from typing import Any

import pytest

from smslint.testing import findings, registry_export, report
from tests.checks.dumps import address, ct0, sender, wmi, wmi_address, wmi_sender


def levels(rule: str, *exports: str, **settings: object) -> list[str]:
    # That a dump could not be read whole is told whatever is selected.
    found = findings(*exports, select=rule, **settings)
    return [finding.severity for finding in found if finding.rule == rule]


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (wmi(wmi_address(server=r"\\BOSSRV", Order=1), build=1239), ["error"]),
        (wmi(wmi_address(server=r"\\BOSSRV", Order=1), build=1380), ["info"]),
        (wmi(wmi_address(server=r"\\BOSSRV", Order=1)), ["warning"]),
        (wmi(wmi_address(server=r"\\BOSSRV", AddressPriorityOrder=1)), ["info"]),
        (wmi(wmi_address(server="BOSSRV", Order=1), build=1239), []),
        (wmi(wmi_address(server=r"\BOSSRV", Order=1), build=1239), []),
        (wmi(wmi_address(server="", Order=1), build=1239), []),
        (ct0(address("BOS")), []),
    ],
    ids=["RTM", "SP1", "unknown", "2012", "bare", "one backslash", "empty", "1.x"],
)
def test_backslashes_before_the_server(export: str, expected: list[str]) -> None:
    assert levels("SMS201", export) == expected


def test_the_bare_name_of_the_server_is_the_fix() -> None:
    (finding,) = findings(wmi(wmi_address(server=r"\\BOSSRV", Order=1), build=1239), select="SMS201")
    assert finding.fix is not None
    assert (finding.fix.safety, finding.fix.edits) == ("manual", ())
    assert [(change.setting, change.to) for change in finding.fix.changes] == [("server", "BOSSRV")]
    assert any("BOSSRV" in step for step in finding.fix.steps)


IN_REGISTRY = registry_export(
    {
        "Identification": {"Site Code": "NYC", "Site Server": "NYCSMS01"},
        r"Sites\NYC\Addresses\BOS\1": {},
    },
    version="692",
)
OWN = r"{}{\\NYCSMS01\SMS_SITE 00}"


@pytest.mark.parametrize(
    ("exports", "expected"),
    [
        ([ct0(address("BOS", OWN))], ["error"]),
        ([ct0(address("BOS", OWN.lower()), build="786")], ["error"]),
        ([wmi(wmi_address(server="nycsrv.example.com"))], ["error"]),
        ([wmi(wmi_address(server=r"\\NYCSRV"))], ["error"]),
        ([ct0(address("NYC", OWN))], []),
        ([ct0(address("BOS"))], []),
        ([ct0(address("BOS", OWN), server="")], []),
        ([wmi(wmi_address(server="NYCSRV2"))], []),
        ([wmi(wmi_address("NYCSRV.example.com", server="NYCSRV", DestinationType=1))], []),
        (
            [
                ct0(address("BOS", OWN), server=""),
                registry_export(
                    {"Identification": {"Site Code": "NYC", "Site Server": "NYCSMS01"}}, version="692"
                ),
            ],
            ["error"],
        ),
        ([IN_REGISTRY], []),
    ],
    ids=[
        "1.1",
        "letter case",
        "whole name",
        "backslashes",
        "to itself",
        "another server",
        "own server unknown",
        "a longer name",
        "distribution point",
        "server known from the registry",
        "server of the address unknown",
    ],
)
def test_an_address_that_leads_back(exports: list[str], expected: list[str]) -> None:
    assert levels("SMS202", *exports) == expected


@pytest.mark.parametrize(
    ("export", "missing"),
    [
        (ct0(address("BOS", r"{}{\\BOSSMS01 00}")), "share"),
        (ct0(address("BOS", "{}{}")), "server and no share"),
        (ct0(address("BOS", r"{}{\\BOSSMS01\SMS_SITE 00}", "ASYNC_RAS")), "gateway"),
        (ct0(address("BOS", r"{}{\\BOSSMS01\SMS_SITE 00}", "BATCH_SNA"), build="786"), "gateway"),
        (ct0(address("BOS", "{}{}", "ISDN_RAS"), build="600"), "server and no share and no gateway"),
        (ct0(address("BOS", r"{}{\\BOSSMS01\SMS_SITE 00}")), None),
        (ct0(address("BOS", r"{Boston}{\\BOSSMS01\SMS_SITE 00}", "ASYNC_RAS")), None),
        (ct0("ADDRESS <NYC><BOS><MS_LAN_SENDER><>"), None),
        (registry_export({r"Sites\NYC\Addresses\BOS\1": {}}, version="692"), None),
        (wmi(wmi_address(server="", share="")), None),
    ],
    ids=[
        "share",
        "server",
        "RAS gateway",
        "SNA gateway",
        "all",
        "LAN needs no gateway",
        "whole",
        "no string",
        "registry",
        "2.0",
    ],
)
def test_an_incomplete_address_string(export: str, missing: str | None) -> None:
    found = [each for each in findings(export, select="SMS204") if each.rule == "SMS204"]
    assert [each.severity for each in found] == ["error"] * (missing is not None)
    for each in found:
        assert f"has no {missing}, so" in each.message


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(address("BOS", r"{}{\\BOSSMS01\SMS_SITES 00}")), ["warning"]),
        (wmi(wmi_address(share="SMS_BOS")), ["warning"]),
        (ct0(address("BOS", r"{}{\\BOSSMS01\sms_site 00}")), []),
        (wmi(wmi_address(share="SMS_Site")), []),
        (wmi(wmi_address(share="")), []),
        (wmi(wmi_address("DP1.example.com", share="SMS_DP$", DestinationType=1)), []),
        (wmi(wmi_address(kind="MS_COURIER", share="Media")), []),
    ],
    ids=["1.x", "2.0", "letter case", "as documented", "empty", "distribution point", "courier"],
)
def test_another_share(export: str, expected: list[str]) -> None:
    assert levels("SMS205", export) == expected


RAS_ADDRESS = address("BOS", r"{Boston}{\\BOSSMS01\SMS_SITE 00}", "ASYNC_RAS")
OTHER = {"__CLASS": "SMS_SCI_Component", "SiteCode": "NYC", "ComponentName": "SMS_SCHEDULER", "Props": []}


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(RAS_ADDRESS, sender()), ["error"]),
        (ct0(RAS_ADDRESS), ["error"]),
        (ct0(RAS_ADDRESS, RAS_ADDRESS.replace("BOS>", "CHI>"), sender()), ["error", "error"]),
        (wmi(wmi_address(kind="MS_ASYNC_RAS"), wmi_sender(), OTHER), ["error"]),
        (ct0(RAS_ADDRESS, sender("ASYNC_RAS", outbox="RAS_ASYNC_DEFAULT")), []),
        (ct0(address("NYC"), sender("ASYNC_RAS", outbox="RAS_ASYNC_DEFAULT")), []),
        (wmi(wmi_address(kind="MS_COURIER"), wmi_sender(), OTHER), []),
        (wmi(wmi_address(kind="MS_MAPI"), wmi_sender(), OTHER), []),
        (wmi(wmi_address("DP1", "MS_ASYNC_RAS", DestinationType=1), wmi_sender(), OTHER), []),
        (wmi(wmi_address(kind="MS_ASYNC_RAS"), wmi_sender()), []),
        (wmi(wmi_address(kind="MS_ASYNC_RAS")), []),
        (registry_export({r"Sites\NYC\Addresses\BOS\1": {}}, version="692"), []),
    ],
    ids=[
        "another sender",
        "no sender",
        "each address",
        "2.0",
        "its sender",
        "to itself",
        "courier",
        "no sender known for it",
        "distribution point",
        "one component alone",
        "senders unknown",
        "registry",
    ],
)
def test_an_address_that_no_sender_serves(export: str, expected: list[str]) -> None:
    assert levels("SMS213", export) == expected


ISDN = sender("ISDN_RAS", outbox="RAS_ISDN_DEFAULT")


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(sender(), ISDN, address("BOS")), ["info"]),
        (ct0(sender(), address("BOS")), []),
        (wmi(wmi_sender("SMS_ASYNC_RAS_SENDER"), wmi_address()), ["info"]),
        (wmi(wmi_sender("SMS_ASYNC_RAS_SENDER")), []),
        (
            registry_export(
                {r"Components\SMS_ISDN_RAS_SENDER": {}, r"Sites\NYC\Addresses\BOS\1": {}}, version="692"
            ),
            [],
        ),
        (registry_export({r"Components\SMS_ISDN_RAS_SENDER": {}}, version="2.00.1239.0000"), []),
        (wmi(wmi_sender("SMS_OWN_SENDER"), wmi_address()), []),
    ],
    ids=["unused", "used", "2.0", "addresses unknown", "types unknown", "2.0 registry", "its type unknown"],
)
def test_a_sender_that_no_address_uses(export: str, expected: list[str]) -> None:
    assert levels("SMS214", export) == expected


def ordered(
    first: int, second: int, *, name: str = "Order", to: str = "BOS", kind: str = "MS_ASYNC_RAS"
) -> str:
    orders: list[dict[str, Any]] = [{name: first}, {name: second}]
    return wmi(wmi_address(**orders[0]), wmi_address(to, kind, **orders[1]))


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ordered(1, 1), ["warning"]),
        (ordered(2, 2, name="AddressPriorityOrder"), ["warning"]),
        (ordered(1, 1, to="bos"), ["warning"]),
        (ordered(1, 2), []),
        (ordered(0, 0), []),
        (ordered(1, 1, to="CHI"), []),
        (ordered(1, 1, kind="MS_LAN"), []),
        (wmi(wmi_address(), wmi_address(kind="MS_ASYNC_RAS")), []),
        (wmi(wmi_address(Order=1, Props=[]), wmi_address(Order=1, Props=[])), []),
        (
            wmi(
                wmi_address("DP1", Order=1, DestinationType=1),
                wmi_address("DP1", "MS_ASYNC_RAS", Order=1, DestinationType=1),
            ),
            [],
        ),
    ],
    ids=[
        "equal",
        "later name",
        "letter case",
        "different",
        "automatic",
        "another site",
        "listed twice",
        "absent",
        "listed twice without a server",
        "distribution point",
    ],
)
def test_two_addresses_at_one_place_of_the_order(export: str, expected: list[str]) -> None:
    assert levels("SMS215", export) == expected


def test_two_dumps_of_one_site_share_no_order() -> None:
    first, second = wmi(wmi_address(Order=1)), wmi(wmi_address(kind="MS_ASYNC_RAS", Order=1))
    assert levels("SMS215", first, second) == []


@pytest.mark.parametrize(
    ("server", "build", "expected"),
    [
        ("10.1.2.3", 6487, ["error"]),
        ("10.1.2.3", 5931, ["error"]),
        (r"\\10.1.2.3", 6487, ["error"]),
        ("2001:db8::1", 6487, ["error"]),
        ("[2001:db8::1]", 6487, ["error"]),
        (" 10.1.2.3 ", 6487, ["error"]),
        ("fe80::1%4", 6487, ["error"]),
        ("::ffff:10.1.2.3", 6487, ["error"]),
        ("12345", 6487, []),
        ("BOSSRV:", 6487, []),
        ("BOSSRV", 6487, []),
        ("bos-10.contoso.com", 6487, []),
        ("", 6487, []),
        ("10.1.2.3", 4253, []),
        ("10.1.2.3", 7711, []),
        ("10.1.2.3", 9128, []),
    ],
)
def test_a_server_named_by_its_number(server: str, build: int, expected: list[str]) -> None:
    assert levels("SMS224", wmi(wmi_address(server=server), build=build)) == expected


def test_a_number_in_the_address_of_a_distribution_point_is_not_meant() -> None:
    assert levels("SMS224", wmi(wmi_address(server="10.1.2.3", DestinationType=1), build=6487)) == []


@pytest.mark.parametrize("destination", ["dp1.contoso.com", "DP01"])
def test_a_long_destination_is_a_distribution_point(destination: str) -> None:
    point = wmi_address(destination, server="NYCSRV", share="SMS_DP$")
    assert levels("SMS205", wmi(point)) == []
    assert levels("SMS202", wmi(point)) == []
    assert levels("SMS209", wmi(point), complete=True) == []
    limits = wmi_sender(total=3, one=3)
    assert levels("SMS109", wmi(limits, wmi_address("BOS"), point)) == []
    assert levels("SMS109", wmi(limits, wmi_address("BOS"), wmi_address("CHI"))) == ["warning"]


@pytest.mark.parametrize(
    ("destination", "fields", "expected"),
    [
        ("BOST", {"DestinationType": 0}, ["warning"]),
        ("BO", {"DestinationType": 0}, ["warning"]),
        ("BOS", {"DestinationType": 0}, []),
        ("dp1.contoso.com", {"DestinationType": 1}, []),
        ("dp1.contoso.com", {}, []),
        (None, {"DestinationType": 0}, []),
    ],
)
def test_a_code_of_three(destination: str, fields: dict[str, Any], expected: list[str]) -> None:
    assert levels("SMS316", wmi(wmi_address(destination, **fields))) == expected


FIRST, SECOND = wmi_address(server="BOSSRV"), wmi_address(server="BOSOLD")


@pytest.mark.parametrize(
    ("exports", "expected"),
    [
        ([wmi(FIRST, SECOND, build=9128)], ["warning"]),
        ([wmi(FIRST, SECOND, wmi_address(server="BOSNEW"), build=7711)], ["warning", "warning"]),
        ([wmi(FIRST, build=9128), wmi(FIRST, build=9128)], []),
        ([wmi(FIRST, build=9128), wmi(SECOND, build=9128)], ["warning"]),
        ([wmi(FIRST, wmi_address("CHI"), build=9128)], []),
        ([wmi(FIRST, wmi_address(kind="MS_COURIER"), build=9128)], []),
        ([wmi(wmi_address("DP1", DestinationType=1), wmi_address("DP1", DestinationType=1), build=9128)], []),
        ([wmi(FIRST, SECOND, build=6487)], []),
        ([wmi(FIRST, SECOND, build=1493)], []),
    ],
    ids=[
        "two",
        "three",
        "one in two files",
        "two in two files",
        "to two sites",
        "courier",
        "points",
        "2007",
        "2.0",
    ],
)
def test_one_route_to_a_site(exports: list[str], expected: list[str]) -> None:
    assert levels("SMS229", *exports) == expected


def with_account(account: str, destination: str = "HQ1") -> dict[str, object]:
    login = {"PropertyName": "LAN Login", "Value": 0, "Value1": "", "Value2": account}
    return wmi_address(destination, Props=[login])


def kinds(kind: int, build: int, *more: dict[str, object], parent: str = "HQ1") -> str:
    names = {"SiteCode": "NYC", "ParentSiteCode": parent, "SiteServerName": "NYCSRV", "BuildNumber": build}
    return json.dumps([{"__CLASS": "SMS_SCI_SiteDefinition", "SiteType": kind, **names}, *more])


BELOW = {"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "BKN", "ParentSiteCode": "NYC", "SiteType": 1}
SECONDARY, PRIMARY = 1, 2


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (kinds(SECONDARY, 6487, with_account(r"CONTOSO\sender")), ["warning"]),
        (kinds(SECONDARY, 9128, with_account(r"CONTOSO\sender")), ["info"]),
        (kinds(SECONDARY, 6487, with_account("")), []),
        (kinds(SECONDARY, 6487, wmi_address("HQ1")), []),
        (kinds(PRIMARY, 6487, with_account(r"CONTOSO\sender")), []),
        (kinds(PRIMARY, 6487, with_account(r"CONTOSO\sender", "BKN"), BELOW), ["warning"]),
        (kinds(PRIMARY, 9128, with_account(r"CONTOSO\sender", "BKN"), BELOW), []),
        (kinds(PRIMARY, 6487, with_account(r"CONTOSO\sender", "BKN")), []),
        (kinds(SECONDARY, 4253, with_account(r"CONTOSO\sender")), []),
    ],
    ids=[
        "2007",
        "current branch",
        "no account",
        "not told",
        "primary",
        "to its own secondary",
        "to it on current branch",
        "to one unseen",
        "2003",
    ],
)
def test_an_account_between_a_primary_and_its_secondary(export: str, expected: list[str]) -> None:
    assert levels("SMS230", export) == expected


def test_the_name_of_the_account_is_never_reported() -> None:
    export = kinds(SECONDARY, 6487, with_account(r"CONTOSO\sender"))
    reported = repr(report(export, select="ALL").findings)
    assert "SMS230" in reported
    assert 'sender"' not in reported.replace("SMS_LAN_SENDER", "")
    assert "CONTOSO" not in reported
