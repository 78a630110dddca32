"""What could not be checked of a site: the parts that no input of the run shows, and how to export them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from smslint.schema.export import Export, Format
from smslint.schema.site import Holding, Site
from smslint.schema.version import FROM_2012, SMS_2_AND_LATER
from smslint.sources.commands import command_for

_PARTS: Final[tuple[Holding, ...]] = ("identity", "sender settings", "addresses", "schedules")


class NotChecked(NamedTuple):
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
    parts = (
        NotChecked(
            what=_words(part, site),
            why=_reason(part, site, exports),
            command=command_for(part, site.code or "", site.product, forms),
        )
        for part in missing
    )
    return (*parts, *(_rest(site, export) for export in exports if _breaks_off(export)))


def _rest(site: Site, export: Export) -> NotChecked:
    """What a file would have shown that is cut: the same file again, whole."""
    part: Holding = "sender settings"
    if export.format in ("registry", "sitecontrol"):
        part = "identity" if export.format == "registry" else "addresses"
    forms: tuple[Format, ...] = ()
    if export.format and export.format != "sitecontrol":
        forms = (export.format,)
    return NotChecked(
        what="the rest",
        why=f"{export.path} breaks off",
        command=command_for(part, site.code or "", site.product, forms),
    )


def input_not_checked(export: Export) -> Iterator[NotChecked]:
    """What one input does not show of its sites, whatever the others do."""
    found: dict[tuple[str, str], NotChecked] = {}
    for site in export.sites:
        for each in not_checked(site, [export]):
            found.setdefault((each.what, each.why), each)
    yield from found.values()


def _words(part: Holding, site: Site) -> str:
    addresses = "file replication routes" if site.product.within(FROM_2012) else "addresses"
    if part == "addresses":
        return f"{addresses} and schedules" if "schedules" not in site.holds else addresses
    return "parent and site server" if part == "identity" else part


def _reason(part: Holding, site: Site, exports: Sequence[Export]) -> str:
    """Why none of the exports shows it."""
    forms = {export.format for export in exports}
    is_later = site.product.within(SMS_2_AND_LATER)
    if forms <= {"registry"} and part == "sender settings" and is_later:
        return "from SMS 2.0 on the registry holds only a copy of them"
    if forms <= {"registry"} and part in ("addresses", "schedules"):
        return "a registry export does not show them"
    if forms == {"sitecontrol"} and part == "sender settings" and not is_later:
        return "SMS 1.x keeps them in the registry"
    if forms <= {"registry", "sitecontrol"} and part in ("addresses", "schedules") and is_later:
        return "how a site control file of SMS 2.0 or later spells them is not known"
    if cut := next(filter(_breaks_off, exports), None):
        return f"{cut.path} breaks off"
    if forms <= {"registry", "sitecontrol"} and part in ("identity", "sender settings"):
        return f"the registry export has no {'Identification' if part == 'identity' else 'Components'} key"
    return "the dump does not show them" if len(exports) == 1 else "no file of the run shows them"


def _breaks_off(export: Export) -> bool:
    return any(defect.kind == "truncated" for defect in export.defects)
