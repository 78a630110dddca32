"""The first screen of the report: the verdict, how much was looked at, and the counts by rule and by site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from smslint.finding import SEVERITIES
from smslint.report import Report, ReportedFinding
from smslint.reports.counts import Counts, describe, worst
from smslint.reports.html.findings import NO_SITE, sign
from smslint.reports.html.groups import Group
from smslint.reports.html.markup import element, tag, text
from smslint.reports.html.page import count, made
from smslint.reports.html.tree import folded
from smslint.reports.unchecked import gaps


def verdict(report: Report) -> Iterator[str]:
    """Yield what was found, where, when and from what."""
    counts = Counter(each.severity for each in report.findings)
    sites, found_at = len(report.sites), len({folded(each.site) for each in report.findings if each.site})
    level = worst(counts)
    if level is None:
        where = f" at {count(sites, 'site')}" if sites else ""
        yield f'<p class="verdict clean">Nothing found{where}.</p>'
    else:
        where = f" at {found_at} of {count(sites, 'site')}" if found_at else ""
        yield f'<p class="verdict {level}">{sign(level)} {describe(counts)}{where}.</p>'
    yield made(report)
    if fixable := sum(1 for each in report.findings if each.fix and (each.fix.edits or each.fix.script)):
        command = f"{element('code', 'smslint patch')} writes the cure of {fixable} of them"
        yield f'<p class="made">{command}, and the undo.</p>'
    if report.failures:
        yield '<div class="failures" role="note"><p>Not everything could be read:</p><ul>'
        yield from (element("li", failure) for failure in report.failures)
        yield "</ul></div>"


def by_rule(found: Sequence[Group]) -> Iterator[str]:
    """Yield how many findings each rule has, with links to them."""
    yield "<table><tbody>"
    for each in found:
        name = f"{tag('a', href=f'#{each.code}')}{text(each.code)}</a> {text(each.name)}"
        sites = count(len(each.sites), "site") if each.sites else ""
        numbers = f"{element('td', len(each.findings), class_='number')}{element('td', sites)}"
        yield f'<tr><th scope="row">{sign(each.severity)} {name}</th>{numbers}</tr>'
    yield "</tbody></table>"


def by_site(found: Mapping[str, Sequence[ReportedFinding]], anchors: Mapping[int, str]) -> Iterator[str]:
    """Yield how many findings each site has, with links to them; the gravest sites first."""
    yield "<table><tbody>"
    for number, findings in enumerate(found.values()):
        counts: Counts = Counter(each.severity for each in findings)
        level = worst(counts) or "info"
        name = tag("a", href=f"#{anchors[id(findings[0])]}", data_site=findings[0].site or "")
        rules: dict[str, ReportedFinding] = {}
        for each in findings:
            rules.setdefault(each.rule, each)
        links = " ".join(
            f"{tag('a', href=f'#{anchors[id(each)]}')}{text(rule)}</a>" for rule, each in rules.items()
        )
        yield tag("tr", id=f"site-{number}", tabindex=-1)
        yield f'<th scope="row">{sign(level)} {name}{text(findings[0].site or NO_SITE)}</a></th>'
        yield f"<td>{text(describe(counts))}</td><td>{links}</td></tr>"
    yield "</tbody></table>"


def findings_by_site(report: Report) -> dict[str, list[ReportedFinding]]:
    """The findings by site code, the sites with the gravest and most first; those of no site last."""
    found: dict[str, list[ReportedFinding]] = {}
    for each in sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity)):
        found.setdefault(folded(each.site), []).append(each)

    def grave(code: str) -> tuple[object, ...]:
        counts = Counter(each.severity for each in found[code])
        return not code, *(-counts[level] for level in SEVERITIES), code

    return {code: found[code] for code in sorted(found, key=grave)}


def coverage(report: Report) -> Iterator[str]:
    """Yield how much was read, and in short what no input shows of which sites."""
    read = [
        count(len(report.sites), "site"),
        count(len(report.inputs), "file"),
        count(sum(each.sender_count for each in report.sites), "sender"),
        count(sum(each.address_count for each in report.sites), "address"),
    ]
    yield element("p", f"Read: {', '.join(read)}.")
    if not report.sites:
        yield element("p", "No input names a site.")
        return
    versions = Counter(each.product_version or "version unknown" for each in report.sites)
    if versions:
        yield element("p", f"{', '.join(f'{words} ({n})' for words, n in versions.most_common(6))}.")
    lacking = list(gaps(report))
    if not lacking:
        yield element("p", "Every part of every site could be checked.")
        return
    yield element("p", "Not checked:")
    yield "<ul>"
    yield from (element("li", gap.words.partition(": ")[0]) for gap in lacking)
    yield "</ul>"
    yield '<p class="more"><a href="#read">Why, and which exports show it</a></p>'
