"""SMS101, SMS102, SMS107, SMS109 to SMS111, SMS126: how many sendings a sender may have under way."""

from __future__ import annotations

import pytest

from smslint.testing import codes, findings, registry_export
from tests.checks.dumps import wmi, wmi_address, wmi_sender

TOTAL, ONE = "Maximum Concurrent Sendings", "Maximum Concurrent Site Sendings"
LAN = r"Components\SMS_LAN_SENDER"
RAS = r"Components\SMS_ASYNC_RAS_SENDER"


def levels(export: str, rule: str, **settings: object) -> list[str]:
    return [finding.severity for finding in findings(export, select=rule, **settings)]


@pytest.mark.parametrize(("value", "default"), [(TOTAL, 5), (ONE, 3)])
def test_a_limit_of_zero_stops_the_sender(value: str, default: int) -> None:
    (finding,) = findings(registry_export({LAN: {value: 0}}), select="SMS101")
    assert (finding.severity, finding.value, finding.expected) == ("error", 0, "at least 1")
    assert finding.component == "SMS_LAN_SENDER"
    assert finding.fix is not None
    assert finding.fix.safety == "safe"
    assert [change.to for change in finding.fix.changes] == [default]


def test_both_limits_of_zero_are_two_findings() -> None:
    assert codes(registry_export({LAN: {TOTAL: 0, ONE: 0}}), select="SMS101") == ["SMS101", "SMS101"]


def test_a_ras_sender_gets_one_sending_to_a_site() -> None:
    (finding,) = findings(registry_export({RAS: {ONE: 0}}, version="786"), select="SMS101")
    assert finding.fix is not None
    assert [change.to for change in finding.fix.changes] == [1]


@pytest.mark.parametrize(
    "export",
    [
        registry_export({LAN: {TOTAL: 1, ONE: 1}}),
        registry_export({LAN: {}}),
        registry_export({r"Components\SMS_DESPOOLER": {TOTAL: 0}}),
        registry_export({LAN + r"\Child": {TOTAL: 0}}),
        registry_export({LAN: {TOTAL: 0}}).replace("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"),
        registry_export({LAN: {TOTAL: 0}}).replace('"Maximum', ';"Maximum'),
        registry_export({LAN: {"Comment": f'"{TOTAL}"=dword:00000000'}}),
        registry_export({LAN: {TOTAL: 0}}).replace("00000000", '00000000\n"' + TOTAL + '"=dword:00000005'),
        wmi(wmi_sender(total=1, one=1)),
    ],
    ids=[
        "one",
        "absent",
        "another component",
        "below the sender",
        "another root",
        "comment",
        "inside a string",
        "set again later",
        "dump",
    ],
)
def test_near_misses_of_a_limit_of_zero(export: str) -> None:
    assert codes(export, select="SMS101") == []


@pytest.mark.parametrize(
    ("version", "severity"),
    [("", "error"), ("692", "error"), ("786", "error"), ("2.00.1493.3000", "warning")],
)
def test_from_sms_2_on_the_registry_is_only_a_copy(version: str, severity: str) -> None:
    (finding,) = findings(registry_export({LAN: {TOTAL: 0}}, version=version), select="SMS101")
    assert finding.severity == severity
    assert finding.fix is not None
    assert finding.fix.safety == ("safe" if severity == "error" else "manual")


def test_a_dump_is_the_authority_from_sms_2_on() -> None:
    (finding,) = findings(wmi(wmi_sender(total=0)), select="SMS101")
    assert finding.severity == "error"
    assert finding.fix is not None
    assert finding.fix.safety == "manual"


ZEROS = {TOTAL: 0, ONE: 0, "Number of Retries": 0, "Retry Delay in Minutes": 0}


@pytest.mark.parametrize(
    ("values", "version", "expected"),
    [
        (ZEROS, "692", ["error"]),
        (ZEROS, "786", ["error"]),
        (ZEROS, "", ["warning"]),
        (ZEROS, "600", []),
        (ZEROS, "2.00.1493.3000", []),
        (ZEROS | {"Estimated Bandwidth": 0}, "786", ["error"]),
        (ZEROS | {"Estimated Bandwidth": 1}, "786", []),
        (ZEROS | {"Retry Delay in Minutes": 1}, "786", []),
        ({TOTAL: 0, ONE: 0, "Number of Retries": 0}, "786", []),
    ],
    ids=["1.1", "1.2", "unknown", "1.0", "2.0", "more zeros", "another number", "delay kept", "delay absent"],
)
def test_a_zeroed_lan_sender(values: dict[str, int], version: str, expected: list[str]) -> None:
    assert levels(registry_export({LAN: values}, version=version), "SMS102") == expected


