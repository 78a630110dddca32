"""Which files a run reads: those named, and those found in folders."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from smslint.files import own as ownfiles
from smslint.files.devices import is_device_name
from smslint.files.patterns import Patterns
from smslint.sources import shows_settings
from smslint.sources.limits import HEAD_BYTES, INPUT_BYTES

STDIN = "-"
_BY_NAME = re.compile(r"\.reg$|\.ct[0-2]$|^sitectrl", re.IGNORECASE)
_BY_CONTENT = re.compile(r"\.(json|xml|mof|csv|txt)$", re.IGNORECASE)
_JUNCTION = 0xA0000003
"""The reparse tag of a Windows junction, IO_REPARSE_TAG_MOUNT_POINT."""
_NO_FILE = "is neither a file nor a folder; smslint reads `-` for standard input"
_OWN = "smslint wrote it"
_UNKNOWN = f"its first {HEAD_BYTES >> 10} KiB show no settings of a site"


class UnusablePathError(Exception):
    """A path that cannot be read. Its text says why."""


class Unreadable(NamedTuple):
    """A path that cannot be read, and why."""

    path: str
    reason: str


class InputFile(NamedTuple):
    """A file to read, and whether it was named by the user or found in a folder (then: in which)."""

    path: str
    walked_from: str | None = None
    whole_path: str | None = None
    """The absolute path of a file that was found and is no link, through no link."""


class PassedOver(NamedTuple):
    """A file that could be an input by its name, and is none: why, and whether smslint itself wrote it."""

    path: str
    why: str
    own: bool = False


class Remark(NamedTuple):
    """What a person should know of a walk although it keeps nothing from being done."""

    text: str


Found = InputFile | PassedOver | Remark | Unreadable
Excluded = Callable[[str, bool], bool]
"""Whether a walk passes over an absolute path, told whether it is that of a folder."""


def find(
    paths: Iterable[str],
    excluded: Excluded = lambda whole_path, is_folder: False,
    *,
    skip_unknown: bool = False,
) -> Iterator[Found]:
    """The files under ``paths``, each once, folders walked in order.

    A walk takes registry exports and site control files by their names and other files where their beginning
    shows that they are exports, but none that smslint wrote, and respects ``.gitignore``. A file that is
    named is always taken, but with ``skip_unknown`` as a walk would. Standard input is the path ``-``.
    """
    seen: set[str] = set()
    if gone := _working_folder_gone():
        yield Unreadable(".", gone)
    for given in paths:
        try:
            mode = 0 if given == STDIN else Path(given).stat().st_mode
            if gone and given != STDIN and not Path(given).is_absolute():
                continue
        except (OSError, ValueError) as error:
            yield Unreadable(given, reason(error))
            continue
        if stat.S_ISDIR(mode):
            found: Iterable[Found] = _walk(given, excluded)
        elif given == STDIN or (stat.S_ISREG(mode) and not is_device_name(Path(given).name)):
            found = (InputFile(given),)
        else:
            yield Unreadable(given, _NO_FILE)
            continue
        for file in found:
            if not isinstance(file, InputFile):
                yield file
                continue
            key = file.whole_path or (os.path.realpath(file.path) if file.path != STDIN else STDIN)
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


def _working_folder_gone() -> str:
    """That the working folder is not there any more, in words; empty where it is."""
    try:
        Path.cwd()
    except OSError:
        return "the working folder is gone, so no configuration was found: change to a folder that exists"
    return ""


_Ignoring = tuple[tuple[str, Patterns], ...]
"""The ignore files that hold in a folder, the nearest first, each with its folder, a separator at the end."""


def _walk(root: str, excluded: Excluded) -> Iterator[Found]:
    """What a folder and those below it hold, without recursion: a tree may be thousands of folders deep."""
    whole_folder = os.path.realpath(root)
    ignoring: _Ignoring = ()
    for above in _outer_folders(whole_folder):
        ignoring = (*(yield from _ignore_file(above, above)), *ignoring)
    waiting = [(root, whole_folder, ignoring)]
    while waiting:
        folder, whole_folder, ignoring = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                children = sorted(listing, key=lambda child: child.name)
        except OSError as error:
            yield Unreadable(folder, f"{reason(error)}, so nothing below it was looked at")
            continue
        ignoring = (*(yield from _ignore_file(folder, whole_folder)), *ignoring)
        below = []
        for child in children:
            path = os.path.join(folder, child.name)  # noqa: PTH118
            whole_path = os.path.join(whole_folder, child.name)  # noqa: PTH118
            is_folder = child.is_dir(follow_symlinks=False)
            if is_folder and (child.name.lower() == ".git" or _is_junction(child)):
                continue
            if not is_folder and not _may_be_input(child) and not ownfiles.is_temporary(child.name):
                continue
            if _git_ignores(whole_path, ignoring, is_folder=is_folder) or excluded(whole_path, is_folder):
                continue
            if is_folder:
                below.append((path, whole_path, ignoring))
            elif ownfiles.is_temporary(child.name):
                yield Remark(f"{path}: passed over: a run of smslint that was stopped left it; delete it")
            else:
                yield InputFile(path, root, None if child.is_symlink() else whole_path)
        waiting += reversed(below)


def _is_junction(folder: os.DirEntry[str]) -> bool:
    """Whether a folder is a junction of Windows: what it leads to lies elsewhere, as with a link."""
    try:
        return getattr(folder.stat(follow_symlinks=False), "st_reparse_tag", 0) == _JUNCTION
    except OSError:
        return False


def _outer_folders(whole_folder: str) -> Iterator[str]:
    """The folders above one, from the root of the repository they are in down; none outside of any."""
    above = [whole_folder]
    while not os.path.lexists(os.path.join(above[-1], ".git")):  # noqa: PTH118
        parent = os.path.dirname(above[-1])  # noqa: PTH120
        if parent == above[-1]:
            return
        above.append(parent)
    yield from reversed(above[1:])


def _ignore_file(folder: str, whole_folder: str) -> Generator[Remark, None, _Ignoring]:
    """The patterns of a folder's ignore file, if it has one; what git would pass over in it is a remark."""
    path = Path(folder) / ".gitignore"
    try:
        if not os.path.lexists(path):
            return ()
        if not path.is_file():
            yield Remark(f"{path}: is no file, so it ignores nothing")
            return ()
        data = path.read_bytes()
    except OSError as error:
        yield Remark(f"{path}: {reason(error)}, so it ignores nothing")
        return ()
    if b"\0" in data:
        yield Remark(f"{path}: is no text that git could read, so it ignores nothing; save it as UTF-8")
        return ()
    lines = []
    for number, line in enumerate(os.fsdecode(data).split("\n"), 1):
        try:
            Patterns([line])
            lines.append(line.rstrip("\r"))
        except ValueError:
            yield Remark(f"{path}:{number}: {line!r} is no gitignore pattern, so it ignores nothing")
    return ((os.path.join(whole_folder, ""), Patterns(lines)),) if any(lines) else ()  # noqa: PTH118


def _git_ignores(whole_path: str, ignoring: _Ignoring, *, is_folder: bool) -> bool:
    """Whether git ignores a path: the nearest ignore file that speaks of it decides."""
    for folder, patterns in ignoring:
        verdict = patterns.verdict(whole_path[len(folder) :].replace(os.sep, "/") + "/" * is_folder)
        if verdict is not None:
            return verdict
    return False


def _may_be_input(file: os.DirEntry[str]) -> bool:
    try:
        return bool(_BY_NAME.search(file.name) or _BY_CONTENT.search(file.name)) and file.is_file()
    except OSError:
        return False


def _reason_to_pass(path: str) -> str | None:
    """Why a file is no input, by its name and beginning; None for one that is, or that cannot be read."""
    by_content = not _BY_NAME.search(os.path.basename(path)) and _BY_CONTENT.search(path)  # noqa: PTH119
    if not by_content and not ownfiles.may_be_patch(path):
        return None
    try:
        with Path(path).open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return None  # reading it will say so
    if ownfiles.is_patch(path, head):
        return _OWN
    if not by_content:
        return None
    return None if shows_settings(head, path) and not ownfiles.is_report(head) else _UNKNOWN
