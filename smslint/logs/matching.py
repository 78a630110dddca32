"""Which signature a message is: by the beginning of its literals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from smslint.logs.literal import compiled, head
from smslint.logs.signatures import SIGNATURES, Signature

_KEY: Final = 4

Literals = tuple[tuple[Signature, str], ...]


def _indexed() -> tuple[dict[str, Literals], Literals]:
    by_key: dict[str, list[tuple[Signature, str]]] = defaultdict(list)
    open_ended = []
    for signature in SIGNATURES:
        for literal in signature.literals:
            if literal.startswith("<"):
                open_ended.append((signature, literal))
            else:
                by_key[literal.replace(" ", "")[:_KEY]].append((signature, literal))
    return {key: tuple(found) for key, found in by_key.items()}, tuple(open_ended)


_BY_KEY, _OPEN_ENDED = _indexed()
_INNER: Final = tuple((signature, literal, literal.partition(">")[2]) for signature, literal in _OPEN_ENDED)

MARKS: Final = tuple(mark for _, _, mark in _INNER)
"""Texts within a message that make it worth matching, whatever it begins with."""

HEADS: Final = "|".join(sorted({head(literal) for found in _BY_KEY.values() for _, literal in found}))
"""The expression for the beginnings of all literals, in an unfolded line."""

STARTS: Final = "|".join(sorted({head(literal, 8) for found in _BY_KEY.values() for _, literal in found}))
"""The same for as few characters as a narrow window leaves on a line."""

FIRST: Final = frozenset(key[0] for key in _BY_KEY)
"""The characters that literals begin with."""


@lru_cache(maxsize=512)
def candidates(message: str, *, loose: bool = False) -> Sequence[tuple[Signature, re.Match[str]]]:
    """The signatures whose literals a folded message begins with; ``loose`` where it may be wrapped."""
    key = message[:_KEY]
    if " " in key:
        key = message[: 3 * _KEY].replace(" ", "")[:_KEY]
    found = []
    for signature, literal in _BY_KEY.get(key, ()):
        if match := compiled(literal, loose=loose).match(message):
            found.append((signature, match))
    for signature, literal, mark in _INNER:
        if mark in message and (match := compiled(literal, loose=loose).match(message)):
            found.append((signature, match))
    return found
