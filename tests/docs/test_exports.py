"""docs/exports.md: each export it names was tried against the reader."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.counterparts import powershell
from tests.running import smslint

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs/exports.md").read_text("utf-8")
SHAPES = re.findall(r"\| ([^|]+) \| ([^|]+) \| [^|]+ \| `(fixtures/[^`]+)` \| (\S+) \|", PAGE)

BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.M | re.S)
SCRIPTS = [block for kind, block in BLOCKS if kind == "powershell"]
CURRENT = REPOSITORY / "fixtures/configmgr-current"


def test_the_page_names_an_export_for_every_generation() -> None:
    generations = " ".join(generation for generation, *_ in SHAPES)
    assert all(name in generations for name in ("1.0", "2.0", "2003", "2007", "current branch"))
    assert {shape for *_, shape in SHAPES} == {
        "registry",
        "sitecontrol",
        "wmi-json",
        "wmi-clixml",
        "wmi-mof",
        "wmi-csv",
    }


@pytest.mark.parametrize(("shows", "fixture", "shape"), [each[1:] for each in SHAPES])
def test_each_shape_is_read_and_shows_what_the_page_says(shows: str, fixture: str, shape: str) -> None:
    ran = smslint("show", REPOSITORY / fixture, "--format", "json")
    (export,) = ran.json["exports"]
    (site,) = export["sites"]
    assert export["format"] == shape
    assert bool(site["senders"]) or "sender" not in shows
    assert bool(site["addresses"]) or "addresses" not in shows
    held = " ".join(export["not_checked"])
    assert ("sender settings" not in held) or "copy" in shows or "limits" not in shows


@pytest.mark.parametrize("fixture", [each[2] for each in SHAPES])
def test_a_healthy_site_in_each_shape_is_clean(fixture: str) -> None:
    ran = smslint("check", REPOSITORY / fixture, "--format", "concise")
    assert (ran.status, ran.out) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_powershells_grammar_takes_each_command(script: str) -> None:
    assert powershell.errors(script) == []


def test_each_command_writes_a_file_of_its_own_whose_content_the_page_tells() -> None:
    commands = "".join(block for kind, block in BLOCKS if kind in ("powershell", "bat"))
    targets = re.findall(
        r"(?:>|-OutFile|-Path|/e|SMS|ct0\") (\S+\.(?:json|xml|mof|reg|ct0))\b", commands, re.IGNORECASE
    )
    files = [target.rpartition("\\")[2] for target in targets]
    assert len(files) >= 16
    assert len(set(files)) == len(files)
    described = re.findall(r"^\| `([^`/]+)` \| [^|]+ \| [^|]+ \|$", PAGE, re.M)
    registry = {"nyc.reg", "nyc-nt4.reg", "nyc-setup.reg", "nyc-sitectrl.ct0", "old.reg"}
    assert set(files) - registry | {"senders.csv"} == set(described)


@pytest.mark.parametrize(
    ("variable", "fixture"),
    [
        ("site", "sites.json"),
        ("definition", "definitions.json"),
        ("component", "senders.json"),
        ("address", "addresses.json"),
    ],
)
def test_a_fixture_holds_what_its_command_selects(variable: str, fixture: str) -> None:
    (listed,) = set(re.findall(rf"^\${variable} = @\((.*)\)$", PAGE, re.M))
    computed = dict(re.findall(r"^\$(\w+) = @{ Name = '(\w+)'", PAGE, re.M))
    selected = {computed.get(name.lstrip("$"), name.strip("'")) for name in listed.split(", ")}
    held = json.loads((CURRENT / fixture).read_text("utf-8"))
    assert selected <= (held if isinstance(held, dict) else held[0]).keys()
    assert f"> {fixture}" in PAGE


def test_the_files_of_a_site_are_joined_so_that_the_build_holds_for_its_sender(tmp_path: Path) -> None:
    for name in ("definitions.json", "addresses.json"):
        (tmp_path / name).write_bytes((CURRENT / name).read_bytes())
    slow = (CURRENT / "senders.json").read_text("utf-8").replace('"Value": 1,', '"Value": 10,')
    (tmp_path / "senders.json").write_text(slow, "utf-8", newline="")
    assert "SMS104" in smslint("check", tmp_path / "senders.json").out
    (tmp_path / "sites.json").write_bytes((CURRENT / "sites.json").read_bytes())
    ran = smslint("check", *sorted(tmp_path.iterdir()), "--format", "concise")
    assert (ran.status, ran.out) == (0, "")
