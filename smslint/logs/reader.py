"""Blocks of lines to records: well-formed lines at once, wrapped and pasted ones by what can be made of them.

A stretch of well-formed lines that no signature speaks of is one `Stretch`, found by one expression; whatever
that does not take goes line by line, which is the reference: both come to the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from smslint.logs.literal import folded
from smslint.logs.matching import FIRST, HEADS, MARKS, STARTS, candidates
from smslint.logs.record import Form, Record
from smslint.sources.limits import (
    EXCERPT_CHARACTERS,
    LOG_MESSAGE_CHARACTERS,
    LOG_METADATA_CHARACTERS,
    LOG_METADATA_LINES,
    LOG_NAME_CHARACTERS,
    LOG_PIECE_CHARACTERS,
    LOG_RECORD_LINES,
    LOG_STEPS,
    LOG_WRAPPED_LINES,
)

_TAIL = re.compile(r"\$\$<([^<>]+)><([^<>]+)><thread=([0-9A-Fa-f]{1,16})( \(0x[0-9A-Fa-f]+\))?>[ \t]*")
_OPEN: Final = "<![LOG["
_CLOSE: Final = "]LOG]!>"
_ANY_CLOSE = re.compile(r"\s*".join(map(re.escape, _CLOSE)))
_ATTRIBUTE = re.compile(r"\b(\w+)\s*+=\s*+\"([^\"]*)\"")
_QUOTED = re.compile(r"(?:\s*>)+ ?|<BR ?/?>", re.IGNORECASE)

_DATE = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s?[AP]M)?"
# A break may stand anywhere; `( )` for `< >`, `$$>` for `$$<` and a missing bracket are seen in articles.
_BETWEEN = r"\s*+(?:[>)]\s*+[<(]?|[<(])\s*+"
_WHOLE_LINE_NEXT = r"(?=[ \t]*\n\s*[^\s0-9A-Fa-f(>)])"
_FRAME_END = re.compile(
    r"\$\$\s*[<>(]\s*(?P<component>[A-Za-z_][\w\s-]{2,60}?)"
    + _BETWEEN
    + r"(?P<stamp>[^<>()$]{8,80}?)"
    + _BETWEEN
    + r"t\s*h\s*r\s*e\s*a\s*d\s*=\s*(?P<thread>[0-9A-Fa-f](?:\s*[0-9A-Fa-f]){0,15})"
    r"(?P<both>\s*\(\s*0\s*x[0-9A-Fa-f\s]+\))?" + rf"(?:\s*[>)]|{_WHOLE_LINE_NEXT})"
)
_VIEWER_END = re.compile(
    r"(?:^|\s)(?P<component>[A-Za-z_]\w{2,60})\s+"
    rf"(?P<stamp>{_DATE}\s+{_TIME})\s+(?P<thread>\d{{1,10}})\s*\(0x[0-9A-Fa-f]+\)",
    re.IGNORECASE,
)
_OLD_VIEWER_END = re.compile(
    rf"(?:^|\s)(?P<component>S?MS_[A-Z0-9_]+)\s+(?P<stamp>{_DATE}(?:\s+{_TIME})?)"
    r"(?=[ \t]*\n[ \t]*[^\s\d(:/.-])"
)
_LEADER = re.compile(
    rf"\s*(?:(?P<stamp>{_DATE}\s+{_TIME})\s+|Date Time\s+)?"
    r"(?P<component>[A-Za-z_]\w{2,60})\s+(?P<thread>\d{1,10})\s+\(0x[0-9A-Fa-f]+\)(?:\s+(?=\S)|$)",
    re.IGNORECASE,
)
_DATED = re.compile(_DATE)
_SLASHED = re.compile(r"[0-9][-/.][0-9]")
# Behind a date that belongs to a record its line holds no other words but the rest of the metadata.
_DATE_OF_RECORD = (
    r"[-/.][0-9][-+/.,:0-9 \t]{0,60}+(?:[AP]M?)?+[0-9 \t]*+(?:[A-Z_]\w*+[0-9 \t]*+)?+\(?0?[ \t]*+\n"
)
# The number of a thread stands before its hexadecimal, in its line or in the one before.
_NO_THREAD = r"\((?!0x)|(?<=[^0-9\s>][ \t])\(|(?<=[^0-9\s>])\("
_NOTHING = re.compile(
    rf"(?:(?!(?:[>~]|<[Bb][Rr] ?/?>|[^\S\n])*(?:{STARTS}))[^\n$<(0-9]*+"
    rf"(?:(?:\$(?!\$)|<(?!!\[LOG)|{_NO_THREAD}|[0-9]++(?!(?i:{_DATE_OF_RECORD})))[^\n$<(0-9]*+)*+\n)++"
)
"""Lines that begin no signature and hold no part of a record's metadata."""
_NO_WHOLE = re.compile(r"(?:(?!<!\[LOG\[[^\n]*\]LOG\]!><|[^\n]*\$\$<[^<>\n]+><[^<>\n]+><thread=)[^\n]*\n)++")
"""Lines that hold no whole record."""
_GLUES: Final = ("\n", "")
"""How lines go together: a mail breaks them at blanks, a terminal anywhere."""
_END: Final = "\n\0"
"""Put behind what is left when nothing more will come, so that what waits for the next line ends."""

