"""SMS104 to SMS106 and SMS108: how often and after how long a sender tries again."""

from __future__ import annotations

import pytest

from smslint.testing import codes, findings, registry_export
from tests.checks.dumps import wmi, wmi_sender

LAN = r"Components\SMS_LAN_SENDER"
RAS = r"Components\SMS_ASYNC_RAS_SENDER"
DELAY, RETRIES = "Retry Delay in Minutes", "Number of Retries"
SP3, SP4 = "2.00.1493.3000", "2.00.1493.4000"


def levels(export: str, rule: str, **settings: object) -> list[str]:
    return [finding.severity for finding in findings(export, select=rule, **settings)]


def site_control(delay: int) -> str:
    """A site control file of build 1493, which is SMS 2.0 SP2 to SP5."""
    return (
        "SITE CONTROL FILE [1493]\n\nBEGIN_COMPONENT\n\t<SMS_LAN_SENDER>\n\t<6>\n\t<NYCSRV>\n"
        f"\tPROPERTY <Retry Delay><><><{delay}>\nEND_COMPONENT\n"
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2.0rtm", ["error"]),
        ("2.0sp1", ["error"]),
        ("2.0sp2", ["error"]),
        ("2.0sp3", ["error"]),
        ("2.0", ["warning"]),
        ("2.0sp4", []),
        ("2.0sp5", []),
        ("2003", []),
        ("2007", []),
        ("current", []),
    ],
)
def test_a_long_delay_by_version_where_the_dump_is_the_authority(given: str, expected: list[str]) -> None:
    export = wmi(wmi_sender(delay=6))
    assert levels(export, "SMS104", product_version=given) == expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("600", ["info"]),
        ("692", ["info"]),
        ("786", ["info"]),
        ("", ["warning"]),
        ("2.00.1239.0000", ["warning"]),
        ("2.00.1380.1000", ["warning"]),
        ("2.00.1493", ["warning"]),
        (SP3, ["warning"]),
        (SP4, []),
        ("2.00.1493.5000", []),
        ("2.50.4253.3000", []),
    ],
)
def test_a_long_delay_by_version_in_a_registry_export(version: str, expected: list[str]) -> None:
    assert levels(registry_export({LAN: {DELAY: 45}}, version=version), "SMS104") == expected


@pytest.mark.parametrize("version", ["", "2.00.1493"])
def test_where_the_version_is_not_known_the_message_names_those_meant(version: str) -> None:
    (finding,) = findings(registry_export({LAN: {DELAY: 45}}, version=version), select="SMS104")
    assert "possible: true of SMS 2.0 RTM to SP3" in finding.message


@pytest.mark.parametrize(
    "export",
    [
        registry_export({LAN: {DELAY: 5}}, version=SP3),
        registry_export({LAN: {}}, version=SP3),
        registry_export({RAS: {DELAY: 45}}, version=SP3),
        registry_export({r"Components\SMS_SCHEDULER": {DELAY: 45}}, version=SP3),
        registry_export({LAN: {DELAY: 45}}, version=SP3).replace("SOFTWARE", "SYSTEM"),
        registry_export({LAN: {DELAY: 45}}, version=SP3).replace('"Retry', ';"Retry'),
        registry_export({LAN: {"Note": f'"{DELAY}"=dword:0000002d'}}, version=SP3),
        registry_export({LAN: {DELAY: 45}}, version=SP3).replace(
            "0000002d", '0000002d\n"' + DELAY + '"=dword:5'
        ),
    ],
    ids=[
        "5",
        "absent",
        "RAS",
        "another component",
        "another root",
        "comment",
        "inside a string",
        "set again",
    ],
)
def test_near_misses_of_a_long_delay(export: str) -> None:
    assert codes(export, select="SMS104") == []


def test_a_delay_of_six_minutes_is_too_long_and_gets_five() -> None:
    (finding,) = findings(registry_export({LAN: {DELAY: 6}}), select="SMS104")
    assert (finding.value, finding.expected) == (6, "at most 5")
    assert finding.fix is not None
    assert [change.to for change in finding.fix.changes] == [5]


def test_the_later_name_counts_only_where_the_earlier_is_absent() -> None:
    assert levels(registry_export({LAN: {"Retry Delay": 45}}, version=SP3), "SMS104") == ["warning"]
    both: dict[str, int | str] = {"Retry Delay": 45, DELAY: 5}
    assert levels(registry_export({LAN: both}, version=SP3), "SMS104") == []


