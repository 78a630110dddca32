"""The help of the commands: what each is for, its usage, examples, and its options in groups.

Plain text of at most 80 columns, by the formatter that the command line brings; no rich.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from smslint.cli.commands import COMMANDS
from smslint.config.errors import UnusableError

CONTEXT: Final = {"help_option_names": ["-h", "--help"]}
GROUPS: Final = ("Input", "Rules", "Output", "Fixing", "Configuration")
"""The groups of options, in the order of the help; an option without a group stands under Help."""
_COLUMN: Final = 30
"""The longest option that its help stands beside; below a longer one it begins a line of its own."""


class Command(TyperCommand):
    """A command whose help is grouped, with its examples."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help: summary, usage, examples, what more is to say, arguments and options."""
        summary, _, more = inspect.cleandoc(self.help or "").partition("\n\n")
        formatter.write_text(summary)
        formatter.write("\n")
        self.format_usage(ctx, formatter)
        _write_examples(formatter, COMMANDS[self.name or ""].examples)
        if more:
            formatter.write("\n")
            formatter.write_text(more)
        params = self.get_params(ctx)
        for group in (*GROUPS, "Help"):
            rows = [_row(each) for each in params if _group(each) == group]
            if rows:
                with formatter.section(group):
                    formatter.write_dl(rows, col_max=_COLUMN)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words behind the command's name: what must be given bare, the rest in brackets."""
        arguments = [each for each in self.get_params(ctx) if each.param_type_name == "argument"]
        needed = [
            f"{each.opts[0]} {each.metavar}"
            for each in self.get_params(ctx)
            if each.param_type_name == "option" and each.required
        ]
        return [*needed, "[OPTIONS]", *(_argument(each, bare=False) for each in arguments)]


class Commands(TyperGroup):
    """The commands; one is imported when it runs.

    What the user gave and cannot be used ends any of them with a word and status 2.
    """

    def __init__(self, **given: Any) -> None:
        """Begin without any command."""
        super().__init__(**given)
        names: dict[str, Any] = dict.fromkeys(COMMANDS)
        self.commands = names  # what typer takes its suggestions from

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command; None where no command has the name."""
        if cmd_name not in COMMANDS:
            return None
        described = COMMANDS[cmd_name]
        alone = typer.Typer(
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings=dict(CONTEXT),
            add_completion=False,
        )
        function = getattr(import_module(f"smslint.cli.{described.module}"), described.function)
        alone.command(cmd_name, cls=Command)(function)
        return typer.main.get_command(alone)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the first word names; a file in its place exits with a hint."""
        word = args[0]
        if word not in COMMANDS and _looks_like_a_path(word):
            _fail_with_hint(ctx, args)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help: usage, examples, every command with its whole summary, and options."""
        formatter.write_text(inspect.cleandoc(self.help or ""))
        formatter.write("\n")
        formatter.write_usage(ctx.command_path, "COMMAND [OPTIONS] [PATH]...")
        with formatter.section("Commands"):
            formatter.write_dl([(name, described.summary) for name, described in COMMANDS.items()])
        _write_examples(formatter, [COMMANDS[name].examples[0] for name in ("check", "patch", "explain")])
        with formatter.section("Options"):
            formatter.write_dl([_row(each) for each in self.get_params(ctx)])
        formatter.write("\n")
        formatter.write_text("smslint COMMAND --help says more. smslint opens no network connection.")

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except UnusableError as error:
            from smslint.cli import console

            console.give_up(str(error))


def _looks_like_a_path(word: str) -> bool:
    return word == "-" or any(sign in word for sign in "./\\*") or Path(word).exists()


def _fail_with_hint(ctx: Any, args: Sequence[str]) -> NoReturn:
    from smslint.reports.style import display

    command = "diagnose" if args[0].lower().endswith((".log", ".lo_")) else "check"
    meant = display(" ".join(["smslint", command, *(f'"{each}"' if " " in each else each for each in args)]))
    ctx.fail(f"No command is called {display(args[0])}. Did you mean `{meant}`?")
    raise AssertionError  # pragma: no cover - fail never returns


def _write_examples(formatter: Any, examples: Sequence[tuple[str, str]]) -> None:
    """Write each example on a line of its own, below a comment that says what it does."""
    with formatter.section("Examples"):
        for command, does in examples:
            indent = " " * formatter.current_indent
            formatter.write(f"{indent}# {does}\n{indent}{command}\n")


def _group(param: Any) -> str:
    if param.param_type_name == "argument" and not param.rich_help_panel:
        return "Input"
    return getattr(param, "rich_help_panel", None) or "Help"


def _row(param: Any) -> tuple[str, str]:
    """What stands left and right of an argument or option."""
    if param.param_type_name == "argument":
        return _argument(param), param.help or ""
    short = [each for each in param.opts if not each.startswith("--")]
    name = f"{short[0]}, " if short else "    "
    name += next(each for each in param.opts if each.startswith("--"))
    if not getattr(param, "is_flag", False):
        name += f" {param.metavar}"
    return name, " ".join([param.help or "", *_marks(param)])


def _marks(param: Any) -> Iterator[str]:
    if param.required:
        yield "[required]"
    elif isinstance(param.default, str) and param.show_default:
        yield f"[default: {param.default}]"


def _argument(param: Any, *, bare: bool = True) -> str:
    name = param.metavar if bare or param.required else f"[{param.metavar}]"
    return f"{name}..." if param.nargs != 1 else name
