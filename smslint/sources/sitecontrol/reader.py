"""Site control files: ``sitectrl.ct0`` of SMS 1.0 to ConfigMgr 2007, and what ``preinst /dump`` writes.

`syntax` reads the text, `secrets` says what of it must not be shown, and `sections` what it means. A dump
is never edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from smslint.schema.export import Defect, Export
from smslint.schema.site import Holding, Site
from smslint.schema.version import ANY, SMS_1, SMS_2_AND_LATER, ProductVersion
from smslint.sources.defects import Defects
from smslint.sources.limits import SITE_CONTROL_CHARACTERS, SITE_CONTROL_SECTIONS
from smslint.sources.reading import resolve_product
from smslint.sources.sitecontrol.parts import Image, Outline
from smslint.sources.sitecontrol.secrets import SiteControlRedactor
from smslint.sources.sitecontrol.sections import Sections, Spans
from smslint.sources.sitecontrol.syntax import outline
from smslint.sources.text import Document

CODE_PAGE: Final = "cp1252"

_HEADER = re.compile(r"^[ \t]*SITE CONTROL FILE[ \t]*\[", re.IGNORECASE | re.MULTILINE)
_FIRST_BLOCK = re.compile(r"\s*BEGIN_[A-Z][A-Z0-9_]*[ \t]*(?:[\r\n<]|\Z)", re.IGNORECASE | re.ASCII)

_TRANSACTIONS: Final = ("4", "5", "6")
"""File types that carry orders, not settings, in one article or another (knowledge base, section 1.1)."""


def recognises(head: str) -> bool:
    """Whether an input that begins with ``head`` is site control text: by its header line or first block."""
    return bool(_HEADER.search(head) or _FIRST_BLOCK.match(head))


def refusal(path: str, head: str) -> str | None:
    """Why an input that `recognises` refused is none, where its name or content lets one expect it to be."""
    name = PurePath(path).name.lower()
    if re.fullmatch(r".*\.ct[4-7]", name):
        return "a .CT4 to .CT7 file holds a site's public key, no settings: lint its sitectrl.ct0"
    if name == "install.map" or re.match(r"\s*PROPERTY[ \t]*<Bin\\", head, re.IGNORECASE):
        return "this is an Install.map, a list of client programs without settings: lint sitectrl.ct0"
    if not re.fullmatch(r"(?s)sitectrl.*|.*\.ct[0-2]", name):
        return None
    if not head.strip("\0 \t\r\n\x1a"):
        return (
            "this .ct0 is only a notification that Configuration Manager drops, and empty: "
            "run `preinst /dump`, or export SMS_SCI_Component and SMS_SCI_Address through WMI"
        )
    return (
        "this is no text image of a site: expected a line `SITE CONTROL FILE [` or a block `BEGIN_...`; "
        "from Configuration Manager 2012 on export SMS_SCI_Component and SMS_SCI_Address through WMI"
    )


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read a site control file; ``given`` is the version the user named."""
    path, defects = document.path, Defects()
    if len(document.text) > SITE_CONTROL_CHARACTERS:
        most = f"{SITE_CONTROL_CHARACTERS >> 20} MiB"
        text = f"the file is larger than {most}, which no site control file is; it is not read"
        defects.append(Defect("malformed", text, costly=True))
        return Export(path, "sitecontrol", document.encoding, defects=defects.closed(), product=given or ANY)
    redactor = SiteControlRedactor()
    read_outline = outline(document.text, redactor)
    redactor.hide_ciphers(document.text)
    spans = Spans(document, redactor)
    _take_faults(read_outline, spans, defects)
    sites: list[Site] = []
    notes: dict[str, None] = {}
    for image in _within_limit(read_outline.images, defects):
        product, contradictions = resolve_product(_stated(image), given, path)
        notes |= dict.fromkeys(contradictions)
        early = product.within(SMS_1) or not product.known
        if site := _site(image, Sections(image, spans, defects, product, early=early)):
            sites.append(site)
    if redactor.secrets:
        defects.append(_secret_defect(redactor, spans))
    return Export(
        path,
        "sitecontrol",
        document.encoding,
        sites=tuple(sites),
        defects=defects.closed(),
        product=sites[0].product if sites else given or ANY,
        notes=tuple(notes),
    )


