"""From the blocks and statements of one site control file to the sections of the schema.

SMS 1.x is read by position, as its whole layout is proven. Of later versions only fragments are known, so
there properties are taken by name and bare fields by shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from typing import Any, Final, TypeVar

from smslint.schema.address import Address
from smslint.schema.export import Defect
from smslint.schema.identity import Identification
from smslint.schema.located import Located, Span
from smslint.schema.schedule import Usage, UsageSchedule
from smslint.schema.sender import Sender, is_sender
from smslint.schema.setting import Section
from smslint.schema.sitecontrol import (
    Domain,
    InstalledComponent,
    Outbox,
    SiteControlFile,
    SiteProperties,
    SiteSystem,
)
from smslint.schema.version import ProductVersion
from smslint.sources.defects import Defects
from smslint.sources.limits import SITE_CONTROL_ROLES
from smslint.sources.reading import read_section
from smslint.sources.secrets import HIDDEN, Stretch
from smslint.sources.sitecontrol.parts import Block, Field, Image, Statement
from smslint.sources.sitecontrol.secrets import AddressString, SiteControlRedactor
from smslint.sources.text import Document, well_formed

_SMS_1_2 = ProductVersion.between("1.2", "1.2sp4")
_FIELDS_IN_1_2: Final = {"FILE_DEFINITION": 6, "SITE_ACCOUNT": 18, "SENDER": 6, "COMPONENT": 5, "DOMAIN": 3}

_CODE = re.compile(r"[A-Z0-9]{3}", re.IGNORECASE | re.ASCII)
_DIRECTORY = re.compile(r"[A-Z]:\\", re.IGNORECASE)
_COMPONENT = re.compile(r"SMS_\w+", re.IGNORECASE | re.ASCII)
_ADDRESS_TYPE = re.compile(r"MS_\w+", re.IGNORECASE | re.ASCII)
_NAL_SERVER = re.compile(r"\\\\([^\\\]\"]+)\\?\Z")
_ROLE_FLAGS: Final = ("1", "5")
"""Flags of a component that is assigned to a role, not to a named server."""
_SITE_SERVER_ROLE: Final = "SMS SITE SERVER"
_VALUES: Final = {"Value1": 1, "Value2": 2, "Value": 3}

S = TypeVar("S", bound=Section)
Fields = dict[str, "Field | None"]


class Spans:
    """The way from a field back to its span in the input, nothing secret shown."""

    def __init__(self, document: Document, redactor: SiteControlRedactor) -> None:
        """Look at ``document`` through ``redactor``, which has hidden the ciphers by now."""
        self.document, self.redactor = document, redactor
        # Excerpts of one long line are one object, however many values are read from it.
        self._excerpt = lru_cache(maxsize=16)(
            partial(document.excerpt, masked=partial(redactor.excerpt, document.text))
        )

    def span(self, start: int, end: int) -> Span:
        """Return the span of a stretch, every secret of its line covered."""
        return self.document.span(start, end, self._excerpt)

    def located(self, field: Field, data: object = None) -> Located:
        """Return a field as read; the span of an empty one includes its brackets."""
        text = well_formed(self.redactor.display(field))
        if data is None or text == HIDDEN:
            data = text
        return Located.of(data, partial(self._whole, field, text, data))

    def _whole(self, field: Field, text: str, data: object) -> Located:
        wider = field.start == field.end
        span = self.span(field.start - wider, min(field.end + wider, len(self.document.text)))
        if text == HIDDEN:
            return Located(HIDDEN, span, display=HIDDEN)
        return Located(data, span, display=f'text that begins "{text[:40]}"' if len(text) > 40 else "")

    def stretch(self, stretch: Stretch) -> Located:
        """Return a part of the text as read."""
        start, end = stretch
        return self.located(Field(self.document.text[start:end], start, end))


class Sections:
    """The sections of one site control file; each method reads one kind of them."""

    def __init__(
        self, image: Image, spans: Spans, defects: Defects, product: ProductVersion, *, early: bool
    ) -> None:
        """Read ``image``; ``early`` says whether its layout is that of SMS 1.x."""
        self.image, self.spans, self.defects, self.product = image, spans, defects, product
        self.early = early
        self.proven = early and product.overlaps(_SMS_1_2)
        self.systems = tuple(self._systems())
        self._own_code = ""
        self._outboxes = {
            statement.fields[0].text.upper(): statement for statement in self._statements("OUTBOX")
        }

    def files(self) -> Iterator[SiteControlFile]:
        """Read what the file says of itself."""
        block = next(self._blocks("FILE_DEFINITION"), None)
        if block is None and not self.image.has_header:
            return
        fields = block.fields if block else []
        names = ["file_type", "", "target_site", "originating_site", "timestamp", "posted"]
        if not self.early:
            names[4:] = ["serial_number"]
        found = self._by_position(names, fields)
        if not self.early:
            # Only the order of the 1.x fields is proven: what does not look its part is left out.
            looks = {"file_type": str.isdigit, "serial_number": str.isdigit}
            found = {
                name: field
                for name, field in found.items()
                if field and looks.get(name, lambda text: _CODE.fullmatch(text) is not None)(field.text)
            }
        yield self._read(
            SiteControlFile,
            self._set(found),
            block.at if block else (self.image.start, self.image.start),
            build=well_formed(self.image.build) or None,
            size=self.image.end - self.image.start,
            is_cut=self.image.truncated,
        )

    def identifications(self) -> Iterator[Identification]:
        """Read who the site is, from the block that says so or else from the target of the file."""
        account = next(self._blocks("SITE_ACCOUNT"), None)
        definition = next(self._blocks("SITE_DEFINITION"), None)
        file = next(self._blocks("FILE_DEFINITION"), None)
        block = account or definition or file
        if block is None:
            return
        if block is account:
            names = ["site_type", "site_code", "parent_site_code", "site_server", "", "", "install_directory"]
            found = self._by_position(names, block.fields)
            # An empty parent code says that there is none; an empty number says nothing.
            kept = (each for each in found.items() if each[1] and (each[1].text or each[0] != "site_type"))
            raws = {name: self.spans.located(field) for name, field in kept if field}
        elif block is definition:
            raws = self._definition(block)
        else:
            raws = self._set(self._by_position(["", "", "site_code"], block.fields))
        if raws:
            site = self._read(Identification, raws, block.at)
            self._own_code = (site.site_code.value or "").upper()
            yield site

    def _definition(self, block: Block) -> dict[str, Located]:
        """Read a SITE_DEFINITION: number, code, name, then fields of unknown order."""
        fields = block.fields
        code = next((field for field in fields[:2] if _CODE.fullmatch(field.text)), None)
        found: Fields = {"site_code": code}
        found["install_directory"] = next((each for each in fields[3:] if _DIRECTORY.match(each.text)), None)
        raws = self._set(found)
        for system in self.systems:
            role, server = system.role.value, system.server.raw
            if role and role.upper() == _SITE_SERVER_ROLE and server:
                raws["site_server"] = server
        return raws

    def senders(self) -> Iterator[Sender]:
        """Read the senders; of two definitions of one the last counts, of SMS 1.x each: Q138243."""
        yield from (self._sender(block) for block in self._blocks("SENDER"))
        sections: dict[tuple[str, str], Sender] = {}
        for block in self._blocks("COMPONENT"):
            if sender := self._component_sender(block):
                self._once(sections, (sender.name.upper(), (sender.server.value or "").upper()), sender)
        yield from sections.values()

    def _sender(self, block: Block) -> Sender:
        names = ["flags", "address_type", "", "", "server", "name"]
        found = self._by_position(names, block.fields)
        outbox = next((each for each in block.statements if each.keyword == "OUTBOX" and each.fields), None)
        found["outbox"] = outbox.fields[0] if outbox else None
        named = found.pop("name", None) or found.get("address_type")
        name = self.spans.redactor.display(named) if named else ""
        return self._read(Sender, self._set(found), block.at, name=name or "(unnamed)")

    def _component_sender(self, block: Block) -> Sender | None:
        found = self._component_fields(block)
        named = found.pop("name")
        if self.early or named is None or not is_sender(named.text):
            return None
        found.pop("drive", None)
        properties = self._properties(block)
        for name, declared in Sender.declared():
            if declared.property:
                title, part = declared.property
                fields = properties.get(title.upper())
                found[name] = fields[_VALUES[part]] if fields else None
        return self._read(Sender, self._set(found), block.at, name=self.spans.redactor.display(named))

    def components(self) -> Iterator[InstalledComponent]:
        """Read the services and threads that are no senders."""
        sections: dict[tuple[str, str], InstalledComponent] = {}
        for block in self._blocks("COMPONENT"):
            found = self._component_fields(block)
            named = found.pop("name")
            if named is None or (not self.early and is_sender(named.text)):
                continue
            name = self.spans.redactor.display(named)
            component = self._read(InstalledComponent, self._set(found), block.at, name=name)
            self._once(sections, (name.upper(), (component.server.value or "").upper()), component)
        yield from sections.values()

    def _component_fields(self, block: Block) -> Fields:
        fields = block.fields
        if self.early:
            found = self._by_position(["flags", "name", "", "server", "drive"], fields)
            return {"name": None, **found}
        names = [field for field in fields if _COMPONENT.fullmatch(field.text)]
        name = next((field for field in names if is_sender(field.text)), next(iter(names), None))
        flags = next((field for field in fields if field.text.isdigit()), None)
        others = (field for field in fields if field not in (name, flags) and field.text)
        is_role = flags is not None and flags.text in _ROLE_FLAGS
        return {"name": name, "flags": flags, "server": None if is_role else next(others, None)}

    def addresses(self) -> Iterator[Address]:
        """Read the addresses: statements with a counted string in SMS 1.x, blocks in later versions."""
        for statement in self._statements("ADDRESS"):
            yield self._address(statement)
        for block in self._blocks("ADDRESS"):
            yield self._address_block(block)

    def _address(self, statement: Statement) -> Address:
        raws = self._set(self._by_position(["", "destination", "type", "outbox"], statement.fields))
        string = statement.string or (statement.fields[4] if len(statement.fields) > 4 else None)
        account = None
        if string:
            text = self.spans.document.text
            parts = AddressString.of(string, text)
            nowhere = (string.end, string.end)
            for name in ("gateway", "server", "share"):
                raws[name] = self.spans.stretch(getattr(parts, name) or nowhere)
            account = any(text[start:end].strip() for start, end in parts.rest)
        elif self.proven:
            self._malformed(
                "ADDRESS without its counted string `#N(...)`; where it leads is not known", statement
            )
        if statement.counted:
            raws["counted"] = self.spans.located(statement.counted)
        outbox = self._outboxes.get(str(raws["outbox"].data).upper()) if "outbox" in raws else None
        schedule = self._schedule(outbox) if outbox else None
        # One that cannot be read is told of once, at the outbox.
        if schedule and isinstance(schedule.data, UsageSchedule):
            raws["schedule"] = schedule
        length = len(statement.string.text) if statement.string else None
        return self._read(Address, raws, statement.at, counted_characters=length, has_account=account)

    def _address_block(self, block: Block) -> Address:
        fields, properties = block.fields, self._properties(block)
        codes = [field for field in fields if _CODE.fullmatch(field.text)]
        others = (field for field in codes if field.text.upper() != self._own_code)
        point, login = properties.get("CONNECTION POINT"), properties.get("LAN LOGIN")
        found: Fields = {
            "type": next((field for field in fields if _ADDRESS_TYPE.fullmatch(field.text)), None),
            "destination": next(others, codes[0] if codes else None),
            "server": point[1] if point else None,
            "share": point[2] if point else None,
        }
        account = bool(login[2].text) if login else None
        return self._read(Address, self._set(found), block.at, has_account=account)

    def outboxes(self) -> Iterator[Outbox]:
        """Read the outboxes of SMS 1.x."""
        for statement in self._statements("OUTBOX"):
            names = ["name", "", "type", "", "create_flag", "drive", "server"]
            raws = self._set(self._by_position(names, statement.fields))
            if schedule := self._schedule(statement):
                raws["schedule"] = schedule
            yield self._read(Outbox, raws, statement.at)

    def _schedule(self, outbox: Statement) -> Located | None:
        if len(outbox.fields) < 4 or not outbox.fields[3].text:
            return None
        field = outbox.fields[3]
        read = usage(field.text)
        located = self.spans.located(field, read)
        if isinstance(read, UsageSchedule):
            return located
        return replace(located, display=f"{len(field.text)} characters, not a week of 168 hexadecimal digits")

    def domains(self) -> Iterator[Domain]:
        """Read the domains with their logon servers."""
        for block in self._blocks("DOMAIN"):
            logon = [
                each.fields[0] for each in block.statements if each.keyword == "LOGONSERVER" and each.fields
            ]
            servers = tuple(well_formed(self.spans.redactor.display(server)) for server in logon)
            raws = self._set(self._by_position(["name", "type", "enumeration"], block.fields))
            yield self._read(Domain, raws, block.at, logon_servers=servers)

    def _systems(self) -> Iterator[SiteSystem]:
        for statement in self._statements("SERVER"):
            raws = self._set(self._by_position(["server", "role"], statement.fields))
            yield self._read(SiteSystem, raws, statement.at)
        for block in self._blocks("SYSTEM_RESOURCE_USE"):
            resources = (each for each in block.statements if each.keyword == "RESOURCE")
            path = next((each.fields[1] for each in resources if len(each.fields) > 1), None)
            server = _NAL_SERVER.search(path.text[-300:]) if path else None
            roles = (each for each in block.statements if each.keyword == "ROLE" and each.fields)
            for role in islice(roles, SITE_CONTROL_ROLES):
                raws = self._set({"role": role.fields[0]})
                if path and server:
                    raws["server"] = self.spans.located(path, well_formed(server[1]))
                yield self._read(SiteSystem, raws, block.at)

    def properties(self) -> Iterator[SiteProperties]:
        """Read the properties of the site as a whole."""
        found = self._by_name(self._statements("PROPERTY"), None)
        for name, declared in SiteProperties.declared():
            title, part = declared.property or ("", "Value")
            if fields := found.get(title.upper()):
                field = fields[_VALUES[part]]
                yield self._read(SiteProperties, {name: self.spans.located(field)}, field.at)

    def check_counts(self) -> None:
        """Report the blocks of SMS 1.2 that hold more or fewer bare fields than they should."""
        for block in self.image.blocks if self.proven else ():
            expected, fields = _FIELDS_IN_1_2.get(block.name), block.fields
            if expected is None or len(fields) == expected:
                continue
            is_cut = self.image.truncated and block is self.image.blocks[-1]
            if not (is_cut and len(fields) < expected):
                part = fields[expected] if len(fields) > expected else block
                text = f"BEGIN_{block.name} holds {len(fields)} fields, expected {expected} in SMS 1.2"
                self._malformed(f"{text}; what its fields mean is in doubt", part)

    def _malformed(self, text: str, part: Block | Statement | Field) -> None:
        self.defects.append(Defect("malformed", text, self.spans.span(*part.at), costly=True))

    def _blocks(self, *names: str) -> Iterator[Block]:
        return (block for block in self.image.blocks if block.name in names)

    def _statements(self, keyword: str) -> Iterator[Statement]:
        found = (statement for statement in self.image.statements if statement.keyword == keyword)
        return (statement for statement in found if statement.fields)

    def _properties(self, block: Block) -> dict[str, list[Field]]:
        return self._by_name((each for each in block.statements if each.keyword == "PROPERTY"), block)

    def _by_name(self, properties: Iterator[Statement], block: Block | None) -> dict[str, list[Field]]:
        """Return the four fields of each property, by its name in upper case; the last of a name counts."""
        found: dict[str, list[Field]] = {}
        for each in properties:
            if len(each.fields) != 4:
                continue
            name = each.fields[0].text.upper()
            if name in found and block is not None:
                self._twice(f"PROPERTY <{self.spans.redactor.display(each.fields[0])}>", found[name][0], each)
            found[name] = each.fields
        return found

    def _once(self, sections: dict[tuple[str, str], S], key: tuple[str, str], section: S) -> None:
        """Put a section in the place of one of the same key before it."""
        before = sections.pop(key, None)
        if before is not None and before.span and section.span:
            text = f"{section.component} is defined again for the same server; the last definition counts"
            related = ((before.span, "the definition before"),)
            component = section.component
            self.defects.append(Defect("set-twice", text, section.span, related=related, component=component))
        sections[key] = section

    def _twice(self, what: str, before: Field, again: Statement) -> None:
        related = ((self.spans.span(*before.at), "the value before"),)
        span = self.spans.span(*again.at)
        text = f"{what} is set again in the same block; the last value counts"
        self.defects.append(Defect("set-twice", text, span, related=related))

    def _by_position(self, names: list[str], fields: list[Field]) -> Fields:
        return {name: field for name, field in zip(names, fields, strict=False) if name}

    def _set(self, found: Fields) -> dict[str, Located]:
        """Locate the fields that are there and not empty."""
        return {name: self.spans.located(field) for name, field in found.items() if field and field.text}

    def _read(self, model: type[S], raws: dict[str, Located], at: Stretch, **context: Any) -> S:
        span = self.spans.span(*at)
        return read_section(model, raws, self.defects, span=span, product=self.product, **context)


def usage(digits: str) -> UsageSchedule | str:
    """Read the schedule of an outbox: a hex digit an hour, of which only F, always open, is proven.

    The one sample that was ever published has 166 digits, of a week's 168. What is no schedule comes back.
    """
    if not re.fullmatch(r"[0-9A-F]{166}|[0-9A-F]{168}", digits, re.IGNORECASE):
        return digits
    return _week(digits)


@lru_cache(maxsize=64)
def _week(digits: str) -> UsageSchedule:
    hours = [Usage.ALL if digit in "Ff" else None for digit in digits]
    missing = 168 - len(hours)
    hours += [Usage.ALL if all(hours) else None] * missing
    return UsageSchedule(tuple(hours), all_zero=not digits.strip("0"))
