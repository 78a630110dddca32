"""A site: its identity, and everything its exports say of how it sends."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from smslint.schema.address import Address
from smslint.schema.components import (
    Compression,
    Despooler,
    DiscoveryDataManager,
    Executive,
    ExecutiveThread,
    HierarchyManager,
    ReplicationManager,
    SiteConfigManager,
    Tracing,
)
from smslint.schema.identity import Identification, Setup
from smslint.schema.located import Span
from smslint.schema.sender import Sender
from smslint.schema.server import computer
from smslint.schema.setting import Section, Setting
from smslint.schema.sitecontrol import (
    Domain,
    InstalledComponent,
    Outbox,
    SiteControlFile,
    SiteProperties,
    SiteSystem,
)
from smslint.schema.version import (
    ANY,
    CURRENT_BRANCH,
    PASSIVE_SERVER_BUILD,
    ProductVersion,
)

Holding = Literal["sender settings", "installed senders", "addresses", "schedules", "identity"]
"""A part of a site's configuration that a source may be able to hold."""


SiteKind = Literal["primary", "secondary", "central"]

_KINDS_1X: Final[dict[int, SiteKind]] = {6: "primary", 9: "secondary"}
_KINDS_SETUP: Final[dict[int, SiteKind]] = {1: "primary", 2: "secondary", 8: "central"}
_KINDS_WMI: Final[dict[int, SiteKind]] = {2: "primary", 1: "secondary", 4: "central"}


