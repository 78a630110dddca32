"""The other interpreters to run the tests on: the oldest and the newest that are here and that start.

Prints their paths, one a line: final releases that pyproject.toml takes, looked for on the PATH and in
pyenv's folder (its shims stand on the PATH and need not run), without the version that runs this.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ASK = "import ensurepip, sys; print(sys.version_info.releaselevel, *sys.version_info[:2])"
PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def version(python: Path) -> tuple[int, int] | None:
    """The version of an interpreter that starts, is a final release and can make environments."""
    try:
        done = subprocess.run([python, "-c", ASK], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    level, major, minor = done.stdout.split()
    return (int(major), int(minor)) if level == "final" else None


pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
folders = [*map(Path, os.get_exec_path()), *pyenv.glob("3.*/bin")]
oldest = re.search(r'requires-python = ">=3\.(\d+)"', PYPROJECT.read_text("utf-8"))
assert oldest is not None
found = {version(path): path for folder in folders for path in sorted(folder.glob("python3.[0-9]*[0-9]"))}
known = sorted((each, path) for each, path in found.items() if each and each >= (3, int(oldest[1])))
for each, path in dict([*known[:1], *known[-1:]]).items():
    if each != sys.version_info[:2]:
        print(path)
