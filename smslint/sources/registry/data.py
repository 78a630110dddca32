r"""The data of a registry value: from the characters of a .reg file to the registry's bytes, and back.

The escapes of strings, the bytes after ``hex:``, and how regedit wraps them (knowledge: the .reg format,
sections 1, 3 and 5). All of it works on whole strings: a value may be as large as a file.
"""

from __future__ import annotations

import re
from typing import Final

REG_SZ: Final = 1
REG_EXPAND_SZ: Final = 2
REG_BINARY: Final = 3
REG_DWORD: Final = 4
REG_MULTI_SZ: Final = 7
REG_QWORD: Final = 11
STRING_TYPES: Final = (REG_SZ, REG_EXPAND_SZ, REG_MULTI_SZ)

TYPE_NAMES: Final = {
    0: "REG_NONE",
    REG_SZ: "REG_SZ",
    REG_EXPAND_SZ: "REG_EXPAND_SZ",
    REG_BINARY: "REG_BINARY",
    REG_DWORD: "REG_DWORD",
    5: "REG_DWORD_BIG_ENDIAN",
    REG_MULTI_SZ: "REG_MULTI_SZ",
    REG_QWORD: "REG_QWORD",
}
_EXCERPT_CHARACTERS: Final = 60
_EXCERPT_BYTES: Final = 16
_PIECE: Final = 1 << 16
_BYTE_OR_COMMENT: Final = re.compile(r";[^\r\n]*|[0-9a-fA-FxX]+")
_JOINT: Final = re.compile(r"[,\\\s]+")
_LINE_WIDTH: Final = 77
"""At this many characters regedit breaks a line of bytes after the next comma."""


def unescaped(text: str) -> tuple[str, bool] | None:
    r"""What a quoted text says, and whether all its escapes were known ones; None if it holds ``\0``."""
    if "\\" not in text:
        return text, True
    # NUL cannot stand in the text, so it may keep the place of a doubled backslash meanwhile.
    text = text.replace("\\\\", "\0")
    if "\\0" in text:
        return None
    text = text.replace('\\"', '"').replace("\\n", "\n").replace("\\r", "\r")
    return text.replace("\\", "").replace("\0", "\\"), "\\" not in text


def octets(text: str) -> bytes | None:
    """The bytes that ``01,02,…`` spells, as leniently as strtoul reads them; None where regedit gives up."""
    text = text.strip(" \t").removesuffix(",")
    if not text:
        return b""
    commas = len(text) // 3
    if text[2::3] == "," * commas and text.count(",") == commas and " " not in text and "\t" not in text:
        try:
            return bytes.fromhex(text.replace(",", ""))
        except ValueError:
            pass
    if re.search(r"[ \t](?:,|$)", text):
        return None
    found, start = bytearray(), 0
    while start < len(text):
        comma = text.find(",", start + _PIECE)
        end = len(text) if comma < 0 else comma
        try:
            found += bytes([int(byte, 16) for byte in text[start:end].split(",")])
        except ValueError:
            return None
        start = end + 1
    return bytes(found)


def string_bytes(text: str) -> bytes:
    """A string as the registry holds it: UTF-16LE with a final NUL."""
    return (text + "\0").encode("utf-16-le", "surrogatepass")


def quoted(text: str) -> str:
    """A text between its quotes, escaped as regedit does."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def stored(type_: int, spelled: bytes, code_page: str | None) -> bytes:
    """The bytes the registry would hold for what ``hex(n):`` spells.

    ``code_page`` is that of string bytes, None where they are UTF-16LE already. Exactly one missing final
    NUL is appended to strings; data of no bytes stays as it is.
    """
    if type_ not in STRING_TYPES or not spelled:
        return spelled
    if code_page is None:
        whole = len(spelled) // 2 * 2
        return spelled if spelled[whole - 2 : whole] == b"\0\0" else spelled[:whole] + b"\0\0"
    text = spelled.decode(code_page, "windows-best-fit")
    return (text if spelled.endswith(b"\0") else text + "\0").encode("utf-16-le", "surrogatepass")


def spelled_data(text: str, type_: int, code_page: str | None) -> bytes:
    """The registry's bytes of data that is surely well formed, from its quote or tag to its end."""
    if text[0] == '"':
        found = unescaped(text[1:-1])
        return string_bytes(found[0] if found else "")
    tag, _, spelled = text.partition(":")
    if tag == "dword":
        return int(spelled, 16).to_bytes(4, "little")
    return stored(type_, bytes.fromhex(_JOINT.sub("", spelled)), code_page)