def test_a_zeroed_ras_sender_is_no_phantom() -> None:
    assert levels(registry_export({RAS: ZEROS}, version="786"), "SMS102") == []


def test_a_zeroed_sender_is_still_a_sender_with_no_capacity() -> None:
    export = registry_export({LAN: ZEROS}, version="786")
    assert codes(export, select="SMS101,SMS102") == ["SMS102", "SMS101", "SMS101"]


@pytest.mark.parametrize(
    ("number", "version", "expected"),
    [
        (999, "786", []),
        (1000, "786", ["warning"]),
        (0xFFFFFFFF, "", ["warning"]),
        (1000, "2.00.1493.3000", ["warning"]),
        (0, "786", []),
    ],
)
def test_a_limit_above_the_documented_one(number: int, version: str, expected: list[str]) -> None:
    assert levels(registry_export({LAN: {TOTAL: number}}, version=version), "SMS107") == expected
    assert levels(registry_export({LAN: {ONE: number}}, version=version), "SMS107") == expected


def test_a_limit_above_the_documented_one_in_a_dump() -> None:
    (finding,) = findings(wmi(wmi_sender(total=1000)), select="SMS107")
    assert (finding.severity, finding.expected) == ("error", "1 to 999")


def test_a_limit_below_zero_in_a_dump() -> None:
    sender = wmi_sender()
    sender["Props"][0] |= {"Value1": -1, "Value2": -1}
    found = findings(wmi(sender), select="SMS101,SMS107,SMS109")
    assert [(each.rule, each.severity, each.value) for each in found] == [("SMS107", "error", -1)] * 2
    assert "is -1, below 0" in found[0].message


def site(total: int, one: int, *destinations: str, **more: dict[str, int]) -> str:
    keys: dict[str, dict[str, int | str]] = {
        "Identification": {"Site Code": "NYC"},
        LAN: {TOTAL: total, ONE: one},
    }
    keys |= {rf"Sites\NYC\Addresses\{code}\0": {} for code in destinations}
    return registry_export(keys, version="786")


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (site(3, 3, "BOS", "CHI"), ["warning"]),
        (site(1, 3, "BOS", "CHI"), ["warning"]),
        (site(4, 3, "BOS", "CHI"), []),
        (site(3, 3, "BOS"), []),
        (site(3, 3, "BOS", "NYC"), []),
        (site(3, 3), []),
        (site(0, 3, "BOS", "CHI"), []),
        (site(3, 0, "BOS", "CHI"), []),
        (site(999, 1000, "BOS", "CHI"), []),
        (wmi(wmi_sender(total=3), wmi_address("BOS"), wmi_address("CHI")), ["warning"]),
        (wmi(wmi_sender(total=3), wmi_address("BOS"), wmi_address("CHI", "MS_ASYNC_RAS")), []),
        (wmi(wmi_sender(total=3), wmi_address("BOS"), wmi_address("DP1", DestinationType=1)), []),
    ],
    ids=[
        "equal",
        "below",
        "above",
        "one destination",
        "itself",
        "no addresses",
        "SMS101 total",
        "SMS101 per site",
        "SMS107",
        "dump",
        "another sender's address",
        "distribution point",
    ],
)
def test_one_destination_may_take_every_sending(export: str, expected: list[str]) -> None:
    assert levels(export, "SMS109") == expected


@pytest.mark.parametrize(
    ("component", "number", "version", "expected"),
    [
        ("SMS_ASYNC_RAS_SENDER", 3, "2.00.1493.3000", ["warning"]),
        ("SMS_SNA_RAS_SENDER", 2, "2.00.1493.3000", ["warning"]),
        ("SMS_ASYNC_RAS_SENDER", 1, "2.00.1493.3000", []),
        ("SMS_ASYNC_RAS_SENDER", 3, "786", []),
        ("SMS_ASYNC_RAS_SENDER", 3, "", ["info"]),
        ("SMS_LAN_SENDER", 3, "2.00.1493.3000", []),
    ],
)
def test_a_ras_sender_takes_one_sending_to_a_site(
    component: str, number: int, version: str, expected: list[str]
) -> None:
    export = registry_export({rf"Components\{component}": {ONE: number}}, version=version)
    assert levels(export, "SMS110") == expected


def test_what_may_be_meant_on_sms_1_is_not_changed_unasked() -> None:
    (finding,) = findings(registry_export({RAS: {ONE: 3}}), select="SMS110")
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"


