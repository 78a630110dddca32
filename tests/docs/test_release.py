"""What is released, beside the wheel (tests/test_wheel.py): the source distribution and the changelog."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest
from hatchling.build import build_sdist, build_wheel

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return folder / build_wheel(str(folder)), folder / build_sdist(str(folder))


def test_the_source_distribution_holds_all_that_its_tests_and_pages_need(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs/rules/SMS101.md"):
        assert name in names
    for folder in ("smslint", "tests", "fixtures", "docs", "examples", "benchmarks"):
        assert any(name.startswith(f"{folder}/") for name in names)
    assert not [name for name in names if "__pycache__" in name or ".venv" in name]


def test_twine_takes_both(built: tuple[Path, Path]) -> None:
    pytest.importorskip("twine")
    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *map(str, built)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.count("PASSED")) == (0, 2), done.stdout + done.stderr


def test_the_changelog_has_the_version_and_begins_with_what_users_notice() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## [{VERSION}]" in text
    section = text.partition(f"\n## [{VERSION}]")[2].partition("\n## [")[0]
    assert section.index("### For those who use it") < section.index("### Added")
