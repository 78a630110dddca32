r"""What regedit makes of a .reg file, syntax by syntax, where Wine and the documents agree.

Left out, because Wine 8 differs from Windows or nobody knows what Windows does:
- `hex(1|2|7)` where the header and the encoding of the file disagree (5.00 saved as ANSI, REGEDIT4 saved as
  UTF-16): Windows goes by the header, Wine by the encoding;
- strings that are open at the end of a line: Windows exports line breaks so, Wine drops the line;
- UTF-8 with BOM and UTF-16BE, which regedit rejects and smslint reads and reports;
- `hex():`, which Wine takes for type 0 and no document knows;
- short roots (HKLM), blanks after the 5.00 header, the Windows 3.1 dialect.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from .registry import Flat, Value

ROOT = r"HKEY_LOCAL_MACHINE\Software\smslinttest"
VERSION_5 = "Windows Registry Editor Version 5.00"
REGEDIT4 = "REGEDIT4"

CRLF, LF, CR = "\r\n", "\n", "\r"


@dataclass(frozen=True)
class Case:
    """A file and the registry after its import, below the case's own key.

    In the text `{key}` is the path of that key.
    """

    name: str
    text: str
    expected: Flat
    header: str = VERSION_5
    encoding: str = "utf-16"
    eol: str = CRLF
    hivex: bool = False  # hivexregedit stops at the first odd line, so it can only judge plain cases

    @property
    def key(self) -> str:
        return rf"{ROOT}\{self.name}"

    @property
    def source(self) -> str:
        return f"{self.header}\n\n{self.text}".replace("{key}", self.key)

    @property
    def data(self) -> bytes:
        text = self.source.replace("\n", self.eol)
        return b"\xff\xfe" + text.encode("utf-16-le") if self.encoding == "utf-16" else text.encode("cp1252")


def sz(text: str) -> Value:
    return 1, text.encode("utf-16-le") + b"\0\0"


def dword(number: int) -> Value:
    return 4, struct.pack("<I", number)


def binary(data: str) -> Value:
    return 3, bytes.fromhex(data)


def raw(kind: int, data: str) -> Value:
    return kind, bytes.fromhex(data)


def values(name: str, lines: str, expected: dict[str, Value], *, hivex: bool = False) -> Case:
    """Lines directly below the case's key, in a file like those of `reg export`."""
    return Case(name, "[{key}]\n" + lines, {"": expected}, hivex=hivex)


def file(name: str, lines: str, expected: dict[str, Value], **form: str) -> Case:
    """The same in a file with some other header, encoding or line end."""
    return Case(name, "[{key}]\n" + lines, {"": expected}, **form)  # type: ignore[arg-type]


STRINGS = [
    values("string", r'"a"="plain"', {"a": sz("plain")}, hivex=True),
    values("string-empty", r'"a"=""', {"a": sz("")}, hivex=True),
    values("string-escapes", r'"a"="C:\\SMS \"x\""', {"a": sz(r'C:\SMS "x"')}, hivex=True),
    values("string-line-break-escapes", r'"a"="1\n2\r3"', {"a": sz("1\n2\r3")}),
    values("string-unknown-escape", r'"a"="x\ty"', {"a": sz("xty")}),
    values("string-nul-escape", '"a"="x\\0y"\n"b"="z"', {"b": sz("z")}),
    values("string-marks-inside", '"a"="; # = [x] -"', {"a": sz("; # = [x] -")}, hivex=True),
    values("string-unicode", '"\u00e9\u8868"="\u20ac\U0001f600"', {"\u00e9\u8868": sz("\u20ac\U0001f600")}),
    values("string-tabs-inside", '"a"="x\ty"', {"a": sz("x\ty")}, hivex=True),
    values("string-then-comment", '"a"="x" ; why\n"b"="y";why', {"a": sz("x"), "b": sz("y")}),
    values("string-then-hash", '"a"="x" # why\n"b"="y"', {"b": sz("y")}),
    values("string-then-text", '"a"="x" y\n"b"="y"', {"b": sz("y")}),
    values("string-then-blanks", '"a"="x" \t ', {"a": sz("x")}),
    values("string-unquoted", '"a"=x\n"b"="y"', {"b": sz("y")}),
    values("string-in-single-quotes", '"a"=\'x\'\n"b"="y"', {"b": sz("y")}),
]

