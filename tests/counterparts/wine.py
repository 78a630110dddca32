"""A Wine registry, and what its server writes to disk: the exact types and bytes."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from .registry import Key, Value

ESCAPES = {"a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"}
ESCAPE = re.compile(r"\\(?:x([0-9a-f]{1,4})|([0-7]{1,3})|(.))", re.DOTALL)
VALUE = re.compile(r'(?:@|"((?:[^"\\]|\\.)*)")=(.*)', re.DOTALL)


def windows_path(path: Path) -> str:
    """Return a path as Wine's programs know it."""
    return f"Z:{path}".replace("/", "\\")


class Wine:
    """A prefix that lives in an empty folder; 700 MB, so its owner should remove it."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.environment = {
            **os.environ,
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",  # no downloads, no menus
            "LC_ALL": "C.UTF-8",  # the locale decides the ANSI code page; this one means 1252
        }
        if self.run("wine", "wineboot", "-i") != 0:
            raise RuntimeError("wineboot failed")

    def run(self, *command: str) -> int:
        """Run a command; without pipes, which Wine's server would hold open for seconds after it."""
        return subprocess.run(
            command,
            env=self.environment,
            timeout=300,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ).returncode

    def reg(self, *commands: tuple[str, ...]) -> None:
        """Run many `reg` commands in one go; singly, most of the time would go into starting Wine.

        What `reg` says of its success is not asked: it drops odd lines silently.
        """
        batch = self.prefix / "commands.bat"
        lines = ["@echo off", *("reg " + " ".join(f'"{word}"' for word in command) for command in commands)]
        batch.write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))
        if self.run("wine", "cmd", "/c", windows_path(batch)) not in (0, 1):
            raise RuntimeError("wine cmd failed")

    def stop(self) -> None:
        """End this prefix's server, which makes it write the registry to disk."""
        self.run("wineserver", "-k")
        self.run("wineserver", "-w")

    def local_machine(self) -> Key:
        """Return HKEY_LOCAL_MACHINE from the files of the stopped server."""
        return read_wine_registry((self.prefix / "system.reg").read_text("ascii"))


def unescape(text: str) -> str:
    """Undo what Wine's server does to names and strings, UTF-16 code unit by code unit."""

    def character(match: re.Match[str]) -> str:
        hexadecimal, octal, letter = match.groups()
        if hexadecimal:
            return chr(int(hexadecimal, 16))
        return chr(int(octal, 8)) if octal else ESCAPES.get(letter, letter)

    units = ESCAPE.sub(character, text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def read_value(text: str) -> Value:
    tag, _, data = text.partition(":")
    if text.startswith('"') or tag.startswith("str("):
        # The server writes a string so only if it ends in NUL, and leaves that one out.
        kind = 1 if text.startswith('"') else int(tag[4:-1], 16)
        quoted = text if text.startswith('"') else data
        return kind, (unescape(quoted[1:-1]) + "\0").encode("utf-16-le")
    if tag == "dword":
        return 4, int(data, 16).to_bytes(4, "little")
    kind = 3 if tag == "hex" else int(tag[4:-1], 16)
    return kind, bytes(int(byte, 16) for byte in data.split(",") if byte)


def read_wine_registry(text: str) -> Key:
    """Read the file format of Wine's server; not that of .reg files, though it looks like it."""
    registry = Key()
    key = registry
    for line in text.replace("\\\n  ", "").split("\n"):
        if line.startswith("["):
            path = line[1 : line.rindex("]")]
            key = registry
            for name in path.split("\\\\"):
                key = key.create(unescape(name))
        elif match := VALUE.fullmatch(line):
            name, data = match.groups()
            key.set(unescape(name or ""), read_value(data))
    return registry
