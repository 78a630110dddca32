"""A .reg file of any size in pieces, each from the beginning of a line to the end of another."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from io import SEEK_END
from typing import BinaryIO, Final

from smslint.schema.located import Span
from smslint.sources.limits import REGISTRY_LINE_CHARACTERS, REGISTRY_PIECE_BYTES
from smslint.sources.text import Document, code_page

_MARK: Final = 64
"""Bytes that tell the encoding."""

Open = Callable[[], BinaryIO]


class TooLongError(Exception):
    """A line, or a value, of more than `REGISTRY_LINE_CHARACTERS` characters."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(f"a line or value of more than {REGISTRY_LINE_CHARACTERS:,} characters")


class Piece(Document):
    """A part of a file. Its spans are those in the whole file, and are measured at once."""

    def __init__(self, source: _Source, text: str, first_byte: int, first_line: int) -> None:
        """Take the text that begins behind so many bytes and lines."""
        self._source = source
        head = source.head
        self.data, self.path, self.bom = b"", head.path, head.bom
        self.encoding, self.errors, self.odd_byte = head.encoding, head.errors, source.odd_byte
        self.text, self.first_byte, self.first_line = text, first_byte, first_line
        self.more = not source.at_end
        self._unit = source.unit

    @classmethod
    def first(cls, file: Open, path: str, fallback: str, size: int = REGISTRY_PIECE_BYTES) -> Piece:
        """The first piece of what ``file`` opens, and reads ``size`` bytes of at a time.

        Raises `TooLongError` for lines that no piece can hold, and OSError.
        """
        source = _Source(file, path, fallback, size)
        return cls(source, source.read(), source.head.bom, 0)

    def next(self, at: int, *, looked_at: bool = True) -> Piece:
        """The piece that begins at a line of this one and goes on for as much again, or `TooLongError`.

        What was not ``looked_at`` has no CR but before an LF.
        """
        rest = self.text[at:]
        if len(rest) > REGISTRY_LINE_CHARACTERS:
            raise TooLongError
        lines = self._line_ends(0, at) if looked_at else self.text.count("\n", 0, at)
        return self._behind(at, self._source.read(rest), lines)

    def part(self, at: int) -> Piece:
        """This piece from one of its lines on."""
        return self._behind(at, self.text[at:], self._line_ends(0, at))

    def _behind(self, at: int, text: str, lines: int) -> Piece:
        return Piece(self._source, text, self.first_byte + self._size(0, at), self.first_line + lines)

    def texts(self) -> Iterator[str]:
        """All of the input, from its beginning, piece by piece."""
        source = self._source.again()
        yield source.read()
        while not source.at_end:
            yield source.read()

    def last(self) -> Document:
        """The piece that ends where the input ends."""
        piece = Piece.first(*self._source.opened)
        while piece.more:
            piece = piece.next(len(piece.text))
        return piece

    def span(self, start: int, end: int, excerpt_of: Callable[[int, int], str] | None = None) -> Span:
        """The span of the characters ``start`` to ``end``, measured now: the piece is not kept for it."""
        return self._measured(start, end, excerpt_of or self.excerpt)


class _Source:
    """Decodes a file piece by piece. ``unit`` is the bytes of each character, 0 where not all are alike."""

    def __init__(self, file: Open, path: str, fallback: str, size: int) -> None:
        self.opened = file, path, fallback, size
        self._file, self._size = file(), size
        self.head = Document(self._file.read(_MARK), path, fallback=fallback)
        self.unit = 2 if self.head.encoding.startswith("utf-16") else 1
        whole = self._file.seek(0, SEEK_END) - self.head.bom
        self._file.seek(self.head.bom)
        self.odd_byte = self.unit == 2 and whole % 2 == 1
        self._left = whole - self.odd_byte
        self._decode = _decoder(self.head)
        self._cut_line = ""

    @property
    def at_end(self) -> bool:
        """Whether all was read."""
        return not self._left

    def again(self) -> _Source:
        """The same from the beginning."""
        return _Source(*self.opened)

    def read(self, before: str = "") -> str:
        """The text ``before`` and whole lines, as much again while there are; the last is the input's."""
        parts, length = [before, self._cut_line], len(self._cut_line)
        while self._left:
            data = self._file.read(min(self._size, self._left))
            self._left = self._left - len(data) if data else 0
            text = self._decode(data, not self._left)
            if len(text) * self.unit != len(data):
                self.unit = 0
            parts.append(text)
            length += len(text)
            if length > REGISTRY_LINE_CHARACTERS:
                raise TooLongError
            # The LF of a CR at the very end may be still to come.
            end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
            if self._left and length >= len(before) and end:
                parts[-1], self._cut_line = text[:end], text[end:]
                return "".join(parts)
        self._cut_line = ""
        return "".join(parts)


def _decoder(head: Document) -> Callable[[bytes, bool], str]:
    table = code_page(head.encoding) if head.errors == "windows-best-fit" else None
    if table:
        return lambda data, final: codecs.charmap_decode(data, "strict", table)[0]
    return codecs.getincrementaldecoder(head.encoding)(head.errors).decode
