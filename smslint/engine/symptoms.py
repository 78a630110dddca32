"""A symptom of a log and the setting behind it: what the exports of the same sites hold of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from smslint.finding import Finding
from smslint.logs.findings import span_of_record
from smslint.logs.symptom import Limit, Symptom
from smslint.report import ReportedFinding, ReportedFix
from smslint.schema.address import Address
from smslint.schema.located import Span
from smslint.schema.sender import Sender
from smslint.schema.server import computer
from smslint.schema.setting import Section, Setting
from smslint.schema.site import Site

LIMIT_DIFFERS: Final = "SMS719"

_OF_SENDER: Final = {
    "SMS101": ("max_concurrent_sendings", "max_concurrent_site_sendings"),
    "SMS104": ("retry_delay_minutes",),
    "SMS105": ("retry_delay_minutes", "number_of_retries"),
    "SMS111": ("max_concurrent_sendings", "max_concurrent_site_sendings"),
}
_OF_ADDRESS: Final = {
    "SMS201": ("server",),
    "SMS203": ("server",),
    "SMS205": ("share",),
    "SMS216": ("schedule",),
    "SMS223": ("rate_limits", "pulse_mode"),
}
_OF_DESPOOLER: Final = {"SMS601": ("preferred_temp_drive",)}
_CAUSED_BY_SETTING: Final = {"SMS101", "SMS104", "SMS105", "SMS201", "SMS601"}
"""Symptoms that come of the setting alone, so that a healthy one contradicts the log."""
_HEALTHY: Final = (
    "in the export that setting is healthy: the export is of another time or server, or was not applied"
)
_NO_FAULT: Final = "the setting in the export breaks no rule"


@dataclass(frozen=True, slots=True)
class Exports:
    """What the exports of a run hold: their sites, joined, and all that a check finds in them."""

    sites: Sequence[Site] = ()
    findings: Sequence[ReportedFinding] = ()

    def sites_of(self, symptom: Symptom) -> Sequence[Site]:
        """The sites whose log it can be: the one that it names, else all."""
        named = [site for site in self.sites if site.code and site.code.upper() == symptom.own_site]
        return named or self.sites


def joined(finding: Finding, symptom: Symptom, exports: Exports) -> tuple[Finding, ReportedFix | None]:
    """The finding of a symptom with what the exports hold of its setting, and the fix if the fault is there.

    Only where one site's export is at hand is a healthy setting one of the site whose log it is.
    """
    faults = [each for each in exports.findings if each.rule in (symptom.code, *symptom.signature.see_also)]
    sites = exports.sites_of(symptom)
    settings = [each for site in sites for each in _settings(symptom, site)]
    faulty = [(setting, fault) for setting in settings if (fault := _fault_at(setting, faults))]
    if faulty:
        related = [(setting, f"{setting.declared.label} is {setting.value} here") for setting, _ in faulty]
        fix = faulty[0][1].fix
        return _with(finding, related), _of_export(fix, faulty[0][0]) if fix else None
    if not settings:
        elsewhere = [fault for fault in faults if _is_about(fault, symptom)]
        fix = elsewhere[0].fix if elsewhere else None
        faults_elsewhere = [(_span(fault), fault.message) for fault in elsewhere]
        return _with(finding, faults_elsewhere), replace(fix, edits=()) if fix else None
    if len(sites) > 1:
        return finding, None
    related = [(setting, f"{setting.declared.label} is {setting.value} here") for setting in settings]
    words = _HEALTHY if symptom.code in _CAUSED_BY_SETTING else _NO_FAULT
    return _with(replace(finding, message=f"{finding.message}; {words}"), related), None


def limit_findings(limits: Iterable[Limit], exports: Exports) -> Iterator[tuple[Finding, Limit]]:
    """Where the last limit that a sender went by is another than the one in the export of its site."""
    last = {(limit.component, limit.site, limit.path): limit for limit in limits}
    for limit in last.values():
        settings = [each for site in exports.sites for each in _limits(limit, site)]
        # Of several senders or sites it cannot be told whose limit it is.
        if len(settings) != 1 or settings[0].value in (None, limit.value):
            continue
        setting = settings[0]
        subject = f"{limit.component} goes by {limit.value}" + (
            f" to site {limit.site}" if limit.site else ""
        )
        message = f"{subject}, while {setting.declared.label} in the export is {setting.value}"
        words = f"{setting.declared.label} is {setting.value} here"
        at = span_of_record(limit.last, limit.path)
        yield Finding(at, message, related=((setting, words),)), limit


def _limits(limit: Limit, site: Site) -> Iterator[Setting[int]]:
    for sender in site.senders:
        if limit.component and sender.name.upper() == limit.component.upper():
            yield sender.max_concurrent_site_sendings if limit.site else sender.max_concurrent_sendings


def _settings(symptom: Symptom, site: Site) -> Iterator[Setting[Any]]:
    """The settings that a symptom leads to, those that an export sets."""
    code = symptom.code
    sections: list[tuple[Section, tuple[str, ...]]] = [
        *((each, _OF_SENDER.get(code, ())) for each in site.senders if _is_sender_of(symptom, each)),
        *((each, _OF_ADDRESS.get(code, ())) for each in site.addresses if _is_address_of(symptom, each)),
        *((each, _OF_DESPOOLER.get(code, ())) for each in site.despoolers),
    ]
    for section, names in sections:
        for name in names:
            setting: Setting[Any] = getattr(section, name)
            if setting.value is not None:
                yield setting


def _is_sender_of(symptom: Symptom, sender: Sender) -> bool:
    component = symptom.first.component
    if component:
        return sender.name.upper() == component.upper()
    return symptom.code != "SMS104" or sender.family == "LAN"


def _is_address_of(symptom: Symptom, address: Address) -> bool:
    if symptom.site:
        return (address.destination.value or "").upper() == symptom.site
    server = address.server.value or ""
    return bool(symptom.server) and computer(server.lstrip("\\")) == computer(symptom.server or "")


def _is_about(fault: ReportedFinding, symptom: Symptom) -> bool:
    """Whether a finding of an export may be about the component of a symptom."""
    component = symptom.first.component
    return not (component and fault.component) or fault.component.upper() == component.upper()


def _fault_at(setting: Setting[Any], faults: Iterable[ReportedFinding]) -> ReportedFinding | None:
    span = setting.span
    found = (each for each in faults if span and (each.path, each.line) == (span.path, span.line))
    return next(found, None)


def _span(fault: ReportedFinding) -> Span:
    line, column = fault.line or 1, fault.column or 1
    return Span(fault.path or "", line, column, line, column, 0, 0, fault.excerpt or "")


def _with(finding: Finding, related: Iterable[tuple[Any, str]]) -> Finding:
    return replace(finding, related=(*finding.related, *related))


def _of_export(fix: ReportedFix, setting: Setting[Any]) -> ReportedFix:
    """The fix of an export, reported of a log: its edits are of another file."""
    path = setting.span.path if setting.span else ""
    how = f" `smslint patch {path}` writes it." if fix.safety != "manual" else ""
    return replace(fix, edits=(), description=f"{fix.description}{how}")
