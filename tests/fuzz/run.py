"""Fuzz a part of smslint: ``python tests/fuzz/run.py TARGET [SECONDS]``; ``all`` is every target in turn.

Needs the dependency group ``fuzz`` (Linux). What is found stands in ``.fuzz/TARGET/``; the corpus there
begins with fixtures/ and grows from run to run. An input that raises, or for which a promise does not hold,
ends the run.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import atheris

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".fuzz"

with atheris.instrument_imports(include=["smslint"]):
    import smslint

    # What is imported only when it is asked for would not be instrumented: the fuzzer could not see it.
    for module in walk_packages(smslint.__path__, "smslint."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from smslint import sources
    from smslint.config.settings import Settings
    from smslint.engine.diagnose import diagnose
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


def printed(data: bytes) -> None:
    """So does the reader of what `reg query` prints, above which anything may stand."""
    read(PRINTED + data)


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


def logs(data: bytes) -> None:
    """Logs are read whatever stands in them, and what they say can be shown."""
    report = diagnose(["-"], ALL, lambda _: io.BytesIO(data))
    for name in ("text", "json", "html"):
        "\n".join(renderer(name)(report, Style())).encode("utf-8")


PRINTED = rb"""
HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification
    Site Code    REG_SZ    NYC
"""
QUERY = rb"""    (Default)    REG_SZ
    Odd  Name    REG_MULTI_SZ    a\0b
    Password    REG_SZ    swordfish
    Key    REG_BINARY    0123456789ABCDEF0123456789ABCDEF

HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER
    Maximum Concurrent Sendings    REG_DWORD    0x0

End of search: 10 match(es) found.
"""
REG, CONTROL, WMI = ("*.reg",), ("*.ct0",), ("*.json", "*.csv", "*.mof", "*.xml", "*.txt")
Seed = str | bytes
"""What a corpus begins with: the fixtures of a name, or an input."""
TARGETS: dict[str, tuple[Callable[[bytes], None], Iterable[Seed]]] = {
    "registry": (read, REG),
    "query": (printed, (QUERY,)),
    "sitecontrol": (read, CONTROL),
    "json": (read, ("*.json",)),
    "clixml": (read, ("*.xml",)),
    "mof": (read, ("*.mof",)),
    "csv": (read, ("*.csv",)),
    "listing": (read, ("*.txt",)),
    "logs": (logs, ("*.log",)),
    "fixer": (repair, REG),
    "reports": (reports, (*REG, *CONTROL, *WMI)),
}


def seed(folder: Path, seeds: Iterable[Seed]) -> None:
    """Put what there is to begin with into a corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in seeds:
        found = (
            [path.read_bytes() for path in (ROOT / "fixtures").rglob(each)]
            if isinstance(each, str)
            else [each]
        )
        for data in found:
            if len(data) < 1 << 16:
                (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def main() -> None:
    """Run a target in this process, or all of them one after the other."""
    name, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "600"
    if name == "all":
        done = [subprocess.run([sys.executable, __file__, each, seconds]).returncode for each in TARGETS]
        sys.exit(max(done))
    target, seeds = TARGETS[name]
    corpus = WORK / name / "corpus"
    seed(corpus, seeds)
    limits = [f"-max_total_time={seconds}", "-max_len=65536", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup([__file__, *limits, f"-artifact_prefix={WORK / name}/", str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
