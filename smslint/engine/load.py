"""The inputs of a run: found, read, and what could not be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from smslint import sources
from smslint.config.settings import Settings
from smslint.files.walk import (
    STDIN,
    InputFile,
    PassedOver,
    Unreadable,
    UnusablePathError,
    find,
    read_bytes,
    reason,
)
from smslint.report import Failure
from smslint.schema.export import Export
from smslint.sources.limits import HEAD_BYTES, INPUT_BYTES


@dataclass(frozen=True, slots=True)
class Loaded:
    """The inputs of a run as read, with what could not be."""

    exports: tuple[Export, ...]
    failures: tuple[Failure, ...] = ()
    walked: frozenset[str] = frozenset()
    """The paths that were found in folders, not named."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """The bytes of each input, where they were to be kept."""
    named: tuple[str, ...] = ()
    """The paths the user gave."""
    passed_over: tuple[PassedOver, ...] = ()
    """The files that could be inputs by their names and are none."""
    skip_unknown: bool = False
    """Whether files without settings are no finding, named or not."""

    def inputs(self, settings: Settings) -> list[str]:
        """All files the run goes by, which nothing it writes may replace."""
        read = (*self.named, *(export.path for export in self.exports))
        return [*read, settings.file.path] if settings.file else [*read]


Step = Callable[[str], None]
"""Called, in a few words, with what a run is about to do; often."""


def no_step(_step: str) -> None:
    """Nobody waits to hear of the steps."""


def load(
    paths: Sequence[str],
    settings: Settings,
    *,
    stdin: Callable[[], bytes],
    stdin_name: str = STDIN,
    keep: bool = False,
    skip_unknown: bool = False,
    step: Step = no_step,
) -> Loaded:
    """Read every input under ``paths``; with ``keep`` their bytes are kept too, for those who edit them.

    With ``skip_unknown``, named files that are no exports are passed over as a walk does.
    """
    exports: list[Export] = []
    contents: dict[str, bytes] = {}
    failures: list[Failure] = []
    walked: set[str] = set()
    passed_over: list[PassedOver] = []
    for found in _contents(paths, settings, stdin, stdin_name, skip_unknown=skip_unknown):
        if isinstance(found, Unreadable):
            failures.append(Failure(found.path, found.reason))
            continue
        if isinstance(found, PassedOver):
            passed_over.append(found)
            continue
        data, name, is_walked = found
        if is_walked:
            walked.add(name)
        step(f"reading {name}")
        if len(data) > INPUT_BYTES and keep:
            limit = f"{INPUT_BYTES >> 20} MiB that are edited"
            failures.append(Failure(name, f"is larger than the {limit}: export the SMS key alone"))
            continue
        if keep:
            contents[name] = data
        whole = None
        if len(data) > INPUT_BYTES and name != stdin_name:
            data, whole = data[:HEAD_BYTES], partial(_opened, name)
        try:
            found_in = sources.read(data, name, encoding=settings.encoding, given=settings.given, whole=whole)
        except OSError as error:
            failures.append(Failure(name, reason(error)))
        else:
            exports.append(found_in)
    return Loaded(
        tuple(exports),
        tuple(failures),
        frozenset(walked),
        contents,
        tuple(paths),
        tuple(passed_over),
        skip_unknown,
    )


def load_raw(
    paths: Sequence[str], settings: Settings, *, stdin: Callable[[], bytes]
) -> tuple[list[dict[str, Any]], tuple[Failure, ...]]:
    """The operations of every registry export under ``paths``, and what could not be read."""
    exports: list[dict[str, Any]] = []
    failures: list[Failure] = []
    for found in _contents(paths, settings, stdin, STDIN):
        if isinstance(found, Unreadable):
            failures.append(Failure(found.path, found.reason))
            continue
        if isinstance(found, PassedOver):
            continue
        data, name, is_walked = found
        if len(data) > INPUT_BYTES:
            said = f"is larger than the {INPUT_BYTES >> 20} MiB of which operations are shown"
            failures.append(Failure(name, said))
            continue
        raw = sources.raw(data, name, encoding=settings.encoding)
        if raw is not None:
            exports.append(raw)
        elif not is_walked:
            failures.append(Failure(name, "is no registry export, so it has no operations to show"))
    return exports, tuple(failures)


def _contents(
    paths: Sequence[str],
    settings: Settings,
    stdin: Callable[[], bytes],
    stdin_name: str,
    *,
    skip_unknown: bool = False,
) -> Iterator[tuple[bytes, str, bool] | PassedOver | Unreadable]:
    """Each input's bytes and name, and whether a walk found it."""
    nothing = not skip_unknown
    for file in find(paths, settings.excluded, skip_unknown=skip_unknown):
        nothing = nothing and isinstance(file, PassedOver)
        if not isinstance(file, InputFile):
            yield file
        elif file.path == STDIN:
            yield stdin(), stdin_name, False
        else:
            try:
                yield read_bytes(file.path), file.path, file.walked_from is not None
            except UnusablePathError as error:
                yield Unreadable(file.path, str(error))
    if nothing:
        yield Unreadable(", ".join(paths), "no file to lint: name a file, or a folder that holds exports")


def _opened(path: str) -> BinaryIO:
    return Path(path).open("rb")
