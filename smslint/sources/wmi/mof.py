"""WMI objects as MOF text: what wbemtest, mofcomp and ``GetObjectText_`` write."""

from __future__ import annotations

from typing import Final

from smslint.schema.export import Export
from smslint.schema.version import ProductVersion
from smslint.sources.text import Document
from smslint.sources.wmi import dump as wmi
from smslint.sources.wmi import mof_text
from smslint.sources.wmi.objects import Tree

CODE_PAGE: Final = "utf-8"


def recognises(head: str) -> bool:
    """Whether an instance of an SMS class stands at the beginning."""
    return mof_text.spells_instance(head)


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read what the dump says of its sites; what cannot be read becomes a defect."""
    return wmi.read(document, given, "wmi-mof", parse)


def parse(document: Document, tree: Tree) -> None:
    """Read the text into a tree."""
    mof_text.parse(document.text, tree)
