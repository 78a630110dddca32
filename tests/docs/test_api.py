"""docs/api.md: what its examples print is what they print, one after the other."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def test_its_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PAGE.read_text("utf-8")
    (export,) = re.findall(r"```reg\n(.*?)```", text, re.DOTALL)
    (tmp_path / "nyc.reg").write_text(export)
    monkeypatch.chdir(tmp_path)
    blocks = "".join(re.findall(r"```pycon\n(.*?)```", text, re.DOTALL))
    assert blocks.count(">>>") == text.count(">>>") > 20
    example = doctest.DocTestParser().get_doctest(blocks, {}, PAGE.name, str(PAGE), 0)
    output: list[str] = []
    failed, tried = doctest.DocTestRunner().run(example, out=output.append)
    assert (failed, tried) == (0, len(example.examples)), "".join(output)
