"""The configuration file: which one is meant, what stands in it, and on which line."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from smslint.config.errors import UnusableError
from smslint.schema.located import Span
from smslint.sources.text import Document

OWN_NAME: Final = "smslint.toml"
SHARED_NAME: Final = "pyproject.toml"
SIZE_LIMIT: Final = 4 * 1024 * 1024
"""How many bytes of a configuration file are read; a device has no end."""

Key = tuple[str | int, ...]
"""The way to a setting: ``("ignores", 0, "rule")``."""


class UnusableConfigError(UnusableError):
    """A configuration file that cannot be read. Its text names the file, and the line where it is known."""


@dataclass(frozen=True)
class ConfigFile:
    """One configuration file. ``path`` is as shown, ``table`` what stands in it for smslint."""

    path: str
    document: Document
    table: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """The folder that the patterns and paths in it start from."""
        return Path(self.path).parent

    def location(self, key: Key) -> str:
        """The file, and the line of a setting where that is certain, as ``smslint.toml:3``."""
        span = self.span(key)
        return f"{self.path}:{span.line}" if span else self.path

    def span(self, key: Key) -> Span | None:
        """Where a setting stands; None unless exactly one line can be meant."""
        start, end = self._stretch
        names = [part for part in key if isinstance(part, str)]
        if len(key) > 1 and isinstance(key[1], int):
            blocks = _found(rf"^[ \t]*\[\[[^\]\n]*\b{re.escape(names[0])}[ \t]*\]\]", self._text, start, end)
            if len(blocks) == len(self.table.get(names[0], ())):
                block = blocks[key[1]]
                behind = re.compile(r"^[ \t]*\[", re.MULTILINE).search(self._text, block.end(), end)
                lines = _assigned(names[-1], self._text, block.end(), behind.start() if behind else end)
                return self.document.span(*(lines[0] if len(lines) == 1 else block).span())
        for name in reversed(names):
            lines = _assigned(name, self._text, start, end)
            if len(lines) == 1:
                return self.document.span(*lines[0].span())
        return None

    @cached_property
    def _text(self) -> str:
        return self.document.text

    @cached_property
    def _stretch(self) -> tuple[int, int]:
        """The part of the file that is smslint's."""
        if Path(self.path).name != SHARED_NAME:
            return 0, len(self._text)
        own = _found(r"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*smslint\b", self._text, 0, len(self._text))
        start = own[0].start() if own else 0
        others = _found(
            r"^[ \t]*\[(?!\[?[ \t]*tool[ \t]*\.[ \t]*smslint\b)", self._text, start, len(self._text)
        )
        return start, others[0].start() if others else len(self._text)


def _found(pattern: str, text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(re.compile(pattern, re.MULTILINE).finditer(text, start, end))


def _assigned(name: str, text: str, start: int, end: int) -> list[re.Match[str]]:
    """The lines that assign to a key of this name, or are the header of its table."""
    word = rf"[\"']?{re.escape(name)}[\"']?"
    return _found(
        rf"^(?:[ \t]*(?:[\w-]+\.)?{word}[ \t]*[=.]|[ \t]*\[[^\]\n]*?(?<![\w-]){word}[ \t]*\])[^\r\n]*",
        text,
        start,
        end,
    )


def discover() -> ConfigFile | None:
    """The first configuration file from the working directory upward; None when there is none.

    None too where the working directory is gone, which the search for inputs reports. A folder's
    ``smslint.toml`` comes before its ``pyproject.toml``, which counts only if it has ``[tool.smslint]``.
    Raises `UnusableConfigError` for one that is meant and cannot be read.
    """
    try:
        start = Path.cwd()
    except OSError:
        return None
    for folder in (start, *start.parents):
        if (folder / OWN_NAME).is_file():
            return load(_relative(folder / OWN_NAME))
        if (folder / SHARED_NAME).is_file() and (found := _shared(_relative(folder / SHARED_NAME))):
            return found
    return None


def load(path: str) -> ConfigFile:
    """Read a configuration file that is meant for smslint. Raises `UnusableConfigError`."""
    if Path(path).name == SHARED_NAME:
        found = _shared(path)
        if found is None:
            raise UnusableConfigError(f"{path}: has no [tool.smslint]")
        return found
    document = _document(path)
    return ConfigFile(path, document, _parsed(document))


def _shared(path: str) -> ConfigFile | None:
    document = _document(path)
    try:
        tools = _parsed(document).get("tool")
    except UnusableConfigError:
        if "tool.smslint" in document.text:
            raise
        return None
    table = tools.get("smslint") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UnusableConfigError(f"{path}: tool.smslint must be a table, [tool.smslint]")
    return None if table is None else ConfigFile(path, document, table)


def _document(path: str) -> Document:
    try:
        with Path(path).open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise UnusableConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    if len(data) > SIZE_LIMIT:
        raise UnusableConfigError(f"{path}: is larger than any configuration file ({SIZE_LIMIT >> 20} MiB)")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnusableConfigError(f"{path}:{line}: is not UTF-8, which TOML must be") from error
    return Document(data, path, fallback="utf-8")


def _parsed(document: Document) -> dict[str, Any]:
    import tomli

    try:
        return tomli.loads(document.text)
    except tomli.TOMLDecodeError as error:
        location = f"{document.path}:{error.lineno}:{error.colno}"
        problem = error.msg[:1].lower() + error.msg[1:]
        raise UnusableConfigError(f"{location}: is not TOML: {problem}") from error
    except (RecursionError, ValueError) as error:
        raise UnusableConfigError(f"{document.path}: is not TOML that smslint can read") from error


def _relative(path: Path) -> str:
    """A path as seen from the working directory."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()
