"""MOF text inside single values: how some cmdlets and dumps spell the embedded objects of WMI.

The text becomes the objects it spells, each value of them with its own span in the input.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from smslint.sources.limits import WMI_TEXT_CHARACTERS, WMI_TEXTS
from smslint.sources.text import Document
from smslint.sources.wmi import mof_text
from smslint.sources.wmi.objects import Array, BrokenError, Node, Object, Scalar, Tree, every_node

IN_JSON: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|."
IN_CLIXML: Final = r"_x[0-9A-Fa-f]{4}_|&[^;\s]{1,10};|\r\n|."
IN_CSV: Final = r'""|.'
"""What spells one character within a value of that syntax."""

_SPELLS = re.compile(r"instance\s+of\s", re.IGNORECASE)


def reading(parse: Callable[[Document, Tree], None], character: str) -> Callable[[Document, Tree], None]:
    """``parse``, and then the objects in place of the MOF text; ``character`` is what spells one."""

    def parse_all(document: Document, tree: Tree) -> None:
        try:
            parse(document, tree)
        finally:
            if _spell(document.text):
                _unfold(document.text, tree, re.compile(character, re.DOTALL))

    return parse_all


def _spell(text: str) -> bool:
    """Whether any value of a text may spell an object."""
    # Of most texts the lower case tells that none does, in a twentieth of the time.
    return (not text.isascii() or "instance" in text.lower()) and bool(_SPELLS.search(text))


def _unfold(text: str, tree: Tree, character: re.Pattern[str]) -> None:
    left = WMI_TEXTS
    for node in every_node(tree.root):
        if isinstance(node, Array) and any(map(_spells, node.members)):
            read = [each for member in node.members[:left] for each in _read(text, member, tree, character)]
            left -= len(node.members)
            node.members = read if left >= 0 else [*read, *node.members[left:]]
        elif isinstance(node, Object):
            for name, inner in node.fields.items():
                if _spells(inner) and left > 0:
                    left -= 1
                    read = list(_read(text, inner, tree, character))
                    whole = Array(inner.start, inner.end, read, complete=True)
                    node.fields[name] = read[0] if len(read) == 1 else whole
        if left <= 0:
            return


def _spells(node: Node) -> bool:
    """Whether a value is text that may spell an object."""
    return isinstance(node, Scalar) and isinstance(node.data, str) and mof_text.spells_instance(node.data)


def _read(text: str, node: Node, tree: Tree, character: re.Pattern[str]) -> Iterator[Node]:
    """The objects that a value spells; the value itself where it spells none."""
    inner = Tree()
    inner.count = tree.count
    if not isinstance(node, Scalar) or not isinstance(node.data, str) or not _spells(node):
        yield node
        return
    try:
        mof_text.parse(node.data, inner)
    except BrokenError:  # what is cut or no MOF stays the text it is, of which the loss is told
        yield node
        return
    tree.count = inner.count
    offsets = _offsets(text, node, node.data, character)
    for each in every_node(inner.root):
        each.start, each.end = (offsets[each.start], offsets[each.end]) if offsets else (node.start, node.end)
    yield from inner.root.members


def _offsets(text: str, node: Scalar, data: str, character: re.Pattern[str]) -> Sequence[int]:
    """Where each character of a value stands, and its end; nothing where that cannot be told."""
    if len(data) > WMI_TEXT_CHARACTERS:
        return ()
    quoted = text.startswith('"', node.start)
    begin, end = node.start + quoted, node.end - quoted
    offsets = array("I", (each.start() for each in character.finditer(text, begin, end)))
    offsets.append(end)
    return offsets if len(offsets) == len(data) + 1 else ()
