"""Findings far to the right of a line: every format renders them, and what it shows is the right text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from smslint.reports import FORMATS
from tests.checks.dumps import outbox, sender
from tests.running import smslint

COLUMNS = (1, 1_999, 2_000, 2_001, 100_000)
PASSWORD = "Hunter2Hunter2"


def registry(column: int) -> tuple[str, bytes]:
    """An export whose limit of 0 begins at a column, or, at column 1, with a line that regedit drops."""
    head = "REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Components\\SMS_LAN_SENDER]\n"
    name = '"Maximum Concurrent Sendings"'
    line = f"{name}={' ' * (column - len(name) - 2)}dword:00000000" if column > 1 else '"Open'
    return "nyc.reg", f"{head}{line}\n".encode()


def dump(column: int) -> tuple[str, bytes]:
    """A dump in one line whose sender has a limit of 0 at a column, with a password just before it."""
    password = json.dumps({"PropertyName": "Password", "Value2": PASSWORD}) + ","
    limit = '{"PropertyName":"Concurrent Sending Limit","Value":0,"Value1":"0","Value2":"3"}'
    head = (
        '{"value":[{"__CLASS":"SMS_SCI_Component","ComponentName":"SMS_LAN_SENDER","SiteCode":"NYC","Props":['
    )
    padding = " " * (column - 1 - len(head + password) - limit.index('"0"'))
    line = f"{head}{padding}{password}{limit},"
    return "nyc.json", (line + '{"PropertyName":"Retry Delay","Value":1}' + " " * 3_000 + "]}]}\n").encode()


def control_file(column: int) -> tuple[str, bytes]:
    """A site control file in one line, whose sender names an outbox that there is not, from a column on."""
    text = "SITE CONTROL FILE [692][1.08]" + " " * column + sender(outbox="GONE").replace("\n", " ")
    return "sitectrl.ct0", f"{text} {outbox()}\n".encode()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("column", COLUMNS)
def test_every_format_shows_a_finding_at_any_column(name: str, column: int, tmp_path: Path) -> None:
    made = [registry(column), control_file(column), *([dump(column)] if column > 1 else ())]
    for file, data in made:
        (tmp_path / file).write_bytes(data)
        ran = smslint("check", tmp_path / file, "--format", name, "--exit-zero")
        assert ran.status == 0
        assert PASSWORD not in ran.out
        assert "SMS" in ran.out
        assert " " * 2_100 not in ran.out


@pytest.mark.parametrize("column", COLUMNS[1:])
@pytest.mark.parametrize(("make", "marked"), [(registry, "dword:00000000"), (dump, '"0"')])
def test_the_caret_stands_under_the_text_that_is_meant(
    make: Callable[[int], tuple[str, bytes]], marked: str, column: int, tmp_path: Path
) -> None:
    file, data = make(column)
    (tmp_path / file).write_bytes(data)
    out = smslint("check", tmp_path / file, "--select", "SMS101").out
    line = next(at for at, text in enumerate(data.decode().split("\n"), 1) if marked in text)
    assert re.search(rf"{file}:{line}:{column}\b", out)
    rows = out.splitlines()
    below = next(at for at, row in enumerate(rows) if re.fullmatch(r" +\| +\^+.*", row))
    assert rows[below - 1][rows[below].index("^") :].startswith(marked)
    page = smslint("check", tmp_path / file, "--select", "SMS101", "--format", "html").out
    assert f"<mark>{marked.replace(chr(34), '&quot;')}</mark>" in page
