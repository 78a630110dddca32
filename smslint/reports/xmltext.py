"""XML that every console, pipe and parser takes, whatever an input held."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from smslint.reports.style import printable


def element(tag: str, parent: Element | None = None, **attributes: str | int | None) -> Element:
    """An element, below its parent if it has one; an attribute that is None is left out.

    What XML 1.0 forbids is spelled out, as is everything else that is not printable.
    """
    texts = {name: printable(str(value)) for name, value in attributes.items() if value is not None}
    return Element(tag, texts) if parent is None else ElementTree.SubElement(parent, tag, texts)


def document(root: Element) -> str:
    """The whole document; what is not ASCII stands as character references."""
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="us-ascii").decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'
