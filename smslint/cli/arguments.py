"""The options that several commands take, and how they become `Settings`."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from pydantic import ValidationError

from smslint.cli import console
from smslint.config import Settings

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Files, folders, or - for standard input. Without: this folder."
    ),
]
Version = Annotated[
    str | None,
    typer.Option("--product-version", metavar="VERSION", help="1.2, 2.0sp3, 2007, current, or a build."),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="The code page of text without a BOM.")
]


def settings_from(**given: Any) -> Settings:
    """The settings that the command line gives, the others by default. A bad one exits with status 2."""
    try:
        return Settings.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        console.give_up("; ".join(problem["msg"].removeprefix("Value error, ") for problem in error.errors()))


def words(values: list[str] | None) -> tuple[str, ...]:
    """The words of an option that is comma-separated and repeatable."""
    return tuple(word.strip() for value in values or () for word in value.split(",") if word.strip())
