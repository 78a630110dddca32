"""The first line of a .reg file: which dialect follows, and whether regedit imports it at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from smslint.schema.export import DefectKind
from smslint.sources.limits import REGISTRY_HEADER_CHARACTERS
from smslint.sources.registry.grammar import LIKE_SMS
from smslint.sources.text import Document

REGEDIT4: Final = "REGEDIT4"
VERSION_5: Final = "Windows Registry Editor Version 5.00"
REGEDIT: Final = "REGEDIT"
"""The header of Windows 3.1, under which only HKEY_CLASSES_ROOT can be named, without brackets."""

Objection = tuple[DefectKind, str, bool]
"""Its kind, what is to be said, and whether nothing is lost by it."""

HARMLESS: Final = (
    "Nothing is lost by it: the remark only says how the file was made.",
    "Nothing has to be done. One export of the whole key, by regedit or `reg export`, has no such remark.",
)
"""Why such a remark is made, and what to do about it."""

_EXPECTED: Final = f"expected `{REGEDIT4}` or `{VERSION_5}`"
_LIKE_HEADER: Final = re.compile(rf"\s*(?:{REGEDIT}|Windows Registry)", re.IGNORECASE)
_WITH_COMMENT: Final = re.compile(rf"{re.escape(VERSION_5)}[ \t]*;.*")
_KEY_LINE: Final = re.compile(r"(?:^|[\r\n])[ \t]*\[")


def read_header(
    document: Document, texts: Callable[[], Iterable[str]], line: str
) -> tuple[str | None, list[Objection]]:
    """The header that a file declares itself by, and what there is to say against it.

    ``texts`` gives all of it, part by part; ``line`` is its first line. The header is None where regedit
    would import nothing.
    """
    line = line.lstrip(" \t")
    header = next((known for known in (REGEDIT4, VERSION_5, REGEDIT) if line.rstrip(" \t") == known), None)
    if header is None and _WITH_COMMENT.fullmatch(line):
        header = VERSION_5
    if reason := _rejected(document, texts, line, header):
        lost = "; the SMS settings of the file are not checked" if any(map(LIKE_SMS.search, texts())) else ""
        return None, [("header", reason + lost, False)]
    doubts = (
        (document.bom == 2 and header == REGEDIT4, "the header REGEDIT4 stands in a UTF-16 file"),
        (line != header, "blanks or a comment follow the header"),
    )
    uncertain = "whether regedit imports it is uncertain; smslint reads it, but export it again to be sure"
    objections: list[Objection] = [
        ("malformed", f"{found}: {uncertain}", False) for holds, found in doubts if holds
    ]
    if document.bom == 3 and not all(map(str.isascii, texts())):
        message = (
            "the file begins with a UTF-8 byte order mark, which regedit is said to take; how it reads the "
            "characters beyond ASCII is not known: smslint reads them as UTF-8"
        )
        objections.append(("malformed", message, True))
    return header, objections


def joined_header(line: str, header: str | None) -> Objection | None:
    """What there is to say of a line in the middle that is a header, where files were joined."""
    found = line.strip("\ufeff \t")
    if found not in (REGEDIT4, VERSION_5):
        return None
    if found == header:
        message = "another header: several exports were joined into this file; regedit takes all of it"
        return "malformed", message, True
    message = (
        f"the header {found} in the middle of a file that begins with {header}: exports of two dialects were "
        "joined, and regedit reads the text in hex(2) and hex(7) below as the first one says; keep them apart"
    )
    return "malformed", message, False


def _rejected(
    document: Document, texts: Callable[[], Iterable[str]], line: str, header: str | None
) -> str | None:
    """Why regedit imports nothing; None where it does."""
    if document.encoding == "utf-16-be":
        return "the file is UTF-16 in big-endian order, which regedit rejects: save it as UTF-16LE"
    if document.encoding == "utf-16-le" and not document.bom:
        return "the file is UTF-16 without a byte order mark, which regedit rejects: save it with one"
    if header == REGEDIT and _KEY_LINE.search(_beginning(texts())):
        return f"under the header {REGEDIT} (Windows 3.1) regedit imports no [key]; {_EXPECTED}"
    if header:
        return None
    if not line and _LIKE_HEADER.match(_beginning(texts())):
        return f"the first line is blank, so regedit sees no header and imports nothing; {_EXPECTED} there"
    if _LIKE_HEADER.match(line):
        return f"under this header regedit imports nothing; {_EXPECTED}, to the letter"
    return f"the first line is no header, so regedit imports nothing; {_EXPECTED}"


def _beginning(texts: Iterable[str]) -> str:
    parts, length = [], 0
    for text in texts:
        parts.append(text)
        length += len(text)
        if length >= REGISTRY_HEADER_CHARACTERS:
            break
    return "".join(parts)[:REGISTRY_HEADER_CHARACTERS]
