"""Any single input costs at most 20 s and 1 GiB: floods of one sign are told in bounded time."""

from __future__ import annotations

import re
import runpy
import time
from pathlib import Path

import pytest

from smslint import sources
from smslint.sources.limits import INPUT_BYTES

DOCS = Path(__file__).parents[2] / "docs"
SMS = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
REGISTRY = b"REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Components\\SMS_LAN_SENDER]\r\n"
HEADS = (b"", b"\xff\xfe", REGISTRY, b"SITE CONTROL FILE [786][1.08]\n", b'[{"SMS_SCI_Component":')
SIGNS = (
    b"\n",
    b" ",
    b"\0",
    b"[",
    b'"',
    b"<",
    b"{",
    b";",
    b",",
    b"\\",
    b"\x81",
    b'"a"=\n',
    b"BEGIN_X\n",
    b"=-\n",
)


@pytest.mark.parametrize("sign", SIGNS, ids=repr)
def test_a_flood_is_over_soon(sign: bytes) -> None:
    """A quarter of a MiB of each: what grows faster than its input, or never ends, does not come through."""
    begin = time.process_time()
    for head in HEADS:
        export = sources.read(head + sign * ((1 << 18) // len(sign)), "flood")
        assert export.sites == () or not export.sites[0].senders or head == REGISTRY
    assert time.process_time() - begin < 20


def test_a_file_over_the_limit_is_refused_and_says_so() -> None:
    export = sources.read(bytes(INPUT_BYTES + 1), "large")
    assert export.format is None
    assert "larger than" in export.defects[0].text


def test_the_page_is_what_the_table_says() -> None:
    made = runpy.run_path(str(DOCS / "make_limits.py"))["page"]()
    assert (DOCS / "limits.md").read_text("utf-8") == made


def test_no_reader_has_a_limit_of_its_own() -> None:
    own = re.compile(r"^_?[A-Z_]*(?:LIMIT|MOST|FLOOD|DEPTH)[A-Z_]*\b", re.MULTILINE)
    readers = Path(sources.__file__).parent.rglob("*.py")
    assert [path.name for path in readers if own.search(path.read_text("utf-8"))] == []


def test_the_sender_among_200_000_keys_is_found() -> None:
    others = "".join(f"[{SMS}\\Other\\{number}]\r\n" for number in range(200_000))
    text = f'REGEDIT4\r\n\r\n{others}[{SMS}\\Components\\SMS_LAN_SENDER]\r\n"Number of Retries"=dword:2\r\n'
    begin = time.process_time()
    export = sources.read(text.encode(), "large")
    assert time.process_time() - begin < 20
    assert export.defects == ()
    assert export.sites[0].senders[0].number_of_retries.value == 2


def test_more_senders_than_there_can_be_are_reported() -> None:
    senders = "".join(f"[{SMS}\\Components\\SMS_{number}_SENDER]\r\n" for number in range(10_001))
    export = sources.read(f"REGEDIT4\r\n\r\n{senders}".encode(), "large")
    assert (
        "reads 10,000 senders, addresses, threads and traced components of a file" in export.defects[0].text
    )
    assert len(export.sites[0].senders) == 10_000
