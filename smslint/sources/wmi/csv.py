"""WMI objects as CSV: the SQL views of the component properties, and what Export-Csv makes of objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smslint.schema.export import Export
from smslint.schema.version import ProductVersion
from smslint.sources.text import Document
from smslint.sources.wmi import dump as wmi
from smslint.sources.wmi.objects import Array, BrokenError, Node, Object, Scalar, Tree, clean

CODE_PAGE: Final = "utf-8"

QUERY: Final = (
    "SELECT d.SiteCode, c.ComponentName, p.Name, p.Value1, p.Value2, p.Value3 FROM SC_Component c "
    "JOIN SC_Component_Property p ON p.ComponentID = c.ID "
    "JOIN SC_SiteDefinition d ON d.SiteNumber = c.SiteNumber"
)
"""The query whose result smslint reads; tables and columns as the knowledge base has them (section 2)."""

_NO_ROW = re.compile(r"[\r\n]+|#TYPE[^\r\n]*")
_SEPARATOR = re.compile(r"[,;\t\r\n]")
_UNDERLINE = re.compile(r"-*")
# In steps, because the engine keeps something for every round of a repeated group.
_IN_QUOTES = re.compile(r'(?:[^"]+|""){1,4000}')

_VALUES: Final = frozenset(("value1", "value2", "value3"))

Row = list[Scalar]


def recognises(head: str) -> bool:
    """Whether the first line that is no type line names the columns of such a table."""
    lines = (line for line in head.splitlines() if line.strip() and not line.startswith("#TYPE"))
    columns = {name.strip(' "').lower() for name in re.split("[,;\t]", next(lines, ""))}
    properties = {"value1", "value2", "value3"} <= columns
    return properties or bool(columns & {"componentname", "dessitecode", "scfdata"} and len(columns) > 1)


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read what the dump says of its sites; what cannot be read becomes a defect."""
    return wmi.read(document, given, "wmi-csv", grow)


def grow(document: Document, tree: Tree) -> None:
    """Read the table into a tree: a row of a property into its component, any other row an object."""
    rows = _rows(document.text, tree)
    header = next(rows, [])
    names = [str(column.data).strip().lower() for column in header]
    tabular = {"value1", "value2", "value3"} <= set(names)
    if tabular and "componentname" not in names:
        raise BrokenError(
            "the table has no column ComponentName, so nobody can tell whose properties these are: "
            f"export the result of this query: {QUERY}",
            header[0].start,
            header[-1].end,
        )
    components: dict[tuple[str, ...], Array] = {}
    for row in rows:
        if all(_UNDERLINE.fullmatch(str(cell.data)) for cell in row):
            continue
        if len(row) != len(names):
            raise BrokenError(
                f"this row has {len(row)} columns, the header {len(names)}: what follows is not read; "
                "export again with a text qualifier around the values",
                row[0].start,
                row[-1].end,
            )
        fields = dict(zip(names, row, strict=True))
        if not tabular:
            tree.add(Object(row[0].start, row[-1].end, fields={**fields}, complete=True))
            continue
        owner = tuple(str(fields[key].data).upper() for key in ("sitecode", "componentname") if key in fields)
        if owner not in components:
            components[owner] = _component(fields, tree)
        property_name = "propertyname" if "propertyname" in fields else "name"
        # A column that is not read may hold a secret all the same.
        values = {
            key if key in _VALUES else f"value of {key}": cell
            for key, cell in fields.items()
            if key not in ("sitecode", "componentname", property_name)
        }
        components[owner].members.append(
            Object(
                row[0].start,
                row[-1].end,
                fields={"propertyname": fields.get(property_name, row[0]), **values},
                complete=True,
            )
        )


def _component(fields: dict[str, Scalar], tree: Tree) -> Array:
    props = Array(fields["componentname"].start, complete=True)
    known: dict[str, Node] = {key: fields[key] for key in ("sitecode", "componentname") if key in fields}
    tree.add(
        Object(props.start, fields["componentname"].end, fields={**known, "props": props}, complete=True)
    )
    return props


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
            tree.tally(cell)
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
