"""The pages of the rules and `smslint explain` say the same, and every rule has cases."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from smslint.checks import BUILTIN
from tests.running import smslint

ROOT = Path(__file__).parents[2]


def test_the_pages_are_what_the_rules_say() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_rules.py"))["pages"]()
    assert {path.name: path.read_text("utf-8") for path in made} == {
        path.name: text for path, text in made.items()
    }
    assert set((ROOT / "docs" / "rules").iterdir()) == set(made) - {ROOT / "docs" / "rules.md"}


def test_every_rule_stands_in_the_index_with_its_page() -> None:
    index = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert re.findall(r"^\| \[(SMS\d+)\]\(rules/\1\.md\)", index, re.M) == [rule.code for rule in BUILTIN]


def test_the_page_about_diagnose_is_what_the_signatures_say() -> None:
    page = (ROOT / "docs" / "diagnose.md").read_text("utf-8")
    assert page == runpy.run_path(str(ROOT / "docs" / "make_diagnose.py"))["text"]()


def test_explain_prints_what_stands_on_the_page() -> None:
    for rule, name in (
        ("SMS101", "SMS101"),
        ("SMS209", "SMS209"),
        ("SMS104", "sender-retry-delay-exceeds-heartbeat"),
    ):
        page = (ROOT / "docs" / "rules" / f"{rule}.md").read_text("utf-8").partition("\n")[2]
        printed = smslint("explain", name, "--isolated").out
        plain = re.sub(
            r"\[([^\]]+)\]\((http[^)]+)\)", r"\1 (\2)", re.sub(r"^(#+ |```.*)", "", page, flags=re.M)
        )
        assert printed.split() == plain.split()


def test_every_rule_has_cases() -> None:
    cases = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"SMS\d{3}", cases))
    assert {rule.code for rule in BUILTIN} - named == set()
