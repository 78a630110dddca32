"""Every format as it is written, byte by byte. UPDATE_GOLDEN=1 writes the files anew: read the difference."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from smslint.reports import FORMATS, renderer
from smslint.reports.style import Style
from tests.reports.cases import REPORTS

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("case", REPORTS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_written_as_its_golden_file(
    name: str, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    text = "".join(f"{line}\n" for line in renderer(name)(REPORTS[case], Style()))
    file = GOLDEN / f"{case}.{name}"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_bytes(text.encode())
    assert text.encode().splitlines() == file.read_bytes().splitlines()


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_moves_no_cursor_and_is_valid_everywhere(name: str) -> None:
    for line in renderer(name)(REPORTS["nasty"], Style(colour=False)):
        line.encode("utf-8")
        assert all(char.isprintable() or char == "\n" for char in line)
