"""Make docs/cli.md from the help of the commands; with --check only say whether it is as it should be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from smslint.cli import app
from smslint.cli.commands import COMMANDS

PAGE = Path(__file__).parent / "cli.md"

OPENING = """\
# The command line

<!-- Made by docs/make_cli.py from the help of the commands; edit that. -->

What `smslint --help` and `smslint COMMAND --help` print. At Windows `py -m smslint` is the same.

`smslint --install-completion` lets the shell complete commands, options, rules, versions and formats.
"""


def page() -> str:
    """The whole page: the help of smslint, then of each command."""
    return "\n".join([OPENING, *_sections()])


def _sections() -> Iterator[str]:
    group = typer.main.get_command(app)
    # As wide as any terminal shows it: 80 columns.
    with group.make_context("smslint", [], resilient_parsing=True, terminal_width=78) as whole:
        yield _block(group.get_help(whole))
        for name in COMMANDS:
            command = group.get_command(whole, name)  # type: ignore[attr-defined]
            with command.make_context(
                name, [], parent=whole, resilient_parsing=True, terminal_width=78
            ) as context:
                yield f"## smslint {name}\n"
                yield _block(command.get_help(context))


def _block(text: str) -> str:
    return f"```text\n{text}\n```\n"


if __name__ == "__main__":
    from made import write_or_check

    sys.exit(write_or_check(PAGE, page(), "the commands say"))
