"""From WMI objects to the schema: senders, addresses and identities (SMS_SCI_*, knowledge base section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from smslint.schema.address import Address
from smslint.schema.export import Defect, Format
from smslint.schema.identity import Identification
from smslint.schema.located import Located, Span
from smslint.schema.schedule import DAYS, PulseMode, RateLimits, Usage, UsageSchedule
from smslint.schema.sender import Sender
from smslint.schema.version import ProductVersion
from smslint.sources.commands import ADDRESS, COMPONENT, command
from smslint.sources.defects import Defects
from smslint.sources.reading import read_section
from smslint.sources.wmi.objects import Array, Node, Object, Scalar, members
from smslint.sources.wmi.secrets import Spans

NAMED_SERVER: Final = frozenset((2, 6))
"""The flags with which an object's Name is a server; with the others it is a role."""

QUERY: Final = (
    "SELECT d.SiteCode, c.ComponentName, p.Name, p.Value1, p.Value2, p.Value3 FROM SC_Component c "
    "JOIN SC_Component_Property p ON p.ComponentID = c.ID "
    "JOIN SC_SiteDefinition d ON d.SiteNumber = c.SiteNumber"
)
"""The query whose result smslint reads; tables and columns as the knowledge base has them (section 2)."""

_UNREADABLE: Final = b""
_DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)
_COMPONENT_NAME = re.compile(r"SMS_\w+", re.ASCII | re.IGNORECASE)
_ADDRESS_TYPE = re.compile(r"MS_[A-Z_0-9]+", re.ASCII | re.IGNORECASE)

Lost = list[tuple[str, Node | None]]


class _Loss(NamedTuple):
    """An object of which values were lost: its name, its site, a value in it, and which."""

    title: str
    code: str
    at: Node
    lost: Lost


