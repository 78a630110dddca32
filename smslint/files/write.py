"""Files are written whole: to a temporary file beside the target, which then takes its place."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from smslint.files import own as ownfiles
from smslint.sources.limits import HEAD_BYTES


def replace_file(path: str, data: bytes, *, was: bytes) -> None:
    """Put ``data`` in the place of what a file ``was`` when it was read, keeping its mode; a link stays one.

    Raises OSError, with nothing changed, when the file is read-only, its folder cannot be written, or
    somebody wrote to the file meanwhile.
    """
    target = Path(path).resolve()
    now = target.stat()
    mode = stat.S_IMODE(now.st_mode)
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only", path)
    _write(target, data, mode, owner=(now.st_uid, now.st_gid), was=was)


def check_replaceable(path: Path, inputs: Iterable[str]) -> None:
    """Raise OSError where ``path`` is one of the ``inputs`` of a run, however it is spelled, or an export.

    An export is a file whose first bytes declare it as one; it may be the only one there is.
    """
    try:
        now = path.stat()
        if any(os.path.samestat(now, Path(name).stat()) for name in inputs if Path(name).exists()):
            raise FileExistsError(errno.EEXIST, "it is one of the inputs; name another file", str(path))
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (FileNotFoundError, IsADirectoryError):
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
    path.parent.mkdir(parents=True, exist_ok=True)
    umask = os.umask(0)
    os.umask(umask)
    _write(path, data, 0o666 & ~umask)


def _write(
    target: Path,
    data: bytes,
    mode: int,
    owner: tuple[int, int] | None = None,
    was: bytes | None = None,
) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if owner:
                with suppress(PermissionError):
                    os.fchown(file.fileno(), *owner)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        _check_unchanged(target, was)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _check_unchanged(target: Path, was: bytes | None) -> None:
    """Raise OSError where a file is no longer what was read; as late as can be, so that nothing is lost."""
    if was is None:
        return
    with target.open("rb") as file:
        if file.read(len(was) + 1) != was:
            raise OSError(errno.EBUSY, "somebody changed the file since it was read; run again", str(target))
