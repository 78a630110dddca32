"""The JSON Schemas: whole, described, and true of what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.running import FIXTURES, smslint


def objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object with properties that a schema declares."""
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from objects(part)
    if isinstance(tree, dict) and isinstance(tree.get("properties"), dict):
        yield tree


@pytest.mark.parametrize("name", ["report", "settings", "config"])
def test_every_field_is_described_and_no_other_is_taken(name: str) -> None:
    ran = smslint("schema", name)
    Draft202012Validator.check_schema(ran.json)
    assert ran.err == ""
    assert ran.json["$id"] == f"urn:smslint:schema:{name}:1"
    declared = list(objects(ran.json))
    assert declared
    for each in declared:
        assert each["additionalProperties"] is False
        assert all(field.get("description") for field in each["properties"].values()), each.get("title")


def test_what_show_prints_of_every_fixture_is_as_the_schema_says() -> None:
    printed = smslint("show", "--format", "json", FIXTURES).json
    assert len(printed["exports"]) > 50
    Draft202012Validator(smslint("schema", "settings").json).validate(printed)


def test_what_check_reports_of_every_fixture_is_as_the_schema_says() -> None:
    printed = smslint("check", "--select", "ALL", "--format", "json", FIXTURES).json
    assert len(printed["findings"]) > 50
    Draft202012Validator(smslint("schema", "report").json).validate(printed)
