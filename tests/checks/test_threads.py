"""SMS118 and SMS119: whether what sends is running and writes its log."""

from __future__ import annotations

import pytest

from smslint.testing import codes, findings, registry_export

SP4 = "2.00.1493.4000"


def thread(name: str, state: str | None, operation: str = "None", version: str = SP4) -> str:
    values: dict[str, int | str] = {"Requested Operation": operation}
    if state is not None:
        values["Current State"] = state
    return registry_export({rf"Components\SMS_EXECUTIVE\Threads\{name}": values}, version=version)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (thread("SMS_LAN_SENDER", "Stopped"), ["error"]),
        (thread("SMS_ASYNC_RAS_SENDER", "Paused"), ["error"]),
        (thread("SMS_SCHEDULER", "Stopped"), ["error"]),
        (thread("SMS_DESPOOLER", "Running", "Stop"), ["error"]),
        (thread("SMS_LAN_SENDER", None, "stop"), ["error"]),
        (thread("SMS_LAN_SENDER", "Stopped", "Stop"), ["error"]),
        (thread("SMS_LAN_SENDER", "Running"), []),
        (thread("SMS_LAN_SENDER", "RUNNING", "Start"), []),
        (thread("SMS_LAN_SENDER", None), []),
        (thread("SMS_REPLICATION_MANAGER", "Stopped"), []),
        (thread("SMS_COURIER_SENDER", "Stopped"), []),
        (thread("SMS_LAN_SENDER", "Stopped", version="786"), []),
        (thread("SMS_LAN_SENDER", "Stopped", version=""), ["warning"]),
        (registry_export({r"Components\SMS_LAN_SENDER": {"Current State": "Stopped"}}, version=SP4), []),
    ],
    ids=[
        "stopped",
        "paused",
        "scheduler",
        "told to stop",
        "state absent",
        "both",
        "running",
        "letter case",
        "nothing",
        "another thread",
        "courier",
        "1.2",
        "unknown",
        "another key",
    ],
)
def test_a_stopped_thread(export: str, expected: list[str]) -> None:
    found = findings(export, select="SMS118")
    assert [finding.severity for finding in found] == expected
    assert all("every hour" in finding.message for finding in found)


def tracing(name: str, enabled: int | str) -> str:
    return registry_export({rf"Tracing\{name}": {"Enabled": enabled}})


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (tracing("SMS_LAN_SENDER", 0), ["SMS119"]),
        (tracing("SMS_SCHEDULER", "0"), ["SMS119"]),
        (tracing("SMS_DESPOOLER", 0), ["SMS119"]),
        (tracing("SMS_LAN_SENDER", 1), []),
        (tracing("SMS_LAN_SENDER", 2), []),
        (tracing("SMS_SITE_REPORTER", 0), []),
        (registry_export({r"Tracing\SMS_LAN_SENDER": {}}), []),
    ],
    ids=["sender", "text", "despooler", "on", "two", "another", "absent"],
)
def test_no_log(export: str, expected: list[str]) -> None:
    assert codes(export, select="SMS119") == expected
    assert codes(export, select=()) == []
