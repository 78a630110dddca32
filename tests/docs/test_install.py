"""docs/install.md and README: their commands are tried, and a server without internet gets all it needs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from importlib.metadata import requires
from pathlib import Path

import pytest
from hatchling.build import build_wheel
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.counterparts import powershell

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/install.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SCRIPTS = re.findall(r"^```powershell\n(.*?)^```", PAGE + README, re.M | re.S)
(DOWNLOAD,) = re.findall(r"^py -m (pip download .*)$", PAGE, re.M)
WINDOWS = {
    **{name: str(value) for name, value in default_environment().items()},
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
}


def needed(listed: list[str], environment: dict[str, str]) -> Iterator[str]:
    """The packages that these requirements name in an environment."""
    for each in map(Requirement, listed):
        if each.marker is None or each.marker.evaluate({**environment, "extra": ""}):
            yield canonicalize_name(each.name)


def closure(environment: dict[str, str]) -> set[str]:
    """All that smslint needs in an environment, by what the packages installed here declare."""
    found: set[str] = set()
    waiting = {"smslint"}
    while waiting:
        name = waiting.pop()
        found.add(name)
        # What Windows alone needs is not installed here, and declares nothing of its own.
        listed = requires(name) if name != "colorama" else None
        waiting |= set(needed(listed or [], environment)) - found
    return found


@pytest.mark.parametrize("script", SCRIPTS)
def test_powershells_grammar_takes_each_command(script: str) -> None:
    assert powershell.errors(script) == []


def test_the_wheel_is_called_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    name = build_wheel(str(tmp_path))
    assert set(re.findall(r"smslint-[\w.-]+\.whl", PAGE + README)) == {name}


def test_what_windows_alone_needs_is_named() -> None:
    words = shlex.split(DOWNLOAD)
    here = {**WINDOWS, "os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"}
    named = {word for word in words[words.index("--dest") + 2 :] if not word.endswith(".whl")}
    assert named == closure(WINDOWS) - closure(here)


def test_the_download_holds_every_wheel_that_windows_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    build_wheel(str(tmp_path))
    words = [sys.executable, "-m", *shlex.split(DOWNLOAD), "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    if done.returncode and re.search(r"connection|resolve|timed out|unreachable", done.stderr, re.IGNORECASE):
        pytest.skip("no package index is reachable")
    assert done.returncode == 0, done.stderr
    held: dict[str, list[str]] = {}
    for file in (tmp_path / "wheels").iterdir():
        assert file.name.endswith(("-any.whl", "-win_amd64.whl"))
        with zipfile.ZipFile(file) as wheel:
            (metadata,) = [
                name for name in wheel.namelist() if re.search(r"^[^/]*\.dist-info/METADATA$", name)
            ]
            described = message_from_bytes(wheel.read(metadata))
        held[canonicalize_name(described["Name"])] = described.get_all("Requires-Dist", [])
    missing = {name for listed in held.values() for name in needed(listed, WINDOWS)} - held.keys()
    assert (missing, "smslint" in held, "colorama" in held) == (set(), True, True)
