r"""The text of a .reg file: what each of its lines makes regedit do, and what regedit drops.

What regedit does is what Wine's tests assert of Windows, and where the two are known to differ, Windows'
way. A logical line is one value with its continuations. Each takes one step, and what needs no look at all,
such as blank lines and the healthy part outside the SMS keys, is passed over in runs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from string import hexdigits
from typing import Final, Literal

from smslint.schema.export import Comment, Defect, DefectKind
from smslint.schema.located import Span
from smslint.sources.defects import Defects
from smslint.sources.limits import (
    REGISTRY_COMMENTS,
    REGISTRY_DATA_CHARACTERS,
    REGISTRY_LINES,
    REGISTRY_SMS_BYTES,
)
from smslint.sources.registry import grammar
from smslint.sources.registry.data import (
    REG_DWORD,
    REG_SZ,
    meaning,
    octets,
    spelled_data,
    stored,
    string_bytes,
    unescaped,
)
from smslint.sources.registry.header import HARMLESS, REGEDIT4, VERSION_5, joined_header, read_header
from smslint.sources.registry.pieces import TooLongError
from smslint.sources.secrets import LOOK_BACK, is_secret, registry_excerpt
from smslint.sources.text import Document

OperationName = Literal["create_key", "delete_key", "set", "delete_value"]
Data = tuple[OperationName, int, bytes, int]
"""What a value line does, its type and bytes, and the character its data ends at."""

_PART: Final = 1 << 14
"""Characters of a piece before a key that are worth to be left behind there."""
_NEAR_END: Final = 1 << 14
"""Characters that are left of a piece when the next one is read, lest a value goes on in it."""

_EXPORT_SMS: Final = "export the SMS key alone"
_TEXT_FOLLOWS: Final = (
    "text follows the value's data, so regedit drops the value; only a ; comment may follow"
)
_OPEN_TEXT: Final = (
    "this text has no closing quote on its line and runs to a quote on a line below, where more follows: "
    "regedit drops the value and that line"
)
_NUL_ESCAPE: Final = r"the escape \0, at which regedit drops the value"
_ODD_ESCAPE: Final = r"a single backslash, which regedit leaves out as an escape: write \\ for one"


def span_at(document: Document, start: int, end: int) -> Span:
    """The span of some characters, with secrets covered in its excerpt."""
    return document.span(start, end, partial(_excerpt, document, start))


def _excerpt(document: Document, start: int, begin: int, end: int) -> str:
    _, line = document.line_at(start)

    def covered(begin: int, end: int) -> str:
        return registry_excerpt(document.text, line, end)[begin - line :]

    return document.excerpt(begin, end, covered)


@dataclass(slots=True)
class Operation:
    """One thing regedit would do: ``name`` is empty for the default value and for keys.

    ``start`` and ``end`` are characters: of a value's data, from its tag to the last byte, and of a key's
    brackets. ``spelled`` are the registry's bytes, or the code page by which they are read from the text.
    """

    op: OperationName
    key: str
    document: Document
    start: int
    end: int
    name: str = ""
    type: int = 0
    spelled: bytes | str | None = b""

    @property
    def data(self) -> bytes:
        """The registry's bytes."""
        if not isinstance(self.spelled, bytes):
            text = self.document.text[self.start : self.end]
            self.spelled = spelled_data(text, self.type, self.spelled)
        return self.spelled

    @property
    def meaning(self) -> int | str | bytes:
        """What the product reads, see `data.meaning`."""
        if not isinstance(self.spelled, bytes):
            text = self.document.text[self.start : self.end]
            if text[0] == "d":
                return int(text[6:], 16)
            if text[0] == '"' and text.isascii() and (found := unescaped(text[1:-1])):
                return found[0]
        return meaning(self.type, self.data)

    @property
    def span(self) -> Span:
        """Where the data, or the key, stands."""
        return Span.later(self._measured, path=self.document.path)

    def _measured(self) -> Span:
        return span_at(self.document, self.start, self.end)

    @property
    def hidden(self) -> bool:
        """Whether the data is an account, a password or a key, by the name of the value or of its key."""
        return is_secret(self.name or self.key.rpartition("\\")[2]) and self.op == "set"

    @property
    def line(self) -> int:
        """The line the data begins on, from 1."""
        return self.document.line_at(self.start)[0] + 1


