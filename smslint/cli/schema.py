"""``smslint schema``: the JSON Schema of what smslint reads and writes."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel

from smslint.cli import console
from smslint.finding import Report
from smslint.schema.site import Site

_MODELS: dict[str, type[BaseModel]] = {"report": Report, "settings": Site}


def schema(
    of: Annotated[
        Literal["report", "settings"], typer.Argument(help="The JSON report, or a site's settings.")
    ],
) -> None:
    """Print a JSON Schema: of the report that check writes, or of the settings that show prints."""
    said: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    said |= _MODELS[of].model_json_schema(mode="serialization", by_alias=True)
    console.write([json.dumps(said, indent=2)])
