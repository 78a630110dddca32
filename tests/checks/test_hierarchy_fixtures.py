"""The hierarchies of twenty sites in fixtures, of two generations: healthy, and with a mistake per rule."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from typing import Any

import pytest

from tests.running import FIXTURES, smslint

made = runpy.run_path(str(FIXTURES / "make_hierarchy.py"))


def found(folder: str, *options: str) -> list[Mapping[str, Any]]:
    ran = smslint("check", FIXTURES / folder, "--isolated", "--format", "json", "--exit-zero", *options)
    findings: list[Mapping[str, Any]] = ran.json["findings"]
    return findings


MADE = {
    "hierarchy": lambda: made["files"](made["healthy"]()),
    "hierarchy-broken": lambda: made["broken"]()[0],
    "hierarchy-current": lambda: made["current_files"](made["current_healthy"]()),
    "hierarchy-current-broken": lambda: made["current_broken"]()[0],
}
HEALTHY = ["hierarchy", "hierarchy-current"]


@pytest.mark.parametrize("folder", MADE)
def test_the_files_are_those_that_the_script_makes(folder: str) -> None:
    assert {path.name: path.read_bytes() for path in (FIXTURES / folder).iterdir()} == MADE[folder]()


def test_the_one_of_current_branch_has_twenty_sites_of_three_kinds() -> None:
    sites = made["current_healthy"]()
    assert len(sites) == 20
    assert {site.kind for site in sites.values()} == {1, 2, 4}


def test_the_healthy_one_has_twenty_sites_in_three_tiers() -> None:
    sites = made["healthy"]()
    assert len(sites) == 20
    tiers = {code: 1 + (site.parent != "") + (site.parent not in ("", "HQ1")) for code, site in sites.items()}
    assert sorted(set(tiers.values())) == [1, 2, 3]


@pytest.mark.parametrize("folder", HEALTHY)
@pytest.mark.parametrize("options", [(), ("--complete",)], ids=["some sites", "complete"])
def test_the_healthy_one_gives_nothing_at_warning_or_above(folder: str, options: tuple[str, ...]) -> None:
    everything = found(folder, *options, "--select", "ALL")
    assert [each for each in everything if each["severity"] != "info"] == []
    assert smslint("check", FIXTURES / folder, "--isolated", *options).status == 0


def test_the_broken_one_of_current_branch_gives_exactly_what_was_planted() -> None:
    planted = made["current_broken"]()[1]
    grave = [
        (each["rule"], each["site"])
        for each in found("hierarchy-current-broken", "--complete")
        if each["severity"] != "info"
    ]
    assert sorted(grave) == sorted(planted)


def test_the_broken_one_gives_exactly_what_was_planted() -> None:
    planted = made["broken"]()[1]
    by_default = found("hierarchy-broken", "--complete")
    grave = [(each["rule"], each["site"]) for each in by_default if each["severity"] != "info"]
    assert sorted(grave) == sorted(each for each in planted if each[0] != "SMS510")
    upgrades = found("hierarchy-broken", "--select", "SMS510")
    assert [(each["rule"], each["site"]) for each in upgrades] == [("SMS510", "NOR")]


def test_what_a_missing_file_proves_is_reported_only_of_a_complete_hierarchy() -> None:
    assert found("hierarchy-broken", "--select", "SMS209") == []


def test_findings_about_two_sites_lead_to_both() -> None:
    two = {"SMS203", "SMS208", "SMS211", "SMS501", "SMS502", "SMS503", "SMS505", "SMS506", "SMS508", "SMS511"}
    for each in found("hierarchy-broken", "--complete"):
        if each["rule"] in two:
            assert each["related"], each["rule"]
            assert all(related["path"] and related["line"] for related in each["related"])


def test_the_files_alone_give_nothing_that_needs_the_others() -> None:
    some = [*(FIXTURES / "hierarchy").glob("[EH]*"), *(FIXTURES / "hierarchy-current").glob("*.json")]
    for path in sorted(some):
        report = smslint("check", path, "--isolated", "--format", "json").json
        assert [each["rule"] for each in report["findings"] if each["severity"] != "info"] == []
