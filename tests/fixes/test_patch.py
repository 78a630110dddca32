"""``smslint patch``: files for the server, and the files that undo them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint import sources
from smslint.fixes import powershell
from smslint.fixes.patch import names, patches
from smslint.schema.address import Address
from smslint.schema.located import Located, Span
from smslint.schema.schedule import DAYS, PulseMode, RateLimits, Usage, UsageSchedule
from smslint.testing import registry_export, report
from tests.counterparts.powershell import errors, strings
from tests.counterparts.registry import Flat, fold
from tests.engine.test_fix import exports
from tests.running import FIXTURES, Ran, smslint

LAN = r"Components\SMS_LAN_SENDER"
ZERO = {LAN: {"Maximum Concurrent Sendings": 0, "Number of Retries": 2}}


def patched(folder: Path, name: str, data: bytes, *words: str) -> tuple[Ran, dict[str, bytes]]:
    """Run patch over one input; return the run and the files it wrote."""
    (folder / name).write_bytes(data)
    ran = smslint("patch", folder / name, "--output-dir", folder / "out", *words)
    out = folder / "out"
    return ran, {path.name: path.read_bytes() for path in sorted(out.iterdir())} if out.exists() else {}


def current_branch(**broken: int) -> bytes:
    """A dump of the sender of a current branch site, in which some settings are other than healthy."""
    values = {"all": 5, "one": 3, "retries": 2, "delay": 1} | broken
    props = [
        {
            "PropertyName": "Concurrent Sending Limit",
            "Value": 0,
            "Value1": str(values["all"]),
            "Value2": str(values["one"]),
        },
        {"PropertyName": "Number of Retries", "Value": values["retries"], "Value1": "", "Value2": ""},
        {"PropertyName": "Retry Delay", "Value": values["delay"], "Value1": "", "Value2": ""},
    ]
    component = {
        "__LAZYPROPERTIES": [],
        "ComponentName": "SMS_LAN_SENDER",
        "ItemName": "SMS_LAN_SENDER|NYCSRV.contoso.com",
        "ItemType": "Component",
        "Name": "NYCSRV.contoso.com",
        "SiteCode": "NYC",
        "PropLists": [],
        "Props": props,
    }
    context = "https://P/AdminService/wmi/$metadata#SMS_SCI_Component"
    return json.dumps({"@odata.context": context, "value": [component]}).encode()


def test_sms_1_gets_a_regedit4_patch_and_its_undo(tmp_path: Path) -> None:
    ran, files = patched(tmp_path, "nyc.reg", registry_export(ZERO, version="786").encode())
    assert ran.status == 0
    assert list(files) == ["nyc.fix.reg", "nyc.undo.reg"]
    fix, undo = files["nyc.fix.reg"].decode("ascii"), files["nyc.undo.reg"].decode("ascii")
    assert fix.startswith("REGEDIT4\r\n\r\n;")
    assert "SMS101" in fix
    assert "Q163379" in fix
    assert "SMS Executive" in fix
    assert fix.endswith('Sendings"=dword:00000005\r\n\r\n')
    assert undo.endswith('Sendings"=dword:00000000\r\n\r\n')
    assert "Number of Retries" not in fix


def test_windows_2000_gets_version_5(tmp_path: Path) -> None:
    export = registry_export({r"Components\SMS_DESPOOLER": {}, **ZERO}, version="786", regedit4=False)
    _, files = patched(tmp_path, "nyc.reg", b"\xff\xfe" + export.encode("utf-16-le"))
    assert files["nyc.fix.reg"].startswith(b"REGEDIT4"), (
        "SMS 1.x runs on Windows NT, whatever made the export"
    )


def test_text_stays_text_and_the_undo_restores_it(tmp_path: Path) -> None:
    export = registry_export({LAN: {"Maximum Concurrent Sendings": "000"}}, version="786")
    _, files = patched(tmp_path, "nyc.reg", export.encode())
    assert b'"Maximum Concurrent Sendings"="5"' in files["nyc.fix.reg"]
    assert b'"Maximum Concurrent Sendings"="000"' in files["nyc.undo.reg"]


def test_a_patch_that_was_applied_leaves_nothing_to_patch(tmp_path: Path) -> None:
    healthy = registry_export({LAN: {"Maximum Concurrent Sendings": 5}}, version="786")
    ran, files = patched(tmp_path, "nyc.reg", healthy.encode())
    assert (ran.status, files) == (0, {})
    assert "nothing to patch" in ran.err


def test_a_damaged_export_is_said_to_be_damaged(tmp_path: Path) -> None:
    damaged = registry_export(ZERO, version="786").encode() + b'"Number of Retries"=dword:0000'
    ran, files = patched(tmp_path, "nyc.reg", damaged)
    assert (ran.status, sorted(files)) == (0, ["nyc.fix.reg", "nyc.undo.reg"])
    assert "`smslint check` says how to export again" in ran.err
    (tmp_path / "none").mkdir()
    ran, files = patched(tmp_path / "none", "empty.reg", b"")
    assert (ran.status, files) == (0, {})
    assert "the file is empty" in ran.err


def test_sms_2_gets_the_steps_of_its_console(tmp_path: Path) -> None:
    ran, files = patched(tmp_path, "nyc.reg", registry_export(ZERO, version="2.00.1493.4000").encode())
    assert ran.status == 0
    assert list(files) == ["nyc.steps.txt"]
    assert "All Sites to 5" in files["nyc.steps.txt"].decode()


def test_current_branch_gets_powershell_and_its_undo(tmp_path: Path) -> None:
    _, files = patched(tmp_path, "cb.json", current_branch(all=0))
    assert list(files) == ["cb.fix.ps1", "cb.undo.ps1"]
    fix, undo = files["cb.fix.ps1"].decode("utf-8-sig"), files["cb.undo.ps1"].decode("utf-8-sig")
    assert "MaximumConcurrentSendingForAllSite = 5" in fix
    assert "MaximumConcurrentSendingForAllSite = 0" in undo
    assert "ShouldProcess" in fix
    assert fix.index("Get-CMSiteComponent") < fix.index("Set-CMSite -SiteCode")
    for script in (fix, undo):
        assert errors(script) == []


def test_a_version_that_contradicts_the_export_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "nyc.reg"
    file.write_bytes(registry_export(ZERO, version="786").encode())
    ran = smslint("patch", file, "--output-dir", tmp_path / "out", "--product-version", "2007")
    assert ran.status == 0
    assert "contradicts it and is not used" in ran.err


def test_a_dump_without_a_version_says_what_would_make_a_script(tmp_path: Path) -> None:
    dump = current_branch(all=0).replace(b'"__LAZYPROPERTIES": [], ', b"").replace(b"AdminService", b"x")
    ran, files = patched(tmp_path, "site.json", dump)
    assert list(files) == ["site.steps.txt"]
    assert "--product-version 2012 or current" in ran.err
    ran, files = patched(tmp_path, "site.json", dump, "--product-version", "current")
    assert "site.fix.ps1" in files


def test_text_that_regedit4_cannot_express_is_refused(tmp_path: Path) -> None:
    drive = {r"Components\SMS_DESPOOLER": {"Preferred Drive For Temp Directory": "D\ud800"}}
    export = registry_export(drive, version="786", regedit4=False)
    data = b"\xff\xfe" + export.encode("utf-16-le", "surrogatepass")
    ran, files = patched(tmp_path, "nyc.reg", data, "--product-version", "1.2sp3")
    assert "nyc.fix.reg" not in files
    assert "no .reg patch" in ran.err


def test_what_a_person_should_confirm_is_left_out_and_reported(tmp_path: Path) -> None:
    export = registry_export({LAN: {"Retry Delay in Minutes": 0}}, version="786").encode()
    ran, files = patched(tmp_path, "nyc.reg", export)
    assert files == {}
    assert "left out 1" in ran.err
    ran, files = patched(tmp_path, "nyc.reg", export, "--unsafe-fixes")
    assert list(files) == ["nyc.fix.reg", "nyc.undo.reg"]


def test_files_that_exist_are_not_overwritten_without_force(tmp_path: Path) -> None:
    export = registry_export(ZERO, version="786").encode()
    patched(tmp_path, "nyc.reg", export)
    (tmp_path / "out/nyc.undo.reg").write_text("mine")
    ran, files = patched(tmp_path, "nyc.reg", export)
    assert ran.status == 2
    assert "--force" in ran.err
    assert files["nyc.undo.reg"] == b"mine"
    ran, files = patched(tmp_path, "nyc.reg", export, "--force")
    assert ran.status == 2
    assert "nyc.undo.reg: exists, and no undo file is ever overwritten" in ran.err
    assert files["nyc.undo.reg"] == b"mine"


def test_a_patch_of_an_earlier_run_is_replaced_by_force_but_never_its_undo(tmp_path: Path) -> None:
    patched(tmp_path, "nyc.reg", registry_export(ZERO, version="786").encode())
    ran, first = patched(tmp_path, "nyc.reg", registry_export(ZERO, version="786").encode(), "--force")
    assert (ran.status, sorted(first)) == (0, ["nyc.fix.reg", "nyc.undo.reg"])
    other = registry_export({LAN: {"Number of Retries": 0}}, version="786").encode()
    ran, files = patched(tmp_path, "nyc.reg", other, "--force", "--unsafe-fixes")
    assert (ran.status, files) == (2, first)
    (tmp_path / "out/nyc.undo.reg").rename(tmp_path / "out/kept")
    ran, files = patched(tmp_path, "nyc.reg", other, "--force", "--unsafe-fixes")
    assert ran.status == 0
    assert files["kept"] == first["nyc.undo.reg"]
    assert files["nyc.fix.reg"] != first["nyc.fix.reg"]


def test_inputs_that_share_a_name_keep_their_folders(tmp_path: Path) -> None:
    for name in ("east", "west"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "site.reg").write_text(registry_export(ZERO, version="786"))
    ran = smslint("patch", tmp_path / "east", tmp_path / "west", "--output-dir", tmp_path / "out")
    written = sorted(
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")
    )
    assert ran.status == 0
    assert written == ["east/site.fix.reg", "east/site.undo.reg", "west/site.fix.reg", "west/site.undo.reg"]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (["x/../a.reg", "x/b/a.reg"], ["a", "x/b/a"]),
        (["x/a.reg", "y/../y/a.reg", "../work/a.reg"], ["a", "x/a", "y/a"]),
        (["x/../../work/x/a.reg"], ["a"]),
        (["a.reg", "A.REG", "a.1.reg"], ["A-2", "a", "a.1"]),
        (["..reg", "..REG"], [".", ".-2"]),
        (["x/a.reg", "y/a.reg", "x/a.txt", "x/a-2.reg"], ["x/a", "x/a-2", "y/a", "a-2"]),
        ([".reg", "..reg", "...reg"], [".reg", ".", ".."]),
    ],
)
def test_each_input_has_a_patch_and_none_lies_outside_the_folder(
    inputs: list[str], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for folder in ("x/b", "y"):
        Path(folder).mkdir(parents=True)
    for name in inputs:
        Path(name).write_text(registry_export(ZERO, version="786"))
    before = set(tmp_path.rglob("*"))
    ran = smslint("patch", *inputs, "--output-dir", "out/deep")
    assert ran.status == 0
    files = [path for path in set(tmp_path.rglob("*")) - before if path.is_file()]
    out = tmp_path / "work/out/deep"
    assert sorted(path.relative_to(out).as_posix() for path in files) == sorted(
        f"{name}.{kind}.reg" for name in expected for kind in ("fix", "undo")
    )


@given(st.lists(st.text("ab./A", min_size=1).map(lambda text: f"{text}.reg"), max_size=5, unique=True))
def test_names_differ_and_lead_down(paths: list[str]) -> None:
    made = names(paths)
    assert sorted(made) == sorted(paths)
    assert len({str(name).casefold() for name in made.values()}) == len(paths)
    for name in made.values():
        below = os.path.normpath(f"/folder/{name}.fix.reg")
        assert below.startswith("/folder/")


@pytest.mark.parametrize("code", ["N'C", "N\u2019C", "$(x)", "`n1", '";x'])
def test_a_hostile_site_code_stays_inside_its_quotes(code: str, tmp_path: Path) -> None:
    dump = current_branch(all=0).replace(b'"NYC"', json.dumps(code).encode())
    _, files = patched(tmp_path, "cb.json", dump)
    script = files["cb.fix.ps1"].decode("utf-8-sig")
    assert errors(script) == []
    assert strings(script)[1] == powershell.quoted(code)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_whatever_is_quoted_is_one_string(text: str) -> None:
    script = f"$site = {powershell.quoted(text)}\n"
    assert errors(script) == []
    assert strings(script) == [powershell.quoted(text)]


def test_no_control_character_leaves_a_comment(tmp_path: Path) -> None:
    key = "SMS_LAN_SENDER"
    export = registry_export(ZERO, version="786").replace(key, key, 1)
    _, files = patched(tmp_path, "a\n[HKEY_LOCAL_MACHINE]\n.reg", export.encode())
    for data in files.values():
        keys = [line for line in data.decode("ascii").splitlines() if line.startswith("[")]
        assert keys == [rf"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\{LAN}]"]


def test_a_patch_works_from_every_fixture() -> None:
    assert (
        smslint("patch", FIXTURES / "sms-1.2/healthy.reg", "--output-dir", "/nonexistent/never").status == 0
    )


@settings(max_examples=40, deadline=None)
@given(exports())
def test_the_undo_of_the_fix_is_the_export(data: bytes) -> None:
    made = report(data)
    export = sources.read(data, "input-1")
    files = {each.ending: each.data for each in patches(export, made.findings, unsafe=True)[0]}
    steps = [data, files.get("fix.reg", b""), files.get("undo.reg", b"")]
    before, fixed, undone = (settled(steps[:number]) for number in (1, 2, 3))
    assert undone == before
    assert (fixed != before) == ("fix.reg" in files)


def settled(files: list[bytes]) -> Flat:
    """What a registry holds when the files were imported in order."""
    raws = [sources.raw(data, "x.reg") for data in files if data]
    return fold(each for raw in raws if raw for each in raw["operations"]).flat()


def of_sites(*parts: list[dict[str, object]]) -> bytes:
    """The objects of several dumps of the AdminService in one."""
    context = "https://P/AdminService/wmi/$metadata#SMS_SCI_Component"
    return json.dumps(
        {"@odata.context": context, "value": [each for part in parts for each in part]}
    ).encode()


def test_without_output_dir_the_files_lie_beside_each_input_and_the_next_steps_follow(tmp_path: Path) -> None:
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
    (tmp_path / "east/nyc.reg").write_text(registry_export(ZERO, version="786"))
    (tmp_path / "west/nyc.json").write_bytes(current_branch(all=0))
    ran = smslint("patch", tmp_path)
    assert ran.status == 0
    assert [Path(line).relative_to(tmp_path).as_posix() for line in ran.out.splitlines()] == [
        *("east/nyc.fix.reg", "east/nyc.undo.reg", "west/nyc.fix.ps1", "west/nyc.undo.ps1")
    ]
    assert all(Path(line).is_file() for line in ran.out.splitlines())
    for described in (
        *("regedit /s nyc.fix.reg", "net start SMS_EXECUTIVE", "regedit /e nyc.reg", "nyc.undo.reg"),
        *("at NYC:", "nyc.fix.ps1' -WhatIf", "nyc.undo.ps1", "smslint check"),
        "Export again with the script of `smslint collector`, or as before.",
    ):
        assert described in ran.err
    assert "no .reg patch" not in ran.err


def test_what_is_next_is_said_once_for_inputs_with_the_same_steps(tmp_path: Path) -> None:
    for name in ("nyc", "bos", "chi"):
        (tmp_path / f"{name}.reg").write_text(registry_export(ZERO, version="786"))
    (tmp_path / "cb.json").write_bytes(current_branch(all=0))
    folder = tmp_path.as_posix()
    err = smslint("patch", tmp_path).err
    described = " ".join(err.split())
    assert described.count("Next, for") == 2
    assert f"Next, for {folder}/bos.reg, {folder}/chi.reg and {folder}/nyc.reg: 1. On each site" in described
    assert described.count("net start SMS_EXECUTIVE") == 1
    assert "To undo it, use each .undo.reg in the same way" in described


def test_commands_of_the_next_steps_stand_whole_on_a_line(tmp_path: Path) -> None:
    long = "the senders of New York, exported before anything was changed in the registry of the site"
    for name in ("nyc", long):
        (tmp_path / f"{name}.reg").write_text(registry_export(ZERO, version="786"))
    lines = smslint("patch", tmp_path / "nyc.reg").err.splitlines()
    assert r"     `regedit /e nyc.reg HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS`." in lines
    lines = smslint("patch", tmp_path / f"{long}.reg").err.splitlines()
    assert f'     regedit /s "{long}.fix.reg"' in lines


def test_inputs_of_one_folder_that_share_a_name_get_a_number(tmp_path: Path) -> None:
    (tmp_path / "nyc.reg").write_text(registry_export(ZERO, version="786"))
    (tmp_path / "nyc.json").write_bytes(current_branch(all=0))
    assert smslint("patch", tmp_path).status == 0
    written = sorted(path.name for path in tmp_path.iterdir() if ".fix." in path.name)
    assert len(written) == 2
    assert len({name.split(".")[0] for name in written}) == 2


def test_standard_input_is_patched_where_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = smslint("patch", "-", stdin=registry_export(ZERO, version="786").encode())
    assert ran.status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stdin.fix.reg", "stdin.undo.reg"]


def test_a_finding_that_a_script_fixes_says_so(tmp_path: Path) -> None:
    (tmp_path / "cb.json").write_bytes(current_branch(all=0))
    ran = smslint("check", tmp_path / "cb.json")
    assert "fix:  (script) Set Maximum Concurrent Sendings to its default, 5." in ran.out
    assert "--fix can cure" not in ran.out
    assert "writes the cure for the server and its undo" in " ".join(ran.out.split())
    (found,) = smslint("check", tmp_path / "cb.json", "--format", "json").json["findings"]
    assert (found["fix"]["script"], found["fix"]["safety"], found["fix"]["edits"]) == (True, "safe", [])
    (tmp_path / "nyc.reg").write_text(registry_export(ZERO, version="786"))
    (found,) = smslint("check", tmp_path / "nyc.reg", "--format", "json").json["findings"]
    assert found["fix"]["script"] is False


def test_a_copy_in_the_registry_of_a_later_version_gets_no_script(tmp_path: Path) -> None:
    _, files = patched(tmp_path, "nyc.reg", registry_export(ZERO, version="5.00.9128.1000").encode())
    assert list(files) == ["nyc.steps.txt"]
    assert "(script)" not in smslint("check", tmp_path / "nyc.reg").out


def test_only_the_sender_that_the_cmdlet_knows_is_set_by_script(tmp_path: Path) -> None:
    other = current_branch(all=0).replace(b"SMS_LAN_SENDER", b"SMS_ASYNC_RAS_SENDER")
    _, files = patched(tmp_path, "cb.json", other)
    assert list(files) == ["cb.steps.txt"]


def test_all_sites_of_an_input_are_in_one_script(tmp_path: Path) -> None:
    parts = [json.loads(current_branch(all=0).replace(b"NYC", code))["value"] for code in (b"NYC", b"BOS")]
    _, files = patched(tmp_path, "cb.json", of_sites(*parts))
    fix = files["cb.fix.ps1"].decode("utf-8-sig")
    assert fix.count("Set-CMSite -SiteCode $site @settings") == 2
    assert {"'NYC'", "'BOS'"} <= set(strings(fix))
    assert errors(fix) == []


def test_a_script_leaves_out_what_a_person_should_confirm(tmp_path: Path) -> None:
    ran, files = patched(tmp_path, "cb.json", current_branch(delay=0))
    assert files == {}
    assert "left out 1" in ran.err
    assert "(script, unsafe)" in smslint("check", tmp_path / "cb.json").out
    _, files = patched(tmp_path, "cb.json", current_branch(delay=0), "--unsafe-fixes")
    assert list(files) == ["cb.fix.ps1", "cb.undo.ps1"]


HOURS = st.lists(st.sampled_from([1, 50, 100]), min_size=24, max_size=24).map(tuple)
WEEKS = st.lists(st.sampled_from(list(Usage)), min_size=168, max_size=168).map(tuple)
VALUES = {
    "rate_limits": st.builds(RateLimits, HOURS, st.just(False)) | st.just(RateLimits((), unlimited=True)),
    "pulse_mode": st.builds(PulseMode, st.just(True), st.integers(1, 256), st.integers(1, 30)),
    "schedule": st.builds(UsageSchedule, WEEKS),
}


@settings(deadline=None, max_examples=30)
@given(st.data(), st.sampled_from(sorted(VALUES)))
def test_a_route_is_set_and_set_back_hour_by_hour(data: st.DataObject, name: str) -> None:
    old, new = data.draw(VALUES[name]), data.draw(VALUES[name])
    address = Address.model_validate({name: Located(old, Span("x", 1, 1, 1, 1, 0, 0, ""), "x")})
    changes = [(powershell.Target("NYC", "BOS"), getattr(address, name).change(new))]
    for undo, value in ((False, new), (True, old)):
        script = powershell.write(changes, (), undo=undo).decode("utf-8-sig")
        assert errors(script) == []
        assert script.count("$PSCmdlet.ShouldProcess") == script.count("Set-CMFileReplicationRoute -Source")
        assert settled_route(script) == value


def settled_route(script: str) -> object:
    """What a route has after the calls of a script, as ConfigMgrCBDsc reads their hours."""
    percent, week = [0] * 24, [0] * 168
    for call in re.findall(r"@\{\n(.*?)\n\}", script, re.DOTALL):
        described = dict(line.strip().split(" = ", 1) for line in call.splitlines())
        if "Unlimited" in described:
            return RateLimits((), unlimited=True)
        if "PulseMode" in described:
            return PulseMode(
                True, int(described["DataBlockSizeKB"]), int(described["DelayBetweenDataBlockSec"])
            )
        begin, end = (
            int(next((described[key] for key in described if key.endswith(name)), 0))
            for name in ("BeginHr", "EndHr")
        )
        for hour in range(begin, end or 24):
            percent[hour] = int(described.get("LimitAvailableBandwidthPercent", 0))
            for day in re.findall(r"'(\w+)'", described.get("DaysOfWeek", "")):
                levels = ("'All'", "'MediumHigh'", "'High'", "'Closed'")
                week[24 * DAYS.index(day) + hour] = 1 + levels.index(described["AvailabilityLevel"])
    if any(week):
        return UsageSchedule(tuple(map(Usage, week)))
    return RateLimits(tuple(percent), unlimited=False)


def route(**output: object) -> bytes:
    """A dump of the AdminService with one route, whose fields are given."""
    address = {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS"}
    healthy = {"Props": [], "PropLists": [], "UnlimitedRateForAll": True, "RateLimitingSchedule": [100] * 24}
    healthy["UsageSchedule"] = [{"Backup": [False] * 24, "HourUsage": [1] * 24}] * 7
    context = "https://P/AdminService/wmi/$metadata#SMS_SCI_Address"
    return json.dumps({"@odata.context": context, "value": [address | healthy | output]}).encode()


@pytest.mark.parametrize(
    ("rule", "output", "fix", "undo"),
    [
        (
            "SMS227",
            {"UnlimitedRateForAll": False},
            ["Unlimited = $true"],
            ["LimitedBeginHr = 0", "LimitedEndHr = 0", "LimitAvailableBandwidthPercent = 100"],
        ),
        (
            "SMS226",
            {
                "UnlimitedRateForAll": False,
                "PropLists": [{"PropertyListName": "Pulse Mode", "Values": ["1", "512", "5"]}],
            },
            ["PulseMode = $true", "DataBlockSizeKB = 256", "DelayBetweenDataBlockSec = 5"],
            ["PulseMode = $true", "DataBlockSizeKB = 512", "DelayBetweenDataBlockSec = 5"],
        ),
        (
            "SMS217",
            {"UsageSchedule": [{"Backup": [False] * 24, "HourUsage": [3] * 24}] * 7},
            ["ControlNetworkLoadSchedule = $true", "AvailabilityLevel = 'All'"],
            ["ControlNetworkLoadSchedule = $true", "AvailabilityLevel = 'High'"],
        ),
    ],
)
def test_a_route_is_fixed_by_script(
    rule: str, output: dict[str, object], fix: list[str], undo: list[str], tmp_path: Path
) -> None:
    _, files = patched(tmp_path, "routes.json", route(**output), "--product-version", "current")
    assert {"routes.fix.ps1", "routes.undo.ps1"} <= files.keys()
    for name, wanted in (("fix", fix), ("undo", undo)):
        script = files[f"routes.{name}.ps1"].decode("utf-8-sig")
        assert errors(script) == []
        assert rule in script
        assert [line for line in wanted if line not in script] == []
        call = "Set-CMFileReplicationRoute -SourceSiteCode $site -DestinationSiteCode $destination @settings"
        assert call in script
    (found,) = smslint("check", tmp_path / "routes.json", "--select", rule, "--format", "json").json[
        "findings"
    ]
    assert found["fix"]["script"] is True


def test_a_route_of_an_earlier_version_gets_steps(tmp_path: Path) -> None:
    shut = {"UsageSchedule": [{"Backup": [False] * 24, "HourUsage": [3] * 24}] * 7, "Order": 1}
    dump = route(**shut).replace(b"AdminService", b"x")
    _, files = patched(tmp_path, "routes.json", dump)
    assert list(files) == ["routes.steps.txt"]
    assert "every hour" not in files["routes.steps.txt"].decode().split("Open")[-1]
