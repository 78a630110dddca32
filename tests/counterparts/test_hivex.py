"""smslint reads plain .reg files as hivexregedit does, an implementation that shares nothing with Wine's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from .cases import CASES, Case
from .conftest import FIXTURES, SMS_KEYS, require
from .hive import empty_hive, export, merge
from .registry import Key, readable, subtree

PLAIN_CASES = [case for case in CASES if case.hivex]
# Those under malformed/ are not for it: it stops at the first odd line.
PLAIN_FIXTURES = {name: path for name, path in FIXTURES.items() if not name.startswith("malformed/")}


def registry_text(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(b"\xff\xfe") else "cp1252"
    return data.decode(encoding).replace("\r\n", "\n")


@pytest.fixture(scope="module")
def hive_of_cases(tmp_path_factory: pytest.TempPathFactory) -> Key:
    """Merge every plain case into one hive, each below its own key."""
    require("hivexregedit")
    folder = tmp_path_factory.mktemp("hivex")
    hive = folder / "cases.hive"
    hive.write_bytes(empty_hive())
    merge(hive, [case.source for case in PLAIN_CASES], folder)
    return export(hive)


@pytest.mark.parametrize("case", PLAIN_CASES, ids=lambda case: case.name)
def test_case_is_what_hivexregedit_makes_of_it(case: Case, hive_of_cases: Key) -> None:
    assert readable(subtree(hive_of_cases, case.key)) == readable(case.expected)


@pytest.mark.parametrize("case", PLAIN_CASES, ids=lambda case: case.name)
def test_smslint_reads_case_as_hivexregedit(
    case: Case, hive_of_cases: Key, smslint: Mapping[Path, Key], case_files: Mapping[str, Path]
) -> None:
    ours = subtree(smslint[case_files[case.name]], case.key)

    assert readable(ours) == readable(subtree(hive_of_cases, case.key))


@pytest.mark.parametrize("name", PLAIN_FIXTURES)
def test_smslint_reads_fixture_as_hivexregedit(
    name: str, smslint: Mapping[Path, Key], tmp_path: Path
) -> None:
    require("hivexregedit")
    hive = tmp_path / "fixture.hive"
    hive.write_bytes(empty_hive())
    merge(hive, [registry_text(FIXTURES[name].read_bytes())], tmp_path)
    theirs = export(hive)

    ours = [subtree(smslint[FIXTURES[name]], key) for key in SMS_KEYS]

    assert list(map(readable, ours)) == [readable(subtree(theirs, key)) for key in SMS_KEYS]
    assert any(ours)
