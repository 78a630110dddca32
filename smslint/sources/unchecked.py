"""What could not be checked of a site: the parts that no input of the run shows, and how to export them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from smslint.schema.export import Export
from smslint.schema.site import Holding, Site
from smslint.schema.version import FROM_2012, SMS_2_AND_LATER
from smslint.sources.commands import command_for

_PARTS: Final[tuple[Holding, ...]] = ("identity", "sender settings", "addresses", "schedules")


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A part of a site that no input of the run shows: why not, and the command that exports it."""

    what: str
    why: str
    command: str

    def __str__(self) -> str:
        """All of it in one sentence."""
        return f"{self.what}: {self.why}; export with `{self.command}`"


def not_checked(site: Site, exports: Sequence[Export]) -> tuple[NotChecked, ...]:
    """What ``exports``, all those that the site was read from, do not show of it."""
    missing = [part for part in _PARTS if part not in site.holds]
    if "addresses" in missing and "schedules" in missing:
        missing.remove("schedules")
    forms = [export.format for export in exports if export.format]
    return tuple(
        NotChecked(
            what=_words(part, site),
            why=_reason(part, site, exports),
            command=command_for(part, site.code or "", site.product, forms),
        )
        for part in missing
    )


def input_not_checked(export: Export) -> Iterator[str]:
    """What one input does not show of its sites, whatever the others do."""
    said: dict[tuple[str, str], str] = {}
    for site in export.sites:
        for each in not_checked(site, [export]):
            said.setdefault((each.what, each.why), str(each))
    yield from said.values()


def _words(part: Holding, site: Site) -> str:
    addresses = "file replication routes" if site.product.within(FROM_2012) else "addresses"
    if part == "addresses":
        return f"{addresses} and schedules" if "schedules" not in site.holds else addresses
    return "parent and site server" if part == "identity" else part


def _reason(part: Holding, site: Site, exports: Sequence[Export]) -> str:
    """Why none of the exports shows it."""
    if cut := next((each.path for each in exports if any(d.kind == "truncated" for d in each.defects)), None):
        return f"{cut} breaks off"
    forms = {export.format for export in exports}
    if forms <= {"registry"}:
        if part == "sender settings" and site.product.within(SMS_2_AND_LATER):
            return "from SMS 2.0 on the registry holds only a copy of them"
        if part in ("identity", "sender settings"):
            key = "Identification" if part == "identity" else "Components"
            return f"the registry export has no {key} key"
        return "a registry export does not show them"
    if forms <= {"registry", "sitecontrol"}:
        if part == "sender settings" and not site.product.within(SMS_2_AND_LATER):
            return "SMS 1.x keeps them in the registry"
        if part in ("addresses", "schedules") and site.product.within(SMS_2_AND_LATER):
            return "how a site control file of SMS 2.0 or later spells them is not known"
        return "the site control file does not show them"
    return "the dump does not show them" if len(exports) == 1 else "no file of the run shows them"