class Site(BaseModel):
    """One site as one input, or all inputs that name its code, describe it.

    Joining is concatenation: senders and addresses are each file's, identity sections stand once per
    file, and no value overrides another. ``holds`` says what the inputs could have shown; what no input
    could hold is unknown, not missing.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, arbitrary_types_allowed=True)

    paths: SkipJsonSchema[Annotated[tuple[str, ...], Field(exclude=True)]] = ()
    product: SkipJsonSchema[Annotated[ProductVersion, Field(exclude=True)]] = ANY
    holds: SkipJsonSchema[Annotated[frozenset[Holding], Field(exclude=True)]] = frozenset()
    is_server_export: SkipJsonSchema[Annotated[bool, Field(exclude=True)]] = False
    """Both Components and Sites stand in a registry export: the whole SMS key of a site server."""

    identifications: tuple[Identification, ...] = ()
    setups: tuple[Setup, ...] = ()
    senders: tuple[Sender, ...] = ()
    addresses: tuple[Address, ...] = ()
    despoolers: tuple[Despooler, ...] = ()
    compressions: tuple[Compression, ...] = ()
    site_config_managers: tuple[SiteConfigManager, ...] = ()
    hierarchy_managers: tuple[HierarchyManager, ...] = ()
    discovery_data_managers: tuple[DiscoveryDataManager, ...] = ()
    replication_managers: tuple[ReplicationManager, ...] = ()
    executives: tuple[Executive, ...] = ()
    threads: tuple[ExecutiveThread, ...] = ()
    tracings: tuple[Tracing, ...] = ()
    site_control_files: tuple[SiteControlFile, ...] = ()
    outboxes: tuple[Outbox, ...] = ()
    components: tuple[InstalledComponent, ...] = ()
    domains: tuple[Domain, ...] = ()
    site_systems: tuple[SiteSystem, ...] = ()
    site_properties: tuple[SiteProperties, ...] = ()

    @classmethod
    def join(cls, sites: Sequence["Site"]) -> "Site":
        """One site of all that name its code. What one tells of the version narrows what the others do."""
        product = reduce(lambda known, more: known.refined(more) or known, (site.product for site in sites))
        gathered: dict[str, Any] = {
            "paths": tuple(sorted({path for site in sites for path in site.paths})),
            "product": product,
            "holds": frozenset().union(*(site.holds for site in sites)),
            "is_server_export": any(site.is_server_export for site in sites),
        }
        for name in cls.model_fields.keys() - gathered.keys():
            parts = [part for site in sites for part in getattr(site, name)]
            gathered[name] = tuple(
                part.model_copy(update={"product": part.product.refined(product) or part.product})
                for part in parts
            )
        return cls.model_construct(**gathered)

    def in_order(self) -> "Site":
        """The same site, its sections of a kind by what they say: the order of files and keys is none."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        ordered = {
            name: _in_order(sections)
            for name, sections in parts.items()
            if name != "paths" and isinstance(sections, tuple) and len(sections) > 1
        }
        if all(sections == parts[name] for name, sections in ordered.items()):
            return self
        # Not a copy: it would keep the properties that were worked out of the other order.
        return self.model_construct(**parts | ordered)

    def sections(self) -> Iterator[Section]:
        """Every section of the site, in the order of the fields."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield from (part for part in value if isinstance(part, Section))

    @property
    def span(self) -> Span | None:
        """Where the site begins: its identity if that was read, else its first section."""
        return next((part.span for part in self.sections() if part.span), None)

    @cached_property
    def code(self) -> str | None:
        """The site code as the inputs spell it; None when no input names it."""
        return next((found.site_code.value for found in self.identifications if found.site_code.value), None)

    @cached_property
    def parent_code(self) -> str | None:
        """The parent's site code; empty for a site that says it has none, None when no input tells."""
        codes = [found.parent_site_code.value for found in self.identifications]
        return next((code for code in codes if code is not None), None)

    @property
    def parent_site_code(self) -> Setting[str] | Self:
        """Where an input names its parent; the site itself where none does."""
        codes = (found.parent_site_code for found in self.identifications)
        return next((code for code in codes if code.value), self)

    @property
    def server(self) -> str | None:
        """The site server's name; None when no input names it."""
        return next((named.value for named in self.servers.values()), None)

    @cached_property
    def servers(self) -> dict[str, Setting[str]]:
        """The computers that inputs name as the site's server, each with the first setting that does.

        More than one where they disagree.
        """
        found: dict[str, Setting[str]] = {}
        for server in (each.site_server for each in self.identifications):
            if server.value:
                found.setdefault(computer(server.value), server)
        return found

    def server_is(self, name: str | None) -> bool:
        """Whether a name means the site's own server, or one of those that its inputs name as that."""
        return bool(name) and computer(name or "") in self.servers

    def is_elsewhere(self, name: str | None) -> bool:
        """Whether a name certainly means another computer than the site's server: both are known."""
        return bool(name and self.servers) and not self.server_is(name)

    @cached_property
    def drives(self) -> frozenset[str]:
        """The letters of the drives that SMS is installed on, as far as inputs name them."""
        paths = (found.install_directory.value or "" for found in self.identifications)
        return frozenset(path[0].upper() for path in paths if path[1:2] == ":")

    @cached_property
    def site_control_image_size(self) -> int:
        """The largest SiteControlImageSize that inputs hold, as far as it is legal; 0 where none do."""
        sizes = [manager.site_control_image_size for manager in self.site_config_managers]
        return max((size.declared.legal_up_to(size.value or 0) for size in sizes), default=0)

    def sendings_per_site(self, address: Address) -> int:
        """How many sendings to one site an address's sender may have; the default where that is unset."""
        sender = self._first_sender_by_type.get(address.serves)
        limit = sender.max_concurrent_site_sendings.value if sender else None
        if limit is not None:
            return limit
        declared = dict(Sender.declared())["max_concurrent_site_sendings"]
        return int(declared.default(address.family, address.product))

    @cached_property
    def _first_sender_by_type(self) -> dict[str, Sender]:
        return {sender.serves: sender for sender in reversed(self.senders)}

    @cached_property
    def outbox_types(self) -> dict[str, set[str]]:
        """The address types that its outboxes are for, by the name of the outbox in upper case."""
        found: dict[str, set[str]] = {}
        for outbox in self.outboxes:
            found.setdefault((outbox.name.value or "").upper(), set()).add(outbox.serves)
        return found

    @cached_property
    def has_site_control(self) -> bool:
        """Whether site control says who the site is, not a registry export alone."""
        return any(not found.in_registry for found in self.identifications)

    @cached_property
    def kind(self) -> SiteKind | None:
        """What kind of site it is; None where no input tells, or two disagree.

        Site control has 6 and 9 for it (Q133113), Setup 1, 2 and 8 (Q273853), WMI 2, 1 and 4
        (SMS_SCI_SiteDefinition): the numbers are not the same.
        """
        kinds = {_KINDS_1X.get(found.site_type.value or 0) for found in self.identifications}
        kinds |= {_KINDS_WMI.get(found.wmi_site_type.value or 0) for found in self.identifications}
        kinds |= {_KINDS_SETUP.get(setup.type.value or 0) for setup in self.setups}
        kinds.discard(None)
        return kinds.pop() if len(kinds) == 1 else None

    def parent_is(self, code: str | None) -> bool:
        """Whether it says that the site of that code is its parent, letter case ignored."""
        return bool(code) and (self.parent_code or "").upper() == (code or "").upper()

    def code_is(self, code: str | None) -> bool:
        """Whether this is the site of that code, letter case ignored."""
        return bool(code) and (self.code or "").upper() == (code or "").upper()

    @cached_property
    def has_passive_server(self) -> bool:
        """Whether its inputs name the active and the passive server that current branch has from 1806 on.

        They are two, and of one build; a secondary site has no passive server. A build that an input does not
        state counts as that of the other.
        """
        if len(self.servers) != 2 or self.kind == "secondary" or not self.product.within(CURRENT_BRANCH):
            return False
        builds = {each.product.build for each in self.identifications} - {None}
        return len(builds) < 2 and all(build >= PASSIVE_SERVER_BUILD for build in builds if build)

    @cached_property
    def addresses_by_destination(self) -> dict[str, list[Address]]:
        """The addresses to each other site, by its code in upper case."""
        found: dict[str, list[Address]] = {}
        for address in self.addresses:
            code = (address.destination.value or "").upper()
            if address.names_site and code not in ("", (self.code or "").upper()):
                found.setdefault(code, []).append(address)
        return found

    @property
    def addresses_to_other_sites(self) -> Iterator[Address]:
        """The addresses to other sites, those to one site together."""
        for addresses in self.addresses_by_destination.values():
            yield from addresses

    def addresses_to(self, code: str | None) -> Sequence[Address]:
        """The addresses to the site of this code, letter case ignored."""
        return self.addresses_by_destination.get((code or "").upper(), ())

    @cached_property
    def open_destinations(self) -> frozenset[str]:
        """The codes of the sites that addresses lead to which are no courier's and not closed all week."""
        return frozenset(
            code
            for code, addresses in self.addresses_by_destination.items()
            if any(not address.is_courier and not address.is_always_closed for address in addresses)
        )

    def reaches_without_courier(self, code: str | None) -> bool:
        """Whether an address leads to the site of this code over a network; one of unknown type counts."""
        return any(not address.is_courier for address in self.addresses_to(code))

    def lacks_address_to(self, code: str | None) -> bool:
        """Whether it is certain that no address leads to the site of this code."""
        return "addresses" in self.holds and not self.addresses_to(code)

    @cached_property
    def destinations_by_type(self) -> dict[str, frozenset[str]]:
        """The codes of the other sites that addresses of each type lead to; the unknown type is ``?``.

        Under the empty type stand all of them.
        """
        found: dict[str, set[str]] = {}
        for code, addresses in self.addresses_by_destination.items():
            for address in addresses:
                found.setdefault(address.serves or "?", set()).add(code)
        by_type = {kind: frozenset(codes) for kind, codes in found.items()}
        return by_type | {"": frozenset(self.addresses_by_destination)}

    def destinations(self, sender_type: str = "") -> frozenset[str]:
        """The site codes that the site's addresses lead to, in upper case, itself left out.

        With ``sender_type`` only those that a sender of that address type may serve.
        """
        certain = self.destinations_by_type.get(sender_type, frozenset())
        possible = self.destinations_by_type.get("?", frozenset()) if sender_type else frozenset()
        # Senders can be many, and share what they serve: nothing is copied without need.
        return certain | possible if certain and possible else certain or possible


