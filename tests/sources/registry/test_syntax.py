"""What the lines of a .reg file make regedit do, and what smslint says of those it drops."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.sources.registry.header import REGEDIT, REGEDIT4, VERSION_5
from smslint.sources.registry.syntax import Operation, Script
from smslint.sources.secrets import registry_excerpt, uncovered
from smslint.sources.text import Document

from .regfiles import LAN, SMS, Values, encoded, exported, script

OTHER = r"HKEY_CURRENT_USER\Software\Other"
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "reg"


def sz(text: str) -> tuple[int, bytes]:
    return 1, text.encode("utf-16-le") + b"\0\0"


def dword(number: int) -> tuple[int, bytes]:
    return 4, number.to_bytes(4, "little")


def facts(found: Script) -> list[tuple[str, str, str, int, bytes]]:
    return [(each.op, each.key, each.name, each.type, each.data) for each in found.operations()]


def values_below(lines: str, *, header: str = VERSION_5) -> dict[str, tuple[int, bytes]]:
    """The values that lines below an SMS key set, by name."""
    operations = script(f"[{LAN}]\n{lines}", header=header).operations()
    return {each.name: (each.type, each.data) for each in operations if each.op == "set"}


def defects(lines: str, *, header: str = VERSION_5) -> list[tuple[str, bool, int]]:
    """Kind, weight and line of each defect."""
    found = script(lines, header=header)
    list(found.operations())
    return [(each.kind, each.costly, each.span.line) for each in found.defects if each.span]


READABLE: list[tuple[str, dict[str, tuple[int, bytes]]]] = [
    ('"a"="plain"', {"a": sz("plain")}),
    (r'"a\\b\"c"="C:\\x \"y\" 1\n2\r"', {'a\\b"c': sz('C:\\x "y" 1\n2\r')}),
    ('@="default"\n""="again"', {"": sz("again")}),
    ('  "a" \t=  "x" ; why', {"a": sz("x")}),
    ('"a"=dword:0000002D\n"b"=dword:10;why', {"a": dword(45), "b": dword(16)}),
    ('"a"=hex:1, 0x2,\t0a', {"a": (3, b"\1\2\n")}),
    ('"a"=hex:\n"b"=hex(0):', {"a": (3, b""), "b": (0, b"")}),
    ('"a"=hex(b):01,00,00,00,00,00,00,00', {"a": (11, b"\1" + bytes(7))}),
    ('"a"=hex(ffffffff):00', {"a": (0xFFFFFFFF, b"\0")}),
    ('"a"=hex:01,\\\n  02', {"a": (3, b"\1\2")}),
    ('"a"=hex:\\\n01,\\ ; why\n\n  ; between\n\t\n  02,\\\n03 ; end', {"a": (3, b"\1\2\3")}),
    ('"a"="open\n[over]\nlines" ; closed', {"a": sz("open\r\n[over]\r\nlines")}),
    ('"a"="; # [x] = -"', {"a": sz("; # [x] = -")}),
    ('; a comment \\\n# another \\\n"a"=dword:1', {"a": dword(1)}),
]


@pytest.mark.parametrize(("lines", "expected"), READABLE)
def test_reads_what_regedit_reads(lines: str, expected: Values) -> None:
    assert values_below(lines) == expected
    assert defects(f"[{LAN}]\n{lines}\n") == []


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_reads_every_line_end(line_end: str) -> None:
    found = script(f'[{LAN}]\n"a"=hex:01,\\\n  02\n\n"b"="c"\n', line_end=line_end)
    assert [(each.op, each.name, each.line) for each in found.operations()] == [
        ("create_key", "", 3),
        ("set", "a", 4),
        ("set", "b", 7),
    ]
    assert found.defects == []


def test_reads_mixed_line_ends() -> None:
    data = f'REGEDIT4\r\n\r[{LAN}]\n"a"=dword:1\r"b"=dword:2\r\n'.encode()
    assert [each.line for each in Script(Document(data, "x")).operations()] == [3, 4, 5]


def test_the_header_decides_what_string_bytes_are() -> None:
    assert values_below('"a"=hex(2):41,e9', header=REGEDIT4) == {"a": (2, "Aé\0".encode("utf-16-le"))}
    assert values_below('"a"=hex(2):41,00,e9,00') == {"a": (2, "Aé\0".encode("utf-16-le"))}
    in_ansi = encoded(f'{VERSION_5}\n\n[{LAN}]\n"a"=hex(1):41,00\n', "cp1252")
    assert [each.data for each in Script(Document(in_ansi, "x")).operations()][1] == b"A\0\0\0"


@pytest.mark.parametrize("type_", [1, 2, 7])
def test_one_missing_nul_is_appended_to_strings(type_: int) -> None:
    assert values_below(f'"a"=hex({type_}):41,00,00,00')["a"] == (type_, b"A\0\0\0")
    assert values_below(f'"a"=hex({type_}):41,00')["a"] == (type_, b"A\0\0\0")
    assert values_below(f'"a"=hex({type_}):41,00,42')["a"] == (type_, b"A\0\0\0")
    assert values_below(f'"a"=hex({type_}):')["a"] == (type_, b"")
    assert values_below(f'"a"=hex({type_}):41,00', header=REGEDIT4)["a"] == (type_, b"A\0\0\0")


def test_keys_and_deletions() -> None:
    found = script(f'[{LAN.upper()}\\]\n"a"=-\n  [-{OTHER}] ignored\n[hkey_users\\x y ]\n')
    assert facts(found) == [
        ("create_key", LAN.upper(), "", 0, b""),
        ("delete_value", LAN.upper(), "a", 0, b""),
        ("delete_key", OTHER, "", 0, b""),
        ("create_key", r"hkey_users\x y ", "", 0, b""),
    ]
    assert found.defects == []


DROPPED: list[tuple[str, str]] = [
    ("nine digits", '"a"=dword:000000005'),
    ("no digits", '"a"=dword:'),
    ("0x in a dword", '"a"=dword:0x5'),
    ("a continued dword", '"a"=dword:0000\\'),
    ("text after a dword", '"a"=dword:5 five'),
    ("text after a string", '"a"="x" y'),
    ("a hash comment", '"a"="x" # y'),
    ("text after a deletion", '"a"=- y'),
    ("text after bytes", '"a"=hex:01 02'),
    ("a byte of three digits", '"a"=hex:100'),
    ("two commas", '"a"=hex:01,,02'),
    ("a blank before a comma", '"a"=hex:01 ,02'),
    ("a backslash without a comma", '"a"=hex:01\\'),
    ("text after a backslash", '"a"=hex:01,\\ x'),
    ("an upper-case tag", '"a"=DWORD:00000005'),
    ("an unknown word", '"a"=string:5'),
    ("a bare number", '"a"=5'),
    ("no data", '"a"='),
    ("no equals sign", '"a"'),
    ("no closing quote of the name", '"a=dword:5'),
    ("NUL in a name", '"a\\0"=dword:5'),
    ("NUL in data", '"a"="x\\0"'),
    ("a name without quotes", "a=dword:5"),
]


@pytest.mark.parametrize("line", [line for _, line in DROPPED], ids=[name for name, _ in DROPPED])
def test_says_what_regedit_drops(line: str) -> None:
    lines = f'"before"=dword:1\n{line}\n"after"=dword:2\n'
    assert values_below(lines) == {"before": dword(1), "after": dword(2)}
    assert defects(f"[{LAN}]\n{lines}") == [("malformed", True, 5)]
    assert defects(f"[{OTHER}]\n{lines}") == [("malformed", False, 5)]


def test_a_dangling_continuation_takes_the_next_line_along() -> None:
    lines = f'"a"=hex:01,\\\n\n[{LAN}]\n"b"=dword:5\n'
    found = script(f"[{OTHER}]\n{lines}")
    assert [(each.key, each.name) for each in found.operations()] == [(OTHER, ""), (OTHER, "b")]
    assert [(each.kind, each.costly) for each in found.defects] == [("malformed", True)]
    assert defects(f'[{OTHER}]\n"a"=hex:01,\\\n"b"=dword:5\n') == [("malformed", False, 4)]


def test_bytes_that_end_in_a_comma_are_kept_and_reported() -> None:
    assert values_below('"a"=hex:01,\n  02\n') == {"a": (3, b"\1")}
    assert defects(f'[{LAN}]\n"a"=hex:01,\n"b"=dword:1\n') == [("malformed", True, 4)]


def test_a_string_runs_over_lines_to_its_quote() -> None:
    swallowing = f'"a"="see\n[{LAN}]\nend"\n"b"=dword:5\n'
    assert defects(f"[{OTHER}]\n{swallowing}") == [("malformed", True, 4)]
    unclosed = f'[{OTHER}]\n@=dword:1\n@="open\n[{LAN}]\n@=dword:2\n'
    found = script(unclosed)
    assert [(each.key, each.op) for each in found.operations()][-2:] == [(LAN, "create_key"), (LAN, "set")]
    assert [(each.kind, each.costly, each.text[:25]) for each in found.defects] == [
        ("malformed", False, "this text has no closing ")
    ]


def test_single_backslashes_are_reported_and_read_as_regedit_does() -> None:
    assert values_below('"a"="C:\\Windows"') == {"a": sz("C:Windows")}
    assert defects(f'[{LAN}]\n"a"="C:\\Windows"\n') == [("malformed", False, 4)]


KEYS = [
    (f"[ {LAN}]", "the key before", True),
    (f"[{LAN}", "the key before", True),
    (f"{LAN}]", "the key before", True),
    (r"[HKLM\SOFTWARE\Microsoft\SMS]", "abbreviated", True),
    (r"[HKLM\SOFTWARE\Other]", "abbreviated", False),
    ("[HKEY_LOCAL_MACHINE/SOFTWARE/Microsoft/SMS]", "no root", True),
    ("[Version]", "no root", False),
    (r"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS]", "empty part", True),
    (rf"[{OTHER}] ; see [1]", "last one", False),
    ("[-HKEY_LOCAL_MACHINE]", "cannot be deleted", False),
]


@pytest.mark.parametrize(("line", "output", "costly"), KEYS)
def test_says_what_is_wrong_with_a_key_line(line: str, output: str, costly: bool) -> None:
    found = script(f"[{OTHER}]\n{line}\n")
    list(found.operations())
    assert [(each.kind, each.costly) for each in found.defects] == [("malformed", costly)]
    assert output in found.defects[0].text


def test_values_below_a_bad_key_line_go_to_the_key_before() -> None:
    found = script(f'[{LAN}]\n[ {OTHER}]\n"a"=dword:1\n[Version]\n"b"=dword:2\n"c"=dword:3\n')
    assert [(each.key, each.name) for each in found.operations()] == [(LAN, ""), (LAN, "a")]
    assert len(found.defects) == 2


def test_values_without_a_key_are_dropped() -> None:
    assert facts(script('"a"=dword:1\n"b"=dword:2\n')) == []
    assert defects('"a"=dword:1\n"b"=dword:2\n') == [("malformed", False, 3)]
    assert defects(f'[-{LAN}]\n"a"=dword:1\n"b"=dword:2\n') == [("malformed", True, 4)]


def test_junk_is_silent_except_below_sms_keys() -> None:
    junk = "{% if x %}\nplain words\n\x1a"
    assert defects(f"[{OTHER}]\n{junk}") == []
    assert defects(f"[{LAN}]\n{junk}") == [("malformed", False, 4), ("malformed", False, 5)]


CUT = [
    '"a"="ope',
    '"a"="open\\',
    '"a',
    '"a"',
    '"a"=',
    '"a"=dwo',
    '"a"=dword:',
    '"a"=dword:0000',
    '"a"=hex(',
    '"a"=hex(4):',
    '"a"=hex(4):00,00',
    '"a"=hex:01,0',
    '"a"=hex:01,',
    '"a"=hex:01,\\',
    '"a"=hex:01,\\\n',
    '"a"=hex:01,\\\n  ; why',
    "[HKEY_LOCAL_MA",
    "@",
]


@pytest.mark.parametrize("end", CUT)
@pytest.mark.parametrize("key", [LAN, OTHER])
def test_sees_that_the_end_of_the_file_cuts_something(end: str, key: str) -> None:
    line = 5 if end.startswith(('"', "@", "[")) else 0
    assert defects(f'[{key}]\n"b"=dword:00000001\n{end}') == [("truncated", True, line)]


@pytest.mark.parametrize(
    "end", ["", '"a"=dword:00000001', '"a"="x"', f"[{LAN}]", '"a"=hex:01,02', "; x", "\x1a"]
)
def test_a_missing_last_line_end_is_no_cut(end: str) -> None:
    assert defects(f'[{OTHER}]\n"b"=dword:00000001\n{end}') == []


def test_says_that_an_open_text_takes_the_line_of_the_next_quote_along() -> None:
    found = script(f'[{LAN}]\n"a"="open\n"b"=dword:00000000\n"c"="x"\n')
    assert [each.name for each in found.operations() if each.op == "set"] == ["c"]
    assert [each.text for each in found.defects if "no closing quote on its line" in each.text]


@pytest.mark.parametrize(("key", "costly"), [(LAN, True), (OTHER, False)])
def test_a_nul_costs_the_values_of_the_key_it_stands_in(key: str, costly: bool) -> None:
    text = f'[{key}]\n"a"="x"\n\0"b"=dword:00000000\n'
    assert ("malformed", costly) in [each[:2] for each in defects(text)]


def test_short_numbers_of_a_person_are_no_cut() -> None:
    assert defects(f'[{OTHER}]\n"a"=dword:0\n"b"=dword:1') == []
    assert defects(f'[{OTHER}]\n"b"=dword:1') == []


def test_sees_half_a_character_and_lost_sectors() -> None:
    whole = encoded(f'{VERSION_5}\n\n[{LAN}]\n"a"="x"\n')
    assert [each.kind for each in Script(Document(whole + b"a", "x")).defects] == ["truncated"]
    assert [each.kind for each in Script(Document(whole + bytes(512), "x")).defects] == ["truncated"]
    damaged = encoded(f"REGEDIT4\n\n\0\n[{LAN}]\n", "cp1252")
    assert [(each.kind, each.costly) for each in Script(Document(damaged, "x")).defects] == [
        ("malformed", True)
    ]


HEADERS: list[tuple[bytes, str | None, list[str]]] = [
    (b"REGEDIT4\r\n", REGEDIT4, []),
    (b" \tREGEDIT4\r\n", REGEDIT4, []),
    (b"REGEDIT4", REGEDIT4, []),
    (encoded(VERSION_5), VERSION_5, []),
    (encoded(VERSION_5, "cp1252"), VERSION_5, []),
    (b"\xef\xbb\xbf" + VERSION_5.encode(), VERSION_5, []),
    (b"\xef\xbb\xbf" + VERSION_5.encode() + "\r\n; é".encode(), VERSION_5, ["malformed"]),
    (encoded(VERSION_5 + " "), VERSION_5, ["malformed"]),
    (encoded(VERSION_5 + ";x"), VERSION_5, ["malformed"]),
    (encoded("REGEDIT4\n"), REGEDIT4, ["malformed"]),
    (b"REGEDIT\r\nHKEY_CLASSES_ROOT\\.x = y\r\n", REGEDIT, []),
    (b"REGEDIT\r\n[HKEY_LOCAL_MACHINE\\x]\r\n", None, ["header"]),
    (b"REGEDIT5\r\n", None, ["header"]),
    (b"REGEDIT 4\r\n", None, ["header"]),
    (b"REGEDIT4 x\r\n", None, ["header"]),
    (b"regedit4\r\n", None, ["header"]),
    (b"\r\nREGEDIT4\r\n", None, ["header"]),
    (b"; x\r\nREGEDIT4\r\n", None, ["header"]),
    (b"[HKEY_LOCAL_MACHINE\\x]\r\n", None, ["header"]),
    (encoded("Windows Registry Editor Version 5"), None, ["header"]),
    (encoded("Windows Registry Editor Version 6.00"), None, ["header"]),
    (b"\xfe\xff" + VERSION_5.encode("utf-16-be"), None, ["header"]),
    (VERSION_5.encode("utf-16-le"), None, ["header"]),
    (b"", None, ["header"]),
]


@pytest.mark.parametrize(("data", "header", "kinds"), HEADERS)
def test_headers(data: bytes, header: str | None, kinds: list[str]) -> None:
    found = Script(Document(data, "x"))
    assert (found.header, [each.kind for each in found.defects]) == (header, kinds)


def test_nothing_is_read_below_a_header_that_imports_nothing() -> None:
    found = script(f'[{LAN}]\n"a"=dword:0\n', header="REGEDIT5")
    assert list(found.operations()) == []
    assert [(each.kind, each.costly) for each in found.defects] == [("header", True)]
    assert "SMS settings" in found.defects[0].text


SPANNED = [
    ('"é\u20ac"=dword:00000005 ; x', "dword:00000005"),
    ('  "é" = "x é \\"y\\"" ; "z"', '"x é \\"y\\""'),
    ('"a"=hex:01,\\ ; c\r\n\r\n  02, ; d', "hex:01,\\ ; c\r\n\r\n  02,"),
    ('"a"=hex(7):  \t', "hex(7):"),
    ('"a"="é\r\né"', '"é\r\né"'),
    ("@=- ; x", "-"),
]


@pytest.mark.parametrize(("line", "data_text"), SPANNED)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-8", "cp1252"])
def test_spans_are_the_bytes_of_the_data(line: str, data_text: str, encoding: str) -> None:
    header, mark = (VERSION_5, {"utf-16-le": b"\xff\xfe", "utf-8": b"\xef\xbb\xbf"}.get(encoding, b""))
    content = mark + f"{header}\r\n\r\n[{LAN}\\é]\r\n{line}\r\n".encode(encoding)
    key, value = Script(Document(content, "x")).operations()
    assert content[value.span.start : value.span.end].decode(encoding) == data_text
    assert content[key.span.start : key.span.end].decode(encoding) == f"[{LAN}\\é]"
    assert value.span.line == value.line == 4
    assert value.span.column == line.index(data_text) + 1


def test_spans_in_a_double_byte_code_page() -> None:
    content = f'REGEDIT4\r\n\r\n[{OTHER}\\表]\r\n"ソ能"="能\\\\表"\r\n'.encode("cp932")
    key, value = Script(Document(content, "x", fallback="cp932")).operations()
    assert key.key == rf"{OTHER}\表"
    assert (value.name, value.data) == ("ソ能", "能\\表\0".encode("utf-16-le"))
    assert content[value.span.start : value.span.end].decode("cp932") == '"能\\\\表"'


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('"Password"="abc def"', '"Password"=(hidden)'),
        ('"Service Account"=CORP', '"Service Account"=(hidden)'),
        ("x=0123456789abcdef0123456789ABCDEF", "x=(hidden)"),
        ('"a"=hex:' + ",".join(["0f"] * 20), '"a"=hex:(hidden)'),
        ('"Number of Retries"=dword:00000005', '"Number of Retries"=dword:00000005'),
        (r"[HKEY_CURRENT_USER\Software]", r"[HKEY_CURRENT_USER\Software]"),
    ],
)
def test_secrets_are_hidden_and_columns_hold(line: str, shown: str) -> None:
    excerpt = registry_excerpt(line, 0, len(line))
    assert uncovered(excerpt) == shown
    assert len(excerpt) == len(line)


def test_no_excerpt_shows_a_secret() -> None:
    found = script(f'[{LAN}]\n"Account"="CORP\\\\svc" x\n"Password"=secret\nLogonName=svc\n')
    excerpts = [each.span.excerpt for each in found.operations()]
    excerpts += [each.span.excerpt for each in found.defects if each.span]
    assert len(found.defects) == 3
    assert not any("svc" in each or "secret" in each for each in excerpts)


def test_comments_to_smslint() -> None:
    found = script(f'; note\n[{LAN}]\n  ; smslint: ignore[SMS101] a lab\n"a"="; smslint: no"\n;smslint:x\n')
    assert [(each.span.line, each.span.excerpt) for each in found.comments] == [
        (5, "  ; smslint: ignore[SMS101] a lab"),
        (7, ";smslint:x"),
    ]


def test_a_flood_of_defects_is_counted() -> None:
    found = script(f"[{LAN}]\n" + '"a"=5\n' * 250)
    assert len(facts(found)) == 1
    closed = found.defects.closed()
    assert len(closed) == 101
    assert "150 more" in closed[-1].text
    assert closed[-1].costly


def test_a_flood_of_lines_ends_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smslint.sources.registry.syntax.REGISTRY_LINES", 10)
    found = script(f"[{LAN}]\n" + '"a"=dword:1\n' * 20)
    assert len(list(found.operations())) == 10
    assert [(each.kind, each.costly) for each in found.defects] == [("malformed", True)]
    just_enough = script(f"[{LAN}]\n" + '"a"=dword:1\n' * 9)
    assert len(list(just_enough.operations())) == 10
    assert just_enough.defects == []


names = st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"]), max_size=12)
strings = names.map(sz)
numbers = st.integers(0, 0xFFFFFFFF).map(dword)
binaries = st.tuples(st.sampled_from([0, 3, 4, 11, 0x10]), st.binary(max_size=90))
texts = st.tuples(st.sampled_from([1, 2, 7]), names.map(lambda text: (text + "\0").encode("utf-16-le")))
parts = st.text("abcXYZ_ é09", min_size=1, max_size=8).map(lambda text: f"k{text}")
paths = st.lists(parts, min_size=1, max_size=3).map("\\".join)
keys = st.tuples(st.sampled_from([SMS, OTHER]), paths).map("\\".join)
trees = st.dictionaries(
    keys, st.dictionaries(names, strings | numbers | binaries | texts, max_size=6), max_size=5
)


@settings(max_examples=80, deadline=None)
@given(trees, st.sampled_from([VERSION_5, REGEDIT4]), st.sampled_from(["\r\n", "\n", "\r"]))
def test_a_written_export_is_read_back(tree: dict[str, Values], header: str, line_end: str) -> None:
    document = Document(exported(tree, header=header, line_end=line_end), "x")
    found = Script(document)
    read: dict[str, dict[str, tuple[int, bytes]]] = {}
    for each in found.operations():
        if each.op == "set":
            read[each.key][each.name] = each.type, each.data
        else:
            read[each.key] = {}
    assert read == {key: dict(values) for key, values in tree.items()}
    assert found.defects == []
    some = [(each.op, each.key, each.start) for each in Script(document, only_sms=True).operations()]
    assert some == [
        (each.op, each.key, each.start) for each in Script(document).operations() if each.key.startswith(SMS)
    ]


BROKEN = [
    *(line for _, line in DROPPED),
    *(line for line, _, _ in KEYS),
    *CUT,
    *(line for line, _ in READABLE),
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*BROKEN, f"[{LAN}]", f"[{OTHER}]", f"[-{SMS}]", "", "; x", "junk"]), max_size=14
    )
)
def test_leaving_other_keys_out_changes_nothing_else(lines: list[str]) -> None:
    text = "\n".join(lines)
    full, part = script(text), script(text, only_sms=True)
    wanted = [
        (each.op, each.key, each.name, each.data, each.start)
        for each in full.operations()
        if each.op == "delete_key" or each.key.upper().startswith(SMS.upper())
    ]
    assert [(each.op, each.key, each.name, each.data, each.start) for each in part.operations()] == wanted
    assert part.defects.closed() == full.defects.closed()


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"REGEDIT4\n", b"\xff\xfe", encoded(VERSION_5 + f"\n[{LAN}]\n")]),
)
def test_nothing_raises_on_any_bytes(content: bytes, before: bytes) -> None:
    document = Document(before + content, "x")
    found = Script(document)
    for each in found.operations():
        assert 0 <= each.span.start <= each.span.end <= len(document.data)
    for defect in found.defects.closed():
        assert defect.span is not None
        assert defect.text


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_nothing_raises_on_damaged_exports(chance: random.Random) -> None:
    tree = {LAN: {"a": sz('x"y'), "b": (3, bytes(60)), "c": dword(5)}, OTHER: {"": sz("z")}}
    content = bytearray(exported(tree, header=chance.choice([VERSION_5, REGEDIT4])))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                del content[at : at + chance.randint(1, 9)]
            case 1:
                content[at] = chance.choice(b'\\",;[]=-\r\n\0 a0')
            case _:
                content[at:at] = content[chance.randrange(len(content)) :][: chance.randint(1, 40)]
    operations = list(Script(Document(bytes(content), "x")).operations())
    assert all(isinstance(each, Operation) and each.line >= 1 for each in operations)


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside the repository")
def test_the_corpus_holds_no_sms_settings() -> None:
    described = 0
    for path in sorted(CORPUS.rglob("*.reg")):
        document = Document(path.read_bytes(), path.name)
        found = Script(document, only_sms=True)
        assert [each for each in found.operations() if each.op != "delete_key"] == []
        described += bool(found.defects)
    assert 0 < described <= 9
