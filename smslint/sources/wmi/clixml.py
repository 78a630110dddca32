"""WMI objects as CliXml, which Export-Clixml writes.

defusedxml refuses documents that declare entities or refer to others, before anything is expanded.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from smslint.schema.export import Export
from smslint.schema.version import ProductVersion
from smslint.sources.limits import CLIXML_DOCUMENTS, CLIXML_TAG_CHARACTERS, WMI_ESCAPES, WMI_LEVELS
from smslint.sources.text import Document
from smslint.sources.wmi import dump as wmi
from smslint.sources.wmi import embedded
from smslint.sources.wmi.objects import (
    Array,
    BrokenError,
    Object,
    Scalar,
    Tree,
    clean,
)

CODE_PAGE: Final = "utf-8"

_OBJECTS: Final = {"Obj", "En"}
_LISTS: Final = {"LST", "IE", "STK", "QUE", "DCT"}
_AROUND: Final = {"Objs", "Props", "MS", "TN"}
_TYPE_NAMES: Final = {"T", "ToString"}
_CUT: Final = {"no element found", "unclosed token", "unclosed CDATA section", "partial character"}
_CLASS = re.compile(r"[#\\/](SMS_\w+)$", re.ASCII)
_START_TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*){0,50}>""")
_BY_NUMBER = re.compile(r"_x([0-9A-Fa-f]{4})_")
_JOINT = re.compile(r"</Objs>(?P<between>[\s\ufeff]*)(?=<Objs[\s>/]|<\?xml\s)")
_PORTION: Final = 1 << 18


