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


def relative(path: str | os.PathLike[str], folder: str | os.PathLike[str]) -> str:
    """A path with slashes: seen from ``folder`` where it lies below it, elsewhere absolute.

    Folders that are links are followed, the file itself is not: a link keeps its name.
    """
    try:
        whole = _whole(os.fspath(path))
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
    """The absolute path, its drive's letter in upper case."""
    if ospath.islink(path):
        found = ospath.join(ospath.realpath(ospath.dirname(path)), ospath.basename(path))
    else:
        found = ospath.realpath(path)
    drive, rest = ospath.splitdrive(found)
    return (drive.upper() if drive.endswith(":") else drive) + rest
