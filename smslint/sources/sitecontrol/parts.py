"""The parts a site control file is made of, each with its span in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from smslint.schema.export import DefectKind
from smslint.sources.defects import Flood
from smslint.sources.secrets import HIDDEN, Stretch

_INNER_BLANK = re.compile(r"\S[ \t]")
_LONG = 40
_CIPHER = re.compile(r"[0-9A-F]{16,}", re.IGNORECASE)
_HEX = re.compile(r"[0-9A-F]{1,16}", re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """What stands between two brackets; ``start`` and ``end`` are its span, the brackets left out."""

    text: str
    start: int
    end: int

    @property
    def at(self) -> Stretch:
        """Its span."""
        return self.start, self.end


@dataclass(slots=True)
class Statement:
    """One line, its wraps joined. ``keyword`` is in upper case, empty for bare fields."""

    keyword: str
    start: int
    end: int
    fields: list[Field] = field(default_factory=list)
    word: str = ""
    """What stands between keyword and fields: the type of a TRANSACTION."""
    counted: Field | None = None
    """The number before an address string."""
    string: Field | None = None
    """The address string, its parentheses included."""

    @property
    def at(self) -> Stretch:
        """Its span."""
        return self.start, self.end


@dataclass(slots=True)
class Block:
    """What stands between ``BEGIN_X`` and ``END_X``; ``start`` and ``end`` are its first line's."""

    name: str
    start: int
    end: int
    statements: list[Statement] = field(default_factory=list)
    bare: int = 0
    """How many bare fields were met in it so far."""
    label: str = ""
    """The first bare field: the name of a list."""

    @property
    def at(self) -> Stretch:
        """Its span."""
        return self.start, self.end

    @property
    def fields(self) -> list[Field]:
        """Its bare fields in order, on however many lines."""
        return [each for statement in self.statements if not statement.keyword for each in statement.fields]


@dataclass(slots=True)
class Image:
    """One site control file within the text, from its header to the next."""

    start: int
    end: int = 0
    build: str | None = None
    has_header: bool = False
    blocks: list[Block] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    truncated: bool = False


@dataclass(slots=True)
class Fault:
    """Where the text breaks the grammar."""

    kind: DefectKind
    text: str
    at: Stretch
    costly: bool = False
    related: tuple[tuple[Stretch, str], ...] = ()


@dataclass(slots=True)
class Outline:
    """What a text is made of."""

    images: list[Image]
    faults: Flood[Fault]


def unwrapped(before: str, after: str, line: str) -> str:
    """Undo a wrap behind ``line``: it took the place of a blank, except within hex and before a bracket.

    A long line without any blank was broken because it has none.
    """
    left, right = before[-16:], _HEX.match(after)
    in_hex = right and _HEX.fullmatch(left) and (len(left) == 16 or len(right[0]) == 16)
    in_word = len(line) >= _LONG and not _INNER_BLANK.search(line)
    if in_hex or in_word or left[-1:] in ("", " ", "\t") or after[:1] in ("", "}", ")"):
        return before + after
    return f"{before} {after}"


def short(name: str) -> str:
    """Return a name as messages quote it: not endless, and without what may be a cipher."""
    name = _CIPHER.sub(HIDDEN, name)
    return name if len(name) <= 40 else f"{name[:40]}…"
