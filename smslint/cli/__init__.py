"""The command line: words in, exit status out; no logic. One module per command."""

from __future__ import annotations

from typing import Annotated

import typer

from smslint.cli.help import CONTEXT, Commands

app = typer.Typer(
    name="smslint",
    cls=Commands,
    help="Check the site-to-site settings of Microsoft SMS and Configuration Manager.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=dict(CONTEXT),
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"smslint {version('smslint')}")
        raise typer.Exit


@app.callback()
def smslint(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Check the site-to-site settings of Microsoft SMS and Configuration Manager."""
