r"""A .reg file read in pieces: whatever the size of a piece, it is what reading it whole gives."""

from __future__ import annotations

import codecs
import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smslint.schema.located import Span
from smslint.sources.registry import grammar, syntax
from smslint.sources.registry.pieces import Piece
from smslint.sources.registry.syntax import Script
from smslint.sources.text import Document

SMS = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
LAN = rf"{SMS}\Components\SMS_LAN_SENDER"
ESCAPED = LAN.replace("\\", "\\\\")
LINES = (
    *(
        f"[{LAN}]",
        f"[{SMS.upper()}\\Setup]",
        f"[-{SMS}]",
        f"[{LAN}",
        f"[ {LAN}]",
        f"{LAN}]",
        f"[HKLM\\{SMS[19:]}]",
    ),
    *(
        r"[HKEY_LOCAL_MACHINE\SOFTWARE\Classes\CLSID\{0-1}]",
        r"[-HKEY_USERS\a]",
        r"[HKEY_USERS\a\\b]",
        "[HKEY_X]",
    ),
    *(
        '"Maximum Concurrent Sendings"=dword:00000000',
        '"Retry Delay"=dword:3c',
        '"a"=dword:',
        '"a"=dword:0',
        '"a"=-',
    ),
    *(
        '@="C:\\\\Program Files\\\\a.dll"',
        '"a"="\\"b\\" %1"',
        r'"a"="single \ backslash"',
        r'"a"="\0"',
        '"a"="b" c',
    ),
    *(
        '"Note"="first line',
        f"[{ESCAPED}]",
        f"[{LAN}]",
        '\\"x\\"=dword:00000000',
        'last line"',
        'end" ; and more',
    ),
    *(
        f'"Path"="{ESCAPED}"',
        f";[{LAN}]",
        '"Odd"="a\x0bb\x0cc\x1cd"',
        '"Odd"="a\x85b\u2028c"',
        '"Cjk"="\u0a0d\u5b0a"',
    ),
    *(
        '"h"=hex:01,02,\\',
        "  03,04,\\",
        "  05",
        "",
        "; between",
        " ",
        '"h"=hex(7):25,00,00,00',
        '"h"=hex:',
        '"h"=hex:1,\\',
    ),
    *(
        '"h"=hex(4):01,02',
        '"h"=hex:01,,02',
        '"h"=hex:01,',
        '"Password"=hex:01,02,\\',
        "06,07",
        "junk",
        "a=b",
        "# x",
    ),
    *(
        "; smslint: ignore[SMS101] why",
        "  ; smslint: ignore[SMS102]",
        "REGEDIT4",
        "\ufeffREGEDIT4",
        "\0",
        "\x1a",
        "x",
    ),
    *(
        '"ümläut"="😀"',
        "HKEY_USERS\\a",
        "name=dword:00000001",
        '"',
        '"a',
        '"a"',
        '"a"=',
        '"a"=h',
        '"a"=hex(',
        "-",
        "=",
    ),
)
texts = st.builds(
    lambda header, pairs, cut: (header + "".join(line + end for line, end in pairs))[: -cut or None],
    st.sampled_from(
        [
            "Windows Registry Editor Version 5.00\r\n\r\n",
            "REGEDIT4\n",
            "REGEDIT\r\n",
            "REGEDIT4 ;\r",
            "\n",
            "x\r\n",
        ]
    ),
    st.lists(
        st.tuples(st.sampled_from(LINES), st.sampled_from(["\r\n"] * 6 + ["\n", "\r", "\r\n\r\n"])),
        max_size=25,
    ),
    st.integers(0, 12),
)
ENCODINGS = {"utf-16-le": codecs.BOM_UTF16_LE, "cp1252": b"", "utf-8": codecs.BOM_UTF8, "cp932": b""}


def described(script: Script) -> list[object]:
    """Everything that a script gives."""
    operations = [
        (each.op, each.key, each.name, each.type, each.data, *bounds(each.span))
        for each in script.operations()
    ]
    defects = [(each.kind, each.text, each.costly, *bounds(each.span)) for each in script.defects.closed()]
    return [
        script.header,
        operations,
        sorted(defects),
        [(bounds(each.span), each.last_line) for each in script.comments],
    ]


def bounds(span: Span | None) -> tuple[object, ...]:
    assert span
    return (
        span.path,
        span.line,
        span.column,
        span.end_line,
        span.end_column,
        span.start,
        span.end,
        span.excerpt,
    )


def in_pieces(data: bytes, encoding: str, size: int) -> Piece:
    return Piece.first(lambda: io.BytesIO(data), "x.reg", encoding, size)


COMMENTED = f"; smslint: ignore[SMS101] why\r\n[{LAN}]\r\n"
OF_A_SECRET = f'Windows Registry Editor Version 5.00\r\n\r\n"Password"=hex:01,02,\\\r\n{LAN}]\r\n{LAN}]\r\n'
"""A name that begins a piece, and lines below that may go on with what it stands for."""


@settings(max_examples=300, deadline=None)
@example(text=f"REGEDIT4\r\n{COMMENTED}x\r\n{COMMENTED}", encoding="cp1252", size=1, only_sms=False, odd=0)
@example(text=OF_A_SECRET, encoding="cp1252", size=1, only_sms=False, odd=0)
@given(texts, st.sampled_from(sorted(ENCODINGS)), st.integers(1, 40), st.booleans(), st.integers(0, 3))
def test_it_is_the_same_in_pieces_of_any_size(
    text: str, encoding: str, size: int, only_sms: bool, odd: int
) -> None:
    data = ENCODINGS[encoding] + text.encode(encoding, "replace") + b"x" * (odd == 3)
    fallback = encoding if not ENCODINGS[encoding] else "cp1252"
    whole = described(Script(Document(data, "x.reg", fallback=fallback), only_sms=only_sms))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(syntax, "_PART", size)
        patched.setattr(syntax, "_NEAR_END", size % 5)
        assert described(Script(in_pieces(data, fallback, size), only_sms=only_sms)) == whole


@settings(max_examples=300, deadline=None)
@given(texts, st.booleans(), st.integers(0, 500), st.sampled_from(["", "", '"', "\\", ",", "\n", "]", "x"]))
def test_lines_taken_at_a_look_are_what_the_reader_of_every_line_takes(
    text: str, only_sms: bool, at: int, put: str
) -> None:
    data = codecs.BOM_UTF16_LE + (text[:at] + put + text[at + 1 :]).encode("utf-16-le")
    fast = described(Script(Document(data, "x.reg"), only_sms=only_sms))
    with pytest.MonkeyPatch.context() as patched:
        nothing = re.compile(f"{grammar.RUN_OF_NOTHING.pattern}(?P<key>(?!))?")
        patched.setattr(grammar, "RUN_OF_HEALTH", nothing)
        patched.setattr(grammar, "SURE_SMS_KEY", re.compile("(?!)"))
        patched.setattr(grammar, "SURE_VALUE", re.compile("(?!)"))
        patched.setattr(grammar, "SURE_SMS_LINES", re.compile("(?!)"))
        assert described(Script(Document(data, "x.reg"), only_sms=only_sms)) == fast
