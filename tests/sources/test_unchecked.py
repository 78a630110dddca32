"""What was not checked, by site, after the files of a run are joined; and the versions in words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from smslint.report import article
from smslint.testing import registry_export
from tests.counterparts import powershell
from tests.running import FIXTURES, smslint

CURRENT = FIXTURES / "configmgr-current"
LAN = r"Components\SMS_LAN_SENDER"


def sites(*words: str | Path) -> dict[str, dict[str, Any]]:
    """The sites of a run by their codes."""
    ran = smslint("check", *words, "--format", "json", "--exit-zero")
    return {site["code"]: site for site in ran.json["sites"]}


def lacking(*words: str | Path) -> dict[str, list[str]]:
    """What each site of a run lacks."""
    return {code: [each["what"] for each in site["not_checked"]] for code, site in sites(*words).items()}


def test_what_another_file_shows_is_not_missing() -> None:
    senders, addresses, definitions = (CURRENT / f"{name}.json" for name in ("senders", "addresses", "sites"))
    assert lacking(senders) == {"NYC": ["parent and site server", "addresses and schedules"]}
    assert lacking(addresses) == {"NYC": ["parent and site server", "sender settings"]}
    assert lacking(senders, addresses, definitions)["NYC"] == []


@pytest.mark.parametrize("folder", ["hierarchy", "hierarchy-broken"])
def test_nothing_is_left_of_the_twenty_sites(folder: str) -> None:
    assert {code for code, what in lacking(FIXTURES / folder).items() if what} == set()
    assert "Not checked" not in smslint("check", FIXTURES / folder).out


def test_an_input_still_says_what_it_alone_does_not_show() -> None:
    ran = smslint("check", CURRENT / "senders.json", CURRENT / "addresses.json", "--format", "json")
    by_path = {Path(each["path"]).name: " ".join(each["not_checked"]) for each in ran.json["inputs"]}
    assert "schedules" in by_path["senders.json"]
    assert "sender settings" in by_path["addresses.json"]


def test_each_file_is_reported_once_however_many_sites_lack_the_same(tmp_path: Path) -> None:
    for code in ("AAA", "BBB", "CCC"):
        keys: dict[str, Any] = {"Identification": {"Site Code": code}, LAN: {}}
        (tmp_path / f"{code}.reg").write_text(registry_export(keys, version="786"))
    out = " ".join(smslint("check", tmp_path).out.split())
    assert "addresses and schedules of AAA, BBB and CCC: a registry export does not show them" in out
    assert out.count("SITECTRL.CT0") == 1
    commands = {code: site["not_checked"][0]["command"] for code, site in sites(tmp_path).items()}
    assert all(f" {code}.ct0" in command for code, command in commands.items())


@pytest.mark.parametrize(
    ("version", "what", "command"),
    [
        ("786", "addresses and schedules", r'copy "D:\\SMS\\SITE.SRV\\SITECFG.BOX\\SITECTRL.CT0" NYC.ct0'),
        ("2.00.1493.4000", "sender settings", r'copy "D:\\SMS\\inboxes\\sitectrl.box\\sitectrl.ct0" NYC.ct0'),
        # A site control file of theirs would not show them.
        ("2.00.1493.4000", "addresses and schedules", r"Get-WmiObject .* > addresses.mof"),
        (
            "5.00.9128.1000",
            "sender settings",
            r"Get-CimInstance -Namespace root\\SMS\\site_NYC .* > senders.json",
        ),
    ],
)
def test_the_command_is_of_the_version(version: str, what: str, command: str, tmp_path: Path) -> None:
    keys: dict[str, Any] = {"Identification": {"Site Code": "NYC"}, LAN: {}}
    (tmp_path / "nyc.reg").write_text(registry_export(keys, version=version))
    commands = {each["what"]: each["command"] for each in sites(tmp_path)["NYC"]["not_checked"]}
    assert re.fullmatch(command, commands[what])


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("component.clixml.xml", "Export-Clixml -Depth 5 -Path addresses.clixml.xml"),
        ("component.mof", "ForEach-Object { $_.GetText('Mof') } > addresses.mof"),
        ("get-cmsitecomponent.json", "ConvertTo-Json -Depth 5 -Compress > addresses.json"),
        ("sql.csv", "ConvertTo-Json -Depth 5 -Compress > addresses.json"),
    ],
)
def test_the_command_is_of_the_form_at_hand_and_powershell_takes_it(name: str, command: str) -> None:
    found = [each["command"] for each in sites(CURRENT / name)["NYC"]["not_checked"]]
    assert found[-1].endswith(command)
    for each in found:
        assert r"root\SMS\site_NYC" in each
        assert powershell.errors(each + "\n") == []


def test_a_site_control_file_of_later_versions_leads_to_wmi() -> None:
    described = sites(FIXTURES / "sms-2003/sitectrl.ct0").values()
    commands = [each["command"] for site in described for each in site["not_checked"]]
    assert commands
    assert all("SMS_SCI_Address | ForEach-Object { $_.GetText('Mof') }" in each for each in commands)


def test_a_hostile_site_code_is_in_no_command(tmp_path: Path) -> None:
    dump = (CURRENT / "senders.json").read_text("utf-8").replace('"NYC"', '"N;C"')
    (tmp_path / "x.json").write_text(dump, "utf-8")
    for each in sites(tmp_path / "x.json")["N;C"]["not_checked"]:
        assert "N;C" not in each["command"]
        assert "site_XXX" in each["command"]


def test_a_cut_file_is_why_and_is_to_be_copied_again(tmp_path: Path) -> None:
    whole = (FIXTURES / "sms-1.2/sitectrl.ct0").read_bytes()
    file = tmp_path / "nyc.ct0"
    file.write_bytes(whole[: len(whole) // 2])
    ((site,),) = [sites(file).values()]
    why = {each["what"]: each["why"] for each in site["not_checked"]}
    assert why == {
        "sender settings": "SMS 1.x keeps them in the registry",
        "addresses and schedules": f"{file.as_posix()} breaks off",
        "the rest": f"{file.as_posix()} breaks off",
    }
    assert site["not_checked"][-1]["command"].endswith("NYC.ct0")


def test_a_sender_that_two_files_hold_counts_once(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes((CURRENT / "senders.json").read_bytes())
        (tmp_path / f"to-{name}").write_bytes((CURRENT / "addresses.json").read_bytes())
    site = sites(*tmp_path.iterdir())["NYC"]
    assert (site["senders"], site["addresses"], len(site["paths"])) == (1, 2, 4)


def test_versions_stand_in_words_and_as_the_option_spells_them() -> None:
    ran = smslint("check", FIXTURES / "sms-1.2/healthy.reg", FIXTURES / "broken.reg", "--format", "json")
    described, undescribed = sorted(ran.json["inputs"], key=lambda each: each["product_version"] is None)
    assert (described["product_version"], described["versions"]) == (
        "SMS 1.2",
        {"from": "1.2", "to": "1.2sp4"},
    )
    assert (undescribed["product_version"], undescribed["versions"]) == (None, None)
    site = next(each for each in ran.json["sites"] if each["code"] == "NYC")
    assert (site["product_version"], site["versions"]) == ("SMS 1.2", {"from": "1.2", "to": "1.2sp4"})
    shown = json.loads(smslint("show", FIXTURES / "sms-1.2/healthy.reg", "--format", "json").out)
    assert shown["exports"][0]["product_version"] == "SMS 1.2"


def test_a_version_left_open_says_what_would_say_more() -> None:
    out = smslint("check", CURRENT / "get-cmsitecomponent.json").out
    assert "--product-version current says more" in " ".join(out.split())
    ran = smslint("check", CURRENT / "get-cmsitecomponent.json", "--product-version", "current")
    assert "says more" not in ran.out
    assert "unknown; --product-version names it" in smslint("check", FIXTURES / "broken.reg").out


def test_what_could_not_be_read_stands_in_the_json(tmp_path: Path) -> None:
    ran = smslint("check", FIXTURES / "broken.reg", tmp_path / "gone.reg", "--format", "json")
    assert ran.status == 2
    assert ran.json["failures"] == [
        {"path": str(tmp_path / "gone.reg"), "reason": "no such file or directory"}
    ]


def test_own_files_are_counted_as_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.reg").write_bytes((FIXTURES / "broken.reg").read_bytes())
    assert smslint("patch", tmp_path / "a.reg").status == 0
    summary = smslint("check", tmp_path, "--format", "json").json["summary"]
    assert (summary["inputs"], summary["passed_over"]) == (1, 2)


def test_the_url_leads_to_the_live_archive_where_there_is_one() -> None:
    assert article("Q163379, Q319166") == "https://jeffpar.github.io/kbarchive/kb/163/Q163379/"
    assert article("SMS_SCI_Address") is None
    assert article(None) is None
