"""Every page: its commands run with the repository's own files, and its links lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests import workspace
from tests.running import smslint

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "fixtures/README.md",
        *(ROOT / "examples").rglob("README.md"),
    ]
)
PLACEHOLDER = re.compile(
    r"\b(COMMAND|RULE|NAME|PATH|LOG|FORMAT|FILE|VERSION|OPTIONS|CODE|RULES|FOLDER)\b|\.\.\.|<[a-z]"
)
CODE = ("fence", "code_block", "code_inline")
WINDOWS = (("C:\\exports\\", ""), ("C:\\exports", "exports"), (".\\", ""))
"""Where the pages have a folder of Windows, and what stands for it in the workspace."""


def tokens(page: Path) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8")):
        yield token
        yield from token.children or ()


def commands(pages: Iterable[Path]) -> set[str]:
    """What pages run of smslint; what follows a pipe or a redirection is left out."""
    found: set[str] = set()
    for page in (page for page in pages if page.name != "CHANGELOG.md"):
        for token in tokens(page):
            lines = token.content.splitlines() if token.type in CODE else []
            for line in lines:
                begin = re.match(
                    r"\s*(?:- |run: |- run: |\$ |&? ?)*(?:py -m |python -m )?(smslint(?: .*)?)$", line
                )
                if begin and not PLACEHOLDER.search(begin[1]):
                    command = re.split(r" [|<>]", begin[1])[0].strip()
                    # Two words within a sentence speak of a command, they do not run it.
                    if token.type != "code_inline" or len(command.split()) > 2:
                        found.add(command)
    return found


COMMANDS = sorted(
    commands(PAGES) - {"smslint explain ACME001"}
)  # of the package that docs/writing-rules.md makes


def test_the_pages_have_commands() -> None:
    assert len(COMMANDS) > 40
    assert {each.split()[1] for each in COMMANDS} >= {"check", "patch", "show", "diagnose", "map", "explain"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all of them: what one writes, as a baseline, the next may read."""
    return workspace.fill(tmp_path_factory.mktemp("pages"))


def words_of(command: str) -> list[str]:
    """The words of a command, with the folders of the workspace, as often as one likes."""
    for windows, here in WINDOWS:
        command = command.replace(windows, here)
    words = shlex.split(command.replace("\\", "/"))[1:]
    return [*words, "--force"] if words[0] == "patch" else words


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_a_page_works(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    ran = smslint(*words_of(command), stdin=(folder / "nyc.reg").read_bytes())
    assert ran.status in (0, 1), ran.err


def slugs(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and others make them."""
    stream = list(tokens(page))
    titles = [after.content for token, after in pairwise(stream) if token.type == "heading_open"]
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)|[`*\[\]]", "", title).lower()).replace(" ", "-")
        for title in titles
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for token in tokens(page):
        target = token.attrGet("href") or token.attrGet("src")
        if target is None:
            continue
        if "://" in str(target):
            assert re.fullmatch(r"https?://[\w.-]+\.\w+(/[\w./#%-]*)?", str(target)), target
            continue
        path, _, anchor = str(target).partition("#")
        leads_to = (page.parent / path).resolve() if path else page
        assert leads_to.exists(), target
        assert not anchor or anchor in slugs(leads_to), target
