"""``smslint schema``: the JSON Schema of what smslint reads and writes."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from smslint.cli import console
from smslint.reports.asciijson import dumped


def schema(
    of: Annotated[
        Literal["report", "settings", "config"],
        typer.Argument(
            metavar="SCHEMA",
            help="report (check --format json), settings (show --format json), or config (smslint.toml).",
            rich_help_panel="Output",
        ),
    ],
) -> None:
    """Print the JSON Schema of what smslint reads or writes."""
    from smslint.reports.schemas import json_schema

    console.write([dumped(json_schema(of))])
