"""Fuzz a part of smslint: ``python tests/fuzz/run.py TARGET [SECONDS]``; ``all`` is every target in turn.

Needs the dependency group ``fuzz`` (Linux). What is found stands in ``.fuzz/TARGET/``; the corpus there
begins with fixtures/ and grows from run to run. An input that raises, or for which a promise does not hold,
ends the run.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".fuzz"

with atheris.instrument_imports(include=["smslint"]):
    from smslint import sources
    from smslint.config.settings import Settings
    from smslint.engine.diff import decoded, exact
    from smslint.engine.fix import fix
    from smslint.engine.load import Loaded
    from smslint.engine.run import run
    from smslint.reports import FORMATS, renderer
    from smslint.reports.html.map import svg
    from smslint.reports.style import Style

ALL = Settings(select=("ALL",))


def read(data: bytes) -> None:
    """A reader never raises, and every place lies within the input."""
    export = sources.read(data, "input")
    for site in export.sites:
        for section in site.sections():
            for setting in section.settings():
                assert setting.span is None or 0 <= setting.span.start <= setting.span.end <= len(data)
    sources.raw(data, "input")


def repair(data: bytes) -> None:
    """Fixing comes to rest, and what it wrote is fixed."""
    loaded = Loaded((sources.read(data, "input"),), contents={"input": data})
    new = fix(loaded, ALL, unsafe=True).contents.get("input")
    if new is not None:
        again = Loaded((sources.read(new, "input"),), contents={"input": new})
        assert not fix(again, ALL, unsafe=True).contents
        list(exact(data, new, "input", None) or ())
        list(decoded(data, new, "input", None))


def reports(data: bytes) -> None:
    """Every format can be written of every report."""
    report = run(Loaded((sources.read(data, "input"),)), ALL)
    for name in FORMATS:
        "\n".join(renderer(name)(report, Style())).encode("utf-8")
    "\n".join(svg(report)).encode("utf-8")


REG, CONTROL, WMI = ("*.reg",), ("*.ct0",), ("*.json", "*.csv", "*.mof", "*.xml", "*.txt")
TARGETS: dict[str, tuple[Callable[[bytes], None], Iterable[str]]] = {
    "registry": (read, REG),
    "sitecontrol": (read, CONTROL),
    "json": (read, ("*.json",)),
    "clixml": (read, ("*.xml",)),
    "mof": (read, ("*.mof",)),
    "csv": (read, ("*.csv", "*.txt")),
    "fixer": (repair, REG),
    "reports": (reports, (*REG, *CONTROL, *WMI)),
}


def seed(folder: Path, patterns: Iterable[str]) -> None:
    """Put the fixtures of these names into a corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in patterns:
        for path in (ROOT / "fixtures").rglob(pattern):
            data = path.read_bytes()
            if len(data) < 1 << 16:
                (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def main() -> None:
    """Run a target in this process, or all of them one after the other."""
    name, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "600"
    if name == "all":
        done = [subprocess.run([sys.executable, __file__, each, seconds]).returncode for each in TARGETS]
        sys.exit(max(done))
    target, patterns = TARGETS[name]
    corpus = WORK / name / "corpus"
    seed(corpus, patterns)
    limits = [f"-max_total_time={seconds}", "-max_len=65536", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup([__file__, *limits, f"-artifact_prefix={WORK / name}/", str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
