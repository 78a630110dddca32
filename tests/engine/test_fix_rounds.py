"""What --fix leaves alone: what an encoding cannot express, and a cure that would be worse than the ill."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from smslint import Finding, Fix, rule
from smslint.checks.rule import Rule
from smslint.config.settings import Settings
from smslint.engine.fix import Fixed, fix
from smslint.engine.load import load
from smslint.schema.identity import Identification
from smslint.testing import registry_export

EXPORT = registry_export({"Identification": {"Site Code": "NYC", "Site Server": "OLD"}})


def renamed(to: str) -> Rule:
    """A rule that wants the site server to have another name."""

    @rule("ORG001", "server-renamed", severity="warning", fix="safe")
    def server_renamed(identification: Identification) -> Iterator[Finding]:
        server = identification.site_server
        if server.value != to:
            yield Finding(server, "has the old name", fix=Fix("Rename it.", (server.change(to),)))

    return server_renamed


@rule("ORG002", "new-name", severity="warning")
def new_name(identification: Identification) -> Iterator[Finding]:
    """Say twice what is wrong with the new name."""
    if identification.site_server.value == "NEW":
        yield Finding(identification.site_server, "is new")
        yield Finding(identification.site_server, "is unknown")


def fixed(folder: Path, *rules: Rule) -> Fixed:
    (folder / "nyc.reg").write_text(EXPORT)
    given = load([str(folder / "nyc.reg")], Settings(), stdin=lambda: b"", keep=True)
    return fix(given, Settings(), rules, unsafe=False)


def test_a_character_that_the_code_page_lacks_is_refused(tmp_path: Path) -> None:
    done = fixed(tmp_path, renamed("\u8868"))
    assert done.contents == {}
    assert any("lacks a character" in remark for remark in done.remarks)
    assert [each.rule for each in done.report.findings] == ["ORG001"]


def test_one_that_it_has_is_written(tmp_path: Path) -> None:
    done = fixed(tmp_path, renamed("\u00c9"))
    assert list(done.contents.values()) == [EXPORT.replace("OLD", "\u00c9").encode("cp1252")]


def test_a_file_whose_findings_would_grow_is_left_alone(tmp_path: Path) -> None:
    done = fixed(tmp_path, renamed("NEW"), new_name)
    assert done.contents == {}
    assert any("left alone" in remark for remark in done.remarks)
    assert [each.rule for each in done.report.findings] == ["ORG001"]
