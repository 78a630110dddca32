"""``sarif``: SARIF 2.1.0, for code scanning on GitHub and elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from smslint import project
from smslint.finding import Severity
from smslint.report import RelatedLocation, Report, ReportedFinding, RuleInfo, Suppressed, article
from smslint.reports.asciijson import dumped
from smslint.reports.locations import edited, path_of, uri
from smslint.reports.style import Style
from smslint.schema.located import Span
from smslint.sources.secrets import uncovered

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "recommendation"}
_ROOT: Final = "SRCROOT"
FINGERPRINT: Final = "smslint/v1"
"""The key of our fingerprints. GitHub's upload action warns of any that stand under its own."""


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the log: one run, with the rules that ran, the findings, and those suppressed, marked as such."""
    yield dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]})


def _run(report: Report) -> dict[str, Any]:
    index = {rule.code: number for number, rule in enumerate(report.rules)}
    return {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "semanticVersion": report.tool.version,
                **({"informationUri": project.home()} if project.home() else {}),
                "rules": list(map(_rule, report.rules)),
            }
        },
        "invocations": [
            {
                "executionSuccessful": not report.failures,
                "toolExecutionNotifications": [
                    {"level": "error", "message": _message(str(failure))} for failure in report.failures
                ],
            }
        ],
        "originalUriBaseIds": {_ROOT: {"description": _message("The folder that smslint ran in.")}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, each, index) for each in (*report.findings, *report.suppressed)],
    }


def _rule(rule: RuleInfo) -> dict[str, Any]:
    why, remedy = rule.consequence, rule.remedy
    descriptor: dict[str, Any] = {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {why}".strip()},
        "help": {
            "text": "\n\n".join(filter(None, (rule.summary, why, remedy))),
            "markdown": rule.documentation or rule.summary,
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "precision": "very-high" if rule.certainty == "documented" else "medium",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }
    url = project.rule_url(rule.code) or article(rule.reference)
    return descriptor | ({"helpUri": url} if url else {})


def _result(report: Report, finding: ReportedFinding, index: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": finding.rule}
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    result |= {
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [{"physicalLocation": _physical_location(path_of(report, finding), finding)}],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    related = [_related(number, other) for number, other in enumerate(finding.related, 1) if other.path]
    if related:
        result["relatedLocations"] = related
    if finding.fix and (changes := list(_changes(finding))):
        description = f"{finding.fix.description} ({finding.fix.manner})"
        result["fixes"] = [{"description": _message(description), "artifactChanges": changes}]
    if isinstance(finding, Suppressed):
        kind = "inSource" if finding.by == "comment" else "external"
        result["suppressions"] = [{"kind": kind, "justification": finding.reason or finding.by}]
    return result


def _message(text: str) -> dict[str, str]:
    """``text`` as a message in which no input can place a link."""
    return {"text": re.sub(r"\](?=\()", r"\\]", text)}


def _artifact(path: str) -> dict[str, str]:
    where = uri(path)
    return {"uri": where} if where.startswith("file:") else {"uri": where, "uriBaseId": _ROOT}


def _physical_location(path: str, finding: ReportedFinding) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(path)}
    if finding.line is None:
        return location
    location["region"] = _region(finding)
    # A context must be larger than its region, and only the first line is kept.
    if finding.excerpt and finding.column and finding.end_line == finding.line:
        location["contextRegion"] = {
            "startLine": finding.line,
            "snippet": {"text": uncovered(finding.excerpt)},
        }
    return location


def _region(location: ReportedFinding | Span) -> dict[str, int]:
    ends = (location.line, location.column, location.end_line, location.end_column)
    names = ("startLine", "startColumn", "endLine", "endColumn")
    return {name: at for name, at in zip(names, ends, strict=True) if at is not None}


def _related(number: int, other: RelatedLocation) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(other.path or "")}
    if other.line is not None:
        location["region"] = {
            "startLine": other.line,
            **({"startColumn": other.column} if other.column else {}),
        }
    return {"id": number, "physicalLocation": location, "message": _message(other.message)}


def _changes(finding: ReportedFinding) -> Iterator[dict[str, Any]]:
    for edit, span in edited(finding):
        replacement = {"deletedRegion": _region(span), "insertedContent": {"text": edit.replacement}}
        yield {"artifactLocation": _artifact(span.path), "replacements": [replacement]}
