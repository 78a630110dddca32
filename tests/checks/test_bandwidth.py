"""SMS112 and SMS113: what a sender or an address believes of its link."""

from __future__ import annotations

import pytest

from smslint.testing import findings, registry_export

LAN = r"Components\SMS_LAN_SENDER"
RAS = r"Components\SMS_ISDN_RAS_SENDER"
ADDRESS = r"Sites\NYC\Addresses\BOS\1"
BOTH = "SMS112,SMS113"


def reported(key: str, rate: int, version: str, **settings: object) -> list[tuple[str, str]]:
    export = registry_export({key: {"Estimated Bandwidth": rate}}, version=version)
    return [(each.rule, each.severity) for each in findings(export, select=BOTH, **settings)]


@pytest.mark.parametrize("key", [LAN, RAS, ADDRESS])
@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("692", [("SMS112", "warning")]),
        ("786", [("SMS112", "info")]),
        ("", [("SMS112", "info")]),
        ("600", []),
        ("2.00.1493.3000", []),
    ],
)
def test_an_unlimited_link(key: str, version: str, expected: list[tuple[str, str]]) -> None:
    assert reported(key, 0xFFFFFFFF, version) == expected


@pytest.mark.parametrize(
    ("key", "rate", "version", "expected"),
    [
        (LAN, 12_500_001, "692", [("SMS113", "warning")]),
        (LAN, 12_500_000, "692", []),
        (LAN, 0xFFFFFFFE, "692", [("SMS113", "warning")]),
        (RAS, 16_001, "692", [("SMS113", "warning")]),
        (RAS, 16_000, "692", []),
        (LAN, 16_001, "692", []),
        (ADDRESS, 16_001, "692", []),
        (ADDRESS, 12_500_001, "692", [("SMS113", "warning")]),
        (LAN, 12_500_001, "786", []),
        (LAN, 12_500_001, "", [("SMS113", "info")]),
        (LAN, 0, "692", []),
        (r"Components\SMS_DESPOOLER", 12_500_001, "692", []),
    ],
)
def test_a_link_faster_than_any(key: str, rate: int, version: str, expected: list[tuple[str, str]]) -> None:
    assert reported(key, rate, version) == expected


def test_the_fastest_link_can_be_set() -> None:
    slow = {"SMS113": {"bytes-per-second": 8_000, "ras-bytes-per-second": 4_000}}
    assert reported(LAN, 8_001, "692", rules=slow) == [("SMS113", "warning")]
    assert reported(RAS, 4_001, "692", rules=slow) == [("SMS113", "warning")]
    assert reported(LAN, 8_000, "692", rules=slow) == []


def test_nobody_but_a_person_knows_the_rate() -> None:
    export = registry_export({LAN: {"Estimated Bandwidth": 0xFFFFFFFF}}, version="692")
    (finding,) = findings(export, select=BOTH)
    assert finding.fix is not None
    assert finding.fix.safety == "manual"
    assert len(finding.fix.steps) == 2
