"""The grammar of MOF text, wherever it stands: in a file of its own, or inside a value of another dump."""

from __future__ import annotations

import re
from typing import Final

from smslint.sources.limits import MOF_PIECES, WMI_ESCAPES
from smslint.sources.wmi.objects import Array, BrokenError, Object, Scalar, Tree, clean, number

_HEAD = re.compile(r"(?:^|[\r\n/\]])[ \t\ufeff]*instance[ \t]+of[ \t]+SMS_\w+", re.IGNORECASE | re.ASCII)
# Qualifiers stand in brackets before what they qualify; no value begins with one.
_PASSED_OVER = re.compile(
    r"[\s,;\0\ufeff]+|//[^\r\n]*|#pragma[^\r\n]*|/\*.*?\*/"
    r"|\[[^\]\"]*(?:\"[^\"\\]*(?:\\.[^\"\\]*){0,999}\"[^\]\"]*){0,99}\]",
    re.IGNORECASE | re.DOTALL,
)
_INSTANCE = re.compile(r"instance\s+of\s+(\w+)(?:\s+as\s+\$\w+)?\s*\{", re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"([A-Z_]\w*)\s*=\s*", re.IGNORECASE | re.ASCII)
_BARE = re.compile(r"[-+$.\w]+|'(?:\\.|[^'\\])[^'\r\n]{0,8}'", re.ASCII)
_BLANK = re.compile(r"\s*")
# In steps, because the engine keeps something for every round of a repeated group.
_IN_STRING = re.compile(r'(?:[^"\\]+|\\.){1,4000}', re.DOTALL)
_BY_NUMBER = re.compile(r"\\x([0-9A-F]{1,4})", re.IGNORECASE)
_WORDS: Final = {"true": True, "false": False, "null": None}


def spells_instance(text: str) -> bool:
    """Whether an instance of an SMS class stands in a text, at the beginning of a line."""
    return bool(_HEAD.search(text))


def parse(text: str, tree: Tree) -> None:
    """Read MOF text into a tree. Commas and semicolons are not asked for: the brackets tell enough."""
    at = 0
    while at < len(text):
        if passed := _PASSED_OVER.match(text, at):
            at = passed.end()
            continue
        name = ""
        if text[at] == "}" and not tree.at_root:
            tree.close(at + 1)
            at += 1
            continue
        if isinstance(tree.top, Object):
            named = _NAME.match(text, at)
            if not named:
                raise _unexpected(text, at, "`Name = value;` or `}`")
            name, at = named[1], named.end()
        at = _value(text, at, tree, name)
    if not tree.at_root:
        raise BrokenError(
            "the file ends before its instances do: the rest is missing; export again",
            max(0, len(text) - 1),
            len(text),
            "truncated",
        )


def _value(text: str, at: int, tree: Tree, name: str) -> int:
    if instance := _INSTANCE.match(text, at):
        tree.open(Object(at, kind=instance[1]), name)
        return instance.end()
    if tree.at_root:
        raise _unexpected(text, at, "`instance of`")
    char = text[at : at + 1]
    if char == "{":
        tree.open(Array(at), name)
        return at + 1
    if char == '"':
        data, end = _string(text, at)
        tree.add(Scalar(clean(data), at, end), name)
        return end
    bare = _BARE.match(text, at)
    if not bare:
        raise _unexpected(text, at, "a value")
    word = bare[0].lower()
    tree.add(Scalar(_WORDS[word] if word in _WORDS else number(bare[0][:100]), at, bare.end()), name)
    return bare.end()


def _string(text: str, at: int) -> tuple[str, int]:
    """The text of a string and where it ends; strings that follow each other are one."""
    parts: list[str] = []
    while text.startswith('"', at):
        if len(parts) > MOF_PIECES:
            raise _unexpected(text, at, "the end of this text, after so many pieces,")
        end = at + 1
        while inner := _IN_STRING.match(text, end):
            end = inner.end()
        if not text.startswith('"', end):
            raise BrokenError.unclosed(at)
        parts.append(_unescaped(text[at + 1 : end]))
        last = end + 1
        blank = _BLANK.match(text, last)
        at = blank.end() if blank else last
    return "".join(parts), last


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return "\\".join(map(_without_escapes, text.split("\\\\")))


def _without_escapes(text: str) -> str:
    for escape, char in (('\\"', '"'), ("\\'", "'"), ("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t")):
        text = text.replace(escape, char)
    return _BY_NUMBER.sub(lambda found: chr(int(found[1], 16)), text, count=WMI_ESCAPES)


def _unexpected(text: str, at: int, expected: str) -> BrokenError:
    return BrokenError.unexpected(text, at, expected, "MOF text")
