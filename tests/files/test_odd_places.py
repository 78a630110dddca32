"""Which files a run reads: what a walk finds, what stops it nowhere, and what it says of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from smslint.testing import registry_export
from tests.running import Ran, smslint

LAN = r"Components\SMS_LAN_SENDER"
ZERO = registry_export({LAN: {"Maximum Concurrent Sendings": 0}}).encode()
FIXED = ZERO.replace(b"00000000", b"00000005")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("nyc.reg").write_bytes(ZERO)
    return tmp_path


def check(*words: str | Path) -> Ran:
    return smslint("check", *words, "--format", "json")


def read(ran: Ran) -> list[str]:
    return [each["path"] for each in ran.json["inputs"]]


@contextmanager
def deep(levels: int, name: str) -> Iterator[None]:
    """A file so many folders down, made and removed from inside, since its path may be too long to name."""
    top = Path.cwd()
    for _ in range(levels):
        Path(name).mkdir()
        os.chdir(name)
    Path("deep.reg").write_bytes(ZERO)
    os.chdir(top)
    try:
        yield
    finally:
        for _ in range(levels):
            os.chdir(name)
        Path("deep.reg").unlink()
        for _ in range(levels):
            os.chdir("..")
            Path(name).rmdir()


def test_a_tree_of_1200_folders_is_walked() -> None:
    Path("smslint.toml").write_text('exclude = ["old/"]\n')
    with deep(1200, "d"):
        ran = check(".")
    assert (ran.status, ran.err) == (1, "")
    assert read(ran) == ["nyc.reg", "d/" * 1200 + "deep.reg"]


def test_a_folder_that_cannot_be_entered_is_a_2_and_the_rest_is_still_read() -> None:
    Path("z").mkdir()
    Path("z/lon.reg").write_bytes(ZERO)
    with deep(20, "d" * 250):
        ran = check(".", "--exit-zero")
    assert ran.status == 2
    assert "file name too long, so nothing below it was looked at" in ran.err
    assert read(ran) == ["nyc.reg", "z/lon.reg"]


def test_a_folder_without_permission_is_a_2(monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(folder: str) -> object:
        if Path(folder).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    Path("locked").mkdir()
    monkeypatch.setattr(os, "scandir", refuse)
    ran = check(".")
    assert (ran.status, read(ran)) == (2, ["nyc.reg"])
    assert "locked: permission denied, so nothing below it was looked at" in ran.err


def test_links_in_a_walk_lead_to_files_and_nowhere_else() -> None:
    Path("loop.reg").symlink_to("loop.reg")
    Path("self").symlink_to(".")
    Path("gone.reg").symlink_to("nowhere")
    Path("other").mkdir()
    Path("other/link.reg").symlink_to("../nyc.reg")
    assert read(check("other")) == ["other/link.reg"]
    ran = check(".")
    assert (ran.status, read(ran)) == (1, ["nyc.reg"])


@pytest.mark.parametrize(
    ("content", "output"),
    [
        (b"n\0y\0c\0", ".gitignore: is no text that git could read"),
        (b"!\nold.reg\n", ".gitignore:1: '!' is no gitignore pattern"),
        (b"old.reg\r\n\\\n", ".gitignore:2: '\\\\' is no gitignore pattern"),
        (b"[z-a].reg\nold.reg\n", ".gitignore:1: '[z-a].reg' is no gitignore pattern"),
        (b"# f\xfcr\nold.reg\n", ""),
        (None, ".gitignore: is no file"),
    ],
)
def test_an_odd_ignore_file_is_named_and_the_rest_still_done(content: bytes | None, output: str) -> None:
    Path("old.reg").write_bytes(ZERO)
    if content is None:
        Path(".gitignore").mkdir()
    else:
        Path(".gitignore").write_bytes(content)
    ran = check(".")
    assert ran.status == 1
    assert output in ran.err
    assert bool(ran.err) == bool(output)
    assert ("old.reg" in read(ran)) == (b"old" not in (content or b""))


def test_what_a_killed_run_left_is_passed_over_with_a_note() -> None:
    Path(".smslint-k3_x9ab2.tmp").write_bytes(ZERO)
    ran = check(".")
    assert (ran.status, read(ran)) == (1, ["nyc.reg"])
    assert ".smslint-k3_x9ab2.tmp: passed over" in ran.err
    assert ".smslint-k3_x9ab2.tmp: passed over" in smslint("check", ".", "--show-files").err


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_names_that_are_no_utf_8_are_read_fixed_and_patched(folder: Path) -> None:
    for name in (b"a\xff.reg", b"a\xfe.reg"):
        (folder / os.fsdecode(name)).write_bytes(ZERO)
    ran = check(".")
    assert (ran.status, sorted(read(ran))) == (1, ["a\ufffd.reg", "a\ufffd.reg (2)", "nyc.reg"])
    assert smslint("patch", ".", "--output-dir", "out").status == 0
    assert len(list(Path("out").iterdir())) == 6
    assert check(".", "--fix").status == 0
    assert {path.read_bytes() for path in folder.glob("*.reg")} == {FIXED}


def test_a_working_folder_that_is_gone_keeps_nothing_else_from_being_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    file = folder / "nyc.reg"
    for words in ([file], [file, "--format", "gitlab"], [file, "lon.reg"], [".", file], [file, "--diff"]):
        ran = smslint("check", *words)
        assert (ran.status, "the working folder is gone" in ran.err) == (2, True)
        assert "SMS101" in ran.out or "dword:00000005" in ran.out
    assert smslint("show", file).status == 2
    assert smslint("check", "--fix", "-", stdin=ZERO).out_bytes == FIXED
    assert smslint("check", "--fix", file).status == 2
    assert file.read_bytes() == FIXED


@pytest.mark.parametrize(
    "name",
    [
        "hex",
        "idna",
        "rot13",
        "base64",
        "punycode",
        "undefined",
        "zlib",
        "utf-7",
        "utf-16",
        "iso2022_jp",
        "é\0",
    ],
)
def test_an_encoding_that_text_is_not_written_in_is_a_2(name: str) -> None:
    for words in (("check", "nyc.reg"), ("show", "nyc.reg"), ("patch", "nyc.reg", "--output-dir", "o")):
        ran = smslint(*words, "--encoding", name)
        assert (ran.status, "is not a text encoding" in ran.err) == (2, True)
    Path("smslint.toml").write_text("encoding = 'hex'\n")
    assert "smslint.toml:1: encoding: 'hex' is not a text encoding" in smslint("check", "nyc.reg").err


@pytest.mark.parametrize(
    "name", ["cp1252", "cp437", "cp932", "gbk", "big5", "cp949", "utf-8", "utf-16-le", "latin-1"]
)
def test_an_encoding_that_text_is_written_in_is_taken(name: str) -> None:
    Path("nyc.reg").write_bytes(ZERO.decode().encode(name))
    assert smslint("check", "nyc.reg", "--encoding", name).status == 1
