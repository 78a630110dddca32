"""What is claimed of speed and memory: target beside measured, with a verdict; ends 1 if a row falls short.

Makes its own inputs, installs a wheel with its bytecode into a fresh environment, and measures the CPU time
of whole processes, each several times and in turn with its peer, which runs under the same Python. Names of
rows as arguments measure only those. The inputs take 1.3 GB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import inputs

ROOT = Path(__file__).parent.parent
TIMES = 5
BARE = """
from typing import Annotated

import typer
from pydantic import BaseModel


class Found(BaseModel):
    path: str
    line: int


app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def check(path: str, quiet: Annotated[bool, typer.Option("--quiet")] = False) -> None:
    print(Found(path=path, line=1))


def main() -> None:
    app()
"""
CONFIGPARSER = """
import configparser, sys, time
from pathlib import Path

begin = time.process_time()
for path in sorted(Path(sys.argv[1]).iterdir()) if Path(sys.argv[1]).is_dir() else [Path(sys.argv[1])]:
    parser = configparser.RawConfigParser(delimiters=("=",), strict=False, allow_no_value=True)
    with path.open(encoding="utf-16") as file:
        next(file)
        parser.read_file(file)
print(time.process_time() - begin)
"""
JSON = """
import json, sys, time

begin = time.process_time()
with open(sys.argv[1], encoding="utf-8") as file:
    json.load(file)
