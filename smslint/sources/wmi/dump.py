"""WMI objects: the sites that a dump of SMS_SCI_* objects describes, whichever syntax it is in.

`wmi_json`, `wmi_clixml`, `wmi_mof` and `wmi_csv` make the tree, `wmi_sections` the sections; here they
become sites. Objects are told apart by the fields they have, since not every syntax names their class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, get_args

from smslint.schema.export import Defect, Export, Format
from smslint.schema.located import Span
from smslint.schema.sender import is_sender
from smslint.schema.site import Holding, Site
from smslint.schema.version import (
    ANY,
    CURRENT_BRANCH,
    FROM_2_0_TO_2007,
    FROM_2012,
    SMS_2_AND_LATER,
    ProductVersion,
)
from smslint.sources.commands import ADDRESS, COMPONENT, command
from smslint.sources.defects import Defects
from smslint.sources.limits import HEAD_BYTES, WMI_ENVELOPES, WMI_LINES, WMI_SECTIONS
from smslint.sources.reading import resolve_product
from smslint.sources.sitecontrol import reader as sitecontrol
from smslint.sources.text import Document
from smslint.sources.wmi.objects import (
    Array,
    BrokenError,
    Node,
    Object,
    Scalar,
    Tree,
    members,
    outermost_objects,
)
from smslint.sources.wmi.secrets import Spans, secrets
from smslint.sources.wmi.sections import QUERY, Sections, address_of_item_name, component_name

_SITE_CONTROL = re.compile(
    r"SMS_SCI_|SMS_SiteControl|SMS_Embedded|ManagementBaseObject|\bSMS_Site\b|\bUsageSchedule\b"
    r"|\b(?:ComponentName|PropertyName|DesSiteCode|SCFData|SiteServerName|(?:Parent|Reporting)SiteCode)\b",
    re.IGNORECASE,
)
_READ: Final = ("identity", "sender settings")
"""What a dump that breaks off shows all the same, as far as it goes."""
_CERTAIN = re.compile(
    r"SMS_SCI_|SMS_SiteControl|SMS_Embedded|\bSMS_Site\b"
    r"|\b(?:DesSiteCode|UsageSchedule|SCFData|ReportingSiteCode|SiteServerName)\b",
    re.IGNORECASE,
)
_TOGETHER: Final = (
    # Letter case tells WMI's objects from those of other programs, which have componentName and props too.
    (
        re.compile(r"\b(?:ComponentName|ItemName)\b"),
        re.compile(r"\bProps\b"),
        re.compile(r"\b(?:PropertyName|SiteCode)\b"),
    ),
    tuple(
        re.compile(rf"\b{name}\b", re.I) for name in ("(?:Component|Item)Name", "Value1", "Value2", "Value3?")
    ),
)
_FLATTENED = re.compile(
    r"^@\{PropertyName=|^System\.Management\.|^SMS_Embedded|^System\.Object\[\]", re.IGNORECASE
)
_ROW: Final = ("value1", "value2")
"""The columns that every table of properties has, whatever it calls the name and the number."""
_OF_OWNER: Final = (
    *("sitecode", "componentname", "itemname", "itemtype", "flag"),
    *("dessitecode", "addresstype", "destinationtype"),
)
_READ_PROPERTIES: Final = {
    "concurrent sending limit",
    "number of retries",
    "retry delay",
    "connection point",
    "lan login",
}
_AGAIN: Final = f"Export again: {command(COMPONENT)}, and {command(ADDRESS)}."
_CLASSES: Final = {
    *("sms_sci_component", "sms_sci_address", "sms_sci_sitedefinition", "sms_sitecontrolfile", "sms_site"),
}
_OF_SITE: Final = {"reportingsitecode": "parentsitecode", "servername": "siteservername", "type": "sitetype"}
"""What SMS_Site calls otherwise than SMS_SCI_SiteDefinition does."""
_SCF_COMMAND: Final = (
    r"`Get-WmiObject -Namespace root\SMS\site_XXX -Class SMS_SiteControlFile "
    "| ForEach-Object { $_.Get(); $_ } | Select-Object SiteCode, BuildNumber, SCFData | ConvertTo-Json`"
)


@dataclass
class _Site:
    """What the objects of one site code are, before they are read."""

    code: Scalar | None = None
    components: list[Object] = field(default_factory=list)
    addresses: list[Object] = field(default_factory=list)
    definitions: list[dict[str, Node]] = field(default_factory=list)


class _Objects(NamedTuple):
    sites: dict[str, _Site]
    control_files: list[Object]
    loose: list[Object]
    left_out: Object | None


def speaks_of_sending(head: str) -> bool:
    """Whether a text has words that hardly any has but a dump of a site's senders, addresses or identity."""
    return bool(_CERTAIN.search(head)) or any(all(each.search(head) for each in names) for names in _TOGETHER)


