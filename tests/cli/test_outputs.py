"""``--format``, ``--output`` and ``--statistics``: what is written where, and what if it cannot be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from smslint.reports import FORMATS
from tests.running import FIXTURES, smslint

BROKEN = FIXTURES / "broken.reg"
TEAMCITY = """
def render(report, style):
    for finding in report.findings:
        yield f"teamcity {finding.rule}"

def half(report, style):
    yield "the first line"
    raise ValueError("the second is not to be had")
"""


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that brings formats, one good, one that fails half-way, one that is not there."""
    site = tmp_path / "site"
    (site / "teamcity-1.0.dist-info").mkdir(parents=True)
    (site / "teamcity.py").write_text(TEAMCITY)
    (site / "teamcity-1.0.dist-info" / "METADATA").write_text("Name: teamcity\nVersion: 1.0\n")
    (site / "teamcity-1.0.dist-info" / "entry_points.txt").write_text(
        "[smslint.reports]\nteamcity = teamcity:render\nhalf = teamcity:half\ngone = teamcity:gone\n"
    )
    monkeypatch.syspath_prepend(site)


def test_a_report_goes_to_a_file_beside_standard_output(tmp_path: Path) -> None:
    sarif, table = tmp_path / "a.sarif", tmp_path / "new" / "a:b.csv"
    ran = smslint("check", BROKEN, "--output", f"sarif:{sarif}", "--output", f"csv:{table}")
    assert ran.status == 1
    assert "error SMS101" in ran.out
    assert sarif.read_text() == smslint("check", BROKEN, "--format", "sarif").out
    assert table.read_text() == smslint("check", BROKEN, "--format", "csv").out
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.sarif", "a:b.csv", "new"]


def test_a_file_is_never_coloured_and_standard_output_still_is(tmp_path: Path) -> None:
    ran = smslint("check", BROKEN, "--color", "always", "--output", f"text:{tmp_path / 'a.txt'}")
    assert "\x1b[" in ran.out
    text = (tmp_path / "a.txt").read_text()
    assert "\x1b" not in text
    assert "error SMS101" in text


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    smslint("check", BROKEN, "--output", f"json:{link}")
    assert link.is_symlink()
    assert target.read_text().startswith("{")


@pytest.mark.parametrize("output", ["file/a.sarif", "folder"])
def test_an_unwritable_file_is_a_2_and_the_findings_are_still_reported(tmp_path: Path, output: str) -> None:
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    ran = smslint("check", BROKEN, "--output", f"sarif:{tmp_path / output}")
    assert ran.status == 2
    assert f"{tmp_path / output}: not written" in ran.err
    assert "error SMS101" in ran.out
    assert (tmp_path / "file").read_text() == "kept"


def test_a_device_is_not_replaced() -> None:
    ran = smslint("check", BROKEN, "--output", "sarif:/dev/null")
    assert ran.status == 2
    assert "is not a regular file" in ran.err
    assert Path("/dev/null").is_char_device()


def test_an_export_is_not_overwritten_but_an_earlier_report_is(tmp_path: Path) -> None:
    export, report = tmp_path / "site.reg", tmp_path / "report.json"
    export.write_bytes(Path(BROKEN).read_bytes())
    ran = smslint("check", str(export), "--output", f"csv:{export}")
    assert ran.status == 2
    assert "not written: it is one of the inputs" in ran.err
    assert export.read_bytes() == Path(BROKEN).read_bytes()
    for _ in range(2):
        assert smslint("check", str(tmp_path), "--output", f"json:{report}").status == 1


@pytest.mark.usefixtures("packages")
def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_text("old")
    ran = smslint("check", BROKEN, "--output", f"half:{file}")
    assert ran.status == 2
    assert "not written: the second is not to be had" in ran.err
    assert file.read_text() == "old"
    assert not list(tmp_path.glob(".report*"))