print(time.process_time() - begin)
"""
SENDER = r"S\x00E\x00N\x00D\x00E\x00R\x00\]"


@dataclass(frozen=True)
class Run:
    """What one process came to: seconds of CPU, the largest memory in MiB, its status and what it printed."""

    seconds: float
    peak: float
    status: int
    printed: str

    @property
    def measured(self) -> float:
        """The seconds that it measured itself."""
        return float(self.printed)


@dataclass(frozen=True)
class Row:
    """One claim: at most ``target`` of what ``measured`` tells, in ``unit``."""

    work: str
    target: float
    unit: str
    measured: Callable[[], float]


class Bench:
    """The environment that smslint is installed in, the inputs, and what is measured of them."""

    def __init__(self, folder: Path) -> None:
        """Install smslint and its peers below ``folder``; inputs are made when they are first asked for."""
        self.folder = folder
        venv.create(folder / "venv", with_pip=True)
        self.bin = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        pip = [str(self.bin / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "wheel", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
        (wheel,) = folder.glob("smslint-*.whl")
        subprocess.run([*pip, "install", "--compile", str(wheel)], check=True)
        found = "import sysconfig; print(sysconfig.get_path('purelib'))"
        (Path(self.run("python", "-c", found).printed.strip()) / "bare.py").write_text(BARE)
        self.run("python", "-c", "import bare")

    def input(self, name: str) -> str:
        """The path of an input."""
        path = self.folder / name
        if not path.exists():
            inputs.MADE[name](path)
        return str(path)

    def run(self, program: str, *words: str) -> Run:
        """Run a program of the environment, or of the system, to its end."""
        own = self.bin / program
        printed = self.folder / "printed"
        with printed.open("wb") as out:
            process = subprocess.Popen(
                [str(own) if own.exists() else program, *words],
                stdout=out,
                stderr=subprocess.DEVNULL,
                cwd=self.folder,
                env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": ""},
            )
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = used.ru_utime + used.ru_stime
        return Run(seconds, used.ru_maxrss / 1024, process.returncode, printed.read_text("utf-8", "replace"))

    def check(self, *words: str) -> Run:
        """Run ``smslint check`` on inputs that all can be read."""
        found = self.run("smslint", "check", "--isolated", *words)
        if found.status not in (0, 1):
            sys.exit(f"smslint check {' '.join(words)} ended with {found.status}")
        return found

    def bare(self) -> Run:
        """Run a bare typer app with one pydantic model."""
        return self.run("python", "-c", "from bare import main; main()", "one.reg")

    def start(self) -> Run:
        """Check one small export."""
        return self.check(self.input("one.reg"))

    def python(self, code: str, name: str) -> Run:
        """Run a peer's ``code`` on an input."""
        return self.run("python", "-c", code, self.input(name))

    def rows(self) -> Iterator[Row]:
        """Every claim."""
        yield Row("start-up", 1.35, "x the bare app", lambda: ratio(self.start, self.bare))
        yield Row("--version", 0.8, "x the bare app", lambda: ratio(self.command("--version"), self.bare))
        yield Row("--help", 0.8, "x the bare app", lambda: ratio(self.command("--help"), self.bare))
        yield Row("1,000 exports", 1.5, "x configparser", self.exports)
        yield Row("1,000 sites", 10, "x the bare app", lambda: ratio(self.sites("sites-1000"), self.bare))
        yield Row("10,000 sites", 1.1, "x a site of 1,000", self.sites_more)
        yield Row("WMI JSON", 5, "x json.load", self.wmi)
        yield Row("20 MB SOFTWARE", 0.25, "x configparser", self.software)
        yield Row("1 GB", 15, "x grep", self.large)
        yield Row("1 GB memory", 100, "MiB", lambda: self.check(self.input("large.reg")).peak)

    def command(self, word: str) -> Callable[[], Run]:
        """What runs smslint with one word."""
        return lambda: self.run("smslint", word)

    def exports(self) -> float:
        """A thousand exports of the SMS key, as JSON lines, against a mere parse of them."""
        check = lambda: self.check("--format", "jsonl", self.input("exports"))  # noqa: E731
        return self.beyond_start(check, lambda: self.python(CONFIGPARSER, "exports"))

    def sites(self, name: str) -> Callable[[], Run]:
        """What checks a whole hierarchy, which is healthy."""
        return lambda: self.check("--complete", self.input(name))

    def sites_more(self) -> float:
        """What a site costs among 10,000, in that of one among 1,000."""
        more, less, start = in_turn(self.sites("sites-10000"), self.sites("sites-1000"), self.start)
        return (seconds(more) - seconds(start)) / (seconds(less) - seconds(start)) / 10

    def wmi(self) -> float:
        """A dump of WMI objects against ``json.load``."""
        check = lambda: self.check(self.input("wmi.json"))  # noqa: E731
        return self.beyond_start(check, lambda: self.python(JSON, "wmi.json"))

    def software(self) -> float:
        r"""All of ``HKLM\SOFTWARE`` against configparser."""
        check = lambda: self.check(self.input("software.reg"))  # noqa: E731
        return self.beyond_start(check, lambda: self.python(CONFIGPARSER, "software.reg"))

    def large(self) -> float:
        """A gigabyte of it against grep; its one sender must be found."""
        large = self.input("large.reg")
        ours, grep = in_turn(lambda: self.check("--format", "concise", large), lambda: self.grep(large))
        if "SMS101" not in ours[0].printed:
            sys.exit("the sender in the large export was not found")
        return seconds(ours) / seconds(grep)

    def grep(self, path: str) -> Run:
        """Look for senders with grep."""
        return self.run("grep", "-caP", SENDER, path)

    def beyond_start(self, check: Callable[[], Run], peer: Callable[[], Run]) -> float:
        """What a check costs beyond its start, in what the peer measured of itself."""
        ours, start, theirs = in_turn(check, self.start, peer)
        return (seconds(ours) - seconds(start)) / median(run.measured for run in theirs)


def in_turn(*works: Callable[[], Run]) -> list[list[Run]]:
    """Runs of several works, one of each in turn, after one that warms the caches."""
    rounds = [[work() for work in works] for _ in range(TIMES + 1)]
    return [list(runs) for runs in zip(*rounds[1:], strict=True)]


def seconds(runs: Sequence[Run]) -> float:
    """The median of their CPU times."""
    return median(run.seconds for run in runs)


def ratio(ours: Callable[[], Run], theirs: Callable[[], Run]) -> float:
    """Our seconds over theirs."""
    mine, other = in_turn(ours, theirs)
    return seconds(mine) / seconds(other)


def main() -> None:
    """Print every row, or those that are named."""
    wanted = sys.argv[1:]
    short = False
    with tempfile.TemporaryDirectory(prefix="smslint-bench-") as folder:
        bench = Bench(Path(folder))
        print(f"{'work':<16} {'target':>7} {'measured':>9}  {'unit':<18} verdict")
        for row in bench.rows():
            if wanted and row.work not in wanted:
                continue
            measured = row.measured()
            short |= measured > row.target
            verdict = "holds" if measured <= row.target else "falls short"
            print(f"{row.work:<16} {row.target:>7.2f} {measured:>9.2f}  {row.unit:<18} {verdict}", flush=True)
    sys.exit(short)


if __name__ == "__main__":
    main()
