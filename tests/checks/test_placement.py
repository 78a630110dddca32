"""SMS103, SMS115 to SMS117, SMS120: which senders and outboxes SMS 1.x installed, and where."""

from __future__ import annotations

import json

import pytest

from smslint.testing import findings, registry_export
from tests.checks.dumps import address, component, ct0, domain, outbox, sender, wmi, wmi_sender


def levels(rule: str, *exports: str) -> list[str]:
    # That a dump could not be read whole is told whatever is selected.
    found = findings(*exports, select=rule)
    return [finding.severity for finding in found if finding.rule == rule]


TWICE = (sender(), sender())


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(*TWICE), ["warning"]),
        (ct0(*TWICE, build="786"), ["warning"]),
        (ct0(*TWICE, sender()), ["warning", "warning"]),
        (ct0(sender(), sender(server=r"nycsms01.example.com")), ["warning"]),
        (ct0(*TWICE, build="600"), []),
        (ct0(*TWICE, build="1493"), []),
        (ct0(sender(), sender(server="NYCSMS02")), []),
        (ct0(sender(), sender("ASYNC_RAS", outbox="RAS_ASYNC_DEFAULT")), []),
        (ct0(sender("ASYNC_RAS"), sender("ASYNC_RAS")), []),
        (ct0(sender()), []),
        (wmi(wmi_sender(), wmi_sender()), []),
    ],
    ids=[
        "1.1",
        "1.2",
        "three",
        "the same server spelled otherwise",
        "1.0",
        "2.0",
        "another server",
        "another sender",
        "two RAS senders",
        "one",
        "2.0 dump",
    ],
)
def test_a_phantom_lan_sender(export: str, expected: list[str]) -> None:
    assert levels("SMS103", export) == expected


def test_two_files_of_one_site_hold_no_phantom() -> None:
    assert levels("SMS103", ct0(sender()), ct0(sender())) == []


def test_a_phantom_is_nothing_that_was_set_twice() -> None:
    (finding,) = findings(ct0(*TWICE), select="SMS103,SMS908")
    assert finding.rule == "SMS103"
    assert finding.related[0].line == 6
    assert finding.fix is not None
    assert "delete" in finding.fix.description
    assert finding.fix.changes == ()


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(domain("NYCSMS02"), sender(server="NYCSMS09")), ["error"]),
        (ct0(sender(server="NYCSMS09"), build="786"), ["error"]),
        (ct0(domain("NYCSMS09"), sender(server="NYCSMS09")), []),
        (ct0(domain("NYCSMS02"), sender(server="nycsms01")), []),
        (ct0(domain("nycsms09"), sender(server="NYCSMS09")), []),
        (ct0(domain("NYCSMS02").replace("<2>", "<1>"), sender(server="NYCSMS09")), ["warning"]),
        (ct0(domain("NYCSMS09").replace("<2>", "<1>"), sender(server="NYCSMS09")), []),
        (ct0(domain("NYCSMS02"), sender(server="NYCSMS09"), build="600"), []),
        (ct0(domain("NYCSMS02"), sender(server="NYCSMS09"), server=""), []),
        (ct0(domain("NYCSMS02"), component("SMS_ALERTER", "NYCSMS09"), sender()), []),
        (ct0(sender(server="NYCSMS09")) + "BEGIN_DOMAIN\n  <EAST", []),
    ],
    ids=[
        "neither",
        "no domain",
        "logon server",
        "site server",
        "letter case",
        "found automatically, and not listed",
        "found automatically, and listed",
        "1.0",
        "site server unknown",
        "another component",
        "cut file",
    ],
)
def test_a_sender_on_a_server_that_cannot_run_one(export: str, expected: list[str]) -> None:
    assert levels("SMS115", export) == expected


