"""``smslint diagnose``: what the lines of logs mean, and which setting to look at."""

from __future__ import annotations

import errno
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from smslint.cli import baselines, console, outputs
from smslint.cli import options as given
from smslint.cli.progress import Progress
from smslint.engine.load import load
from smslint.engine.run import fails
from smslint.files.walk import STDIN
from smslint.reports import renderer


def diagnose(
    logs: Annotated[
        list[str],
        typer.Argument(
            metavar="LOG",
            help="Logs, folders that hold them, or - for standard input.",
            rich_help_panel="Input",
        ),
    ],
    exports: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="PATH",
            help="Exports of the same sites, read beside the logs; repeatable.",
            rich_help_panel="Input",
        ),
    ] = None,
    output_format: given.Format = "text",
    output: given.Output = None,
    select: given.Select = None,
    ignore: given.Ignore = None,
    fail_on: given.FailOn = None,
    exit_zero: given.ExitZero = False,
    product_version: given.Version = None,
    encoding: given.Encoding = None,
    baseline: given.Baseline = None,
    write_baseline: given.WriteBaseline = None,
    config: given.Config = None,
    isolated: given.Isolated = False,
    color: given.Color = "auto",
    quiet: given.Quiet = False,
) -> None:
    """Say what the lines of logs mean, and which setting each leads to.

    Any log of a component will do: Lansend.log, Sender.log, Sched.log, Despool.log and their .lo_ copies.

    Exit status: 0 nothing at or above --fail-on, 1 findings at or above it, 2 the job could not be done.
    """
    # What reads logs is loaded where logs are read.
    from smslint.engine.diagnose import diagnose as read_and_report

    settings = given.settings_from(
        config,
        isolated,
        select=select,
        ignore=ignore,
        fail_on=fail_on,
        product_version=product_version,
        encoding=encoding,
        baseline=None if write_baseline else baseline,
        write_baseline=write_baseline,
    )
    render, files = renderer(output_format), outputs.parsed(output or ())
    with Progress(quiet=quiet) as step:
        loaded = load(exports, settings, stdin=console.read_stdin, step=step) if exports else None
        report = read_and_report(logs, settings, _open, exports=loaded, step=step)
    failures = list(map(str, report.failures))
    inputs = [str(Path(report.folder, each.path)) for each in report.inputs]
    if write_baseline:
        report = baselines.written(report, write_baseline, inputs, failures)
    failures += outputs.written(files, report, [*inputs, settings.baseline or ""])
    console.write(render(report, console.style(color, summary=not quiet)))
    for note in report.notes:
        console.remark(note)
    console.finish(failures, failed=fails(report, settings) and not exit_zero)


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    if path != STDIN:
        return Path(path).open("rb")
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return nullcontext(sys.stdin.buffer)
