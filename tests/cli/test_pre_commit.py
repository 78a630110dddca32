"""The hooks for pre-commit, run by pre-commit in a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from pre_commit.clientlib import load_manifest  # type: ignore[import-untyped]

from smslint.testing import registry_export
from tests.sources.wmi.dumps import as_clixml, as_csv, as_json, as_mof, sender

ROOT = Path(__file__).parents[2]
LAN = r"Components\SMS_LAN_SENDER"
BROKEN = registry_export({LAN: {"Maximum Concurrent Sendings": 0}})
FINE = registry_export({LAN: {"Maximum Concurrent Sendings": 5}})


def as_unicode(text: str) -> bytes:
    return text.replace("REGEDIT4", "Windows Registry Editor Version 5.00").encode("utf-16")


class Repository:
    """A git repository whose commits pass through the hooks."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        names = {f"GIT_{who}_{what}": "x@x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.env = (
            kept
            | names
            | {
                "HOME": str(home),
                "PRE_COMMIT_HOME": str(home),
                "GIT_CONFIG_NOSYSTEM": "1",
                "PIP_NO_DEPS": "1",
                "PIP_NO_BUILD_ISOLATION": "0",
                "PIP_NO_INDEX": "1",
                "PYTHONPATH": os.pathsep.join([sysconfig.get_path("purelib")]),
                "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
            }
        )
        self.git("init", "--quiet", "--initial-branch=main")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )

    def git(self, *words: str) -> str:
        done = self.run("git", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, **files: bytes) -> subprocess.CompletedProcess[str]:
        """Commit files, named with a double underscore for the dot."""
        for name, data in files.items():
            (self.folder / name.replace("__", ".")).write_bytes(data)
        self.git("add", "--all")
        return self.run("git", "commit", "--message", "x")


def hooks_repository(folder: Path) -> str:
    """smslint as a repository that pre-commit can take hooks from; its commit."""
    folder.mkdir()
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "smslint", folder / "smslint", ignore=shutil.ignore_patterns("__pycache__"))
    made = Repository(folder, folder.parent)
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message", "x")
    return made.git("rev-parse", "HEAD").strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with the hook `smslint` installed; its environment is built once."""
    home = tmp_path_factory.mktemp("pre-commit")
    commit = hooks_repository(home / "smslint")
    folder = tmp_path_factory.mktemp("exports")
    made = Repository(folder, home)
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {home / 'smslint'}\n  rev: {commit}\n  hooks:\n"
        "  - id: smslint\n  - id: smslint-fix\n    stages: [manual]\n"
    )
    installed = made.run(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert made.commit(README__md=b"# exports\n").returncode == 0
    return made


@pytest.fixture(autouse=True)
def as_before(request: pytest.FixtureRequest) -> None:
    """Each test begins with a repository that holds no export."""
    if "repository" in request.fixturenames:
        made: Repository = request.getfixturevalue("repository")
        made.git("reset", "--quiet", "--hard", made.git("rev-list", "--max-parents=0", "HEAD").strip())
        made.git("clean", "--quiet", "--force", "-d")


def test_the_manifest_is_one_and_both_hooks_pass_over_files_without_settings() -> None:
    hooks = {hook["id"]: hook for hook in load_manifest(ROOT / ".pre-commit-hooks.yaml")}
    assert set(hooks) == {"smslint", "smslint-fix"}
    assert all("--skip-unknown" in hook["entry"] for hook in hooks.values())
    assert all("text" not in hook["types"] for hook in hooks.values())
    assert "not for exports that are kept as evidence" in hooks["smslint-fix"]["description"]


@pytest.mark.parametrize("data", [BROKEN.encode("cp1252"), as_unicode(BROKEN)], ids=["ansi", "utf-16"])
def test_a_commit_of_a_broken_export_is_refused(repository: Repository, data: bytes) -> None:
    done = repository.commit(nyc__REG=data)
    assert done.returncode != 0
    assert "error SMS101" in done.stdout + done.stderr
    assert "nyc.REG:4:31" in done.stdout + done.stderr


@pytest.mark.parametrize("data", [FINE.encode("cp1252"), as_unicode(FINE)], ids=["ansi", "utf-16"])
def test_a_commit_of_a_healthy_export_passes(repository: Repository, data: bytes) -> None:
    done = repository.commit(nyc__reg=data)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stderr + done.stdout


def test_a_reg_file_without_sms_settings_does_not_disturb(repository: Repository) -> None:
    other = b'REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso]\n"Colour"="blue"\n'
    assert repository.commit(colours__reg=other).returncode == 0
    done = repository.commit(unicode__reg=as_unicode(other.decode()), notes__txt=b"SMS_SCI_\n")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_site_control_file_is_taken_and_other_files_are_not(repository: Repository) -> None:
    done = repository.commit(sitectrl__ct0=b"nothing that can be read\n")
    assert done.returncode != 0
    assert "SMS901" in done.stdout + done.stderr
    repository.git("reset", "--quiet", "--hard")
    done = repository.commit(notes__txt=b"SMS_SCI_\n")
    assert "no files to check" in done.stdout + done.stderr


DUMPS = {"nyc__json": as_json, "nyc__xml": as_clixml, "nyc__mof": as_mof, "nyc__csv": as_csv}


@pytest.mark.parametrize("name", DUMPS)
def test_dumps_of_every_format_are_taken(repository: Repository, name: str) -> None:
    assert repository.commit(**{name: DUMPS[name]([sender()]).encode()}).returncode == 0
    done = repository.commit(**{name: DUMPS[name]([sender("0")]).encode("utf-16")})
    assert done.returncode != 0
    assert "error SMS101" in done.stdout + done.stderr


def test_files_of_these_names_that_are_no_exports_do_not_disturb(repository: Repository) -> None:
    done = repository.commit(
        package__json=b'{"name": "x", "props": []}',
        pom__xml=b"<project/>",
        prices__csv=b"Name,Price\nScrew,1\n",
        model__mof=b"class X { };\n",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout + done.stderr


def test_a_reg_file_with_a_broken_header_is_refused(repository: Repository) -> None:
    done = repository.commit(nyc__reg=FINE.replace("REGEDIT4", "REGEDIT5").encode())
    assert done.returncode != 0
    assert "error SMS909" in done.stdout + done.stderr


def test_the_fixing_hook_mends_the_file_and_fails_the_commit(repository: Repository) -> None:
    (repository.folder / "nyc.reg").write_bytes(as_unicode(BROKEN))
    repository.git("add", "--all")
    words = ("run", "smslint-fix", "--hook-stage", "manual")
    done = repository.run(sys.executable, "-m", "pre_commit", *words)
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert (repository.folder / "nyc.reg").read_bytes() == as_unicode(FINE)
    repository.git("add", "--all")
    assert repository.run(sys.executable, "-m", "pre_commit", *words).returncode == 0