@dataclass(slots=True)
class Run:
    """Values of one key, one below the other, that need no closer look: `operations` makes them."""

    key: str
    document: Document
    start: int
    end: int
    code_page: str | None
    names: set[str]
    """The names in lower case, escaped as they stand there."""
    distinct: bool
    """Whether each stands there once."""

    def operations(self) -> Iterator[Operation]:
        """What regedit would do, in the order of the file."""
        # Each begins where the one before ends.
        for found in grammar.SURE_VALUE.finditer(self.document.text, self.start, self.end):
            yield _sure_value(found, self.key, self.document, self.code_page)


def _sure_value(found: re.Match[str], key: str, document: Document, code_page: str | None) -> Operation:
    """What a match of `grammar.SURE_VALUE` sets."""
    start, end = found.span("data")
    name, data, hex_type = found.group("name", "data", "type")
    if name and "\\" in name and (label := unescaped(name)):
        name = label[0]
    type_ = REG_SZ if data[0] == '"' else REG_DWORD if data[0] == "d" else int(hex_type or "3", 16)
    return Operation("set", key, document, start, end, name or "", type_, code_page)


class Script:
    """A .reg file as regedit takes it.

    ``header`` is the one it declares itself by, None where regedit would import nothing. ``defects`` is
    complete when `operations` has run to its end.
    """

    editable: Final = True

    def __init__(self, document: Document, *, only_sms: bool = False) -> None:
        """Look at the header of ``document``. With ``only_sms``, `operations` leaves other keys out."""
        self.defects = Defects()
        self.comments: list[Comment] = []
        """The comments that speak to smslint, ``; smslint: …``, in their order."""
        self._covering: int | None = None
        self._dangling = False
        self._only_sms = only_sms
        self._sms_size = 0
        self._key: str | None = None
        self._open(document)
        self._look()
        self._in_sms = False
        self._keyless_reported = False
        self._deleted_sms = False
        self._at = self._line_end(0)
        first = self._text[: self._at]
        self.header, objections = read_header(document, self._imported, first)
        for kind, message, harmless in objections:
            self._report(kind, message, 0, self._at, costly=kind == "header", harmless=harmless)
        if document.odd_byte:
            self._report_odd_byte(document.last())

    @property
    def imports(self) -> bool:
        """Whether regedit would take anything from the file."""
        return self.header in (REGEDIT4, VERSION_5)

    @cached_property
    def code_page(self) -> str | None:
        """The code page of string bytes after ``hex(n):``; None under a 5.00 header, where it is UTF-16LE."""
        if self.header == VERSION_5:
            return None
        return "cp1252" if self.document.encoding.startswith("utf") else self.document.encoding

    def operations(self) -> Iterator[Operation]:
        """What regedit would do, in the order of the file. It can be gone through once."""
        for part in self.parts():
            if isinstance(part, Run):
                yield from part.operations()
            else:
                yield part

    def parts(self) -> Iterator[Operation | Run]:
        """The same, with values as runs where only SMS keys are looked at: most of them nobody reads."""
        try:
            yield from self._parts()
        except TooLongError as error:
            message = f"{error} follows: smslint reads no further; {_EXPORT_SMS}"
            self._report("malformed", message, self._at, self._line_end(self._at), costly=True)

    def _parts(self) -> Iterator[Operation | Run]:
        if not self.imports:
            while self.document.more:
                self._go_on(len(self._text))
                self._look()
            return
        left = REGISTRY_LINES
        while left:
            if self._in_sms or not self._only_sms:
                self._look()
                for lines, part in self._sure_parts(left):
                    left -= lines
                    yield part
                for operation in islice(self._sure_values(), left - 1):
                    left -= 1
                    self._keep(operation)
                    yield operation
            left -= 1
            self._pass_over()
            if self._at >= len(self._text):
                return
            if self._sms_size > REGISTRY_SMS_BYTES:
                break
            if (found := self._line()) and (not self._only_sms or self._in_sms or found.op == "delete_key"):
                self._keep(found)
                yield found
        self._pass_over()
        if self._at < len(self._text):
            most = f"{REGISTRY_SMS_BYTES >> 20} MiB under SMS keys" if left else f"{REGISTRY_LINES:,} lines"
            message = f"smslint reads {most}, not the rest: {_EXPORT_SMS}"
            self._report("malformed", message, self._at, self._line_end(self._at), costly=True)

    def _line(self) -> Operation | None:
        """Take one logical line; where the piece may end before it does, from one that holds all of it."""
        begins_key = self._text[self._at] == "["
        if begins_key and self.document.more and self._at >= _PART:
            part = self.document.part(self._at)
            self._leave_for(part, len(part.text), 0)
            self._looked = True
        while True:
            before = self._at, self._key, self._in_sms, self._keyless_reported, self._deleted_sms
            mark = self.defects.mark() if self.document.more else None
            match self._text[self._at]:
                case "[":
                    found = self._key_line()
                case "@" | '"':
                    found = self._value_line()
                case _:
                    found = None
                    self._other_line()
            if mark is None or self._at < len(self._text):
                return found
            self._at, self._key, self._in_sms, self._keyless_reported, self._deleted_sms = before
            self.defects.rewind(mark)
            self._go_on(self._at)
            self._look()

    def _open(self, document: Document, looked_at: int = 0) -> None:
        """Begin with a piece of the file, of which some characters were looked at in the one before."""
        self.document, self._text, self._at = document, document.text, 0
        self._looked, self._looked_at = False, looked_at
        self._kept = (0, 0)

    def _look(self) -> None:
        """Look into the piece, once, for what no run of healthy lines has in it."""
        if self._looked:
            return
        self._looked = True
        self._text = text = self._up_to_nul(self.document)
        at = self._looked_at
        if self._covering is not None:
            self._end_key(self._covering, at)
        if self._dangling and (key := grammar.KEY_LINE.match(text, at)):
            self._end_key(len(self.comments) - 1, key.end())
        self._dangling = False
        if text.find("smslint:", self._looked_at) >= 0:
            found = grammar.TO_SMSLINT.finditer(text, self._looked_at)
            for each in islice(found, REGISTRY_COMMENTS - len(self.comments)):
                self._note_comment(*each.span())

    def _note_comment(self, start: int, end: int) -> None:
        """Keep a comment to smslint, with where the key ends that it may stand right above."""
        self.comments.append(Comment(self.document.span(start, end)))
        below = grammar.LINE_END.match(self._text, end)
        line = below.end() if below else end
        if key := grammar.KEY_LINE.match(self._text, line):
            self._end_key(len(self.comments) - 1, key.end())
        self._dangling = line == len(self._text) and self.document.more

    def _end_key(self, number: int, at: int) -> None:
        """Find where the key ends that the comment of a number covers: before the next one, in any piece."""
        following = grammar.KEY_LINE.search(self._text, at)
        last = self.document.line_at(following.start())[0] if following else sys.maxsize
        self.comments[number] = Comment(self.comments[number].span, last)
        self._covering = None if following else number

    def _go_on(self, at: int) -> None:
        """Take the next piece of the file, from a character of this one on."""
        if self._covering is not None or self._dangling:
            self._look()
        # What of a line may be shown depends on the value that it may belong to.
        near = max(at - LOOK_BACK, 0)
        start = max(self._text.rfind(end + mark, near, at) + 1 for end in "\r\n" for mark in '["@')
        if not start and (near or self._text[:1] not in ('"', "[", "@")):
            start = max(self._text.rfind("\n", 0, at), self._text.rfind("\r", 0, at)) + 1
        looked_at = len(self._text) - start if self._looked else max(self._looked_at - start, 0)
        self._leave_for(
            self.document.next(start, looked_at=self._looked or self._looked_at > 0), looked_at, at - start
        )

    def _leave_for(self, document: Document, looked_at: int, at: int) -> None:
        """Keep of the piece what was read of it, and go on with another."""
        begin, end = self._kept
        if end:
            self._sms_size += self.document.byte_offset(end) - self.document.byte_offset(begin)
            self.document.text = self.document.text[:end]
        self._open(document, looked_at)
        self._at = at

    def _keep(self, operation: Operation) -> None:
        """Remember that what was read up to here is needed further on."""
        if self._in_sms:
            self._kept = (self._kept[0] if self._kept[1] else operation.start), self._at

    def _sure_parts(self, left: int) -> Iterator[tuple[int, Operation | Run]]:
        """The values of the open key, and further SMS keys whole, whose lines need no closer look.

        Each comes with its number of lines, in all fewer than are ``left``.
        """
        text, document, page = self._text, self.document, self.code_page
        if document.more or not self._only_sms or text[self._at - 1 : self._at] != "\n":
            return
        take = grammar.SURE_SMS_LINES.scanner(text, self._at).match  # type: ignore[attr-defined]
        while (found := take()) and 0 < found.end() - self._at <= REGISTRY_DATA_CHARACTERS:
            start, end = found.span("values")
            names = grammar.SURE_NAME.findall(text, start - 1, end) if end > start else []
            left -= 1 + len(names)
            if left < 1:
                return
            self._at = end
            if key := found["key"]:
                self._key, self._keyless_reported, self._deleted_sms = key, True, False
                yield 1, Operation("create_key", key, document, found.start(), found.end("key") + 1)
            if names and self._key:
                folded = set(map(str.lower, names))
                distinct = len(folded) == len(names)
                yield len(names), Run(self._key, document, start, end, page, folded, distinct)

    def _sure_values(self) -> Iterator[Operation]:
        """The values of the open key whose lines need no closer look."""
        if self._key is None:
            return
        document, key, page = self.document, self._key, self.code_page
        take = grammar.SURE_VALUE.scanner(self._text, self._at).match  # type: ignore[attr-defined]
        while (found := take()) and found.end() - self._at <= REGISTRY_DATA_CHARACTERS:
            self._at = found.end()
            yield _sure_value(found, key, document, page)

    def _up_to_nul(self, document: Document) -> str:
        text = document.text
        nul = text.find("\0")
        if nul < 0:
            return text
        document.more = False
        at_end, sms = self._around_nul(document)
        if at_end:
            self._report(
                "truncated",
                "from here on the file is NUL bytes, what stood there is lost: export it again",
                nul,
                nul,
            )
        else:
            message = (
                "a NUL character, behind which regedit (Wine's; Windows' was not tried) loses everything"
            )
            self._report("malformed", message, nul, nul + 1, costly=sms)
        return text[:nul]

    def _around_nul(self, document: Document) -> tuple[bool, bool]:
        """Whether only NUL follows the first one, and whether the open key or what follows names SMS."""
        at_end = sms = met = False
        for text in document.texts():
            nul = -1 if met else text.find("\0")
            end = nul if nul >= 0 else len(text)
            key = -1 if met else max(text.rfind("\n[", 0, end), text.rfind("\r[", 0, end))
            if key >= 0 or (text.startswith("[") and not met):
                sms = False
            sms = sms or bool(grammar.LIKE_SMS.search(text, max(key, 0)))
            if met or nul >= 0:
                at_end = (at_end or not met) and bool(grammar.NO_MORE.match(text, max(nul, 0)))
                met = True
        return at_end, sms

    def _imported(self) -> Iterator[str]:
        """All of the input that regedit sees, from its beginning, part by part."""
        for text in self.document.texts():
            before, nul, _ = text.partition("\0")
            yield before
            if nul:
                return

    def _finds(self, pattern: re.Pattern[str]) -> bool:
        return any(map(pattern.search, self._imported()))

    def _report_odd_byte(self, document: Document) -> None:
        end = len(document.text)
        message = "the file ends in the middle of a UTF-16 character"
        # Without the line: it may end a secret that began in an earlier piece.
        at = document.span(end, end, lambda _begin, _end: "")
        self.defects.append(Defect("truncated", message, at, costly=True))

    def _pass_over(self) -> None:
        """Go on to the next line that has to be looked at, through as many pieces as it takes."""
        while True:
            healthy = (
                not self._in_sms and self._only_sms and (self._key is not None or self._keyless_reported)
            )
            if healthy and (found := grammar.RUN_OF_HEALTH.match(self._text, self._at)):
                self._at = found.end()
                self._key = found["key"] or self._key
            if self.document.more and len(self._text) - self._at <= _NEAR_END:
                self._go_on(self._at)
                continue
            self._look()
            run = grammar.RUN_OF_BLANKS if self._in_sms else grammar.RUN_OF_NOTHING
            if (found := run.match(self._text, self._at)) is None or found.end() == self._at:
                return
            self._at = found.end()

    def _line_end(self, at: int) -> int:
        found = grammar.LINE.match(self._text, at)
        return found.end() if found else at

    def _report(
        self,
        kind: DefectKind,
        text: str,
        start: int,
        end: int,
        *,
        costly: bool = False,
        harmless: bool = False,
    ) -> None:
        costly = costly or kind == "truncated"
        if self.defects.flooded(kind, costly):
            self.defects.count_only(kind, costly)
        else:
            span = span_at(self.document, start, end)
            why, remedy = HARMLESS if harmless else ("", "")
            # A line that should open a key is not of the key before it.
            key = "" if self.document.text.startswith("[", start) else self._key or ""
            self.defects.append(
                Defect(kind, text, span, costly, harmless, subject=key, why=why, remedy=remedy)
            )

    def _drop(self, start: int, at: int, text: str, *, cut: bool = False, costly: bool = False) -> None:
        """Report what is dropped, from ``start`` to the end of the line of ``at``, and go on behind it."""
        end = self._at = self._line_end(at)
        kind: DefectKind = "truncated" if cut and end == len(self._text) else "malformed"
        message = f"the file ends here in the middle: {text}" if kind == "truncated" else text
        self._report(kind, message, start, end, costly=costly or self._in_sms)

    def _ends(self, start: int, at: int, message: str = _TEXT_FOLLOWS) -> bool:
        """Whether nothing but a comment follows a value's data, which else regedit drops."""
        if found := grammar.END.match(self._text, at):
            self._at = found.end()
            return True
        self._drop(start, at, message)
        return False

    def _other_line(self) -> None:
        start = self._at
        end = self._at = self._line_end(start)
        if grammar.LIKE_VALUE.match(self._text, start, end):
            text = "a value's name must stand in quotes: regedit ignores this line"
            self._report("malformed", text, start, end, costly=self._in_sms)
        elif grammar.LIKE_KEY.match(self._text, start, end):
            text = "a key stands in [ ]: regedit ignores this line, and the values below go to the key before"
            costly = self._in_sms or bool(grammar.LIKE_SMS.search(self._text, start, end))
            self._report("malformed", text, start, end, costly=costly)
        elif self._in_sms and (joined := joined_header(self._text[start:end], self.header)):
            if not any(each.text == joined[1] for each in self.defects):
                self._report(joined[0], joined[1], start, end, harmless=joined[2])
        elif self._in_sms and self._text[start:end].strip("\x1a \t"):
            self._report("malformed", "regedit ignores this line: it is no key, value or comment", start, end)

    def _key_line(self) -> Operation | None:
        start = self._at
        if found := grammar.SURE_SMS_KEY.match(self._text, start):
            self._at = found.end()
            self._key, self._in_sms, self._keyless_reported, self._deleted_sms = (
                found["key"],
                True,
                True,
                False,
            )
            return Operation("create_key", found["key"], self.document, start, found.end("key") + 1)
        end = self._at = self._line_end(start)
        closing = self._text.rfind("]", start, end)
        sms = bool(grammar.LIKE_SMS.search(self._text, start, end))
        if closing < 0 or self._text[start + 1] in " \t":
            wrong = "has no ]" if closing < 0 else "has a blank after ["
            message = f"this key line {wrong}: regedit ignores it, so the values below go to the key before"
            self._drop(start, end, message, cut=closing < 0, costly=sms)
            return None
        path = self._text[start + 1 : closing]
        deletes = path.startswith("-")
        path = path[deletes:].rstrip("\\")
        self._in_sms, self._key, self._keyless_reported, self._deleted_sms = False, None, True, False
        root, _, below = path.partition("\\")
        if root.upper() not in grammar.ROOT_NAMES:
            self._report("malformed", _of_root(root), start, end, costly=sms)
            return None
        if "\\\\" in path or re.search(r"\][ \t]*;", path):
            message = "the key's name has an empty part, or a ] in it (the last one of the line closes it)"
            self._report("malformed", message, start, end, costly=sms)
        if deletes:
            self._keyless_reported, self._deleted_sms = False, bool(grammar.SMS_KEY.match(path))
            if below:
                return Operation("delete_key", path, self.document, start, closing + 1)
            self._report("malformed", "a root cannot be deleted: regedit ignores this line", start, end)
            return None
        self._key, self._in_sms = path, bool(grammar.SMS_KEY.match(path))
        return Operation("create_key", path, self.document, start, closing + 1)

    def _value_line(self) -> Operation | None:
        start = self._at
        name = grammar.NAME.match(self._text, start)
        if not name:
            cut = grammar.CUT_NAME.fullmatch(self._text, start)
            message = "no value name in quotes (or @) followed by =: regedit ignores this line"
            self._drop(start, start, message, cut=bool(cut))
            return None
        if self._key is None and not self._keyless_reported:
            self._keyless_reported = True
            message = (
                "no key is open here: regedit drops this value and those that follow up to the next [key]"
            )
            self._report("malformed", message, start, self._line_end(start), costly=self._deleted_sms)
        at = name.end()
        found = self._data(start, at)
        if found is None:
            return None
        op, type_, data, end = found
        label = unescaped(name["name"] or "")
        if label is None:
            self._report("malformed", _NUL_ESCAPE, start, self._line_end(start), costly=self._in_sms)
            return None
        if not label[1]:
            self._report("malformed", _ODD_ESCAPE, start, self._line_end(start))
        if self._key is None:
            return None
        return Operation(op, self._key, self.document, at, end, label[0], type_, data)

    def _data(self, start: int, at: int) -> Data | None:
        """The data that begins at ``at``: what it does, its type, its bytes and where it ends."""
        match self._text[at : at + 1]:
            case '"':
                return self._string(start, at)
            case "-":
                return ("delete_value", 0, b"", at + 1) if self._ends(start, at + 1) else None
            case "d" if found := grammar.DWORD.match(self._text, at):
                return self._dword(start, at, found["digits"], found.end())
            case "h" if found := grammar.HEX.match(self._text, at):
                return self._hex(start, found.end(), int(found["type"] or "3", 16))
        rest = self._text[at : min(self._line_end(at), at + 20)]
        cut = any(tag.startswith(rest) for tag in ("dword:", "hex:")) or bool(grammar.CUT_HEX.fullmatch(rest))
        message = 'regedit drops this value: expected "text", dword:, hex: or hex(n):, in lower case'
        self._drop(start, at, message, cut=cut)
        return None

    def _dword(self, start: int, at: int, digits: str, end: int) -> Data | None:
        if not 1 <= len(digits) <= 8:
            message = f"regedit drops this value: expected 1 to 8 hexadecimal digits, found {len(digits)}"
            self._drop(start, at, message, cut=not digits)
            return None
        if not self._ends(start, end):
            return None
        if end == len(self._text) and self._is_cut(digits):
            self._report("truncated", "the file ends in the middle of a dword", start, end)
        return "set", REG_DWORD, int(digits, 16).to_bytes(4, "little"), end

    def _is_cut(self, digits: str) -> bool:
        """Whether a dword at the end of the file is probably cut: exporters write 8 digits, people fewer."""
        if len(digits) == 8 or self._finds(grammar.SHORT_DWORD):
            return False
        return self._finds(grammar.FULL_DWORD) or (len(digits) > 1 and digits[0] == "0")

    def _string(self, start: int, at: int) -> Data | None:
        line_end = self._line_end(at)
        end = self._after_closing_quote(at + 1)
        if end is None and self.document.more:
            self._at = len(self._text)
            return None
        if end is None:
            message = "this text has no closing quote, so regedit drops the value"
            if grammar.NO_MORE.match(self._text, line_end):
                self._at = len(self._text)
                self._report("truncated", f"the file ends in the middle: {message}", start, line_end)
            else:
                self._drop(start, at, message)
            return None
        swallows = end > line_end and grammar.SMS_LINE.search(self._text, line_end, end)
        if swallows:
            message = "this text runs to a quote on a line below, beyond a line that names an SMS key"
            self._report("malformed", message, start, end, costly=True)
        if not self._ends(start, end, _OPEN_TEXT if end > line_end else _TEXT_FOLLOWS):
            return None
        text = self._text[at + 1 : end - 1]
        if self._too_large(start, len(text)):
            return None
        found = unescaped(text)
        if found is None:
            self._report("malformed", _NUL_ESCAPE, start, end, costly=self._in_sms)
            return None
        if not found[1] and not swallows:
            self._report("malformed", _ODD_ESCAPE, start, end)
        return "set", REG_SZ, string_bytes(found[0]), end

    def _after_closing_quote(self, at: int) -> int | None:
        while (found := grammar.STRING_RUN.match(self._text, at)) and found.end() < len(self._text):
            if self._text[found.end()] == '"':
                return found.end() + 1
            if found.end() == at:
                break
            at = found.end()
        return None

    def _too_large(self, start: int, size: int) -> bool:
        """Whether data is larger than anything smslint needs; outside of what is wanted no one looks."""
        if size <= REGISTRY_DATA_CHARACTERS:
            return False
        if self._in_sms or not self._only_sms:
            most = f"{REGISTRY_DATA_CHARACTERS:,} characters"
            message = f"a value of more than {most}, which smslint does not read"
            self._report("malformed", message, start, self._line_end(start), costly=self._in_sms)
        return True

    def _hex(self, start: int, at: int, type_: int) -> Data | None:
        found = self._byte_lines(start, at)
        if found is None or self._too_large(start, len(found[0])):
            return None
        spelled = octets(found[0])
        if spelled is None:
            message = (
                "bytes are one or two hexadecimal digits each, with commas between: regedit drops the value"
            )
            self._report("malformed", message, start, found[1], costly=self._in_sms)
            return None
        ends_file = found[1] == len(self._text) and not grammar.CUT_BYTES.search(found[0])
        if type_ == REG_DWORD and len(spelled) < 4 and ends_file:
            self._report("truncated", "the file ends in the middle of a dword's bytes", start, found[1])
        return "set", type_, stored(type_, spelled, self.code_page), found[1]

    def _byte_lines(self, start: int, at: int) -> tuple[str, int] | None:
        """The bytes behind a tag over all their lines, still as text, and where they end."""
        pieces: list[str] = []
        position, size = at, 0
        while True:
            found = grammar.BYTES.match(self._text, position)
            piece = found[0].rstrip(" \t") if found else ""
            end, position = position + len(piece), found.end() if found else position
            pieces.append(piece)
            if self._text[position : position + 1] != "\\":
                break
            joint = grammar.CONTINUATION.match(self._text, position)
            if not joint or not (piece.endswith(",") or (not piece and len(pieces) == 1)):
                message = "a backslash continues bytes only after a comma and at the end of a line"
                self._drop(start, position, f"{message}: regedit drops the value")
                return None
            end, position = position + 1, self._after_blank_lines(joint.end())
            if position == len(self._text):
                self._at = position
                self._report("truncated", "the file ends where a value should go on", start, end)
                return "".join(pieces), end
            if self._text[position] not in hexdigits:
                message = (
                    "the backslash makes regedit take the next line for bytes and drop it with this value"
                )
                sms = grammar.LIKE_SMS.search(self._text, position, self._line_end(position))
                self._drop(start, position, message, costly=bool(sms))
                return None
            while run := grammar.CONTINUED_BYTES.match(self._text, position):
                position = run.end()
                if size <= REGISTRY_DATA_CHARACTERS:
                    pieces.append(grammar.LINE_JOINT.sub("", run[0]))
                    size += len(pieces[-1])
        if not self._ends(start, position):
            return None
        if position == len(self._text) and grammar.CUT_BYTES.search(piece):
            self._report("truncated", "the file ends in the middle of a value's bytes", start, end)
        elif piece.endswith(","):
            message = "the bytes end in a comma without a backslash: regedit takes none from the next line"
            self._report("malformed", message, start, end, costly=self._in_sms)
        return "".join(pieces), end

    def _after_blank_lines(self, at: int) -> int:
        while (found := grammar.BETWEEN.match(self._text, at)) and found.end() > at:
            at = found.end()
        last = grammar.LAST_COMMENT.match(self._text, at)
        return last.end() if last else at


def _of_root(root: str) -> str:
    """What regedit makes of a key whose root it does not know."""
    if re.fullmatch(r"HK(?:LM|CU|CR|U|CC)", root, re.IGNORECASE):
        return (
            "the root of this key is abbreviated: Wine's regedit ignores the key and its values (Windows' "
            "was not tried); write it in full, such as HKEY_LOCAL_MACHINE"
        )
    return (
        "this key begins with no root that regedit knows, so it drops the key and the values below; "
        "expected HKEY_LOCAL_MACHINE or another root in full, parted by backslashes"
    )