NAMES = [
    values("name-default", '@="x"', {"": sz("x")}, hivex=True),
    values("name-default-number", "@=dword:00000001", {"": dword(1)}, hivex=True),
    values("name-empty-is-default", '""="x"', {"": sz("x")}),
    values("name-escapes", r'"a\\b\"c"="x"', {'a\\b"c': sz("x")}, hivex=True),
    values("name-marks-inside", '"a=b;c]"="x"', {"a=b;c]": sz("x")}, hivex=True),
    values("name-blanks-inside", '" a  b "="x"', {" a  b ": sz("x")}, hivex=True),
    values("name-unquoted", 'a="x"\n"b"="y"', {"b": sz("y")}),
    values(
        "blanks-around-equals",
        '"a" = "x"\n"b"\t=\tdword:1\n@ = "z"',
        {"a": sz("x"), "b": dword(1), "": sz("z")},
    ),
    values("blanks-before-value", '  "a"="x"\n\t"b"="y"', {"a": sz("x"), "b": sz("y")}),
    values("value-without-equals", '"a"\n"b"="y"', {"b": sz("y")}),
    values("value-double-equals", '"a"==dword:5\n"b"="y"', {"b": sz("y")}),
    values("value-two-names", '"a" "c"="x"\n"b"="y"', {"b": sz("y")}),
    values("value-two-strings", '"a"="x""z"\n"c"="x"="z"\n"b"="y"', {"b": sz("y")}),
    values("value-without-data", '"a"=\n"b"="y"', {"b": sz("y")}),
]

NUMBERS = [
    values("dword", '"a"=dword:0000002d', {"a": dword(45)}, hivex=True),
    values("dword-upper-case", '"a"=dword:FFFFFFFF', {"a": dword(0xFFFFFFFF)}, hivex=True),
    values("dword-short", '"a"=dword:10', {"a": dword(16)}),
    values("dword-blank-before-digits", '"a"=dword: 5', {"a": dword(5)}),
    values("dword-then-comment", '"a"=dword:00000005;why\n"b"=dword:6 ; why', {"a": dword(5), "b": dword(6)}),
    values("dword-nine-digits", '"a"=dword:000000005\n"b"=dword:6', {"b": dword(6)}),
    values("dword-0x", '"a"=dword:0x5\n"b"=dword:6', {"b": dword(6)}),
    values("dword-blank-inside", '"a"=dword:0000 0005\n"b"=dword:6', {"b": dword(6)}),
    values("dword-negative", '"a"=dword:-1\n"b"=dword:6', {"b": dword(6)}),
    values("dword-empty", '"a"=dword:\n"b"=dword:6', {"b": dword(6)}),
    values("dword-not-hexadecimal", '"a"=dword:five\n"b"=dword:6', {"b": dword(6)}),
    values("dword-then-text", '"a"=dword:00000005 x\n"b"=dword:6', {"b": dword(6)}),
    values("dword-continued", '"a"=dword:0000\\\n0005\n"b"=dword:6', {"b": dword(6)}),
    values("dword-tag-upper-case", '"a"=DWORD:00000005\n"b"=dword:6', {"b": dword(6)}),
    values("bare-number", '"a"=5\n"b"=dword:6', {"b": dword(6)}),
]

