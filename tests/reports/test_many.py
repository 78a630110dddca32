"""Every format is written in time that grows with the report, not faster: here of 4,000 addresses."""

from __future__ import annotations

import time

import pytest

from smslint.report import Report
from smslint.reports import FORMATS, renderer
from smslint.reports.html.map import svg
from smslint.reports.style import Style
from smslint.testing import registry_export, report

ADDRESSES = 4000


@pytest.fixture(scope="module")
def many() -> Report:
    keys: dict[str, dict[str, int | str]] = {"Identification": {"Site Code": "NYC"}}
    for number in range(ADDRESSES):
        code = "".join(chr(65 + number // 26**place % 26) for place in range(3))
        keys[rf"Sites\NYC\Addresses\{code}\0"] = {"Estimated Bandwidth": 0xFFFFFFFF}
    found = report(registry_export(keys, version="692"))
    assert len(found.findings) >= ADDRESSES
    return found


@pytest.mark.parametrize("name", [*FORMATS, "map"])
def test_a_report_of_many_addresses_is_written_soon(name: str, many: Report) -> None:
    begin = time.process_time()
    lines = svg(many) if name == "map" else renderer(name)(many, Style())
    assert sum(1 for _ in lines)
    assert time.process_time() - begin < 15
