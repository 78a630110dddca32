"""Registry exports for tests: an exporter with regedit's layout and wrapping, and ways to read a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smslint.schema.export import Export
from smslint.schema.version import ProductVersion
from smslint.sources.registry import reader as registry
from smslint.sources.registry.header import REGEDIT4, VERSION_5
from smslint.sources.registry.syntax import Script
from smslint.sources.text import Document

SMS = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
SMS_ON_X64 = r"HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Microsoft\SMS"
LAN = rf"{SMS}\Components\SMS_LAN_SENDER"
Values = Mapping[str, tuple[int, bytes]]


def encoded(text: str, encoding: str = "utf-16", line_end: str = "\r\n") -> bytes:
    """The text as a file."""
    text = text.replace("\n", line_end)
    return b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def script(lines: str, *, header: str = VERSION_5, only_sms: bool = False, line_end: str = "\r\n") -> Script:
    """The script of some lines below a header."""
    encoding = "cp1252" if header == REGEDIT4 else "utf-16"
    data = encoded(f"{header}\n\n{lines}", encoding, line_end)
    return Script(Document(data, "x.reg"), only_sms=only_sms)


def read(
    lines: str, given: str | None = None, *, header: str = VERSION_5, encoding: str = "utf-16"
) -> Export:
    """The export of some lines below a header."""
    document = Document(encoded(f"{header}\n\n{lines}", encoding), "x.reg")
    return registry.read(document, ProductVersion.named(given) if given else None)


def exported(keys: Mapping[str, Values], *, header: str = VERSION_5, line_end: str = "\r\n") -> bytes:
    """What regedit would write for some keys."""
    code_page = "utf-16-le" if header == VERSION_5 else "cp1252"
    lines = [header, ""]
    for key, values in keys.items():
        lines.append(f"[{key}]")
        for name, (type_, data) in values.items():
            lines += _value(name, type_, data, code_page)
        lines.append("")
    text = line_end.join([*lines, ""])
    return b"\xff\xfe" + text.encode(code_page) if header == VERSION_5 else text.encode(code_page)


def _value(name: str, type_: int, data: bytes, code_page: str) -> Iterable[str]:
    label = f'"{_escaped(name)}"=' if name else "@="
    if type_ == 4 and len(data) == 4:
        return [f"{label}dword:{int.from_bytes(data, 'little'):08x}"]
    text = data.decode("utf-16-le", "surrogatepass") if len(data) % 2 == 0 else ""
    if type_ == 1 and text.endswith("\0") and not set(text[:-1]) & set("\0\r\n"):
        return [f'{label}"{_escaped(text[:-1])}"']
    if type_ in (1, 2, 7):
        data = text.encode(code_page, "surrogatepass" if code_page == "utf-16-le" else "strict")
    return _wrapped(label + ("hex:" if type_ == 3 else f"hex({type_:x}):"), data)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _wrapped(line: str, data: bytes) -> list[str]:
    lines = []
    for number, byte in enumerate(data):
        if number and len(line) >= 77:
            lines.append(line + "\\")
            line = "  "
        line += f"{byte:02x},"
    return [*lines, line.removesuffix(",")]
