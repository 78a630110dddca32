"""SMS9xx: what can be said of the export itself."""

from __future__ import annotations

import pytest

from smslint.testing import codes, findings, registry_export

SENDER = r"Components\SMS_LAN_SENDER"
HEALTHY = registry_export({SENDER: {"Maximum Concurrent Sendings": 5}})
READING = "SMS901,SMS902,SMS903,SMS904,SMS908,SMS909"


def broken(before: str, after: str) -> str:
    assert before in HEALTHY
    return HEALTHY.replace(before, after)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (HEALTHY, []),
        (broken("dword:00000005", "dword:000000005"), [("SMS901", "error")]),
        (broken("dword:00000005", "dword:5"), []),
        (broken("dword:00000005", "dword:00000005 and more"), [("SMS901", "error")]),
        (broken("dword:00000005", "dword:00000005 ; five"), []),
        ("no export at all", [("SMS901", "error")]),
        ("", [("SMS901", "error")]),
        (broken(r"Microsoft\SMS", r"Contoso\SMS"), [("SMS902", "warning")]),
        (broken("dword:00000005\n", "hex(4):05,00,\\"), [("SMS903", "error")]),
        (broken("dword:00000005", '"five"'), [("SMS904", "error")]),
        (broken("dword:00000005", '"5"'), []),
        (broken("dword:00000005", '"5.0"'), [("SMS904", "error")]),
        (broken("dword:00000005", '"1_0"'), [("SMS904", "error")]),
        (
            broken("dword:00000005", 'dword:00000004\n"Maximum Concurrent Sendings"=dword:00000005'),
            [("SMS908", "warning")],
        ),
        (
            broken("dword:00000005", 'dword:00000005\n"maximum concurrent sendings"=dword:00000005'),
            [("SMS908", "warning")],
        ),
        (broken("REGEDIT4", "REGEDIT5"), [("SMS909", "error")]),
        (broken("REGEDIT4", "\nREGEDIT4"), [("SMS909", "error")]),
        (broken("REGEDIT4", "regedit4"), [("SMS909", "error")]),
    ],
    ids=[
        "healthy",
        "too many digits",
        "few digits",
        "text after the value",
        "comment after the value",
        "no export",
        "empty",
        "another key",
        "cut",
        "text",
        "digits",
        "a fraction",
        "an underscore",
        "set twice",
        "set twice in another case",
        "unknown header",
        "header behind a blank line",
        "header in another case",
    ],
)
def test_what_an_export_is_worth(export: str, expected: list[tuple[str, str]]) -> None:
    found = findings(export, select=READING)
    assert [(each.rule, each.severity) for each in found] == expected


def test_what_cannot_be_read_hides_no_other_setting() -> None:
    export = registry_export(
        {SENDER: {"Maximum Concurrent Sendings": "five", "Maximum Concurrent Site Sendings": 0}}
    )
    assert codes(export) == ["SMS904", "SMS101"]


def test_a_failed_reading_stays_on_whatever_is_selected() -> None:
    export = broken("REGEDIT4", "REGEDIT5")
    assert codes(export, select="SMS101") == ["SMS909"]
    assert codes(export, select="SMS101", ignore="SMS909") == []


def test_a_setting_that_cannot_be_read_is_named() -> None:
    (finding,) = findings(broken("dword:00000005", '"five"'), select="SMS904")
    assert (finding.component, finding.setting) == ("SMS_LAN_SENDER", "max_concurrent_sendings")


def test_a_dump_whose_inner_objects_were_flattened() -> None:
    flattened = '[{"ComponentName": "SMS_LAN_SENDER", "SiteCode": "NYC", "Props": "%s", "PropLists": []}]'
    lost = "System.Management.ManagementBaseObject"
    assert [(each.rule, each.severity) for each in findings(flattened % lost, select="SMS905")] == [
        ("SMS905", "error")
    ]
    assert "SMS905" not in codes((flattened % "").replace('""', "[]"))


SENDER = r"Components\SMS_LAN_SENDER"


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        (SENDER, {"Maximum Concurent Sendings": 5}, ["Maximum Concurrent Sendings"]),
        (SENDER, {"MaximumConcurrentSendings": 5}, ["Maximum Concurrent Sendings"]),
        (SENDER, {"Retry Delay in Minuets": 5}, ["Retry Delay in Minutes"]),
        (SENDER, {"Number of Retrys": 2}, ["Number of Retries"]),
        (SENDER, {"number of retries": 2}, []),
        (SENDER, {"Number of Retrys": 2, "Number of Retries": 2}, []),
        (SENDER, {"Retry Delays": 1, "Retry Delay in Minutes": 1}, []),
        (SENDER, {"Maximum Sendings": 5}, []),
        (SENDER, {"Full Version": "x"}, []),
        ("Setup", {"FullVersion": "2.00.1493.3000"}, ["Full Version"]),
        ("Setup", {"Ful Version": "2.00.1493.3000"}, ["Full Version"]),
        ("Setup", {"Full UI Version": "2.00.1493.3000"}, []),
        ("Setup", {"FullUIVersion": "2.00.1493.3000"}, []),
        ("Setup", {"Provider Locaton": "X"}, []),
        (r"Components\SMS_DESPOOLER", {"Use Forced Disconect": 1}, []),
    ],
)
def test_a_misspelled_name(key: str, values: dict[str, int | str], expected: list[str]) -> None:
    found = findings(registry_export({key: values}), select="SMS911")
    assert [finding.expected for finding in found] == expected
    assert [finding.severity for finding in found] == ["warning"] * len(expected)
    for finding in found:
        assert finding.line == 4


def test_names_are_compared_in_bounded_time() -> None:
    values: dict[str, int | str] = {f"Maximum Concurrent Sendingz{n:05}": 1 for n in range(20_000)}
    assert findings(registry_export({SENDER: values}), select="SMS911") == ()


def test_a_utf_8_byte_order_mark_is_reported_where_text_is_not_ascii() -> None:
    key = r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]"
    text = f"Windows Registry Editor Version 5.00\r\n\r\n{key}\r\n"
    assert codes(b"\xef\xbb\xbf" + text.encode(), select="SMS901") == []
    (found,) = findings(b"\xef\xbb\xbf" + text.encode() + "; é\r\n".encode(), select="SMS901")
    assert (found.severity, found.line) == ("info", 1)
