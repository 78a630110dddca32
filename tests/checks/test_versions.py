"""SMS311 to SMS314: what Setup wrote down."""

from __future__ import annotations

import pytest

from smslint.testing import registry_export
from tests.checks.sites import control, levels, of

SP1 = "2.00.1380.1000"


def setup(**values: int | str) -> str:
    return registry_export({"Setup": {name.replace("_", " "): value for name, value in values.items()}})


@pytest.mark.parametrize(
    ("kind", "version", "expected"),
    [
        (6, SP1, ["warning"]),
        (0, SP1, ["warning"]),
        (8, SP1, ["warning"]),
        (1, SP1, []),
        (2, SP1, []),
        (6, "2.00.1493.3000", []),
        (8, "5.00.9128.1000", []),
    ],
)
def test_setup_types(kind: int, version: str, expected: list[str]) -> None:
    assert levels("SMS311", setup(Type=kind, Full_Version=version)) == expected


def test_the_type_of_a_central_site_of_unknown_version() -> None:
    assert levels("SMS311", setup(Type=8)) == []
    assert levels("SMS311", setup(Type=6)) == ["info"]


def test_the_type_is_fixed_where_site_control_says_secondary() -> None:
    registry = registry_export(
        {"Identification": {"Site Code": "NYC"}, "Setup": {"Type": 6, "Full Version": SP1}}
    )
    (alone,) = of("SMS311", registry)
    assert alone.fix is not None
    assert (alone.fix.safety, alone.fix.changes) == ("manual", ())
    (known,) = of("SMS311", registry, control("NYC", "HQ1", kind=9))
    assert known.fix is not None
    assert known.fix.safety == "safe"
    assert [change.to for change in known.fix.changes] == [2]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"Version": "1380", "Type": 2}, ["warning"]),
        ({"Version": "1380", "Type": 2, "Full_Version": ""}, ["warning"]),
        ({"Version": "1380", "Type": 1}, []),
        ({"Version": "1380"}, []),
        ({"Version": "1380", "Type": 2, "Full_Version": SP1}, []),
        ({"Version": "786", "Type": 2}, []),
        ({"Type": 2}, ["info"]),
    ],
)
def test_a_full_version_that_is_missing(values: dict[str, int | str], expected: list[str]) -> None:
    assert levels("SMS312", setup(**values)) == expected


def test_what_to_write_is_reported_where_the_build_is_known() -> None:
    assert of("SMS312", setup(Version="1380", Type=2))[0].expected == SP1
    assert of("SMS312", setup(Version="1493", Type=2))[0].expected is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.000.1380.1000", 1),
        ("2.00.1380", 1),
        ("2.00.1380.0000", 1),
        ("2.00.1239.1000", 1),
        ("2.00.1493.1000", 1),
        ("2.00.1380.1000", 0),
        ("2.00.1239.0000", 0),
        ("2.00.1493.2000", 0),
        ("2.00.1493.5012", 0),
        ("2.00.1196.0000", 0),
        ("2.50.4253.3000", 0),
        ("2.50.4253", 0),
        ("5.00.9128.1000", 0),
        ("", 0),
    ],
)
def test_full_versions_that_are_none(text: str, expected: int) -> None:
    assert levels("SMS313", setup(Full_Version=text)) == ["warning"] * expected


def test_the_version_of_the_console() -> None:
    other = setup(Full_Version="2.00.1493.4000", Full_UI_Version="2.00.1493.3000")
    assert levels("SMS314", other) == ["info"]
    bare = setup(Full_Version="2.00.1493.4000", UI_Version="2.00.1493.3000")
    assert levels("SMS314", bare) == []
    assert levels("SMS314", setup(Full_Version="2.00.1493.4000", UI_Version="1493")) == []
    assert levels("SMS314", setup(Full_Version="2.00.1493.4000", UI_Version="1380")) == ["info"]
    both = setup(Full_Version="2.00.1493.4000", UI_Version="1380", Full_UI_Version="2.00.1493.4000")
    assert levels("SMS314", both) == []
    assert levels("SMS314", setup(Full_Version=SP1, UI_Version=SP1)) == []
    assert levels("SMS314", setup(Full_Version=SP1)) == []
