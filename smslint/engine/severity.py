"""How grave a finding is: by the rule, by what is known of the version, and by what the source may say."""

from __future__ import annotations

from smslint.checks.rule import Rule
from smslint.finding import SEVERITIES, Finding, Place, Severity
from smslint.schema.setting import Section, Setting
from smslint.schema.version import ProductVersion


def severity_for(rule: Rule, finding: Finding, product: ProductVersion) -> tuple[Severity, str] | None:
    """The level of a finding under what is known of the version, with words to add where that is not enough.

    A setting that is only a copy where it was read makes no error. None where the rule does not hold for the
    version.
    """
    reach = {versions: level for versions, level in rule.severity.items() if product.overlaps(versions)}
    if not reach:
        return None
    gravest = min(reach, key=lambda versions: SEVERITIES.index(reach[versions]))
    level, words = finding.severity or reach[gravest], ""
    if not product.within(gravest):
        level = lowered(level)
        releases = range(product.first, product.last + 1)
        if not all(any(v.first <= release <= v.last for v in reach) for release in releases):
            known = f"only tells {product}" if product.known else "does not tell the version"
            words = f"possible: true of {gravest}, and the export {known}"
    if level == "error" and not _authoritative(finding.at):
        level = lowered(level)
    return level, words


def lowered(level: Severity) -> Severity:
    """One level less."""
    return SEVERITIES[min(SEVERITIES.index(level) + 1, len(SEVERITIES) - 1)]


def _authoritative(place: Place) -> bool:
    match place:
        case Setting():
            return place.authoritative
        case Section():
            return all(setting.authoritative for setting in place.settings())
        case _:
            return True
