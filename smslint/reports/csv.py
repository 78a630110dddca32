"""``csv``: a table of the findings for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from smslint.config.settings import label_of
from smslint.report import Report, ReportedFinding
from smslint.reports.style import Style, printable

_COLUMNS: Final = (
    *("rule", "name", "severity", "path", "line", "column", "site", "component", "setting", "value"),
    *("expected", "message", "reference", "fingerprint"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a cell for a formula; the last four are the full-width ones."""


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the header, then a line a finding; text that a spreadsheet would compute begins with ``'``."""
    yield _row(_COLUMNS)
    for finding in report.findings:
        yield _row(tuple(_value(finding, column) for column in _COLUMNS))


def _value(finding: ReportedFinding, column: str) -> str | int | None:
    """What stands in a column; a setting by the product's words, since people read it."""
    if column == "setting" and finding.setting:
        return finding.label or label_of(finding.setting)
    value: str | int | None = getattr(finding, column)
    return value


def _row(cells: tuple[str | int | None, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def _cell(cell: str | int | None) -> str | int | None:
    return text_cell(cell) if isinstance(cell, str) else cell


def text_cell(text: str) -> str:
    """``text`` as a cell that a spreadsheet does not take for a formula."""
    return printable(f"'{text}" if text.startswith(_FORMULA) else text)
