"""The standard streams: what becomes of them decides the exit status and never ends in a traceback."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import TextIO

_PAUSE = 0.01
"""Seconds to wait for a pipe that is full and does not wait itself."""


class _Sink(io.RawIOBase):
    """Takes all bytes, and hands them on for as long as somebody takes them."""

    def __init__(self, below: io.RawIOBase | None) -> None:
        self._below = below
        self._lost = False
        self.failure: OSError | None = None
        """Why what was written is lost; None as well where a reader left, who has seen enough."""

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._below is not None and self._below.isatty()

    def fileno(self) -> int:
        if self._below is None:
            raise io.UnsupportedOperation("fileno")
        return self._below.fileno()

    def write(self, data: object) -> int:
        size = len(memoryview(data))  # type: ignore[arg-type]  # typeshed's Buffer is of Python 3.12
        if self._lost:
            return size
        try:
            if self._below is None:
                raise OSError(errno.EBADF, "is closed")
            while (written := self._below.write(data)) is None:  # type: ignore[arg-type]
                sleep(_PAUSE)
        except OSError as error:
            self._lost = True
            self.failure = None if _reader_left(error) else error
            return size
        return written


def _reader_left(error: OSError) -> bool:
    """Whether nobody reads a pipe any more, which Windows calls an invalid argument."""
    return error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL)


@contextmanager
def guarded() -> Iterator[_Sink]:
    """While it lasts, no write to a standard stream raises; what standard output came to is in the sink.

    What a stream's encoding lacks is spelled out.
    """
    before = sys.stdout, sys.stderr
    sink = _Sink(_below(sys.stdout))
    try:
        sys.stdout, sys.stderr = _text(sink, sys.stdout), _text(_Sink(_below(sys.stderr)), sys.stderr)
        yield sink
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = before


def _below(stream: TextIO | None) -> io.RawIOBase | None:
    """What a stream writes to; nothing for one that was closed when Python started."""
    buffer = getattr(stream, "buffer", None)
    return getattr(buffer, "raw", buffer)


def _text(sink: _Sink, stream: TextIO | None) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(sink),
        encoding=stream.encoding if stream else "utf-8",
        errors="backslashreplace",
        newline=None,
        line_buffering=sink.isatty(),
    )
