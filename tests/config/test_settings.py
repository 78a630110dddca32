"""The configuration: which file holds, what it may say, and what wins."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import tomli
from jsonschema import Draft202012Validator

from smslint.testing import registry_export
from tests.running import smslint

LAN = r"Components\SMS_LAN_SENDER"
ZERO = registry_export({LAN: {"Maximum Concurrent Sendings": 0}})
SLOW = registry_export({LAN: {"Retry Delay in Minutes": 9}}, version="2.00.1493.3000", regedit4=False)
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with an export that has an error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nyc.reg").write_text(ZERO)
    return tmp_path


def refused(config: str, name: str = "smslint.toml") -> str:
    """What is said on standard error of a configuration that cannot be used."""
    Path(name).write_text(config)
    ran = smslint("check", "nyc.reg")
    assert (ran.status, ran.out) == (2, "")
    return ran.err.strip().removeprefix("smslint: ")


def test_it_is_found_from_the_working_directory_upward(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "smslint.toml").write_text('ignore = ["SMS101"]\n')
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    ran = smslint("check", "../../nyc.reg", "-v")
    assert ran.status == 0
    assert "configuration: ../../smslint.toml" in ran.err


def test_smslint_toml_comes_before_pyproject_toml_of_the_same_folder() -> None:
    Path("pyproject.toml").write_text('[tool.smslint]\nignore = ["SMS101"]\n')
    assert smslint("check", "nyc.reg").status == 0
    Path("smslint.toml").write_text("")
    assert smslint("check", "nyc.reg").status == 1


def test_the_nearest_file_holds_and_nothing_is_merged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "smslint.toml").write_text('ignore = ["SMS101"]\n')
    (folder / "a").mkdir()
    (folder / "a" / "pyproject.toml").write_text('[tool.smslint]\nfail-on = "warning"\n')
    monkeypatch.chdir(folder / "a")
    assert smslint("check", "../nyc.reg").status == 1


@pytest.mark.parametrize("other", ['[tool.ruff]\nignore = ["E"]\n', "[tool.ruff\n", "tool = 3\n"])
def test_a_pyproject_toml_that_is_not_for_smslint_is_passed_over(
    other: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "smslint.toml").write_text('ignore = ["SMS101"]\n')
    (folder / "a").mkdir()
    (folder / "a" / "pyproject.toml").write_text(other)
    monkeypatch.chdir(folder / "a")
    assert smslint("check", "../nyc.reg").status == 0


def test_isolated_reads_none_and_config_names_one() -> None:
    Path("smslint.toml").write_text('ignore = ["SMS101"]\n')
    Path("strict.toml").write_text('fail-on = "info"\n')
    assert smslint("check", "nyc.reg").status == 0
    assert smslint("check", "nyc.reg", "--isolated").status == 1
    ran = smslint("check", "nyc.reg", "--config", "strict.toml", "-v")
    assert ran.status == 1
    assert "configuration: strict.toml" in ran.err
    assert smslint("check", "nyc.reg", "--config", "strict.toml", "--isolated").status == 2
    assert smslint("check", "nyc.reg", "--config", "missing.toml").status == 2
    Path("pyproject.toml").write_text("[project]\n")
    ran = smslint("check", "nyc.reg", "--config", "pyproject.toml")
    assert (ran.status, ran.err) == (2, "smslint: pyproject.toml: has no [tool.smslint]\n")


def test_the_command_line_wins() -> None:
    Path("smslint.toml").write_text('select = ["SMS104"]\nignore = ["SMS101"]\nfail-on = "error"\n')
    assert smslint("check", "nyc.reg").status == 0
    assert smslint("check", "nyc.reg", "--select", "SMS101").status == 1
    Path("nyc.reg").write_text(registry_export({LAN: {"Number of Retries": 0}}))
    Path("smslint.toml").write_text('fail-on = "error"\n')
    assert smslint("check", "nyc.reg").status == 0
    assert smslint("check", "nyc.reg", "--fail-on", "warning").status == 1


def test_ignore_on_the_command_line_takes_nothing_from_the_file() -> None:
    Path("smslint.toml").write_text('ignore = ["SMS101"]\n')
    assert smslint("check", "nyc.reg", "--ignore", "SMS902").status == 0


@pytest.mark.parametrize(
    ("config", "output"),
    [
        ("fail-on = \n", "smslint.toml:1:11: is not TOML: "),
        ("\nselct = []\n", "smslint.toml:2: unknown key 'selct'; did you mean select?"),
        ("fail_on = 'error'\n", "smslint.toml:1: unknown key 'fail_on'; did you mean fail-on?"),
        ("file = 'x'\n", "smslint.toml:1: unknown key 'file'"),
        ("select = 'SMS1'\n", "smslint.toml:1: select: must be a list"),
        ("complete = 'yes'\n", "smslint.toml:1: complete: must be a valid boolean"),
        ("# why\nfail-on = 'eror'\n", "smslint.toml:2: fail-on: must be 'error', 'warning' or 'info'"),
        (
            "product-version = '2.0sp9'\n",
            "smslint.toml:1: product-version: '2.0sp9' is not a product version",
        ),
        ("encoding = 'cp9999'\n", "smslint.toml:1: encoding: 'cp9999' is not a text encoding"),
        (
            "select = ['SMS101', 'SMS1O1']\n",
            "smslint.toml:1: select: no rule is called 'SMS1O1'; did you mean",
        ),
        ("ignore = ['sender-capacity-zer']\n", "did you mean sender-capacity-zero"),
        ("[severity]\nSMS999 = 'info'\n", "smslint.toml:2: severity.SMS999: no rule is called"),
        ("[severity]\nSMS101 = 'fatal'\n", "smslint.toml:2: severity.SMS101: must be"),
        ("[rules.SMS999]\nx = 1\n", "smslint.toml:1: rules.SMS999: no rule is called 'SMS999'"),
        (
            "[rules.SMS101]\nx = 1\n",
            "smslint.toml:1: rules.SMS101: SMS101 takes no options; those that do are",
        ),
        ("[rules.SMS1]\nx = 1\n", "smslint.toml:1: rules.SMS1: 'SMS1' names several rules"),
        (
            "[rules.SMS104]\nheartbeat-timeout-minute = 1\n",
            "smslint.toml:2: rules.SMS104.heartbeat-timeout-minute: unknown key 'heartbeat-timeout-minute'; "
            "did you mean heartbeat-timeout-minutes",
        ),
        (
            "[rules.SMS104]\nheartbeat-timeout-minutes = 0\n",
            "smslint.toml:2: rules.SMS104.heartbeat-timeout-minutes: must be greater",
        ),
        (
            "[per-file-ignores]\n'a/*' = ['SMS999']\n",
            "smslint.toml:2: per-file-ignores.a/*: no rule is called",
        ),
        ("[[ignores]]\nreason = 'x'\n", "smslint.toml:1: ignores.0.rule: is needed"),
        (
            "[[ignores]]\nrule = 'SMS101'\n[[ignores]]\nrule = 'SMS107'\nsite-code = 'N'\n",
            "smslint.toml:5: ignores.1.site-code: unknown key 'site-code'; did you mean site?",
        ),
        ("[[ignores]]\nrule = 'SMS999'\n", "smslint.toml:2: ignores.0.rule: no rule is called 'SMS999'"),
        (
            "[[ignores]]\nrule = 'SMS101'\nsetting = 'max_sendings'\n",
            "smslint.toml:3: ignores.0.setting: no setting is called 'max_sendings'",
        ),
        (
            "[[ignores]]\nrule = 'SMS101'\nuntil = 'soon'\n",
            "smslint.toml:3: ignores.0.until: must be a valid date",
        ),
        ("plugins = ['contso']\n", "smslint.toml:1: plugins: no plugin is called 'contso'"),
        ("baseline = 'gone.json'\n", "gone.json: no such file"),
    ],
)
def test_a_mistake_is_reported_with_its_line(config: str, output: str) -> None:
    assert output in refused(config)


def test_every_mistake_is_reported_at_once() -> None:
    described = refused("complete = 1\nfail-on = 1\n")
    assert "smslint.toml:1" in described
    assert "smslint.toml:2" in described


def test_lines_of_other_tools_are_not_mistaken_for_ours() -> None:
    described = refused(
        '[tool.x]\nselect = "a"\n[tool.smslint]\nselect = "b"\n[tool.y]\nselect = 1\n', "pyproject.toml"
    )
    assert described == "pyproject.toml:4: select: must be a list"
    described = refused('[[tool.smslint.ignores]]\nrule = "SMS101"\nsit = "x"\n', "pyproject.toml")
    assert described.startswith("pyproject.toml:3: ignores.0.sit: unknown key 'sit'; did you mean site")


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    Path("smslint.toml").write_bytes(b'\nfail-on = "\xff"\n')
    assert smslint("check").err == "smslint: smslint.toml:2: is not UTF-8, which TOML must be\n"


def test_show_settings_says_where_each_came_from() -> None:
    Path("smslint.toml").write_text('\nfail-on = "error"\n[rules.SMS104]\nheartbeat-timeout-minutes = 9\n')
    ran = smslint("check", "--show-settings", "--select", "SMS1")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == "# configuration file: smslint.toml"
    assert 'select = ["SMS1"]  # command line' in lines
    assert 'fail-on = "error"  # smslint.toml:2' in lines
    assert "complete = false  # default" in lines
    assert any(line.startswith('rules = {"SMS104"') for line in lines)
    both = smslint("check", "--show-settings", "--isolated").out
    assert both.splitlines()[0] == "# configuration file: none"


def test_show_files_lists_what_would_be_read(folder: Path) -> None:
    (folder / "old").mkdir()
    (folder / "old" / "bos.reg").write_text(ZERO)
    (folder / "chi.reg").write_text(ZERO)
    Path("smslint.toml").write_text('exclude = ["old/", "!chi.reg", "/n*"]\n')
    ran = smslint("check", "--show-files")
    assert (ran.status, ran.out.split()) == (0, ["chi.reg"])
    assert smslint("check", "--show-files", "old", "gone.reg").status == 2


def test_exclude_starts_from_the_file_and_spares_what_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "lab").mkdir()
    (folder / "lab" / "bos.reg").write_text(ZERO)
    Path("smslint.toml").write_text('exclude = ["lab/bos.reg"]\n')
    monkeypatch.chdir(folder / "lab")
    assert smslint("check").status == 2
    assert smslint("check", "bos.reg").status == 1


def test_severity_and_options_reach_the_rules() -> None:
    Path("nyc.reg").write_text(SLOW)
    assert smslint("check", "nyc.reg", "--format", "json").json["findings"][0]["severity"] == "warning"
    Path("smslint.toml").write_text('[severity]\nSMS1 = "info"\nSMS104 = "error"\n')
    assert smslint("check", "nyc.reg", "--format", "json").json["findings"][0]["severity"] == "error"
    Path("smslint.toml").write_text('[severity]\nsender-retry-delay-exceeds-heartbeat = "info"\n')
    assert smslint("check", "nyc.reg").status == 0
    Path("smslint.toml").write_text("[rules.SMS104]\nheartbeat-timeout-minutes = 9\n")
    assert smslint("check", "nyc.reg", "--format", "json").json["findings"] == []


def test_the_version_of_the_file_is_used_by_show_too() -> None:
    Path("smslint.toml").write_text('product-version = "1.2"\n')
    assert "SMS 1.2" in smslint("show", "nyc.reg").out
    assert "SMS 1.1" in smslint("show", "nyc.reg", "--product-version", "1.1").out


def test_the_schema_takes_the_example_of_the_page_and_refuses_mistakes() -> None:
    schema = json.loads(smslint("schema", "config").out)
    Draft202012Validator.check_schema(schema)
    page = (DOCS / "configuration.md").read_text()
    example = page.partition("```toml\n")[2].partition("```")[0]
    config = json.loads(json.dumps(tomli.loads(example), default=str))
    Draft202012Validator(schema).validate(config)
    assert not Draft202012Validator(schema).is_valid({"selct": []})
    assert "file" not in schema["properties"]
    Path("smslint.toml").write_text(example.replace('baseline = "smslint-baseline.json"\n', ""))
    assert smslint("check", "nyc.reg").status in (0, 1)


def test_the_page_is_what_the_models_say() -> None:
    done = subprocess.run([sys.executable, DOCS / "make_configuration.py", "--check"], check=False)
    assert done.returncode == 0
