"""Secrets in a dump of WMI objects: where accounts, passwords and keys stand, and lines without them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from smslint.schema.located import Span
from smslint.sources.text import Document
from smslint.sources.wmi_objects import Array, Node, Object, Scalar, every_node

SECRET_NAME: Final = re.compile(
    r"account|password|passwd|pwd|login|logon|credential|secret|user ?names?$|reserved2"
    r"|(?:public|exchange) ?key",
    re.IGNORECASE,
)
LONG: Final = 4096
"""Characters of a value from which on it is a text of its own."""
_NAMES: Final = ("propertyname", "propertylistname", "name", "key")
_ASSIGNED = re.compile(rf"(?:{SECRET_NAME.pattern})[^=;]{{0,40}}=", re.IGNORECASE)
CIPHER = re.compile(r"[0-9A-Fa-f]{32,}")
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


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    return bool(SECRET_NAME.search(name))


def secrets(root: Node) -> tuple[list[Scalar], list[Scalar]]:
    """The values that are an account, a password or a key, and other text that no excerpt shows.

    The former are told by the name they stand under, the latter are whole texts in a single value, such as
    SCFData, in which secrets may stand.
    """
    found: list[Scalar] = []
    unshown: list[Scalar] = []
    for node in every_node(root):
        if isinstance(node, Object):
            fields = node.fields
            named = any(name in fields and _is_secret(node.text(name)[:200]) for name in _NAMES)
            everything = "reserved2" in fields
            for name, inner in fields.items():
                if everything or _is_secret(name[:200]) or (named and name.startswith("value")):
                    found += _filled(inner)
                elif name == "scfdata" and isinstance(inner, Scalar):
                    unshown.append(inner)
        elif isinstance(node, Scalar) and isinstance(node.data, str):
            flattened = node.data.startswith("@{")
            if flattened or len(node.data) > LONG:
                unshown.append(node)
            if len(node.data) <= LONG and _is_told(node.data, flattened):
                found.append(node)
    return found, unshown


def _is_told(text: str, flattened: bool) -> bool:
    """Whether text that stands for a whole property, as ``Name = value`` or ``@{...}``, names a secret."""
    return bool(SECRET_NAME.search(text) if flattened else "=" in text and _ASSIGNED.search(text))


def _filled(node: Node) -> Iterator[Scalar]:
    for member in node.members if isinstance(node, Array) else (node,):
        if isinstance(member, Scalar) and isinstance(member.data, str) and not _EMPTY.fullmatch(member.data):
            yield member


class Places:
    """Spans whose excerpts hold no secret.

    ``unread`` tells that a part of the text was not understood: then nobody knows what is secret in it,
    and of every line only the words of the dump's own shape are shown.
    """

    def __init__(self, document: Document, masked: list[Scalar], *, unread: bool) -> None:
        """Take the values that no excerpt may show."""
        self.document = document
        self._ranges = sorted({(node.start, node.end) for node in masked})
        self._ends = [end for _, end in self._ranges]
        self._unread = unread
        # Excerpts of one long line are one object, however many values are read from it.
        self._excerpt = lru_cache(maxsize=16)(partial(document.excerpt, masked=self._masked))

    def span(self, start: int, end: int) -> Span:
        """The place of a stretch of text."""
        start = min(start, len(self.document.text))
        end = min(max(end, start), len(self.document.text))
        return self.document.span(start, end, excerpt=self._excerpt(*self.document.window(start)))

    def _masked(self, first: int, end: int) -> str:
        line = CIPHER.sub(_stars, self.document.text[first:end])
        if self._unread:
            line = _WORD.sub(lambda word: word[0] if word[0].lower() in _SHAPE_WORDS else _stars(word), line)
        at = bisect_right(self._ends, first)
        while at < len(self._ranges) and self._ranges[at][0] < first + len(line):
            left = max(self._ranges[at][0] - first, 0)
            right = min(self._ranges[at][1] - first, len(line))
            line = line[:left] + "*" * (right - left) + line[right:]
            at += 1
        return line


def _stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])
