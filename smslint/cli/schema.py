"""``smslint schema``: the JSON Schema of what smslint reads and writes."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from smslint.cli import console
from smslint.reports.asciijson import dumped


def schema(
    of: Annotated[
        Literal["report", "settings", "config"],
        typer.Argument(help="The JSON report, a site's settings, or the configuration file."),
    ],
) -> None:
    """Print a JSON Schema: of the report of check, of the settings that show prints, or of smslint.toml."""
    from smslint.reports.schemas import json_schema

    console.write([dumped(json_schema(of))])
