"""WMI objects as JSON: the AdminService's answers and what ConvertTo-Json writes.

The reader keeps the span of every value, and needs no recursion for any depth of nesting. An object that is
surely well formed, and has nothing in it to hide, is taken in one step: its inner values, and the spans of
its own, are found when they are asked for.
"""

from __future__ import annotations

import json
import re
from functools import cached_property, partial
from typing import Any, Final, NoReturn

from smslint.schema.export import Export
from smslint.schema.version import ProductVersion
from smslint.sources.limits import WMI_LEVELS
from smslint.sources.text import Document
from smslint.sources.wmi import dump as wmi
from smslint.sources.wmi import embedded
from smslint.sources.wmi.objects import (
    Array,
    BrokenError,
    Node,
    Object,
    Scalar,
    Tree,
    clean,
    number,
)
from smslint.sources.wmi.secrets import are_plain

CODE_PAGE: Final = "utf-8"

_BLANK = re.compile(r"[ \t\r\n\0\ufeff]*")
"""Where files were joined, a byte order mark may stand in the middle."""
_BEGINS = re.compile(r"[\s\ufeff]*[\[{]\s*(?:[\[{\]}\"]|null|\Z)")
"""A list or an object; qualifiers of MOF begin with a bracket too."""
_BARE = re.compile(r"[-+.\w]+", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: Final = {"true": True, "false": False, "null": None}
_STRINGS: Final = json.JSONDecoder(strict=False)
_ENVELOPE: Final = 2
"""Nodes that the objects of a dump stand in: a list, or the AdminService's answer and the list in it."""
_LONGEST_NUMBER: Final = 10**20


def recognises(head: str) -> bool:
    """Whether this begins as JSON that names something of WMI's view of a site."""
    return bool(_BEGINS.match(head)) and wmi.names_site_control(head)


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read what the dump says of its sites; what cannot be read becomes a defect."""
    return wmi.read(document, given, "wmi-json", embedded.reading(parse, embedded.IN_JSON))


def parse(document: Document, tree: Tree, *, in_one_step: bool = True) -> None:
    """Read the text into a tree. One value may follow another, as exports written in a loop have it.

    Without ``in_one_step`` every value is read on its own, to the same tree.
    """
    text = document.text
    _parse(text, 0, len(text), tree, _Decoder() if in_one_step else None)
    if not tree.at_root:
        raise BrokenError(
            "the file ends before its objects do: the rest is missing; export again",
            max(0, len(text) - 1),
            len(text),
            "truncated",
        )


def _parse(text: str, at: int, end: int, tree: Tree, decoder: _Decoder | None) -> None:
    complete = False  # a value stands before, so a comma or a bracket is due
    while (at := _end(_BLANK, text, at)) < end:
        char, top = text[at], tree.top
        if char == ("}" if isinstance(top, Object) else "]") and not tree.at_root:
            tree.close(at + 1)
            complete, at = True, at + 1
        elif char == "," and complete and not tree.at_root:
            complete, at = False, at + 1
        elif complete and not tree.at_root:
            raise _unexpected(text, at, "a comma or the closing bracket")
        elif char == "{" and decoder and tree.depth <= _ENVELOPE and (found := decoder.plain(text, at)):
            tree.add(found)
            tree.count_value(found, len(found.fields))
            complete, at = True, found.end
        else:
            name = ""
            if isinstance(top, Object):
                name, at = _name(text, at)
            at, complete = _value(text, at, tree, name)


class _Decoder:
    """Takes objects in one step."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._json = json.JSONDecoder(
            parse_float=_refuse, parse_constant=_refuse, strict=False, object_pairs_hook=_each_once
        )

    def plain(self, text: str, at: int) -> Object | None:
        """The object that begins at an offset; None where the reader has to look at its every value."""
        try:
            data, end = self._json.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        source = text[at:end].replace("\\\\", "/")
        if "\\" in source or source.count("{") + source.count("[") >= WMI_LEVELS - _ENVELOPE:
            return None
        new = set(source.split('"')[1::2]) - self._known
        if not are_plain(new):
            return None
        self._known |= new
        fields = _Outer(text, at, end).fields(data)
        return Object(at, end, fields=fields, complete=True, plain=True) if len(fields) == len(data) else None


class _Outer:
    """An object that was taken in one step, to be parsed if its inner values are asked for."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end

    @cached_property
    def _whole(self) -> Object:
        tree = Tree()
        _parse(self._text, self._start, self._end, tree, None)
        (whole,) = tree.root.members
        assert isinstance(whole, Object)  # noqa: S101 - it begins with a brace
        return whole

    def fields(self, data: dict[str, Any]) -> dict[str, Node]:
        """Its values by name. Of those that hold others all is left out, of the others only the span."""
        found: dict[str, Node] = {}
        for each, value in data.items():
            name = each.lower() if each.isascii() else clean(each).lower()
            make = partial(self._field, name)
            if isinstance(value, str):
                found[name] = Scalar.later(make, data=clean(value))
            elif isinstance(value, dict):
                found[name] = Object.later(make)
            elif isinstance(value, list):
                found[name] = Array.later(make)
            elif value is None or abs(value) < _LONGEST_NUMBER:
                found[name] = Scalar.later(make, data=value)
            else:
                found[name] = Scalar.later(make)
        return found

    def _field(self, name: str) -> Any:
        return self._whole.fields[name]


def _refuse(word: str) -> NoReturn:
    """Leave what JSON's own reader would change or should not take to the other."""
    raise ValueError(word)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs; where a name comes again, the other reader keeps what it overrides."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice")
    return found


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
