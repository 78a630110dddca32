"""The JSON Schemas of what smslint reads and writes: ``smslint schema``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from smslint.config.settings import Settings
from smslint.reports import json, settings

Name = Literal["report", "settings", "config"]


def json_schema(name: Name) -> dict[str, Any]:
    """The schema of the report of check, of the settings that show prints, or of the configuration."""
    match name:
        case "report":
            model, schema_id = json.Report, json.SCHEMA_ID
            schema = model.model_json_schema(mode="serialization", by_alias=True)
        case "settings":
            schema_id = settings.SCHEMA_ID
            schema = settings.SettingsReport.model_json_schema(mode="serialization")
        case "config":
            schema_id = "urn:smslint:schema:config:1"
            schema = Settings.model_json_schema(mode="validation", by_alias=True)
    for each in _objects(schema):
        each["additionalProperties"] = False
        for field in each["properties"].values():
            field.setdefault("description", _of_type(field, schema))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": schema_id, **schema}


def _objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (each for each in (schema, *schema.get("$defs", {}).values()) if "properties" in each)


def _of_type(field: dict[str, Any], schema: dict[str, Any]) -> str:
    """What a field's type says of itself; the title where it says nothing."""
    for part in (field, field.get("items", {}), *field.get("anyOf", ())):
        if "$ref" in part:
            definition = schema["$defs"][part["$ref"].rpartition("/")[2]]
            return str(definition.get("description", definition.get("title", "")))
    return str(field.get("title", ""))
