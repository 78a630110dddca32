"""Home on Windows, simulated: docs/decisions.md says why."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from smslint.files import paths, walk, write
from smslint.testing import registry_export
from tests.running import FIXTURES, smslint
from tests.windows import Pipe, run, simulate

LAN = r"Components\SMS_LAN_SENDER"
ZERO = registry_export({LAN: {"Maximum Concurrent Sendings": 0}}).replace("\n", "\r\n").encode()
FIXED = ZERO.replace(b"dword:00000000", b"dword:00000005")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    simulate(monkeypatch)
    Path("sub").mkdir()
    Path("sub/nyc.reg").write_bytes(ZERO)
    return tmp_path


def temporaries() -> list[Path]:
    return list(Path().rglob(".smslint-*"))


def test_it_fixes_and_keeps_the_mode() -> None:
    Path("sub/nyc.reg").chmod(0o640)
    ran = smslint("check", "sub", "--fix")
    assert (ran.status, Path("sub/nyc.reg").read_bytes()) == (0, FIXED), ran.err
    assert Path("sub/nyc.reg").stat().st_mode & 0o777 == 0o640
    assert temporaries() == []


def test_it_writes_reports_baselines_patches_and_maps() -> None:
    Path("lon").mkdir()
    Path("lon/nyc.reg").write_bytes(ZERO)
    assert smslint("check", "sub", "--output", "json:new/report.json").status == 1
    assert smslint("check", "sub", "--write-baseline", "known.json").status == 0
    assert smslint("check", "sub", "--baseline", "known.json").status == 0
    assert smslint("patch", "sub/nyc.reg", "lon/nyc.reg", "--output-dir", "out").status == 0
    made = sorted(path.relative_to("out").as_posix() for path in Path("out").rglob("*.reg"))
    assert made == ["lon/nyc.fix.reg", "lon/nyc.undo.reg", "sub/nyc.fix.reg", "sub/nyc.undo.reg"]
    for name in ("map.svg", "map.html"):
        assert smslint("map", FIXTURES / "hierarchy-broken", "--output", name).status == 0
    assert temporaries() == []


def held(monkeypatch: pytest.MonkeyPatch, times: int, winerror: int = 32) -> list[float]:
    """Let another program hold files open for so many attempts; the seconds waited in between."""
    waited: list[float] = []
    monkeypatch.setattr(write, "sleep", waited.append)
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if len(waited) < times:
            error = PermissionError(errno.EACCES, "Permission denied")
            error.winerror = winerror  # type: ignore[attr-defined,unused-ignore]
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    return waited


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_who_lets_go_within_seconds_is_waited_for(winerror: int, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = held(monkeypatch, 3, winerror)
    assert smslint("check", "sub", "--fix").status == 0
    assert Path("sub/nyc.reg").read_bytes() == FIXED
    assert len(waited) == 3


def test_who_does_not_let_go_is_an_error_and_the_old_file_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    waited = held(monkeypatch, 100)
    ran = smslint("check", "sub", "--fix")
    assert ran.status == 2
    assert "sub/nyc.reg: not fixed: another program holds the file open" in ran.err
    assert Path("sub/nyc.reg").read_bytes() == ZERO
    assert 2 <= sum(waited) <= 10
    assert temporaries() == []


def test_any_other_refusal_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    waited = held(monkeypatch, 100, winerror=1314)
    assert smslint("check", "sub", "--fix").status == 2
    assert waited == []


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (r"C:\Work\sub\nyc.reg", "sub/nyc.reg"),
        (r"c:\work\sub\nyc.reg", "sub/nyc.reg"),
        ("C:/Work/./sub/../sub/nyc.reg", "sub/nyc.reg"),
        (r"C:\Other\nyc.reg", "C:/Other/nyc.reg"),
        (r"d:\exports\nyc.reg", "D:/exports/nyc.reg"),
        (r"D:\exports\nyc.reg", "D:/exports/nyc.reg"),
        (r"\\server\share\nyc.reg", "//server/share/nyc.reg"),
        ("C:\\Work\\..sub\\nyc.reg", "..sub/nyc.reg"),
    ],
)
def test_a_path_has_one_name_however_it_was_typed(path: str, named: str) -> None:
    assert paths.relative(path, r"C:\Work") == named


def test_paths_come_out_with_slashes_and_one_fingerprint(folder: Path) -> None:
    found = [
        smslint("check", path, "--format", "json").json["findings"][0]
        for path in ("sub/nyc.reg", "./sub/nyc.reg", "sub/../sub/nyc.reg", folder / "sub" / "nyc.reg", "sub")
    ]
    assert {each["path"] for each in found} == {"sub/nyc.reg"}
    assert len({each["fingerprint"] for each in found}) == 1


def inputs(*words: str) -> list[str]:
    ran = smslint("check", "--show-files", *words)
    return ran.out.split()


def test_patterns_ignore_letter_case(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("OLD").mkdir()
    for name in ("OLD/a.reg", "b.BAK.reg", "lab.reg"):
        Path(name).write_bytes(ZERO)
    Path(".gitignore").write_text("old/\n*.bak.REG\n")
    Path("smslint.toml").write_text('exclude = ["LAB.reg"]\n[per-file-ignores]\n"SUB/*" = ["SMS101"]\n')
    assert inputs(".") == ["sub/nyc.reg"]
    assert smslint("check", ".").status == 0
    monkeypatch.setattr(sys, "platform", "linux")
    assert inputs(".") == ["b.BAK.reg", "lab.reg", "OLD/a.reg", "sub/nyc.reg"]
    assert smslint("check", "sub").status == 1


def test_junctions_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def entry(real: os.DirEntry[str]) -> SimpleNamespace:
        tag = walk._JUNCTION if real.name == "sub" else 0
        return SimpleNamespace(
            name=real.name,
            is_dir=real.is_dir,
            is_file=real.is_file,
            is_symlink=real.is_symlink,
            stat=lambda *, follow_symlinks: SimpleNamespace(st_reparse_tag=tag),
        )

    @contextmanager
    def listing(folder: str) -> Iterator[list[SimpleNamespace]]:
        with scandir(folder) as found:
            yield list(map(entry, found))

    Path("real").mkdir()
    Path("real/lon.reg").write_bytes(ZERO)
    assert inputs(".") == ["real/lon.reg", "sub/nyc.reg"]
    monkeypatch.setattr(os, "scandir", listing)
    assert inputs(".") == ["real/lon.reg"]
    assert inputs("sub") == ["sub/nyc.reg"], "one that is named is read"


@pytest.mark.parametrize("name", ["NUL", "con", "sub/Aux.reg", "COM1.txt", "lpt9", "CONIN$", "nul "])
def test_devices_are_no_files(name: str) -> None:
    Path(name).write_bytes(ZERO)
    ran = smslint("check", name)
    assert (ran.status, "is neither a file nor a folder" in ran.err) == (2, True)
    for words in (("--output", f"json:{name}"), ("--write-baseline", name)):
        ran = smslint("check", "sub/nyc.reg", *words)
        assert (ran.status, "is not a regular file" in ran.err) == (2, True)
    assert Path(name).read_bytes() == ZERO


@pytest.mark.parametrize("name", ["null.reg", "console.reg", "com.reg", "auxiliary.reg", "com10.reg"])
def test_names_that_only_look_like_devices_are_files(name: str) -> None:
    Path(name).write_bytes(ZERO)
    assert smslint("check", name).status == 1


PAGES = ["cp437", "cp850", "cp1252"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "words",
    [
        ("check", FIXTURES, "--select", "ALL"),
        ("check", "sub", "--format", "markdown", "--statistics", "--verbose"),
        ("show", FIXTURES),
        ("explain", "SMS"),
        ("check", "--help"),
        ("check", "--selct", "ü表"),
        ("check", "ü表.reg"),
    ],
    ids=str,
)
def test_consoles_of_every_code_page_print_all(
    page: str, words: tuple[str | Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(monkeypatch, words, code_page=page)
    assert ran.status in (0, 1, 2)
    assert ran.out.decode(page) or ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("page", PAGES)
def test_what_a_code_page_lacks_is_spelled_out(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("ü表.reg").write_bytes(ZERO)
    ran = run(monkeypatch, ["check", "ü表.reg", "--format", "concise"], code_page=page)
    assert ran.out.decode(page).startswith("ü\\u8868.reg:")


@pytest.mark.parametrize("page", [*PAGES, "utf-8"])
def test_a_dash_reads_and_writes_bytes_unchanged(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytes(range(1, 256)).replace(b"\n", b"").replace(b"\r", b"")
    text = ZERO + b"; " + data + b"\r\n;\n;\r;\r\n"
    ran = run(monkeypatch, ["check", "--fix", "-"], code_page=page, stdin=text)
    assert ran.out == text.replace(b"dword:00000000", b"dword:00000005")


@pytest.mark.parametrize("takes", [0, 100])
def test_a_closed_pipe_is_an_invalid_argument_there(takes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, status in ((["check", "sub"], 1), (["explain", "SMS"], 0), (["--help"], 0)):
        out = Pipe(broken=OSError(errno.EINVAL, "Invalid argument"), takes=takes)
        ran = run(monkeypatch, words, out=out)
        assert (ran.status, ran.err) == (status, "")


def coloured(monkeypatch: pytest.MonkeyPatch, choice: str, *, terminal: bool = True) -> bool:
    out = Pipe(terminal=terminal)
    run(monkeypatch, ["check", "sub", "--color", choice], out=out)
    return b"\x1b[" in out.taken


def test_a_console_is_told_to_take_escape_codes_or_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    described: list[bool] = []
    colorama = ModuleType("colorama")
    colorama.just_fix_windows_console = lambda: described.append(True)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "colorama", colorama)
    assert coloured(monkeypatch, "auto")
    assert described
    assert not coloured(monkeypatch, "never")
    monkeypatch.setitem(sys.modules, "colorama", None)
    assert not coloured(monkeypatch, "auto")
    assert not coloured(monkeypatch, "always")
    assert coloured(monkeypatch, "always", terminal=False), "a file takes what was asked for"


def test_baselines_and_ignores_go_by_paths_with_slashes_in_any_letter_case() -> None:
    assert smslint("check", "sub", "--write-baseline", "known.json").status == 0
    (known,) = json.loads(Path("known.json").read_text())["findings"]
    assert known["path"] == "sub/nyc.reg"
    assert smslint("check", Path("sub/nyc.reg").absolute(), "--baseline", "known.json").status == 0
    Path("smslint.toml").write_text('[[ignores]]\nrule = "SMS101"\npath = "SUB/NYC.reg"\nreason = "x"\n')
    assert smslint("check", "sub").status == 0


def test_a_native_path_is_taken_and_shown_with_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(r"sub\lon.reg").write_bytes(ZERO)
    ran = smslint("check", r"sub\lon.reg", "--format", "json")
    assert [each["path"] for each in ran.json["findings"]] == ["sub/lon.reg"]
    assert smslint("check", r"sub\lon.reg", "--output", r"json:new\report.json").status == 1
