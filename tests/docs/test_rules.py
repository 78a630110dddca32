"""docs/rules.md and `smslint explain` say the same, and every rule has cases."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from smslint.checks import BUILTIN
from tests.running import smslint

ROOT = Path(__file__).parents[2]


def test_the_page_is_what_the_rules_say() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert page == runpy.run_path(str(ROOT / "docs" / "make_rules.py"))["page"]()


def test_the_page_about_diagnose_is_what_the_signatures_say() -> None:
    page = (ROOT / "docs" / "diagnose.md").read_text("utf-8")
    assert page == runpy.run_path(str(ROOT / "docs" / "make_diagnose.py"))["text"]()


def test_explain_prints_what_stands_on_the_page() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    for rule in ("SMS101", "SMS209", "address-server-mismatch"):
        printed = smslint("explain", rule, "--isolated").out
        assert printed.strip() in page


def test_every_rule_has_cases() -> None:
    cases = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"SMS\d{3}", cases))
    assert {rule.code for rule in BUILTIN} - named == set()
