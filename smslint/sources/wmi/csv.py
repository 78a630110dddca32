"""WMI objects as CSV: the SQL views of the component properties, and what Export-Csv makes of objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from smslint.schema.export import Export
from smslint.schema.version import ProductVersion
from smslint.sources.text import Document
from smslint.sources.wmi import dump as wmi
from smslint.sources.wmi import embedded
from smslint.sources.wmi.objects import BrokenError, Object, Scalar, Tree, clean

CODE_PAGE: Final = "utf-8"

_NO_ROW = re.compile(r"[\r\n\0\ufeff]+|#TYPE[^\r\n]*")
_FOOTER = re.compile(r"\([0-9]+ .*\)|Completion time: .*", re.IGNORECASE)
"""What sqlcmd and Management Studio write below a table: ``(3 rows affected)``."""
_SEPARATOR = re.compile(r"[,;\t\r\n]")
_UNDERLINE = re.compile(r"-*")
# In steps, because the engine keeps something for every round of a repeated group.
_IN_QUOTES = re.compile(r'(?:[^"]+|""){1,4000}')

_VALUES: Final = frozenset(("value1", "value2"))
_READ: Final = frozenset(
    (
        *("sitecode", "componentname", "itemname", "itemtype", "flag", "name", "propertyname"),
        *("dessitecode", "addresstype", "destinationtype", "value", "value1", "value2", "value3"),
    )
)
_NAMING: Final = {"componentname", "dessitecode", "scfdata", "propertyname", "reportingsitecode"}
"""Columns of which one tells such a table from others."""

Row = list[Scalar]


def recognises(head: str) -> bool:
    """Whether the first line that is no type line names the columns of such a table."""
    lines = (line for line in head.splitlines() if line.strip() and not line.startswith("#TYPE"))
    return _is_header(re.split("[,;\t]", next(lines, "")))


def _is_header(columns: Sequence[str]) -> bool:
    names = {name.strip(' "').lower() for name in columns}
    properties = names >= _VALUES and names & {"value", "value3"}
    return bool(properties or (names & _NAMING and len(names) > 1))


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read what the dump says of its sites; what cannot be read becomes a defect."""
    return wmi.read(document, given, "wmi-csv", embedded.reading(parse, embedded.IN_CSV))


def parse(document: Document, tree: Tree) -> None:
    """Read the tables into a tree, every row an object. Of joined tables each begins with its header."""
    names: list[str] = []
    for row in _rows(document.text, tree):
        texts = [str(cell.data).strip() for cell in row]
        if not names or _is_header(texts):
            names = [text.lower() for text in texts]
            # In a row of a property, a column that is not read may hold a secret all the same.
            is_table = set(names) >= _VALUES
            columns = [f"value of {each}" if is_table and each not in _READ else each for each in names]
        elif len(row) == len(names):
            if not all(map(_UNDERLINE.fullmatch, texts)):
                tree.add(_row(columns, row))
        elif not (len(row) == 1 and _FOOTER.fullmatch(texts[0])):
            raise _misfit(row, len(names), document.text)


def _row(columns: Sequence[str], row: Row) -> Object:
    """A row as an object; of columns with one name the last holds."""
    read = Object(row[0].start, row[-1].end, fields=dict(zip(columns, row, strict=True)), complete=True)
    if len(read.fields) < len(columns):
        named = zip(columns, row, strict=True)
        read.overridden = [(name, cell) for name, cell in named if read.fields[name] is not cell]
    return read


def _misfit(row: Row, columns: int, text: str) -> BrokenError:
    if len(row) < columns and row[-1].end == len(text):
        message = f"the file ends in the middle of a row of {columns} columns; export again"
        return BrokenError(message, row[0].start, row[-1].end, "truncated")
    return BrokenError(
        f"this row has {len(row)} columns, the header {columns}: what follows is not read; "
        "export again with a text qualifier around the values",
        row[0].start,
        row[-1].end,
    )


def _rows(text: str, tree: Tree) -> Iterator[Row]:
    """The rows, header first; blank lines and Export-Csv's type line are none."""
    at, separator = 0, ""
    while at < len(text):
        if blank := _NO_ROW.match(text, at):
            at = blank.end()
            continue
        if not separator:
            first = _SEPARATOR.search(text, at)
            separator = first[0] if first and first[0] in ",;\t" else ","
            unquoted = re.compile(rf"[^{separator}\r\n]*")
        row: Row = []
        while True:
            cell = _cell(text, at, unquoted)
            tree.count_value(cell)
            row.append(cell)
            at = cell.end
            if not text.startswith(separator, at):
                break
            at += 1
        if text[at : at + 1] not in ("", "\r", "\n"):
            raise BrokenError(
                f"expected {separator!r} or the end of the line here; what follows is not read", at, at + 1
            )
        yield row


def _cell(text: str, at: int, unquoted: re.Pattern[str]) -> Scalar:
    if not text.startswith('"', at):
        found = unquoted.match(text, at)
        end = found.end() if found else at
        data = text[at:end].strip()
        return Scalar(None if data == "NULL" else clean(data), at, end)
    end = at + 1
    while inner := _IN_QUOTES.match(text, end):
        end = inner.end()
    if not text.startswith('"', end):
        raise BrokenError.unclosed(at)
    return Scalar(clean(text[at + 1 : end].replace('""', '"')), at, end + 1)
