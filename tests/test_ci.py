"""CI's choice of interpreters: the oldest and the newest that start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / ".ci" / "pythons.py"
STARTS = "#!/bin/sh\necho {}\n"
SHIM = "#!/bin/sh\necho 'python: command not found' >&2\nexit 127\n"


def chosen(folder: Path, **interpreters: str) -> list[str]:
    for name, text in interpreters.items():
        path = folder / name.replace("_", ".")
        path.write_text(text)
        path.chmod(0o755)
    done = subprocess.run(
        [sys.executable, SCRIPT],
        env={"PATH": f"{folder}:/nowhere", "PYENV_ROOT": str(folder / "pyenv")},
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(line).name for line in done.stdout.splitlines()]


def test_the_oldest_and_the_newest_that_start_are_chosen(tmp_path: Path) -> None:
    chosen_ = chosen(
        tmp_path,
        python3_10=STARTS.format("final 3 10"),
        python3_70=STARTS.format("final 3 70"),
        python3_71=STARTS.format("final 3 71"),
        python3_72=STARTS.format("final 3 72"),
        python3_73=SHIM,
        python3_74=STARTS.format("alpha 3 74"),
    )
    assert chosen_ == ["python3.70", "python3.72"]


def test_the_one_that_runs_is_left_to_the_last_command(tmp_path: Path) -> None:
    minor = sys.version_info.minor
    assert chosen(tmp_path, **{f"python3_{minor}": STARTS.format(f"final 3 {minor}")}) == []
    assert chosen(tmp_path) == []
