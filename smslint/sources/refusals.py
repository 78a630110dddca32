"""What is handed in and is no export: each kind by its name, and what to do instead."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from smslint.schema.export import Defect, Export
from smslint.sources.advice import ANY_EXPORT, REGISTRY, WMI
from smslint.sources.expression import expression

_NOTHING_CHECKED: Final = "Nothing in the file was checked: it says nothing of the site, good or bad."
_HIVE: Final = (
    r"Load it and export the key: `reg load HKLM\OLD FILE`, `reg export HKLM\OLD\Microsoft\SMS nyc.reg`; in "
    r"nyc.reg replace HKEY_LOCAL_MACHINE\OLD by HKEY_LOCAL_MACHINE\SOFTWARE. Or `hivexregedit --export`."
)
_UNPACK: Final = "Unpack it, and name the exports in it."
_OF_EVENTS: Final = f"It records what happened, not how the site is set. {ANY_EXPORT}"
_EXPORT_OBJECTS: Final = f"Export the objects: {WMI}."
_PICTURE: Final = f"Settings are read from text, not from a picture of them. {ANY_EXPORT}"


class _Kind(NamedTuple):
    """A kind of file: the bytes it begins with, what it is, and what to do instead."""

    mark: bytes
    what: str
    remedy: str = ANY_EXPORT
    at: int = 0


_BINARY: Final = (
    _Kind(b"regf", "a raw registry hive", _HIVE),
    _Kind(b"ElfFile\0", "a Windows event log", _OF_EVENTS),
    _Kind(b"LfLe", "a Windows event log", _OF_EVENTS, at=4),
    _Kind(b"PK\x03\x04", "a ZIP archive or an Office document", _UNPACK + " Save a workbook's table as CSV."),
    _Kind(b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    _Kind(b"Rar!", "a RAR archive", _UNPACK),
    _Kind(b"MSCF", "a cabinet archive", _UNPACK),
    _Kind(b"\x1f\x8b", "a gzip archive", _UNPACK),
    _Kind(b"1AY&SY", "a bzip2 archive", _UNPACK, at=4),
    _Kind(b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    _Kind(b"ustar", "a tar archive", _UNPACK, at=257),
    _Kind(b"\x89PNG", "a picture", _PICTURE),
    _Kind(b"\xff\xd8\xff", "a picture", _PICTURE),
    _Kind(b"GIF8", "a picture", _PICTURE),
    _Kind(b"II*\0", "a picture", _PICTURE),
    _Kind(b"MM\0*", "a picture", _PICTURE),
    _Kind(b"BM", "a picture", _PICTURE),
    _Kind(b"%PDF", "a PDF document"),
    _Kind(b"\xd0\xcf\x11\xe0", "an Office document or an installer package"),
    _Kind(b"SQLite format 3\0", "a SQLite database"),
    _Kind(b"TAPE", "a backup of a SQL Server database"),
    _Kind(b"MZ", "a program"),
)
_HEAD: Final = 512

_LOG = expression(r"\$\$<SMS_\w+>|<!\[LOG\[")
_INI = expression(r"^\s*\[(?:Identification|Options|Bootstrap|Version)\]", re.IGNORECASE | re.MULTILINE)
_REGEDT32 = expression(r"^[ \t]*Key Name:[ \t]+(?:HKEY_|SOFTWARE)", re.IGNORECASE | re.MULTILINE)
_GET_ITEM = expression(r"^PS(?:Parent)?Path[ \t]+: Microsoft\.PowerShell\.Core\\Registry::", re.MULTILINE)
_FIXED_WIDTH = expression(r"^[ \t]*\w[^\r\n]*\r?\n[ \t]*-+(?:[ \t]+-+)+[ \t]*\r?$", re.MULTILINE)
"""Headings over dashes; in a table of one column, of which none is of use, the dashes may be a title's."""
_PAGE = expression(r"\A\s*(?:<!DOCTYPE html|<html\b)", re.IGNORECASE)
_SERVICE_ERROR = expression(r'\A\s*\{\s*"error"\s*:\s*[{"]')
_CLASS_OF_MOF = expression(r"^[ \t]*class[ \t]+SMS_\w+", re.IGNORECASE | re.MULTILINE)
_JSON = expression(r"\A\s*[\[{]\s*[\"\[{\]}]")
_XML = expression(r"\A\s*<[?!\w]")
_EXPECTED: Final = (
    "expected a registry export that begins with `REGEDIT4` or `Windows Registry Editor Version 5.00`, a "
    "site control file, or a dump of SMS_SCI objects"
)

