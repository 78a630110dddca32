"""Registry hives for hivexregedit: an empty one, a merge into it, and what it then exports."""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .registry import Key, Value

PREFIX = r"HKEY_LOCAL_MACHINE\Software"
VALUE = re.compile(r'(?:@|"((?:[^"\\]|\\.)*)")=(?:dword|hex\((\w+)\)):(.*)')


def empty_hive() -> bytes:
    """Return a hive with a root key and its security record; hivex can change hives but not create one."""
    page = 0x1000
    security = struct.pack("<2sHIIII", b"sk", 0, 0x80, 0x80, 1, 20)
    security += struct.pack("<BBHIIII", 1, 0, 0x8000, 0, 0, 0, 0)  # a descriptor that says nothing
    none = 0xFFFFFFFF
    root = struct.pack("<2sHQII", b"nk", 0x2C, 0, 0, none)  # entry of a hive, not to be deleted, ASCII name
    root += struct.pack("<6I", 0, 0, none, none, 0, none)  # no subkeys, no values
    root += struct.pack("<II5IHH", 0x80, none, 0, 0, 0, 0, 0, 4, 0) + b"root"

    def block(content: bytes, size: int) -> bytes:
        return struct.pack("<i", -size) + content.ljust(size - 4, b"\0")

    cells = block(root, 0x60) + block(security, 0x40)  # at 0x20 and 0x80
    free = page - 0x20 - len(cells)
    bin_header = struct.pack("<4sII", b"hbin", 0, page).ljust(0x20, b"\0")
    cells += struct.pack("<i", free).ljust(free, b"\0")
    header = struct.pack("<4sIIQIIIIIII", b"regf", 1, 1, 0, 1, 3, 0, 1, 0x20, page, 1).ljust(0x1FC, b"\0")
    checksum = 0
    for (word,) in struct.iter_unpack("<I", header):
        checksum ^= word
    return (header + struct.pack("<I", checksum)).ljust(page, b"\0") + bin_header + cells


def merge(hive: Path, sources: Sequence[str], folder: Path) -> None:
    """Merge .reg texts into the hive, in order.

    hivexregedit wants UTF-8, LF, and every parent key to be there already.
    """
    files = []
    for number, source in enumerate(sources):
        parents = dict.fromkeys(
            parent
            for path in re.findall(r"^\[(?!-)(.*)\]$", source, re.MULTILINE)
            for parent in ancestors(path)
        )
        missing = "".join(f"[{parent}]\n\n" for parent in parents)
        files.append(folder / f"{number}.reg")
        files[-1].write_text(missing + source.partition("\n")[2], encoding="utf-8", newline="\n")
    subprocess.run(
        ["hivexregedit", "--merge", "--prefix", PREFIX, str(hive), *map(str, files)],
        check=True,
        timeout=60,
    )


def ancestors(path: str) -> list[str]:
    """Return the keys between the prefix and a path, outermost first."""
    names = path[len(PREFIX) + 1 :].split("\\")[:-1]
    return [PREFIX + "\\" + "\\".join(names[: depth + 1]) for depth in range(len(names))]


def export(hive: Path) -> Key:
    """Return the hive's content as hivexregedit lists it: every value in hexadecimal."""
    run = subprocess.run(
        ["hivexregedit", "--export", "--prefix", PREFIX, str(hive), "\\"],
        check=True,
        timeout=60,
        stdout=subprocess.PIPE,
    )
    registry = Key()
    key = registry
    for line in run.stdout.decode("ascii").splitlines():
        if line.startswith("["):
            key = registry.create(line[1:-1].rstrip("\\"))
        elif match := VALUE.fullmatch(line):
            name, kind, data = match.groups()
            key.set(re.sub(r"\\(.)", r"\1", name or ""), read_data(kind, data))
    return registry


def read_data(kind: str | None, data: str) -> Value:
    if kind is None:
        return 4, int(data, 16).to_bytes(4, "little")
    return int(kind, 16), bytes.fromhex(data.replace(",", ""))
