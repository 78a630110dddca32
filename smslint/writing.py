"""Files are written whole: to a temporary file beside the target, which then takes its place."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def replace_file(path: str, data: bytes) -> None:
    """Put ``data`` in the place of a file's content, keeping its mode; a symbolic link stays one.

    Raises OSError, with nothing changed, when the file is read-only or its folder cannot be written.
    """
    target = Path(path).resolve()
    now = target.stat()
    mode = stat.S_IMODE(now.st_mode)
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only", path)
    _write(target, data, mode, owner=(now.st_uid, now.st_gid))


def create_file(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a new file, with its folders. Raises FileExistsError unless ``overwrite`` is set, and OSError."""
    if path.exists() and not overwrite:
        raise FileExistsError(errno.EEXIST, "the file exists; --force overwrites it", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    umask = os.umask(0)
    os.umask(umask)
    _write(path, data, 0o666 & ~umask)


def _write(target: Path, data: bytes, mode: int, owner: tuple[int, int] | None = None) -> None:
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
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
