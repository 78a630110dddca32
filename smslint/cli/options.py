"""The options that commands take, and how they become `Settings`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from smslint.cli import complete, console
from smslint.config import file as configfile
from smslint.config.settings import Settings, configured
from smslint.finding import Severity
from smslint.reports import FORMATS

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Files, folders, or - for standard input. Without any: the working folder.",
        rich_help_panel="Input",
    ),
]
StdinFilename = Annotated[
    str,
    typer.Option(
        "--stdin-filename",
        metavar="NAME",
        help="What to call standard input in the report.",
        show_default=False,
        rich_help_panel="Input",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="The code page of text without a byte order mark, such as cp1252.",
        rich_help_panel="Input",
    ),
]
Version = Annotated[
    str | None,
    typer.Option(
        "--product-version",
        metavar="VERSION",
        help="What the sites run, where an export does not say: 1.2, 2.0sp3, 2003, 2007, 2012, current, "
        "or a build.",
        autocompletion=complete.versions,
        rich_help_panel="Input",
    ),
]
Complete = Annotated[
    bool,
    typer.Option(
        "--complete",
        help="The inputs are the whole hierarchy: conclude from what is missing.",
        rich_help_panel="Input",
    ),
]
ShowFiles = Annotated[
    bool,
    typer.Option(
        "--show-files",
        help="Print the files that would be checked, and why others are passed over, and stop.",
        rich_help_panel="Input",
    ),
]
SkipUnknown = Annotated[
    bool,
    typer.Option(
        "--skip-unknown",
        help="For hooks: pass over named files that are no exports or hold no settings.",
        rich_help_panel="Input",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="RULES",
        help="Run these rules only: codes, prefixes (SMS1), names or ALL; comma-separated, repeatable.",
        autocompletion=complete.rules,
        rich_help_panel="Rules",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="RULES",
        help="Do not run these rules; written as for --select.",
        autocompletion=complete.rules,
        rich_help_panel="Rules",
    ),
]
FailOn = Annotated[
    Severity | None,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        help="The lowest level that gives exit status 1: error, warning or info. [default: warning]",
        rich_help_panel="Rules",
    ),
]
ExitZero = Annotated[
    bool, typer.Option("--exit-zero", help="Exit 0 even with findings.", rich_help_panel="Rules")
]
Baseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Report only what this file does not list.",
        rich_help_panel="Rules",
    ),
]
WriteBaseline = Annotated[
    str | None,
    typer.Option(
        "--write-baseline",
        metavar="FILE",
        help="List all that is found now in this file.",
        rich_help_panel="Rules",
    ),
]
PruneBaseline = Annotated[
    bool,
    typer.Option(
        "--prune-baseline",
        help="Remove from the baseline what is no longer found.",
        rich_help_panel="Rules",
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"How to report: {', '.join(FORMATS)}, or what a plugin brings.",
        autocompletion=complete.formats,
        rich_help_panel="Output",
    ),
]
Output = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="FORMAT:FILE",
        help="Write a report to a file too, whole and as UTF-8; repeatable.",
        autocompletion=complete.outputs,
        rich_help_panel="Output",
    ),
]
Color = Annotated[
    console.ColourChoice,
    typer.Option("--color", metavar="WHEN", help="Colour: auto, always or never.", rich_help_panel="Output"),
]
Statistics = Annotated[
    bool, typer.Option("--statistics", help="Count the findings of each rule.", rich_help_panel="Output")
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Findings only: no summary, no progress.", rich_help_panel="Output"),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="Say on standard error what was read and run.",
        rich_help_panel="Output",
    ),
]
Fix = Annotated[
    bool,
    typer.Option("--fix", help="Make the safe fixes in the .reg files themselves.", rich_help_panel="Fixing"),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes",
        help="Make also the fixes that a person should confirm.",
        rich_help_panel="Fixing",
    ),
]
Diff = Annotated[
    bool,
    typer.Option("--diff", help="Show what --fix would do, and change nothing.", rich_help_panel="Fixing"),
]
Config = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration file. [default: smslint.toml or pyproject.toml, here or above]",
        rich_help_panel="Configuration",
    ),
]
Isolated = Annotated[
    bool,
    typer.Option("--isolated", help="Read no configuration file.", rich_help_panel="Configuration"),
]
ShowSettings = Annotated[
    bool,
    typer.Option(
        "--show-settings",
        help="Print the settings of the run and where each came from, and stop.",
        rich_help_panel="Configuration",
    ),
]


def settings_from(
    config: str | None = None,
    isolated: bool = False,
    *,
    select: list[str] | None = None,
    ignore: list[str] | None = None,
    write_baseline: str | None = None,
    **given: Any,
) -> Settings:
    """The settings of a command: what is given, else what the configuration file says, else the defaults.

    Where a baseline is written anew, none is read. Raises `UnusableError` for a bad setting, or a file that
    cannot be read.
    """
    if config and isolated:
        console.give_up("--isolated reads no configuration file: give it without --config")
    file = None
    if not isolated:
        file = configfile.load(config) if config else configfile.discover()
    given |= {"select": words(select), "ignore": words(ignore)}
    settings = configured(file, {name: value for name, value in given.items() if value})
    return settings.model_copy(update={"baseline": None}) if write_baseline else settings


def words(values: list[str] | None) -> tuple[str, ...]:
    """The words of an option that is comma-separated and repeatable."""
    return tuple(word.strip() for value in values or () for word in value.split(",") if word.strip())