BYTES = [
    values("hex", '"a"=hex:01,fe,00', {"a": binary("01 fe 00")}, hivex=True),
    values("hex-empty", '"a"=hex:', {"a": binary("")}, hivex=True),
    values("hex-upper-case", '"a"=hex:AB,Cd', {"a": binary("ab cd")}, hivex=True),
    values("hex-one-digit", '"a"=hex:1,a,0', {"a": binary("01 0a 00")}),
    values("hex-blanks-after-commas", '"a"=hex:01, 02,\t03', {"a": binary("01 02 03")}, hivex=True),
    values(
        "hex-comma-at-end",
        '"a"=hex:01,02,\n"b"=dword:00000006',
        {"a": binary("01 02"), "b": dword(6)},
        hivex=True,
    ),
    values(
        "hex-then-comment", '"a"=hex:01,02 ; why\n"b"=hex:03;why', {"a": binary("01 02"), "b": binary("03")}
    ),
    values("hex-then-text", '"a"=hex:01,02 x\n"b"=dword:6', {"b": dword(6)}),
    values("hex-double-comma", '"a"=hex:01,,02\n"b"=dword:6', {"b": dword(6)}),
    values("hex-blank-before-comma", '"a"=hex:01 ,02\n"b"=dword:6', {"b": dword(6)}),
    values("hex-without-commas", '"a"=hex:01 02\n"b"=dword:6', {"b": dword(6)}),
    values("hex-byte-too-large", '"a"=hex:01,100\n"b"=dword:6', {"b": dword(6)}),
    values("hex-not-hexadecimal", '"a"=hex:01,xy\n"b"=dword:6', {"b": dword(6)}),
    values("hex-tag-upper-case", '"a"=HEX:01\n"b"=dword:6', {"b": dword(6)}),
    values("hex-type-not-hexadecimal", '"a"=hex(x):01\n"b"=dword:6', {"b": dword(6)}),
    values("hex-type-without-colon", '"a"=hex(3)01\n"b"=dword:6', {"b": dword(6)}),
    values("hex-none", '"a"=hex(0):01,02', {"a": raw(0, "01 02")}, hivex=True),
    values("hex-string", '"a"=hex(1):41,00,42,00,00,00', {"a": sz("AB")}, hivex=True),
    values("hex-string-without-nul", '"a"=hex(1):41,00,42,00', {"a": sz("AB")}),
    values(
        "hex-string-empty",
        '"a"=hex(1):\n"b"=hex(2):\n"c"=hex(7):',
        {"a": raw(1, ""), "b": raw(2, ""), "c": raw(7, "")},
    ),
    values("hex-expand-string", '"a"=hex(2):25,00,00,00', {"a": raw(2, "25 00 00 00")}, hivex=True),
    values("hex-expand-string-without-nul", '"a"=hex(2):25,00', {"a": raw(2, "25 00 00 00")}),
    values(
        "hex-multi-string",
        '"a"=hex(7):41,00,00,00,42,00,00,00,00,00',
        {"a": raw(7, "41 00 00 00 42 00 00 00 00 00")},
        hivex=True,
    ),
    values(
        "hex-multi-string-without-nul",
        '"a"=hex(7):41,00,00,00,42,00',
        {"a": raw(7, "41 00 00 00 42 00 00 00")},
    ),
    values("hex-dword", '"a"=hex(4):05,00,00,00', {"a": dword(5)}, hivex=True),
    values("hex-dword-short", '"a"=hex(4):05', {"a": raw(4, "05")}, hivex=True),
    values("hex-dword-long", '"a"=hex(4):05,00,00,00,01', {"a": raw(4, "05 00 00 00 01")}, hivex=True),
    values("hex-big-endian", '"a"=hex(5):00,00,00,05', {"a": raw(5, "00 00 00 05")}, hivex=True),
    values(
        "hex-qword",
        '"a"=hex(b):05,00,00,00,00,00,00,00',
        {"a": raw(11, "05 00 00 00 00 00 00 00")},
        hivex=True,
    ),
    values("hex-type-upper-case", '"a"=hex(B):05', {"a": raw(11, "05")}, hivex=True),
    values("hex-type-unknown", '"a"=hex(100):01', {"a": raw(0x100, "01")}, hivex=True),
    values("hex-type-eight-digits", '"a"=hex(ffffffff):01', {"a": raw(0xFFFFFFFF, "01")}),
]

