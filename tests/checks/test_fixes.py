"""Every rule whose cure is known carries it, with steps where only a person can take them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smslint.checks import BUILTIN
from smslint.checks.rule import Rule
from smslint.report import ReportedFix
from smslint.testing import findings, registry_export
from tests.checks.dumps import ct0, wmi, wmi_address
from tests.checks.sites import control
from tests.checks.test_documentation import inputs
from tests.running import smslint

WITHOUT_FIX = {
    "SMS126": "where the second sender comes from is not known",
    "SMS214": "a sender without an address does no harm",
    "SMS223": "the limit of one sending is how the product works",
    "SMS303": "what the code was before it was lost is not known",
    "SMS404": "nothing is wrong with a proposed configuration",
    "SMS407": "it is told by --product-version, not cured at the site",
}
TOO_LARGE_TO_SHOW = {
    "SMS401": control("NYC").ljust(500_000),
    "SMS406": control("NYC", to=[f"{number:03X}" for number in range(990)], build="692"),
}
FIXED = [
    rule for rule in BUILTIN if not rule.code.startswith(("SMS7", "SMS9")) and rule.code not in WITHOUT_FIX
]


def fixes(code: str, *exports: str, **settings: object) -> list[ReportedFix]:
    """The fixes of a rule's findings, each of which must carry one."""
    found = [each for each in findings(*exports, select=code, **settings) if each.rule == code]
    assert found
    carried = [each.fix for each in found if each.fix]
    assert len(carried) == len(found)
    return carried


def steps(code: str, *exports: str, **settings: object) -> str:
    """The steps of the rule's only finding, a line each."""
    (fix,) = fixes(code, *exports, **settings)
    assert fix.safety == "manual"
    return "\n".join(fix.steps)


def full_by_one_site() -> str:
    """A registry export of unknown version, whose sender one site can take whole."""
    limits = {"Maximum Concurrent Sendings": 3, "Maximum Concurrent Site Sendings": 3}
    keys: dict[str, dict[str, int | str]] = {
        "Identification": {"Site Code": "NYC"},
        r"Components\SMS_LAN_SENDER": {**limits},
        r"Sites\NYC\Addresses\BOS\0": {},
        r"Sites\NYC\Addresses\CHI\0": {},
    }
    return registry_export(keys)


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.code)
def test_the_fix_is_carried_and_manual_ones_have_steps(rule: Rule) -> None:
    assert rule.fix is not None
    assert rule.section("Fix")
    shown = [TOO_LARGE_TO_SHOW[rule.code]] if rule.code in TOO_LARGE_TO_SHOW else inputs(rule, "Example")
    for fix in fixes(rule.code, *shown, complete=True):
        assert fix.description.endswith(".")
        assert bool(fix.steps) == (fix.safety == "manual")
        for step in fix.steps:
            assert re.fullmatch(r"[A-Z]\S* .*[^.]\.", step), step


@pytest.mark.parametrize("code", WITHOUT_FIX)
def test_what_cannot_be_fixed_claims_no_fix(code: str) -> None:
    (rule,) = (rule for rule in BUILTIN if rule.code == code)
    assert rule.fix is None
    assert all(each.fix is None for each in findings(*inputs(rule, "Example"), select=code))


@pytest.mark.parametrize(
    ("build", "console_path", "last"),
    [
        (1493, "Open the Administrator console, Site Settings, Addresses.", "Choose OK."),
        (
            9128,
            "Open the Configuration Manager console, Administration, Hierarchy Configuration, "
            "File Replication.",
            "Choose OK.",
        ),
    ],
)
def test_an_address_is_added_in_the_console_of_the_version(build: int, console_path: str, last: str) -> None:
    described = steps("SMS207", wmi(wmi_address("BOS"), build=build, parent="HQ1")).splitlines()
    assert described[0] == console_path
    assert "an address to HQ1" in described[1]
    assert described[-1] == last


def test_on_sms_1_it_is_added_in_site_properties_and_a_cycle_must_follow() -> None:
    described = steps("SMS207", ct0(parent="HQ1")).splitlines()
    assert described[0] == "Open SMS Administrator, Site Properties, Addresses."
    assert described[-1] == "Wait until Site Configuration Manager has run its cycle."


def test_where_the_version_is_not_known_every_console_is_named_with_its_versions() -> None:
    described = steps("SMS109", full_by_one_site()).splitlines()
    for name in ("registry", "(SMS 1.x)", "Site Settings", "(ConfigMgr 2012 RTM and later)"):
        assert name in described[0]
    assert described[-1] == "On SMS 1.x: Stop and start the SMS Executive service."


@pytest.mark.parametrize(
    ("version", "console_path"),
    [("1.2", "registry"), ("2.0", "Site Settings, Senders"), ("current", "tab Sender")],
)
def test_a_limit_is_raised_where_the_version_holds_it(version: str, console_path: str) -> None:
    described = steps("SMS109", full_by_one_site(), product_version=version)
    assert console_path in described
    assert ("Stop and start the SMS Executive service." in described) == (version == "1.2")


def test_a_manual_change_gets_the_steps_of_the_console() -> None:
    export = registry_export(
        {r"Components\SMS_ASYNC_RAS_SENDER": {"Retry Delay in Minutes": 20}}, version="2.00.1493.3000"
    )
    (fix,) = fixes("SMS105", export)
    assert [(change.setting, change.to) for change in fix.changes] == [("retry_delay_minutes", 15)]
    assert fix.edits == ()
    assert "Set Delay before retrying (Min.) to 15." in fix.steps


def test_preinst_is_named_only_where_it_is_known_to_be() -> None:
    assert "preinst" not in steps("SMS209", control("HQ1", to=["OLD"]), complete=True)
    dump = wmi(wmi_address("OLD"), build=1493)
    assert "preinst /delsite:{<child>,<parent>}" in steps("SMS209", dump, complete=True)


def test_on_sms_1_a_code_in_lower_case_needs_no_fix() -> None:
    export = registry_export({"Identification": {"Site Code": "nyc"}}, version="786")
    (finding,) = findings(export, select="SMS302")
    assert (finding.severity, finding.fix) == ("info", None)


def test_patch_writes_the_steps_for_the_person_at_the_console(tmp_path: Path) -> None:
    (tmp_path / "nyc.ct0").write_text(control("NYC", "HQ1"))
    ran = smslint("patch", tmp_path / "nyc.ct0", "--output-dir", tmp_path / "out")
    assert ran.status == 0
    described = (tmp_path / "out/nyc.steps.txt").read_text("utf-8")
    assert "SMS207" in described
    assert "1. Open SMS Administrator, Site Properties, Addresses." in described
    assert "2. At NYC add an address to HQ1" in described
