"""The files in docs/ci.md are well-formed, and the commands in them are commands."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
import tomli
import yaml
from groovy_parser.parser import parse_groovy_content

from smslint.reports import FORMATS
from tests import workspace
from tests.counterparts import powershell
from tests.running import smslint

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "ci.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.M | re.S)
COMMANDS = re.findall(r"smslint (check [^\n'>]*)", "".join(block for _, block in BLOCKS))


@pytest.mark.parametrize("block", [block for kind, block in BLOCKS if kind == "yaml"])
def test_yaml_parses(block: str) -> None:
    assert yaml.safe_load(block)


def test_the_jenkinsfile_parses() -> None:
    (block,) = [block for kind, block in BLOCKS if kind == "groovy"]
    assert parse_groovy_content(block)


def test_toml_parses() -> None:
    (block,) = [block for kind, block in BLOCKS if kind == "toml"]
    assert tomli.loads(block)


@pytest.mark.parametrize("script", [block for kind, block in BLOCKS if kind == "powershell"])
def test_powershells_grammar_takes_each_command(script: str) -> None:
    assert powershell.errors(script) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_write_what_they_name(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.fill(tmp_path))
    words = shlex.split(command.replace("C:\\exports", "exports"))
    ran = smslint(*words)
    assert ran.status == (0 if "--exit-zero" in words else 1), ran.err
    for before, output in pairwise(words):
        if before == "--output":
            assert (tmp_path / output.partition(":")[2]).read_text("utf-8")


def test_the_wheel_is_that_of_this_version() -> None:
    version = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert set(re.findall(r"smslint-([\w.]+)-py3-none-any\.whl", TEXT)) == {version}
    assert f"rev: v{version}" in TEXT


def test_every_format_is_told_of() -> None:
    described = set(re.findall(r"`(\w+)`", TEXT.partition("| Tool")[2].partition("## GitHub")[0]))
    assert set(FORMATS) - {"text", "concise", "html"} <= described
