"""What no command may do: put what it writes in the place of an input, or of an export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smslint.reports import FORMATS
from tests.running import FIXTURES, smslint

EXPORTS = [
    *(FIXTURES / "configmgr-current").iterdir(),
    FIXTURES / "sms-1.2/sitectrl.ct0",
    FIXTURES / "sms-1.2/healthy.reg",
    FIXTURES / "sms-1.2/healthy-regedit4.reg",
]
BROKEN = FIXTURES / "broken.reg"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("nyc.reg").write_bytes(BROKEN.read_bytes())
    Path("sub").mkdir()
    return tmp_path


def spellings(name: str) -> Iterator[str]:
    """Other paths to a file."""
    Path("link.svg").symlink_to(name)
    Path("hard.svg").hardlink_to(name)
    yield from (name, f"sub/../{name}", f"./{name}", str(Path(name).absolute()), "link.svg", "hard.svg")


def refused(before: bytes, file: str, *words: str | Path) -> None:
    ran = smslint(*words)
    described = [line for line in ran.err.splitlines() if "not written: " in line]
    assert (ran.status, len(described)) == (2, 1), ran.err
    assert Path(file).read_bytes() == before


def test_no_report_and_no_baseline_replaces_an_input() -> None:
    before = Path("nyc.reg").read_bytes()
    for path in spellings("nyc.reg"):
        refused(before, "nyc.reg", "check", "nyc.reg", "--write-baseline", path)
        refused(before, "nyc.reg", "check", "nyc.reg", "--output", f"html:{path}")
        refused(before, "nyc.reg", "check", ".", "--output", f"html:{path}")
        if path.endswith(".svg"):
            refused(before, "nyc.reg", "map", "nyc.reg", "--output", path)


@pytest.mark.parametrize("content", [b"", b"no export", b"REGEDIT4\n"])
def test_an_input_without_a_site_is_an_input_too(content: bytes) -> None:
    Path("h.reg").write_bytes(content)
    refused(content, "h.reg", "check", "h.reg", "--output", "html:h.reg")
    refused(content, "h.reg", "check", "h.reg", "--write-baseline", "h.reg")


def test_the_configuration_and_the_baseline_are_inputs() -> None:
    assert smslint("check", "nyc.reg", "--write-baseline", "known.json").status == 0
    Path("smslint.toml").write_text('baseline = "known.json"\n')
    for name in ("smslint.toml", "known.json"):
        refused(Path(name).read_bytes(), name, "check", "nyc.reg", "--output", f"json:{name}")
    refused(
        Path("smslint.toml").read_bytes(),
        "smslint.toml",
        "check",
        "nyc.reg",
        "--write-baseline",
        "smslint.toml",
    )
    assert smslint("check", "nyc.reg", "--prune-baseline").status == 0
    refused(
        Path("known.json").read_bytes(),
        "known.json",
        "check",
        "known.json",
        "nyc.reg",
        "--write-baseline",
        "known.json",
    )


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_no_export_is_replaced_though_it_is_no_input(export: Path) -> None:
    Path("other.svg").write_bytes(export.read_bytes())
    for words in (("check", "--write-baseline", "other.svg"), ("check", "--output", "csv:other.svg")):
        refused(export.read_bytes(), "other.svg", words[0], "nyc.reg", *words[1:])
    refused(
        export.read_bytes(), "other.svg", "map", FIXTURES / "sms-1.2/healthy.reg", "--output", "other.svg"
    )


def test_patch_replaces_no_input_and_no_export_by_force() -> None:
    for name in ("x.reg", "x.fix.reg"):
        Path(name).write_bytes(BROKEN.read_bytes())
    for inputs in (("x.reg", "x.fix.reg"), ("x.reg",)):
        refused(BROKEN.read_bytes(), "x.fix.reg", "patch", *inputs, "--output-dir", ".", "--force")
    assert not Path("x.undo.reg").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_and_a_baseline_of_an_earlier_run_are_replaced(name: str) -> None:
    inputs = [FIXTURES / "malformed", FIXTURES / "configmgr-current", FIXTURES / "hierarchy-broken"]
    for paths in (*([path] for path in inputs), list((FIXTURES / "malformed").glob("*.[jct]*"))):
        for _ in range(2):
            ran = smslint("check", *paths, "--select", "ALL", "--output", f"{name}:report.csv", "--quiet")
            assert "not written" not in ran.err
        for _ in range(2):
            assert "not written" not in smslint("check", *paths, "--write-baseline", "known.json").err


def test_a_map_of_an_earlier_run_is_replaced() -> None:
    for name in ("map.svg", "map.html"):
        for _ in range(2):
            assert smslint("map", FIXTURES / "hierarchy-broken", "--output", name).status == 0
