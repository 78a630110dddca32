"""smslint never opens a network connection, whatever it is asked to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import FIXTURES

WATCHED = """
import sys
def watch(event, arguments):
    if event.startswith("socket."):
        sys.stderr.write(f"opened: {event}")
        sys.exit(99)
sys.addaudithook(watch)
from smslint.cli import app
app(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("check", "hierarchy", "--format", "html", "--complete"), 0),
        (("check", "malformed/entities.clixml.xml", "--format", "sarif"), 1),
        (("show", "configmgr-current"), 0),
        (("explain", "ALL"), 0),
    ],
)
def test_no_socket_is_opened(words: tuple[str, ...], status: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, *words], cwd=FIXTURES, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr.count("opened")) == (status, 0), ran.stderr


def test_the_watch_would_see_one() -> None:
    code = WATCHED.partition("from smslint")[0] + "import socket; socket.socket().bind(('127.0.0.1', 0))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd())
    assert ran.returncode == 99
