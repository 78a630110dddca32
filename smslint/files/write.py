"""Files are written whole: to a temporary file beside the target, which then takes its place."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Final

from smslint.files import own as ownfiles
from smslint.files.devices import is_regular
from smslint.sources.limits import HEAD_BYTES

_WAITS: Final = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between the attempts to take the place of a file that another program holds."""
_HELD: Final = (5, 32, 33)
"""Windows: access denied, sharing violation, lock violation. A scanner lets go soon, Excel does not."""


def replace_file(path: str, data: bytes, *, was: bytes) -> None:
    """Put ``data`` in the place of what a file ``was`` when it was read, keeping its mode; a link stays one.

    Raises OSError, with nothing changed, when the file is read-only, its folder cannot be written, somebody
    wrote to the file meanwhile, or another program keeps it open for longer than a few seconds.
    """
    target = Path(path).resolve()
    if not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only", path)
    _write(target, data, was=was)


def check_replaceable(path: Path, inputs: Iterable[str]) -> None:
    """Raise OSError where ``path`` is one of the ``inputs`` of a run, however it is spelled, or an export.

    An export is a file whose first bytes declare it as one; it may be the only one there is. A device, a pipe
    or a folder is not replaced either.
    """
    try:
        if not is_regular(path):
            raise FileExistsError(errno.EEXIST, "is not a regular file", str(path))
        now = path.stat()
        if any(os.path.samestat(now, Path(name).stat()) for name in inputs if Path(name).exists()):
            raise FileExistsError(errno.EEXIST, "it is one of the inputs; name another file", str(path))
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError:
        return
    if ownfiles.is_export(path, head):
        raise FileExistsError(
            errno.EEXIST, "the file that stands there is an export; name another", str(path)
        )


def create_file(path: Path, data: bytes, *, inputs: Iterable[str] = ()) -> None:
    """Write a file, with its folders, in the place of any that is neither an input nor an export.

    Raises OSError, as `check_replaceable` does and when it cannot be written.
    """
    check_replaceable(path, inputs)
    target = path.resolve()  # a link stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, data)


def _write(target: Path, data: bytes, was: bytes | None = None) -> None:
    prefix, suffix = ownfiles.TEMPORARY
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=prefix, suffix=suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_mode(temporary, target)
        _replace(temporary, target, was)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink(missing_ok=True)
        raise


def _check_unchanged(target: Path, was: bytes | None) -> None:
    """Raise OSError where a file is no longer what was read; as late as can be, so that nothing is lost."""
    if was is None:
        return
    with target.open("rb") as file:
        if file.read(len(was) + 1) != was:
            raise OSError(errno.EBUSY, "somebody changed the file since it was read; run again", str(target))


def _take_mode(temporary: str, target: Path) -> None:
    """Give the new file the owner, where the system has one, and the mode of the one it replaces."""
    try:
        now = target.stat()
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        return
    chown = getattr(os, "chown", None)
    if chown:
        with suppress(PermissionError):
            chown(temporary, now.st_uid, now.st_gid)
    shutil.copymode(target, temporary)  # last: a change of owner takes bits away


def _replace(temporary: str, target: Path, was: bytes | None) -> None:
    """Put the new file in its place, waiting for a program that holds the old one open."""
    for wait in (*_WAITS, None):
        try:
            _check_unchanged(target, was)
            Path(temporary).replace(target)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            if wait is None:
                why = "another program holds the file open; close it there and run again"
                raise PermissionError(errno.EACCES, why, str(target)) from error
            sleep(wait)
