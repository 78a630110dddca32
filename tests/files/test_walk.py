"""A walk takes the files whose beginning shows that they are exports, and says why it passes over others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smslint.files.paths import relative
from smslint.testing import registry_export
from tests.running import FIXTURES, smslint
from tests.sources.wmi.dumps import address, as_clixml, as_csv, as_json, as_mof, sender

LAN = r"Components\SMS_LAN_SENDER"
BROKEN = registry_export({LAN: {"Maximum Concurrent Sendings": 0}})
COMPONENT = {"ItemName": "SMS_LAN_SENDER|SRV", "SiteCode": "NYC", "Props": sender("0")["Props"]}
HOLDS_NOTHING = ("entities.clixml.xml",)
QUERY = (
    "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Components\\SMS_LAN_SENDER\n"
    "    Maximum Concurrent Sendings    REG_DWORD    0x0\n"
)
OURS = {
    "plain.json": as_json([sender()]),
    "item.json": as_json([COMPONENT]),
    "address.json": as_json([address()]),
    "cmsite.json": json.dumps({"SiteCode": "NYC", "ReportingSiteCode": "", "ServerName": "SRV", "Type": 2}),
    "late.json": json.dumps([{"Padding": "x" * 30_000, **sender()}]),
    "dump.XML": as_clixml([sender()]),
    "dump.mof": as_mof([sender()]),
    "comma.csv": as_csv([sender()]),
    "semicolon.csv": as_csv([sender()], ";"),
    "tab.csv": as_csv([sender()], "\t"),
    "properties.csv": '"SiteCode","ComponentName","PropertyName","Value","Value1","Value2"\n',
    "query.txt": QUERY,
    "saved.txt": BROKEN,
    "list.txt": "ComponentName : SMS_LAN_SENDER\nSiteCode : NYC\nProps : {SMS_EmbeddedProperty}\n",
}
STRANGERS = {
    "package.json": '{"name": "x", "version": "1.0.0"}',
    "react.json": '[{"componentName": "Button", "props": {"value1": 1, "propertyName": "x"}}]',
    "binding.json": '[{"PropertyName": "Colour", "Value": "blue"}]',
    "parts.csv": "ComponentName,Price\nScrew,1\n",
    "pom.xml": "<?xml version='1.0'?><project><Props/></project>",
    "class.mof": as_mof([{"Name": "x"}]).replace("SMS_Embedded", "SMS_R_System"),
    "notes.txt": "SMS_LAN_SENDER was closed\n",
    "image.json": "\x89PNG",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_walk_takes_what_shows_settings_and_says_why_it_takes_nothing_else(
    folder: Path, encoding: str
) -> None:
    for name, text in {**OURS, **STRANGERS}.items():
        (folder / name).write_bytes(text.encode(encoding))
    (folder / "readme.md").write_text(BROKEN)
    ran = smslint("check", "--isolated", "--show-files")
    assert ran.out.split() == sorted(OURS)
    assert [line.partition(":")[2].split(":")[0].strip() for line in ran.err.splitlines()] == sorted(
        STRANGERS
    )
    assert ran.err.count("passed over, its first 64 KiB show no settings of a site") == len(STRANGERS)
    read = smslint("check", "--isolated", "--format", "json").json["inputs"]
    assert [each["path"] for each in read] == sorted(OURS)


def test_a_walk_takes_every_fixture_that_is_a_dump() -> None:
    dumps = [
        path
        for path in sorted(FIXTURES.rglob("*"))
        if path.suffix in (".json", ".xml", ".mof", ".csv", ".txt") and path.name not in HOLDS_NOTHING
    ]
    taken = smslint("check", "--isolated", "--show-files", FIXTURES).out.splitlines()
    assert {relative(path, ".") for path in dumps} <= set(taken)


def test_words_behind_the_first_64_kib_are_not_looked_for(folder: Path) -> None:
    (folder / "late.json").write_text(json.dumps([{"Padding": "x" * (1 << 16)}, sender()]))
    ran = smslint("check", "--isolated", "--show-files")
    assert (ran.status, ran.out) == (2, "")
    assert "late.json: passed over" in ran.err


def test_what_is_ignored_or_excluded_is_not_spoken_of(folder: Path) -> None:
    (folder / ".gitignore").write_text("package.json\n")
    (folder / "package.json").write_text("{}")
    (folder / "nyc.reg").write_text(BROKEN)
    assert smslint("check", "--isolated", "--show-files").err == ""


def test_named_strangers_are_read_unless_they_are_to_be_skipped(folder: Path) -> None:
    (folder / "package.json").write_text("{}")
    assert smslint("check", "--isolated", "package.json").status == 1
    ran = smslint("check", "--isolated", "--skip-unknown", "package.json")
    assert (ran.status, ran.out) == (0, "")
    shown = smslint("check", "--isolated", "--skip-unknown", "--show-files", "package.json")
    assert (shown.status, shown.out) == (0, "")
    assert "package.json: passed over" in shown.err


def test_skipping_strangers_spares_no_export(folder: Path) -> None:
    (folder / "nyc.json").write_text(as_json([sender("0")]))
    (folder / "package.json").write_text("{}")
    ran = smslint("check", "--isolated", "--skip-unknown", "--format", "concise", "package.json", "nyc.json")
    assert ran.status == 1
    assert [line.split()[2] for line in ran.out.splitlines()] == ["SMS101"]


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("other.reg", 'REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso]\n"a"="b"\n', []),
        ("header.reg", BROKEN.replace("REGEDIT4", "REGEDIT5"), ["SMS909"]),
        ("nothing.reg", "hello\n", ["SMS901"]),
        ("empty.reg", "", ["SMS901"]),
        ("cut.reg", BROKEN.rstrip()[:-3], ["SMS903"]),
        ("sitectrl.ct0", "hello\n", ["SMS901"]),
        ("cut.json", as_json([sender()])[:-30], ["SMS903"]),
    ],
)
def test_what_declares_itself_by_name_or_words_is_always_read(
    folder: Path, name: str, text: str, codes: list[str]
) -> None:
    (folder / name).write_text(text)
    ran = smslint("check", "--isolated", "--skip-unknown", "--format", "json", name)
    assert [each["rule"] for each in ran.json["findings"]] == codes
    assert ran.status == (1 if codes else 0)


def test_a_hook_passes_over_what_smslint_wrote(folder: Path) -> None:
    (folder / "nyc.reg").write_text(BROKEN)
    assert smslint("patch", "--isolated", "--output-dir", ".", "nyc.reg").status == 0
    ran = smslint("check", "--isolated", "--fix", "--skip-unknown", "nyc.undo.reg", "nyc.fix.reg")
    assert ran.status == 0
    assert "REG" in (folder / "nyc.undo.reg").read_text()


def test_a_missing_path_is_reported_all_the_same(folder: Path) -> None:
    assert smslint("check", "--isolated", "--skip-unknown", folder / "gone.json").status == 2
