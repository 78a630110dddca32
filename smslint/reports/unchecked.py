"""What people are told of what was not checked and of versions, in every format that has room for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from smslint.report import Input, Report, SiteInfo
from smslint.reports.prose import listed

COLLECTOR: Final = "smslint collector --output Export-SmslintSite.ps1"


class Gap(NamedTuple):
    """What no input of the run shows, once for all sites that lack it, and the command for the first."""

    words: str
    command: str

    @property
    def collectable(self) -> bool:
        """Whether the script of `smslint collector` takes it too, from the same SMS Provider."""
        return self.command.startswith("Get-CimInstance") and "ConvertTo-Json" in self.command


def gaps(report: Report) -> Iterator[Gap]:
    """Yield what could not be checked of the sites."""
    lacking: dict[tuple[str, str], list[str]] = {}
    commands: dict[tuple[str, str], str] = {}
    for site in report.sites:
        for each in site.not_checked:
            lacking.setdefault((each.what, each.why), []).append(_name(site))
            commands.setdefault((each.what, each.why), each.command)
    for (what, why), names in lacking.items():
        yield Gap(f"{what} of {listed(names)}: {why}", commands[what, why])


def _name(site: SiteInfo) -> str:
    return site.code or ", ".join(site.paths)


def version(each: Input) -> str:
    """The product version of an input in words, and what would say more where much is left open."""
    if each.product_version is None or each.versions is None:
        return "unknown; --product-version names it"
    if each.versions.to == "current" and each.versions.from_ != "current":
        return f"{each.product_version}; --product-version current says more"
    return each.product_version