_TAILS: Final[dict[Form, str]] = {
    "F1": r"<[A-Z][^<>\n]*><thread=[0-9A-Fa-f]{1,16}>",
    "F2": r"<[A-Z][^<>\n]*><thread=[0-9A-Fa-f]{1,16} \(0x[0-9A-Fa-f]+\)>",
    "F3": r"<[0-9][^<>\n]*><thread=[0-9A-Fa-f]{1,16} \(0x[0-9A-Fa-f]+\)>",
}
_NOT_OURS: Final = rf"(?!(?:~|[^\S\n])*(?:{HEADS}))"
_QUIET: Final[dict[Form, re.Pattern[str]]] = {
    form: re.compile(rf"(?:{_NOT_OURS}[^\n$]*\$\$<[^<>\n]+>{tail}[ \t]*\n)++")
    for form, tail in _TAILS.items()
} | {
    "F4": re.compile(rf"(?:<!\[LOG\[{_NOT_OURS}[^\n\]<]*\]LOG\]!><time=\"[^\"<>\n]*\"[^<>\n]*>[ \t]*\n)++"),
}


class Stretch(NamedTuple):
    """Lines that are a record each, well formed, all of one form, and that no signature speaks of."""

    text: str
    form: Form
    line: int
    lines: int

    def record(self, last: bool) -> Record | None:
        """The first or the last of them."""
        end = len(self.text) - 1
        start = self.text.rfind("\n", 0, end) + 1 if last else 0
        line = self.text[start : end if last else self.text.find("\n")]
        return framed(line, self.line + (self.lines - 1 if last else 0))

    def holds_only(self, components: Iterable[str]) -> bool:
        """Whether no line is of another component than these."""
        before, after = ('component="', '"') if self.form == "F4" else ("$$<", ">")
        return sum(self.text.count(f"{before}{each}{after}") for each in components) >= self.lines

    def components(self) -> Iterable[str]:
        """The components that wrote them, in their order."""
        records = (framed(line, 1) for line in self.text.splitlines())
        return dict.fromkeys(each.component for each in records if each and each.component)


def framed(line: str, number: int) -> Record | None:
    """The record of a line that holds one, whole, as a component writes it; None for any other line."""
    at = line.find("$$<")
    if at >= 0:
        found = _TAIL.fullmatch(line, at)
        if not found:
            return None
        component, stamp, thread, decimal = found.groups()
        form: Form = "F1" if not decimal else "F3" if stamp[0].isdigit() else "F2"
        return Record(
            folded(line[: min(at, LOG_MESSAGE_CHARACTERS)]),
            component[:LOG_NAME_CHARACTERS],
            _number(thread, 10 if decimal else 16),
            stamp[:LOG_METADATA_CHARACTERS],
            form,
            number,
            1,
            line if len(line) <= EXCERPT_CHARACTERS else line[:EXCERPT_CHARACTERS],
        )
    if line.startswith(_OPEN):
        close = line.find(_CLOSE)
        attributes = line[close + len(_CLOSE) :].rstrip(" \t")
        whole = attributes.startswith("<") and attributes.find(">") == len(attributes) - 1
        if close < 0 or not whole or line.find(_OPEN, 1) >= 0 or line.find(_CLOSE, close + 1) >= 0:
            return None
        return _of_log_4(
            line[len(_OPEN) : close], attributes, number, len(_OPEN) + 1, line[:EXCERPT_CHARACTERS]
        )
    return None


def _number(digits: str, base: int) -> int | None:
    try:
        return int(digits, base)
    except ValueError:
        return None


