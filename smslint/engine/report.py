"""What the rules said and what was read, made into the results of a report."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass

from smslint import fixes
from smslint.checks.rule import Rule
from smslint.finding import Finding, Severity, Subject, span_of
from smslint.report import (
    AddressInfo,
    Input,
    RelatedLocation,
    ReportedFinding,
    SiteInfo,
    Summary,
    Suppressed,
    Versions,
)
from smslint.schema.address import Address
from smslint.schema.export import Defect, Export
from smslint.schema.schedule import Usage, UsageSchedule
from smslint.schema.sender import Sender
from smslint.schema.server import computer
from smslint.schema.setting import Section
from smslint.schema.site import Site
from smslint.schema.version import RELEASES, ProductVersion
from smslint.sources.text import well_formed
from smslint.sources.unchecked import input_not_checked, not_checked


def reported(
    rule: Rule,
    finding: Finding,
    severity: Severity,
    *,
    path: str | None,
    site: str | None,
    product: ProductVersion,
    section: Section | None = None,
    words: str = "",
) -> ReportedFinding:
    """A finding with all that the run knows of it.

    ``path`` and ``site`` are where it is when its place does not say, ``section`` what it belongs to,
    ``words`` what to add to its message. The fingerprint is still empty.
    """
    span, setting = span_of(finding.about), finding.setting
    defect = finding.about if isinstance(finding.about, Defect) else None
    return ReportedFinding(
        rule=rule.code,
        name=rule.name,
        severity=severity,
        message=well_formed(f"{finding.message} ({words})" if words else finding.message),
        path=well_formed(span.path if span else path),
        line=span.line if span else None,
        column=span.column if span else None,
        end_line=span.end_line if span else None,
        end_column=span.end_column if span else None,
        related=tuple(_related(*each) for each in finding.related),
        site=site,
        component=section.component if section else defect.component if defect else None,
        setting=setting.name if setting else defect.setting if defect else None,
        label=setting.declared.label if setting else None,
        value=fixes.plain(setting.value) if setting else None,
        expected=finding.expected,
        reference=rule.reference,
        fingerprint="",
        fix=fixes.resolve(finding.fix, product, site, section) if finding.fix else None,
        excerpt=well_formed(span.excerpt) if span else None,
        excerpt_column=span.excerpt_column if span else 1,
        changes=finding.fix.changes if finding.fix else (),
        key=section.key if section else None,
        subject=well_formed(defect.subject if defect else section.subject if section else ""),
        aspect=well_formed(finding.aspect),
        week=_week(setting.value) if setting else (),
        destination=fixes.destination_of(section),
        why=finding.why,
        about_export=defect is not None,
        canonical=_canonical(setting.value) if setting else None,
    )


def _canonical(value: object) -> str | None:
    return json.dumps(asdict(value)) if is_dataclass(value) and not isinstance(value, type) else None


def _week(value: object) -> tuple[str, ...]:
    return tuple(value.grid()) if isinstance(value, UsageSchedule) else ()


def _related(subject: Subject, message: str) -> RelatedLocation:
    span = span_of(subject)
    return RelatedLocation(
        path=well_formed(span.path) if span else None,
        line=span.line if span else None,
        column=span.column if span else None,
        message=well_formed(message),
    )


def summary(
    findings: Sequence[ReportedFinding], suppressed: Sequence[Suppressed], inputs: int, passed_over: int
) -> Summary:
    """How many findings there are of each level, of ``inputs`` that were read."""
    levels = Counter(each.severity for each in findings)
    return Summary(
        error=levels["error"],
        warning=levels["warning"],
        info=levels["info"],
        fixable=sum(1 for each in findings if each.fix and each.fix.safety != "manual"),
        suppressed=len(suppressed),
        inputs=inputs,
        passed_over=passed_over,
    )


def input_info(export: Export) -> Input:
    """One input as it was read."""
    return Input(
        path=well_formed(export.path),
        format=export.format,
        encoding=export.encoding,
        product_version=_words(export.product),
        versions=_versions(export.product),
        sites=tuple(site.code for site in export.sites if site.code),
        not_checked=tuple(map(str, input_not_checked(export))),
        senders=sum(len(site.senders) for site in export.sites),
        assumed=tuple(_assumed(export)),
    )


def _words(product: ProductVersion) -> str | None:
    return str(product) if product.known else None


def _versions(product: ProductVersion) -> Versions | None:
    return Versions(RELEASES[product.first], RELEASES[product.last]) if product.known else None


def _assumed(export: Export) -> Iterator[str]:
    """The documented defaults that stand in for sender settings an export does not hold."""
    for site in export.sites:
        if "sender settings" not in site.holds:
            continue
        for sender in site.senders:
            for setting in sender.settings():
                if setting.value is not None:
                    continue
                default = setting.declared.default(sender.kind, sender.product)
                if default is not None:
                    yield f"{sender.name}: {setting.declared.label} {default}"


def site_info(site: Site, exports: Mapping[str, Export]) -> SiteInfo:
    """One site as its inputs describe it, with what none of the ``exports``, by path, shows of it."""
    paths = tuple(dict.fromkeys(site.paths))
    return SiteInfo(
        code=site.code,
        server=site.server,
        parent=site.parent_code,
        kind=site.kind,
        product_version=_words(site.product),
        versions=_versions(site.product),
        paths=tuple(map(well_formed, paths)),
        addresses=tuple(_addresses(site)),
        sender_count=_each_once(map(_component, site.senders)),
        address_count=_each_once(map(_destination, site.addresses)),
        not_checked=not_checked(site, [exports[path] for path in paths if path in exports]),
    )


def _component(sender: Sender) -> tuple[str, str]:
    """The component of a sender, and the server it is on where that is known."""
    return sender.name.upper(), computer(sender.server.value or "")


def _destination(address: Address) -> tuple[str, str]:
    """What an address leads to, and what tells it from another to the same destination."""
    kind, server, share = address.identity
    return (address.destination.value or "").upper(), " ".join(filter(None, (kind, server, share)))


def _each_once(things: Iterable[tuple[str, str]]) -> int:
    """How many things of a name there are; one of which no more is told may be any of its name."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for name, more in things:
        by_name[name] |= {more} if more else set()
    return sum(max(1, len(servers)) for servers in by_name.values())


def _addresses(site: Site) -> Iterator[AddressInfo]:
    """The addresses to other sites. One of unknown type is taken for a copy of those of a known type."""
    for addresses in site.addresses_by_destination.values():
        by_type: dict[str, list[Address]] = defaultdict(list)
        for address in addresses:
            by_type[address.serves].append(address)
        untyped = by_type.pop("", [])
        for kind, same in by_type.items() or [("", [])]:
            yield _address_info(kind, [*same, *untyped], site.code)


def _subject(address: Address, code: str | None) -> tuple[str, str]:
    """What a finding about an address of the site of a code says it is about."""
    owner = code or (address.span.path if address.span else "")
    return well_formed(owner).upper(), well_formed(address.subject).upper()


def _address_info(kind: str, addresses: Sequence[Address], code: str | None) -> AddressInfo:
    schedules = [address.schedule.value for address in addresses if address.schedule.value]
    narrow = [schedule for schedule in schedules if not schedule.always(Usage.ALL)]
    week = tuple(narrow[0].rows()) if narrow else ()
    return AddressInfo(
        destination=addresses[0].destination.value or "",
        type=kind,
        week=week if schedules else None,
        subjects=frozenset(_subject(each, code) for each in addresses),
    )
