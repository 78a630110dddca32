"""What holds for all syntaxes of WMI dumps: the same objects read equal, places are exact, nothing raises."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.schema.export import Export
from smslint.sources.wmi import clixml as wmi_clixml
from smslint.sources.wmi import csv as wmi_csv
from smslint.sources.wmi import json as wmi_json
from smslint.sources.wmi import listing as wmi_listing
from smslint.sources.wmi import mof as wmi_mof
from tests.sources.wmi.dumps import (
    address,
    as_clixml,
    as_csv,
    as_json,
    as_mof,
    kinds,
    prop,
    read,
    sender,
    written,
)

SYNTAXES: Final[dict[str, tuple[ModuleType, Callable[[list[dict[str, Any]]], str]]]] = {
    "json": (wmi_json, as_json),
    "clixml": (wmi_clixml, as_clixml),
    "mof": (wmi_mof, as_mof),
    "csv": (wmi_csv, as_csv),
}
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
LINE_ENDS = ("\n", "\r\n", "\r")

every_syntax = pytest.mark.parametrize("syntax", SYNTAXES)
texts = st.text("aBé😀 \\\"'<>&,;{}=_\u3042", max_size=20) | st.text(
    st.characters(min_codepoint=32, max_codepoint=0x1F700, exclude_categories=["Cs", "Cc"]), max_size=20
)


def values(export: Export) -> list[object]:
    """The values of all settings read."""
    return [
        setting.value
        for site in export.sites
        for section in site.sections()
        for setting in section.settings()
    ]


@every_syntax
@given(
    limits=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=4),
    noise=texts,
    encoding=st.sampled_from(sorted(ENCODINGS)),
    line_end=st.sampled_from(LINE_ENDS),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_is_read_with_its_span(
    syntax: str, limits: list[tuple[int, int]], noise: str, encoding: str, line_end: str
) -> None:
    source, write = SYNTAXES[syntax]
    senders = [
        sender(str(total), str(each), code=f"S{number:02}") for number, (total, each) in enumerate(limits)
    ]
    for one in senders:
        one["Props"].insert(0, prop(f"x {noise}", 0, noise, noise))
    text = write(senders).replace("\r\n", "\n").replace("\n", line_end)
    data = ENCODINGS[encoding] + text.encode(encoding)
    export = read(source, data)
    assert set(kinds(export)) <= {"account-secret"}
    assert source.recognises(text[:4096])
    lines = text.split(line_end)
    for site, (total, per_site) in zip(export.sites, limits, strict=True):
        (found,) = site.senders
        assert found.max_concurrent_sendings.value == total
        assert found.max_concurrent_site_sendings.value == per_site
        for setting in (found.max_concurrent_sendings, found.retry_delay_minutes):
            span = setting.span
            assert span
            stands = written(data, export, span)
            assert stands.strip('"') == str(setting.value)
            assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == stands


@given(
    destination=texts, unlimited=st.booleans(), hours=st.lists(st.integers(1, 4), min_size=24, max_size=24)
)
@settings(max_examples=20, deadline=None)
def test_the_same_address_is_read_from_every_syntax(
    destination: str, unlimited: bool, hours: list[int]
) -> None:
    day = {"Backup": [hour == 1 for hour in hours], "HourUsage": hours}
    objects = [
        address(destination, UnlimitedRateForAll=unlimited, UsageSchedule=[day] * 7),
        address("BOS", Props=[prop("LAN Login", 0, "", "account")]),
    ]
    exports = [read(source, write(objects)) for name, (source, write) in SYNTAXES.items() if name != "csv"]
    assert values(exports[0]) == values(exports[1]) == values(exports[2])
    assert exports[0].sites[0].addresses[0].destination.value == destination
    schedule = exports[0].sites[0].addresses[0].schedule.value
    assert schedule
    assert [int(hour or 0) for hour in schedule.hours] == hours * 7
    for export in exports:
        assert kinds(export) == ["account-secret"]
        assert [found.has_account for found in export.sites[0].addresses] == [False, True]


READERS = [*(source for source, _ in SYNTAXES.values()), wmi_listing]
WHOLE = [write([sender(), sender("0", code="BOS")]) for _, write in SYNTAXES.values()]


@pytest.mark.parametrize("source", READERS)
@given(data=st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise(source: ModuleType, data: bytes) -> None:
    export = read(source, data)
    assert export.path == "dump"
    assert all(defect.text for defect in export.defects)


@every_syntax
@given(
    at=st.integers(0, 10**6),
    length=st.integers(0, 30),
    inserted=st.binary(max_size=6)
    | st.sampled_from([b'"', b"{", b"}", b"[", b"]", b"<", b">", b"\\", b",", b"<Obj>"]),
)
@settings(max_examples=120, deadline=None)
def test_no_mutation_raises(syntax: str, at: int, length: int, inserted: bytes) -> None:
    source, write = SYNTAXES[syntax]
    data = write([sender(), sender("0", code="BOS")]).encode()
    at %= len(data)
    export = read(source, data[:at] + inserted + data[at + length :])
    for defect in export.defects:
        assert defect.span
        assert defect.span.line >= 1
        assert defect.span.column >= 1


@every_syntax
@given(at=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_cut_text_is_reported_and_what_is_whole_is_read(syntax: str, at: int) -> None:
    source, write = SYNTAXES[syntax]
    text = write([sender(code="AAA"), sender("0", code="BBB")]).rstrip()
    at %= len(text)
    export = read(source, text[:at])
    first = {"json": '"Comp', "clixml": "<Obj", "mof": "instance", "csv": "BBB"}[syntax]
    # CSV has no end that could be missing, nor MOF between two instances.
    if syntax in ("json", "clixml") and text[:at].strip():
        assert {"truncated", "malformed"} & set(kinds(export))
    if at > text.rindex(first) and syntax != "csv":
        assert export.sites[0].senders[0].max_concurrent_sendings.value == 5


def test_no_two_readers_claim_the_same_text() -> None:
    for text in WHOLE:
        assert sum(source.recognises(text[:4096]) for source in READERS) == 1


@pytest.mark.parametrize(
    "head",
    [
        "",
        "REGEDIT4\n",
        "[Identification]\nSiteCode=NYC",
        "SITE CONTROL FILE [786][1.08]",
        "{}",
        "<html>",
        "a,b",
    ],
)
def test_other_text_is_not_claimed(head: str) -> None:
    assert not any(source.recognises(head) for source in READERS)


def test_half_a_character_at_the_end_is_a_cut() -> None:
    data = codecs.BOM_UTF16_LE + as_json([sender()]).encode("utf-16-le") + b"\n"
    assert kinds(read(wmi_json, data)) == ["truncated"]
