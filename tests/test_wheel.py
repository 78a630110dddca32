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


def test_a_package_of_rules_passes_mypy_strict_beside_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """The wheel alone in an environment: what another's type checker sees of smslint is what it holds."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    (installed,) = home.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as held:
        held.extractall(installed)
    others = [path for path in map(Path, sys.path) if path.is_dir() and path not in (ROOT, installed)]
    (installed / "dependencies.pth").write_text("\n".join(map(str, others)) + "\n")
    (tmp_path / "wrong.py").write_text(WRONG)
    checked = [CONTOSO / "smslint_contoso", CONTOSO / "tests" / "test_rules.py", "wrong.py"]
    python = ("--python-executable", home / "bin" / "python", "--cache-dir", tmp_path / "cache")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", *map(str, (*python, *checked))],
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
