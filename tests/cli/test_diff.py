"""``check --diff``: `patch` and `git apply` make of a file what ``--fix`` makes of it, byte for byte."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.running import smslint

KEY = r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]"
ZERO = '"Maximum Concurrent Sendings"=dword:00000000'
PER_SITE = '"Maximum Concurrent Site Sendings"=dword:00000000'
OTHER = '"Other"="x"'
SECRET = '"Service Password"="hunter2"'

needs_programs = pytest.mark.skipif(
    not (shutil.which("patch") and shutil.which("git")), reason="needs patch and git"
)


def export(*lines: str, end: str = "\r\n") -> bytes:
    return end.join(["REGEDIT4", "", KEY, *lines, ""]).encode("cp1252")


def diff(folder: Path, *words: str) -> bytes:
    """The diff as a program gets it, through a pipe."""
    run = subprocess.run(
        [sys.executable, "-m", "smslint", "check", "--diff", *words, "."], cwd=folder, capture_output=True
    )
    assert run.returncode == 1, run.stderr
    return run.stdout


def applied(folder: Path, change: bytes, *program: str) -> dict[str, bytes]:
    """What a program makes of the files of a folder when it applies a change to a copy of them."""
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    run = subprocess.run([*program], cwd=copy, input=change, capture_output=True)
    assert run.returncode == 0, (run.stdout, run.stderr, change)
    return {path.name: path.read_bytes() for path in copy.rglob("*.reg")}


PATCH = ("patch", "-p0", "--binary", "--fuzz=0", "--no-backup-if-mismatch")
GIT = ("git", "apply", "-p0", "--whitespace=nowarn")


def check(folder: Path, *git_words: str) -> bytes:
    """Whether both programs do what ``--fix`` does. Returns the diff."""
    change = diff(folder)
    by_patch, by_git = applied(folder, change, *PATCH), applied(folder, change, *GIT, *git_words)
    smslint("check", "--fix", folder)
    fixed = {path.name: path.read_bytes() for path in folder.rglob("*.reg")}
    assert by_patch == fixed
    assert by_git == fixed
    return change


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "exports"
    made.mkdir()
    return made


NOTES = ("; one", "; two é", "; three", "; four", "; five", "; six", "; seven")


@needs_programs
@pytest.mark.parametrize(
    "data",
    [
        export(*NOTES, ZERO, *NOTES, PER_SITE, *NOTES),
        export(*NOTES, ZERO, *NOTES, PER_SITE, *NOTES, end="\n"),
        export(*NOTES, ZERO, *NOTES, PER_SITE, end="\r"),
        export(*NOTES, ZERO).replace(b"two", b"two\r\r; \n; and\n"),
        export(ZERO)[:-2],
        export(ZERO, end="\n")[:-1],
        export(ZERO).replace(b"00000000\r\n", b"0"),
        export('"Maximum Concurrent Sendings"=hex(4):00,00,\\', "  00,00", PER_SITE),
    ],
    ids=["CRLF", "LF", "CR", "mixed", "open CRLF", "open LF", "open value", "wrapped"],
)
def test_whatever_the_line_ends(data: bytes, folder: Path) -> None:
    (folder / "nyc.reg").write_bytes(data)
    check(folder)


@needs_programs
@pytest.mark.parametrize(
    "name", ["a b.reg", "a\tb.reg", 'a"b.reg', "é\\ü.reg", "lab/über alles/x.reg", "-x.reg"]
)
def test_whatever_the_name(name: str, folder: Path) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(export(ZERO))
    (folder / "other.reg").write_bytes(export(*NOTES, ZERO))
    check(folder)


@needs_programs
@pytest.mark.parametrize(
    ("lines", "git_words"),
    [
        ((SECRET, OTHER, ZERO, OTHER, SECRET), ()),
        ((SECRET, OTHER, OTHER, ZERO), ()),
        ((ZERO, OTHER, SECRET, OTHER, PER_SITE, "; c"), ()),
        ((ZERO, SECRET, PER_SITE, "; c"), ("--unidiff-zero",)),
        ((SECRET, "; may go on with it", ZERO, SECRET), ("--unidiff-zero",)),
        (('"Password"="over', 'lines"', OTHER, ZERO, OTHER, '"Cipher"=hex:de,ad,\\', "  be,ef"), ()),
    ],
)
def test_a_secret_cuts_the_context_and_it_still_applies(
    lines: tuple[str, ...], git_words: tuple[str, ...], folder: Path
) -> None:
    (folder / "nyc.reg").write_bytes(export(*lines))
    change = check(folder, *git_words)
    assert not any(word in change for word in (b"hunter", b"over", b"de,ad", b"be,ef"))
    assert (b"--unidiff-zero" in change) == bool(git_words)


numbers = st.sampled_from(["0", "00000000", "5", "ffffffff"])
pieces = st.lists(
    st.sampled_from([*NOTES[:3], SECRET, "", '"Other"="x"'])
    | numbers.map('"Maximum Concurrent Sendings"=dword:{}'.format)
    | numbers.map('"Maximum Concurrent Site Sendings"=dword:{}'.format),
    max_size=12,
)


@needs_programs
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=pieces,
    ends=st.lists(st.sampled_from(["\r\n", "\n"]), min_size=16, max_size=16),
    whole=st.booleans(),
)
def test_any_text_file(folder: Path, lines: list[str], ends: list[str], whole: bool) -> None:
    text = "".join(line + end for line, end in zip(["REGEDIT4", "", KEY, *lines], ends, strict=False))
    data = (text if whole else text.rstrip("\r\n")).encode("cp1252")
    (folder / "nyc.reg").write_bytes(data)
    change = smslint("check", "--diff", "--unsafe-fixes", folder / "nyc.reg", "--select", "ALL").out_bytes
    smslint("check", "--fix", "--unsafe-fixes", folder / "nyc.reg", "--select", "ALL")
    fixed = (folder / "nyc.reg").read_bytes()
    (folder / "nyc.reg").write_bytes(data)
    change = change.replace(str(folder).encode() + b"/", b"")
    assert b"hunter" not in change
    for program in (PATCH, (*GIT, "--unidiff-zero")):
        got = applied(folder, change, *program)["nyc.reg"] if change else data
        assert got == fixed


def test_utf_16_is_decoded_and_says_so_on_its_header_line(folder: Path) -> None:
    text = export(ZERO).decode().replace("REGEDIT4", "Windows Registry Editor Version 5.00")
    (folder / "nyc.reg").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    lines = smslint("check", "--diff", folder / "nyc.reg").out.splitlines()
    assert lines[0].startswith("--- ")
    assert lines[0].endswith("nyc.reg  (utf-16-le, shown decoded: not for patch or git apply)")
    assert f"-{ZERO}" in lines


def test_a_file_whose_only_line_holds_a_secret_is_shown_without_it(folder: Path) -> None:
    (folder / "nyc.reg").write_bytes(export(SECRET, ZERO, end="\r"))
    out = smslint("check", "--diff", folder / "nyc.reg").out
    assert "shown decoded" in out
    assert '\n "Service Password"=(hidden)\n-"Maximum' in out
    assert "hunter2" not in out
