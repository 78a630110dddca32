"""What a person sees in a terminal of 80 and of 120 columns, on good, bad and broken input.

Each command runs in a real terminal; what it showed, colours included, is a file of ``terminal/``: ``cat``
one to see it in a terminal of your own, light or dark. UPDATE_GOLDEN=1 writes them anew: read the difference.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import shlex
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from smslint.cli.commands import COMMANDS
from tests import workspace
from tests.running import FIXTURES, read_terminal

if sys.platform == "win32":
    pytest.skip("no terminal to open there", allow_module_level=True)

SEEN = Path(__file__).parent / "terminal"
WIDTHS = (80, 120)
RUN = """
import json, os, sys, tempfile
import smslint.cli.check, smslint.engine.run, smslint.reports.text
from smslint.__main__ import main

for words in json.load(sys.stdin):
    with tempfile.TemporaryFile() as errors:
        child = os.fork()
        if not child:
            os.dup2(errors.fileno(), 2)
            sys.argv = ["smslint", *words]
            main()
        _, status = os.waitpid(child, 0)
        errors.seek(0)
        os.write(1, errors.read() + b"[exit status %d]\\n\\x1e" % os.waitstatus_to_exitcode(status))
"""
BROKEN = (
    *("bad-header-unicode.reg", "dangling-continuation-unicode.reg", "long-dword-regedit4.reg"),
    *(
        "truncated-in-hex-unicode.reg",
        "wrong-type-unicode.reg",
        "sitectrl-crossed.ct0",
        "sitectrl-truncated.ct0",
    ),
    *("depth-cut-convertto-json.json", "depth-cut-usage-schedule.json", "truncated.json"),
    *("entities.clixml.xml", "export-csv.csv", "format-list.txt"),
)
STRICT = """\
ignore = ["SMS124"]
fail-on = "info"
severity = { SMS104 = "error" }
rules.SMS104.heartbeat-timeout-minutes = 10

[[ignores]]
rule = "SMS104"
reason = "the link is slow"
until = 2020-01-31

[[policy]]
code = "ORG001"
setting = "sender.retry_delay_minutes"
between = [1, 5]
"""
LINES = [
    *("--help", *(f"{command} --help" for command in COMMANDS)),
    # what is well
    *("check healthy.reg", "check healthy --complete", "diagnose logs/configmgr-current-sender.log"),
    *("show healthy.reg", "patch healthy.reg", "check healthy.reg --quiet"),
    # what is wrong
    *(
        "check nyc.reg",
        "check nyc.reg --verbose",
        "check nyc.reg --show-settings",
        "check nyc.reg --statistics",
    ),
    *("check sender.json", "check sitectrl.ct0", "check exports --complete", "check exports --show-files"),
    *("check nyc.reg --format concise", "check nyc.reg --diff", "check nyc.reg --ignore SMS1"),
    *("show nyc.reg", "show sitectrl.ct0", "show --raw nyc.reg", "explain SMS101", "explain SMS216"),
    *("diagnose Sender.log", "diagnose Sender.log --with nyc.reg", "diagnose logs", "rules"),
    *("patch nyc.reg", "patch nyc.reg", "patch sender.json", "patch exports --output-dir cures"),
    *("check nyc.reg --write-baseline known.json", "check nyc.reg --baseline known.json"),
    *("check nyc.reg --fix", "map exports --output map.svg", "map exports --output map.html"),
    *("check nyc.reg --baseline known.json", "check nyc.reg --baseline known.json --prune-baseline"),
    *("check copy.reg --config strict.toml", "check --config strict.toml --show-settings"),
    *("check current --complete", "show current/C04.json", "patch current/C01.json current/C04.json"),
    *("explain heartbeat-expired", "check copy.reg --product-version 2.0sp5 --verbose"),
    # what is broken
    *(f"check malformed/{each}" for each in BROKEN),
    *(
        "check events.evtx",
        "check empty.reg",
        "check client.reg",
        "check NTUSER.DAT",
        "show malformed/truncated.json",
    ),
    *(
        "patch malformed/truncated-in-hex-unicode.reg",
        "diagnose nyc.reg",
        "diagnose empty.reg",
        "map empty.reg -o m.svg",
    ),
    # what cannot be done
    *(
        "check missing.reg",
        "chekc nyc.reg",
        "nyc.reg",
        "check nyc.reg --selekt SMS101",
        "check nyc.reg --select SMS999",
    ),
    *(
        "check nyc.reg --product-version 9",
        "check nyc.reg --format yaml",
        "explain SMS999",
        "check --config wrong.toml",
    ),
    *("check nyc.reg --baseline old.json", "check --config bad.toml", "check nyc.fix.reg --fix"),
    *("check copy.reg --unsafe-fixes", "check nyc.reg --output html:copy.reg", "check nyc.reg --output html"),
    *(
        "check nyc.reg --baseline nyc.reg",
        "patch missing.reg",
        "map exports",
        "check nothing",
        "schema nothing",
    ),
]
"""What is run, in this order and in one folder: what one writes, the next may find."""


def name(number: int) -> str:
    """The name of a line's file."""
    words = re.sub(r"[^\w.]+", "-", LINES[number]).strip("-")
    return f"{words}-again" if LINES[number] in LINES[:number] else words


