"""Holds HEAD against an earlier commit: what programs read of every input must be the same, byte for byte.

    python .ci/guard.py COMMIT

Installs the commit beside the working tree, runs `check --format json`, `show --format json` and `show --raw`
of both over every input in fixtures/, tests/data and, where they are there, ../shared/corpus and
../shared/field, and names each run whose output or exit status differs. Ends 0 if none does, else 1.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("fixtures", "tests/data", "../shared/corpus", "../shared/field")
COMMANDS = (
    ("check", "--isolated", "--select", "ALL", "--format", "json"),
    ("show", "--isolated", "--format", "json"),
    ("show", "--isolated", "--raw"),
)

# Runs under the installed side alone: its console script, once for each line of words on standard input.
RUNNER = """
import io, json, sys, warnings
from importlib.metadata import entry_points
warnings.simplefilter("ignore")
(main,) = [point.load() for point in entry_points(group="console_scripts", name="smslint")]
out = sys.stdout
for line in sys.stdin:
    sys.argv = ["smslint", *json.loads(line)]
    sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    status = 0
    try:
        main()
    except SystemExit as stop:
        status = stop.code
    sys.stdout.flush()
    print(json.dumps([status, sys.stdout.buffer.getvalue().decode("utf-8")]), file=out, flush=True)
"""


def runs() -> list[list[str]]:
    """The words of every run: each command over each input, and over each folder of a hierarchy."""
    inputs = []
    for folder in FOLDERS:
        found = (path for path in (ROOT / folder).rglob("*") if path.suffix not in (".md", ".tsv", ".py"))
        inputs += sorted(str(path) for path in found if path.is_file())
    words = [[*command, path] for command in COMMANDS for path in inputs]
    folders = sorted({str(Path(path).parent) for path in inputs})
    return words + [[*COMMANDS[0], "--complete", folder] for folder in folders]


def install(source: Path, target: Path) -> Path:
    """Install the package in ``source`` under ``target``, with the dependencies of this interpreter."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target)]
    subprocess.run([*pip, str(source)], check=True)
    return target


def outputs(installed: Path, words: list[list[str]]) -> list[list[object]]:
    """What every run came to: exit status and standard output."""
    ran = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input="".join(json.dumps(each) + "\n" for each in words),
        env={"PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


def main(commit: str) -> int:
    """Compare; return the exit status."""
    words = runs()
    with tempfile.TemporaryDirectory() as folder:
        earlier = Path(folder, "source")
        earlier.mkdir()
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE, check=True)
        subprocess.run(["tar", "-x", "-C", str(earlier)], input=archive.stdout, check=True)
        old = outputs(install(earlier, Path(folder, "old")), words)
        new = outputs(install(ROOT, Path(folder, "new")), words)
    differing = [each for each, before, now in zip(words, old, new, strict=True) if before != now]
    for each in differing:
        print("differs: smslint", *each)
    print(f"{len(words)} runs, {len(differing)} differ from {commit}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
