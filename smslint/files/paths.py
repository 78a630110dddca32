"""How a path is named in reports, ignores and baselines: one name, however it was typed."""

from __future__ import annotations

import os
from os import path as ospath


def absolute(folder: str | os.PathLike[str]) -> str:
    """A folder's full path, as far as it is known: the working folder may be gone."""
    try:
        return ospath.realpath(folder)
    except OSError:
        return os.fspath(folder)


def relative(
    path: str | os.PathLike[str], folder: str | os.PathLike[str], whole_path: str | None = None
) -> str:
    """A path with slashes: seen from ``folder`` where it lies below it, elsewhere absolute.

    Folders that are links are followed, the file itself is not: a link keeps its name. ``whole_path`` is the
    absolute path that leads through no link, where it is known.
    """
    try:
        whole = _with_upper_drive(whole_path or _whole(os.fspath(path)))
    except (OSError, ValueError):  # no working folder
        return os.fspath(path).replace(ospath.sep, "/")
    return seen_from(whole, folder)


def seen_from(whole: str, folder: str | os.PathLike[str]) -> str:
    """As `relative`, of an absolute path that leads through no link."""
    try:
        near = ospath.relpath(whole, ospath.realpath(folder))
    except (OSError, ValueError):  # another drive
        near = ".."
    below = near != ".." and not near.startswith(f"..{ospath.sep}")
    return (near if below else whole).replace(ospath.sep, "/")


def _whole(path: str) -> str:
    """The absolute path."""
    if ospath.islink(path):
        return ospath.join(ospath.realpath(ospath.dirname(path)), ospath.basename(path))
    return ospath.realpath(path)


def _with_upper_drive(path: str) -> str:
    drive, rest = ospath.splitdrive(path)
    return (drive.upper() if drive.endswith(":") else drive) + rest
