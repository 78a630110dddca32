"""PowerShell's grammar: what it cannot parse of a script, and the words of one. No PowerShell runs here."""

from __future__ import annotations

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser


def nodes(script: str) -> list[Node]:
    """Every node of a script's tree."""
    return _below(Parser(Language(tree_sitter_powershell.language())).parse(script.encode()).root_node)


def _below(node: Node) -> list[Node]:
    return [node, *(below for child in node.children for below in _below(child))]


def texts(script: str, kind: str) -> list[str]:
    """The text of every node of a kind, in their order."""
    return [(each.text or b"").decode() for each in nodes(script) if each.type == kind]


def errors(script: str) -> list[str]:
    """What the grammar cannot parse."""
    return [str(each) for each in nodes(script) if each.is_error or each.is_missing]


def strings(script: str) -> list[str]:
    """The single-quoted strings of a script."""
    return texts(script, "verbatim_string_characters")
