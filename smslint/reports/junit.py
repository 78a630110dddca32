"""``junit``: the XML of test reports: a suite per file, a failed test per finding, or one that passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from smslint.report import Report, ReportedFinding
from smslint.reports.concise import location
from smslint.reports.locations import by_path
from smslint.reports.style import Style, printable
from smslint.reports.xmltext import document, element


def render(report: Report, _style: Style) -> Iterator[str]:
    """Yield the document. What only informs fails no test: it stands in the suite's output.

    There are no times in it: the same findings make the same report.
    """
    failed = sum(1 for finding in report.findings if finding.severity != "info")
    suites = by_path(report)
    clean = sum(1 for found in suites.values() if all(each.severity == "info" for each in found))
    root = element("testsuites", name="smslint", tests=failed + clean, failures=failed, errors=0)
    for path, findings in suites.items():
        _suite(report, root, path, findings)
    yield document(root)


def _suite(report: Report, root: Element, path: str, findings: Sequence[ReportedFinding]) -> None:
    failing = [finding for finding in findings if finding.severity != "info"]
    infos = [finding for finding in findings if finding.severity == "info"]
    suite = element(
        "testsuite",
        root,
        name=path,
        tests=len(failing) or 1,
        failures=len(failing),
        errors=0,
        skipped=0,
    )
    for finding in failing:
        at = f" at {finding.line}:{finding.column}" if finding.line else ""
        case = element("testcase", suite, classname=path, name=f"{finding.rule} {finding.name}{at}")
        failure = element("failure", case, type=finding.severity, message=finding.message)
        failure.text = "\n".join(_explained(report, finding))
    if not failing:
        element("testcase", suite, classname=path, name="nothing to fail for")
    if infos:
        lines = (f"{location(each)}: info {each.rule} {printable(each.message)}" for each in infos)
        element("system-out", suite).text = "\n".join(lines)


def _explained(report: Report, finding: ReportedFinding) -> Iterator[str]:
    yield f"{location(finding)}: {finding.severity} {finding.rule} {printable(finding.message)}"
    if finding.expected:
        yield f"expected: {printable(finding.expected)}"
    rule = report.rule(finding.rule)
    if why := report.why(finding):
        yield f"why: {printable(why)}"
    if finding.fix:
        description, steps = finding.fix.in_words
        yield f"fix ({finding.fix.manner}): {printable(description)}"
        yield from (f"  {number}. {printable(step)}" for number, step in enumerate(steps, 1))
    elif rule and rule.remedy:
        yield f"fix: {printable(rule.remedy)}"
