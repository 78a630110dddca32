"""Secrets in a dump of WMI objects: where accounts, passwords and keys stand, and lines without them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache, partial
from typing import Final

from smslint.schema.located import Span
from smslint.sources.secrets import (
    COVER,
    Redactor,
    hints_at_secret,
    is_secret,
    names_secret,
    uncovered,
)
from smslint.sources.text import Document
from smslint.sources.wmi.objects import Array, Node, Object, Scalar, every_node

LONG: Final = 4096
"""Characters of a value from which on it is a text of its own."""
_NAMES: Final = ("propertyname", "propertylistname", "name", "key")
_CIPHER = re.compile(r"[0-9A-Fa-f]{32,}")
_EMPTY = re.compile(r"\s*|[0-9]")
_WORD = re.compile(r"\w+")
_SHAPE_WORDS: Final = frozenset(
    (
        *("propertyname", "propertylistname", "value", "value1", "value2", "value3", "values", "count"),
        *(
            "componentname",
            "sitecode",
            "itemname",
            "itemtype",
            "filetype",
            "flag",
            "name",
            "props",
            "proplists",
        ),
        *(
            "instance",
            "of",
            "sms_sci_component",
            "sms_sci_address",
            "sms_embeddedproperty",
            "objs",
            "obj",
            "lst",
        ),
        *("system", "management", "managementbaseobject", "object", "null", "true", "false", "scfdata"),
    )
)
"""What may be shown of a line of which nobody can tell what is secret in it."""


def is_plain(text: str) -> bool:
    """Whether a text, be it a name or a value, can neither be nor announce anything that `secrets` finds."""
    return (
        len(text) <= LONG
        and not is_secret(text[:200])
        and not names_secret(text)
        and not text.startswith("@{")
        and text.lower() not in ("scfdata", "reserved2")
    )


def are_plain(texts: Collection[str]) -> bool:
    """Whether `is_plain` is true of all."""
    joined = "\n".join(texts)
    if len(joined) <= LONG and not hints_at_secret(joined) and "@{" not in joined:
        return "scfdata" not in joined.lower()
    return all(map(is_plain, texts))


def secrets(root: Node) -> tuple[list[Scalar], list[Scalar]]:
    """The values that are an account, a password or a key, and other text that no excerpt shows.

    The former are told by the name they stand under, the latter are whole texts in a single value, such as
    SCFData, in which secrets may stand.
    """
    found: list[Scalar] = []
    unshown: list[Scalar] = []
    taken: set[int] = set()

    def found_in(node: Node) -> None:
        """Take all values of a node, in whatever lists they stand; a number is not shown, and not counted."""
        waiting = [node]
        while waiting:
            each = waiting.pop()
            if id(each) in taken:
                continue
            taken.add(id(each))
            if not isinstance(each, Scalar):
                waiting += each.members if isinstance(each, Array) else (inner for _, inner in each.values())
            elif isinstance(each.data, str) and not _EMPTY.fullmatch(each.data):
                found.append(each)
            elif type(each.data) is int and each.data > 9:
                unshown.append(each)

    for node in every_node(root):
        if isinstance(node, Object):
            named = _named(node)
            everything = "reserved2" in node.fields
            for name, inner in node.values():
                if everything or is_secret(name[:200]) or (named and name.startswith("value")):
                    found_in(inner)
                elif name == "scfdata" and isinstance(inner, Scalar):
                    unshown.append(inner)
        elif isinstance(node, Array):
            for each in _taken_apart(node):
                found_in(each)
        elif isinstance(node.data, str):
            flattened = node.data.startswith("@{")
            if flattened or len(node.data) > LONG:
                unshown.append(node)
            if len(node.data) <= LONG and names_secret(node.data):
                found.append(node)
    return found, unshown


def _named(node: Object) -> bool:
    """Whether an object is a property whose name says that its values are secret."""
    if node.overridden is None:
        return any(name in node.fields and is_secret(node.text(name)[:200]) for name in _NAMES)
    names = (each.data for name, each in node.values() if name in _NAMES and isinstance(each, Scalar))
    return any(isinstance(name, str) and is_secret(name[:200]) for name in names)


def _taken_apart(node: Array) -> Iterator[Object]:
    """The secret values of a property that is a list of ``{"Name": "PropertyName", "Value": …}``."""
    parts = [(each.text("name").lower(), each) for each in node.members if isinstance(each, Object)]
    if any(name in _NAMES and is_secret(each.text("value")[:200]) for name, each in parts):
        yield from (each for name, each in parts if name.startswith("value"))


class Spans:
    """Spans whose excerpts hold no secret.

    ``unread`` tells that a part of the text was not understood: then nobody knows what is secret in it,
    and of every line only the words of the dump's own shape are shown.
    """

    def __init__(self, document: Document, masked: list[Scalar], *, unread: bool) -> None:
        """Take the values that no excerpt may show."""
        self.document = document
        self._redactor = Redactor((node.start, node.end) for node in masked)
        self._unread = unread
        # Excerpts of one long line are one object, however many values are read from it.
        self._excerpt = lru_cache(maxsize=16)(partial(document.excerpt, masked=self._covered))

    def span(self, start: int, end: int) -> Span:
        """The span of a stretch of text."""
        start = min(start, len(self.document.text))
        end = min(max(end, start), len(self.document.text))
        return self.document.span(start, end, self._excerpt)

    def display(self, start: int, end: int) -> str:
        """A stretch of text as messages quote it."""
        return uncovered(_CIPHER.sub(_cover, self._redactor.excerpt(self.document.text, start, end)))

    def _covered(self, first: int, end: int) -> str:
        line = _CIPHER.sub(_cover, self._redactor.excerpt(self.document.text, first, end))
        if self._unread:
            line = _WORD.sub(lambda word: word[0] if word[0].lower() in _SHAPE_WORDS else _cover(word), line)
        return line


def _cover(found: re.Match[str]) -> str:
    return COVER * len(found[0])
