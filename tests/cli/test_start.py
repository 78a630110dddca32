"""What a start costs: the modules that come along with a check of one small export, and no others."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from smslint.cli.commands import COMMANDS

FIXTURES = Path(__file__).parents[2] / "fixtures"
NEVER = (
    *("xml", "defusedxml", "ssl", "http", "urllib.request", "pathspec", "rich", "smslint.logs"),
    *("smslint.sources.wmi", "smslint.sources.sitecontrol", "smslint.engine.baseline", "smslint.engine.fix"),
    *("smslint.reports.json", "smslint.reports.html", "smslint.reports.sarif", "smslint.reports.settings"),
    *(
        f"smslint.cli.{name}"
        for name in ("patch", "show", "map", "explain", "schema", "baselines", "collector")
    ),
)
"""Packages that a check of a .reg file has no use for."""
MODELS = (
    *(
        "report",
        "config.settings",
        "schema.setting",
        "schema.site",
        "schema.components",
        "schema.sitecontrol",
    ),
    *("schema.identity", "schema.address", "schema.sender"),
)
"""Modules of classes whose annotations are read at import."""


def imported(*words: str) -> set[str]:
    code = (
        "import sys, json; from smslint.__main__ import main\n"
        f"sys.argv = ['smslint', *{words!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_a_check_of_one_export_imports_nothing_that_it_does_not_use() -> None:
    modules = imported("check", "--isolated", str(FIXTURES / "broken.reg"))
    assert "smslint.sources.registry.reader" in modules
    found = {name for name in modules for unused in NEVER if name == unused or name.startswith(f"{unused}.")}
    assert found == set()


@pytest.mark.parametrize("name", MODELS)
def test_what_declares_models_spells_no_annotation_as_text(name: str) -> None:
    """Pydantic would compile and evaluate each; a fifth of what the models cost at import."""
    assert not hasattr(import_module(f"smslint.{name}"), "annotations")


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_words_about_the_program_import_no_rules_and_no_pydantic(word: str) -> None:
    assert not {"smslint.checks", "pydantic", "smslint.schema.site"} & imported(word)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    described = COMMANDS[name]
    command = getattr(import_module(f"smslint.cli.{described.module}"), described.function)
    assert command.__doc__.splitlines()[0] == described.summary
