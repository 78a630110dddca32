"""SMS601 to SMS604: the receiving side."""

from __future__ import annotations

import pytest

from smslint.testing import registry_export
from tests.checks.sites import levels, of

DESPOOLER = r"Components\SMS_DESPOOLER"


@pytest.mark.parametrize(
    ("drive", "build", "version", "expected"),
    [
        ("E", "786", "1.2sp3", ["error"]),
        ("E", "786", None, ["warning"]),
        ("E", "786", "1.2sp4", []),
        ("E", "692", None, []),
        ("", "786", "1.2sp3", []),
        (" ", "786", "1.2sp3", []),
    ],
)
def test_the_drive_of_the_despooler(drive: str, build: str, version: str | None, expected: list[str]) -> None:
    export = registry_export({DESPOOLER: {"Preferred Drive For Temp Directory": drive}}, version=build)
    assert levels("SMS601", export, product_version=version) == expected


def test_the_drive_is_blanked() -> None:
    export = registry_export({DESPOOLER: {"Preferred Drive For Temp Directory": "E"}}, version="786")
    (finding,) = of("SMS601", export, product_version="1.2sp3")
    assert finding.fix is not None
    assert finding.fix.safety == "safe"
    assert [edit.replacement for edit in finding.fix.edits] == ['""']


@pytest.mark.parametrize(
    ("forced", "version", "expected"),
    [(1, "1.2sp3", ["warning"]), (2, None, ["info"]), (0, "1.2sp3", []), (1, "1.2sp4", [])],
)
def test_forced_disconnection(forced: int, version: str | None, expected: list[str]) -> None:
    export = registry_export({DESPOOLER: {"Use Forced Disconnect": forced}}, version="786")
    assert levels("SMS602", export, product_version=version) == expected


BUFFER = "Decompression Buffer Size (Log2 Value)"


@pytest.mark.parametrize(
    ("name", "value", "version", "expected"),
    [
        ("Compression Level", 0, "786", ["warning"]),
        ("Compression Level", 1, "786", []),
        ("Compression Level", 7, "786", []),
        ("Compression Level", 8, "786", ["warning"]),
        (BUFFER, 0, "786", ["warning"]),
        (BUFFER, 31, "786", []),
        (BUFFER, 32, "786", ["warning"]),
        (BUFFER, 16, "600", ["warning"]),
        (BUFFER, 15, "600", []),
        (BUFFER, 16, "692", []),
        ("Enable Compression", "Yes", "786", []),
        ("Enable Compression", "yes", "786", []),
        ("Enable Compression", "No", "786", ["info"]),
        ("Enable Compression", "Maybe", "786", ["warning"]),
        ("Compression Level", 8, "2.50.4253.3000", []),
        ("Compression Level", 8, "2.00.1493.4000", ["warning"]),
    ],
)
def test_compression(name: str, value: int | str, version: str, expected: list[str]) -> None:
    assert levels("SMS603", registry_export({"Compression": {name: value}}, version=version)) == expected


@pytest.mark.parametrize(("value", "version", "expected"), [(1, "786", 1), (0, "786", 0), (1, "692", 0)])
def test_the_database_that_is_not_sent(value: int, version: str, expected: int) -> None:
    key = r"Components\SMS_HIERARCHY_MANAGER"
    export = registry_export({key: {"Dont Send DB To Parent Site": value}}, version=version)
    assert levels("SMS604", export) == ["info"] * expected