def _of_log_4(
    message: str, attributes: str, line: int, column: int, excerpt: str, *, loose: bool = False
) -> Record:
    named = {
        name: re.sub(r"\s+", "", value)
        for name, value in _ATTRIBUTE.findall(attributes[:LOG_MESSAGE_CHARACTERS])
    }
    return Record(
        folded(message[:LOG_MESSAGE_CHARACTERS]),
        named.get("component", "")[:LOG_NAME_CHARACTERS] or None,
        _number(named.get("thread", "")[:16], 10),
        f"{named['time']}|{named.get('date', '')}"[:LOG_METADATA_CHARACTERS] if "time" in named else "",
        "F4",
        line,
        column,
        excerpt,
        loose,
    )


class _Piece(NamedTuple):
    """A line, or part of a long one, that waits for the rest of its record."""

    text: str
    line: int
    column: int
    excerpt: str
    may_end: bool
    """Whether part of the metadata behind a message may be in it."""

    @classmethod
    def of(cls, text: str, line: int, column: int, excerpt: str) -> _Piece:
        return cls(text, line, column, excerpt, "$$" in text or bool(_SLASHED.search(text)))

    def after(self, cut: int) -> _Piece:
        """What stands behind its first characters."""
        return _Piece.of(self.text[cut:], self.line, self.column + cut, self.excerpt)


class _LogFour:
    """A record between ``<![LOG[`` and its attributes, over as many lines as it takes."""

    def __init__(self, line: int, column: int, excerpt: str) -> None:
        self._line, self._column, self._excerpt = line, column, excerpt
        self._message: list[str] = []
        self._size = self._lines = 0
        self._attributes: str | None = None
        self._rest = ""
        self.rest = ""
        """What stands behind it in its last line."""

    def take(self, text: str) -> bool:
        """Take a line, or its part behind the opening; True when the record ends in it."""
        self._lines += 1
        if self._attributes is None:
            text = self._rest + text
            close = _ANY_CLOSE.search(text)
            if not close:
                # The end may be broken over two lines.
                kept = len(text) - len(_CLOSE)
                self._add(text[: max(kept, 0)])
                self._rest = text[max(kept, 0) :] + "\n"
                return self._lines > LOG_RECORD_LINES
            self._add(text[: close.start()])
            text, self._attributes, self._lines = text[close.end() :], "", 0
        end = text.find(">") + 1
        self._attributes += text[:end] if end else text
        self.rest = text[end:] if end else ""
        return bool(end) or self._lines > LOG_WRAPPED_LINES or len(self._attributes) > LOG_MESSAGE_CHARACTERS

    def _add(self, text: str) -> None:
        if self._size < LOG_MESSAGE_CHARACTERS:
            self._message.append(text[:LOG_MESSAGE_CHARACTERS])
            self._size += len(text)

    def record(self) -> Record:
        """The record, as far as it was taken."""
        rest = self._rest if self._attributes is None else ""
        message, excerpt = "".join([*self._message, rest]), self._excerpt
        return _of_log_4(message, self._attributes or "", self._line, self._column, excerpt, loose=True)


