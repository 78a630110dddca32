"""The options that commands take, and how they become `Settings`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from smslint.cli import console
from smslint.config import file as configfile
from smslint.config.settings import Settings, configured
from smslint.finding import Severity
from smslint.reports import FORMATS

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Files, folders, or - for standard input. Without: this folder."
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"How to report: {', '.join(FORMATS)}, or what a package brings.",
        autocompletion=lambda: list(FORMATS),
    ),
]
Output = Annotated[
    list[str] | None,
    typer.Option("--output", metavar="FORMAT:FILE", help="Write a report to a file too. Repeatable."),
]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule.")]
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
Complete = Annotated[
    bool,
    typer.Option("--complete", help="The inputs are the whole hierarchy: conclude from what is missing."),
]
Config = Annotated[
    str | None,
    typer.Option(
        "--config", metavar="FILE", help="The configuration file.  [default: found from here upward]"
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")]
Baseline = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="Report only what this file does not know.")
]
WriteBaseline = Annotated[
    str | None, typer.Option("--write-baseline", metavar="FILE", help="Make what is found now known.")
]
PruneBaseline = Annotated[
    bool, typer.Option("--prune-baseline", help="Remove from the baseline what nothing matches any more.")
]
ShowSettings = Annotated[
    bool, typer.Option("--show-settings", help="Print the settings and where each came from, and stop.")
]
ShowFiles = Annotated[
    bool, typer.Option("--show-files", help="Print the files that would be linted, and stop.")
]
SkipUnknown = Annotated[
    bool,
    typer.Option(
        "--skip-unknown", help="For hooks: pass over named files that are no exports or hold no settings."
    ),
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


def settings_from(config: str | None = None, isolated: bool = False, **given: Any) -> Settings:
    """The settings of a command: what is given, else what the configuration file says, else the defaults.

    Raises `UnusableError` for a bad one, or a file that cannot be read.
    """
    if config and isolated:
        console.give_up("--isolated reads no configuration file: give it without --config")
    file = None
    if not isolated:
        file = configfile.load(config) if config else configfile.discover()
    return configured(file, {name: value for name, value in given.items() if value})


def words(values: list[str] | None) -> tuple[str, ...]:
    """The words of an option that is comma-separated and repeatable."""
    return tuple(word.strip() for value in values or () for word in value.split(",") if word.strip())
