"""WMI objects as JSON: the AdminService's answers and what ConvertTo-Json writes.

The reader keeps the place of every value, and needs no recursion for any depth of nesting.
"""

from __future__ import annotations

import json
import re
from typing import Final

from smslint.schema.export import Export
from smslint.schema.version import ProductVersion
from smslint.sources.text import Document
from smslint.sources.wmi import dump as wmi
from smslint.sources.wmi.objects import Array, BrokenError, Object, Scalar, Tree, clean, number

CODE_PAGE: Final = "utf-8"

_BLANK = re.compile(r"[ \t\r\n\0]*")
_BARE = re.compile(r"[-+.\w]+", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: Final = {"true": True, "false": False, "null": None}
_STRINGS: Final = json.JSONDecoder(strict=False)


def recognises(head: str) -> bool:
    """Whether this begins as JSON that names something of WMI's view of a site."""
    return head.lstrip()[:1] in ("[", "{") and wmi.names_site_control(head)


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read what the dump says of its sites; what cannot be read becomes a defect."""
    return wmi.read(document, given, "wmi-json", grow)


def grow(document: Document, tree: Tree) -> None:
    """Read the text into a tree. One value may follow another, as exports written in a loop have it."""
    text, at = document.text, 0
    complete = False  # a value stands before, so a comma or a bracket is due
    while (at := _end(_BLANK, text, at)) < len(text):
        char, top = text[at], tree.top
        if char == ("}" if isinstance(top, Object) else "]") and not tree.at_root:
            tree.close(at + 1)
            complete, at = True, at + 1
        elif char == "," and complete and not tree.at_root:
            complete, at = False, at + 1
        elif complete and not tree.at_root:
            raise _unexpected(text, at, "a comma or the closing bracket")
        else:
            name = ""
            if isinstance(top, Object):
                name, at = _name(text, at)
            at, complete = _value(text, at, tree, name)
    if not tree.at_root:
        raise BrokenError(
            "the file ends before its objects do: the rest is missing; export again",
            max(0, len(text) - 1),
            len(text),
            "truncated",
        )


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _name(text: str, at: int) -> tuple[str, int]:
    if text[at] != '"':
        raise _unexpected(text, at, "a name in quotes")
    name, at = _string(text, at)
    at = _end(_BLANK, text, at)
    if not text.startswith(":", at):
        raise _unexpected(text, at, "a colon after the name")
    return name, _end(_BLANK, text, at + 1)


def _string(text: str, at: int) -> tuple[str, int]:
    try:
        value, end = _STRINGS.raw_decode(text, at)
    except json.JSONDecodeError as error:
        if error.msg.startswith("Unterminated") or error.pos >= len(text):
            raise BrokenError.unclosed(at) from None
        raise _unexpected(text, error.pos, "text with JSON's own escapes (\\\\ for a backslash)") from None
    return clean(str(value)), end


def _value(text: str, at: int, tree: Tree, name: str) -> tuple[int, bool]:
    """Read one value, or the opening of one; return where it ends, and whether it is complete."""
    char = text[at : at + 1]
    if char == "{":
        tree.open(Object(at), name)
        return at + 1, False
    if char == "[":
        tree.open(Array(at), name)
        return at + 1, False
    data: str | int | bool | None
    if char == '"':
        data, end = _string(text, at)
    else:
        end = _end(_BARE, text, at)
        word = text[at:end]
        if word in _WORDS:
            data = _WORDS[word]
        elif _NUMBER.fullmatch(word):
            data = number(word[:100])
        else:
            raise _unexpected(text, at, "a value")
    tree.add(Scalar(data, at, end), name)
    return end, True


def _unexpected(text: str, at: int, expected: str) -> BrokenError:
    return BrokenError.unexpected(text, at, expected, "JSON")