CONTINUATIONS = [
    values(
        "continued",
        '"a"=hex:01,\\\n  02,\\\n  03\n"b"=dword:00000006',
        {"a": binary("01 02 03"), "b": dword(6)},
        hivex=True,
    ),
    values("continued-at-once", '"a"=hex:\\\n  01,02', {"a": binary("01 02")}, hivex=True),
    values("continued-without-indent", '"a"=hex:01,\\\n02', {"a": binary("01 02")}, hivex=True),
    values("continued-over-blank-lines", '"a"=hex:01,\\\n\n  \n  02', {"a": binary("01 02")}),
    values("continued-over-comments", '"a"=hex:01,\\\n; why\n  ;why\\\n  02', {"a": binary("01 02")}),
    values("continued-comment-after-backslash", '"a"=hex:01,\\ ; why\n  02', {"a": binary("01 02")}),
    values("continued-blank-after-backslash", '"a"=hex:01,\\ \n  02', {"a": binary("01 02")}),
    values("continued-comment-at-end", '"a"=hex:01,\\\n  02 ; why', {"a": binary("01 02")}),
    values("continued-without-comma", '"a"=hex:01\\\n  02\n"b"=dword:6', {"b": dword(6)}),
    values("continued-into-value", '"a"=hex:01,\\\n"b"=dword:5\n"c"=dword:6', {"c": dword(6)}),
    values("continued-to-end-of-file", '"b"=dword:6\n"a"=hex:01,\\', {"a": binary("01"), "b": dword(6)}),
    values("continued-to-last-line", '"b"=dword:6\n"a"=hex:01,\\\n', {"a": binary("01"), "b": dword(6)}),
    values("continued-to-last-comment", '"a"=hex:01,\\ ; why\n; why', {"a": binary("01")}),
    values("continued-into-value-twice", '"a"=hex:01,\\\n02,\\\n"b"=hex:01\n"c"=hex:03', {"c": binary("03")}),
    values("not-continued", '"a"=hex:01,\n  02\n"b"=dword:6', {"a": binary("01"), "b": dword(6)}),
    Case(
        "continued-into-key",
        '[{key}]\n"a"=hex:01,\\\n\n[{key}\\swallowed]\n"b"=dword:6',
        {"": {"b": dword(6)}},
    ),
]

COMMENTS = [
    values("comments", '; one\n"a"="x"\n# two\n  ; three\n\t#four\n"b"="y"', {"a": sz("x"), "b": sz("y")}),
    values("comment-semicolon", '"a"="x"\n', {"a": sz("x")}, hivex=True),
    values("comment-is-not-continued", '; why \\\n"a"="x"\n# why,\\\n"b"="y"', {"a": sz("x"), "b": sz("y")}),
    values("comment-hides-value", '"a"="x"\n;"a"="y"', {"a": sz("x")}),
    values("junk", 'junk\n"a"="x"\n= 5\nhex:01\n"b"="y"', {"a": sz("x"), "b": sz("y")}),
    values("control-z", '"a"="x"\n\x1a', {"a": sz("x")}),
]

DELETIONS = [
    values("delete-value", '"a"="x"\n"b"="y"\n"a"=-', {"b": sz("y")}),
    values("delete-value-in-later-section", '"a"="x"\n"b"="y"\n\n[{key}]\n"a"=-', {"b": sz("y")}, hivex=True),
    values("delete-default", '@="x"\n@=-', {}),
    values("delete-value-any-case", '"Name"="x"\n\n[{key}]\n"NAME"=-', {}, hivex=True),
    values("delete-value-then-comment", '"a"="x"\n"a"=- ; why', {}),
    values("delete-value-then-text", '"a"="x"\n"a"=-x', {"a": sz("x")}),
    values("delete-value-blank-before-dash", '"a"="x"\n"a"= -', {}),
    values("delete-missing-value", '"a"=-\n"b"="y"', {"b": sz("y")}, hivex=True),
    values("set-again-after-deletion", '"a"="x"\n"a"=-\n"a"="y"', {"a": sz("y")}),
    Case(
        "delete-key",
        '[{key}]\n\n[{key}\\one]\n"a"="x"\n\n[{key}\\one\\below]\n"a"="x"\n\n[{key}\\two]\n\n[-{key}\\one]\n',
        {"": {}, "two": {}},
        hivex=True,
    ),
    Case("delete-key-any-case", "[{key}]\n\n[{key}\\One]\n\n[-{key}\\ONE]\n", {"": {}}, hivex=True),
    Case("delete-key-closes-it", '[{key}]\n[{key}\\one]\n[-{key}\\one]\n"a"="x"', {"": {}}),
    Case("delete-missing-key", '[-{key}\\one]\n\n[{key}]\n"a"="x"', {"": {"a": sz("x")}}, hivex=True),
    Case(
        "delete-key-then-create",
        '[{key}]\n\n[{key}\\one]\n"a"="x"\n\n[-{key}\\one]\n\n[{key}\\one]\n"b"="y"\n',
        {"": {}, "one": {"b": sz("y")}},
        hivex=True,
    ),
    Case("delete-key-without-name", '[{key}]\n[-]\n"a"="x"', {"": {}}),
    Case("delete-key-without-closing-bracket", '[{key}]\n[-{key}\n"a"="x"', {"": {"a": sz("x")}}),
    Case("delete-key-trailing-backslash", "[{key}]\n[{key}\\one]\n[-{key}\\one\\]", {"": {}}),
    Case("delete-key-blank-after-dash", '[{key}]\n[- {key}]\n"a"="x"', {"": {}}),
    Case("delete-key-blank-before-dash", '[{key}]\n[ -{key}]\n"a"="x"', {"": {"a": sz("x")}}),
]

