"""What Format-List and Format-Table print of WMI objects: recognised, so that its loss can be told.

Such text is for reading, not for checking: the embedded objects stand in it as names of their types.
"""

from __future__ import annotations

import re
from typing import Final

from smslint.schema.export import Defect, Export
from smslint.schema.version import ProductVersion
from smslint.sources.commands import ADDRESS, COMPONENT, command
from smslint.sources.limits import WMI_LISTING_BYTES
from smslint.sources.reading import resolve_product
from smslint.sources.text import Document
from smslint.sources.wmi.secrets import Spans

CODE_PAGE: Final = "utf-8"

_FIELD = re.compile(
    r"^[ \t]*(?:__CLASS|ComponentName|DesSiteCode|ItemName|Props|PropLists|UsageSchedule|SCFData)[ \t]*: ",
    re.IGNORECASE | re.MULTILINE,
)
_EMBEDDED = re.compile(
    r"\{(?:System\.Management\.ManagementBaseObject|SMS_Embedded\w+|SMS_SiteControlDaySchedule)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^[ \t]*DesSiteCode[ \t]*:|SMS_SCI_Address", re.IGNORECASE | re.MULTILINE)


def recognises(head: str) -> bool:
    """Whether fields of such an object, or shortened embedded objects, stand in lines of their own."""
    return bool(_FIELD.search(head) or _EMBEDDED.search(head))


def read(document: Document, given: ProductVersion | None) -> Export:
    """Say that the values are lost, and the command that keeps them."""
    head = Document(document.data[:WMI_LISTING_BYTES], document.path, fallback=document.encoding)
    found = _EMBEDDED.search(head.text) or _FIELD.search(head.text)
    start, end = found.span() if found else (0, 0)
    wanted = ADDRESS if _ADDRESS.search(head.text) else COMPONENT
    lost = Defect(
        "values-lost",
        f"this is PowerShell's output for the screen, which flattens {wanted}, so nothing was checked",
        Spans(head, [], unread=True).span(start, end),
        costly=True,
        expected="the embedded objects",
        remedy=f"Export again: {command(wanted)}.",
    )
    product, notes = resolve_product(None, given, document.path)
    return Export(document.path, None, document.encoding, defects=(lost,), product=product, notes=notes)