def recognises(head: str) -> bool:
    """Whether the first tag is CliXml's."""
    return head.lstrip()[:1] == "<" and bool(re.search(r"<Objs[\s>/]", head))


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read what the dump says of its sites; what cannot be read becomes a defect."""
    return wmi.read(document, given, "wmi-clixml", embedded.reading(parse, embedded.IN_CLIXML))


def parse(document: Document, tree: Tree) -> None:
    """Read the text into a tree."""
    begin = 0
    for joint in islice(_JOINT.finditer(document.text), CLIXML_DOCUMENTS):
        _parse_document(document, tree, begin, joint.start("between"))
        begin = joint.end("between")
    _parse_document(document, tree, begin, len(document.text))


def _parse_document(document: Document, tree: Tree, begin: int, end: int) -> None:
    """Read one XML document, of several that may have been joined into the file."""
    parser = DefusedExpatParser(forbid_dtd=True)
    first = (begin, document.line_at(begin)[0])
    reader = _Reader(document, tree, parser, first)
    parser.setContentHandler(reader)
    text = document.text
    try:
        for start in range(begin, end, _PORTION):
            parser.feed(clean(text[start : min(start + _PORTION, end)]))
            if start - reader.offset > CLIXML_TAG_CHARACTERS:
                raise BrokenError(
                    "a single tag is longer than a million characters; what follows is not read",
                    reader.offset,
                    reader.offset + 1,
                )
        parser.close()
    except DefusedXmlException:
        raise BrokenError(
            "the XML declares a document type or entities, which no export of PowerShell does, so smslint "
            "refuses it: export again with Export-Clixml",
            reader.offset,
            reader.offset + 1,
        ) from None
    except SAXParseException as error:
        raise _broken(document, error, first) from None


def _broken(document: Document, error: SAXParseException, first: tuple[int, int]) -> BrokenError:
    at = _index(document, first, error.getLineNumber(), error.getColumnNumber())
    if at >= len(document.text.rstrip()) or error.getMessage() in _CUT:
        return BrokenError(
            "the file ends before its tags do: the rest is missing; export again", at, at + 1, "truncated"
        )
    return BrokenError(
        f"this is no XML ({error.getMessage()}); what follows is not read: export again", at, at + 1
    )


def _index(document: Document, first: tuple[int, int], line: int | None, column: int | None) -> int:
    """The character at a line and a column of an XML document, of which ``first`` is where it begins.

    That is the first character's offset and line, counted from 0.
    """
    further = max(line or 1, 1) - 1
    if not further:
        return first[0] + (column or 0)
    starts = document.line_starts
    return starts[min(first[1] + further, len(starts) - 1)] + (column or 0)


class _Reader(ContentHandler):
    """What the parser reports, made into the tree."""

    def __init__(self, document: Document, tree: Tree, parser: Locator, first: tuple[int, int]) -> None:
        super().__init__()
        self.document, self.tree, self.locator, self.first = document, tree, parser, first
        self.depth = 0
        self.text: list[str] = []
        self.leaf: tuple[int, int, str] | None = None
        self.sizes: list[tuple[str, int]] = []
        self.known: dict[str, tuple[Array | Object, int]] = {}
        self.kinds: dict[str, str] = {}
        self.type_names = ""

    @property
    def offset(self) -> int:
        """Where in the text the parser stands: at the beginning of the tag it reports."""
        line, column = self.locator.getLineNumber(), self.locator.getColumnNumber()
        return _index(self.document, self.first, line, column)

    def startElement(self, tag: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        offset = self.offset
        self.depth += 1
        if self.depth > 3 * WMI_LEVELS:
            raise BrokenError(
                "tags are nested deeper than in any export of PowerShell: export again", offset, offset + 1
            )
        name, reference = attrs.get("N", ""), attrs.get("RefId", "")
        self.leaf = None
        if tag in _OBJECTS:
            self.sizes.append((reference, self.tree.count))
            self.tree.open(Object(offset), name)
        elif tag in _LISTS:
            self.tree.open(Array(offset), "value")
        elif tag == "Ref":
            self.repeat(name, reference, offset)
        elif tag in _AROUND or tag == "TNRef":
            self.tree.count_value(Scalar(None, offset, offset + 1))
            self.type_names = reference
            if tag == "TNRef" and isinstance(self.tree.top, Object):
                self.tree.top.kind = self.kinds.get(reference, "")
        else:
            opening = _START_TAG.match(self.document.text, offset)
            self.leaf = (offset, opening.end() if opening else offset, name)
            self.text = []

    def characters(self, content: str) -> None:
        if self.leaf:
            self.text.append(content)

    def endElement(self, tag: str) -> None:  # noqa: N802
        self.depth -= 1
        if tag in _OBJECTS:
            node = self.tree.close(self.offset)
            reference, before = self.sizes.pop()
            if reference:
                self.known[reference] = (node, self.tree.count - before)
        elif tag in _LISTS:
            self.tree.close(self.offset)
        elif self.leaf:
            self.finish(tag, *self.leaf)
        self.leaf = None

    def finish(self, tag: str, opening: int, start: int, name: str) -> None:
        """Take a tag that holds a single value. What is empty stands where its tag does."""
        end = self.offset
        text = "".join(self.text)
        if tag in _TYPE_NAMES:
            self.tree.count_value(Scalar(None, opening, end))
            found = _CLASS.search(text) if tag == "T" else None
            if found and isinstance(self.tree.top, Object) and not self.tree.top.kind:
                self.tree.top.kind = self.kinds[self.type_names] = found[1]
            return
        data: str | bool | None = clean(
            _BY_NUMBER.sub(lambda code: chr(int(code[1], 16)), text, count=WMI_ESCAPES)
        )
        if tag == "Nil":
            data = None
        elif tag == "B" and text in ("true", "false"):
            data = text == "true"
        self.tree.add(Scalar(data, start if text else opening, end), name)

    def repeat(self, name: str, reference: str, offset: int) -> None:
        """Hang in once more what was read before. It counts in full, so that no bomb can be built of it."""
        if reference in self.known:
            node, size = self.known[reference]
            self.tree.count_value(node, size)
            self.tree.add(node, name)
        else:
            self.tree.add(Scalar(None, offset, offset + 1), name)