class Reader:
    """Makes records of the lines of one log."""

    def __init__(self, *, fast: bool = True) -> None:
        """With ``fast`` stretches are taken at once; without, line by line."""
        self._fast = fast
        self._form: Form | None = None
        self._pending: list[_Piece] = []
        self._leader: re.Match[str] | None = None
        self._log_4: _LogFour | None = None
        self._steps = 0
        self.lines = 0
        """Lines read so far."""
        self.whole_only_after: int | None = None
        """The line behind which only whole records were read, where `LOG_STEPS` were taken."""

    def read(self, blocks: Iterable[str]) -> Iterator[Record | Stretch]:
        """The records of a log, in order; those that are pasted only where a signature may speak of them."""
        for text in blocks:
            position, marked = 0, -1
            while position < len(text):
                if marked < position:
                    marked = _marked_line(text, position)
                if stretch := self._stretch(text, position, marked):
                    yield stretch
                    self.lines += stretch.lines
                    position += len(stretch.text)
                elif nothing := self._nothing(text, position):
                    self.lines += nothing.count("\n")
                    position += len(nothing)
                else:
                    end = text.index("\n", position)
                    self.lines += 1
                    yield from self._line(text[position:end])
                    position = end + 1
        yield from self._all_pending()

    @property
    def _is_idle(self) -> bool:
        """Whether no line waits for the rest of its record."""
        return not self._pending and self._log_4 is None

    def _stretch(self, text: str, position: int, end: int) -> Stretch | None:
        if not self._fast or self._form is None or not self._is_idle:
            return None
        found = _QUIET[self._form].match(text, position, end)
        return Stretch(found[0], self._form, self.lines + 1, found[0].count("\n")) if found else None

    def _nothing(self, text: str, position: int) -> str:
        """The lines from a position on that hold no record, as far as they can be told at once."""
        if not self._fast or not self._is_idle:
            return ""
        lines = _NOTHING if self.whole_only_after is None else _NO_WHOLE
        found = lines.match(text, position)
        return found[0] if found else ""

    def _line(self, line: str) -> Iterator[Record]:
        if self._is_idle and _holds_nothing(line):
            return
        if not self._pending and (whole := framed(line, self.lines)):
            if self._log_4:
                yield self._log_4.record()
                self._log_4 = None
            self._form = whole.form
            yield whole
        elif self.whole_only_after is None:
            yield from self._loose(line)
            if self._steps > LOG_STEPS:
                self.whole_only_after = self.lines
                yield from self._all_pending()
                self._log_4 = None

    def _loose(self, line: str) -> Iterator[Record]:
        self._steps += 1
        quoted = _QUOTED.match(line)
        column = quoted.end() if quoted else 0
        yield from self._part(line[column:], column, line[:EXCERPT_CHARACTERS])

    def _part(self, text: str, column: int, excerpt: str) -> Iterator[Record]:
        """Take a line that begins at a column (counted from 0), however many records stand in it."""
        position = 0
        while position < len(text):
            opened = text.find(_OPEN, position)
            end = len(text) if opened < 0 else opened
            part = text[position:end]
            if self._log_4:
                if self._log_4.take(part) or opened >= 0:
                    log_4, self._log_4 = self._log_4, None
                    yield log_4.record()
                    yield from self._pasted(log_4.rest, column + end - len(log_4.rest), excerpt)
            else:
                yield from self._pasted(part, column + position, excerpt)
            if opened < 0:
                return
            yield from self._all_pending()
            position = opened + len(_OPEN)
            self._steps += 4
            self._log_4 = _LogFour(self.lines, column + position + 1, excerpt)

    def _pasted(self, text: str, column: int, excerpt: str) -> Iterator[Record]:
        for start in range(0, len(text), LOG_PIECE_CHARACTERS):
            part = text[start : start + LOG_PIECE_CHARACTERS]
            if part.strip() and not (self._is_idle and _holds_nothing(part)):
                yield from self._paste(_Piece.of(part, self.lines, column + start + 1, excerpt))

    def _paste(self, piece: _Piece) -> Iterator[Record]:
        self._steps += 10
        leader, end = self._led_by(piece)
        if leader or (self._leader and _first_end(piece.text, 0)):
            yield from self._all_pending()
        if leader:
            self._leader = leader
            piece = piece.after(end)
        self._pending.append(piece)
        if not self._leader:
            yield from self._ended("")
        while len(self._pending) > LOG_WRAPPED_LINES:
            yield from self._oldest()

    def _led_by(self, piece: _Piece) -> tuple[re.Match[str] | None, int]:
        """The metadata before a text, in its line or begun in the one before, and where they end."""
        if ")" not in piece.text or "$$" in piece.text:
            return None, 0
        if found := _LEADER.match(piece.text):
            return found, found.end()
        for glue in _GLUES if self._pending else ():
            before = self._pending[-1].text + glue
            found = _LEADER.match(before + piece.text)
            if found and found.end() > len(before):
                del self._pending[-1]
                return found, found.end() - len(before)
        return None, 0

    def _all_pending(self) -> Iterator[Record]:
        """The records of all that waits: nothing more comes that belongs to it."""
        if not self._leader:
            yield from self._ended(_END)
        while self._pending:
            yield from self._oldest()

    def _ended(self, end: str) -> Iterator[Record]:
        """The records whose end is among the pending lines."""
        newest = self._pending[-1].text if self._pending and not end else ""
        while any(piece.may_end for piece in self._pending):
            # What ends before the newest line was found when that came.
            tail = self._pending[-LOG_METADATA_LINES:] if newest else self._pending
            head = self._pending[: len(self._pending) - len(tail)]
            for glue in _GLUES if end or not newest or ")" in newest else _GLUES[:1]:
                text = glue.join(piece.text for piece in tail) + end
                since = max(0, len(text) - len(newest) - LOG_METADATA_CHARACTERS) if newest else 0
                if found := _first_end(text, since):
                    break
            else:
                return
            self._steps += 20
            newest = ""
            before = sum(len(piece.text) + len(glue) for piece in head)
            pieces, self._pending = self._pending, self._behind(before + found.end(), len(glue))
            message = glue.join([*(piece.text for piece in head), text[: found.start()]])
            yield from _segment(pieces, message, found, len(glue))

    def _behind(self, offset: int, glue: int) -> list[_Piece]:
        """What of the pending lines stands behind an offset in their text."""
        rest: list[_Piece] = []
        start = 0
        for piece in self._pending:
            cut = min(max(offset - start, 0), len(piece.text))
            if cut and (quoted := _QUOTED.match(piece.text, cut)):
                cut = quoted.end()
            if piece.text[cut:].strip():
                rest.append(piece.after(cut) if cut else piece)
            start += len(piece.text) + glue
        return rest

    def _oldest(self) -> Iterator[Record]:
        """The record that begins with the oldest pending line, if it may be one; the line then is done."""
        first, *others = self._pending
        if self._leader:
            text = "\n".join(piece.text for piece in self._pending)
            yield _viewed(self._leader, text, first)
            self._leader, self._pending = None, []
            return
        self._pending = others
        if first.text.lstrip(" \t~")[:1] in FIRST:
            texts = [first.text]
            for piece in others:
                if _may_begin(piece.text):
                    break
                texts.append(piece.text)
            yield from _bare("\n".join(texts), first)
        while self._pending and _holds_nothing(self._pending[0].text):
            del self._pending[0]


