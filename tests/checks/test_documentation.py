"""Every rule is documented, and what its documentation shows is true."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import smslint
from smslint.checks import BUILTIN
from smslint.checks.rule import HEADINGS, Rule
from smslint.config.settings import Settings
from smslint.engine.diagnose import diagnose
from smslint.report import ReportedFinding
from smslint.testing import findings

TOO_LARGE_TO_SHOW = {"SMS401", "SMS406"}
NO_INPUT_SHOWS = {"SMS719", "SMS910"}
SAFETIES = ("safe", "unsafe", "manual")

EXAMPLES = Path(smslint.__file__).parent / "checks" / "examples"

every_rule = pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.code)


def inputs(rule: Rule, heading: str) -> list[str]:
    """The complete inputs that a heading shows or names, all of one run."""
    section = rule.section(heading)
    named = re.findall(r"`smslint/checks/examples/([\w.-]+)`", section)
    shown: list[str] = re.findall(r"^```(?:reg|ct0|json)\n(.*?)^```$", section, re.M | re.S)
    return [*shown, *((EXAMPLES / name).read_text("utf-8") for name in named)]


def found(rule: Rule, heading: str) -> list[ReportedFinding]:
    if logs := re.findall(r"^```log\n(.*?)^```$", rule.section(heading), re.M | re.S):
        report = diagnose(["-"], Settings(), lambda _: io.BytesIO("".join(logs).encode()))
        return [finding for finding in report.findings if finding.rule == rule.code]
    # All rules run: an unused ignore (SMS907) is one that the rule it names had the chance to use.
    reported = findings(*inputs(rule, heading), complete=True)
    return [finding for finding in reported if finding.rule == rule.code]


@every_rule
def test_the_example_fires(rule: Rule) -> None:
    if rule.code in TOO_LARGE_TO_SHOW | NO_INPUT_SHOWS:
        assert not inputs(rule, "Example")
        return
    reported = found(rule, "Example")
    assert reported
    for finding in reported:
        assert finding.name == rule.name
        if finding.fix:
            assert rule.fix is not None
            assert SAFETIES.index(finding.fix.safety) >= SAFETIES.index(rule.fix)


@pytest.mark.parametrize(
    "rule", [rule for rule in BUILTIN if rule.section("Use instead")], ids=lambda rule: rule.code
)
def test_what_to_use_instead_does_not(rule: Rule) -> None:
    assert found(rule, "Use instead") == []


@every_rule
def test_the_documentation_is_whole(rule: Rule) -> None:
    assert re.fullmatch(r"SMS[1-79]\d\d", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert re.fullmatch(r"[^\n]{10,100}\.", rule.summary)
    headings = re.findall(r"^## (.*)$", rule.documentation, re.M)
    assert headings == [heading for heading in HEADINGS if heading in headings]
    assert {"What it does", "Why it is bad"} <= set(headings)
    assert all(rule.section(heading) for heading in headings)
    if rule.code not in NO_INPUT_SHOWS:
        assert "Example" in headings
    if rule.fix:
        assert "Fix" in headings


@every_rule
def test_where_a_rule_comes_from_is_reported(rule: Rule) -> None:
    on_the_export_itself = rule.code.startswith("SMS9")
    assert rule.reference or rule.certainty == "derived" or on_the_export_itself


@every_rule
def test_every_fence_is_an_input_of_a_known_kind(rule: Rule) -> None:
    fences = re.findall(r"^```(\w*)$", rule.documentation, re.M)
    assert fences[1::2] == [""] * (len(fences) // 2)
    assert set(fences[::2]) <= {"reg", "ct0", "json", "log"}


def test_every_example_is_named_by_its_rule() -> None:
    named = {
        name
        for rule in BUILTIN
        for name in re.findall(r"`smslint/checks/examples/([\w.-]+)`", rule.documentation)
        if name.startswith(f"{rule.code}.")
    }
    assert {path.name for path in EXAMPLES.iterdir()} == named


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in BUILTIN]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in BUILTIN}) == len(codes)


def test_the_rules_that_are_off_by_default() -> None:
    off = [rule.code for rule in BUILTIN if not rule.default]
    assert off == [
        "SMS119",
        "SMS124",
        "SMS214",
        "SMS220",
        "SMS221",
        "SMS222",
        "SMS231",
        "SMS314",
        "SMS406",
        "SMS407",
        "SMS408",
        "SMS510",
        "SMS906",
    ]