@pytest.mark.parametrize(
    ("export", "faults"),
    [
        (ct0(outbox("LAN_MINE")), ["name"]),
        (ct0(outbox(server="NYCSMS02")), ["server"]),
        (ct0(outbox(drive="E")), ["drive"]),
        (ct0(outbox("LAN_MINE", drive="E")), ["name", "drive"]),
        (ct0(outbox()), []),
        (ct0(outbox("lan_default", server="nycsms01", drive="d:")), []),
        (ct0(outbox("RAS_X25_DEFAULT", "X25_RAS")), []),
        (ct0(outbox(server="NYCSMS02"), server=""), []),
        (ct0(outbox(drive="E")).replace(r"<D:\SMS>", "<>"), []),
        (ct0(outbox("LAN_MINE"), build="600"), ["name"]),
        (ct0(outbox("LAN_MINE"), build="2.00.1493.3000"), []),
    ],
    ids=[
        "renamed",
        "other server",
        "other drive",
        "two faults",
        "as made",
        "letter case",
        "another default",
        "server unknown",
        "drive of SMS unknown",
        "1.0",
        "2.0",
    ],
)
def test_an_outbox_that_was_moved(export: str, faults: list[str]) -> None:
    found = findings(export, select="SMS116")
    assert [finding.severity for finding in found] == ["warning"] * bool(faults)
    for finding in found:
        assert [word for word in ("name", "server", "drive") if f" {word}" in finding.message] == faults


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(sender(), outbox("RAS_ASYNC_DEFAULT", "ASYNC_RAS")), ["error"]),
        (ct0(sender()), ["error"]),
        (ct0(sender(), outbox("LAN_DEFAULT", "ASYNC_RAS")), ["error"]),
        (ct0(sender(), outbox()), []),
        (ct0(sender(), outbox("lan_default")), []),
        (ct0(sender(outbox=""), outbox()), []),
        (ct0(outbox()), []),
        (ct0(sender()) + "BEGIN_SENDER\n  <27", []),
        (registry_export({r"Components\SMS_LAN_SENDER": {}}, version="692"), []),
    ],
    ids=[
        "missing",
        "none at all",
        "another type",
        "there",
        "letter case",
        "no outbox named",
        "no sender",
        "cut file",
        "registry",
    ],
)
def test_a_sender_without_its_outbox(export: str, expected: list[str]) -> None:
    assert levels("SMS117", export) == expected


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(component("SMS_SCHEDULER", "NYCSMS02"), build="600"), ["error"]),
        (ct0(component("SMS_DESPOOLER", "NYCSMS02"), build="600"), ["error"]),
        (ct0(component("SMS_SCHEDULER", "nycsms01"), build="600"), []),
        (ct0(component("SMS_ALERTER", "NYCSMS02"), build="600"), []),
        (ct0(component("SMS_SCHEDULER", "NYCSMS02"), build="692"), []),
        (ct0(component("SMS_SCHEDULER", "NYCSMS02"), build="600", server=""), []),
        (ct0(component("SMS_SCHEDULER", "NYCSMS02"), address("BOS"), build="x"), ["warning"]),
    ],
    ids=["scheduler", "despooler", "site server", "another component", "1.1", "server unknown", "1.x"],
)
def test_a_scheduler_or_despooler_elsewhere(export: str, expected: list[str]) -> None:
    assert levels("SMS120", export) == expected


def of_2007(server: str, own: str = "NYCSRV", build: int = 6487, **fields: object) -> str:
    site = {"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "SiteServerName": own}
    component = wmi_sender() | {"Flag": 6, "Name": server} | fields
    return json.dumps([site | {"ParentSiteCode": "", "BuildNumber": build}, component])


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (of_2007("NYCSRV2"), ["warning"]),
        (of_2007("NYCSRV2", build=5931), ["warning"]),
        (of_2007("", Name=None, ItemName="SMS_LAN_SENDER|NYCSRV2.contoso.com"), ["warning"]),
        (of_2007("nycsrv.contoso.com"), []),
        (of_2007("NYCSRV2", Flag=5), []),
        (of_2007("NYCSRV2", own=""), []),
        (of_2007("NYCSRV2", build=4253), []),
        (of_2007("NYCSRV2", build=7711), []),
        (of_2007("NYCSRV2", build=9128), []),
    ],
    ids=[
        "elsewhere",
        "RTM",
        "by ItemName",
        "the same computer",
        "a role",
        "site server unknown",
        "2003",
        "2012",
        "current branch",
    ],
)
def test_a_sender_beside_the_site_server(export: str, expected: list[str]) -> None:
    assert levels("SMS125", export) == expected


def test_what_is_not_documented_is_not_promised() -> None:
    (moved,) = findings(ct0(outbox("LAN_MINE")), select="SMS116")
    assert "not supported" in moved.message
    assert moved.fix is not None
    assert "may make a move work" in moved.fix.steps[-1]
    (placed,) = findings(ct0(component("SMS_SCHEDULER", "NYCSMS02"), build="600"), select="SMS120")
    assert "may lose track" in placed.message
