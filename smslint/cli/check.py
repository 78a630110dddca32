"""``smslint check``: lint exports."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from smslint.checks.selection import UnknownRuleError
from smslint.cli import console
from smslint.cli.arguments import Encoding, Paths, Version, settings_from, words
from smslint.finding import Severity
from smslint.inputs import STDIN
from smslint.linter import fails, judge, load
from smslint.reports import FORMATS

Format = Literal["text", "concise", "json", "jsonl"]
Selectors = list[str] | None


def check(
    paths: Paths = None,
    output_format: Annotated[Format, typer.Option("--format", help="How to report.")] = "text",
    select: Annotated[
        Selectors, typer.Option("--select", metavar="RULES", help="Codes, prefixes, names or ALL.")
    ] = None,
    ignore: Annotated[Selectors, typer.Option("--ignore", metavar="RULES", help="Rules not to run.")] = None,
    fail_on: Annotated[
        Severity | None, typer.Option("--fail-on", help="The level that fails the run.  [default: warning]")
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 even with findings.")] = False,
    product_version: Version = None,
    stdin_filename: Annotated[
        str, typer.Option("--stdin-filename", metavar="NAME", help="What to call standard input.")
    ] = STDIN,
    encoding: Encoding = None,
    color: Annotated[console.ColourChoice, typer.Option("--color", help="When to colour.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Findings only, no summary.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done, on stderr.")] = False,
) -> None:
    """Lint exports: say what is wrong, at which line, why, and what to do.

    Exit status: 0 nothing at or above --fail-on, 1 findings at or above it, 2 the job could not be done.
    """
    settings = settings_from(
        select=words(select),
        ignore=words(ignore),
        fail_on=fail_on,
        product_version=product_version,
        encoding=encoding,
    )
    try:
        report = judge(
            load(paths or ["."], settings, stdin=console.read_stdin, stdin_name=stdin_filename), settings
        )
    except UnknownRuleError as error:
        console.give_up(str(error))
    if verbose:
        console.say(f"{len(report.rules)} rules over {len(report.inputs)} files")
    console.write(FORMATS[output_format](report, console.style(color, summary=not quiet)))
    for remark in (*report.notes, *report.failures):
        console.say(remark)
    if report.failures:
        raise typer.Exit(2)
    if fails(report, settings) and not exit_zero:
        raise typer.Exit(1)
