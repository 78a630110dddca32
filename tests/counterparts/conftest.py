"""What smslint reads, to be held against what others read from the same files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .cases import CASES
from .registry import Key, fold

REPOSITORY = Path(__file__).parents[2]
FIXTURES = {
    path.relative_to(REPOSITORY / "fixtures").as_posix(): path
    for path in sorted((REPOSITORY / "fixtures").rglob("*.reg"))
}

SMS_KEYS = (
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS",
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Microsoft\SMS",
)


def require(*programs: str) -> None:
    """Skip where a counterpart is not installed, but never in CI: there a skip would hide a broken set-up."""
    missing = [program for program in programs if not shutil.which(program)]
    if not missing:
        return
    message = f"not installed: {', '.join(missing)}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def case_files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Write the table of cases as files."""
    folder = tmp_path_factory.mktemp("cases")
    files = {case.name: folder / f"{case.name}.reg" for case in CASES}
    assert len(files) == len(CASES), "two cases share a name"
    for case in CASES:
        files[case.name].write_bytes(case.data)
    return files


@pytest.fixture(scope="session")
def smslint(case_files: Mapping[str, Path]) -> Mapping[Path, Key]:
    """Return what smslint says each file would leave in the registry; one run, for it starts slowly."""
    paths = [*case_files.values(), *FIXTURES.values()]
    run = subprocess.run(
        [sys.executable, "-m", "smslint", "show", "--raw", "--format", "json", *map(str, paths)],
        capture_output=True,
        cwd=REPOSITORY,
        timeout=120,
    )
    # 2: some of the files have a header that makes them no registry export at all; they get no operations.
    assert run.returncode in (0, 2), run.stderr.decode()
    # Paths below the working directory are shown as seen from there.
    exports = {REPOSITORY / each["path"]: each["operations"] for each in json.loads(run.stdout)["exports"]}
    return {path: fold(exports.get(path, [])) for path in paths}
