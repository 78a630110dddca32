"""Files of more than 32 MiB: a registry export is linted in pieces, but not edited; others are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from smslint.sources.limits import INPUT_BYTES
from tests.running import smslint

SENDER = r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]"
FILLING = (
    r"[HKEY_LOCAL_MACHINE\SOFTWARE\Classes\CLSID\{00000000-0000-0000-0000-000000000000}]",
    '"Path"="C:\\\\Program Files\\\\ウ\\\\a.dll"',
    '"Data"=hex:' + "00," * 24 + "\\",
    "  " + "01," * 24 + "ff",
    "",
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of more than the limit, with a sender in the middle whose limit is 0."""
    path = tmp_path_factory.mktemp("large") / "software.reg"
    block = ("\r\n".join(FILLING) + "\r\n").encode("utf-16-le")
    half = block * (INPUT_BYTES // 2 // len(block) + 1)
    sender = f'{SENDER}\r\n"Maximum Concurrent Sendings"=dword:00000000\r\n\r\n'.encode("utf-16-le")
    header = "\ufeffWindows Registry Editor Version 5.00\r\n\r\n".encode("utf-16-le")
    path.write_bytes(header + half + sender + half)
    return path


def test_the_sender_in_a_large_export_is_found_at_its_place(large: Path) -> None:
    done = smslint("check", str(large), "--format", "json", "--isolated")
    report = done.json
    (found,) = [each for each in report["findings"] if each["rule"] == "SMS101"]
    data = large.read_bytes()
    (edit,) = found["fix"]["edits"]
    assert data[edit["start"] : edit["end"]].decode("utf-16-le") == "dword:00000000"
    assert found["line"] == data[: edit["start"]].count("\n".encode("utf-16-le")) + 1
    assert found["column"] == len('"Maximum Concurrent Sendings"=') + 1
    assert done.status == 1


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_large_export_is_not_edited(large: Path, option: str) -> None:
    before = large.stat()
    done = smslint("check", str(large), option, "--isolated")
    assert (done.status, "32 MiB" in done.err) == (2, True)
    assert (large.stat().st_size, large.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_the_operations_of_a_large_export_are_not_shown(large: Path) -> None:
    done = smslint("show", "--raw", str(large), "--isolated")
    assert done.status == 2
    assert "32 MiB" in done.err


def test_no_other_file_of_that_size_is_read(tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"
    dump.write_bytes(b'[{"ComponentName": "SMS_LAN_SENDER"},' + b" " * INPUT_BYTES + b"{}]")
    done = smslint("check", str(dump), "--isolated")
    assert "SMS901" in done.out
    assert "32 MiB" in done.out