def names_site_control(head: str) -> bool:
    """Whether a text names something of WMI's view of a site."""
    return bool(_SITE_CONTROL.search(head))


def read(
    document: Document,
    given: ProductVersion | None,
    syntax: Format,
    parse: Callable[[Document, Tree], None],
) -> Export:
    """Read a dump, its text made into a tree by ``parse``; what cannot be read becomes a defect."""
    lines = document.text.count("\n") + document.text.count("\r")
    if lines > WMI_LINES:
        text = f"the file has more than {WMI_LINES:,} lines, as no dump of a site does: export it in parts"
        defect = Defect("malformed", text, costly=True)
        return Export(document.path, syntax, document.encoding, defects=(defect,), product=given or ANY)
    tree = Tree()
    broken: BrokenError | None = None
    try:
        parse(document, tree)
    except BrokenError as caught:
        broken = caught
    found, unshown = secrets(tree.root)
    spans = Spans(document, [*found, *unshown], unread=broken is not None)
    objects = _classified(tree)
    product, notes = resolve_product(_stated(objects, tree, syntax), given, document.path)
    defects = Defects()
    sections = Sections(spans, defects, product, syntax)
    sites = [
        _site(code, each, sections, document.path, whole=not broken) for code, each in objects.sites.items()
    ]
    sections.report_lost()
    export = Export(
        document.path,
        syntax,
        document.encoding,
        sites=tuple(site for site in sites if site),
        product=product,
        notes=(*notes, *_pages(tree)),
    )
    for defect in (*_broken(broken, document, spans), *_without_site(objects, tree, spans, syntax)):
        defects.append(defect)
    if found:
        defects.append(_account_secret(found, spans))
    for control_file in objects.control_files:
        inner = _control_file(control_file, spans, product)
        for defect in inner.defects:
            defects.append(defect)
        export = replace(
            export,
            sites=export.sites + inner.sites,
            product=export.product.refined(inner.product) or export.product,
            notes=export.notes + inner.notes,
        )
    return replace(export, defects=defects.closed())


def _classified(tree: Tree) -> _Objects:
    """The objects by what they are; those of other classes are passed over."""
    objects = _Objects({}, [], [], None)
    count = 0
    for found in _with_rows_joined(outermost_objects(tree.root)):
        kind = _kind(found)
        if not kind:
            continue
        count += 1
        if count > WMI_SECTIONS:
            return objects._replace(left_out=found)
        if kind == "sms_embeddedproperty":
            objects.loose.append(found)
            continue
        if kind == "sms_sitecontrolfile":
            objects.control_files.append(found)
            continue
        code = found.fields.get("sitecode")
        known = str(code.data).upper() if isinstance(code, Scalar) and code.data not in (None, "") else ""
        site = objects.sites.setdefault(known, _Site())
        if known and isinstance(code, Scalar) and (not site.code or str(code.data) < str(site.code.data)):
            site.code = code
        if kind == "sms_sci_component":
            site.components.append(found)
        elif kind == "sms_sci_address":
            site.addresses.append(found)
        else:
            renamed = _OF_SITE if kind == "sms_site" else {}
            site.definitions.append({renamed.get(name, name): node for name, node in found.fields.items()})
    return objects


def _with_rows_joined(found: Iterable[Object]) -> Iterator[Object]:
    """The objects, those that are rows of a table of properties made into the object they belong to."""
    owners: dict[tuple[str, ...], tuple[Object, Array]] = {}
    for each in found:
        fields = each.fields
        is_row = all(name in fields for name in _ROW) and "props" not in fields
        if not (is_row and any(each.text(name) for name in ("componentname", "itemname", "dessitecode"))):
            yield each
            continue
        of_owner = (*_OF_OWNER, "name") if "propertyname" in fields else _OF_OWNER
        named = {name: fields[name] for name in of_owner if name in fields}
        key = tuple(each.text(name).upper() for name in _OF_OWNER)
        if key not in owners:
            props = Array(each.start, complete=True)
            owners[key] = Object(each.start, each.end, each.kind, {**named, "props": props}, True), props
        # The SQL views call the property Name, which is the server's name in an object of WMI.
        name = fields.get("propertyname") or fields.get("name") or each
        values = {name: node for name, node in fields.items() if name.startswith("value")}
        row = Object(each.start, each.end, fields={"propertyname": name, **values}, complete=True)
        owners[key][1].members.append(row)
    yield from (owner for owner, _ in owners.values())


