"""Policy without code: ``[[policy]]``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smslint.testing import registry_export
from tests.running import smslint

LAN = r"Components\SMS_LAN_SENDER"
POLICY = """
[[policy]]
code = "ORG001"
setting = "sender.max_concurrent_sendings"
between = [5, 20]
severity = "error"
message = "our senders have 5 to 20 sendings"
sites = ["N*"]
"""


def export(sendings: int, site: str = "NYC") -> str:
    return registry_export(
        {"Identification": {"Site Code": site}, LAN: {"Maximum Concurrent Sendings": sendings}}
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a policy and an export that breaks it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nyc.reg").write_text(export(3))
    (tmp_path / "smslint.toml").write_text(POLICY)
    return tmp_path


def findings(*words: str) -> list[dict[str, Any]]:
    ran = smslint("check", "nyc.reg", "--format", "json", *words)
    found: list[dict[str, Any]] = ran.json["findings"]
    return found


def test_a_value_outside_is_a_finding_like_any_other() -> None:
    (found,) = findings()
    assert (found["rule"], found["name"], found["severity"]) == ("ORG001", "policy-org001", "error")
    assert found["message"] == "our senders have 5 to 20 sendings"
    assert (found["line"], found["column"]) == (7, 31)
    assert (found["site"], found["component"]) == ("NYC", "SMS_LAN_SENDER")
    assert (found["setting"], found["value"]) == ("max_concurrent_sendings", 3)
    assert (found["expected"], found["reference"]) == ("5 to 20", "smslint.toml")
    assert smslint("check", "nyc.reg").status == 1


@pytest.mark.parametrize(("sendings", "fires"), [(4, True), (5, False), (20, False), (21, True)])
def test_the_bounds_are_right_themselves(sendings: int, fires: bool) -> None:
    Path("nyc.reg").write_text(export(sendings))
    assert bool(findings("--select", "ORG001")) is fires


@pytest.mark.parametrize(("site", "fires"), [("NYC", True), ("nyc", True), ("BOS", False)])
def test_sites_are_patterns(site: str, fires: bool) -> None:
    Path("nyc.reg").write_text(export(3, site))
    assert bool(findings("--select", "ORG")) is fires


def test_equals_is_for_numbers_and_text() -> None:
    Path("smslint.toml").write_text(
        '[[policy]]\ncode = "ORG001"\nsetting = "sender.max_concurrent_sendings"\nequals = 3\n'
        '[[policy]]\ncode = "ORG002"\nsetting = "identification.site_code"\nequals = "BOS"\n'
    )
    (found,) = findings()
    assert (found["rule"], found["severity"], found["expected"]) == ("ORG002", "warning", "BOS")
    assert found["message"] == "Site Code is NYC, against the policy"


def test_its_code_works_wherever_a_rule_s_does() -> None:
    assert "ORG001  error    policy-org001" in smslint("rules").out
    assert "our senders have 5 to 20 sendings" in smslint("explain", "policy-org001").out
    assert findings("--ignore", "ORG001") == []
    assert findings("--select", "SMS1") == []
    assert smslint("check", "nyc.reg", "--write-baseline", "known.json").status == 0
    assert smslint("check", "nyc.reg", "--baseline", "known.json").status == 0
    Path("smslint.toml").write_text(POLICY + '[[ignores]]\nrule = "ORG001"\nsite = "NYC"\n')
    assert findings() == []
    text = export(3).replace('"Max', '; smslint: ignore[ORG001] x\n"Max')
    Path("nyc.reg").write_text(text)
    Path("smslint.toml").write_text(POLICY)
    assert findings() == []
    assert smslint("check", "nyc.reg", "--isolated", "--format", "concise").status == 1


@pytest.mark.parametrize(
    ("changed", "output"),
    [
        (
            ("max_concurrent_sendings", "max_concurent_sendings"),
            "did you mean sender.max_concurrent_sendings",
        ),
        (("sender.max", "Sender.max"), "did you mean sender.max_concurrent_sendings"),
        (("between = [5, 20]", ""), "give either `between` or `equals`"),
        (("between = [5, 20]", "between = [5, 20]\nequals = 5"), "give either `between` or `equals`"),
        (("[5, 20]", "[20, 5]"), "20 is above 5"),
        (("[5, 20]", "[5]"), "between"),
        (("between = [5, 20]", "equals = 'five'"), "sender.max_concurrent_sendings holds a number"),
        (("ORG001", "SMS001"), "the prefix SMS is smslint's own"),
        (("ORG001", "org-1"), "code: must be capital letters and a number"),
        (("severity", "severty"), "did you mean severity"),
        (("sender.max_concurrent_sendings", "address.schedule"), "no setting is called 'address.schedule'"),
    ],
)
def test_a_mistake_ends_the_run_with_its_line(changed: tuple[str, str], output: str) -> None:
    Path("smslint.toml").write_text(POLICY.replace(*changed))
    ran = smslint("check", "nyc.reg")
    assert (ran.status, ran.out) == (2, "")
    assert "smslint.toml:" in ran.err
    assert output in ran.err


def test_a_code_is_given_once() -> None:
    Path("smslint.toml").write_text(POLICY + POLICY)
    ran = smslint("check", "nyc.reg")
    assert ran.status == 2
    assert "ORG001" in ran.err
    assert "taken" in ran.err