class Sections:
    """Reads sections, each from its object, and keeps what could not be read of them."""

    def __init__(self, spans: Spans, defects: Defects, product: ProductVersion, syntax: Format) -> None:
        """Take what is known of the whole dump."""
        self.spans, self.defects, self.product = spans, defects, product
        self._clixml = syntax == "wmi-clixml"
        self._lost: dict[str, list[_Loss]] = {}
        self.flattened: set[int] = set()
        """The objects of which values were lost, by `id`."""
        # MOF text leaves out what is null.
        self._omits_null = syntax == "wmi-mof"

    def sender(self, found: Object) -> Sender:
        """Read a component that is a sender."""
        lost: Lost = []
        name = component_name(found)
        properties = self._properties(found, lost, name)
        raws: dict[str, Located] = {}
        for field, declared in Sender.declared():
            if declared.property and (holder := properties.get(declared.property[0].lower())):
                # The SQL views call the number Value3.
                value = holder.fields.get(declared.property[1].lower()) or holder.fields.get("value3")
                if not _is_blank(value):
                    self._locate(raws, field, value)
        if whole_number(found.fields.get("flag")) in NAMED_SERVER:
            named = found.fields.get("name") if found.text("name") else None
            self._locate(raws, "server", named or _server_of(found.fields.get("itemname")))
        self._report(found, lost, COMPONENT, name)
        span = self._span(found.fields.get("componentname") or found.fields.get("itemname") or found)
        return read_section(Sender, raws, self.defects, name=name, span=span, product=self.product)

    def address(self, found: Object) -> Address:
        """Read an address. Of its account only whether there is one is kept."""
        lost: Lost = []
        properties = self._properties(found, lost, None)
        connection = properties.get("connection point")
        login = properties.get("lan login")
        raws: dict[str, Located] = {}
        of_item_name = _item_fields(found)
        self._locate(raws, "destination", found.fields.get("dessitecode") or of_item_name.get("dessitecode"))
        self._locate(raws, "type", found.fields.get("addresstype") or of_item_name.get("addresstype"))
        self._locate(raws, "destination_type", found.fields.get("destinationtype"))
        self._locate(raws, "order", found.fields.get("addresspriorityorder") or found.fields.get("order"))
        if connection:
            self._locate(raws, "server", connection.fields.get("value1"))
            self._locate(raws, "share", connection.fields.get("value2"))
        structures = {
            "schedule": self._schedule(found, lost),
            "rate_limits": self._rate_limits(found, lost),
            "pulse_mode": self._pulse_mode(found, lost),
        }
        raws |= {field: read for field, read in structures.items() if read}
        named = raws["destination"].data if "destination" in raws else "an unnamed site"
        title = f"the address to {named}"
        self._report(found, lost, ADDRESS, title)
        return read_section(
            Address,
            raws,
            self.defects,
            span=self._span(found.fields.get("dessitecode") or found.fields.get("itemname") or found),
            product=self.product,
            has_account=bool(login.text("value2").strip()) if login else None,
        )

    def identification(self, fields: dict[str, Node]) -> Identification:
        """Read who a site is, from the fields of all objects that name it."""
        raws: dict[str, Located] = {}
        self._locate(raws, "site_code", fields.get("sitecode"))
        self._locate(raws, "parent_site_code", fields.get("parentsitecode"))
        self._locate(raws, "site_server", fields.get("siteservername"))
        self._locate(raws, "wmi_site_type", fields.get("sitetype"))
        span = self._span(fields["sitecode"])
        return read_section(Identification, raws, self.defects, span=span, product=self.product)

    def _properties(self, found: Object, lost: Lost, component: str | None) -> dict[str, Object]:
        properties = self._named(found, "props", "propertyname", lost)
        given = found.fields.get("props")
        if given is None and not self._omits_null:
            lost.append(("Props", None))
        elif given is None or (isinstance(given, Scalar) and given.data is None):
            # What was asked for without its properties has them as null: nobody knows what they are.
            self.flattened.add(id(found))
        read: dict[str, Object] = {}
        for each in properties:
            name = each.text("propertyname").lower()
            if name in read and read[name] is not each:
                self._again(read[name], each, component)
            read[name] = each
        for each in (found, *properties):
            for name, earlier in each.overridden or ():
                if _content(earlier) != _content(each.fields[name]):
                    self._twice(name, earlier, each.fields[name], component)
        return read

    def _again(self, earlier: Object, last: Object, component: str | None) -> None:
        """Report a property that is there again with other values."""
        if not all(_same(earlier, last, name) for name in ("value", "value1", "value2", "value3")):
            self._twice(last.text("propertyname"), earlier, last, component)

    def _twice(self, name: str, earlier: Node, last: Node, component: str | None) -> None:
        name = name[:80]
        if self.defects.flooded("set-twice", False):
            self.defects.count_only("set-twice", False)
            return
        text = f"{name} stands twice in one object; the last one holds"
        related = ((self._span(earlier), "set here before"),)
        self.defects.append(
            Defect("set-twice", text, self._span(last), related=related, component=component, subject=name)
        )

    def _named(self, found: Object, field: str, naming: str, lost: Lost) -> list[Object]:
        named: list[Object] = []
        flattened: Node | None = None
        for each in members(found.fields.get(field)):
            if isinstance(each, Object) and naming in each.fields:
                named.append(each)
            else:
                flattened = flattened or each
        if flattened:
            lost.append(("Props" if field == "props" else "PropLists", flattened))
        return named

    def _schedule(self, found: Object, lost: Lost) -> Located | None:
        node = found.fields.get("usageschedule")
        days = members(node)
        usage: list[list[int | None]] = []
        backup: list[bool] = []
        for day in days:
            in_day = members(day.fields.get("hourusage")) if isinstance(day, Object) else ()
            if not in_day or any(map(_is_flattened, in_day)):
                lost.append(("UsageSchedule", day))
                return None
            usage.append([whole_number(each) for each in in_day])
            if isinstance(day, Object):
                standing_in = [truth(each) for each in members(day.fields.get("backup"))]
                backup += [each for each in standing_in if each is not None]
        if node is None or not days:
            return None
        if misshapen := _misshapen(usage):
            return self._structure(node, _UNREADABLE, misshapen)
        hours = tuple(Usage(hour) for day in usage for hour in day if hour)
        return self._structure(node, UsageSchedule(hours, tuple(backup) if len(backup) == 168 else ()))

    def _rate_limits(self, found: Object, lost: Lost) -> Located | None:
        node = found.fields.get("ratelimitingschedule")
        unlimited = truth(found.fields.get("unlimitedrateforall"))
        hours = members(node)
        if any(map(_is_flattened, hours)):
            lost.append(("RateLimitingSchedule", node))
            return None
        if unlimited is None or node is None or not (hours or unlimited):
            return None
        percent = [each for each in map(whole_number, hours) if each is not None]
        if len(percent) != len(hours) or len(hours) not in (0, 24):
            return self._structure(node, _UNREADABLE, f"{len(percent)} of them")
        return self._structure(node, RateLimits(tuple(percent), unlimited))

    def _pulse_mode(self, found: Object, lost: Lost) -> Located | None:
        lists = self._named(found, "proplists", "propertylistname", lost)
        pulse = next((each for each in lists if each.text("propertylistname").lower() == "pulse mode"), None)
        if not pulse:
            return None
        values = members(pulse.fields.get("values"))
        if any(map(_is_flattened, values)):
            lost.append(("Pulse Mode", pulse))
            return None
        numbers = [each for each in map(whole_number, values) if each is not None]
        if len(numbers) < 3:
            return self._structure(pulse, _UNREADABLE, f"{len(numbers)} of them") if values else None
        return self._structure(pulse, PulseMode(bool(numbers[0]), numbers[1], numbers[2]))

    def _locate(self, raws: dict[str, Located], field: str, node: Node | None) -> None:
        if isinstance(node, Scalar):
            if node.data is not None:
                display = self.spans.display(node.start, min(node.end, node.start + 80))
                data = node.data if not isinstance(node.data, bool) else _UNREADABLE
                if isinstance(data, str) and _DIGITS.fullmatch(digits := data.strip(" \t")):
                    data = digits
                raws[field] = Located(data, self._span(node), display=display)
        elif node is not None:
            raws[field] = self._structure(node, _UNREADABLE)

    def _structure(self, node: Node, data: object, display: str = "") -> Located:
        display = display or ("a list" if isinstance(node, Array) else "an object")
        return Located(data, self._span(node), display)

    def _span(self, node: Node) -> Span:
        return self.spans.span(node.start, node.end)

    def _report(self, found: Object, lost: Lost, class_name: str, title: str) -> None:
        """Keep what the export threw away of an object."""
        if lost:
            self.flattened.add(id(found))
            at = next((node for _, node in lost if node), None) or found.fields.get("sitecode") or found
            self._lost.setdefault(class_name, []).append(_Loss(title, found.text("sitecode"), at, lost))

    def report_lost(self) -> None:
        """Say once for each class what the export threw away of its objects."""
        for class_name, losses in self._lost.items():
            first = losses[0]
            whose = f"{first.title}{f' of site {first.code}' if first.code else ''}"
            if len(losses) > 1:
                whose = f"{len(losses)} objects, the first of them {whose}"
            names = _listed(each for loss in losses for each in loss.lost)
            again = command(class_name, first.code, clixml=self._clixml)
            self.defects.append(
                Defect(
                    "values-lost",
                    f"the export flattened {names} of {whose} ({class_name}): the embedded objects are lost, "
                    "so they were not checked",
                    self._span(first.at),
                    costly=True,
                    component=first.title if class_name == COMPONENT else None,
                    expected="the embedded objects",
                    remedy=f"Export again: {again}.",
                )
            )


