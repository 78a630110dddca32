r"""What ``reg query HKLM\SOFTWARE\Microsoft\SMS /s`` prints, as Microsoft's support collector takes it.

It has key, name, type and data of every value, so it is read as a registry export; but nothing imports it,
so it is never edited: `smslint patch` makes a file of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from smslint.schema.export import Comment, Defect, DefectKind, Export
from smslint.schema.located import Span
from smslint.schema.version import ProductVersion
from smslint.sources.defects import Defects
from smslint.sources.limits import REGISTRY_QUERY_LINES
from smslint.sources.registry.data import (
    REG_DWORD,
    REG_EXPAND_SZ,
    REG_MULTI_SZ,
    REG_QWORD,
    REG_SZ,
    TYPE_NAMES,
    string_bytes,
)
from smslint.sources.registry.grammar import ROOT_NAMES, SMS_KEY
from smslint.sources.registry.reader import read_operations
from smslint.sources.registry.syntax import Operation
from smslint.sources.secrets import Redactor, Stretch, is_secret
from smslint.sources.text import Document

CODE_PAGE: Final = "cp1252"

_TYPES: Final = {name: number for number, name in TYPE_NAMES.items()}
_KEY_LINE: Final = re.compile(
    rf"^[ \t\ufeff]*((?:{'|'.join(sorted(ROOT_NAMES))})(?:\\[^\r\n]*|(?=[\r\n])))", re.MULTILINE
)
_TYPE: Final = re.compile(r"(?: {2}|\t)(REG_[A-Z_]+)(?: \([0-9]{1,2}\))?(?=[ \t]|\Z)")
_VALUE_LINE: Final = re.compile(r"^(?:  |\t)[^\r\n]*(?:  |\t)REG_[A-Z]", re.MULTILINE)
_GAP: Final = re.compile(r" {1,4}|\t")
_LINE: Final = re.compile(r"[^\r\n]+")
_NO_VALUE: Final = re.compile(r"[ \t\ufeff\x1a\0]*\Z|End of search:|! REG\.EXE VERSION")
_DEFAULT_VALUE: Final = ("(Default)", "<NO NAME>")
_CIPHER: Final = re.compile(r"[0-9A-Fa-f]{32,}")
_NUMBER: Final = re.compile(r"0x[0-9a-fA-F]{1,16}")


def recognises(head: str) -> bool:
    """Whether ``head`` has a key alone on its line, and then values with their types or further keys only."""
    key = _KEY_LINE.search(head)
    if not key:
        return False
    return bool(_VALUE_LINE.search(head, key.end())) or not _KEY_LINE.sub("", head).strip()


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read the sites of the output; what cannot be read becomes a defect."""
    return read_operations(Query(document), given)


class _Printed(Operation):
    """An operation whose span is a line of such output."""

    __slots__ = ()

    @property
    def span(self) -> Span:
        """Where the data, or the key, stands."""
        return _span_at(self.document, self.start, self.end)


def _span_at(document: Document, start: int, end: int) -> Span:
    """The span of some characters, with secrets covered in its excerpt."""
    return document.span(start, end, partial(_excerpt, document, start))


def _excerpt(document: Document, start: int, begin: int, end: int) -> str:
    _, first = document.line_at(start)
    line = _LINE.match(document.text, first)
    redactor = Redactor(_secrets(line) if line else ())

    def covered(begin: int, end: int) -> str:
        return redactor.excerpt(document.text, begin, end)

    return document.excerpt(begin, end, covered)


def _secrets(line: re.Match[str]) -> Iterator[Stretch]:
    """What must not be shown of a line: the data of an account, a password or a key, and any cipher."""
    kind_name = _TYPE.search(line[0])
    if kind_name and is_secret(line[0][: kind_name.start()].strip()):
        yield line.start() + kind_name.end(), line.end()
    yield from (
        (line.start() + each.start(), line.start() + each.end()) for each in _CIPHER.finditer(line[0])
    )


