"""SMS401 to SMS408: the site control file as a file."""

from __future__ import annotations

import time

import pytest

from smslint.testing import codes, registry_export
from tests.checks.sites import address, control, levels, noted, of


def sized(size: int, build: str = "786") -> bytes:
    text = control("NYC", build=build)
    blanks = (" " * 99 + "\n") * (size // 100)
    return (text + blanks)[:size].ljust(size).encode("ascii")


@pytest.mark.parametrize(
    ("size", "build", "version", "expected"),
    [
        (454_000, "786", None, ["warning"]),
        (454_001, "786", None, ["error"]),
        (262_145, "786", None, ["warning"]),
        (262_144, "786", None, []),
        (262_145, "786", "1.2sp2", ["error"]),
        (240_000, "786", "1.2sp2", ["warning"]),
        (262_145, "786", "1.2sp3", []),
        (410_000, "786", "1.2sp4", ["warning"]),
        (408_600, "786", "1.2sp4", []),
        (262_145, "692", None, ["error"]),
        (236_000, "692", None, ["warning"]),
        (235_000, "692", None, []),
    ],
)
def test_sizes(size: int, build: str, version: str | None, expected: list[str]) -> None:
    assert levels("SMS401", sized(size, build), product_version=version) == expected


def test_a_size_that_the_hotfix_allows() -> None:
    key = r"Components\SMS_SITE_CONFIG_MANAGER"
    raised = noted("NYC", version="786", keys={key: {"SiteControlImageSize": 567_500}})
    assert levels("SMS401", sized(500_000), raised) == []
    assert levels("SMS401", sized(520_000), raised) == ["warning"]
    assert levels("SMS401", sized(567_501), raised) == ["error"]


@pytest.mark.parametrize(
    ("size", "version", "expected"),
    [
        (453_999, "786", ["error"]),
        (454_000, "786", []),
        (681_000, "786", []),
        (681_001, "786", ["error"]),
        (0x567500, "786", ["error"]),
        (453_999, "692", []),
        (453_999, "2.00.1380.1000", []),
        (453_999, "", ["warning"]),
    ],
)
def test_image_sizes(size: int, version: str, expected: list[str]) -> None:
    key = r"Components\SMS_SITE_CONFIG_MANAGER"
    export = registry_export({key: {"SiteControlImageSize": size}}, version=version)
    found = of("SMS402", export)
    assert [finding.severity for finding in found] == expected
    assert all(("entered as hexadecimal" in finding.message) is (size == 0x567500) for finding in found)
    assert all(finding.fix and finding.fix.safety == "manual" for finding in found)


@pytest.mark.parametrize(("days", "expected"), [(-1, 0), (0, 0), (2, 1), (10_000, 1)])
def test_time_stamps(days: int, expected: int) -> None:
    stamp = int(time.time()) + days * 86_400
    text = control("NYC").replace("<870000000>", f"<{stamp}>")
    assert levels("SMS403", text) == ["warning"] * expected


def test_what_a_stamp_in_2037_does() -> None:
    (finding,) = of("SMS403", control("NYC").replace("<870000000>", "<2114380800>"))
    assert "crash" in finding.message


@pytest.mark.parametrize(("kind", "expected"), [(1, 0), (2, 1), (3, 1), (6, 1)])
def test_file_types(kind: int, expected: int) -> None:
    assert levels("SMS404", control("NYC", file_type=kind)) == ["info"] * expected


def without(text: str, word: str) -> str:
    """The text without the blocks or statements of a keyword."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(word))
    last = start + (1 if word == "ADDRESS" else 2)
    return "\n".join(lines[:start] + lines[last + 1 :])


def test_files_without_senders_or_addresses() -> None:
    whole = control("NYC")
    assert levels("SMS405", whole) == []
    assert levels("SMS405", without(whole, "ADDRESS")) == ["error"]
    assert levels("SMS405", without(whole, "BEGIN_SENDER")) == ["error"]
    assert levels("SMS405", without(without(whole, "ADDRESS"), "BEGIN_SENDER")) == ["error", "error"]


def test_files_that_need_no_senders() -> None:
    bare = without(control("NYC"), "BEGIN_SENDER")
    assert levels("SMS405", bare.replace("<1><><NYC>", "<4><><NYC>")) == []
    assert levels("SMS405", bare + "BEGIN_SENDER\n  <2765>") == []
    assert levels("SMS405", "SITE CONTROL FILE [786][1.08]\n" + address("NYC", "BOS") + "\n") == []
    assert levels("SMS405", noted("NYC", version="786")) == []
    definition = "BEGIN_SITE_DEFINITION\n  <1><NYC><New York>\nEND_SITE_DEFINITION\n"
    assert levels("SMS405", "SITE CONTROL FILE [1380][1.08]\n" + definition) == []


def test_the_senders_of_another_input_do_not_count() -> None:
    sender: dict[str, int | str] = {"Maximum Concurrent Sendings": 5}
    registry = noted("NYC", version="786", keys={r"Components\SMS_LAN_SENDER": sender})
    assert levels("SMS405", without(control("NYC"), "BEGIN_SENDER"), registry) == ["error"]


def test_the_number_of_addresses() -> None:
    many = [f"{number:03d}" for number in range(989)]
    assert levels("SMS406", control("NYC", to=many[:-1], build="692")) == []
    assert levels("SMS406", control("NYC", to=many, build="692")) == ["info"]
    assert levels("SMS406", control("NYC", to=many), product_version="1.2sp3") == []


def test_the_service_pack_of_1_2() -> None:
    assert levels("SMS407", control("NYC")) == ["info"]
    assert levels("SMS407", control("NYC"), product_version="1.2sp4") == []
    assert levels("SMS407", control("NYC", build="692")) == []
    assert "SMS407" not in codes(control("NYC"), select=())


def test_counted_lengths() -> None:
    assert levels("SMS408", control("NYC", to=["BOS"])) == []
    assert levels("SMS408", control("NYC").replace("#24(", "#25(")) == ["info"]