def _misshapen(usage: list[list[int | None]]) -> str:
    """In which way a list of days is no week; empty where it is one."""
    if len(usage) != len(DAYS):
        return f"{len(usage)} days"
    for name, hours in zip(DAYS, usage, strict=True):
        if len(hours) != 24:
            return f"{len(hours)} hours on {name}"
        for hour, number in enumerate(hours):
            if number not in tuple(Usage):
                found = "no number" if number is None else str(number)
                return f"{found} on {name} at {hour}:00, where an hour is 1 to 4"
    return ""


def _server_of(item_name: Node | None) -> Scalar | None:
    """The server in an ItemName, such as ``SMS_LAN_SENDER|NYCSRV``; None where it names none."""
    if not isinstance(item_name, Scalar) or not isinstance(item_name.data, str):
        return None
    server = item_name.data.partition("|")[2]
    return Scalar(server, item_name.start, item_name.end) if server else None


def component_name(found: Object) -> str:
    """The component of an object, of which ItemName names the server too; empty where neither tells."""
    if named := found.text("componentname"):
        return named
    name, kind = found.text("itemname").partition("|")[0], found.text("itemtype").lower()
    is_named = kind == "component" or (not kind and _COMPONENT_NAME.fullmatch(name))
    return name if is_named else ""


def address_of_item_name(found: Object) -> tuple[str, str] | None:
    """Destination and type of an address as ItemName has them, ``BOS|MS_LAN``; None for other objects."""
    destination, _, kind = found.text("itemname").partition("|")
    is_named = found.text("itemtype").lower() in ("", "address") and _ADDRESS_TYPE.fullmatch(kind)
    return (destination, kind) if destination and is_named else None


def _item_fields(found: Object) -> dict[str, Scalar]:
    """The fields of an address that ItemName holds, each standing there."""
    item_name, parts = found.fields.get("itemname"), address_of_item_name(found)
    if not parts or not isinstance(item_name, Scalar):
        return {}
    return {
        name: Scalar(part, item_name.start, item_name.end)
        for name, part in zip(("dessitecode", "addresstype"), parts, strict=True)
    }


def _same(one: Object, other: Object, name: str) -> bool:
    """Whether two objects have the same single value under a name, or none."""
    return _content(one.fields.get(name)) == _content(other.fields.get(name))


def _content(node: Node | None) -> object:
    """What a single value holds; what holds others is as it is."""
    return node.data if isinstance(node, Scalar) else node


def _is_blank(node: Node | None) -> bool:
    """Whether a property holds no more than blanks, which is how WMI spells one that is not set."""
    return isinstance(node, Scalar) and isinstance(node.data, str) and not node.data.strip()


def whole_number(node: Node | None) -> int | None:
    """The number of a value, whatever the syntax spelled it as."""
    data = node.data if isinstance(node, Scalar) else None
    if isinstance(data, str) and _DIGITS.fullmatch(data.strip(" \t")):
        return int(data)
    return data if isinstance(data, int) and not isinstance(data, bool) else None


def truth(node: Node | None) -> bool | None:
    """The truth of a value; None where it is neither true nor false."""
    data = node.data if isinstance(node, Scalar) else None
    return {"true": True, "false": False, "1": True, "0": False}.get(str(data).lower())


def _is_flattened(node: Node) -> bool:
    return (
        isinstance(node, Scalar)
        and isinstance(node.data, str)
        and whole_number(node) is None
        and truth(node) is None
    )


def _listed(lost: Iterable[tuple[str, Node | None]]) -> str:
    return " and ".join(dict.fromkeys(name for name, _ in lost))
