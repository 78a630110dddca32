"""docs/exports.md: each export it names was tried against the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.running import smslint

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs/exports.md").read_text("utf-8")
SHAPES = re.findall(r"\| ([^|]+) \| ([^|]+) \| [^|]+ \| `(fixtures/[^`]+)` \| (\S+) \|", PAGE)


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
