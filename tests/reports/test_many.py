"""Every format is written in time that grows with the report, not faster: 4,000 addresses, names as long."""

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


@pytest.fixture(scope="module")
def long() -> Report:
    """Of names of 30,000 characters, as no server has."""
    name = "\u00e4" * 30_000
    keys: dict[str, dict[str, int | str]] = {
        "Identification": {"Site Code": "NYC", "Site Server": name, "Parent Site Code": name},
        rf"Sites\NYC\Addresses\{name}\0": {"Estimated Bandwidth": 0xFFFFFFFF},
        rf"Components\{name}_SENDER": {"Maximum Concurrent Sendings": 0},
    }
    return report(registry_export(keys, version="692"))


@pytest.mark.parametrize("name", [*FORMATS, "map"])
@pytest.mark.parametrize("of", ["many", "long"])
def test_a_report_of_much_is_written_soon(of: str, name: str, request: pytest.FixtureRequest) -> None:
    made: Report = request.getfixturevalue(of)
    begin = time.process_time()
    lines = svg(made) if name == "map" else renderer(name)(made, Style())
    assert sum(1 for _ in lines)
    assert time.process_time() - begin < 15
