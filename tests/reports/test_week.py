"""A schedule is a week where there is room, and one short sentence elsewhere: never escapes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smslint.reports import FORMATS
from smslint.schema.schedule import Usage, UsageSchedule
from tests.running import smslint

EXAMPLES = Path(__file__).parents[2] / "smslint" / "checks" / "examples"
CLOSED, SUNDAYS = EXAMPLES / "SMS216.example.json", EXAMPLES / "SMS218.example.json"
GRID = ("Sun " + "!" * 24, *(f"{day} {'.' * 24}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")))


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_spells_a_schedule_in_escapes(name: str) -> None:
    out = smslint("check", CLOSED, SUNDAYS, "--select", "SMS216,SMS218", "--format", name).out
    assert "SMS216" in out
    assert not any(sign in out for sign in (r"\x23", r"\x0a", "%0A"))
    assert name == "html" or ("Sun ####" in out) == (name in ("text", "markdown"))


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_a_week_of_seven_rows_with_its_legend(name: str) -> None:
    lines = smslint("check", SUNDAYS, "--select", "SMS218", "--format", name).out.splitlines()
    begin = next(number for number, line in enumerate(lines) if "Sun !" in line)
    assert tuple(line.strip("| ") for line in lines[begin : begin + 7]) == GRID
    assert lines[begin + 7].strip("| ") == ". open, ! open for high priority only"


def test_show_draws_it_too() -> None:
    lines = [line.strip() for line in smslint("show", SUNDAYS).out.splitlines()]
    begin = lines.index(GRID[0])
    assert tuple(lines[begin : begin + 7]) == GRID
    assert lines[begin + 7] == ". open, ! open for high priority only"


def test_a_short_sentence_for_programs() -> None:
    closed, sundays = (
        json.loads(smslint("check", path, "--select", rule, "--format", "json").out)["findings"][0]
        for path, rule in ((CLOSED, "SMS216"), (SUNDAYS, "SMS218"))
    )
    assert closed["value"] == "closed at every hour"
    assert sundays["value"] == "144 hours a week open, 24 open for high priority only"


def test_fingerprints_tell_weeks_apart_that_one_sentence_describes(tmp_path: Path) -> None:
    file = tmp_path / "nyc.json"
    dump = json.loads(SUNDAYS.read_text("utf-8"))
    found = []
    for _ in range(2):
        dump[1]["UsageSchedule"].append(dump[1]["UsageSchedule"].pop(0))
        file.write_text(json.dumps(dump), "utf-8")
        found += smslint("check", file, "--select", "SMS218", "--format", "json").json["findings"]
    assert found[0]["value"] == found[1]["value"]
    assert found[0]["fingerprint"] != found[1]["fingerprint"]


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ([Usage.ALL] * 168, "open at all hours"),
        ([Usage.HIGH_ONLY] * 168, "open for high priority only at every hour"),
        ([Usage.ALL_BUT_LOW] * 168, "open but for low priority at every hour"),
        ([None] * 168, "of unknown meaning at every hour"),
        ([Usage.ALL, *[Usage.CLOSED] * 167], "1 hour a week open, 167 closed"),
        ([*[Usage.ALL] * 100, *[None] * 68], "100 hours a week open, 68 of unknown meaning"),
    ],
)
def test_sentences(hours: list[Usage | None], sentence: str) -> None:
    assert str(UsageSchedule(tuple(hours))) == sentence
