"""SMS301 to SMS307, SMS310: who a site says it is."""

from __future__ import annotations

import pytest

from smslint.testing import registry_export
from tests.checks.sites import address, control, levels, noted, of

SP1 = "2.00.1380.1000"


@pytest.mark.parametrize(
    ("code", "expected"),
    [("CON", 1), ("prn", 1), ("Aux", 1), ("NUL", 1), ("COM", 0), ("NYC", 0), ("", 0), (None, 0)],
)
def test_reserved_codes(code: str | None, expected: int) -> None:
    assert levels("SMS301", noted(code, server="NYCSRV")) == ["error"] * expected


def test_a_parent_may_be_called_anything() -> None:
    assert levels("SMS301", noted("NYC", "CON")) == []


@pytest.mark.parametrize(
    ("code", "version", "expected"),
    [
        ("nyc", SP1, ["error"]),
        ("nyc", "2.00.1493.2000", ["error"]),
        ("nyc", "2.00.1493.3000", ["warning"]),
        ("Nyc", "2.50.4253.3000", ["warning"]),
        ("nyc", "5.00.9128.1000", ["warning"]),
        ("nyc", "786", ["info"]),
        ("nyc", "", ["warning"]),
        ("NYC", SP1, []),
        ("N1C", SP1, []),
    ],
)
def test_lower_case_codes(code: str, version: str, expected: list[str]) -> None:
    assert levels("SMS302", noted(code, version=version)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("N-Y", 1), ("NEWY", 1), ("NY", 1), ("ÄBC", 1), ("nyc", 0), ("0A9", 0), ("", 0)],
)
def test_codes_that_are_none(code: str, expected: int) -> None:
    assert levels("SMS303", noted(code)) == ["error"] * expected


def domain(name: str) -> str:
    return f"BEGIN_DOMAIN\n  <{name}><Microsoft Windows NT or LAN Manager><1>\nEND_DOMAIN"


def in_2_0(name: str, build: str = "1380", *more: str) -> str:
    definition = "BEGIN_SITE_DEFINITION\n  <1><NYC><New York>\nEND_SITE_DEFINITION"
    return "\n".join([f"SITE CONTROL FILE [{build}][1.08]", definition, domain(name), *more, ""])


def test_a_domain_called_as_a_site() -> None:
    assert levels("SMS304", in_2_0("NYC")) == ["error"]
    assert levels("SMS304", in_2_0("nyc", "1239")) == ["error"]
    assert levels("SMS304", in_2_0("EAST")) == []
    assert levels("SMS304", in_2_0("NYCX")) == []
    assert levels("SMS304", in_2_0("NYC"), product_version="2.0sp2") == ["error"]
    assert levels("SMS304", control("NYC", more=[domain("NYC")])) == []


def test_a_domain_called_as_another_site_of_the_run() -> None:
    assert levels("SMS304", in_2_0("BOS")) == []
    assert levels("SMS304", in_2_0("BOS"), noted("BOS")) == ["error"]


@pytest.mark.parametrize(
    ("server", "version", "expected"),
    [
        ("nycsrv", "692", ["warning"]),
        ("NYCsrv", "600", ["warning"]),
        ("NYCSRV", "692", []),
        ("NYC-01", "692", []),
        ("nycsrv", "786", []),
        ("nycsrv", "", ["info"]),
    ],
)
def test_server_names_in_lower_case(server: str, version: str, expected: list[str]) -> None:
    assert levels("SMS305", noted("NYC", server=server, version=version)) == expected


@pytest.mark.parametrize(
    ("server", "version", "expected"),
    [
        ("MÜNCHEN", "2.00.1493.4000", ["error"]),
        ("MUNICH", "2.00.1493.4000", []),
        ("MÜNCHEN", "786", []),
        ("MÜNCHEN", "2.50.4253.3000", []),
        ("MÜNCHEN", "", ["warning"]),
    ],
)
def test_server_names_that_are_not_ascii(server: str, version: str, expected: list[str]) -> None:
    assert levels("SMS306", noted("NYC", server=server, version=version)) == expected


@pytest.mark.parametrize(
    ("directory", "expected"),
    [
        ("D:\\", 1),
        ("D:", 1),
        ("SMS", 1),
        (r"\SMS", 1),
        ("D:SMS", 1),
        (" ", 1),
        (r"D:\SMS", 0),
        (r"d:\x", 0),
        (r"\\server\share", 1),
    ],
)
def test_install_directories(directory: str, expected: int) -> None:
    export = registry_export({"Identification": {"Install Directory": directory}}, version="786")
    assert levels("SMS307", export) == ["error"] * expected


def test_an_install_directory_that_is_not_there_or_of_another_version() -> None:
    assert levels("SMS307", noted("NYC", version="786")) == []
    later = registry_export({"Identification": {"Install Directory": "D:\\"}}, version=SP1)
    assert levels("SMS307", later) == []
    assert levels("SMS307", control("NYC", directory="D:\\")) == ["error"]
    assert levels("SMS307", control("NYC", directory="")) == ["error"]


SENDER: dict[str, int | str] = {"Maximum Concurrent Sendings": 5}
WHOLE: dict[str, dict[str, int | str]] = {r"Components\SMS_LAN_SENDER": SENDER, r"Sites\NYC": {}}


def test_a_server_export_without_identification() -> None:
    assert levels("SMS310", registry_export(WHOLE)) == ["error"]
    assert levels("SMS310", registry_export({r"Components\SMS_LAN_SENDER": SENDER})) == []
    assert levels("SMS310", noted("NYC", server="NYCSRV", keys=WHOLE)) == []
    assert levels("SMS310", control("NYC", more=[address("NYC", "BOS")])) == []


def test_blank_identity_values_and_those_that_are_not_there() -> None:
    assert levels("SMS310", noted("", server="NYCSRV", keys=WHOLE)) == ["error"]
    assert levels("SMS310", noted("NYC", server="", keys=WHOLE)) == ["error"]
    # How SMS 1.x spells the names of these values is not proven.
    assert levels("SMS310", noted("NYC", version="786", keys=WHOLE)) == []
    assert levels("SMS310", noted("NYC", version=SP1, keys=WHOLE)) == ["error"]


@pytest.mark.parametrize(
    ("code", "version", "expected"),
    [
        ("SMS", "5.00.9128.1000", ["error"]),
        ("env", "5.00.8325.1000", ["error"]),
        ("SMS", "5.00.7958.1000", []),
        ("SMS", "4.00.6487.2157", []),
        ("SMS", "786", []),
        ("SMS", "", []),
        ("ENV", "1494", ["warning"]),
        ("CON", "5.00.9128.1000", ["error"]),
    ],
)
def test_names_that_current_branch_reserves(code: str, version: str, expected: list[str]) -> None:
    assert levels("SMS301", noted(code, version=version)) == expected


def test_no_device_is_claimed_where_none_is() -> None:
    (finding,) = of("SMS301", noted("SMS", version="5.00.9128.1000"))
    assert "device" not in finding.message