def _kind(found: Object) -> str:
    """The class of an object that smslint reads, in lower case; empty for any other."""
    fields = found.fields
    system = fields.get("cimsystemproperties")
    stated = (
        found.kind
        or found.text("__class")
        or (system.text("classname") if isinstance(system, Object) else "")
    )
    if (
        stated
        and stated.lower() not in {*_CLASSES, "sms_embeddedproperty"}
        and stated.lower().startswith("sms_")
    ):
        return ""
    if "scfdata" in fields or stated.lower() == "sms_sitecontrolfile":
        return "sms_sitecontrolfile"
    if "reportingsitecode" in fields or stated.lower() == "sms_site":
        return "sms_site"
    if "dessitecode" in fields or address_of_item_name(found):
        return "sms_sci_address"
    if "siteservername" in fields or "parentsitecode" in fields:
        return "sms_sci_sitedefinition"
    if component_name(found):
        return "sms_sci_component"
    return "sms_embeddedproperty" if "propertyname" in fields or _is_nameless(found) else ""


def _is_nameless(found: Object) -> bool:
    """Whether an object has properties that smslint reads, or a schedule, and does not say whose they are."""
    names = {
        each.text("propertyname").lower()
        for each in members(found.fields.get("props"))
        if isinstance(each, Object)
    }
    is_row = all(name in found.fields for name in _ROW)
    return bool(names & _READ_PROPERTIES) or is_row or "usageschedule" in found.fields


def _site(code: str, parts: _Site, sections: Sections, path: str, *, whole: bool) -> Site | None:
    """Read one site; None where nothing stands that smslint reads."""
    names = list(map(component_name, parts.components))
    components = [each for name, each in zip(names, parts.components, strict=True) if is_sender(name)]
    senders = tuple(sections.sender(each) for each in components)
    addresses = tuple(sections.address(each) for each in parts.addresses)
    if not (senders or addresses or parts.definitions):
        return None
    # What two definitions of one site disagree in is for rules to say.
    defined: list[dict[str, Node]] = parts.definitions or [{}]
    named: dict[str, Node] = {"sitecode": parts.code} if parts.code else {}
    held = {
        "sender settings": any(id(each) not in sections.flattened for each in components),
        # A dump of one component alone was asked for by its name, and says nothing of the others.
        "installed senders": len(set(map(str.upper, names))) > 1,
        "addresses": bool(addresses),
        "schedules": any(each.schedule.value for each in addresses),
        "identity": bool(parts.definitions),
    }
    return Site.model_construct(
        paths=(path,),
        product=sections.product,
        # What stood behind the place where the dump breaks may hold the rest.
        holds=frozenset(each for each in get_args(Holding) if held[each] and (whole or each in _READ)),
        identifications=tuple(sections.identification(named | each) for each in defined) if code else (),
        senders=senders,
        addresses=addresses,
    )


def _stated(objects: _Objects, tree: Tree, syntax: Format) -> ProductVersion:
    """What the dump tells of the version: a build, else the form that only some versions give it."""
    stating = [each.fields for each in objects.control_files]
    stating += [each for site in objects.sites.values() for each in site.definitions]
    builds = {str(build.data) for each in stating if isinstance(build := each.get("buildnumber"), Scalar)}
    if known := [version for build in sorted(builds) if (version := ProductVersion.of_build(build))]:
        first = min(known, key=lambda each: (each.first, each.build or 0))
        return replace(first, last=max(each.last for each in known))
    return replace(_by_form(objects, tree, syntax), basis="the form of the dump")


def _by_form(objects: _Objects, tree: Tree, syntax: Format) -> ProductVersion:
    """The releases that give a dump its form: cmdlets and SQL views from 2012 on, the AdminService later."""
    if _from_admin_service(tree):
        return CURRENT_BRANCH
    everything = [each for site in objects.sites.values() for each in (*site.components, *site.addresses)]
    defined = [each for site in objects.sites.values() for each in site.definitions]
    fields = [*(each.fields for each in everything), *defined]
    names = {name for name in _FIELDS_OF_A_FORM if any(name in each for each in fields)}
    if names & _OF_2012 or (
        syntax == "wmi-csv" and any("value3" in each for each in _properties(everything))
    ):
        return FROM_2012
    return FROM_2_0_TO_2007 if "order" in names else SMS_2_AND_LATER


def _properties(objects: Iterable[Object]) -> Iterable[dict[str, Node]]:
    return (
        each.fields
        for found in objects
        for each in members(found.fields.get("props"))
        if isinstance(each, Object)
    )


_OF_2012: Final = {"addresspriorityorder", "__lazyproperties", "smsproviderobjectpath"}
_FIELDS_OF_A_FORM: Final = {*_OF_2012, "order"}


def _envelopes(tree: Tree) -> Iterable[Object]:
    return (each for each in tree.root.members[:WMI_ENVELOPES] if isinstance(each, Object))


