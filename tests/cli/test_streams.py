"""The exit status when a standard stream is closed, full or left, and when somebody presses Ctrl-C."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

import smslint.__main__
from smslint.cli import check
from smslint.files import write
from tests.running import FIXTURES
from tests.windows import Pipe, run

BROKEN, HEALTHY = FIXTURES / "broken.reg", FIXTURES / "sms-1.2/healthy.reg"
SMSLINT = f"{sys.executable} -m smslint"
FULL = OSError(errno.ENOSPC, "No space left on device")


def shell(command: str) -> tuple[int, list[str]]:
    """The status of a command of the shell, and the lines it wrote to standard error."""
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr.splitlines()


@pytest.mark.parametrize(
    ("command", "status", "output"),
    [
        (f"check {HEALTHY} >/dev/full", 2, ["smslint: standard output: no space left on device"]),
        (f"check {HEALTHY} >&-", 2, ["smslint: standard output: is closed"]),
        (f"check {BROKEN} -q 2>&-", 1, []),
        (f"check {BROKEN} | true; exit ${{PIPESTATUS[0]}}", 1, []),
        (f"check {HEALTHY} | true; exit ${{PIPESTATUS[0]}}", 0, []),
    ],
)
def test_real_streams_decide_the_status(command: str, status: int, output: list[str]) -> None:
    assert shell(f"{SMSLINT} {command}") == (status, output)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["explain", "SMS101"], ["check", str(BROKEN)]])
def test_a_full_disk_is_a_2_of_any_command(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, words, out=Pipe(broken=FULL))
    assert (ran.status, ran.err) == (2, "smslint: standard output: no space left on device\n")


def test_what_else_was_to_be_done_still_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "report.json"
    words = ["check", str(BROKEN), "--exit-zero", "--output", f"json:{report}"]
    assert run(monkeypatch, words, out=Pipe(broken=FULL)).status == 2
    assert report.read_text().startswith("{")


def test_a_reader_that_leaves_early_changes_no_status(monkeypatch: pytest.MonkeyPatch) -> None:
    left = OSError(errno.EPIPE, "Broken pipe")
    for words, status in ((f"check {BROKEN}", 1), (f"check {BROKEN} --exit-zero", 0), ("--help", 0)):
        ran = run(monkeypatch, words.split(), out=Pipe(broken=left, takes=50))
        assert (ran.status, ran.err) == (status, "")


def test_a_closed_standard_input_is_a_2_and_the_rest_still_done(monkeypatch: pytest.MonkeyPatch) -> None:
    status, output = shell(f"{SMSLINT} check - {BROKEN} --format concise >&2 <&-")
    assert status == 2
    assert "smslint: -: standard input is closed" in output
    assert any("SMS101" in line for line in output)


@pytest.mark.parametrize(
    ("words", "status"),
    [([], 2), (["chek"], 2), (["check", "--format"], 2), (["check", "--fail-on", "fatal"], 2), (["-h"], 0)],
)
def test_the_status_of_a_word_out_of_place(
    words: list[str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(monkeypatch, words)
    assert ran.status == status
    assert bool(ran.err) == (status == 2)


def test_a_fault_of_our_own_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(check, "load", fail)
    ran = run(monkeypatch, ["check", BROKEN])
    assert (ran.status, "this is a fault of smslint" in ran.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to send there")
def test_ctrl_c_is_130_without_a_traceback() -> None:
    command = [
        sys.executable,
        "-c",
        "import smslint.__main__ as m; print('on', flush=True); m.main()",
        "check",
    ]
    with subprocess.Popen(
        [*command, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline() == b"on\n"
        sleep(0.2)
        running.send_signal(signal.SIGINT)
        assert (running.stdout.read(), running.stderr.read()) == (b"", b"")
        assert running.wait(60) == 130


@pytest.mark.parametrize("point", ["load", "run", "renderer"])
def test_an_interruption_anywhere_is_130(point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"smslint.cli.check.{point}", interrupt)
    ran = run(monkeypatch, ["check", BROKEN])
    assert (ran.status, ran.out, ran.err) == (130, b"", "")


def test_an_interruption_before_the_command_line_is_there_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(smslint.__main__, "_status", interrupt)
    assert run(monkeypatch, ["check"]).status == 130


@pytest.mark.parametrize("error", [KeyboardInterrupt(), FULL])
@pytest.mark.parametrize(
    "point", ["os.fsync", "os.fdopen", "shutil.copymode", "Path.replace", "tempfile.mkstemp"]
)
def test_there_is_no_half_file(
    point: str, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    file = tmp_path / "nyc.reg"
    file.write_bytes(BROKEN.read_bytes())
    owner, _, name = point.partition(".")
    with monkeypatch.context() as broken:
        broken.setattr(getattr(write, owner), name, fail)
        ran = run(monkeypatch, ["check", "--fix", file])
    assert ran.status == (130 if isinstance(error, KeyboardInterrupt) else 2)
    assert file.read_bytes() == BROKEN.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["nyc.reg"]
