"""Blocks of site control text that are taken by one expression: what reading line by line gives."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.sources import limits
from smslint.sources.sitecontrol import syntax
from smslint.sources.sitecontrol.parts import Block, Statement
from smslint.sources.sitecontrol.secrets import SiteControlRedactor

FIXTURES = Path(__file__).parents[3] / "fixtures"
FILES = [path.read_text("cp1252") for path in sorted(FIXTURES.rglob("*.ct0"))]
TRAPS = (
    *(
        "<",
        ">",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\0",
        "\x1a",
        "\n\n",
        "<>\n",
        "  <x>\n",
        "<a><b>\n",
        "<a>b>\n",
    ),
    *("BEGIN_COMPONENT\n", "END_COMPONENT\n", "begin_component\n", "BEGIN_USER_LIST\n", "END_USER_LIST\n"),
    *("BEGIN_SITE_ACCOUNT\n", "BEGIN_X\n<>\n<Password>\n<bob>\nEND_X\n", "BEGIN_X\n<Password>\n<bob>\nEND_X"),
    *("PROPERTY <a><b><c>\n", "ADDRESS <a><b><c><d>\n", "OUTBOX <a>\n", "#5(abc)\n", "#9(ab\n", "junk\n"),
    *("SITE CONTROL FILE [786][1]\n", "<CORP\\bob>\n", f"<{'AB12' * 10}>\n", f"<{'x' * 1001}>\n"),
)
cuts = st.tuples(st.integers(0, 4000), st.integers(0, 60), st.sampled_from(("", *TRAPS)))


def flat(statements: list[Statement]) -> list[Any]:
    """The statements, each bare field by itself: on how many lines they stand is told by no one."""
    found: list[Any] = []
    for each in statements:
        found += map(asdict, each.fields) if not each.keyword else [asdict(each)]
    return found


def read(text: str) -> dict[str, Any]:
    redactor = SiteControlRedactor()
    outline = syntax.outline(text, redactor)
    redactor.hide_ciphers(text)

    def block(each: Block) -> tuple[object, ...]:
        return (asdict(replace(each, statements=[])), flat(each.statements))

    return {
        "images": [asdict(replace(image, blocks=[], statements=[])) for image in outline.images],
        "blocks": [[block(each) for each in image.blocks] for image in outline.images],
        "statements": [flat(image.statements) for image in outline.images],
        "faults": [*map(asdict, outline.faults), *outline.faults.left_out()],
        "secrets": redactor.secrets,
        "hidden": redactor.excerpt(text, 0, len(text)),
    }


def read_by_line(text: str) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(syntax._Outliner, "sure_block", lambda *_given: None)
        return read(text)


@pytest.mark.parametrize("text", FILES)
def test_every_fixture_is_what_its_lines_are(text: str) -> None:
    assert read(text) == read_by_line(text)


@settings(deadline=None)
@given(st.sampled_from(FILES), st.lists(cuts, min_size=1, max_size=6))
def test_a_damaged_file_is_what_its_lines_are(text: str, damage: list[tuple[int, int, str]]) -> None:
    for at, gone, trap in damage:
        text = text[:at] + trap + text[at + gone :]
    assert read(text) == read_by_line(text)


@pytest.mark.parametrize("name", ["SITE_CONTROL_LINES", "SITE_CONTROL_STATEMENTS"])
def test_a_limit_falls_on_the_same_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hasattr(limits, name)
    for most in range(1, 60):
        monkeypatch.setattr(syntax, name, most)
        assert read(FILES[0]) == read_by_line(FILES[0])


def test_a_block_of_bare_fields_is_not_read_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def line(_self: object, line: str, _start: int) -> None:
        raise AssertionError(line)

    monkeypatch.setattr(syntax._Outliner, "line", line)
    blocks = read("\n".join(f"BEGIN_COMPONENT\n  <6>\n  <SMS_{each}>\nEND_COMPONENT\n" for each in range(9)))
    assert [len(each) for each in blocks["blocks"]] == [9]
