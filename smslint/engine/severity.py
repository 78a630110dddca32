"""How grave a finding is: by the rule, by what is known of the version, and by what the source may say."""

from __future__ import annotations

from dataclasses import replace

from smslint.checks.rule import Rule
from smslint.finding import SEVERITIES, Finding, Severity, Subject
from smslint.schema.setting import Section, Setting
from smslint.schema.version import ProductVersion


def severity_for(rule: Rule, finding: Finding, product: ProductVersion) -> tuple[Severity, str] | None:
    """The level of a finding under what is known of the version, with words to add where that is not enough.

    A finding with such words is only possible. A setting that is only a copy where it was read makes no
    error. None where the rule does not hold for the version.
    """
    reach = {versions: level for versions, level in rule.severity.items() if product.overlaps(versions)}
    if not reach:
        return None
    gravest = min(reach.values(), key=SEVERITIES.index)
    affected = [versions for versions, level in reach.items() if level == gravest]
    level, words = finding.severity or gravest, ""
    if not any(map(product.within, affected)):
        level = lowered(level)
        releases = range(product.first, product.last + 1)
        if not all(any(v.first <= release <= v.last for v in reach) for release in releases):
            words = _possible(affected, product)
    if level == "error" and not _authoritative(finding.about):
        level = lowered(level)
    return level, words


def _possible(affected: list[ProductVersion], product: ProductVersion) -> str:
    known = f"only shows {product}" if product.known else "does not show the version"
    meant = affected[-1].refined(product) or affected[-1]
    return (
        f"possible: true of {' and '.join(map(str, affected))}, and the export {known}; "
        f"certain with --product-version {meant.option}"
    )


def without_safe_fix(finding: Finding) -> Finding:
    """The finding with a fix that a person should confirm: one that is only possible has no safe fix."""
    if finding.fix is None or finding.fix.safety != "safe":
        return finding
    return replace(finding, fix=replace(finding.fix, safety="unsafe"))


def lowered(level: Severity) -> Severity:
    """One level less."""
    return SEVERITIES[min(SEVERITIES.index(level) + 1, len(SEVERITIES) - 1)]


def _authoritative(subject: Subject) -> bool:
    match subject:
        case Setting():
            return subject.authoritative
        case Section():
            return all(setting.authoritative for setting in subject.settings())
        case _:
            return True
