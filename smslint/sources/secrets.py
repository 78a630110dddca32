"""What of an input must not be shown: the names of accounts, passwords and keys, and one redactor.

Each source gives the redactor the stretches; every report, message and ``show`` gets its text from there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from smslint.sources.expression import expression

HIDDEN: Final = "(hidden)"
"""What is read in the place of a secret."""
COVER: Final = "\ufdd0"
"""Stands for one hidden character of an excerpt, so that columns hold; no text may hold this noncharacter."""

Stretch = tuple[int, int]
"""A part of a text, from its first character to behind its last."""

_PARTS = expression(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
_NAME = expression(
    r"(?:account|pass ?word|passwd|pass ?phrase|pwd|login|credential|secret|cipher)(?:s|name|text)?(?![a-z])"
    r"|\b(?:encrypted|uid)\b|\blast valid\b|^reserved$|\breserved ?[0-9]"
    r"|user(?: ?names?| ?ids?)?(?: ?[0-9]+)?$|\buser(?: ?names?| ?ids?)\b"
    r"|logon(?: (?:names?|ids?|users?))?(?: ?[0-9]+)?$|logon(?:names?|ids?)(?![a-z])|^object ?name$"
    r"|(?:public|private|exchange|encryption|session|service|crypto|shared|symmetric|master) ?keys?(?![a-z])"
    r"|(?<!registry)(?<!reg)(?<!sub)(?<!primary)(?<!foreign)(?<!sort)(?<!parent)(?<!root) keys?(?: ?[0-9]+)?$"
)
"""Of knowledge, site-control.md 1.3, 2 and 6, and SMS906: words of a name in lower case, a blank between."""
_HINTS: Final = (
    *("account", "pass", "pwd", "login", "logon", "credential", "secret", "cipher", "encrypted", "uid"),
    *("last", "reserved", "user", "object", "key"),
)
"""One of these is in every such name, without regard to letter case."""
_USUAL: Final = 200
"""Characters of a name up to which it is remembered."""
_STRUCTURED = expression(r"[={]")
_BETWEEN_NAMES = expression(r"[;={}\[\]\",:<>|\r\n]+")
_ASSIGNED = expression(r"([A-Za-z][\w .-]{0,80})\"?[ \t]*[=:]")
_LONG_HEX = expression(r"(?:[0-9a-f]{1,2},[ \t]*){16,}[0-9a-f]{0,2}|[0-9a-f]{32,}", re.IGNORECASE)
_COVERED = expression(f"{COVER}+")

_LINE = expression(r"[^\r\n]+")
_STARTS: Final = ("[", '"', "@")
_VALUE = expression(r"[ \t]*\"(?P<name>[^\"\\\r\n]*(?:\\[^\r\n][^\"\\\r\n]*){0,16383})\"[ \t]*=")
LOOK_BACK: Final = 1 << 16


def is_secret(name: str) -> bool:
    """Whether a setting of this name holds an account, its password, a key, or a cipher of them."""
    return _known(name) if len(name) <= _USUAL else _known.__wrapped__(name)


def hints_at_secret(text: str) -> bool:
    """Whether text can hold a name that `is_secret`: where it does not, no name in it needs a look."""
    lower = text.lower()
    return any(hint in lower for hint in _HINTS)


@lru_cache(maxsize=4096)
def _known(name: str) -> bool:
    return bool(_NAME.search(_PARTS.sub(" ", name).strip().lower()))


def names_secret(text: str) -> bool:
    """Whether text that spells whole properties, as ``Name = value`` or ``@{...}``, names a secret."""
    return bool(_STRUCTURED.search(text)) and any(
        is_secret(part) for part in _BETWEEN_NAMES.split(text) if len(part) <= _USUAL
    )


def uncovered(text: str) -> str:
    """An excerpt as a person reads it: each hidden part as `HIDDEN`, so that columns no longer hold."""
    return _COVERED.sub(HIDDEN, text)


class Redactor:
    """The stretches of one text that must not be shown."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        """Begin with what is hidden already."""
        self._hidden = merged(stretches)
        self._settled = True

    def hide(self, start: int, end: int) -> None:
        """Keep a stretch from being shown."""
        if end > start:
            self._hidden.append((start, end))
            self._settled = False

    def hides(self, start: int, end: int) -> bool:
        """Whether any of a stretch is hidden."""
        self._settle()
        return overlaps(self._hidden, start, end)

    def excerpt(self, text: str, start: int, end: int) -> str:
        """A stretch of the text, each hidden character as `COVER`."""
        self._settle()
        parts, at = [], start
        number = max(bisect_right(self._hidden, (start, start)) - 1, 0)
        while number < len(self._hidden) and self._hidden[number][0] < end:
            begin, stop = self._hidden[number]
            if stop > at:
                begin, stop = max(begin, at), min(stop, end)
                parts += [text[at:begin], COVER * (stop - begin)]
                at = stop
            number += 1
        return "".join((*parts, text[at:end]))

    def _settle(self) -> None:
        if not self._settled:
            self._hidden, self._settled = merged(self._hidden), True


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches in order, those that overlap made one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def overlaps(stretches: list[Stretch], start: int, end: int) -> bool:
    """Whether one of ``stretches``, sorted and apart, reaches into ``start`` to ``end``."""
    behind = bisect_right(stretches, (start, end))
    if behind and stretches[behind - 1][0] < end and start < stretches[behind - 1][1]:
        return True
    return behind < len(stretches) and stretches[behind][0] < end and start < stretches[behind][1]


def in_registry_text(text: str, start: int = 0, end: int | None = None) -> Iterator[Stretch]:
    """The secrets in lines of a .reg file, with all lines that their data runs on to.

    What regedit drops is looked at too: a name without quotes, a value in a comment, bytes behind a break.
    """
    secret = open_text = in_secret_key = False
    for found in _LINE.finditer(text, start, len(text) if end is None else end):
        line, at = found[0], found.start()
        first = line.lstrip(" \t")[:1]
        if open_text:
            # In a text over several lines nothing is a name, whatever the line begins with.
            yield found.span()
            open_text = not _closes(line)
            continue
        if first in _STARTS:
            value = _VALUE.match(line)
            name = value["name"] if value else ""
            secret = is_secret(name) if value else in_secret_key and first == "@"
            if first == "[":
                in_secret_key = is_secret(line.rstrip(" \t]").rpartition("\\")[2])
            elif secret:
                begin = line.find("=", value.end() - 1 if value else 0) + 1
                yield at + begin, found.end()
                data = line[begin:].strip()
                open_text = data.startswith('"') and not _closes(data[1:])
                continue
        elif secret and first:
            yield found.span()
            continue
        if first != "[" and not _VALUE.match(line):
            assigned = (each.end() for each in _ASSIGNED.finditer(line) if is_secret(each[1]))
            if begin := next(assigned, 0):
                yield at + begin, found.end()
        yield from ((at + each.start(), at + each.end()) for each in _LONG_HEX.finditer(line))


def registry_excerpt(text: str, start: int, end: int) -> str:
    """A line of a .reg file, each hidden character as `COVER`; the lines before tell what it goes on with."""
    line = text[start:end]
    if line.lstrip(" \t")[:1] in ('"', "["):
        return Redactor(in_registry_text(text, start, end)).excerpt(text, start, end)
    opened = start - LOOK_BACK
    lines = list(_LINE.finditer(text, max(opened, 0), start))
    wanted = "[" if line.lstrip(" \t").startswith("@") else _STARTS
    for before in reversed(lines):
        if before[0].lstrip(" \t")[:1] in wanted:
            opened = before.start()
            break
    else:
        if opened > 0:
            return COVER * len(line)
    return Redactor(in_registry_text(text, max(opened, 0), end)).excerpt(text, start, end)


def _closes(text: str) -> bool:
    """Whether a quote that no backslash escapes stands in the text."""
    text = re.sub(r"\\.", "", text)
    return '"' in text
