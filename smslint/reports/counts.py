"""How many findings each site and each address of a report has."""

from __future__ import annotations

from collections import Counter, defaultdict

from smslint.finding import SEVERITIES, Severity
from smslint.report import AddressInfo, Report, ReportedFinding, SiteInfo

Counts = Counter[Severity]


class FindingCounts:
    """The findings of a report, by what they are about."""

    def __init__(self, report: Report) -> None:
        """Sort the findings by site, by path and by what they are about."""
        self._by_code: dict[str, Counts] = defaultdict(Counter)
        self._by_path: dict[str | None, list[ReportedFinding]] = defaultdict(list)
        self._by_subject: dict[tuple[str, str], list[ReportedFinding]] = defaultdict(list)
        for finding in report.findings:
            self._by_path[finding.path].append(finding)
            if finding.subject:
                owner = (finding.site or finding.path or "").upper()
                self._by_subject[owner, finding.subject.upper()].append(finding)
            if finding.site:
                self._by_code[finding.site.upper()][finding.severity] += 1

    def of_site(self, site: SiteInfo) -> Counts:
        """The findings of a site; of one whose code is unknown, those of its inputs that name no site."""
        if site.code:
            return self._by_code.get(site.code.upper(), Counter())
        nameless = (each for path in site.paths for each in self._by_path.get(path, ()) if not each.site)
        return Counter(each.severity for each in nameless)

    def of_address(self, address: AddressInfo) -> Counts:
        """How many findings are about an address."""
        return Counter(each.severity for each in self.at_address(address))

    def at_address(self, address: AddressInfo) -> list[ReportedFinding]:
        """The findings about an address."""
        return [each for subject in address.subjects for each in self._by_subject.get(subject, ())]


def worst(counts: Counts) -> Severity | None:
    """The gravest level there is; None without findings."""
    return next((level for level in SEVERITIES if counts[level]), None)


def describe(counts: Counts) -> str:
    """The counts in words: ``2 errors, 1 warning``; empty without findings."""
    words = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("info", "info")}
    return ", ".join(
        f"{counts[level]} {words[level][counts[level] != 1]}" for level in SEVERITIES if counts[level]
    )
