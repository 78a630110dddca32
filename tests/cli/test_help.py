"""The help: grouped, whole, true, and cheap; and what a word that is no command is answered with."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from smslint.cli import app
from smslint.cli.commands import COMMANDS
from smslint.cli.help import GROUPS
from tests import workspace
from tests.running import smslint


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str) -> None:
    described = smslint(command, "--help").out
    assert max(map(len, described.splitlines())) <= 80
    assert not re.search(r"<\w|…|\.\.\.\.|\]\.\.\.\]|\bNone\b", described)
    headings = [line[:-1] for line in described.splitlines() if re.fullmatch(r"[A-Z]\w+:", line)]
    grouped = [each for each in headings if each in GROUPS]
    assert headings == ["Examples", *(each for each in GROUPS if each in grouped), "Help"]
    assert described.partition("\nHelp:\n")[2].strip() == "-h, --help  Show this message and exit."


def test_every_summary_stands_whole_in_the_list() -> None:
    described = " ".join(smslint("--help").out.split())
    assert [each.summary for each in COMMANDS.values() if each.summary not in described] == []


@pytest.mark.parametrize(
    "example", [line for each in COMMANDS.values() for line, _ in each.examples], ids=lambda line: line[8:]
)
def test_example_works(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.fill(tmp_path))
    program, *words = shlex.split(example)
    ran = smslint(*words)
    assert program == "smslint"
    assert ran.status in (0, 1), ran.err
    assert ran.out or any(word in example for word in ("--output",))


def test_three_examples_each() -> None:
    assert {len(each.examples) for each in COMMANDS.values()} == {3}


def test_help_imports_no_rich() -> None:
    script = (
        "import sys\n"
        "sys.argv = ['smslint', 'check', '--help']\n"
        "from smslint.__main__ import main\n"
        "try:\n    main()\nfinally:\n    assert not {'rich', 'typer.rich_utils'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("nyc.reg",), "smslint check nyc.reg"),
        (("site 1/nyc.reg", "--fix"), 'smslint check "site 1/nyc.reg" --fix'),
        ((r"C:\exports",), r"smslint check C:\exports"),
        (("logs/Sender.log",), "smslint diagnose logs/Sender.log"),
        (("-",), "smslint check -"),
    ],
)
def test_a_path_in_the_place_of_a_command(words: tuple[str, ...], meant: str) -> None:
    ran = smslint(*words)
    assert ran.status == 2
    assert f"Did you mean `{meant}`?" in ran.err


def test_a_misspelled_command() -> None:
    ran = smslint("chekc", "nyc.reg")
    assert ran.status == 2
    assert "Did you mean 'check'?" in ran.err


def test_escapes_in_a_word_are_spelled_out() -> None:
    assert "\x1b" not in smslint("./\x1b[31mred.reg").err


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("smslint ch", {"check"}),
        ("smslint check --select SMS10", {"SMS101", "SMS109"}),
        ("smslint check --select SMS101,SMS20", {"SMS101,SMS201"}),
        ("smslint check --ignore sender-cap", {"sender-capacity-zero"}),
        ("smslint check --product-version 2.0", {"2.0", "2.0sp3"}),
        ("smslint check --format s", {"sarif"}),
        ("smslint check --output ht", {"html:"}),
        ("smslint check --fail-on w", {"warning"}),
        ("smslint explain SMS9", {"SMS901", "SMS9"}),
        ("smslint schema re", {"report"}),
    ],
)
def test_completion(words: str, offered: set[str]) -> None:
    env = {
        "_SMSLINT_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = CliRunner().invoke(app, [], prog_name="smslint", env=env)
    assert offered <= set(done.stdout.split())
    assert all(each.startswith(words.split()[-1]) for each in done.stdout.split())
