"""``smslint check``: lint exports."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated, Literal

import typer

from smslint import fixing, writing
from smslint.checks.selection import UnknownRuleError
from smslint.cli import arguments as given
from smslint.cli import console
from smslint.config import Settings
from smslint.finding import Report
from smslint.inputs import STDIN, reason
from smslint.linter import Loaded, fails, judge, load
from smslint.reports import FORMATS
from smslint.reports.style import printable

Format = Literal["text", "concise", "json", "jsonl"]


def check(
    paths: given.Paths = None,
    output_format: Annotated[Format, typer.Option("--format", help="How to report.")] = "text",
    select: given.Select = None,
    ignore: given.Ignore = None,
    fail_on: given.FailOn = None,
    exit_zero: given.ExitZero = False,
    fix: given.Fix = False,
    unsafe_fixes: given.UnsafeFixes = False,
    diff: given.Diff = False,
    product_version: given.Version = None,
    stdin_filename: given.StdinFilename = STDIN,
    encoding: given.Encoding = None,
    color: given.Color = "auto",
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
) -> None:
    """Lint exports: say what is wrong, at which line, why, and what to do.

    Exit status: 0 nothing at or above --fail-on, 1 findings at or above it, 2 the job could not be done.
    """
    settings = given.settings_from(
        select=given.words(select),
        ignore=given.words(ignore),
        fail_on=fail_on,
        product_version=product_version,
        encoding=encoding,
    )
    if unsafe_fixes and not (fix or diff):
        console.give_up("--unsafe-fixes says which fixes to apply; give it with --fix or --diff")
    editing = fix or diff
    where = paths or ["."]
    try:
        loaded = load(where, settings, stdin=console.read_stdin, stdin_name=stdin_filename, keep=editing)
        done = fixing.fix(loaded, settings, judge, unsafe=unsafe_fixes) if editing else None
        report = done.report if done else judge(loaded, settings)
    except UnknownRuleError as error:
        console.give_up(str(error))
    failures = list(report.failures)
    if verbose:
        console.say(f"{len(report.rules)} rules over {len(report.inputs)} files")
    if done and diff:
        console.write(_diff(loaded, done, settings))
    else:
        if done:
            failures += _write(loaded, done, stdin_filename if STDIN in where else None)
        piped = fix and STDIN in where
        lines = FORMATS[output_format](report, console.style(color, summary=not quiet))
        console.write(lines, to_stderr=piped)
    for remark in (*report.notes, *(done.remarks if done else ()), *failures):
        console.say(remark)
    _leave(
        report,
        settings,
        failures,
        changed=bool(done and diff and done.contents),
        exit_zero=exit_zero,
        diff=diff,
    )


def _diff(loaded: Loaded, done: fixing.Fixed, settings: Settings) -> Iterable[str]:
    for path, data in done.contents.items():
        yield from map(printable, fixing.unified(loaded.contents[path], data, path, settings.encoding))


def _write(loaded: Loaded, done: fixing.Fixed, piped: str | None) -> list[str]:
    """Write what was fixed, standard input's text to standard output; return what could not be written."""
    failures = []
    for path, data in done.contents.items():
        if path == piped:
            continue
        try:
            writing.replace_file(path, data)
        except OSError as error:
            failures.append(f"{path}: not fixed: {reason(error)}")
    if piped is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(done.contents.get(piped, loaded.contents[piped]))
        sys.stdout.flush()
    if done.contents:
        console.say(
            f"fixed {done.cured} in {len(done.contents) - len(failures)} of {len(done.contents)} files"
        )
    return failures


def _leave(
    report: Report, settings: Settings, failures: list[str], *, changed: bool, exit_zero: bool, diff: bool
) -> None:
    if failures:
        raise typer.Exit(2)
    if (changed if diff else fails(report, settings)) and not exit_zero:
        raise typer.Exit(1)