def test_the_heartbeat_can_be_set_but_not_the_versions() -> None:
    export = registry_export({LAN: {DELAY: 8}}, version=SP3)
    assert levels(export, "SMS104", rules={"SMS104": {"heartbeat-timeout-minutes": 8}}) == []
    (finding,) = findings(export, select="SMS104", rules={"SMS104": {"heartbeat-timeout-minutes": 7}})
    assert finding.expected == "at most 7"
    fixed = registry_export({LAN: {DELAY: 8}}, version=SP4)
    assert levels(fixed, "SMS104", rules={"SMS104": {"heartbeat-timeout-minutes": 1}}) == []


@pytest.mark.parametrize(
    ("delay", "version", "expected"),
    [
        (16, SP3, ["warning"]),
        (15, SP3, ["info"]),
        (6, SP3, ["info"]),
        (5, SP3, []),
        (16, SP4, []),
        (20, "786", []),
        (16, "", ["info"]),
    ],
)
def test_a_ras_sender_with_a_long_delay(delay: int, version: str, expected: list[str]) -> None:
    assert levels(registry_export({RAS: {DELAY: delay}}, version=version), "SMS105") == expected


def test_the_lan_sender_has_a_heartbeat_of_its_own() -> None:
    assert levels(registry_export({LAN: {DELAY: 45}}, version=SP3), "SMS105") == []


@pytest.mark.parametrize(
    ("component", "version", "default"), [(LAN, "786", 2), (RAS, "786", 5), (RAS, "", 5), (LAN, "", 2)]
)
def test_no_retries(component: str, version: str, default: int) -> None:
    (finding,) = findings(registry_export({component: {RETRIES: 0}}, version=version), select="SMS106,SMS108")
    assert (finding.rule, finding.severity) == ("SMS106", "warning")
    assert finding.fix is not None
    assert [change.to for change in finding.fix.changes] == [default]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({RETRIES: 1, DELAY: 1}, []),
        ({RETRIES: 99, DELAY: 99}, []),
        ({RETRIES: 100}, ["at most 99"]),
        ({DELAY: 100}, ["at most 99"]),
        ({DELAY: 0}, ["at least 1"]),
        ({}, []),
    ],
)
def test_retries_and_delay_out_of_range(values: dict[str, int | str], expected: list[str]) -> None:
    found = findings(registry_export({LAN: values}, version="786"), select="SMS106,SMS108")
    assert [finding.expected for finding in found] == expected
    assert {finding.rule for finding in found} <= {"SMS108"}


def test_retries_and_delay_below_zero_in_a_dump() -> None:
    found = findings(wmi(wmi_sender(retries=-1, delay=-1)), select="SMS106,SMS108")
    assert [(each.rule, each.expected) for each in found] == [("SMS108", "at least 1")] * 2


def test_a_delay_in_a_site_control_file() -> None:
    assert levels(site_control(45), "SMS104") == ["warning"]
    assert levels(site_control(45), "SMS104", product_version="2.0sp3") == ["error"]
    assert levels(site_control(45), "SMS104", product_version="2.0sp4") == []
    assert levels(site_control(5), "SMS104", product_version="2.0sp3") == []


def test_on_sms_1_no_service_pack_of_sms_2_is_advised() -> None:
    (finding,) = findings(registry_export({LAN: {DELAY: 20}}, version="786"), select="SMS104")
    assert finding.severity == "info"
    assert "not documented as a fault" in finding.message
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"
    assert "SP4" not in finding.fix.description


@pytest.mark.parametrize(("bound", "delay", "to"), [(3, 4, 3), (10, 45, 10), (150, 200, 99)])
def test_the_fix_takes_the_bound_that_is_set(bound: int, delay: int, to: int) -> None:
    given = {"SMS104": {"heartbeat-timeout-minutes": bound}}
    export = wmi(wmi_sender(delay=delay))
    (finding,) = findings(export, select="SMS104", rules=given, product_version="2.0sp3")
    assert finding.fix is not None
    assert [change.to for change in finding.fix.changes] == [to]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2.0sp3", ["SMS104"]),
        ("1.2", ["SMS104"]),
        (None, ["SMS104"]),
        ("2.0sp4", ["SMS108"]),
        ("current", ["SMS108"]),
    ],
)
def test_the_documented_rule_is_not_doubled_by_the_derived_one(
    version: str | None, expected: list[str]
) -> None:
    export = registry_export({LAN: {DELAY: 100}})
    assert codes(export, select="SMS104,SMS108", product_version=version) == expected


def test_what_is_only_possible_has_no_safe_fix_and_says_how_to_be_sure() -> None:
    (finding,) = findings(registry_export({LAN: {DELAY: 45}}), select="SMS104")
    assert (finding.severity, finding.fix and finding.fix.safety) == ("warning", "unsafe")
    assert "certain with --product-version 2.0sp3" in finding.message
    (zero,) = findings(registry_export({LAN: {"Maximum Concurrent Sendings": 0}}), select="SMS101")
    assert (zero.severity, zero.fix and zero.fix.safety) == ("error", "safe")
