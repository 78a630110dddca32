"""docs/git.md: what it configures, in a real repository."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from smslint.testing import registry_export

PAGE = (Path(__file__).parents[2] / "docs/git.md").read_text("utf-8")
(ATTRIBUTES,) = re.findall(r"^```gitattributes\n(.*?)^```", PAGE, re.M | re.S)
SETTINGS, RAW = re.findall(r'^git config (\S+ ".*")$', PAGE, re.M)
LAN = r"Components\SMS_LAN_SENDER"


class Repository:
    """A git repository with exports, and smslint on its PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
        self.env = kept | {"HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "PATH": path}
        self.git("init --quiet")
        (folder / ".gitattributes").write_text(ATTRIBUTES, "utf-8")

    def git(self, words: str) -> str:
        """Run git by the shell, as a person types it."""
        identity = "-c user.name=x -c user.email=x@x"
        done = subprocess.run(
            f"git {identity} {words}",
            shell=True,
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def export(sendings: int) -> bytes:
    """An export as Windows 2000 and later write it, in UTF-16."""
    return registry_export({LAN: {"Maximum Concurrent Sendings": sendings}}, regedit4=False).encode("utf-16")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    (tmp_path / "nyc.reg").write_bytes(export(5))
    made.git("add --all")
    made.git("commit --quiet --message x")
    (tmp_path / "nyc.reg").write_bytes(export(0))
    return made


def test_without_it_git_says_that_binary_files_differ(repository: Repository) -> None:
    assert "Binary files" in repository.git("diff")


def test_git_diff_shows_which_setting_of_a_utf_16_export_changed(repository: Repository) -> None:
    repository.git(f"config {SETTINGS}")
    changed = [
        " ".join(line.split())
        for line in repository.git("diff").splitlines()
        if re.match(r"[-+](?!--|\+\+)", line)
    ]
    assert changed == ["- Maximum Concurrent Sendings 5 sendings", "+ Maximum Concurrent Sendings 0 sendings"]


def test_the_raw_form_shows_every_key(repository: Repository) -> None:
    repository.git(f"config {RAW}")
    shown = repository.git("diff")
    assert re.search(rf"^-.*{re.escape(LAN)}\] Maximum Concurrent Sendings type 4: 05000000$", shown, re.M)
    assert re.search(r"^\+.*type 4: 00000000$", shown, re.M)


def test_a_file_that_is_no_export_is_reported_and_stops_nothing(repository: Repository) -> None:
    repository.git(f"config {SETTINGS}")
    (repository.folder / "nyc.reg").write_bytes(b"no export")
    assert "not readable" in repository.git("diff")
