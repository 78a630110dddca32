"""``smslint schema``: the JSON Schema of what smslint reads and writes."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel

from smslint.cli import console
from smslint.config.settings import Settings
from smslint.reports.json import Report
from smslint.schema.site import Site

_MODELS: dict[str, type[BaseModel]] = {"report": Report, "settings": Site, "config": Settings}


def schema(
    of: Annotated[
        Literal["report", "settings", "config"],
        typer.Argument(help="The JSON report, a site's settings, or the configuration file."),
    ],
) -> None:
    """Print a JSON Schema: of the report of check, of the settings that show prints, or of smslint.toml."""
    said: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    mode: Literal["validation", "serialization"] = "validation" if of == "config" else "serialization"
    said |= _MODELS[of].model_json_schema(mode=mode, by_alias=True)
    console.write([json.dumps(said, indent=2)])