def _take_faults(read_outline: Outline, spans: Spans, defects: Defects) -> None:
    for fault in read_outline.faults:
        related = tuple((spans.span(*at), text) for at, text in fault.related)
        span = spans.span(*fault.at)
        defects.append(Defect(fault.kind, fault.text, span, costly=fault.costly, related=related))
    for (kind, costly), more in read_outline.faults.left_out():
        defects.count_only(kind, costly, more)
    if spans.document.odd_byte:
        end = len(spans.document.text)
        text = "the file ends within a character of UTF-16; export or copy it again"
        defects.append(Defect("truncated", text, spans.span(end, end), costly=True))


def _within_limit(images: list[Image], defects: Defects) -> Iterator[Image]:
    """Yield the images, of all of them together as many blocks and statements as are read."""
    left = SITE_CONTROL_SECTIONS
    for image in images:
        blocks, statements = len(image.blocks), len(image.statements)
        if left <= 0 or blocks + statements > left:
            text = f"more than {SITE_CONTROL_SECTIONS:,} settings, which no site has; the rest is not read"
            defects.append(Defect("malformed", text, costly=True))
            image.blocks = image.blocks[: max(left, 0)]
            image.statements = image.statements[: max(left - blocks, 0)]
            yield image
            return
        left -= blocks + statements + 1
        yield image


def _secret_defect(redactor: SiteControlRedactor, spans: Spans) -> Defect:
    count = len(redactor.secrets)
    what = (
        "an account name, a password or a key" if count == 1 else f"{count} account names, passwords or keys"
    )
    text = f"the file holds {what}, in clear or as ciphers; smslint keeps and shows none of it"
    return Defect("account-secret", text, spans.span(*redactor.secrets[0]))


def _site(image: Image, sections: Sections) -> Site | None:
    """Read one site control file of the text; None when there is nothing in it that smslint reads."""
    sections.check_counts()
    site = Site.model_construct(
        paths=(sections.spans.document.path,),
        product=sections.product,
        identifications=tuple(sections.identifications()),
        senders=tuple(sections.senders()),
        addresses=tuple(sections.addresses()),
        site_control_files=tuple(sections.files()),
        outboxes=tuple(sections.outboxes()),
        components=tuple(sections.components()),
        domains=tuple(sections.domains()),
        site_systems=sections.systems,
        site_properties=tuple(sections.properties()),
    )
    if next(site.sections(), None) is None:
        return None
    return site.model_copy(update={"holds": _holds(image, site, early=sections.early)})


def _stated(image: Image) -> ProductVersion | None:
    """Return the version the header names, or the shape of what follows shows."""
    build = (image.build or "").strip()
    if (product := ProductVersion.of_build(build)) is not None:
        return product
    names = {block.name for block in image.blocks}
    typed = [each.fields[2].text.upper() for each in image.statements if len(each.fields) > 3]
    if names & {"SITE_ACCOUNT", "SENDER"} or any(re.fullmatch(r"MS_\w+_SENDER", text) for text in typed):
        return SMS_1
    modern = any(statement.keyword == "PROPERTY" for block in image.blocks for statement in block.statements)
    if modern or names & {"SITE_DEFINITION", "SYSTEM_RESOURCE_USE"}:
        return SMS_2_AND_LATER
    return None


def _holds(image: Image, site: Site, *, early: bool) -> frozenset[Holding]:
    """Return what the absence of may be concluded from.

    A file that is cut, or is only a part or a set of orders, proves nothing to be missing; nor do later
    versions prove an address to be, as the layout of theirs is only inferred.
    """
    held: set[Holding] = {"identity"}
    if image.truncated:
        return frozenset(held)
    kinds = {block.name: block.fields for block in image.blocks}
    file_type = kinds["FILE_DEFINITION"][0].text if kinds.get("FILE_DEFINITION") else ""
    whole = early and (image.has_header or "SITE_ACCOUNT" in kinds) and file_type not in _TRANSACTIONS
    if whole or site.senders or (not early and site.components):
        held.add("installed senders")
        held |= set() if early else {"sender settings"}
    if whole or site.addresses:
        held.add("addresses")
    if early and (whole or site.outboxes):
        held.add("schedules")
    return frozenset(held)
