"""Progress: on a terminal, when it takes a while, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import read_terminal

if sys.platform == "win32":
    pytest.skip("no terminal to open there", allow_module_level=True)

SLOW = """
import time
from smslint import sources
from smslint.cli import app
read = sources.read
def slowly(data, name, **more):
    time.sleep(SECONDS if "/0" in name else 0)
    return read(data, name, **more)
sources.read = slowly
app()
"""


def run(folder: Path, *words: str, seconds: float = 1.05, terminal: bool = True) -> str:
    """What a run that takes so long for the first file writes to standard error, a terminal or a pipe."""
    command = [sys.executable, "-c", SLOW.replace("SECONDS", str(seconds)), "check", str(folder), *words]
    if not terminal:
        return subprocess.run(command, capture_output=True, text=True).stderr
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL):
        os.close(theirs)
        return read_terminal(ours)


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TERM", "xterm")
    for number in range(2):
        (tmp_path / f"{number}\x1b[31m.reg").write_text("REGEDIT4\n")
    return tmp_path


def test_a_long_run_tells_what_it_is_doing_and_takes_it_back(exports: Path) -> None:
    output = run(exports)
    assert output.startswith("\rreading ")
    assert output.endswith("\r\x1b[K")
    assert "\x1b[31m" not in output, "a hostile name moves no cursor"


def test_a_short_run_says_nothing(exports: Path) -> None:
    assert run(exports, seconds=0) == ""


def test_quiet_is_quiet(exports: Path) -> None:
    assert run(exports, "--quiet") == ""


def test_a_pipe_gets_nothing(exports: Path) -> None:
    assert run(exports, terminal=False) == ""
