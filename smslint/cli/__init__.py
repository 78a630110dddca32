"""The command line: words in, exit status out; no logic. One module per command."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from smslint.config.errors import UnusableError

COMMANDS: Final = {
    "check": ("check", "check", "Lint exports: say what is wrong, at which line, why, and what to do."),
    "patch": (
        "patch",
        "patch",
        "Write NAME.fix.reg and NAME.undo.reg, NAME.fix.ps1 and NAME.undo.ps1, or NAME.steps.txt, per input.",
    ),
    "show": (
        "show",
        "show",
        "Show the settings as read, or with --raw what regedit would do with a .reg file.",
    ),
    "diagnose": (
        "diagnose",
        "diagnose",
        "Say what the lines of logs mean (Lansend.log, Sender.log, ...), and which setting each leads to.",
    ),
    "map": (
        "map",
        "draw",
        "Draw the hierarchy: sites by tier, addresses with type and hours, and where there is trouble.",
    ),
    "collector": (
        "collector",
        "collector",
        "Print Export-SmslintSite.ps1, which reads a hierarchy's settings from the SMS Provider.",
    ),
    "rules": (
        "explain",
        "rules",
        "List the rules: code, name, severity, versions, fix, and whether they run by default.",
    ),
    "explain": (
        "explain",
        "explain",
        "Explain a rule: what it does, why it is bad, an example, the fix, versions and references.",
    ),
    "schema": (
        "schema",
        "schema",
        "Print a JSON Schema: of the report of check, of the settings that show prints, or of smslint.toml.",
    ),
}
"""Each command's module, its function, and the first line of what that says of itself."""


class _Commands(TyperGroup):
    """The commands; one is imported when it runs.

    What the user gave and cannot be used ends any of them with a word and status 2.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        names: dict[str, Any] = dict.fromkeys(COMMANDS)
        self.commands = names

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        alone = typer.Typer(
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings=_CONTEXT,
            add_completion=False,
        )
        alone.command(cmd_name)(getattr(import_module(f"smslint.cli.{module}"), function))
        return typer.main.get_command(alone)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        limit = formatter.width - 6 - max(len(name) for name in COMMANDS)  # `map` is a command here
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, TyperCommand(name, help=told).get_short_help_str(limit))
                    for name, (_, _, told) in COMMANDS.items()
                ]
            )

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UnusableError as error:
            from smslint.cli import console

            console.give_up(str(error))


_CONTEXT: Final = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="smslint",
    cls=_Commands,
    help="Lint the site-to-site settings of Microsoft SMS and Configuration Manager.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
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
    """Lint the site-to-site settings of Microsoft SMS and Configuration Manager."""
