"""A patch cures a real registry and its undo restores it, types and bytes, in Wine and in a hive."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from smslint.testing import report

from .conftest import require
from .hive import empty_hive, export, merge
from .patched import Patched, patched
from .registry import Flat, Key, subtree
from .test_hivex import registry_text
from .wine import Wine, windows_path

KEY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
STATES = ("before", "cured", "undone")


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Patched]:
    return patched(tmp_path_factory.mktemp("patched"))


@pytest.fixture(scope="module")
def wine(cases: list[Patched]) -> Iterator[Key]:
    """Import each export, its patch and its undo; keep what the registry holds after each."""
    require("wine", "wineserver")
    prefix = Path(tempfile.mkdtemp(prefix="smslint-wine-"))
    try:
        wine = Wine(prefix)
        commands: list[tuple[str, ...]] = []
        for number, case in enumerate(cases):
            for state, file in zip(STATES, (case.export, case.fix, case.undo), strict=True):
                commands.append(("import", windows_path(file)))
                commands.append(
                    ("copy", KEY, rf"HKEY_LOCAL_MACHINE\Software\aside\{number}\{state}", "/s", "/f")
                )
            commands.append(("delete", KEY, "/f"))
        wine.reg(*commands)
        wine.stop()
        yield wine.local_machine()
    finally:
        shutil.rmtree(prefix)


def in_wine(wine: Key, number: int, state: str) -> Flat:
    return subtree(wine, rf"Software\aside\{number}\{state}")


def in_hive(case: Patched, folder: Path) -> dict[str, Flat]:
    """What a hive holds after each of the three files."""
    require("hivexregedit")
    files = [registry_text(path.read_bytes()) for path in (case.export, case.fix, case.undo)]
    held = {}
    for number, state in enumerate(STATES):
        work = folder / state
        work.mkdir()
        (work / "hive").write_bytes(empty_hive())
        for step, text in enumerate(files[: number + 1]):
            (work / str(step)).mkdir()
            merge(work / "hive", [text], work / str(step))
        held[state] = subtree(export(work / "hive"), KEY)
    return held


def changed(before: Flat, after: Flat) -> set[tuple[str, str]]:
    """The values that differ: (path, name)."""
    flat = [
        {(path, name): value for path, values in tree.items() for name, value in values.items()}
        for tree in (before, after)
    ]
    return {work for work in flat[0].keys() | flat[1].keys() if flat[0].get(work) != flat[1].get(work)}


def expected(case: Patched) -> set[tuple[str, str]]:
    """The values that the findings say must change."""
    fixes = [
        each for each in report(case.export.read_bytes()).findings if each.fix and each.fix.safety != "manual"
    ]
    values = [change.setting.raw.registry for each in fixes for change in each.changes if change.setting.raw]
    return {(value.key[len(KEY) + 1 :], value.name) for value in values if value}


def test_both_dialects_are_tried(cases: list[Patched]) -> None:
    assert {case.dialect for case in cases} == {"REGEDIT4", "5.00"}


def test_wine_shows_the_fix_and_nothing_else(wine: Key, cases: list[Patched]) -> None:
    for number, case in enumerate(cases):
        before, fixed = (in_wine(wine, number, state) for state in ("before", "cured"))
        assert changed(before, fixed) == expected(case) != set(), case.name


def test_wine_is_exactly_as_before_after_the_undo(wine: Key, cases: list[Patched]) -> None:
    for number, case in enumerate(cases):
        assert in_wine(wine, number, "undone") == in_wine(wine, number, "before") != {}, case.name


def test_a_hive_shows_the_fix_and_then_is_as_before(cases: list[Patched], tmp_path: Path) -> None:
    for number, case in enumerate(cases):
        (tmp_path / str(number)).mkdir()
        held = in_hive(case, tmp_path / str(number))
        assert changed(held["before"], held["cured"]) == expected(case) != set(), case.name
        assert held["undone"] == held["before"], case.name


def test_the_fixed_findings_are_gone(cases: list[Patched], tmp_path: Path) -> None:
    for case in cases:
        text = (
            registry_text(case.export.read_bytes()) + registry_text(case.fix.read_bytes()).partition("\n")[2]
        )
        left = report(text.encode(), ignore="SMS908").findings
        assert [each.rule for each in left if each.fix and each.fix.edits] == [], case.name
