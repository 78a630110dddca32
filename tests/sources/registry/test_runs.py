r"""Values that are taken as runs, and read only where their names are declared: the sites are the same."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.schema.export import Export
from smslint.schema.located import Located, Span
from smslint.sources.registry import grammar, reader
from smslint.sources.text import Document
from tests.sources.registry.regfiles import LAN, SMS, encoded

MAKER = Path(__file__).parents[4] / "shared" / "tools" / "make_exports.py"
NAMES = (
    *("Maximum Concurrent Sendings", "maximum CONCURRENT sendings", "Retry Delay", "Retry Delay in Minutes"),
    *("Site Code", "Version", "Full Version", "Enabled", "TraceFilename", "Password", "", r"a\\b", r"A\\B"),
    *(r"\"q\"", "\u03a3\u03a3", "\u03c3\u03c2", "\u0130", "i\u0307", "Maximum Concurent Sendings"),
)
DATA = (
    *("dword:00000000", "dword:3c", '"5"', '"NYC"', '"nyc"', '"786"', r'"D:\\SMS"', '"\ud83d"', '"ü\\"x"'),
    *("hex:01,02,\\\n  03", "hex(2):25,00,00,00", "hex(4):05,00,00,00", "-", "5", '"a', "hex:0"),
)
KEYS = (
    *(f"[{SMS}]", f"[{LAN}]", f"[{LAN.upper()}]", f"[-{LAN}]", f"[{SMS}\\Setup]", f"[{SMS}\\Identification]"),
    *(f"[{SMS}\\Tracing\\SMS_LAN_SENDER]", f"[{SMS}\\Components\\SMS_EXECUTIVE]", "[HKEY_USERS\\a]"),
    f"[{SMS}\\Sites\\NYC\\Addresses\\CHI\\MS_LAN]",
)
values = st.builds(
    "{}={}".format, st.sampled_from([f'"{name}"' for name in NAMES] + ["@"]), st.sampled_from(DATA)
)
lines = (
    values
    | values
    | values
    | st.sampled_from([*KEYS, "", "; x", "; smslint: ignore[SMS101] why", "junk", " "])
)


@contextmanager
def exactly() -> Iterator[None]:
    """Have every line below the SMS keys read by the exact reader."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("SURE_SMS_KEY", "SURE_SMS_LINES", "SURE_VALUE"):
            patched.setattr(grammar, name, re.compile("(?!)"))
        yield


def everything(export: Export) -> list[object]:
    """Everything that an export tells, with where it stands."""
    sections = [
        (
            type(section).__name__,
            section.key,
            section.component,
            section.span and bounds(section.span),
            getattr(section, "numbers", ()),
            [raw(each) for each in section.undeclared],
            [(each.name, each.value, each.raw and raw(each.raw)) for each in section.settings()],
        )
        for site in export.sites
        for section in site.sections()
    ]
    sites = [(site.product, site.product.build, site.holds, site.is_server_export) for site in export.sites]
    defects = [
        (each.kind, each.text, each.costly, each.span and bounds(each.span), len(each.related), each.setting)
        for each in export.defects
    ]
    comments = [(bounds(each.span), each.last_line) for each in export.comments]
    return [sections, sites, defects, comments, export.product, export.notes]


def raw(located: Located) -> tuple[object, ...]:
    spelled = located.spell(7) if located.spell else None
    where = bounds(located.span), located.registry
    return located.data, *where, located.display, spelled, located.authoritative


def bounds(span: Span) -> tuple[object, ...]:
    return span.line, span.column, span.end_line, span.end_column, span.start, span.end, span.excerpt


def assert_alike(data: bytes) -> None:
    fast = everything(reader.read(Document(data, "x.reg"), None))
    with exactly():
        assert everything(reader.read(Document(data, "x.reg"), None)) == fast


@settings(max_examples=400, deadline=None)
@given(st.lists(lines, max_size=40), st.sampled_from(["\r\n", "\r\n", "\n", "\r"]), st.integers(0, 6))
def test_sites_are_those_of_the_exact_reader(parts: list[str], line_end: str, cut: int) -> None:
    text = "\n".join(["Windows Registry Editor Version 5.00", "", f"[{LAN}]", *parts, ""])
    data = b"\xff\xfe" + text.replace("\n", line_end).encode("utf-16-le", "surrogatepass")
    assert_alike(data[: len(data) - 2 * cut])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from((*KEYS[:4], '"a"=dword:1', '"A"=dword:1', '"a"="x"', '"b"=-')), max_size=30))
def test_what_is_set_twice_is_reported_alike(parts: list[str]) -> None:
    assert_alike(encoded("\n".join(["REGEDIT4", "", f"[{LAN}]", *parts, ""]), "cp1252"))


@pytest.mark.skipif(not MAKER.exists(), reason="the maker of exports is not beside the repository")
@pytest.mark.parametrize("words", ["hive --size 60K --traps --at .3", "sms", "sms --wow64 --case mixed"])
def test_made_and_mutated_exports_are_read_alike(words: str, tmp_path: Path) -> None:
    made = tmp_path / "made.reg"
    subprocess.run(
        [sys.executable, str(MAKER), *words.split(), "--no-truth", "-o", str(made)],
        check=True,
        capture_output=True,
    )
    data = made.read_bytes()
    assert_alike(data)
    chance = random.Random(1)
    begin = data.find("Microsoft\\SMS".encode("utf-16-le"))
    for _ in range(60):
        at = begin + chance.randrange(len(data) - begin) // 2 * 2
        put = chance.choice(['"', "\\", "\r", "\n", "[", "]", "=", ",", "\0", ";", "@", "x"]).encode(
            "utf-16-le"
        )
        assert_alike(data[:at] + put + data[at + chance.choice((0, 2, 2, 8)) :])
        assert_alike(data[:at])
