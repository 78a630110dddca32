"""``smslint collector``: the script as the wheel brings it, and what smslint reads of the files it writes.

No PowerShell runs here: the script is held to PowerShell's grammar, and its files are built by hand as its
code writes them. ``smslint/collector/tests`` has the tests that someone with PowerShell runs.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hatchling.build import build_wheel

from smslint.sources.secrets import is_secret
from tests.counterparts import powershell
from tests.running import FIXTURES, smslint

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "smslint/collector/Export-SmslintSite.ps1"
STUBS = ROOT / "smslint/collector/tests/Export-SmslintSite.Tests.ps1"
TEXT = SCRIPT.read_text("ascii")
WRITING = re.compile(r"^(Set|New|Remove|Invoke|Add|Clear|Start|Stop|Restart|Put)-", re.IGNORECASE)


def functions() -> dict[str, str]:
    """The functions of the script by name."""
    found = powershell.texts(TEXT, "function_statement")
    return {each.split()[1]: each for each in found}


def test_the_script_goes_to_standard_output_byte_for_byte() -> None:
    done = subprocess.run([sys.executable, "-m", "smslint", "collector"], capture_output=True, check=True)
    assert done.stdout == SCRIPT.read_bytes()
    assert b"\r" not in done.stdout
    assert smslint("collector").out_bytes == done.stdout


def test_the_script_goes_to_a_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / "collect.ps1"
    assert smslint("collector", "--output", file).status == 0
    assert file.read_bytes() == SCRIPT.read_bytes()
    assert [each.name for each in file.parent.iterdir()] == ["collect.ps1"]
    file.write_bytes(b"# smslint_collector of an earlier version")
    assert smslint("collector", "--output", file).status == 0
    assert file.read_bytes() == SCRIPT.read_bytes()


def test_another_file_is_never_replaced(tmp_path: Path) -> None:
    export = tmp_path / "nyc.reg"
    export.write_bytes((FIXTURES / "broken.reg").read_bytes())
    ran = smslint("collector", "--output", export)
    assert ran.status == 2
    assert "nyc.reg" in ran.err
    assert export.read_bytes() == (FIXTURES / "broken.reg").read_bytes()
    assert smslint("collector", "--output", tmp_path).status == 2


def test_the_wheel_brings_the_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with zipfile.ZipFile(tmp_path / build_wheel(str(tmp_path))) as wheel:
        assert wheel.read("smslint/collector/Export-SmslintSite.ps1") == SCRIPT.read_bytes()
        assert not [name for name in wheel.namelist() if "Tests" in name]


@pytest.mark.parametrize("script", [SCRIPT, STUBS], ids=lambda path: path.name)
def test_powershells_grammar_takes_the_script(script: Path) -> None:
    assert powershell.errors(script.read_text("ascii")) == []


def test_the_script_states_the_version_it_came_with() -> None:
    assert f"$ToolVersion = '{version('smslint')}'" in TEXT
    assert "Set-StrictMode -Version Latest" in TEXT


def test_each_cim_call_stands_in_a_function_of_its_own() -> None:
    calling = {
        name: re.findall(r"[\w]+-Cim\w+", body)
        for name, body in functions().items()
        if re.search(r"-Cim\w+", body.replace("-CimSession $Session", ""))
    }
    assert calling == {
        "Connect-Computer": ["New-CimSession"],
        "Disconnect-Computer": ["Remove-CimSession"],
        "Get-ProviderLocation": ["Get-CimInstance"],
        "Get-Site": ["Get-CimInstance"],
        "Get-SiteDefinition": ["Get-CimInstance"],
        "Get-SenderComponent": ["Get-CimInstance"],
        "Get-Address": ["Get-CimInstance"],
    }
    asking = [body for name, body in functions().items() if calling.get(name) == ["Get-CimInstance"]]
    assert all(re.search(r"-Property \$properties", body) for body in asking)


def test_the_script_changes_nothing() -> None:
    changing = {name for name in powershell.texts(TEXT, "command_name") if WRITING.match(name)}
    assert changing == {"Set-StrictMode", "New-CimSession", "Remove-CimSession", "New-Object"}


def test_the_script_asks_for_no_secret() -> None:
    asked = [name for names in re.findall(r"\$properties = @\((.*)\)", TEXT) for name in names.split("', '")]
    assert len(asked) > 20
    assert not [name for name in asked if is_secret(name)]


FIXTURE = FIXTURES / "configmgr-current/NYC.smslint.json"
PARTS: list[dict[str, Any]] = json.loads(FIXTURE.read_text("utf-8"))["value"]


def written(folder: Path, **changed: dict[str, Any]) -> Path:
    """A file as the script writes it, one object a line; ``changed`` properties go by their names."""
    parts = copy.deepcopy(PARTS)
    for each in (prop for part in parts for prop in part.get("Props", ())):
        each |= changed.get(each["PropertyName"].replace(" ", "_").lower(), {})
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in parts)
    head = f'{{"smslint_collector":"{version("smslint")}","taken":"2026-11-26T14:20:00Z","value":['
    file = folder / "NYC.smslint.json"
    file.write_bytes(f"{head}\n{lines}\n]}}\n".encode())
    return file


def test_the_fixture_is_what_the_script_writes(tmp_path: Path) -> None:
    assert written(tmp_path).read_bytes() == FIXTURE.read_bytes()
    for each in PARTS:
        (body,) = [body for body in functions().values() if f"'{each['__CLASS']}'\n" in body]
        assert list(each) == re.findall(r"^ {8}(\w+) +=", body, re.M)
    for part in ('$head = \'{"smslint_collector":"\'', '\'","taken":"\'', '\'","value":[\''):
        assert part in TEXT


def test_the_file_of_a_healthy_site_is_silent() -> None:
    ran = smslint("check", FIXTURE, "--format", "json")
    assert (ran.status, ran.json["findings"]) == (0, [])
    (read,) = ran.json["inputs"]
    assert (read["format"], read["sites"], read["not_checked"]) == ("wmi-json", ["NYC"], [])
    assert "current" in read["product_version"]
    (export,) = smslint("show", FIXTURE, "--format", "json").json["exports"]
    (site,) = export["sites"]
    assert (len(site["senders"]), len(site["addresses"])) == (1, 1)


def test_a_walk_takes_the_file(tmp_path: Path) -> None:
    written(tmp_path, concurrent_sending_limit={"Value1": "0"})
    assert "SMS101" in smslint("check", tmp_path).out


def test_a_zeroed_sender_is_found_at_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, concurrent_sending_limit={"Value1": "0"})
    ran = smslint("check", file, "--format", "json")
    assert ran.status == 1
    (finding,) = [each for each in ran.json["findings"] if each["rule"] == "SMS101"]
    assert (finding["line"], finding["severity"], finding["site"]) == (4, "error", "NYC")


def test_the_files_of_a_hierarchy_leave_nothing_unchecked(tmp_path: Path) -> None:
    written(tmp_path)
    text = FIXTURE.read_text("utf-8").replace("NYC", "XXX").replace("BOS", "NYC").replace("XXX", "BOS")
    secondary = text.replace('"SiteType":2', '"SiteType":1').replace(
        '"ParentSiteCode":""', '"ParentSiteCode":"NYC"'
    )
    (tmp_path / "BOS.smslint.json").write_text(secondary, "utf-8")
    ran = smslint("check", tmp_path, "--complete")
    assert (ran.status, "Nothing found. 2 files checked." in ran.out) == (0, True), ran.out
    assert "Not checked" not in ran.out


@pytest.mark.parametrize("account", ["", "1"])
def test_an_account_is_only_present_or_not(tmp_path: Path, account: str) -> None:
    file = written(tmp_path, lan_login={"Value2": account})
    ran = smslint("show", file, "--format", "json")
    (site,) = ran.json["exports"][0]["sites"]
    assert site["addresses"][0]["has_account"] is bool(account)
    assert "SMS906" not in smslint("check", file, "--select", "SMS906").out


def test_a_file_that_was_cut_off_is_reported(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_bytes(file.read_bytes()[:-40])
    assert "SMS903" in smslint("check", file, "--format", "concise").out
