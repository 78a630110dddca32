"""From WMI objects to the schema: senders, addresses and identities (SMS_SCI_*, knowledge base section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from smslint.schema.address import Address
from smslint.schema.export import Defect, Format
from smslint.schema.located import Located, Span
from smslint.schema.schedule import PulseMode, RateLimits, Usage, UsageSchedule
from smslint.schema.sender import Sender
from smslint.schema.site import Identification
from smslint.schema.version import ProductVersion
from smslint.sources.commands import ADDRESS, COMPONENT, command
from smslint.sources.defects import Defects
from smslint.sources.reading import read_section
from smslint.sources.wmi.objects import Array, Node, Object, Scalar, members
from smslint.sources.wmi.secrets import Places

NAMED_SERVER: Final = frozenset((2, 6))
"""The flags with which an object's Name is a server; with the others it is a role."""

_UNREADABLE: Final = b""
_DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)

Lost = list[tuple[str, Node | None]]


class Sections:
    """Reads sections, each from its object, and keeps what could not be read of them."""

    def __init__(self, places: Places, defects: Defects, product: ProductVersion, syntax: Format) -> None:
        """Take what is known of the whole dump."""
        self.places, self.defects, self.product = places, defects, product
        self._clixml = syntax == "wmi-clixml"
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
                self._locate(raws, field, value)
        if whole_number(found.fields.get("flag")) in NAMED_SERVER:
            named = found.fields.get("name") if found.text("name") else None
            self._locate(raws, "server", named or _server_of(found.fields.get("itemname")))
        self._report(found, lost, COMPONENT, name)
        place = self._span(found.fields.get("componentname") or found)
        return read_section(Sender, raws, self.defects, name=name, place=place, product=self.product)

    def address(self, found: Object) -> Address:
        """Read an address. Of its account only whether there is one is kept."""
        lost: Lost = []
        properties = self._properties(found, lost, None)
        connection = properties.get("connection point")
        login = properties.get("lan login")
        raws: dict[str, Located] = {}
        self._locate(raws, "destination", found.fields.get("dessitecode"))
        self._locate(raws, "type", found.fields.get("addresstype"))
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
        title = f"the address to {found.text('dessitecode') or 'an unnamed site'}"
        self._report(found, lost, ADDRESS, title)
        return read_section(
            Address,
            raws,
            self.defects,
            place=self._span(found.fields.get("dessitecode") or found),
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
        place = self._span(fields["sitecode"])
        return read_section(Identification, raws, self.defects, place=place, product=self.product)

    def _properties(self, found: Object, lost: Lost, component: str | None) -> dict[str, Object]:
        properties = self._named(found, "props", "propertyname", lost)
        if "props" not in found.fields and not self._omits_null:
            lost.append(("Props", None))
        read: dict[str, Object] = {}
        for each in properties:
            name = each.text("propertyname").lower()
            if name in read and read[name] is not each:
                self._twice(read[name], each, component)
            read[name] = each
        return read

    def _twice(self, earlier: Object, last: Object, component: str | None) -> None:
        if self.defects.flooded("set-twice", False):
            self.defects.tally("set-twice", False)
            return
        text = f"{last.text('propertyname')[:80]} stands twice in one object; the last one holds"
        related = ((self._span(earlier), "set here before"),)
        self.defects.append(Defect("set-twice", text, self._span(last), related=related, component=component))

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
        hours: list[Usage] = []
        backup: list[bool] = []
        days = members(node)
        for day in days:
            in_day = members(day.fields.get("hourusage")) if isinstance(day, Object) else ()
            if not in_day or any(map(_is_flattened, in_day)):
                lost.append(("UsageSchedule", day))
                return None
            numbers = [whole_number(each) for each in in_day]
            hours += [Usage(each) for each in numbers if each in (1, 2, 3, 4)]
            if isinstance(day, Object):
                standing_in = [truth(each) for each in members(day.fields.get("backup"))]
                backup += [each for each in standing_in if each is not None]
        if node is None or not days:
            return None
        whole = len(days) == 7 and len(hours) == 168
        if not whole:
            return self._structure(node, _UNREADABLE)
        return self._structure(node, UsageSchedule(tuple(hours), tuple(backup) if len(backup) == 168 else ()))

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
            return self._structure(node, _UNREADABLE)
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
            return self._structure(pulse, _UNREADABLE) if values else None
        return self._structure(pulse, PulseMode(bool(numbers[0]), numbers[1], numbers[2]))

    def _locate(self, raws: dict[str, Located], field: str, node: Node | None) -> None:
        if isinstance(node, Scalar):
            if node.data is not None:
                shown = self.places.shown(node.start, min(node.end, node.start + 80))
                data = node.data if not isinstance(node.data, bool) else _UNREADABLE
                raws[field] = Located(data, self._span(node), shown=shown)
        elif node is not None:
            raws[field] = self._structure(node, _UNREADABLE)

    def _structure(self, node: Node, data: object) -> Located:
        return Located(data, self._span(node), shown="a list" if isinstance(node, Array) else "an object")

    def _span(self, node: Node) -> Span:
        return self.places.span(node.start, node.end)

    def _report(self, found: Object, lost: Lost, class_name: str, title: str) -> None:
        """Say once for each object what the export threw away of it."""
        if not lost:
            return
        self.flattened.add(id(found))
        code = found.text("sitecode")
        at = next((node for _, node in lost if node), None) or found.fields.get("sitecode") or found
        self.defects.append(
            Defect(
                "values-lost",
                f"{title}{f' of site {code}' if code else ''}: the export lost what is in {_listed(lost)} "
                "(a flattened value, or none, stands where embedded objects should), so it was not checked. "
                f"Export again: {command(class_name, code, clixml=self._clixml)}",
                self._span(at),
                costly=True,
                component=title if class_name == COMPONENT else None,
                expected="the embedded objects",
            )
        )


def _server_of(item_name: Node | None) -> Scalar | None:
    """The server in an ItemName, such as ``SMS_LAN_SENDER|NYCSRV``; None where it names none."""
    if not isinstance(item_name, Scalar) or not isinstance(item_name.data, str):
        return None
    server = item_name.data.partition("|")[2]
    return Scalar(server, item_name.start, item_name.end) if server else None


def component_name(found: Object) -> str:
    """The component of an object, of which ItemName names the server too."""
    return found.text("componentname") or found.text("itemname").partition("|")[0]


def whole_number(node: Node | None) -> int | None:
    """The number of a value, whatever the syntax spelled it as."""
    data = node.data if isinstance(node, Scalar) else None
    if isinstance(data, str) and _DIGITS.fullmatch(data):
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
