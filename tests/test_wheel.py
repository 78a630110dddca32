"""What is installed from the wheel: complete, typed for those who build on it, of the Pythons it names."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
import tomli
from hatchling.build import build_wheel

from tests import workspace
from tests.docs import test_pages

ROOT = Path(__file__).parents[1]
CONTOSO = ROOT / "examples" / "smslint-contoso"
WRONG = "from smslint import Finding, Sender, Sendr, rule\nx: int = Finding(Sender(name=''), 7)\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the working tree."""
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return folder / build_wheel(str(folder))


def test_all_of_the_package_and_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        files = {name for name in held.namelist() if ".dist-info/" not in name}
    there = (path for path in (ROOT / "smslint").rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert files == {path.relative_to(ROOT).as_posix() for path in there if path.parent.name != "tests"}
    assert "smslint/py.typed" in files
    assert wheel.name in (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has smslint from the wheel alone; what that needs comes from here."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    (installed,) = home.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as held:
        held.extractall(installed)
    others = [path for path in map(Path, sys.path) if path.is_dir() and path not in (ROOT, installed)]
    (installed / "dependencies.pth").write_text("\n".join(map(str, others)) + "\n")
    return home / "bin" / "python"


def test_the_commands_of_the_readme_run_from_the_wheel(python: Path, tmp_path: Path) -> None:
    workspace.fill(tmp_path)
    commands = sorted(test_pages.commands([ROOT / "README.md"]))
    assert len(commands) > 6
    for command in commands:
        run = [str(python), "-m", "smslint", *test_pages.words_of(command)]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        assert done.stdout or done.stderr
    where = [str(python), "-c", "import smslint; print(smslint.__file__)"]
    assert (
        str(python.parents[1]) in subprocess.run(where, cwd=tmp_path, capture_output=True, text=True).stdout
    )


def test_a_package_of_rules_passes_mypy_strict_beside_the_wheel(python: Path, tmp_path: Path) -> None:
    """What another's type checker sees of smslint is what the wheel holds."""
    (tmp_path / "wrong.py").write_text(WRONG)
    checked = [CONTOSO / "smslint_contoso", CONTOSO / "tests" / "test_rules.py", "wrong.py"]
    options = ("--python-executable", python, "--cache-dir", tmp_path / "cache")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", *map(str, (*options, *checked))],
        cwd=tmp_path,
        env={"PATH": "", "MYPYPATH": str(CONTOSO)},
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert [line.rpartition("[")[2] for line in errors] == ["attr-defined]", "assignment]", "arg-type]"], done


def test_it_names_the_versions_of_python_it_takes() -> None:
    project = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    minors = [each.rpartition(".")[2] for each in project["classifiers"] if ":: Python :: 3." in each]
    assert minors == ["11", "12", "13"]
    assert project["requires-python"] == f">=3.{minors[0]}"
