"""The inputs of a run: found, read, and what could not be."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any, BinaryIO

from smslint import sources
from smslint.config.settings import Settings
from smslint.files.walk import (
    STDIN,
    InputFile,
    PassedOver,
    Remark,
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
    """The inputs that were found in folders, not named."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """The bytes of each input, where they were to be kept."""
    named: tuple[str, ...] = ()
    """The paths the user gave."""
    passed_over: tuple[PassedOver, ...] = ()
    """The files that could be inputs by their names and are none."""
    skip_unknown: bool = False
    """Whether files without settings are no finding, named or not."""
    remarks: tuple[str, ...] = ()
    """What a person should know of the walks."""
    files: dict[str, str] = field(default_factory=dict)
    """The file of each input, by the path that the report names it with; `STDIN` for standard input."""

    def inputs(self, settings: Settings) -> list[str]:
        """All files the run goes by, which nothing it writes may replace."""
        read = (*self.named, *self.files.values())
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
    files: dict[str, str] = {}
    failures: list[Failure] = []
    remarks: list[str] = []
    walked: set[str] = set()
    passed_over: list[PassedOver] = []
    for found in _contents(paths, settings, stdin, stdin_name, skip_unknown=skip_unknown):
        match found:
            case Unreadable():
                failures.append(Failure(settings.relative(found.path), found.reason))
            case Remark():
                remarks.append(found.text)
            case PassedOver():
                passed_over.append(found)
            case _Input():
                name = _distinct(found.name, files)
                files[name] = found.file
                if found.walked:
                    walked.add(name)
                step(f"reading {name}")
                if len(found.data) > INPUT_BYTES and keep:
                    limit = f"{INPUT_BYTES >> 20} MiB that are edited"
                    failures.append(Failure(name, f"is larger than the {limit}: export the SMS key alone"))
                    continue
                if keep:
                    contents[name] = found.data
                try:
                    exports.append(_read(found, name, settings))
                except OSError as error:
                    failures.append(Failure(name, reason(error)))
    return Loaded(
        tuple(exports),
        tuple(failures),
        frozenset(walked),
        contents,
        tuple(paths),
        tuple(passed_over),
        skip_unknown,
        tuple(remarks),
        files,
    )


def _read(found: _Input, name: str, settings: Settings) -> Export:
    """Read one input, a large file in pieces. Raises OSError where that fails."""
    data, whole = found.data, None
    if len(data) > INPUT_BYTES and found.file != STDIN:
        data, whole = data[:HEAD_BYTES], partial(_opened, found.file)
    return sources.read(data, name, encoding=settings.encoding, given=settings.given, whole=whole)


def _distinct(name: str, taken: Container[str]) -> str:
    """The name, numbered where another input has it: two names may differ in bytes that are no text."""
    numbered = (f"{name} ({number})" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)


def load_raw(
    paths: Sequence[str], settings: Settings, *, stdin: Callable[[], bytes]
) -> tuple[list[dict[str, Any]], tuple[Failure, ...]]:
    """The operations of every registry export under ``paths``, and what could not be read."""
    exports: list[dict[str, Any]] = []
    failures: list[Failure] = []
    for found in _contents(paths, settings, stdin, STDIN):
        match found:
            case Unreadable():
                failures.append(Failure(settings.relative(found.path), found.reason))
            case _Input() if len(found.data) > INPUT_BYTES:
                why = f"is larger than the {INPUT_BYTES >> 20} MiB of which operations are shown"
                failures.append(Failure(found.name, why))
            case _Input():
                raw = sources.raw(found.data, found.name, encoding=settings.encoding)
                if raw is not None:
                    exports.append(raw)
                elif not found.walked:
                    why = "is not a registry export, so it has no operations to show"
                    failures.append(Failure(found.name, why))
    return exports, tuple(failures)


@dataclass(frozen=True, slots=True)
class _Input:
    """An input's bytes, the file they are from, its name in reports, and whether a walk found it."""

    data: bytes
    file: str
    name: str
    walked: bool


def _contents(
    paths: Sequence[str],
    settings: Settings,
    stdin: Callable[[], bytes],
    stdin_name: str,
    *,
    skip_unknown: bool = False,
) -> Iterator[_Input | PassedOver | Remark | Unreadable]:
    """All that is read of the inputs."""
    nothing = not skip_unknown
    for file in find(paths, settings.excluded, skip_unknown=skip_unknown):
        nothing = nothing and isinstance(file, PassedOver | Remark)
        if not isinstance(file, InputFile):
            yield file
            continue
        name = settings.relative(stdin_name if file.path == STDIN else file.path, file.whole_path)
        try:
            data = stdin() if file.path == STDIN else read_bytes(file.path)
            yield _Input(data, file.path, name, file.walked_from is not None)
        except UnusablePathError as error:
            yield Unreadable(file.path, str(error))
    if nothing:
        yield Unreadable(", ".join(paths), "no file to lint: name a file, or a folder that holds exports")


def _opened(path: str) -> BinaryIO:
    return Path(path).open("rb")
