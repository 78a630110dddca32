"""Standard output and error: what may be written to them, and how a command gives up."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import Final, Literal, NoReturn, TextIO

import typer

from smslint.reports.style import Style, display
from smslint.sources.limits import INPUT_BYTES

ColourChoice = Literal["auto", "always", "never"]


def style(choice: ColourChoice = "auto", *, summary: bool = True) -> Style:
    """How to write to standard output: ``--color`` first, then NO_COLOR, then whether it is a terminal."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    colour = _coloured(choice) and (takes_codes() or not sys.stdout.isatty())
    return Style(
        colour=colour, width=max(40, min(width, 120)), summary=summary, links=colour and _has_links()
    )


_TERMINALS_WITH_LINKS: Final = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "VTE_VERSION")
"""What Windows Terminal, kitty, Konsole, and the terminals of GNOME set."""


def _has_links() -> bool:
    """Whether standard output is a terminal that is known to take OSC 8."""
    if not sys.stdout.isatty():
        return False
    program = os.environ.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm", "vscode", "ghostty")
    return program or any(os.environ.get(name) for name in _TERMINALS_WITH_LINKS)


def _coloured(choice: ColourChoice) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def takes_codes() -> bool:
    """Whether the terminal obeys escape codes; those of Windows do once they are told to."""
    if sys.platform != "win32":
        return True
    try:
        import colorama
    except ImportError:
        return False
    colorama.just_fix_windows_console()
    return True


def write(lines: Iterable[str], *, to_stderr: bool = False) -> None:
    """Write lines to standard output (or error), spelling out what its encoding lacks."""
    _write(lines, sys.stderr if to_stderr else sys.stdout)


def write_bytes(pieces: Iterable[bytes]) -> None:
    """Write bytes to standard output as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.flush()


def remark(text: str) -> None:
    """Write a remark to standard error."""
    _write([f"smslint: {display(text)}"], sys.stderr)


def give_up(text: str) -> NoReturn:
    """Say why the job could not be done, and exit with status 2."""
    remark(text)
    raise typer.Exit(2)


def finish(failures: Iterable[str], *, failed: bool = False) -> None:
    """Say what could not be done; exit with status 2 if anything could not, with 1 if the run ``failed``."""
    status = 1 if failed else 0
    for failure in failures:
        remark(failure)
        status = 2
    if status:
        raise typer.Exit(status)


def _write(lines: Iterable[str], out: TextIO) -> None:
    encoding = out.encoding or "utf-8"
    for line in lines:
        out.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    out.flush()


def read_stdin() -> bytes:
    """Standard input, of more than `INPUT_BYTES` bytes only as much as shows that: it may have no end.

    Raises `UnusablePathError` when it is closed or cannot be read.
    """
    from smslint.files.walk import UnusablePathError, reason

    if sys.stdin is None:
        raise UnusablePathError("standard input is closed")
    try:
        return sys.stdin.buffer.read(INPUT_BYTES + 1)
    except OSError as error:
        raise UnusablePathError(f"standard input: {reason(error)}") from error