def _in_order(sections: Iterable[Section]) -> tuple[Section, ...]:
    """By component, key and values, letter case ignored; those alike by their spelling, then their span."""
    return tuple(_sorted(sections, _named, lambda of_a_key: _sorted(of_a_key, _values, _by_spelling)))


def _sorted(
    sections: Iterable[Section],
    by: Callable[[Section], tuple[str, ...]],
    among_alike: Callable[[list[Section]], list[Section]],
) -> list[Section]:
    """Sections in order; what is asked of those alike, most are spared."""
    keyed = sorted(((by(each), each) for each in sections), key=itemgetter(0))
    found: list[Section] = []
    for _, equal in groupby(keyed, itemgetter(0)):
        alike = [each for _, each in equal]
        found += among_alike(alike) if len(alike) > 1 else alike
    return found


def _named(section: Section) -> tuple[str, ...]:
    return (section.component or "").upper(), (section.key or "").upper()


def _values(section: Section) -> tuple[str, ...]:
    # A schedule is long, and hardly ever the only difference.
    values = (setting.value for setting in section.settings())
    return tuple(
        "" if each is None else str(each).upper() for each in values if isinstance(each, int | str | None)
    )


def _by_spelling(alike: list[Section]) -> list[Section]:
    return sorted(alike, key=_spelling)


def _spelling(section: Section) -> tuple[str | int, ...]:
    span = section.span
    where = (span.path, span.line, span.column) if span else ("", 0, 0)
    return (section.component or "", *(str(setting.value) for setting in section.settings()), *where)