def fan_out(count: int, total: int = 5, one: int = 3, parent: str = "") -> str:
    addresses = [wmi_address(f"{number:03}") for number in range(count)]
    if parent:
        addresses.append(wmi_address(parent))
    return wmi(wmi_sender(total=total, one=one), *addresses, parent=parent)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (fan_out(16), ["info"]),
        (fan_out(15), []),
        (fan_out(15, parent="HQ1"), []),
        (fan_out(16, total=6), []),
        (fan_out(16, one=4), []),
        (fan_out(16, total=0), []),
        (fan_out(16).replace("MS_LAN", "MS_ASYNC_RAS").replace("SMS_LAN", "SMS_ASYNC_RAS"), []),
        (fan_out(0, total=11, parent="HQ1"), ["info"]),
        (fan_out(0, total=10, parent="HQ1"), []),
        (fan_out(1, total=50, parent="HQ1"), []),
        (fan_out(0, total=50), []),
    ],
    ids=[
        "many",
        "boundary",
        "the parent does not count",
        "raised",
        "raised per site",
        "SMS101",
        "RAS",
        "leaf",
        "leaf at the bound",
        "no leaf",
        "no parent known",
    ],
)
def test_the_limits_fit_the_number_of_sites(export: str, expected: list[str]) -> None:
    assert levels(export, "SMS111") == expected


def test_the_bounds_of_fan_out_can_be_set() -> None:
    assert levels(fan_out(16), "SMS111", rules={"SMS111": {"destinations": 16}}) == []
    assert levels(fan_out(0, 10, parent="HQ1"), "SMS111", rules={"SMS111": {"leaf-sendings": 9}}) == ["info"]


TWO_ADDRESSES: dict[str, dict[str, int | str]] = {
    "Identification": {"Site Code": "NYC"},
    r"Sites\NYC\Addresses\BOS\1": {},
    r"Sites\NYC\Addresses\CHI\1": {},
}


@pytest.mark.parametrize(
    ("total", "one", "changes", "safety"),
    [
        (0, 0, {TOTAL: 5, ONE: 3}, "safe"),
        (0, 3, {TOTAL: 5}, "safe"),
        (0, 4, {TOTAL: 5}, "safe"),
        (0, 5, {TOTAL: 6}, "unsafe"),
        (0, 998, {TOTAL: 999}, "unsafe"),
        (0, 999, {TOTAL: 5, ONE: 3}, "unsafe"),
        (9, 0, {ONE: 3}, "safe"),
        (3, 0, {ONE: 2}, "safe"),
        (2, 0, {ONE: 1}, "safe"),
        (1, 0, {TOTAL: 2, ONE: 1}, "unsafe"),
    ],
)
def test_the_fix_keeps_the_total_above_the_limit_per_site(
    total: int, one: int, changes: dict[str, int], safety: str
) -> None:
    export = registry_export({**TWO_ADDRESSES, LAN: {TOTAL: total, ONE: one}}, version="786")
    found = findings(export, select="SMS101")
    fixes = [finding.fix for finding in found if finding.fix]
    labels = {"max_concurrent_sendings": TOTAL, "max_concurrent_site_sendings": ONE}
    assert {labels[change.setting]: change.to for fix in fixes for change in fix.changes} == changes
    assert {fix.safety for fix in fixes} == {safety}


@pytest.mark.parametrize(("total", "one", "expected"), [(1, 0, 3), (2, 0, 3), (0, 7, 5)])
def test_to_one_site_the_defaults_are_restored(total: int, one: int, expected: int) -> None:
    (finding,) = findings(registry_export({LAN: {TOTAL: total, ONE: one}}, version="786"), select="SMS101")
    assert finding.fix is not None
    assert (finding.fix.safety, [change.to for change in finding.fix.changes]) == ("safe", [expected])


def of_2012(*names: str) -> str:
    return wmi(*(wmi_sender(name) for name in names), build=7711)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (of_2012("SMS_LAN_SENDER", "SMS_ASYNC_RAS_SENDER"), ["SMS126"]),
        (of_2012("SMS_LAN_SENDER", "SMS_ISDN_RAS_SENDER", "SMS_X25_RAS_SENDER"), ["SMS126", "SMS126"]),
        (of_2012("SMS_LAN_SENDER", "SMS_LAN_SENDER"), []),
        (of_2012("SMS_LAN_SENDER"), []),
        (of_2012("SMS_LAN_SENDER", "SMS_COURIER_SENDER"), []),
        (wmi(wmi_sender(), wmi_sender("SMS_ASYNC_RAS_SENDER"), build=6487), []),
        (registry_export({LAN: {}, RAS: {}}, version="5.00.9128.1000"), []),
    ],
    ids=["two", "three", "one twice", "one", "courier", "2007", "registry"],
)
def test_a_site_has_one_sender(export: str, expected: list[str]) -> None:
    assert codes(export, select="SMS126") == expected
