"""A Windows to run smslint on where none is: its paths, its missing calls, its errors, its consoles."""

from __future__ import annotations

import io
import ntpath
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from smslint.__main__ import main
from smslint.files import paths

UNIX_CALLS = ("chown", "fchown", "lchown", "fchmod", "mkfifo", "getuid", "geteuid")


def simulate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make smslint take this system for Windows: `os` without the Unix calls, and paths after `ntpath`."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(paths, "ospath", ntpath)
    for name in UNIX_CALLS:
        monkeypatch.delattr(os, name)


class Pipe(io.RawIOBase):
    """What a standard stream writes to; ``broken`` is what a write raises, once some bytes were taken."""

    def __init__(self, *, terminal: bool = False, broken: OSError | None = None, takes: int = 0) -> None:
        self.taken = b""
        self._terminal, self._broken, self._takes = terminal, broken, takes

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._terminal

    def write(self, data: object) -> int:
        if self._broken and len(self.taken) >= self._takes:
            raise self._broken
        written = bytes(memoryview(data))  # type: ignore[arg-type]
        self.taken += written
        return len(written)


@dataclass(frozen=True)
class Came:
    """What a whole run came to, as the system sees it."""

    status: object
    out: bytes
    err: str


def run(
    monkeypatch: pytest.MonkeyPatch,
    words: Sequence[str | Path],
    *,
    code_page: str = "utf-8",
    out: Pipe | None = None,
    stdin: bytes | io.BufferedReader = b"",
) -> Came:
    """Run the program with streams of a code page, as a console or a pipe of Windows has them."""
    out, err = out or Pipe(), Pipe()
    source = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
    monkeypatch.setattr(sys, "argv", ["smslint", *map(str, words)])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(source, code_page))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(out), code_page))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BufferedWriter(err), code_page))
    with pytest.raises(SystemExit) as ended:
        main()
    return Came(ended.value.code, out.taken, err.taken.decode(code_page))