@pytest.fixture(scope="module", params=WIDTHS)
def screens(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, list[str]]:
    """What each line showed in a terminal of a width."""
    folder = fill(tmp_path_factory.mktemp("terminal"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, request.param, 0, 0))
    env = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "PYTHONPATH")}
    with subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=folder,
        env={**env, "TERM": "xterm-256color", "TMPDIR": str(folder.parent)},
        stdin=subprocess.PIPE,
        stdout=theirs,
    ) as running:
        os.close(theirs)
        assert running.stdin
        running.stdin.write(json.dumps([shlex.split(line) for line in LINES]).encode())
        running.stdin.close()
        shown = read_terminal(ours)
    assert running.returncode == 0
    return request.param, shown.replace("\r\n", "\n").split("\x1e")[:-1]


def fill(folder: Path) -> Path:
    """Put more into the workspace of the pages: what is well, and what is no export."""
    workspace.fill(folder)
    for there, source in {
        "healthy.reg": "sms-1.2/healthy.reg",
        "healthy": "hierarchy-current",
        "malformed": "malformed",
        "client.reg": "configmgr-current/client.reg",
        "copy.reg": "sms-2.0/broken.reg",
        "current": "hierarchy-current-broken",
    }.items():
        copied = shutil.copytree if (FIXTURES / source).is_dir() else shutil.copy
        copied(FIXTURES / source, folder / there)
    (folder / "events.evtx").write_bytes(b"ElfFile\0" + bytes(4088))
    (folder / "NTUSER.DAT").write_bytes(b"regf" + bytes(4092))
    (folder / "empty.reg").write_bytes(b"")
    (folder / "nothing").mkdir()
    (folder / "wrong.toml").write_text('selekt = ["SMS101"]\n')
    (folder / "bad.toml").write_text("select = [SMS101]\n")
    (folder / "strict.toml").write_text(STRICT)
    (folder / "old.json").write_text('{"schema_version": 1, "findings": []}')
    return folder


@pytest.mark.parametrize("number", range(len(LINES)), ids=name)
def test_it_looks_as_its_file(number: int, screens: tuple[int, list[str]]) -> None:
    width, shown = screens
    file = SEEN / str(width) / f"{name(number)}.ansi"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown[number])
    assert shown[number] == file.read_text()


PROSE = [number for number, line in enumerate(LINES) if not re.match(r"show|.*concise", line)]
COPIED = re.compile(r" *(Get-CimInstance|Get-WmiObject|smslint) |smslint: |Error: |(ignores|policy) = ")


@pytest.mark.parametrize("number", PROSE, ids=name)
def test_only_what_is_copied_is_wider_than_the_terminal(number: int, screens: tuple[int, list[str]]) -> None:
    width, shown = screens
    bare = re.sub(r"\x1b\[[\d;]*m", "", shown[number]).splitlines()
    assert [line for line in bare if len(line) > width and not COPIED.match(line)] == []