class Query:
    """The output as the operations that would make such a registry; of keys below SMS only."""

    editable: Final = False
    code_page: Final = None
    comments: tuple[Comment, ...] = ()

    def __init__(self, document: Document) -> None:
        """Take the text; ``defects`` is complete when `parts` has run to its end."""
        self.document = document
        self.defects = Defects()
        self._lines = 0
        self._met: set[tuple[str, str, int, bytes]] = set()

    def parts(self) -> Iterator[Operation]:
        """Every key and value below an SMS key; what was printed twice alike counts once."""
        key, begin = "", 0
        for found in _KEY_LINE.finditer(self.document.text):
            if key:
                yield from self._values(key, begin, found.start())
            key, begin = found[1].rstrip(" \t\\"), found.end()
            if SMS_KEY.match(key):
                at = found.start(1)
                yield _Printed("create_key", key, self.document, at, at + len(key))
            else:
                key = ""
        if key:
            yield from self._values(key, begin, len(self.document.text))

    def _values(self, key: str, begin: int, end: int) -> Iterator[Operation]:
        for line in _LINE.finditer(self.document.text, begin, end):
            self._lines += 1
            if self._lines > REGISTRY_QUERY_LINES:
                limit = f"smslint reads {REGISTRY_QUERY_LINES:,} lines of SMS keys"
                message = f"{limit}, not the rest: query the key of one site"
                self._report(message, *line.span(), costly=True)
                return
            kind_name = _TYPE.search(line[0])
            if kind_name and line[0][0] in " \t":
                yield from self._value(key, line, kind_name)
            elif not _NO_VALUE.match(line[0]):
                self._other_line(line)

    def _value(self, key: str, line: re.Match[str], kind_name: re.Match[str]) -> Iterator[Operation]:
        kind = _TYPES.get(kind_name[1])
        if kind is None:
            return
        name = line[0][: kind_name.start()].strip(" \t")
        gap = _GAP.match(line[0], kind_name.end())
        start = gap.end() if gap else kind_name.end()
        data = _data(kind, line[0][start:])
        at = (line.start() + start, line.end()) if line[0][start:] else line.span()
        if data is None:
            self._report(
                f"the data of {name} is no {kind_name[1]} as `reg query` prints it", *at, costly=True
            )
            return
        name = "" if name in _DEFAULT_VALUE else name
        if (alike := (key.lower(), name.lower(), kind, data)) not in self._met:
            self._met.add(alike)
            yield _Printed("set", key, self.document, *at, name, kind, data)

    def _other_line(self, line: re.Match[str]) -> None:
        if line.end() == len(self.document.text):
            self._report("the file ends in the middle of a value; take it again", *line.span(), cut=True)
        else:
            message = (
                "this line is neither a key nor a value with its type: text of the line before may end here"
            )
            self._report(message, *line.span())

    def _report(self, message: str, start: int, end: int, *, costly: bool = False, cut: bool = False) -> None:
        kind: DefectKind = "truncated" if cut else "malformed"
        if self.defects.flooded(kind, costly or cut):
            self.defects.count_only(kind, costly or cut)
            return
        span = _span_at(self.document, start, end)
        self.defects.append(Defect(kind, message, span, costly=costly or cut))


def _data(kind: int, text: str) -> bytes | None:
    """The bytes the registry holds for what was printed; None where it is no such data."""
    if kind in (REG_SZ, REG_EXPAND_SZ):
        return string_bytes(text)
    if kind == REG_MULTI_SZ:
        return string_bytes(text.replace("\\0", "\0") + "\0")
    if kind in (REG_DWORD, REG_QWORD):
        printed = text.strip(" \t")
        number = int(printed, 16) if _NUMBER.fullmatch(printed) else -1
        size = 4 if kind == REG_DWORD else 8
        return number.to_bytes(size, "little") if 0 <= number < 1 << 8 * size else None
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None
