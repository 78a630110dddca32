"""For every rule that can edit an export: an input before, and what the fix makes of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smslint.checks import BUILTIN
from tests.running import FIXTURES, smslint

FIXES = FIXTURES / "fixes"
FIXABLE = [rule.code for rule in BUILTIN if rule.fix in ("safe", "unsafe")]


def test_every_fixable_rule_has_its_pair_and_no_other() -> None:
    assert sorted(path.name.partition(".")[0] for path in FIXES.glob("*.before.reg")) == FIXABLE
    assert sorted(path.name.partition(".")[0] for path in FIXES.glob("*.after.reg")) == FIXABLE


@pytest.mark.parametrize("code", FIXABLE)
def test_the_fix_turns_before_into_after(code: str, tmp_path: Path) -> None:
    export = tmp_path / "site.reg"
    shutil.copy(FIXES / f"{code}.before.reg", export)
    beside = list(FIXES.glob(f"{code}.ct0"))
    words = ("--select", code, "--isolated", "--fail-on", "info")
    assert smslint("check", export, *beside, *words).status == 1
    assert smslint("check", export, *beside, *words, "--fix", "--unsafe-fixes").status == 0
    assert export.read_bytes() == (FIXES / f"{code}.after.reg").read_bytes()
    assert export.read_bytes() != (FIXES / f"{code}.before.reg").read_bytes()
