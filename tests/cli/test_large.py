"""Files of more than 32 MiB: a registry export is linted in pieces, but not edited; others are refused.

Standard input, which may have no end, is refused as well.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from smslint.sources.limits import INPUT_BYTES
from tests.running import smslint
from tests.windows import run

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


def test_the_sender_in_a_large_export_is_found_with_its_span(large: Path) -> None:
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


class Endless(io.RawIOBase):
    """A stream that goes on and on, and fails the test of who reads on and on."""

    def __init__(self, head: bytes) -> None:
        self._next, self._read = head, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        assert self._read < 2 * INPUT_BYTES
        written = self._next[: len(view)].ljust(len(view), b"\n")
        view[:] = written
        self._next = b""
        self._read += len(view)
        return len(view)


@pytest.mark.parametrize(
    ("head", "output"),
    [
        (b"y", "the file is larger than the 32 MiB smslint reads"),
        (b"REGEDIT4\r\n\r\n", "from it: name a file, which may be larger, or export the SMS key alone"),
    ],
)
def test_an_input_without_an_end_ends_with_a_word(
    head: bytes, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, status in ((["check"], 1), (["check", "--fix"], 2), (["show"], 0), (["show", "--raw"], 2)):
        ran = run(monkeypatch, [*words, "-"], stdin=io.BufferedReader(Endless(head)))
        assert ran.status == status, ran.err
        assert "Traceback" not in ran.err
        described = " ".join((ran.out.decode() + ran.err).split())
        assert (output if status < 2 else "larger than the 32 MiB") in described
