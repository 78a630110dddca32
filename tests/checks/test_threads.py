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


def server(name: str, state: str, version: str = "5.00.9128.1000", kind: int = 1) -> str:
    """What a server of the site NYC says of itself and of its sender."""
    return registry_export(
        {
            "Identification": {"Site Code": "NYC", "Site Server": name},
            "Setup": {"Full Version": version, "Type": kind},
            r"Components\SMS_EXECUTIVE\Threads\SMS_LAN_SENDER": {"Current State": state},
        }
    )


@pytest.mark.parametrize("standing_by", ["Stopped", "Standby"])
def test_a_passive_server_stands_by(standing_by: str) -> None:
    pair = [server("NYC1", "Running"), server("NYC2", standing_by)]
    assert codes(*pair, select="SMS118,SMS502") == []


def test_a_server_alone_may_be_the_passive_one() -> None:
    alone = server("NYC1", "Stopped")
    (finding,) = findings(alone, select="SMS118")
    assert finding.severity == "warning"
    assert "passive" in finding.message
    (secondary,) = findings(server("NYC1", "Stopped", kind=2), select="SMS118")
    assert secondary.severity == "error"


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        ([server("NYC1", "Stopped"), server("NYC2", "Stopped")], ["SMS118", "SMS118"]),
        ([server("NYC1", "Running"), server("NYC2", "Paused")], ["SMS118"]),
        ([server("NYC1", "Stopped")], ["SMS118"]),
        ([server("NYC1", "Standby")], []),
        ([server("NYC1", "Standby", "5.00.8692.1000")], []),
        ([server("NYC1", "Standby", "5.00.8634.1000")], ["SMS118"]),
        ([server("NYC1", "Standby", "4.00.6487.2157")], ["SMS118"]),
        (
            [server("NYC1", "Running", "5.00.8634.1000"), server("NYC2", "Stopped", "5.00.8634.1000")],
            ["SMS118", "SMS502"],
        ),
    ],
    ids=["both", "paused", "alone", "stands by", "1806", "before 1806", "2007", "a pair before 1806"],
)
def test_what_is_no_passive_server(servers: list[str], expected: list[str]) -> None:
    assert sorted(codes(*servers, select="SMS118,SMS502")) == expected
