"""The command line: words in, exit status out; no logic. One module per command."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from smslint.cli import check, collector, console, diagnose, explain, patch, schema, show
from smslint.cli import map as mapping
from smslint.config.errors import UnusableError


class _Commands(TyperGroup):
    """The commands. What the user gave and cannot be used ends any of them with a word and status 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UnusableError as error:
            console.give_up(str(error))


app = typer.Typer(
    name="smslint",
    cls=_Commands,
    help="Lint the site-to-site settings of Microsoft SMS and Configuration Manager.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.check)
app.command("patch")(patch.patch)
app.command("show")(show.show)
app.command("diagnose")(diagnose.diagnose)
app.command("map")(mapping.draw)
app.command("collector")(collector.collector)
app.command("rules")(explain.rules)
app.command("explain")(explain.explain)
app.command("schema")(schema.schema)


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
    """Lint the site-to-site settings of Microsoft SMS and Configuration Manager."""