def meaning(type_: int, data: bytes) -> int | str | bytes:
    """What the product reads: a number, a text up to its first NUL, or bytes where it is neither."""
    if type_ == REG_DWORD and len(data) == 4:
        return int.from_bytes(data, "little")
    if type_ in (REG_SZ, REG_EXPAND_SZ):
        return data.decode("utf-16-le", "replace").partition("\0")[0]
    return data


def display(type_: int, data: bytes) -> str:
    """The type and the data as a person reads them, cut where they are long: ``REG_SZ "five"``."""
    name = TYPE_NAMES.get(type_, f"type {type_:#x}")
    value = meaning(type_, data[: 8 * _EXCERPT_CHARACTERS])
    match value:
        case int():
            return f"{name} {value}"
        case str():
            begins = "that begins " * (len(value) > _EXCERPT_CHARACTERS)
            return f'{name} {begins}"{value[:_EXCERPT_CHARACTERS]}"'
        case _:
            begins = "that begins " * (len(data) > _EXCERPT_BYTES)
            return f"{name} {begins}{data[:_EXCERPT_BYTES].hex(',')}".rstrip()


def respelled(
    new: int | str, source: str, type_: int, *, column: int, line_end: str, code_page: str | None
) -> str:
    """Another value in the form ``source`` has: the same tag, digits and dialect, wrapped as regedit does.

    ``column`` is where the data begins on its line, from 0, which decides where it is wrapped. Raises
    UnicodeEncodeError where the code page lacks a character.
    """
    if source.startswith('"'):
        return quoted(str(new))
    tag, _, spelled = source.partition(":")
    upper = spelled != spelled.lower()
    if tag == "dword":
        indent = spelled[: len(spelled) - len(spelled.lstrip())]
        spelled = spelled.lstrip()
        text = format(int(new), f"0{len(spelled)}{'X' if upper else 'x'}")
        return f"{tag}:{indent}{text}"
    if type_ == REG_DWORD:
        data = int(new).to_bytes(4, "little")
    else:
        data = f"{new}\0".encode(code_page or "utf-16-le")
    if (in_place := _in_place(data, spelled)) is not None:
        return f"{tag}:{in_place}"
    return wrapped(f"{tag}:", data, column, line_end, upper=upper)


def _in_place(data: bytes, spelled: str) -> str | None:
    """``data`` in the lines and comments of ``spelled``; None where that has another number of bytes."""
    bytes_read = [found[0] for found in _BYTE_OR_COMMENT.finditer(spelled) if found[0][0] != ";"]
    if len(bytes_read) != len(data) or any(len(each) > 2 for each in bytes_read):
        return None
    upper = any(each != each.lower() for each in bytes_read)
    left = iter(data)

    def put(found: re.Match[str]) -> str:
        if found[0][0] == ";":
            return found[0]
        return format(next(left), f"0{len(found[0])}{'X' if upper else 'x'}")

    return _BYTE_OR_COMMENT.sub(put, spelled)


def wrapped(tag: str, data: bytes, column: int, line_end: str, *, upper: bool = False) -> str:
    """``data`` as ``tag`` and bytes, broken into lines as regedit does from ``column``, from 0, on."""
    lines, line, width = [], tag, column + len(tag)
    for number, byte in enumerate(data):
        if number and width >= _LINE_WIDTH:
            lines.append(line + "\\")
            line, width = "  ", 2
        line += f"{byte:02X}," if upper else f"{byte:02x},"
        width += 3
    return line_end.join([*lines, line.removesuffix(",")])
