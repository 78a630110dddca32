"""What a report tells of what was read, findings apart: its inputs, and its sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from smslint.finding import AddressSheet, Input, SiteSheet
from smslint.schema.address import Address
from smslint.schema.export import Export
from smslint.schema.schedule import Usage
from smslint.schema.site import Site
from smslint.sources.text import well_formed


def input_of(export: Export) -> Input:
    """One input as it was read."""
    return Input(
        path=well_formed(export.path),
        format=export.format,
        encoding=export.encoding,
        product_version=export.product.name or None,
        sites=tuple(site.code for site in export.sites if site.code),
        not_checked=export.not_checked,
        senders=sum(len(site.senders) for site in export.sites),
        version_title=str(export.product) if export.product.known else "",
        assumed=tuple(_assumed(export)),
    )


def _assumed(export: Export) -> Iterator[str]:
    """The documented defaults that stand in for sender settings an export does not hold."""
    for site in export.sites:
        if "sender settings" not in site.holds:
            continue
        for sender in site.senders:
            for setting in sender.settings():
                default = setting.declared.default(sender.kind, sender.product)
                if setting.value is None and default is not None:
                    yield f"{sender.name}: {setting.declared.label} {default}"


def site_sheet(site: Site) -> SiteSheet:
    """One site as its inputs describe it."""
    return SiteSheet(
        code=site.code,
        server=site.server,
        parent=site.parent_code,
        kind=site.kind,
        version=str(site.product) if site.product.known else "",
        paths=tuple(dict.fromkeys(map(well_formed, site.paths))),
        addresses=tuple(_addresses(site)),
    )


def _addresses(site: Site) -> Iterator[AddressSheet]:
    """The addresses to other sites. One of unknown type is taken for a copy of those of a known type."""
    for addresses in site.addresses_by_destination.values():
        by_type: dict[str, list[Address]] = defaultdict(list)
        for address in addresses:
            by_type[address.serves].append(address)
        untyped = by_type.pop("", [])
        for kind, same in by_type.items() or [("", [])]:
            yield _address_sheet(kind, [*same, *untyped])


def _address_sheet(kind: str, addresses: Sequence[Address]) -> AddressSheet:
    schedules = [address.schedule.value for address in addresses if address.schedule.value]
    narrow = [schedule for schedule in schedules if not schedule.always(Usage.ALL)]
    week = tuple(narrow[0].rows()) if narrow else ()
    return AddressSheet(
        destination=addresses[0].destination.value or "",
        type=kind,
        week=week if schedules else None,
        places=tuple((address.place, address.key) for address in addresses),
    )