KEYS = [
    Case("key-empty", "[{key}]", {"": {}}, hivex=True),
    Case("key-parents-are-created", "[{key}\\one\\two]", {"": {}, "one": {}, "one\\two": {}}),
    Case(
        "key-any-case",
        '[{key}\\One]\n"a"="x"\n[{key}\\ONE]\n"b"="y"',
        {"": {}, "One": {"a": sz("x"), "b": sz("y")}},
    ),
    Case(
        "key-any-case-plain",
        '[{key}]\n\n[{key}\\One]\n"a"="x"\n\n[{key}\\ONE]\n"b"="y"\n',
        {"": {}, "One": {"a": sz("x"), "b": sz("y")}},
        hivex=True,
    ),
    Case(
        "key-root-any-case",
        '[hkey_local_machine\\SOFTWARE\\smslinttest\\key-root-any-case]\n"a"="x"',
        {"": {"a": sz("x")}},
    ),
    Case("key-trailing-backslash", '[{key}\\]\n"a"="x"', {"": {"a": sz("x")}}),
    Case("key-text-after-bracket", '[{key}] ; why\n"a"="x"', {"": {"a": sz("x")}}),
    Case("key-last-bracket-closes", '[{key}\\a]b]\n"a"="x"', {"": {}, "a]b": {"a": sz("x")}}),
    Case("key-bracket-inside", '[{key}\\[a]\n"a"="x"', {"": {}, "[a": {"a": sz("x")}}),
    Case("key-blanks-inside", '[{key}\\a  b]\n"a"="x"', {"": {}, "a  b": {"a": sz("x")}}),
    Case("key-quotes-inside", '[{key}\\a"b;c]\n"a"="x"', {"": {}, 'a"b;c': {"a": sz("x")}}),
    Case("key-blanks-before", '  [{key}\\a]\n"a"="x"\n\t[{key}\\b]', {"": {}, "a": {"a": sz("x")}, "b": {}}),
    Case("key-unicode", "[{key}\\\u00e9\u8868]", {"": {}, "\u00e9\u8868": {}}),
    Case("key-without-closing-bracket", '[{key}]\n[{key}\\one\n"a"="x"', {"": {"a": sz("x")}}),
    Case("key-blank-after-bracket", '[{key}]\n[ {key}\\one]\n"a"="x"', {"": {"a": sz("x")}}),
    Case("key-unknown-root", '[{key}]\n[HKEY_NONSENSE\\one]\n"a"="x"', {"": {}}),
    Case("key-slashes", '[{key}]\n[HKEY_LOCAL_MACHINE/Software/one]\n"a"="x"', {"": {}}),
    Case("key-without-name", '[{key}]\n[]\n"a"="x"', {"": {}}),
    Case("key-root-misspelt", '[{key}]\n[HKEY_LOCAL_MACHINES\\Software\\x]\n"a"="x"', {"": {}}),
    Case("value-before-any-key", '"a"="x"\n[{key}]\n"b"="y"', {"": {"b": sz("y")}}),
]

ORDER = [
    values("last-wins", '"a"="x"\n"a"="y"', {"a": sz("y")}),
    values("last-wins-across-sections", '"a"="x"\n\n[{key}]\n"a"="y"', {"a": sz("y")}, hivex=True),
    values("last-type-wins", '"a"="x"\n\n[{key}]\n"a"=dword:00000005', {"a": dword(5)}, hivex=True),
    values("first-spelling-stays", '"Name"="x"\n"NAME"="y"', {"Name": sz("y")}),
    values("bad-value-leaves-the-earlier", '"a"="x"\n"a"=dword:000000005', {"a": sz("x")}),
]

