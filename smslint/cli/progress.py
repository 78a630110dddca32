"""What a run that takes a while is doing: one line on a terminal, gone when it ends; nothing in a pipe."""

from __future__ import annotations

import os
import shutil
import sys
from time import monotonic

from smslint.cli.console import takes_codes
from smslint.reports.style import beginning, display

_PATIENCE = 1.0
"""Seconds before anything is shown; most runs are over by then."""
_PAUSE = 0.1
"""Seconds between two lines, so that showing costs nothing."""


class Progress:
    """Shows each step it is called with, while the ``with`` it stands in lasts."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Stay silent when ``quiet``, or when standard error is no terminal that can take a line back."""
        on_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._visible = not quiet and on_terminal and takes_codes()
        self._next = monotonic() + _PATIENCE
        self._standing = False

    def __enter__(self) -> Progress:
        """Begin to wait for the first step."""
        return self

    def __call__(self, step: str) -> None:
        """Show a step in place of the last one."""
        if not self._visible or monotonic() < self._next:
            return
        text = beginning(display(step), shutil.get_terminal_size().columns - 1)
        self._write(f"\r{text}\x1b[K")
        self._standing = True
        self._next = monotonic() + _PAUSE

    def __exit__(self, *_error: object) -> None:
        """Take the last line back."""
        if self._standing:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()
