"""What smslint wrote is no input of a walk, and `--fix` does not edit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from smslint.testing import registry_export
from tests.running import FIXTURES, smslint

LAN = r"Components\SMS_LAN_SENDER"
BROKEN = registry_export({LAN: {"Maximum Concurrent Sendings": 0}}, version="786")


@pytest.fixture(
    params=[
        BROKEN.encode(),
        BROKEN.replace("REGEDIT4", "Windows Registry Editor Version 5.00").encode("utf-16"),
    ]
)
def patched(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, bytes]:
    """A folder with an export and its patch; the content of each file."""
    monkeypatch.chdir(tmp_path)
    Path("nyc.reg").write_bytes(request.param)
    assert smslint("patch", "nyc.reg", "--output-dir", ".").status == 0
    return {path.name: path.read_bytes() for path in Path().iterdir()}


def test_a_walk_passes_over_a_patch_and_its_undo_and_says_so(patched: dict[str, bytes]) -> None:
    assert sorted(patched) == ["nyc.fix.reg", "nyc.reg", "nyc.undo.reg"]
    ran = smslint("check", ".")
    assert "2 files passed over; --show-files says why." in ran.out
    assert [each["path"] for each in smslint("check", ".", "--format", "json").json["inputs"]] == ["nyc.reg"]
    assert "nyc.undo.reg" not in smslint("show", ".").out + smslint("show", "--raw", ".").out
    listed = smslint("check", ".", "--show-files")
    assert listed.out == "nyc.reg\n"
    assert "nyc.undo.reg: passed over, smslint wrote it" in listed.err


def test_fixing_a_folder_leaves_the_undo_as_it_is(patched: dict[str, bytes]) -> None:
    assert smslint("check", "--fix", ".").status == 0
    assert Path("nyc.reg").read_bytes() != patched.pop("nyc.reg")
    assert {name: Path(name).read_bytes() for name in patched} == patched


def test_a_named_one_is_read_and_never_fixed(patched: dict[str, bytes]) -> None:
    Path("link.reg").symlink_to("nyc.undo.reg")
    for name in ("nyc.undo.reg", "link.reg"):
        assert "SMS101" in smslint("check", name).out
        ran = smslint("check", "--fix", name, "nyc.reg")
        assert ran.status == 2
        assert f"{name}: not fixed: smslint wrote it" in ran.err
        assert Path("nyc.undo.reg").read_bytes() == patched["nyc.undo.reg"]
    assert Path("nyc.reg").read_bytes() != patched["nyc.reg"]
    piped = smslint("check", "--fix", "-", "--stdin-filename", "x.undo.reg", stdin=patched["nyc.undo.reg"])
    assert (piped.status, piped.out_bytes) == (2, patched["nyc.undo.reg"])


def test_neither_name_nor_comment_alone_makes_a_file_ours(patched: dict[str, bytes]) -> None:
    Path("nyc.fix.reg").write_bytes(patched["nyc.reg"])
    Path("nyc.undo.reg").rename("copy.reg")
    names = [each["path"] for each in smslint("check", ".", "--format", "json").json["inputs"]]
    assert names == ["copy.reg", "nyc.fix.reg", "nyc.reg"]


def test_a_folder_of_nothing_else_holds_no_file_to_lint(patched: dict[str, bytes]) -> None:
    Path("nyc.reg").unlink()
    ran = smslint("check", ".")
    assert ran.status == 2
    assert "no file to lint" in ran.err
    assert smslint("check", ".", "--show-files").status == 2
    assert patched


@pytest.mark.parametrize(
    ("ending", "formats"),
    [
        ("json", ("json", "jsonl", "sarif", "gitlab", "rdjson")),
        ("xml", ("junit", "checkstyle")),
        ("csv", ("csv",)),
    ],
)
def test_no_report_baseline_or_show_output_is_an_input(
    ending: str, formats: tuple[str, ...], tmp_path: Path
) -> None:
    exports = [FIXTURES / "malformed/depth-cut-convertto-json.json", FIXTURES / "broken.reg"]
    for name in formats:
        smslint("check", *exports, "--output", f"{name}:{tmp_path / name}.{ending}")
    smslint("check", *exports, "--write-baseline", tmp_path / "known.json")
    (tmp_path / "show.json").write_text(smslint("show", *exports, "--format", "json").out)
    assert len(list(tmp_path.iterdir())) == len(formats) + 2
    ran = smslint("check", tmp_path, "--show-files")
    assert (ran.status, ran.out) == (2, "")
