"""``--diff``: what fixing would change, as a unified diff that `patch -p0` and `git apply -p0` take."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import AnyStr, Final

from smslint.sources.secrets import Redactor, in_registry_text, uncovered
from smslint.sources.text import Document

_CONTEXT: Final = 3
"""Lines around a change, as in every unified diff."""
_NO_NEWLINE: Final = b"\\ No newline at end of file\n"
_BESIDE: Final = "# a secret stands beside a change: git apply needs --unidiff-zero for the next file\n"
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_ESCAPES: Final = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}

Change = tuple[int, int, int, int]
"""Lines of the old text, from the first to behind the last, and those of the new one that replace them."""


def exact(old: bytes, new: bytes, path: str, encoding: str | None) -> Iterator[bytes] | None:
    """The diff in the bytes of the file, lines that hold a secret left out of its context.

    None where no such diff can be: of UTF-16, which is no text to the programs that would apply it, and where
    a line that changes holds a secret itself.
    """
    before, after = (_lines(data) for data in (old, new))
    secrets, new_secrets = (
        _secret_lines(Document(data, path, fallback=encoding or "cp1252")) for data in (old, new)
    )
    if secrets is None or new_secrets is None:
        return None
    changes = list(_changes(before, after))
    for first, last, begin, end in changes:
        if not (secrets.isdisjoint(range(first, last)) and new_secrets.isdisjoint(range(begin, end))):
            return None
    return _exact(before, after, changes, path, secrets)


def decoded(old: bytes, new: bytes, path: str, encoding: str | None) -> Iterator[str]:
    """The diff for people: decoded, secrets hidden; its header says that it is not to be applied."""
    documents = [Document(data, path, fallback=encoding or "cp1252") for data in (old, new)]
    before, after = map(_display_lines, documents)
    name = f"{path}  ({documents[0].encoding}, shown decoded: not for patch or git apply)"
    yield f"--- {name}"
    yield f"+++ {name}"
    for hunk in _hunks(list(_changes(before, after)), len(before), ()):
        yield _range(hunk)
        yield from (f"{sign}{line}" for sign, line in _body(hunk, before, after))


def _exact(
    before: Sequence[bytes], after: Sequence[bytes], changes: Sequence[Change], path: str, secrets: set[int]
) -> Iterator[bytes]:
    hunks = list(_hunks(changes, len(before), secrets))
    if any(_ends_bare(hunk, len(before)) for hunk in hunks):
        yield _BESIDE.encode()
    name = _quoted(path)
    yield f"--- {name}\n+++ {name}\n".encode()
    for hunk in hunks:
        yield f"{_range(hunk)}\n".encode()
        for sign, line in _body(hunk, before, after):
            yield sign.encode() + line
            if not line.endswith(b"\n"):
                yield b"\n" + _NO_NEWLINE


def _lines(data: bytes) -> list[bytes]:
    """The lines as programs see them that know one line end, LF; a CR before it belongs to the line."""
    *whole, last = data.split(b"\n")
    return [*(line + b"\n" for line in whole), *([last] if last else [])]


def _secret_lines(document: Document) -> set[int] | None:
    """The numbers of the lines that hold a secret; None where the text's lines are not those of the bytes."""
    if document.encoding.startswith(("utf-16", "utf-32")):
        return None
    if document.text.count("\n") != document.data.count(b"\n"):
        return None
    found: set[int] = set()
    number = at = 0
    for start, end in sorted(in_registry_text(document.text)):
        number += document.text.count("\n", at, start)
        found |= set(range(number, number + 1 + document.text.count("\n", start, end)))
        at = start
    return found


def _display_lines(document: Document) -> list[str]:
    """The lines of a registry export as they may be shown."""
    text = Redactor(in_registry_text(document.text)).excerpt(document.text, 0, len(document.text))
    return [uncovered(line) for line in _LINE_END.split(text)]


def _changes(before: Sequence[AnyStr], after: Sequence[AnyStr]) -> Iterator[Change]:
    """Where two texts differ. Fixes seldom move a line, so lines are mostly compared one by one."""
    if len(before) == len(after):
        start = None
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new and start is None:
                start = number
            elif old == new and start is not None:
                yield start, number, start, number
                start = None
        if start is not None:
            yield start, len(before), start, len(before)
        return
    head = next(
        n for n, (old, new) in enumerate(zip((*before, None), (*after, None), strict=False)) if old != new
    )
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    for tag, first, last, begin, end in SequenceMatcher(None, *middle).get_opcodes():
        if tag != "equal":
            yield first + head, last + head, begin + head, end + head


Hunk = tuple[list[Change], int, int]
"""Changes, and how many lines of context stand before and behind them."""


def _hunks(changes: Sequence[Change], lines: int, secrets: Collection[int]) -> Iterator[Hunk]:
    """Changes that are near each other, with their context.

    No secret stands in the context. Where one cuts it on one side it is as short on the other: `patch` takes
    a side that is shorter for the edge of the file.
    """
    groups: list[list[Change]] = []
    for change in changes:
        between = range(groups[-1][-1][1], change[0]) if groups else range(0)
        if groups and len(between) <= 2 * _CONTEXT and not any(number in secrets for number in between):
            groups[-1].append(change)
        else:
            groups.append([change])
    for group in groups:
        first, last = group[0][0], group[-1][1]
        before, cut_before = _room(range(first - 1, max(first - 1 - _CONTEXT, -1), -1), secrets)
        behind, cut_behind = _room(range(last, min(last + _CONTEXT, lines)), secrets)
        most = min(before if cut_before else _CONTEXT, behind if cut_behind else _CONTEXT)
        yield group, min(before, most), min(behind, most)


def _room(numbers: range, secrets: Collection[int]) -> tuple[int, bool]:
    """How many lines may be shown up to the first secret one, and whether there is one."""
    for count, number in enumerate(numbers):
        if number in secrets:
            return count, True
    return len(numbers), False


def _ends_bare(hunk: Hunk, lines: int) -> bool:
    """Whether a hunk has no context at its end, which git takes for the end of the file."""
    changes, _, behind = hunk
    return behind == 0 and changes[-1][1] != lines


def _range(hunk: Hunk) -> str:
    changes, before, behind = hunk
    (first, _, begin, _), (_, last, _, end) = changes[0], changes[-1]
    sides = (first - before, last + behind), (begin - before, end + behind)
    old, new = (f"{start + (stop > start)},{stop - start}" for start, stop in sides)
    return f"@@ -{old} +{new} @@"


def _body(hunk: Hunk, before: Sequence[AnyStr], after: Sequence[AnyStr]) -> Iterator[tuple[str, AnyStr]]:
    """The lines of a hunk, each with its sign."""
    changes, lead, behind = hunk
    at = changes[0][0] - lead
    for first, last, begin, end in changes:
        yield from ((" ", line) for line in before[at:first])
        yield from (("-", line) for line in before[first:last])
        yield from (("+", line) for line in after[begin:end])
        at = last
    yield from ((" ", line) for line in before[at : at + behind])


def _quoted(path: str) -> str:
    """A path as git writes it into a diff: a blank in it needs a tab behind it, other signs need quotes."""
    octets = os.fsencode(path)
    if all(0x20 <= byte < 0x7F and byte not in b'"\\' for byte in octets):
        return f"{path}\t" if " " in path else path
    return '"' + "".join(map(_escaped, octets)) + '"'


def _escaped(byte: int) -> str:
    if byte in _ESCAPES:
        return f"\\{_ESCAPES[byte]}"
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"
