"""A patch for a server's registry, and the undo that restores what the export showed.

REGEDIT4 is the only dialect SMS 1.x's Windows imports; version 5.00 is that of Windows 2000 and later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from smslint.sources.registry.data import (
    REG_BINARY,
    REG_DWORD,
    REG_SZ,
    STRING_TYPES,
    quoted,
    string_bytes,
    wrapped,
)

_LINE_END = "\r\n"


class UnwritableError(ValueError):
    """A value that the dialect cannot express."""


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """One value before and after. ``old`` is (type, data), or None where the export shows it absent."""

    key: str
    name: str
    old: tuple[int, bytes] | None
    new: tuple[int, bytes]


def value_data(value: int | str, old_type: int | None) -> tuple[int, bytes]:
    """A value as the registry holds it: text stays text where a number was written as text."""
    if isinstance(value, int) and old_type in (None, REG_DWORD):
        return REG_DWORD, value.to_bytes(4, "little")
    return old_type if old_type in STRING_TYPES else REG_SZ, string_bytes(str(value))


def write(changes: Sequence[RegistryChange], remarks: Iterable[str], *, undo: bool, regedit4: bool) -> bytes:
    """The file that makes the changes, or undoes them in reverse order.

    ``remarks`` stand as comments below the header. Raises `UnwritableError` for text that REGEDIT4, being
    ANSI, cannot express.
    """
    lines = ["REGEDIT4" if regedit4 else "Windows Registry Editor Version 5.00", ""]
    lines += [f"; {remark}".rstrip() for remark in remarks]
    keys = dict.fromkeys(change.key for change in changes)
    for key in reversed(keys) if undo else keys:
        lines += ["", f"[{_checked(key, regedit4)}]"]
        own = [change for change in changes if change.key == key]
        for change in reversed(own) if undo else own:
            state = change.old if undo else change.new
            lines.append(_value(change.name, state, regedit4=regedit4))
    text = _LINE_END.join([*lines, "", ""])
    if regedit4:
        return text.encode("cp1252", "backslashreplace")
    return b"\xff\xfe" + text.encode("utf-16-le")


def _value(name: str, state: tuple[int, bytes] | None, *, regedit4: bool) -> str:
    """The lines that set a value to its state, or delete it."""
    head = ("@" if not name else quoted(_checked(name, regedit4))) + "="
    if state is None:
        return f"{head}-"
    kind, data = state
    if kind == REG_DWORD and len(data) == 4:
        return f"{head}dword:{int.from_bytes(data, 'little'):08x}"
    if kind == REG_SZ and (text := _plain_text(data)) is not None:
        return head + quoted(_checked(text, regedit4))
    if regedit4 and kind in STRING_TYPES:
        data = _checked(data.decode("utf-16-le", "surrogatepass"), regedit4).encode("cp1252")
    tag = "hex:" if kind == REG_BINARY else f"hex({kind:x}):"
    return head + wrapped(tag, data, len(head), _LINE_END)


def _plain_text(data: bytes) -> str | None:
    """The text of a string that a quoted value restores exactly; None where only hex does."""
    if len(data) % 2 or not data.endswith(b"\0\0"):
        return None
    text = data[:-2].decode("utf-16-le", "surrogatepass")
    return text if text.isprintable() else None


def _checked(text: str, regedit4: bool) -> str:
    try:
        text.encode("cp1252" if regedit4 else "utf-16-le")
    except UnicodeEncodeError:
        raise UnwritableError(f"{text!r} has a character that the patch's encoding lacks") from None
    return text
