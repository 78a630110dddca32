"""What a person reads is plain English in the product's words, whole, and without internal names."""

from __future__ import annotations

import re

import pytest

from smslint.checks import BUILTIN
from smslint.logs.signatures import SIGNATURES
from smslint.schema.address import Address
from smslint.schema.sender import Sender
from tests.running import FIXTURES, smslint

ODD = re.compile(r"\btold\b|\b(is|are) none (that|of)\b|\bis no (?!longer)\w+ that\b|…|\\x0a")
INPUTS = [
    FIXTURES / "broken.reg",
    FIXTURES / "hierarchy-broken",
    FIXTURES / "hierarchy-current-broken",
    FIXTURES / "malformed",
    FIXTURES / "configmgr-current",
    FIXTURES / "sms-1.1",
]
INTERNAL = re.compile(
    r"\b("
    + "|".join(name for section in (Sender, Address) for name in section.model_fields if "_" in name)
    + r")\b"
)


@pytest.fixture(scope="module")
def text() -> str:
    return smslint("check", *INPUTS, "--select", "ALL").out


def messages(text: str) -> list[str]:
    """The lines but those that show the inputs, and the commands."""
    return [line for line in text.splitlines() if not re.match(r" *\d* \||.*-->", line)]


def test_findings_of_all_fixtures_are_in_plain_words(text: str) -> None:
    assert [line for line in messages(text) if ODD.search(line)] == []


def test_findings_of_all_fixtures_hold_no_internal_name(text: str) -> None:
    assert [line for line in messages(text) if INTERNAL.search(line)] == []


FOR_PEOPLE = ("concise", "csv", "markdown", "html", "github", "azure", "junit", "checkstyle")


@pytest.mark.parametrize("format_", FOR_PEOPLE)
def test_no_report_for_people_holds_an_internal_name(format_: str) -> None:
    checked = smslint("check", *INPUTS, "--select", "ALL", "--format", format_).out
    logs = (FIXTURES / "logs", "--with", FIXTURES / "sms-1.2/broken.reg")
    assert INTERNAL.findall(checked + smslint("diagnose", *logs, "--format", format_).out) == []


def test_numbers_agree_with_their_nouns(text: str) -> None:
    assert re.findall(r"(?<![\d,.-])1 (?:\w+ies|sendings|minutes|files|sites|senders|errors)\b", text) == []


@pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.code)
def test_what_a_rule_says_of_itself(rule: object) -> None:
    output = (rule.summary, rule.info.consequence, rule.info.remedy)  # type: ignore[attr-defined]
    assert [each for each in output if ODD.search(each)] == []


def test_what_signatures_say() -> None:
    assert [each.name for each in SIGNATURES if ODD.search(each.meaning + each.first_step)] == []


def test_no_help_is_odd() -> None:
    for command in ("check", "patch", "show", "diagnose", "map", "collector", "rules", "explain", "schema"):
        assert not ODD.search(smslint(command, "--help").out)
