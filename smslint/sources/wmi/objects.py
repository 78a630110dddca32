"""WMI objects as text spells them: the tree that JSON, CliXml, MOF and CSV are all read into.

Every node knows where it stands in the text. Names are kept in lower case, as WMI compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from smslint.schema.export import DefectKind
from smslint.schema.located import Lazy
from smslint.sources.limits import WMI_LEVELS, WMI_VALUES


@dataclass(slots=True)
class Scalar(Lazy):
    """A single value. ``data`` is None for null."""

    data: str | int | bool | None
    start: int
    end: int


@dataclass(slots=True)
class Array(Lazy):
    """Values in a row. ``complete`` is False while, or because, its end was not found."""

    start: int
    end: int = -1
    members: list[Node] = field(default_factory=list)
    complete: bool = False


@dataclass(slots=True)
class Object(Lazy):
    """Values by name. ``kind`` is its WMI class, empty where the syntax does not tell.

    ``plain`` is one of which a look at all its text has told that no secret is in it.
    """

    start: int
    end: int = -1
    kind: str = ""
    fields: dict[str, Node] = field(default_factory=dict)
    complete: bool = False
    plain: bool = field(default=False, compare=False)
    overridden: list[tuple[str, Node]] | None = None
    """Values behind which another of their name came, which holds."""

    def values(self) -> Iterator[tuple[str, Node]]:
        """All values that stand in it, by name, those that do not hold too."""
        yield from self.fields.items()
        yield from self.overridden or ()

    def text(self, name: str) -> str:
        """The text of a field; empty where there is none."""
        found = self.fields.get(name)
        return found.data if isinstance(found, Scalar) and isinstance(found.data, str) else ""


Node: TypeAlias = Scalar | Array | Object


class BrokenError(Exception):
    """The text does not follow its syntax; what stands after ``start`` is not read."""

    def __init__(self, text: str, start: int, end: int, kind: DefectKind = "malformed") -> None:
        """Say what was found and what was expected, and where."""
        super().__init__(text)
        self.text, self.start, self.end, self.kind = text, start, end, kind

    @classmethod
    def unclosed(cls, at: int) -> BrokenError:
        """A text in quotes that begins ``at`` an offset and does not end."""
        text = "the file ends inside this text, which has no closing quote; export again"
        return cls(text, at, at + 1, "truncated")

    @classmethod
    def unexpected(cls, text: str, at: int, expected: str, syntax: str) -> BrokenError:
        """What stands ``at`` an offset of ``text`` is not what the syntax has there; or the text ends."""
        if at < len(text) and not _LAST_WORD.match(text, at):
            message = f"this is no {syntax}: expected {expected} here; what follows is not read"
            return cls(message, at, at + 1)
        message = f"the file ends where {expected} should stand; export again"
        return cls(message, len(text) - 1, len(text), "truncated")


class Tree:
    """A tree as it grows. Each node hangs in it from its beginning, so a cut end loses only what it cuts."""

    def __init__(self) -> None:
        """Start with an empty root, which takes the objects of the input."""
        self.root = Array(0)
        self.count = 0
        self._open: list[Array | Object] = [self.root]

    @property
    def top(self) -> Array | Object:
        """The innermost node that is still open."""
        return self._open[-1]

    @property
    def at_root(self) -> bool:
        """Whether everything that was opened is closed again."""
        return self.depth == 0

    @property
    def depth(self) -> int:
        """How many nodes are open."""
        return len(self._open) - 1

    def count_value(self, node: Node, size: int = 1) -> None:
        """Count what is read, up to the limit."""
        self.count += size
        if self.count > WMI_VALUES:
            raise BrokenError(
                f"the file holds more than {WMI_VALUES:,} values, which is as many as smslint reads: "
                "export SMS_SCI_Component and SMS_SCI_Address alone, each to its own file, or in parts",
                node.start,
                node.start + 1,
            )

    def add(self, node: Node, name: str = "") -> None:
        """Hang a node into the innermost open one. Of fields with one name the last holds."""
        self.count_value(node)
        top = self.top
        if isinstance(top, Array):
            top.members.append(node)
        else:
            name = name.lower()
            if name in top.fields:
                top.overridden = top.overridden or []
                top.overridden.append((name, top.fields[name]))
            top.fields[name] = node

    def open(self, node: Array | Object, name: str = "") -> None:
        """Hang a node in and let the following ones go into it."""
        if len(self._open) > WMI_LEVELS:
            raise BrokenError(
                f"values are nested deeper than {WMI_LEVELS} levels, as no dump of a site is: export again",
                node.start,
                node.start + 1,
            )
        self.add(node, name)
        self._open.append(node)

    def close(self, end: int) -> Array | Object:
        """End the innermost open node."""
        node = self._open.pop()
        node.end, node.complete = end, True
        return node


def members(node: Node | None) -> Sequence[Node]:
    """The values of a list, in any of the shapes PowerShell gives it.

    An array, ``{"value": [...], "Count": n}``, a lone value that stands for a list of one, or null.
    """
    while isinstance(node, Object) and isinstance(inner := node.fields.get("value"), Array):
        node = inner
    if isinstance(node, Array):
        return node.members
    if node is None or (isinstance(node, Scalar) and node.data in (None, "")):
        return ()
    return (node,)


def outermost_objects(root: Array) -> Iterator[Object]:
    """The complete objects that are not part of another, each once, lists around them left out."""
    waiting: list[Node] = [root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Array):
            waiting += reversed(node.members)
        elif isinstance(node, Object) and isinstance(inner := node.fields.get("value"), Array):
            waiting.append(inner)
        elif isinstance(node, Object) and node.complete:
            yield node


def every_node(root: Node) -> Iterator[Node]:
    """All nodes of a tree that are not within a plain object, each once."""
    waiting: list[Node] = [root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, Object) and node.plain:
            continue
        yield node
        if not isinstance(node, Scalar) and id(node) not in seen:
            seen.add(id(node))
            waiting += node.members if isinstance(node, Array) else (inner for _, inner in node.values())


_LAST_WORD = re.compile(r"[\w.+-]*\s*\Z", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,20}", re.ASCII)


def clean(text: str) -> str:
    """The text as the schema may hold it: ``?``, one for one, for half characters and undecodable bytes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def number(text: str) -> str | int:
    """The whole number that text spells; any other text as it is."""
    return int(text) if _NUMBER.fullmatch(text) else text
