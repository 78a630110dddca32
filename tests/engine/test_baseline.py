"""The baseline: what is known stays known wherever it moves, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from smslint import lint, lint_bytes
from smslint.config.settings import Settings
from smslint.engine.fingerprint import fingerprinted
from smslint.testing import registry_export
from tests.running import Ran, smslint

LAN, RAS = r"Components\SMS_LAN_SENDER", r"Components\SMS_ASYNC_RAS_SENDER"
ZERO = registry_export({LAN: {"Maximum Concurrent Sendings": 0, "Number of Retries": 2}})
BASE = "known.json"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with an export that has an error, which is known."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nyc.reg").write_text(ZERO)
    ran = smslint("check", ".", "--write-baseline", BASE)
    assert ran.status == 0
    assert "lists 1 finding, not reported from now on" in ran.err
    return tmp_path


def check(*words: str) -> Ran:
    return smslint("check", *(words or (".",)), "--baseline", BASE, "--format", "json")


def known() -> list[dict[str, object]]:
    read: list[dict[str, object]] = json.loads(Path(BASE).read_text())["findings"]
    return read


def test_it_is_keyed_by_content() -> None:
    assert known() == [
        {
            "fingerprint": check().json["suppressed"][0]["fingerprint"],
            "rule": "SMS101",
            "site": None,
            "path": "nyc.reg",
            "component": "SMS_LAN_SENDER",
            "setting": "max_concurrent_sendings",
            "value": 0,
            "count": 1,
        }
    ]


def test_what_is_known_is_suppressed_and_listed() -> None:
    ran = check()
    assert ran.status == 0
    assert [(each["rule"], each["by"]) for each in ran.json["suppressed"]] == [("SMS101", "baseline")]
    assert smslint("check", ".").status == 1


def test_forty_lines_above_change_nothing() -> None:
    before = check().json["suppressed"][0]
    Path("nyc.reg").write_text(ZERO.replace("\n\n", "\n\n" + "; a comment\n" * 40, 1))
    ran = check()
    assert ran.status == 0
    after = ran.json["suppressed"][0]
    assert after["line"] == before["line"] + 40
    assert after["fingerprint"] == before["fingerprint"]


def test_a_second_one_like_it_shows() -> None:
    twice = ZERO + registry_export({r"Other": {}}).replace("REGEDIT4\n", "") + "\n"
    Path("nyc.reg").write_text(twice.replace("SOFTWARE\\Microsoft\\SMS\\Other]", "SOFTWARE\\Other]"))
    assert check().status == 0
    second = ZERO.replace("REGEDIT4\n", "").replace("SOFTWARE\\Micro", "SOFTWARE\\Wow6432Node\\Micro")
    Path("nyc.reg").write_text(ZERO + second)
    ran = check()
    assert ran.status == 1
    assert [len(ran.json[key]) for key in ("findings", "suppressed")] == [1, 1]
    prints = [each["fingerprint"] for key in ("findings", "suppressed") for each in ran.json[key]]
    assert prints[0] == prints[1]  # one content, whichever comes first


def test_another_value_component_rule_or_file_shows(folder: Path) -> None:
    Path("nyc.reg").write_text(ZERO.replace("00000000", "00001000"))
    assert check().status == 1
    Path("nyc.reg").write_text(ZERO.replace("LAN", "ASYNC_RAS"))
    assert check().status == 1
    Path("nyc.reg").write_text(ZERO)
    (folder / "bos.reg").write_text(ZERO)
    assert [each["path"] for each in check().json["findings"]] == ["bos.reg"]


def test_paths_start_from_the_configuration_wherever_smslint_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sub").mkdir()
    (folder / "smslint.toml").touch()
    monkeypatch.chdir(folder / "sub")
    assert smslint("check", "../nyc.reg", "--baseline", f"../{BASE}").status == 0
    assert smslint("check", folder / "nyc.reg", "--baseline", folder / BASE).status == 0


def test_the_configuration_names_it_from_its_own_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "smslint.toml").write_text(f'baseline = "{BASE}"\n')
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    assert smslint("check", "..").status == 0
    assert smslint("check", "..", "--isolated").status == 1


def test_what_matches_nothing_is_reported_and_pruned(folder: Path) -> None:
    (folder / "bos.reg").write_text(ZERO)
    smslint("check", ".", "--write-baseline", BASE)
    Path("nyc.reg").write_text(ZERO.replace("00000000", "00000005"))
    described = "SMS101, Maximum Concurrent Sendings of SMS_LAN_SENDER = 0 in nyc.reg, which nothing"
    ran = check()
    assert ran.status == 0
    assert described in ran.err
    assert [each["path"] for each in known()] == ["bos.reg", "nyc.reg"]
    ran = smslint("check", ".", "--baseline", BASE, "--prune-baseline")
    assert (ran.status, ran.err) == (0, f"smslint: {BASE}: removed 1 known finding\n")
    assert [each["path"] for each in known()] == ["bos.reg"]
    assert described not in check().err


def test_what_was_not_looked_at_is_neither_reported_nor_pruned(folder: Path) -> None:
    (folder / "bos.reg").write_text(ZERO.replace("00000000", "00000005"))
    for words in (["bos.reg"], [".", "--select", "SMS104"]):
        ran = smslint("check", *words, "--baseline", BASE, "--prune-baseline")
        assert "nothing matches any more" not in ran.err
        assert len(known()) == 1
    Path("nyc.reg").unlink()
    assert "in nyc.reg, which nothing matches any more" in check("bos.reg").err


def test_it_is_written_in_the_same_order_every_time(folder: Path) -> None:
    for name in ("c", "a", "b"):
        (folder / f"{name}.reg").write_text(ZERO)
    smslint("check", "c.reg", "b.reg", "a.reg", "--write-baseline", BASE)
    first = Path(BASE).read_bytes()
    smslint("check", "a.reg", "b.reg", "c.reg", "--write-baseline", BASE)
    assert Path(BASE).read_bytes() == first
    assert [each["path"] for each in known()] == ["a.reg", "b.reg", "c.reg"]


def test_what_is_ignored_otherwise_does_not_get_into_it() -> None:
    Path("smslint.toml").write_text('[[ignores]]\nrule = "SMS101"\nreason = "x"\n')
    smslint("check", ".", "--write-baseline", BASE)
    assert known() == []


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"findings": []}', '{"schema_version": 3, "findings": [{"rule": 1}]}']
)
def test_a_file_that_is_no_baseline_is_refused(content: str) -> None:
    Path(BASE).write_text(content)
    ran = check()
    assert (ran.status, ran.out) == (2, "")
    assert f"{BASE}: is not a baseline of smslint" in ran.err


@pytest.mark.parametrize(("version", "age"), [(0, "an older"), (2, "an older"), (4, "a later")])
def test_a_baseline_of_another_version_is_a_2_that_says_to_write_it_anew(version: int, age: str) -> None:
    Path(BASE).write_text(json.dumps({"schema_version": version, "findings": [{"anything": 1}]}))
    ran = check()
    assert (ran.status, ran.out) == (2, "")
    assert f"{BASE}: is a baseline of {age} smslint" in ran.err
    assert "write it anew with --write-baseline" in ran.err
    assert smslint("check", ".", "--write-baseline", BASE).status == 0
    assert check().status == 0


def test_what_cannot_be_read_or_written_or_is_not_named_is_a_2(folder: Path) -> None:
    assert smslint("check", ".", "--baseline", "gone.json").status == 2
    assert smslint("check", ".", "--prune-baseline").status == 2
    ran = smslint("check", ".", "--baseline", "none.json")
    assert (ran.status, "none.json: no such file or directory; --write-baseline" in ran.err) == (2, True)
    ran = smslint("check", ".", "--write-baseline", "nyc.reg/known.json")
    assert ran.status == 2
    assert "not written" in ran.err
    ran = smslint("check", ".", "--baseline", BASE, "--write-baseline", BASE, "--prune-baseline")
    assert (ran.status, "give it without --prune-baseline" in ran.err) == (2, True)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device without an end here")
@pytest.mark.parametrize("option", ["--baseline", "--config"])
def test_a_file_without_an_end_is_refused(option: str) -> None:
    assert smslint("check", ".", option, "/dev/zero").status == 2


def test_fixing_a_known_finding_is_left_to_those_who_ask_for_it() -> None:
    assert smslint("check", ".", "--baseline", BASE, "--fix").status == 0
    assert Path("nyc.reg").read_text() == ZERO


def found_in(text: str, name: str = "nyc.reg") -> dict[str, str]:
    Path(name).write_text(text)
    ran = smslint("check", name, "--format", "json", "--select", "SMS101,SMS107,SMS901")
    (found,) = ran.json["findings"]
    return dict(found)


def fingerprints(*texts: str, name: str = "nyc.reg") -> list[str]:
    return [found_in(text, name)["fingerprint"] for text in texts]


def test_a_fingerprint_goes_by_value_and_key_and_not_by_line() -> None:
    moved = ZERO.replace("\n\n", "\n\n; moved\n", 1)
    here, below, other = fingerprints(ZERO, moved, ZERO.replace("LAN", "ASYNC_RAS"))
    assert here == below
    assert here != other
    assert [here] != fingerprints(ZERO, name="bos.reg")
    high, higher = fingerprints(ZERO.replace("00000000", "00001000"), ZERO.replace("00000000", "00001001"))
    assert high != higher
    dangling = ZERO.replace("dword:00000000", "hex(4):00,00,00,\\")
    assert "take the next line for bytes" in found_in(dangling)["message"]
    here, below = fingerprints(dangling, dangling.replace("\n\n", "\n\n; moved\n", 1))
    assert here == below


def test_a_fingerprint_holds_no_word_of_ours_no_line_and_no_order() -> None:
    for text in (ZERO, ZERO.replace("dword:00000000", "hex(4):00,00,00,\\")):
        Path("nyc.reg").write_text(text)
        for found in lint("nyc.reg").findings:
            output = replace(found, message="other words", name="x", expected="y", line=99, severity="info")
            assert [each.fingerprint for each in fingerprinted([output, found])] == [found.fingerprint] * 2


def test_a_fingerprint_goes_by_the_path_only_where_no_site_is_known(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = registry_export({"Identification": {"Site Code": "NYC"}, LAN: {"Maximum Concurrent Sendings": 0}})
    assert fingerprints(named) == fingerprints(named, name="moved.reg")
    assert fingerprints(named) == fingerprints(named.replace('"NYC"', '"nyc"').replace("SMS_LAN", "sms_lan"))
    assert fingerprints(named) != fingerprints(named.replace('"NYC"', '"BOS"'))
    Path("smslint.toml").touch()
    Path("link").symlink_to(".")
    here = check("nyc.reg").json["suppressed"]
    for path in ("./nyc.reg", folder / "nyc.reg", "link/nyc.reg", "link/../nyc.reg"):
        assert smslint("check", path, "--baseline", BASE, "--format", "json").json["suppressed"] == here
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    again = smslint("check", "../nyc.reg", "--baseline", f"../{BASE}", "--format", "json").json
    assert again["suppressed"] == here


def test_what_is_known_of_a_site_is_stale_only_where_the_site_was_read() -> None:
    named = registry_export({"Identification": {"Site Code": "NYC"}, LAN: {"Maximum Concurrent Sendings": 0}})
    Path("nyc.reg").write_text(named)
    smslint("check", "nyc.reg", "--write-baseline", BASE)
    assert [(each["site"], each["path"]) for each in known()] == [("NYC", None)]
    Path("bos.reg").write_text(named.replace('"NYC"', '"BOS"').replace("00000000", "00000005"))
    assert "nothing matches any more" not in check("bos.reg").err
    Path("nyc.reg").write_text(named.replace("00000000", "00000005"))
    assert "in NYC, which nothing matches any more" in check("nyc.reg").err


def dump(*objects: Mapping[str, object], indent: int | None = None) -> bytes:
    return json.dumps([{"SiteCode": "NYC", **each} for each in objects], indent=indent).encode()


def route(code: str, **more: object) -> dict[str, object]:
    closed = [{"HourUsage": [4] * 24}] * 7
    return {"__CLASS": "SMS_SCI_Address", "DesSiteCode": code, "AddressType": "MS_LAN", "Props": []} | {
        "UsageSchedule": closed,
        "PropLists": [],
        **more,
    }


def prints(data: bytes, *rules: str) -> list[str]:
    found = lint_bytes(data, "x.json", Settings(select=rules, product_version="2.0sp1")).findings
    assert {each.rule for each in found} == set(rules)
    return [each.fingerprint for each in found]


@pytest.mark.parametrize("rule", ["SMS216", "SMS221", "SMS904"])
def test_addresses_are_told_apart_by_where_they_lead_and_how(rule: str) -> None:
    more: dict[str, object] = {"Order": "first"} if rule == "SMS904" else {}
    objects = [
        route("HQ1", **more),
        route("BOS", **more),
        route("BOS", AddressType="MS_ASYNC_RAS", **more),
    ]
    assert len(set(prints(dump(*objects), rule))) == 3
    assert sorted(prints(dump(*objects), rule)) == sorted(prints(dump(*objects[::-1], indent=1), rule))


def test_a_fingerprint_holds_nothing_of_what_stands_beside() -> None:
    broken = {
        "__CLASS": "SMS_SCI_Component",
        "ComponentName": "SMS_LAN_SENDER",
        "Props": ["SMS_EmbeddedProperty"],
    }
    for other in (route("HQ1"), route("A23"), {"__CLASS": "SMS_SCI_SiteDefinition"}):
        for beside in ([broken, other], [other, broken]):
            assert set(prints(dump(*beside), "SMS905")) == set(prints(dump(broken), "SMS905"))


def test_what_is_set_twice_is_told_apart_by_its_name() -> None:
    twice = {name: f'"{name}"=dword:2\n"{name}"=dword:0\n' for name in ("Site Code", "Number of Retries")}
    key = r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components"
    text = "REGEDIT4\n\n" + "".join(f"{key}\\{name}]\n{''.join(twice.values())}\n" for name in ("A", "B"))
    assert len(set(prints(text.encode(), "SMS908"))) == 4


def test_broken_lines_are_told_apart_by_their_key() -> None:
    keys = [rf"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\{name}]" for name in ("A", "B")]
    blocks = [f'{key}\njunk\n"Number"=dword:000000005\n\n' for key in keys]
    one, other = (
        prints(f"REGEDIT4\n\n{''.join(each)}".encode(), "SMS901") for each in (blocks, blocks[::-1])
    )
    assert len(set(one)) == 4
    assert sorted(one) == sorted(other)


def test_missing_addresses_are_told_apart_by_the_site_they_should_lead_to() -> None:
    site = {"__CLASS": "SMS_SCI_SiteDefinition", "BuildNumber": 1380, "SiteType": 2}
    children = [{**site, "SiteCode": code, "ParentSiteCode": "NYC"} for code in ("BOS", "A23")]
    assert len(set(prints(dump(site, route("HQ1"), *children), "SMS208"))) == 2
