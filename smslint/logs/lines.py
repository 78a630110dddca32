"""The bytes of a log to blocks of whole lines, in flat memory: any encoding, any line ends."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, Final

from smslint.sources.limits import LOG_BLOCK_BYTES
from smslint.sources.text import Document

_BEYOND_ASCII: Final = bytes(range(0x80, 0x100))


class LogText:
    """The text of a log in blocks of whole lines, each line ended by a line feed alone.

    ``encoding`` is UTF-16 or UTF-8 by its mark, UTF-16 by its NUL bytes, else the one given, else UTF-8, in
    which a block that is none is taken for cp1252: logs of SMS 1.x and 2.0 are in the system's code page,
    later ones in UTF-8. Nothing is fatal: what an encoding cannot express, and NUL, becomes U+FFFD.
    """

    def __init__(self, stream: BinaryIO, encoding: str | None = None) -> None:
        """Read the first bytes of ``stream``; iterating reads the rest. Raises OSError as it does."""
        first = stream.read(LOG_BLOCK_BYTES)
        detected = Document(first[:64], "").encoding
        self.encoding = detected if detected.startswith("utf-") else encoding or "utf-8"
        self._data = chain((first,), iter(lambda: stream.read(LOG_BLOCK_BYTES), b""))

    def __iter__(self) -> Iterator[str]:
        """Yield the blocks, once."""
        rest = ""
        for new in self._texts():
            text = rest + new
            # A CR at the end may be half a line end.
            end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
            if not end and len(text) < LOG_BLOCK_BYTES:
                rest = text
                continue
            end = end or len(text)
            rest = text[end:]
            yield _tidied(text[:end])
        if rest:
            yield _tidied(rest)

    def _texts(self) -> Iterator[str]:
        if self.encoding == "utf-8":
            yield from self._texts_by_block()
            return
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        yield decoder.decode(next(self._data)).removeprefix("\ufeff")
        for data in self._data:
            yield decoder.decode(data)
        yield decoder.decode(b"", final=True)

    def _texts_by_block(self) -> Iterator[str]:
        rest = b""
        for number, new in enumerate(self._data):
            data = rest + (new if number else new.removeprefix(codecs.BOM_UTF8))
            end = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
            if not end and len(data) > LOG_BLOCK_BYTES:
                end = len(data.rstrip(_BEYOND_ASCII)) or len(data)  # not within a character
            rest = data[end:]
            yield _utf_8_else_cp1252(data[:end])
        yield _utf_8_else_cp1252(rest)


def _tidied(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    return text if text.endswith("\n") else text + "\n"


def _utf_8_else_cp1252(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