@pytest.mark.parametrize("word", ["sarif", "sarif:", "", ":file"])
def test_an_output_without_format_or_file_is_a_2(word: str) -> None:
    ran = smslint("check", BROKEN, "--output", word)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith("smslint: ")


@pytest.mark.parametrize("option", ["--format", "--output"])
def test_a_mistyped_format_gets_a_suggestion(option: str) -> None:
    ran = smslint("check", BROKEN, option, "serif" if option == "--format" else "serif:file")
    assert ran.status == 2
    assert "no format is called 'serif'; did you mean sarif?" in ran.err


def test_an_unknown_format_gets_the_list() -> None:
    assert f"there are {', '.join(sorted(FORMATS))}" in smslint("check", BROKEN, "--format", "zz").err


@pytest.mark.usefixtures("packages")
def test_a_package_brings_a_format(tmp_path: Path) -> None:
    ran = smslint("check", BROKEN, "--format", "teamcity", "--output", f"teamcity:{tmp_path / 'a'}")
    assert ran.out == (tmp_path / "a").read_text() == "teamcity SMS101\nteamcity SMS104\n"
    assert "did you mean teamcity?" in smslint("check", BROKEN, "--format", "teamcty").err
    broken = smslint("check", BROKEN, "--format", "gone")
    assert broken.status == 2
    assert "the package that brings 'gone' is broken" in broken.err


def test_a_run_loads_only_the_format_it_writes() -> None:
    code = (
        "import sys; from smslint.cli import app; from smslint.reports import renderer; renderer('text');"
        "print([name for name in sys.modules if name.startswith('smslint.reports.') or 'xml.etree' in name])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "smslint.reports.text" in loaded
    assert "sarif" not in loaded
    assert "junit" not in loaded


def test_statistics_follow_the_text_and_go_beside_other_formats() -> None:
    described = smslint("check", BROKEN, "--statistics", "--quiet").out.splitlines()[-3:]
    assert described == [
        "Count  Rule    Level    Name",
        "    1  SMS101  error    sender-capacity-zero",
        "    1  SMS104  warning  sender-retry-delay-exceeds-heartbeat",
    ]
    beside = smslint("check", BROKEN, "--statistics", "--format", "sarif")
    assert beside.out == smslint("check", BROKEN, "--format", "sarif").out
    assert "sender-capacity-zero" in beside.err


def test_no_statistics_of_nothing() -> None:
    healthy = FIXTURES / "sms-1.2" / "healthy.reg"
    assert "Count" not in smslint("check", healthy, "--statistics").out


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_file_names_and_contents_go_through_every_format(name: str, tmp_path: Path) -> None:
    file = str(tmp_path) + "/=a%\n::error::b,c;d]|`e`<script>\x1b[31m\udcff.reg"
    Path(file).write_bytes(BROKEN.read_bytes().replace(b"_LAN_", b"_\x1b]]>\xff_"))
    ran = smslint("check", tmp_path, "--format", name, "--select", "ALL")
    assert ran.status in (0, 1)
    assert "\x1b" not in ran.out
    assert "\n::error::b" not in ran.out
    ran.out_bytes.decode("utf-8")


@pytest.mark.parametrize("words", [("json:-",), ("json:x.json", "sarif:x.json"), ("json",)])
def test_an_output_names_a_file_of_its_own(words: tuple[str, ...], tmp_path: Path) -> None:
    ran = smslint("check", FIXTURES / "broken.reg", *(part for word in words for part in ("--output", word)))
    assert ran.status == 2
    assert "--output" in ran.err


def test_a_report_in_the_folder_is_no_input_of_the_next_run(tmp_path: Path) -> None:
    dump = (FIXTURES / "configmgr-current/adminservice.json").read_bytes()
    (tmp_path / "dump.json").write_bytes(dump.replace(b'"5"', b'"0"'))
    for _ in range(2):
        ran = smslint("check", tmp_path, "--format", "json", "--output", f"json:{tmp_path}/report.json")
        assert [Path(each["path"]).name for each in ran.json["inputs"]] == ["dump.json"]
