"""``smslint check``: what it promises to the people and the programs that run it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from smslint.testing import registry_export
from tests.running import FIXTURES, Ran, smslint

SHARED = Path(__file__).parents[2].parent / "shared"
HEALTHY = sorted(FIXTURES.glob("*/healthy*.reg"))
LAN = r"Components\SMS_LAN_SENDER"
BROKEN = registry_export({LAN: {"Maximum Concurrent Sendings": 0}})
HOSTILE = registry_export(
    {
        "Identification": {"Site Code": "N\x1b[31m", "Site Server": "<script>::error|`=cmd`"},
        LAN: {"Maximum Concurrent Sendings": "\x1b]0;owned\x07 fünf ]]> %0A"},
    }
)


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_bytes(text.encode())
    return file


def findings(ran: Ran) -> list[tuple[str, int | None, str]]:
    return [(each["rule"], each["line"], each["severity"]) for each in ran.json["findings"]]


def test_a_broken_export_shows_both_mistakes_at_their_lines() -> None:
    ran = smslint("check", FIXTURES / "broken.reg")
    assert ran.status == 1
    assert "error SMS101" in ran.out
    assert "broken.reg:4:31" in ran.out
    assert "warning SMS104" in ran.out
    assert "broken.reg:7:26" in ran.out


@pytest.mark.parametrize("export", HEALTHY, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_healthy_export_of_every_generation_gives_nothing(export: Path) -> None:
    ran = smslint("check", export, "--format", "json")
    assert ran.json["findings"] == []
    assert ran.status == 0


def test_a_clean_report_says_what_was_read_and_what_was_not() -> None:
    ran = smslint("check", FIXTURES / "sms-1.2/healthy.reg")
    assert ran.status == 0
    assert "Nothing found." in ran.out
    assert "SMS 1.2" in ran.out
    assert "Not checked" in ran.out


def test_the_json_is_the_contract_to_the_letter() -> None:
    ran = smslint("check", FIXTURES / "broken.reg", "--format", "json")
    first = ran.json["findings"][0]
    edit = first["fix"]["edits"][0]
    data = (FIXTURES / "broken.reg").read_bytes()
    assert first["rule"] == "SMS101"
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (4, 31, 4, 45)
    assert (first["setting"], first["value"], first["expected"]) == (
        "max_concurrent_sendings",
        0,
        "at least 1",
    )
    assert first["fix"]["changes"] == [{"setting": "max_concurrent_sendings", "from": 0, "to": 5}]
    assert first["fix"]["safety"] == "safe"
    assert edit["replacement"] == "dword:00000005"
    assert data[edit["start"] : edit["end"]].decode("utf-16-le") == "dword:00000000"
    assert first["reference_url"] == "https://jeffpar.github.io/kbarchive/kb/163/Q163379/"
    keys = "schema_version tool inputs failures sites findings suppressed summary logs"
    assert list(ran.json) == keys.split()
    assert ran.json["summary"] == {
        "error": 1,
        "warning": 1,
        "info": 0,
        "fixable": 2,
        "suppressed": 0,
        "inputs": 1,
        "passed_over": 0,
    }


@pytest.mark.parametrize("kind", ["clean", "one", "many", "hostile", "no format"])
def test_the_json_validates_against_the_printed_schema(kind: str, tmp_path: Path) -> None:
    inputs = {
        "clean": FIXTURES / "sms-1.2/healthy.reg",
        "one": written(tmp_path, "one.reg", BROKEN),
        "many": FIXTURES,
        "hostile": written(tmp_path, "hostile\n::error::.reg", HOSTILE),
        "no format": written(tmp_path, "x.reg", "nothing known"),
    }
    schema = json.loads(smslint("schema", "report").out)
    ran = smslint("check", inputs[kind], "--format", "json", "--select", "ALL")
    Draft202012Validator(schema).validate(ran.json)
    assert bool(ran.json["findings"]) == (kind != "clean") or kind == "clean"


def test_jsonl_is_a_finding_a_line_and_nothing_when_clean() -> None:
    broken = smslint("check", FIXTURES / "broken.reg", "--format", "jsonl")
    clean = smslint("check", FIXTURES / "sms-1.2/healthy.reg", "--format", "jsonl")
    assert [json.loads(line)["rule"] for line in broken.out.splitlines()] == ["SMS101", "SMS104"]
    assert clean.out == ""


@pytest.mark.parametrize("output_format", ["text", "concise", "json", "jsonl"])
def test_what_an_input_says_never_reaches_the_terminal_raw(output_format: str, tmp_path: Path) -> None:
    ran = smslint("check", written(tmp_path, "a\x1b[2Jb.reg", HOSTILE), "--format", output_format)
    assert ran.status == 1
    assert "\x1b" not in ran.out + ran.err
    assert "\x07" not in ran.out


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        (("--select", "SMS104"), ["SMS104"]),
        (("--select", "sender-capacity-zero"), ["SMS101"]),
        (("--select", "SMS1"), ["SMS101", "SMS104"]),
        (("--ignore", "SMS1"), []),
        (("--ignore", "SMS1", "--select", "SMS104"), ["SMS104"]),
        (("--select", "ALL", "--ignore", "SMS101,SMS104"), []),
        (("--select", "SMS101", "--select", "SMS104"), ["SMS101", "SMS104"]),
    ],
)
def test_rules_are_selected_by_code_prefix_and_name(words: tuple[str, ...], rules: list[str]) -> None:
    ran = smslint("check", FIXTURES / "broken.reg", "--format", "json", *words)
    assert [each["rule"] for each in ran.json["findings"]] == rules


@pytest.mark.parametrize("words", [("--select", "SMS101"), ("--ignore", "ALL"), ("--ignore", "SMS9")])
def test_that_an_export_could_not_be_read_stays_on(words: tuple[str, ...]) -> None:
    malformed = FIXTURES / "malformed/truncated-in-hex-regedit4.reg"
    ran = smslint("check", malformed, "--format", "json", *words)
    assert "SMS903" in [each["rule"] for each in ran.json["findings"]]


def test_that_an_export_could_not_be_read_is_ignored_by_its_own_code() -> None:
    malformed = FIXTURES / "malformed/truncated-in-hex-regedit4.reg"
    ran = smslint("check", malformed, "--format", "json", "--ignore", "SMS903")
    assert "SMS903" not in [each["rule"] for each in ran.json["findings"]]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--ignore", "SMS101"), 1),
        (("--ignore", "SMS101", "--fail-on", "error"), 0),
        (("--ignore", "SMS1"), 0),
    ],
)
def test_the_exit_status_goes_by_the_gravest_finding(words: tuple[str, ...], status: int) -> None:
    assert smslint("check", FIXTURES / "broken.reg", *words).status == status


def test_info_fails_a_run_only_when_asked(tmp_path: Path) -> None:
    export = written(tmp_path, "x.reg", registry_export({LAN: {"Retry Delay in Minutes": 6}}, version="786"))
    assert findings(smslint("check", export, "--format", "json")) == [("SMS104", 7, "info")]
    assert smslint("check", export).status == 0
    assert smslint("check", export, "--fail-on", "info").status == 1


@pytest.mark.parametrize(
    ("words", "output"),
    [
        (("missing.reg",), "no such file"),
        (("--select", "SMS999"), "no rule is called"),
        (("--ignore", "sender-capacity-zer"), "sender-capacity-zero"),
        (("--product-version", "2.0sp9"), "Did you mean 2.0sp"),
        (("--encoding", "cp99"), "not a text encoding"),
        (("--format", "xml"), "text"),
        (("--colour",), "--color"),
        (("/dev/null",), "neither a file nor a folder"),
    ],
)
def test_what_cannot_be_done_is_a_2_that_says_why(words: tuple[str, ...], output: str) -> None:
    ran = smslint("check", FIXTURES / "broken.reg", *words)
    assert ran.status == 2
    assert output in ran.err


def test_what_can_be_reported_still_is(tmp_path: Path) -> None:
    ran = smslint("check", FIXTURES / "broken.reg", tmp_path / "missing.reg", "--exit-zero")
    assert ran.status == 2
    assert "SMS101" in ran.out


def test_an_empty_folder_is_a_2(tmp_path: Path) -> None:
    ran = smslint("check", tmp_path)
    assert ran.status == 2
    assert "no file to lint" in ran.err


def test_a_pipe_as_a_path_is_a_2(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no pipes in folders there")
    os.mkfifo(tmp_path / "pipe.reg")
    assert smslint("check", tmp_path / "pipe.reg").status == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"regf\0\0", b"PK\3\4", bytes(range(256)), b"[Identification]\nSiteCode=NYC\n"],
)
def test_content_of_no_known_format_is_a_finding(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.reg"
    file.write_bytes(content)
    ran = smslint("check", file, "--format", "json")
    assert ran.status == 1
    assert findings(ran) == [("SMS901", None, "error")]
    assert ran.json["inputs"][0]["format"] is None


def test_standard_input_is_a_dash_with_a_name_of_its_own() -> None:
    ran = smslint("check", "-", "--stdin-filename", "nyc.reg", "--format", "json", stdin=BROKEN.encode())
    assert [each["path"] for each in ran.json["findings"]] == ["nyc.reg"]


def test_a_pipe_for_a_gitignore_does_not_hang_the_walk(tmp_path: Path) -> None:
    written(tmp_path, "nyc.reg", registry_export({}))
    if sys.platform == "win32":
        pytest.skip("no pipes in folders there")
    os.mkfifo(tmp_path / ".gitignore")
    assert smslint("check", tmp_path).status != 2


def test_a_folder_is_walked_and_gitignore_respected(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    written(tmp_path, "a.reg", BROKEN)
    written(tmp_path / "deep", "b.REG", BROKEN)
    written(tmp_path / "deep", "old.reg", BROKEN)
    written(tmp_path, "notes.md", BROKEN)
    written(tmp_path, "saved.txt", BROKEN)
    written(tmp_path, "notes.txt", "remember the milk")
    written(tmp_path, "settings.json", '{"colour": "blue"}')
    written(tmp_path, ".gitignore", "old.reg\n")
    ran = smslint("check", tmp_path, "--format", "json")
    assert [Path(each["path"]).name for each in ran.json["inputs"]] == ["a.reg", "saved.txt", "b.REG"]


def test_a_walk_passes_over_exports_without_settings_unless_none_has_any(tmp_path: Path) -> None:
    other = "REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso]\n"
    written(tmp_path, "other.reg", other)
    assert findings(smslint("check", tmp_path, "--format", "json")) == [("SMS902", None, "warning")]
    written(tmp_path, "good.reg", registry_export({LAN: {"Maximum Concurrent Sendings": 5}}, version="786"))
    assert findings(smslint("check", tmp_path, "--format", "json")) == []
    named = smslint("check", tmp_path / "other.reg", "--format", "json")
    assert findings(named) == [("SMS902", None, "warning")]


def test_the_version_given_supplies_refines_and_never_contradicts(tmp_path: Path) -> None:
    delay = {LAN: {"Retry Delay in Minutes": 6}}
    unknown = written(tmp_path, "unknown.reg", registry_export(delay))
    stated = written(tmp_path, "stated.reg", registry_export(delay, version="2.00.1493.4000"))
    assert findings(smslint("check", unknown, "--format", "json"))[0][2] == "warning"
    assert findings(smslint("check", unknown, "--format", "json", "--product-version", "2.0sp4")) == []
    ran = smslint("check", stated, "--format", "json", "--product-version", "2.0sp3")
    assert findings(ran) == []
    assert "contradicts" in ran.err


def test_the_code_page_can_be_given(tmp_path: Path) -> None:
    text = registry_export({"Identification": {"Site Code": "NYC", "Site Server": "表"}}).encode("cp932")
    (tmp_path / "x.reg").write_bytes(text)
    ran = smslint("check", tmp_path / "x.reg", "--encoding", "cp932", "--format", "json")
    assert [each["rule"] for each in ran.json["findings"] if each["rule"] == "SMS901"] == []
    assert ran.json["inputs"][0]["encoding"] == "cp932"


def test_colour_goes_by_the_option_then_the_environment() -> None:
    broken = FIXTURES / "broken.reg"
    assert "\x1b[" in smslint("check", broken, "--color", "always", env={"NO_COLOR": "1"}).out
    assert "\x1b[" not in smslint("check", broken, "--color", "never", env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" not in smslint("check", broken).out
    assert "\x1b[" in smslint("check", broken, env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" not in smslint("check", broken, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_text_fits_eighty_columns() -> None:
    lines = smslint("check", FIXTURES / "broken.reg", FIXTURES / "sms-2.0/broken.reg").out.splitlines()
    assert max(map(len, lines)) <= 80


@pytest.mark.skipif(not SHARED.exists(), reason="the corpus of real files stands beside the checkout only")
def test_no_sender_is_found_in_real_files_by_strangers() -> None:
    files = sorted((SHARED / "corpus/reg").rglob("*.reg"))
    ran = smslint("show", *files, "--format", "json")
    assert len(ran.json["exports"]) == len(files) > 100
    assert [site for export in ran.json["exports"] for site in export["sites"] if site["senders"]] == []