def _marked_line(text: str, position: int) -> int:
    """Where the first line from a position on begins that holds a mark; the end of the text if none does."""
    marks = [found for mark in MARKS if (found := text.find(mark, position)) >= 0]
    return text.rfind("\n", 0, min(marks)) + 1 if marks else len(text)


def _holds_nothing(line: str) -> bool:
    return bool(_NOTHING.fullmatch(f"{line}\n"))


def _first_end(text: str, since: int) -> re.Match[str] | None:
    """Where the first record in a text ends: its metadata, behind the message."""
    found = [_FRAME_END.search(text, since)] if "$$" in text else []
    if _DATED.search(text, since):
        found += [_VIEWER_END.search(text, since), _OLD_VIEWER_END.search(text, since)]
    return min((each for each in found if each), key=lambda each: each.start(), default=None)


def _segment(pieces: list[_Piece], text: str, end: re.Match[str], glue: int) -> Iterator[Record]:
    """The records of the lines before an end: the last one is its own, others have lost theirs."""
    starts: list[tuple[int, _Piece]] = []
    offset = 0
    for piece in pieces:
        if offset < len(text) and _may_begin(text[offset:]):
            starts.append((offset, piece))
        offset += len(piece.text) + glue
    own, piece = starts[-1] if starts else (0, pieces[0])
    for (start, lost), (stop, _) in pairwise(starts):
        yield from _bare(text[start:stop], lost)
    yield _viewed(end, text[own:], piece)


def _may_begin(text: str) -> bool:
    return text.lstrip(" \t~")[:1] in FIRST and bool(
        candidates(folded(text[:LOG_MESSAGE_CHARACTERS]), loose=True)
    )


def _bare(text: str, piece: _Piece) -> Iterator[Record]:
    """The records in a text without metadata, one behind the other, that a signature may speak of."""
    message = folded(text[:LOG_MESSAGE_CHARACTERS])
    while found := candidates(message, loose=True):
        yield Record(message, None, None, "", "V5", piece.line, piece.column, piece.excerpt, True)
        message = message[max(match.end() for _, match in found) :].lstrip(" .")


def _viewed(found: re.Match[str], text: str, piece: _Piece) -> Record:
    """The record whose metadata stands behind or, as a viewer copies it, before its text."""
    parts = found.groupdict()
    form = _form_of(found)
    thread = re.sub(r"\s+", "", parts.get("thread") or "")
    return Record(
        folded(text[:LOG_MESSAGE_CHARACTERS]),
        re.sub(r"\s+", "", parts["component"]),
        _number(thread, 16 if form == "F1" else 10),
        parts.get("stamp") or "",
        form,
        piece.line,
        piece.column,
        piece.excerpt,
        True,
    )


def _form_of(found: re.Match[str]) -> Form:
    if found.re is _LEADER:
        return "V3" if found["stamp"] else "V2"
    if found.re is not _FRAME_END:
        return "V1" if found.re is _VIEWER_END else "V4"
    if not found["both"]:
        return "F1"
    return "F3" if found["stamp"].lstrip()[:1].isdigit() else "F2"