FILES = [
    file("regedit4", '"\u00e9"="\u20ac"', {"\u00e9": sz("\u20ac")}, header=REGEDIT4, encoding="ansi"),
    file(
        "regedit4-expand-string",
        '"a"=hex(2):25,00',
        {"a": raw(2, "25 00 00 00")},
        header=REGEDIT4,
        encoding="ansi",
    ),
    file(
        "regedit4-multi-string",
        '"a"=hex(7):41,00,e9,\\\n  00,00',
        {"a": raw(7, "41 00 00 00 e9 00 00 00 00 00")},
        header=REGEDIT4,
        encoding="ansi",
    ),
    file("regedit4-hex-string", '"a"=hex(1):41,42', {"a": sz("AB")}, header=REGEDIT4, encoding="ansi"),
    file("regedit4-binary", '"a"=hex:41,00', {"a": binary("41 00")}, header=REGEDIT4, encoding="ansi"),
    file("regedit4-utf-16", '"a"="\u8868"\n"b"=dword:5', {"a": sz("\u8868"), "b": dword(5)}, header=REGEDIT4),
    file(
        "version-5-ansi",
        '"\u00e9"="\u20ac"\n"b"=dword:5',
        {"\u00e9": sz("\u20ac"), "b": dword(5)},
        encoding="ansi",
    ),
    file("utf-16-lf", '"a"="x"\n"b"=hex:01,\\\n  02', {"a": sz("x"), "b": binary("01 02")}, eol=LF),
    file("utf-16-cr", '"a"="x"\n"b"=hex:01,\\\n  02', {"a": sz("x"), "b": binary("01 02")}, eol=CR),
    file(
        "ansi-lf",
        '"a"="x"\n"b"=hex:01,\\\n  02',
        {"a": sz("x"), "b": binary("01 02")},
        header=REGEDIT4,
        encoding="ansi",
        eol=LF,
    ),
    file(
        "ansi-cr",
        '"a"="x"\n"b"=hex:01,\\\n  02',
        {"a": sz("x"), "b": binary("01 02")},
        header=REGEDIT4,
        encoding="ansi",
        eol=CR,
    ),
    file(
        "mixed-line-ends",
        '"a"="x"\r\n"b"="y"\r"c"="z"\n\r"d"="w"',
        {"a": sz("x"), "b": sz("y"), "c": sz("z"), "d": sz("w")},
        eol=LF,
    ),
    file(
        "mixed-line-ends-ansi",
        '"a"="x"\r\n"b"="y"\r"c"=hex:01,\\\r  02\n\r"d"="w"',
        {"a": sz("x"), "b": sz("y"), "c": binary("01 02"), "d": sz("w")},
        header=REGEDIT4,
        encoding="ansi",
        eol=LF,
    ),
    file("line-end-at-end", '"a"="x"\n', {"a": sz("x")}),
    file(
        "not-line-ends",
        '"a"="1\x0b2\x0c3\x1c4\x855\u20286\u20297"',
        {"a": sz("1\x0b2\x0c3\x1c4\x855\u20286\u20297")},
    ),
    file(
        "bytes-like-line-ends",
        '"a"="\u0a0d\u5b0a\u0d0a\u0a5b\u225c"',
        {"a": sz("\u0a0d\u5b0a\u0d0a\u0a5b\u225c")},
    ),
    file("header-after-blanks", '"a"="x"', {"a": sz("x")}, header=f" \t{VERSION_5}"),
    file("header-regedit4-after-blanks", '"a"="x"', {"a": sz("x")}, header=f" \t{REGEDIT4}", encoding="ansi"),
    Case("header-only", "", {}),
]

# Wine imports nothing from these, in the first three cases without an error.
NOT_IMPORTED = [
    Case(f"header-{name}", '[{key}]\n"a"="x"', {}, header=header, encoding=encoding)
    for name, header, encoding in (
        ("regedit5", "REGEDIT5", "ansi"),
        ("regedit-4", "REGEDIT 4", "ansi"),
        ("regedit4-text", "REGEDIT4 x", "ansi"),
        ("regedit4-lower-case", "regedit4", "ansi"),
        ("version-5-lower-case", VERSION_5.lower(), "utf-16"),
        ("version-5-short", "Windows Registry Editor Version 5", "utf-16"),
        ("version-4", "Windows Registry Editor Version 4.00", "utf-16"),
        ("after-blank-line", f"\n{VERSION_5}", "utf-16"),
        ("after-comment", f"; why\n{VERSION_5}", "utf-16"),
        ("missing", "", "utf-16"),
    )
]

CASES = [
    *STRINGS,
    *NAMES,
    *NUMBERS,
    *BYTES,
    *CONTINUATIONS,
    *COMMENTS,
    *DELETIONS,
    *KEYS,
    *ORDER,
    *FILES,
    *NOT_IMPORTED,
]
