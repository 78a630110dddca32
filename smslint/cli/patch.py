"""``smslint patch``: files that cure the server, and files that undo them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from smslint.cli import console
from smslint.cli.options import Config, Encoding, Isolated, Paths, UnsafeFixes, Version, settings_from
from smslint.engine.load import load
from smslint.engine.run import run
from smslint.files.own import is_undo
from smslint.files.walk import reason
from smslint.files.write import check_replaceable, create_file
from smslint.fixes.aftercare import next_steps
from smslint.fixes.patch import beside, inside, patches
from smslint.reports.prose import listed, wrapped
from smslint.schema.export import Export


def patch(
    paths: Paths = None,
    output_dir: Annotated[
        Path | None,
        typer.Option(
            "--output-dir",
            metavar="FOLDER",
            help="Where to write the files. [default: beside each input]",
            rich_help_panel="Fixing",
        ),
    ] = None,
    unsafe_fixes: UnsafeFixes = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Overwrite files that exist, but no undo file and no export.",
            rich_help_panel="Fixing",
        ),
    ] = False,
    product_version: Version = None,
    encoding: Encoding = None,
    config: Config = None,
    isolated: Isolated = False,
) -> None:
    """Write files that cure the server, and files that undo them.

    Each input NAME.reg gives NAME.fix.reg and NAME.undo.reg; one of Configuration Manager gives NAME.fix.ps1
    and NAME.undo.ps1; what only a person can do stands in NAME.steps.txt.

    What to do with them follows: where to run which, what to restart, how to check and how to undo.

    Exit status: 0, or 2 when a path could not be read or a file not be written.
    """
    settings = settings_from(config, isolated, product_version=product_version, encoding=encoding)
    loaded = load(paths or ["."], settings, stdin=console.read_stdin)
    report = run(loaded, settings)
    for note in report.notes:
        console.remark(note)
    found = defaultdict(list)
    for finding in report.findings:
        found[finding.path].append(finding)
    read = [*loaded.files.values()]
    name_of = inside(output_dir, read) if output_dir else beside(read)
    to_write: dict[Path, bytes] = {}
    patched: list[tuple[Export, list[Path]]] = []
    for export in loaded.exports:
        name = name_of[loaded.files[export.path]]
        made, remarks = patches(export, found[export.path], unsafe=unsafe_fixes)
        for remark in remarks:
            console.remark(remark)
        files = {Path(f"{name}.{each.ending}"): each.data for each in made}
        to_write |= files
        patched += [(export, [*files])] if files else []
    failures = [*map(str, loaded.failures), *_write(to_write, loaded.inputs(settings), force=force)]
    if not to_write and not failures:
        why = "what was found has no cure that a file could make" if report.findings else "nothing was found"
        console.remark(f"nothing to patch: {why}")
    if not failures:
        console.write(_next(patched, console.style().width), to_stderr=True)
    console.finish(failures)


def _next(patched: Iterable[tuple[Export, Iterable[Path]]], room: int) -> Iterator[str]:
    for each in next_steps(patched):
        yield from wrapped(f"Next, for {listed(each.inputs)}:", room)
        for number, step in enumerate(each.steps, 1):
            yield from wrapped(f"  {number}. {step}", room)
        if each.undo:
            yield from wrapped(f"  {each.undo}", room)


def _write(to_write: dict[Path, bytes], inputs: Sequence[str], *, force: bool) -> list[str]:
    """Write all files or, where one exists that must not be overwritten, none; return what went wrong."""
    standing = [path for path in to_write if path.exists()]
    failures = [why for path in standing for why in _in_the_way(path, to_write[path], inputs, force=force)]
    if failures:
        return failures
    for path in to_write:
        if path in standing and is_undo(path):
            continue  # it holds the same
        try:
            create_file(path, to_write[path], inputs=inputs)
            console.write([str(path)])
        except OSError as error:
            failures.append(f"{path}: not written: {reason(error)}")
    return failures


def _in_the_way(path: Path, data: bytes, inputs: Sequence[str], *, force: bool) -> Iterator[str]:
    """Why ``data`` must not take the place of a file that exists; an undo file keeps its place for good."""
    try:
        check_replaceable(path, inputs)
        if is_undo(path) and path.read_bytes() != data:
            yield f"{path}: exists, and no undo file is ever overwritten; move it, or name another folder"
        elif not force:
            yield f"{path}: exists; --force overwrites it"
    except OSError as error:
        yield f"{path}: not written: {reason(error)}"
