"""Bytes to characters and back: decoding, lines, and the byte offset of every character."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property, partial
from typing import overload

from smslint.schema.located import Span
from smslint.sources.limits import EXCERPT_CHARACTERS

_LINE_END = re.compile(r"\r\n|\n|\r")
_LONE_CR = re.compile(r"\r(?!\n)")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HALF = re.compile("[\ud800-\udfff]+")
_CHUNK = 4096
_STEP = EXCERPT_CHARACTERS // 2
_MARGIN = 200


def _windows_best_fit(error: UnicodeError) -> tuple[str, int]:
    """Map the bytes a code page leaves undefined to the control character of that number, as Windows does."""
    if isinstance(error, UnicodeDecodeError):
        return "".join(map(chr, error.object[error.start : error.end])), error.end
    if isinstance(error, UnicodeEncodeError):
        found = error.object[error.start : error.end]
        if all("\x80" <= char <= "\xff" for char in found):
            return found.encode("latin-1"), error.end  # type: ignore[return-value]
    raise error


codecs.register_error("windows-best-fit", _windows_best_fit)


class Document:
    """The text of one input, with the way back to its bytes.

    ``encoding`` is the codec's name, ``bom`` the length of the byte order mark. Decoding never fails:
    what the encoding cannot express is kept so that the same bytes would be written again.
    """

    first_line = 0
    """The lines of the input before this text, which is a part of it."""
    more = False
    """Whether the input goes on behind this text."""

    def __init__(self, data: bytes, path: str, *, fallback: str = "cp1252") -> None:
        """Decode ``data``: by its byte order mark, as UTF-16 if its NUL bytes say so, else as ``fallback``.

        Raises LookupError for an encoding Python does not know.
        """
        self.data = data
        self.path = path
        self.bom, self.encoding = 0, codecs.lookup(fallback).name
        for mark, encoding in _BOMS:
            if data.startswith(mark):
                self.bom, self.encoding = len(mark), encoding
                break
        else:
            self.encoding = _utf_16_without_mark(data) or self.encoding
        if self.encoding.startswith("utf-16"):
            self.errors = "surrogatepass"
        else:
            self.errors = "surrogateescape" if self.encoding == "utf-8" else "windows-best-fit"
        self.odd_byte = self.encoding.startswith("utf-16") and (len(data) - self.bom) % 2 == 1
        """A UTF-16 file with half a character at its end, which is left out of ``text``."""
        self.first_byte = self.bom
        end = len(data) - self.odd_byte
        self.text = self._decoded(data[self.bom : end])
        unit = 2 if self.encoding.startswith("utf-16") else 1
        self._unit = unit if unit * len(self.text) == end - self.bom else 0
        """Bytes per character where that is the same for all of them, else 0."""

    def _decoded(self, data: bytes) -> str:
        # Called back for every undefined byte, a file of nothing else would take minutes.
        if self.errors == "windows-best-fit" and (table := code_page(self.encoding)):
            return codecs.charmap_decode(data, "strict", table)[0]
        return data.decode(self.encoding, self.errors)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character; costly for a text of very many lines."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _chunks(self) -> list[tuple[int, int, int]]:
        """For every `_CHUNK` characters: their first byte, the lines before, and where their line starts.

        So that a character is found in the same short time in a text of one line and in one of empty lines.
        """
        chunks, offset, lines, start = [], self.first_byte, self.first_line, 0
        for begin in range(0, len(self.text) + 1, _CHUNK):
            chunks.append((offset, lines, start))
            end = begin + _CHUNK
            offset += self._size(begin, end)
            lines += self._line_ends(begin, end)
            start = self._last_start(begin, end) or start
        return chunks

    @cached_property
    def _has_lone_cr(self) -> bool:
        return self.text.count("\r") != self.text.count("\r\n")

    def _line_ends(self, begin: int, end: int) -> int:
        text = self.text
        found = text.count("\n", begin, end)
        if self._has_lone_cr and _LONE_CR.search(text, begin, end + 1):
            found += text.count("\r", begin, end) - text.count("\r\n", begin, end + 1)
        return found

    def _last_start(self, begin: int, end: int) -> int:
        """The last offset in the stretch, its end included, at which a line starts; 0 if none does."""
        text = self.text
        after_cr = text.rfind("\r", begin, end) + 1
        if after_cr == end > begin and text.startswith("\n", end):
            after_cr = text.rfind("\r", begin, end - 1) + 1
        return max(after_cr, text.rfind("\n", begin, end) + 1)

    def texts(self) -> Iterator[str]:
        """All of the input, from its beginning, part by part."""
        yield self.text

    def last(self) -> Document:
        """The part that ends where the input ends."""
        return self

    def next(self, at: int, *, looked_at: bool) -> Document:
        """The part that begins at a line of this one and goes on behind it.

        What was not ``looked_at`` has no CR but before an LF.
        """
        raise NotImplementedError

    def part(self, at: int) -> Document:
        """This part from one of its lines on."""
        raise NotImplementedError

    def encode(self, text: str) -> bytes:
        """The bytes of ``text`` in this document's encoding. Raises UnicodeEncodeError where it has none."""
        return text.encode(self.encoding, self.errors)

    def byte_offset(self, index: int) -> int:
        """The byte at which the character ``index`` begins."""
        chunk = index // _CHUNK
        return self._chunks[chunk][0] + self._size(chunk * _CHUNK, index)

    def _size(self, begin: int, end: int) -> int:
        """The bytes of the characters from ``begin`` to ``end``."""
        return self._unit * (end - begin) or len(self.encode(self.text[begin:end]))

    def line_at(self, index: int) -> tuple[int, int]:
        """The line of a character, counted from 0, and the offset of that line's first character."""
        chunk = index // _CHUNK
        _, lines, start = self._chunks[chunk]
        begin = chunk * _CHUNK
        return lines + self._line_ends(begin, index), self._last_start(begin, index) or start

    def window(self, index: int) -> tuple[int, int]:
        """Where what is shown of a character's line begins and ends: at most `EXCERPT_CHARACTERS` characters.

        Windows go in steps, so that the places of a very long line share a few excerpts.
        """
        return self._window(index, self.line_at(index)[1])

    def _window(self, index: int, line: int) -> tuple[int, int]:
        begin = max(line, index - (index - line) % _STEP - _STEP // 2)
        end = _LINE_END.search(self.text, begin, begin + EXCERPT_CHARACTERS)
        return begin, end.start() if end else min(begin + EXCERPT_CHARACTERS, len(self.text))

    def excerpt(self, begin: int, end: int, masked: Callable[[int, int], str] | None = None) -> str:
        """The text of a `window`, its first or last character a … where the line is cut there.

        ``masked`` is the text of a stretch as it may be shown, of the same length; it is asked for a little
        more than the window, so that it knows a secret of which the window holds only a part.
        """
        before, after = self._beyond(begin, end)
        wide = masked(begin - before, end + after) if masked else self.text[begin - before : end + after]
        text = wide[before : before + end - begin]
        text = f"…{text[1:]}" if before else text
        return f"{text[:-1]}…" if after else text

    def _beyond(self, begin: int, end: int) -> tuple[int, int]:
        """The characters, at most `_MARGIN`, by which the line of a window goes on before and behind it."""
        text, before, after = self.text, 0, 0
        if text[begin - 1 : begin] not in "\r\n":
            before = len(_LINE_END.split(text[max(begin - _MARGIN, 0) : begin])[-1])
        if text[end : end + 1] not in "\r\n":
            after = len(_LINE_END.split(text[end : end + _MARGIN])[0])
        return before, after

    def span(self, start: int, end: int, excerpt_of: Callable[[int, int], str] | None = None) -> Span:
        """The span of the characters ``start`` to ``end``.

        ``excerpt_of`` makes the excerpt of a `window`; without it the line is shown.
        """
        return Span.later(partial(self._measured, start, end, excerpt_of or self.excerpt), path=self.path)

    def _measured(self, start: int, end: int, excerpt_of: Callable[[int, int], str]) -> Span:
        line, line_start = at = self.line_at(start)
        goes_on = _LINE_END.search(self.text, start, end - 1)
        end_line, end_line_start = self.line_at(end - 1) if goes_on else at
        window = self._window(start, line_start)
        return Span(
            path=self.path,
            line=line + 1,
            column=start - line_start + 1,
            end_line=end_line + 1,
            end_column=end - end_line_start + 1,
            start=self.byte_offset(start),
            end=self.byte_offset(end),
            excerpt=excerpt_of(*window),
            excerpt_column=window[0] - line_start + 1,
        )


@overload
def well_formed(text: str) -> str: ...
@overload
def well_formed(text: None) -> None: ...
def well_formed(text: str | None) -> str | None:
    """``text`` with U+FFFD for what no encoding can write: half surrogates, undecodable bytes."""
    if text is None or text.isascii():
        return text
    return _HALF.sub(lambda found: "\ufffd" * len(found[0]), text)


@cache
def code_page(encoding: str) -> str | None:
    """The 256 characters of a code page of single bytes; None for any other encoding."""
    pairs = [bytes([byte, byte]).decode(encoding, "replace") for byte in range(256)]
    if any(len(pair) != 2 for pair in pairs):
        return None
    return "".join(chr(byte) if pair[0] == "\ufffd" else pair[0] for byte, pair in enumerate(pairs))


def code_page_of(data: bytes, usual: str) -> str:
    """The code page of text without a mark: UTF-8 where it is that beyond ASCII, Windows' where it is not.

    ``usual`` is what to call text of ASCII alone. Registry exports are none of
    it: regedit takes nothing without a mark for UTF-8.
    """
    if data.isascii():
        return usual
    try:
        codecs.utf_8_decode(data, "strict", True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _utf_16_without_mark(data: bytes) -> str | None:
    """UTF-16 that lost its mark shows in the NUL bytes of its first characters."""
    head = data[:64]
    if len(head) < 4:
        return None
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > len(odd) * 3 // 4 and even.count(0) == 0:
        return "utf-16-le"
    if even.count(0) > len(even) * 3 // 4 and odd.count(0) == 0:
        return "utf-16-be"
    return None
