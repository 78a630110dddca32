"""The options that commands take, and how they become `Settings`."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from pydantic import ValidationError

from smslint.cli import console
from smslint.config import Settings
from smslint.finding import Severity

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Files, folders, or - for standard input. Without: this folder."
    ),
]
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="RULES", help="Codes, prefixes, names or ALL.")
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="RULES", help="Rules not to run.")]
FailOn = Annotated[
    Severity | None, typer.Option("--fail-on", help="The level that fails the run.  [default: warning]")
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit 0 even with findings.")]
Fix = Annotated[bool, typer.Option("--fix", help="Apply the safe fixes to the files.")]
UnsafeFixes = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Also the fixes that a person should confirm.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would do, and change nothing.")]
Version = Annotated[
    str | None,
    typer.Option("--product-version", metavar="VERSION", help="1.2, 2.0sp3, 2007, current, or a build."),
]
StdinFilename = Annotated[
    str, typer.Option("--stdin-filename", metavar="NAME", help="What to call standard input.")
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="The code page of text without a BOM.")
]
Color = Annotated[console.ColourChoice, typer.Option("--color", help="When to colour.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Findings only, no summary.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done, on stderr.")]


def settings_from(**given: Any) -> Settings:
    """The settings that the command line gives, the others by default. A bad one exits with status 2."""
    try:
        return Settings.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        console.give_up("; ".join(problem["msg"].removeprefix("Value error, ") for problem in error.errors()))


def words(values: list[str] | None) -> tuple[str, ...]:
    """The words of an option that is comma-separated and repeatable."""
    return tuple(word.strip() for value in values or () for word in value.split(",") if word.strip())
