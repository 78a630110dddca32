"""What only a site control file tells of a site: the file itself, its outboxes, components and domains.

Fields and flags are those of the SMS 1.2 Resource Guide; later versions keep the same facts under
SITE_DEFINITION, COMPONENT and SYSTEM_RESOURCE_USE.
"""

from typing import Annotated

from pydantic import Field

from smslint.schema.schedule import Usage, UsageSchedule
from smslint.schema.sender import Family, address_type, family
from smslint.schema.setting import UNSET, Declared, Section, Setting


class SiteControlFile(Section):
    """The file's own description: what it is a copy of, and when it was made (Q133113, Q154577)."""

    file_type: Annotated[Setting[int], Declared("File type", source="Q133113")] = UNSET
    """1 actual and 2 proposed; the articles disagree on every other number."""
    target_site: Annotated[Setting[str], Declared("Target site", source="Q133113")] = UNSET
    originating_site: Annotated[Setting[str], Declared("Originating site", source="Q133113")] = UNSET
    timestamp: Annotated[
        Setting[int], Declared("GMT time stamp", unit="seconds since 1970", source="Q154577")
    ] = UNSET
    """SMS 1.x; later versions count serial numbers instead."""
    serial_number: Annotated[Setting[int], Declared("Serial number", source="SMS_SCI_FileDefinition")] = UNSET
    posted: Annotated[Setting[int], Declared("Posted flag")] = UNSET

    build: Annotated[str | None, Field(description="the build in the header line")] = None
    size: Annotated[
        int,
        Field(
            description="bytes of the file as the product keeps it, in a single-byte code page "
            "(Q162536, Q255262)"
        ),
    ] = 0
    is_cut: Annotated[
        bool, Field(description="whether the file ends too early, so that it lacks what it should hold")
    ] = False


class Outbox(Section):
    """Where a sender of SMS 1.x finds its work, and when it may be done (Q126229)."""

    name: Annotated[Setting[str], Declared("Outbox", source="Q126229")] = UNSET
    type: Annotated[Setting[str], Declared("Address type")] = UNSET
    schedule: Annotated[Setting[UsageSchedule], Declared("Schedule")] = UNSET
    create_flag: Annotated[Setting[int], Declared("Create flag")] = UNSET
    drive: Annotated[Setting[str], Declared("Drive", source="Q126229")] = UNSET
    server: Annotated[Setting[str], Declared("Server", source="Q126229")] = UNSET

    @property
    def subject(self) -> str:
        """Its name, and what it is for."""
        return f"{self.name.value or ''} {self.serves}"

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"the outbox {self.name.value or '(unnamed)'}"

    @property
    def serves(self) -> str:
        """The address type without the 1.x suffix; empty when it is not known."""
        return address_type(self.type.value or "")

    @property
    def is_restricted(self) -> bool:
        """Whether it is known not to be open to all priorities at all hours."""
        return self.schedule.value is not None and not self.schedule.value.always(Usage.ALL)

    @property
    def family(self) -> Family:
        """The family of the senders it is for; other where its type is not known."""
        return family(self.serves)


class InstalledComponent(Section):
    """A service or thread of the site, senders left out (Q131698)."""

    name: str
    flags: Annotated[Setting[int], Declared("Flags")] = UNSET
    server: Annotated[Setting[str], Declared("Server", source="Q131698")] = UNSET
    drive: Annotated[Setting[str], Declared("Drive")] = UNSET

    @property
    def component(self) -> str:
        """The component's name."""
        return self.name


class Domain(Section):
    """A domain of the site and its logon servers (Q135087, Q140366)."""

    name: Annotated[Setting[str], Declared("Domain", source="Q256963")] = UNSET
    type: Annotated[Setting[str], Declared("Domain type")] = UNSET
    enumeration: Annotated[Setting[int], Declared("Logon servers")] = UNSET
    """How its logon servers are found: 1 automatically, 2 as listed."""
    logon_servers: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Its name and type."""
        return f"{self.name.value or ''} {self.type.value or ''}"

    @property
    def finds_logon_servers(self) -> bool:
        """Whether SMS finds its logon servers automatically, so that their list here need not be whole."""
        return self.enumeration.value == 1


class SiteSystem(Section):
    """A server that plays a part in the site (Q263063)."""

    server: Annotated[Setting[str], Declared("Server", source="Q263063")] = UNSET
    role: Annotated[Setting[str], Declared("Role")] = UNSET

    @property
    def subject(self) -> str:
        """The server and its role."""
        return f"{self.server.value or ''} {self.role.value or ''}"


class SiteProperties(Section):
    """Properties of the site as a whole."""

    sna_local_address: Annotated[
        Setting[str], Declared("SNA Local Address", property=("SNA Local Address", "Value1"))
    ] = UNSET
