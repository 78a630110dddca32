"""What smslint wrote itself: patches with their undo files, and reports. None of it is an export to lint."""

from __future__ import annotations

import os
import re
from pathlib import Path

from smslint import sources
from smslint.sources.text import Document

_PATCH = re.compile(r"\.(?:fix|undo)\.[^.]+$|\.steps\.txt$", re.IGNORECASE)
_UNDO = re.compile(r"\.undo\.[^.]+$", re.IGNORECASE)
_MADE = re.compile(r"[;#] *Made by smslint\b|Steps for .*, made by smslint\b")
_REPORT = re.compile(
    r"name[:=] ?smslint\b|source=smslint\.|\A# smslint\b|smslint explain SMS|\A\{rule: SMS"
    r"|schema_version: [12]\b|check_name: SMS|reference,fingerprint$",
    re.MULTILINE,
)
"""What tells a report, a baseline or the output of `show`, the quotes left out."""


TEMPORARY = (".smslint-", ".tmp")
"""How the name begins and ends of a file that is to take another's place."""


def is_temporary(name: str) -> bool:
    """Whether a file of that name is one that a run of smslint left behind when it was killed."""
    return name.startswith(TEMPORARY[0]) and name.endswith(TEMPORARY[1])


def is_patch(path: str | Path, head: bytes) -> bool:
    """Whether `smslint patch` wrote a file that begins with ``head``: by its name and first comment."""
    if not may_be_patch(path):
        return False
    lines = Document(head, str(path)).text.splitlines()
    comments = (line for line in lines if line.startswith((";", "#", "Steps for ")))
    return _MADE.match(next(comments, "")) is not None


def may_be_patch(path: str | Path) -> bool:
    """Whether a file has, by itself or where it leads to, the name of what `smslint patch` writes."""
    names = (path, os.path.realpath(path)) if os.path.islink(path) else (path,)  # noqa: PTH114
    return any(_PATCH.search(os.path.basename(name)) for name in names)  # noqa: PTH119


def is_undo(path: str | Path) -> bool:
    """Whether a file is by its name one that undoes a patch."""
    return _UNDO.search(Path(path).name) is not None


def is_report(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a report, a baseline or the output of `show`."""
    return _REPORT.search(Document(head, "").text.replace('"', "")) is not None


def is_export(path: str | Path, head: bytes) -> bool:
    """Whether a file that begins with ``head`` declares itself as an export, and is none of smslint's own."""
    return sources.recognises(head, str(path)) and not is_patch(path, head) and not is_report(head)
