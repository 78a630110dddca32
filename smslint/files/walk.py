"""Which files a run reads: those named, and those found in folders."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smslint.files import own as ownfiles
from smslint.sources import shows_settings
from smslint.sources.limits import HEAD_BYTES, INPUT_BYTES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN = "-"
_BY_NAME = re.compile(r"\.reg$|\.ct[0-2]$|^sitectrl", re.IGNORECASE)
_BY_CONTENT = re.compile(r"\.(json|xml|mof|csv|txt)$", re.IGNORECASE)
_OWN = "smslint wrote it"
_UNKNOWN = f"its first {HEAD_BYTES >> 10} KiB show no settings of a site"


class UnusablePathError(Exception):
    """A path that cannot be read. Its text says why."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A path that cannot be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, and whether it was named by the user or found in a folder (then: in which)."""

    path: str
    walked_from: str | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that could be an input by its name, and is none: why, and whether smslint itself wrote it."""

    path: str
    why: str
    own: bool = False


def find(
    paths: Iterable[str],
    excluded: Callable[[Path], bool] = lambda path: False,
    *,
    skip_unknown: bool = False,
) -> Iterator[InputFile | PassedOver | Unreadable]:
    """The files under ``paths``, each once, folders walked in order.

    A walk takes registry exports and site control files by their names and other files where their beginning
    shows that they are exports, but none that smslint wrote, and respects ``.gitignore``. A file that is
    named is always taken, but with ``skip_unknown`` as a walk would. Standard input is the path ``-``.
    """
    seen: set[str] = set()
    for given in paths:
        try:
            mode = 0 if given == STDIN else Path(given).stat().st_mode
        except (OSError, ValueError) as error:
            yield Unreadable(given, reason(error))
            continue
        if stat.S_ISDIR(mode):
            found: Iterable[InputFile] = (InputFile(path, given) for path in _walk(Path(given), excluded))
        elif given == STDIN or stat.S_ISREG(mode):
            found = (InputFile(given),)
        else:
            said = "is neither a file nor a folder; smslint reads `-` for standard input"
            yield Unreadable(given, said)
            continue
        for file in found:
            key = os.path.realpath(file.path) if file.path != STDIN else STDIN
            if key not in seen:
                seen.add(key)
                chosen = file.walked_from is None and not skip_unknown
                why = None if chosen or file.path == STDIN else _reason_to_pass(file.path)
                yield PassedOver(file.path, why, why == _OWN) if why else file


def read_bytes(path: str) -> bytes:
    """The content of a file, of one of more than `SIZE_LIMIT` bytes only as much as shows that.

    Raises `UnusablePathError` when it cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            # Reading up to the limit at once would set as much memory aside for the smallest file.
            data = file.read(min(os.fstat(file.fileno()).st_size, INPUT_BYTES) + 1)
            return data + file.read(INPUT_BYTES + 1 - len(data)) if file.peek(1) else data
    except OSError as error:
        raise UnusablePathError(reason(error)) from error


def reason(error: Exception) -> str:
    """An operating system's error in a few words, without number and path."""
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()


def _walk(root: Path, excluded: Callable[[Path], bool]) -> Iterator[str]:
    specs = dict(_outer_ignore_files(root))
    for folder, names, files in os.walk(root):
        here = Path(folder)
        specs[here.resolve()] = _ignore_file(here)

        def kept(name: str, here: Path = here) -> bool:
            path = here / name
            return name != ".git" and not excluded(path) and not _git_ignores(path, specs)

        names[:] = sorted(filter(kept, names))
        yield from (
            (here / name).as_posix() for name in sorted(files) if _may_be_input(here / name) and kept(name)
        )


def _outer_ignore_files(root: Path) -> Iterator[tuple[Path, GitIgnoreSpec | None]]:
    """The ignore files between a folder and the root of the repository it is in."""
    above: list[Path] = []
    for folder in (root.resolve(), *root.resolve().parents):
        above.append(folder)
        if (folder / ".git").exists():
            yield from ((each, _ignore_file(each)) for each in above)


def _ignore_file(folder: Path) -> GitIgnoreSpec | None:
    path = folder / ".gitignore"
    try:
        lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    except OSError:
        return None
    if not lines:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _git_ignores(path: Path, specs: dict[Path, GitIgnoreSpec | None]) -> bool:
    """Whether git ignores a path: the nearest ignore file that speaks of it decides."""
    place = path.parent.resolve() / path.name
    mark = "/" if path.is_dir() else ""
    for folder in place.parents:
        if spec := specs.get(folder):
            verdict = spec.check_file(place.relative_to(folder).as_posix() + mark).include
            if verdict is not None:
                return verdict
    return False


def _may_be_input(path: Path) -> bool:
    try:
        return bool(_BY_NAME.search(path.name) or _BY_CONTENT.search(path.name)) and path.is_file()
    except OSError:
        return False


def _reason_to_pass(path: str) -> str | None:
    """Why a file is no input, by its name and beginning; None for one that is, or that cannot be read."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return None  # reading it will say so
    if ownfiles.is_patch(path, head):
        return _OWN
    if _BY_NAME.search(Path(path).name) or not _BY_CONTENT.search(path):
        return None
    return None if shows_settings(head, path) and not ownfiles.is_report(head) else _UNKNOWN
