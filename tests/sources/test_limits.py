"""Any single input costs at most 20 s and 1 GiB: floods of one sign are told in bounded time."""

from __future__ import annotations

import time

import pytest

from smslint import sources

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
    export = sources.read(bytes(sources.SIZE_LIMIT + 1), "large")
    assert export.format is None
    assert "larger than" in export.defects[0].text