def _from_admin_service(tree: Tree) -> bool:
    return any("adminservice" in each.text("@odata.context").lower() for each in _envelopes(tree))


def _pages(tree: Tree) -> tuple[str, ...]:
    if not any("@odata.nextlink" in each.fields for each in _envelopes(tree)):
        return ()
    return (
        "the AdminService answered with one page of several: ask for the others too, with $skip or the "
        "address under @odata.nextLink",
    )


def _broken(broken: BrokenError | None, document: Document, spans: Spans) -> Iterable[Defect]:
    if broken:
        yield Defect(broken.kind, broken.text, spans.span(broken.start, broken.end), costly=True)
    if document.odd_byte:
        end = len(document.text)
        yield Defect(
            "truncated", "the file ends in the middle of a character", spans.span(end, end), costly=True
        )


def _without_site(objects: _Objects, tree: Tree, spans: Spans, syntax: Format) -> Iterable[Defect]:
    """What stands in the dump and cannot be told to belong to any site."""
    if objects.left_out:
        at = objects.left_out.start
        text = f"more than {WMI_SECTIONS:,} components and addresses: the rest, from here on, is not read"
        yield Defect("malformed", text, spans.span(at, at + 1), costly=True)
    for each in objects.loose[:1]:
        yield _ownerless(each, spans, syntax)
    if flattened := list(_flattened(tree)):
        first = flattened[0]
        yield Defect(
            "values-lost",
            f"the dump was flattened: names of types stand where objects should, {len(flattened)} in all, so "
            f"nothing of them was checked",
            spans.span(first.start, first.end),
            costly=True,
            remedy=_AGAIN,
        )


def _ownerless(first: Object, spans: Spans, syntax: Format) -> Defect:
    """Properties or schedules that nobody can tell the site of."""
    if "usageschedule" in first.fields:
        message, wanted = "these schedules do not say of which address they are", ADDRESS
    else:
        message, wanted = "these properties do not say of which component they are", COMPONENT
    of_all = f"all of the object: {command(wanted)}"
    instead = f"the result of this query: {QUERY}" if syntax == "wmi-csv" else of_all
    keep = f"keep SiteCode, ItemName and, of an address, DesSiteCode beside them, or export {instead}"
    return Defect(
        "malformed",
        f"{message}, so they were not checked: {keep}",
        spans.span(first.start, first.end),
        costly=True,
        remedy=f"{keep[:1].upper()}{keep[1:]}.",
    )


def _flattened(tree: Tree) -> Iterable[Scalar]:
    """The texts in a list of objects, or alone, that the names of their types are."""
    lists = [tree.root, *(each for each in tree.root.members if isinstance(each, Array))]
    for each in (node for one in lists for node in one.members):
        if isinstance(each, Scalar) and isinstance(each.data, str) and _FLATTENED.search(each.data):
            yield each


def _account_secret(found: list[Scalar], spans: Spans) -> Defect:
    first = min(found, key=lambda each: each.start)
    values = "one value" if len(found) == 1 else f"{len(found)} values"
    return Defect(
        "account-secret",
        f"{values} in this file, the first of them here, can be an account name, a password or a key; "
        "smslint keeps none of them. Remove them before the file is passed on",
        spans.span(first.start, first.end),
    )


class _Embedded(Document):
    """The text of a site control file inside another file, which all its spans lead to."""

    def __init__(self, text: str, outer: Span) -> None:
        super().__init__(text.encode("utf-8", "replace"), outer.path, fallback="utf-8")
        self.outer = outer

    def span(self, start: int, end: int, excerpt_of: Callable[[int, int], str] | None = None) -> Span:
        return self.outer


def _control_file(found: Object, spans: Spans, product: ProductVersion) -> Export:
    """Read the site control file that SCFData holds."""
    value = found.fields.get("scfdata")
    at = value or found.fields.get("sitecode") or found
    outer = spans.span(at.start, at.end)
    empty = Export(outer.path, None, None, product=product)
    text = value.data if isinstance(value, Scalar) else None
    if not isinstance(text, str) or not text.strip():
        lost = Defect(
            "values-lost",
            "SMS_SiteControlFile was exported without its SCFData, which WMI hands out for single objects "
            "only: nothing was checked",
            outer,
            costly=True,
            remedy=f"Export again: {_SCF_COMMAND}.",
        )
        return replace(empty, defects=(lost,))
    if not sitecontrol.recognises(text[:HEAD_BYTES]):
        text = "SCFData holds no text of a site control file: export SMS_SCI_Component instead, "
        return replace(empty, defects=(Defect("malformed", text + command(COMPONENT), outer, costly=True),))
    return sitecontrol.read(_Embedded(text, outer), product)
