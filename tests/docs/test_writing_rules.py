"""docs/writing-rules.md: what it says to write works as it is written there."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

PAGE = Path(__file__).parents[2] / "docs" / "writing-rules.md"


def test_its_package_can_be_written_tested_and_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```(?:python|toml)\n# (\S+)\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert [name for name, _ in blocks] == ["pyproject.toml", "smslint_acme.py", "test_smslint_acme.py"]
    for name, text in blocks:
        (tmp_path / name).write_text(text)
    (command,) = re.findall(r"```sh\npython (-m pytest .*?)\n```", PAGE.read_text())
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile(build_wheel(str(tmp_path))) as wheel:
        assert "smslint_acme.py" in wheel.namelist()
        points = wheel.read("smslint_acme-1.0.0.dist-info/entry_points.txt").decode()
    assert points.split() == ["[smslint.checks]", "acme", "=", "smslint_acme"]


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE.read_text()):
        assert (PAGE.parent / target).exists(), target
