"""smslint as a person runs it, in this process: words in, output and exit status out."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from smslint.cli import app

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True)
class Ran:
    """What a run came to."""

    status: int
    out: str
    err: str
    out_bytes: bytes

    @property
    def json(self) -> dict[str, Any]:
        """Standard output as JSON."""
        read: dict[str, Any] = json.loads(self.out)
        return read


def smslint(*words: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
    """Run smslint with these words; an exception that leaves it fails the test."""
    result = CliRunner().invoke(
        app, [str(word) for word in words], input=stdin, env=env, catch_exceptions=False
    )
    return Ran(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)


def read_terminal(terminal: int) -> str:
    """What is written to a terminal until all that write to it are gone."""
    pieces: list[bytes] = []
    try:
        while piece := os.read(terminal, 65536):
            pieces.append(piece)
    except OSError:  # Linux says so when the other end of a terminal is gone.
        pass
    os.close(terminal)
    return b"".join(pieces).decode()
