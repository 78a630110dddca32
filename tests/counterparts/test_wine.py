"""smslint reads .reg files as Wine's `reg import` does, which its makers test on Windows, too."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from .cases import CASES, ROOT, Case
from .conftest import FIXTURES, SMS_KEYS, require
from .registry import Flat, Key, readable, subtree
from .wine import Wine, windows_path

ASIDE = rf"{ROOT}-fixtures"  # where each fixture's keys are kept, for all fixtures write to the same ones


def without_root(path: str) -> str:
    """Wine keeps HKEY_LOCAL_MACHINE in a file of its own."""
    return path.partition("\\")[2]


@pytest.fixture(scope="module")
def wine(case_files: Mapping[str, Path]) -> Iterator[Key]:
    """Import every file into one fresh Wine registry and give what it then holds."""
    require("wine", "wineserver")
    prefix = Path(tempfile.mkdtemp(prefix="smslint-wine-"))  # not tmp_path: pytest keeps three of those
    try:
        wine = Wine(prefix)
        commands: list[tuple[str, ...]] = [("import", windows_path(path)) for path in case_files.values()]
        for number, path in enumerate(FIXTURES.values()):
            commands.append(("import", windows_path(path)))
            for which, key in enumerate(SMS_KEYS):
                commands.append(("copy", key, rf"{ASIDE}\{number}\{which}", "/s", "/f"))
                commands.append(("delete", key, "/f"))
        wine.reg(*commands)
        wine.stop()
        yield wine.local_machine()
    finally:
        shutil.rmtree(prefix)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_is_what_wine_makes_of_it(case: Case, wine: Key) -> None:
    assert readable(subtree(wine, without_root(case.key))) == readable(case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_smslint_reads_case_as_wine(
    case: Case, wine: Key, smslint: Mapping[Path, Key], case_files: Mapping[str, Path]
) -> None:
    ours = subtree(smslint[case_files[case.name]], case.key)

    assert readable(ours) == readable(subtree(wine, without_root(case.key)))


@pytest.mark.parametrize("name", FIXTURES)
def test_smslint_reads_fixture_as_wine(name: str, wine: Key, smslint: Mapping[Path, Key]) -> None:
    number = list(FIXTURES).index(name)
    ours: list[Flat] = [subtree(smslint[FIXTURES[name]], key) for key in SMS_KEYS]

    theirs = [subtree(wine, without_root(rf"{ASIDE}\{number}\{which}")) for which in range(len(SMS_KEYS))]

    assert list(map(readable, ours)) == list(map(readable, theirs))
    assert any(theirs) != name.startswith("malformed/bad-header")
