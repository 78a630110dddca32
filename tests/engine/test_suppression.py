"""Ignoring: comments, the configuration, and what ignores nothing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from smslint.testing import registry_export
from tests.running import smslint

KEY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
LAN = r"Components\SMS_LAN_SENDER"
ZERO = registry_export({"Identification": {"Site Code": "NYC"}, LAN: {"Maximum Concurrent Sendings": 0}})
FINE = registry_export({"Identification": {"Site Code": "BOS"}, LAN: {"Maximum Concurrent Sendings": 5}})
VALUE = '"Maximum Concurrent Sendings"'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with an export that has an error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nyc.reg").write_text(ZERO)
    return tmp_path


def commented(comment: str, export: str = ZERO) -> None:
    Path("nyc.reg").write_text(export.replace(VALUE, f"{comment}\n{VALUE}"))


def configured(text: str) -> None:
    Path("smslint.toml").write_text(text)


def report(*words: str) -> dict[str, Any]:
    return smslint("check", "--format", "json", *(words or ("nyc.reg",))).json


def rules(*words: str) -> list[str]:
    return [finding["rule"] for finding in report(*words)["findings"]]


def test_a_comment_ignores_the_line_below_and_its_reason_is_kept() -> None:
    commented("; smslint: ignore[SMS101] closed until the line is paid for")
    found = report()
    assert found["findings"] == []
    (known,) = found["suppressed"]
    assert (known["rule"], known["by"]) == ("SMS101", "comment")
    assert known["reason"] == "closed until the line is paid for"
    assert known["fingerprint"]
    assert found["summary"]["suppressed"] == 1
    assert smslint("check", "nyc.reg").status == 0


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
@pytest.mark.parametrize("name", ["SMS101", "sms101", "sender-capacity-zero", "SMS107, SMS101", "SMS1"])
def test_a_comment_may_name_rules_in_any_way(name: str, encoding: str) -> None:
    header = "Windows Registry Editor Version 5.00"
    text = ZERO.replace(VALUE, f";smslint:ignore[{name}]\n{VALUE}").replace("REGEDIT4", header)
    Path("nyc.reg").write_bytes(text.encode(encoding))
    assert "SMS101" not in rules()


def test_a_comment_above_a_key_holds_for_what_stands_at_the_key() -> None:
    zeroed = dict.fromkeys(
        (
            "Maximum Concurrent Sendings",
            "Maximum Concurrent Site Sendings",
            "Number of Retries",
            "Retry Delay in Minutes",
        ),
        0,
    )
    text = registry_export({LAN: zeroed}, version="692")
    Path("nyc.reg").write_text(text)
    assert "SMS102" in rules()
    key = f"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\{LAN}]"
    Path("nyc.reg").write_text(text.replace(key, f"; smslint: ignore[SMS102] known\n{key}"))
    found = rules()
    assert "SMS102" not in found
    assert "SMS101" in found


def test_a_comment_above_a_key_holds_for_all_that_stands_in_it_up_to_the_next() -> None:
    key = f"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\{LAN}]"
    other = key.replace("LAN", "ASYNC_RAS") + f"\n{VALUE}=dword:00000000\n"
    values = f'"Other"=dword:000000005\n{VALUE}=dword:00000000\n\n; remark\n'
    text = f"REGEDIT4\n\n; smslint: ignore[SMS1, SMS901] known\n{key}\n{values}{other}"
    for end in ("\n", "\r\n", "\r"):
        Path("nyc.reg").write_bytes(text.replace("\n", end).encode())
        found = report("nyc.reg", "--select", "SMS101")
        assert [each["rule"] for each in found["suppressed"]] == ["SMS901", "SMS101"]
        assert [(each["rule"], each["component"]) for each in found["findings"]] == [
            ("SMS101", "SMS_ASYNC_RAS_SENDER")
        ]
    Path("nyc.reg").write_text(text.replace("; smslint", "; smslint: ignore[SMS104] a\n; smslint"))
    (unused,) = (each for each in report()["findings"] if each["rule"] == "SMS907")
    assert (unused["line"], unused["message"].split(" below")[0]) == (3, "no SMS104 stands in the key")


def test_a_comment_above_a_value_in_a_key_with_a_comment_holds_too() -> None:
    key = f"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\{LAN}]"
    commented(
        "; smslint: ignore[SMS101] the value", ZERO.replace(key, f"; smslint: ignore[SMS1] the key\n{key}")
    )
    found = report()
    assert [each["reason"] for each in found["suppressed"]] == ["the value"]
    assert [each["rule"] for each in found["findings"]] == ["SMS907"]


def test_comments_may_stand_one_above_the_other() -> None:
    commented("; smslint: ignore[SMS101] a\n; smslint: ignore[SMS107] b")
    assert rules() == ["SMS907"]


@pytest.mark.parametrize(
    ("comment", "output"),
    [
        ("; smslint: ignore[SMS107] x", "no SMS107 stands on the line below"),
        ("; smslint: ignore[SMS999] x", "did you mean"),
        ("; smslint: ignore SMS101", "does not understand this comment"),
        ("; smslint: ignore[]", "no rule is called ''"),
    ],
)
def test_a_comment_that_ignores_nothing_is_reported_where_it_stands(comment: str, output: str) -> None:
    commented(comment)
    found = [each for each in report()["findings"] if each["rule"] == "SMS907"]
    (unused,) = found
    assert (unused["path"], unused["line"], unused["severity"]) == ("nyc.reg", 7, "warning")
    assert output in unused["message"]


def test_a_comment_for_a_rule_that_did_not_run_is_not_checked() -> None:
    commented("; smslint: ignore[SMS101] x", FINE)
    assert rules() == ["SMS907"]
    assert rules("nyc.reg", "--select", "SMS104,SMS907") == []
    assert rules("nyc.reg", "--ignore", "SMS101") == []


def test_a_comment_far_away_ignores_nothing() -> None:
    commented("; smslint: ignore[SMS101] x\n")
    assert rules() == ["SMS907", "SMS101"]


@pytest.mark.parametrize(
    "narrowed",
    [
        "",
        'path = "nyc.reg"',
        'path = "*.reg"',
        'site = "nyc"',
        'site = "N*"',
        'component = "*_SENDER"',
        'setting = "max_concurrent_sendings"',
        "until = 9999-12-31",
    ],
)
def test_an_ignore_of_the_configuration_can_be_narrowed(narrowed: str) -> None:
    configured(f'[[ignores]]\nrule = "SMS101"\nreason = "ticket 4711"\n{narrowed}\n')
    found = report()
    assert found["findings"] == []
    (known,) = found["suppressed"]
    assert (known["by"], known["reason"]) == ("config", "ticket 4711")


@pytest.mark.parametrize(
    "narrowed",
    ['path = "bos.reg"', 'component = "SMS_MAPS_SENDER"', 'setting = "number_of_retries"'],
)
def test_an_ignore_that_fits_nothing_is_reported_at_the_configuration(narrowed: str) -> None:
    configured(f'fail-on = "info"\n[[ignores]]\nrule = "SMS101"\n{narrowed}\n')
    found = report()["findings"]
    assert [(each["rule"], each["path"], each["line"]) for each in found] == [
        ("SMS101", "nyc.reg", 7),
        ("SMS907", "smslint.toml", 2),
    ]


def test_only_what_the_run_could_have_needed_is_checked(folder: Path) -> None:
    (folder / "bos.reg").write_text(FINE)
    configured('[[ignores]]\nrule = "SMS101"\npath = "nyc.reg"\n[[ignores]]\nrule = "SMS1"\nsite = "CHI"\n')
    assert rules("bos.reg") == []
    assert rules(".") == ["SMS907"]


def test_an_expired_ignore_ignores_nothing_and_says_so() -> None:
    configured('[[ignores]]\nrule = "SMS101"\nuntil = 2001-01-01\n')
    found = report()["findings"]
    assert [each["rule"] for each in found] == ["SMS101", "SMS907"]
    assert "expired on 2001-01-01" in found[1]["message"]


def test_what_ignores_sms907_is_used_or_reported() -> None:
    configured('[[ignores]]\nrule = "SMS107"\n[[ignores]]\nrule = "SMS907"\npath = "smslint.toml"\n')
    assert rules() == ["SMS101"]
    configured('[[ignores]]\nrule = "SMS907"\npath = "nyc.reg"\n')
    assert rules() == ["SMS101", "SMS907"]


def test_per_file_ignores_are_gitignore_patterns_from_the_configuration(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "lab" / "x").mkdir(parents=True)
    (folder / "lab" / "x" / "bos.reg").write_text(ZERO)
    configured('[per-file-ignores]\n"lab/" = ["SMS1"]\n"lab/**/bos.reg" = ["SMS107"]\n')
    found = report(".")
    assert [each["path"] for each in found["findings"]] == ["nyc.reg"]
    (known,) = found["suppressed"]
    assert (known["path"], known["by"], known["reason"]) == (
        "lab/x/bos.reg",
        "config",
        "per-file-ignores lab/",
    )
    monkeypatch.chdir(folder / "lab")
    assert rules("x/bos.reg") == []


def test_what_cannot_be_read_can_be_ignored_like_anything_else() -> None:
    commented('; smslint: ignore[SMS901] see ticket\n"Other"=dword:000000005')
    assert rules() == ["SMS101"]


def test_a_comment_tells_all_that_it_ignores_in_vain_at_once() -> None:
    words = ", ".join(["SMS101", "SMS999", "SMS998", *(f"SMS20{number}" for number in (1, 2, 3, 4, 5, 7))])
    commented(f"; smslint: ignore[{words}] x")
    found = [each["message"] for each in report()["findings"]]
    assert len(found) == 2
    assert "no rule is called 'SMS999'" in found[0] + found[1]
    assert "(nor SMS998)" in found[0] + found[1]
    assert "SMS205 and 1 more stands" in found[0] + found[1]


def test_hundreds_of_comments_of_a_hundred_rules_cost_little() -> None:
    begin = time.process_time()
    names = ", ".join(f"SMS{number}" for number in range(101, 201))
    keys = (f"; smslint: ignore[{names}] x\n[{KEY}\\Tracing\\{n}]\n" for n in range(250))
    lines = (f'; smslint: ignore[{names}] x\n"X{n}"="y"\n' for n in range(250))
    Path("nyc.reg").write_text(ZERO + "".join(keys) + "".join(lines))
    assert "SMS101" in rules()
    assert time.process_time() - begin < 20


def test_a_hostile_number_of_comments_costs_little() -> None:
    Path("nyc.reg").write_text(ZERO + "; smslint: ignore[SMS101] x\n" * 20_000)
    assert rules()[:1] == ["SMS101"]
