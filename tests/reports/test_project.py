"""The address of the project is set in one place; what a person can follow from a report follows it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from smslint import project
from smslint.reports import renderer
from smslint.reports.style import Style
from tests.reports.cases import REPORTS


def driver() -> dict[str, object]:
    log = json.loads("\n".join(renderer("sarif")(REPORTS["many"], Style())))
    found: dict[str, object] = log["runs"][0]["tool"]["driver"]
    return found


def helps() -> list[str | None]:
    return [each.get("helpUri") for each in driver()["rules"]]  # type: ignore[attr-defined]


def test_without_an_address_rules_lead_to_their_article() -> None:
    assert "informationUri" not in driver()
    assert helps() == ["https://jeffpar.github.io/kbarchive/kb/163/Q163379/", None]


def test_with_an_address_rules_lead_to_their_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "ADDRESS", "https://example.com/smslint")
    assert driver()["informationUri"] == "https://example.com/smslint"
    assert helps() == [
        "https://example.com/smslint/blob/main/docs/rules/SMS101.md",
        "https://example.com/smslint/blob/main/docs/rules/SMS104.md",
    ]
    assert project.rule_url("ACME1") is None
    page = '<a href="https://example.com/smslint/blob/main/docs/rules/SMS101.md"'
    assert page in "\n".join(renderer("html")(REPORTS["many"], Style()))
    terminal = Style(links=True)
    linked = terminal.link("SMS101", "https://example.com/smslint/blob/main/docs/rules/SMS101.md")
    assert f"smslint explain {linked}" in "\n".join(renderer("text")(REPORTS["many"], terminal))


def test_the_package_names_the_same_address() -> None:
    metadata = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert metadata.get("urls", {}).get("Repository", "") == project.ADDRESS
