"""``smslint patch``: files that cure the server, and files that undo them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer

from smslint.baseline import UnusableBaselineError
from smslint.cli import console
from smslint.cli.arguments import Config, Encoding, Isolated, Paths, Version, settings_from
from smslint.config import BadSettingError
from smslint.fixes.patch import names, patches
from smslint.linter import judge, load
from smslint.writing import create_file


def patch(
    output_dir: Annotated[Path, typer.Option("--output-dir", help="Where to write the files.")],
    paths: Paths = None,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Also cures that a person should confirm.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,
    product_version: Version = None,
    encoding: Encoding = None,
    config: Config = None,
    isolated: Isolated = False,
) -> None:
    """Write NAME.fix.reg and NAME.undo.reg, NAME.fix.ps1 and NAME.undo.ps1, or NAME.steps.txt, per input.

    Exit status: 0, or 2 when a path could not be read or a file not be written.
    """
    settings = settings_from(config, isolated, product_version=product_version, encoding=encoding)
    loaded = load(paths or ["."], settings, stdin=console.read_stdin)
    try:
        report = judge(loaded, settings)
    except (BadSettingError, UnusableBaselineError) as error:
        console.give_up(str(error))
    for note in report.notes:
        console.say(note)
    found = defaultdict(list)
    for finding in report.findings:
        found[finding.path].append(finding)
    name_of = names([export.path for export in loaded.exports])
    to_write: dict[Path, bytes] = {}
    for export in loaded.exports:
        made, remarks = patches(export, found[export.path], unsafe=unsafe_fixes)
        for remark in remarks:
            console.say(remark)
        to_write |= {output_dir / f"{name_of[export.path]}.{each.ending}": each.data for each in made}
    failures = [*loaded.failures, *_write(to_write, force=force)]
    if not to_write and not failures:
        console.say("nothing to patch: no finding has a cure that a file could make")
    for failure in failures:
        console.say(failure)
    if failures:
        raise typer.Exit(2)


def _write(to_write: dict[Path, bytes], *, force: bool) -> list[str]:
    """Write all files or, where one exists that must not be overwritten, none; return what went wrong."""
    standing = [path for path in to_write if path.exists()]
    if standing and not force:
        return [f"{path}: exists; --force overwrites it" for path in standing]
    failures = []
    for path, data in to_write.items():
        try:
            create_file(path, data, overwrite=force)
            console.write([str(path)])
        except OSError as error:
            failures.append(f"{path}: {(error.strerror or str(error)).lower()}")
    return failures
