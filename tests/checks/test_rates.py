"""SMS223, SMS225 to SMS228: how much of the link an address may take."""

from __future__ import annotations

from typing import Any

import pytest

from smslint.testing import findings
from tests.checks.dumps import (
    wmi,
    wmi_address,
    wmi_sender,
)
from tests.checks.sites import levels

MODERN: dict[str, Any] = {"AddressPriorityOrder": 1}


LIMITED = wmi_address(percent=50, **MODERN)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (wmi(wmi_sender(), LIMITED), ["info"]),
        (wmi(wmi_sender(), wmi_address(pulse=True, **MODERN)), ["info"]),
        (wmi(wmi_sender(one=2), LIMITED), ["info"]),
        (wmi(wmi_sender(one=1), LIMITED), []),
        (wmi(wmi_sender(), wmi_address(percent=100, **MODERN)), []),
        (wmi(wmi_sender(), wmi_address(**MODERN)), []),
        (wmi(LIMITED), []),
        (wmi(wmi_sender(), wmi_address(percent=100, Order=1)), []),
        (wmi(wmi_sender(), wmi_address("DP1", percent=100, DestinationType=1, **MODERN)), []),
        (wmi(wmi_sender("SMS_ASYNC_RAS_SENDER"), LIMITED), []),
    ],
    ids=[
        "limits of 50 %",
        "pulse",
        "two",
        "one",
        "SMS227",
        "unlimited",
        "no sender known",
        "2007",
        "distribution point",
        "another sender",
    ],
)
def test_a_rate_limit_forces_one_sending(export: str, expected: list[str]) -> None:
    assert levels("SMS223", export) == expected


@pytest.mark.parametrize(
    ("percent", "pulse", "fields", "expected"),
    [
        (0, False, {}, ["warning"]),
        (101, False, {}, ["warning"]),
        (1, False, {}, []),
        (100, False, {}, []),
        (0, False, {"UnlimitedRateForAll": True}, []),
        (0, True, {}, []),
    ],
    ids=["0", "101", "1", "100", "not in force", "pulse"],
)
def test_percentages(percent: int, pulse: bool, fields: dict[str, Any], expected: list[str]) -> None:
    hours: dict[str, Any] = {"UnlimitedRateForAll": False, "RateLimitingSchedule": [100] * 23 + [percent]}
    export = wmi(wmi_address(pulse=pulse, **{**hours, **fields}))
    assert levels("SMS225", export) == expected
    assert levels("SMS225", export, product_version="2.0sp3") == expected


def test_zero_percent_at_every_hour_is_named_once() -> None:
    hours: dict[str, Any] = {"UnlimitedRateForAll": False, "RateLimitingSchedule": [0] * 24}
    (finding,) = findings(wmi(wmi_address(**hours)), select="SMS225")
    assert "a rate limit of 0 %;" in finding.message
    assert finding.expected == "1 to 100 %"


@pytest.mark.parametrize(
    ("values", "version", "expected"),
    [
        (["1", "257", "5"], None, ["info"]),
        (["1", "257", "5"], "current", ["warning"]),
        (["1", "0", "31"], "current", ["warning", "warning"]),
        (["1", "256", "30"], "current", []),
        (["1", "1", "1"], "current", []),
        (["0", "999", "999"], "current", []),
        (["1", "257", "5"], "2003sp1", ["warning"]),
        (["1", "257", "5"], "2003rtm", []),
    ],
)
def test_pulses(values: list[str], version: str | None, expected: list[str]) -> None:
    pulse: dict[str, Any] = {
        "UnlimitedRateForAll": False,
        "PropLists": [{"PropertyListName": "Pulse Mode", "Values": values}],
    }
    assert levels("SMS226", wmi(wmi_address(**pulse)), product_version=version) == expected


FULL = wmi_address(percent=100, **MODERN)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (wmi(FULL), ["warning"]),
        (wmi(wmi_sender(), FULL), ["warning"]),
        (wmi(wmi_sender(one=2), FULL), ["warning"]),
        (wmi(wmi_sender(one=1), FULL), []),
        (wmi(wmi_address(percent=99, **MODERN)), []),
        (wmi(wmi_address(percent=100, pulse=True, **MODERN)), []),
        (wmi(wmi_address(**MODERN)), []),
        (wmi(wmi_address("dp1.example.com", percent=100, **MODERN)), []),
        (wmi(wmi_address("DP1", percent=100, DestinationType=1, **MODERN)), []),
        (wmi(wmi_address(percent=100, Order=1)), []),
        (wmi(wmi_address(percent=100)), ["info"]),
    ],
    ids=[
        "addresses alone",
        "three",
        "two",
        "one",
        "a real limit",
        "pulse",
        "unlimited",
        "distribution point by its name",
        "distribution point",
        "up to 2007",
        "version unknown",
    ],
)
def test_a_limit_of_100_percent(export: str, expected: list[str]) -> None:
    assert levels("SMS227", export) == expected


@pytest.mark.parametrize(
    ("unlimited", "percent", "expected"),
    [(True, 50, ["info"]), (True, 100, []), (False, 50, [])],
)
def test_limits_that_are_not_in_force(unlimited: bool, percent: int, expected: list[str]) -> None:
    hours: dict[str, Any] = {"UnlimitedRateForAll": unlimited, "RateLimitingSchedule": [100] * 23 + [percent]}
    assert levels("SMS228", wmi(wmi_address(**hours))) == expected
    assert levels("SMS228", wmi(wmi_address("dp1.example.com", **hours))) == expected