_TEXT: Final = (
    (_REGEDT32, "the text that regedt32 saves, for reading and not for import", f"Export again, {REGISTRY}."),
    (
        _GET_ITEM,
        "PowerShell's view of a registry key, printed for the screen",
        f"Export the key instead, {REGISTRY}.",
    ),
    (
        _FIXED_WIDTH,
        "a table in columns of fixed width, as sqlcmd prints it without -W and PowerShell for the screen",
        f'With sqlcmd say `-W -s ";"`, so that it writes the table as CSV. From PowerShell take {WMI}.',
    ),
    (_LOG, "a log file of the product", "Let `smslint diagnose FILE` read it."),
    (_INI, "an unattended .ini file", ANY_EXPORT),
    (
        _PAGE,
        "a web page, as a sign-in that failed leaves one",
        "Ask the AdminService again with `Invoke-RestMethod -UseDefaultCredentials -OutFile site.json`.",
    ),
    (
        _SERVICE_ERROR,
        "an error that a web service answered, without any object",
        f"Put right what it says and ask again; or {WMI}.",
    ),
    (_CLASS_OF_MOF, "the definition of a class, without any object", _EXPORT_OBJECTS),
    (_JSON, f"JSON that names nothing of a site's settings; {_EXPECTED}", _EXPORT_OBJECTS),
    (_XML, f"XML, but no CliXml of a site's settings; {_EXPECTED}", _EXPORT_OBJECTS),
)


def refused(path: str, data: bytes, head: str) -> Export:
    """The export of a file that is none: one defect says what it is. ``head`` is its beginning as text."""
    return _export(path, *_account(path, data, head))


def refused_binary(path: str, data: bytes) -> Export | None:
    """The same for a kind of file that its first bytes tell; None for any other."""
    for kind in _BINARY:
        if not data.startswith(kind.mark, kind.at):
            continue
        unlike_text = not kind.mark.isalnum() or b"\0" in data[:_HEAD]
        if unlike_text:
            return _export(path, f"this is {kind.what}, not an export of settings", kind.remedy)
    return None


def _export(path: str, text: str, remedy: str) -> Export:
    defect = Defect("malformed", text, costly=True, why=_NOTHING_CHECKED, remedy=remedy)
    return Export(path, None, None, defects=(defect,))


def _account(path: str, data: bytes, head: str) -> tuple[str, str]:
    from smslint.sources.sitecontrol import reader as sitecontrol
    from smslint.sources.strangers import class_named

    if message := sitecontrol.refusal(path, head):
        return message, ANY_EXPORT
    if not head.strip("\ufeff\0 \t\r\n\x1a"):
        return f"{_emptiness(data)}; {_EXPECTED}", f"See whether the export failed. {ANY_EXPORT}"
    for pattern, kind, remedy in _TEXT:
        if pattern.search(head):
            named = class_named(head) if pattern is _JSON else ""
            what = f"JSON of {named}, which says nothing of how a site sends" if named else kind
            return f"this is {what}", remedy
    if "\0" in head:
        return f"this is binary data of no kind that smslint knows; {_EXPECTED}", ANY_EXPORT
    return f"the content is of no format that smslint knows; {_EXPECTED}", ANY_EXPORT


def _emptiness(data: bytes) -> str:
    if not data:
        return "the file is empty"
    if not data.strip(b"\xff\xfe\xef\xbb\xbf"):
        return "the file is empty but for a byte order mark"
    if not data.strip(b"\0"):
        return f"the file is {len(data):,} NUL bytes, as a disk that failed leaves it"
    return "the file holds nothing but blanks"
