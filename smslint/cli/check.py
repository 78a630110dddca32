"""``smslint check``: lint exports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from smslint.cli import console, outputs
from smslint.cli import options as given
from smslint.cli.progress import Progress
from smslint.config.settings import Settings
from smslint.engine.load import Loaded, load
from smslint.engine.run import fails, run
from smslint.files.paths import relative
from smslint.files.walk import STDIN, reason
from smslint.report import Report
from smslint.reports import renderer
from smslint.reports.style import Style, coloured, counted, display
from smslint.sources.limits import HEAD_BYTES

if TYPE_CHECKING:
    from smslint.engine import fix as fixing


def check(
    paths: given.Paths = None,
    output_format: given.Format = "text",
    output: given.Output = None,
    select: given.Select = None,
    ignore: given.Ignore = None,
    fail_on: given.FailOn = None,
    exit_zero: given.ExitZero = False,
    fix: given.Fix = False,
    unsafe_fixes: given.UnsafeFixes = False,
    diff: given.Diff = False,
    product_version: given.Version = None,
    complete: given.Complete = False,
    stdin_filename: given.StdinFilename = STDIN,
    encoding: given.Encoding = None,
    baseline: given.Baseline = None,
    write_baseline: given.WriteBaseline = None,
    prune_baseline: given.PruneBaseline = False,
    config: given.Config = None,
    isolated: given.Isolated = False,
    skip_unknown: given.SkipUnknown = False,
    show_settings: given.ShowSettings = False,
    show_files: given.ShowFiles = False,
    color: given.Color = "auto",
    statistics: given.Statistics = False,
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
) -> None:
    """Say what is wrong in exports, at which line, why, and what to do.

    Exports are .reg files, site control files (sitectrl.ct0), and dumps of the SMS Provider as JSON, XML, MOF
    or CSV. Exit status: 0 nothing at or above --fail-on, 1 findings at or above it, 2 the job could not be
    done.
    """
    where = paths or ["."]
    settings = given.settings_from(
        config,
        isolated,
        select=select,
        ignore=ignore,
        fail_on=fail_on,
        product_version=product_version,
        complete=complete,
        encoding=encoding,
        baseline=None if write_baseline else baseline,
        write_baseline=write_baseline,
    )
    if show_settings or show_files:
        _preview(where, settings, files=show_files, skip_unknown=skip_unknown)
        return
    _refuse(settings, unsafe_fixes and not (fix or diff), prune_baseline, bool(write_baseline))
    render, files = renderer(output_format), outputs.parsed(output or ())
    reading = partial(load, where, settings, stdin_name=stdin_filename, skip_unknown=skip_unknown)
    loaded, report, done = _linted(reading, settings, fix=fix or diff, unsafe=unsafe_fixes, quiet=quiet)
    failures = list(map(str, report.failures))
    piped = next((path for path, file in loaded.files.items() if file == STDIN), None) if fix else None
    if done and not diff:
        done = _write(loaded, done, settings, piped, failures)
        report = done.report
    inputs = loaded.inputs(settings)
    if write_baseline or prune_baseline:
        report = _with_baseline(report, settings, write_baseline, inputs, failures)
    failures += outputs.written(files, report, [*inputs, settings.baseline or ""])
    if verbose:
        _remark_on_run(report, settings)
    if done and diff:
        _show_diff(loaded, done, settings, console.style(color))
    else:
        console.write(render(report, console.style(color, summary=not quiet)), to_stderr=piped is not None)
    if statistics:
        _print_statistics(report, to_stderr=diff or piped is not None or output_format != "text")
    for remark in (*report.notes, *(done.remarks if done else ())):
        console.remark(remark)
    failed = bool(done and done.contents) if diff else fails(report, settings)
    console.finish(failures, failed=failed and not exit_zero)


def _preview(where: Sequence[str], settings: Settings, *, files: bool, skip_unknown: bool) -> None:
    from smslint.cli.settings import preview

    preview(where, settings, files=files, skip_unknown=skip_unknown)


def _linted(
    reading: Callable[..., Loaded], settings: Settings, *, fix: bool, unsafe: bool, quiet: bool
) -> tuple[Loaded, Report, fixing.Fixed | None]:
    """The inputs, the report on them and, with ``fix``, what fixing them comes to, which the report is of."""
    with Progress(quiet=quiet) as step:
        loaded = reading(stdin=console.read_stdin, keep=fix, step=step)
        if not fix:
            return loaded, run(loaded, settings, step=step), None
        from smslint.engine import fix as fixing

        done = fixing.fix(loaded, settings, unsafe=unsafe)
        return loaded, done.report, done


def _with_baseline(
    report: Report, settings: Settings, write: str | None, inputs: list[str], failures: list[str]
) -> Report:
    """The report once its baseline is written anew or pruned; why it could not be joins ``failures``."""
    from smslint.cli import baselines

    if write:
        return baselines.written(report, write, inputs, failures)
    return baselines.prune(report, settings, inputs, failures)


def _print_statistics(report: Report, *, to_stderr: bool) -> None:
    from smslint.reports.statistics import render as counts_by_rule

    console.write(counts_by_rule(report), to_stderr=to_stderr)


def _remark_on_run(report: Report, settings: Settings) -> None:
    read = settings.file.path if settings.file else "none"
    console.remark(
        f"configuration: {read}; {len(report.rules)} rules over {counted(len(report.inputs), 'file')}"
    )


def _refuse(settings: Settings, unsafe_alone: bool, prune_baseline: bool, write_baseline: bool) -> None:
    """Give up on options that make no sense without another, or beside it."""
    if prune_baseline and write_baseline:
        console.give_up("--write-baseline makes a baseline anew: give it without --prune-baseline")
    if unsafe_alone:
        console.give_up("--unsafe-fixes says which fixes to apply; give it with --fix or --diff")
    if prune_baseline and not settings.baseline:
        console.give_up("--prune-baseline prunes a baseline: name it with --baseline or in the configuration")


def _show_diff(loaded: Loaded, done: fixing.Fixed, settings: Settings, style: Style) -> None:
    """Write the diff, byte by byte as programs take it; to a terminal, where text can do harm, as text."""
    from smslint.engine.diff import decoded, exact

    for path, data in done.contents.items():
        file = loaded.files[path]
        # `patch` starts from the working directory, a report from the configuration's folder.
        seen = path if file == STDIN else relative(file, ".")
        change = loaded.contents[path], data, seen, settings.encoding
        lines = None if style.colour or sys.stdout.isatty() else exact(*change)
        if lines is None:
            console.write(coloured(map(display, decoded(*change)), style))
        else:
            console.write_bytes(lines)


def _write(
    loaded: Loaded, done: fixing.Fixed, settings: Settings, piped: str | None, failures: list[str]
) -> fixing.Fixed:
    """Write what was fixed, standard input's text to standard output, and return what it came to.

    Why a file could not be written is added to ``failures``; its findings are then those it had.
    """
    from smslint.engine import fix as fixing
    from smslint.files import write as writing
    from smslint.files.own import is_patch

    named = {path: path if file == STDIN else file for path, file in loaded.files.items()}
    unwritten = {path for path, data in loaded.contents.items() if is_patch(named[path], data[:HEAD_BYTES])}
    failures += [
        f"{path}: not fixed: smslint wrote it, to be imported as it is" for path in sorted(unwritten)
    ]
    for path, data in done.contents.items():
        if path == piped or path in unwritten:
            continue
        try:
            writing.replace_file(named[path], data, was=loaded.contents[path])
        except OSError as error:
            unwritten.add(path)
            failures.append(f"{path}: not fixed: {reason(error)}")
    if piped in loaded.contents:
        sys.stdout.flush()
        texts = loaded.contents if piped in unwritten else loaded.contents | done.contents
        sys.stdout.buffer.write(texts[piped])
        sys.stdout.flush()
    wanted = len(done.contents)
    if unwritten:
        done = fixing.without(done, unwritten, loaded, settings)
    if wanted:
        console.remark(
            f"fixed {counted(done.fixed_count, 'finding')} "
            f"in {len(done.contents)} of {counted(wanted, 'file')}"
        )
    return done
