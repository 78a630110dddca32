"""The files in docs/ci.md are well-formed, and the commands in them are commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import tomli
import typer
import yaml
from groovy_parser.parser import parse_groovy_content

from smslint.cli import app
from smslint.reports import FORMATS

TEXT = (Path(__file__).parents[2] / "docs" / "ci.md").read_text("utf-8")
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


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_taken(command: str) -> None:
    words = shlex.split(command)
    given = typer.main.get_group(app).make_context("smslint", words, resilient_parsing=False)
    group: Any = typer.main.get_group(app)
    check = group.get_command(None, "check").make_context("check", words[1:])
    assert given.invoked_subcommand is None or check.params["paths"] == ["exports"]
    named = [
        check.params["output_format"],
        *(each.partition(":")[0] for each in check.params["output"] or ()),
    ]
    assert set(named) <= set(FORMATS)


def test_every_format_is_told_of() -> None:
    told = set(re.findall(r"`(\w+)`", TEXT.partition("| Tool")[2].partition("## GitHub")[0]))
    assert set(FORMATS) - {"text", "concise", "html"} <= told
