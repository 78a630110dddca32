"""The findings of a report by rule: one explanation and one fix for all the sites that have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from posixpath import commonpath
from typing import Final

from smslint.finding import SEVERITIES, Severity
from smslint.report import Report, ReportedFinding, ReportedFix, RuleInfo
from smslint.reports.counts import worst

_WORDINGS: Final = 6
"""How many wordings of one step stand in the shared fix; where there are more, each stands at its finding."""
_PATHS: Final = 3
"""How many files a command names; of more it names the folder."""


@dataclass(frozen=True, slots=True)
class SharedFix:
    """What fixes some of a group's findings: the same in all of them, but for the words of some steps."""

    fix: ReportedFix
    description: str
    findings: tuple[ReportedFinding, ...]
    steps: tuple[tuple[str, ...], ...]
    """The wordings of each step, each once; none where they are so many that each stands at its finding."""

    @property
    def command(self) -> str | None:
        """The command that makes the fix, where one does."""
        if not any(each.fix and (each.fix.edits or each.fix.script) for each in self.findings):
            return None
        unsafe = " --unsafe-fixes" if self.fix.safety == "unsafe" else ""
        return f"smslint patch {_arguments(self.findings)}{unsafe}"


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule, the gravest first."""

    code: str
    name: str
    rule: RuleInfo | None
    findings: tuple[ReportedFinding, ...]

    @property
    def severity(self) -> Severity:
        """The gravest there is among them."""
        return worst(Counter(each.severity for each in self.findings)) or "info"

    @property
    def sites(self) -> list[str]:
        """The sites that have them."""
        return sorted({each.site for each in self.findings if each.site})

    @property
    def why(self) -> str:
        """Why they are bad, where that is the same for all; else what the rule says."""
        own = {each.why for each in self.findings}
        return (own.pop() if len(own) == 1 else "") or (self.rule.consequence if self.rule else "")

    @property
    def shared_fixes(self) -> list[SharedFix]:
        """What fixes them: mostly one."""
        alike: dict[tuple[str, int, str], list[ReportedFinding]] = {}
        for each in self.findings:
            if each.fix:
                # What ails an export is a case of its own; elsewhere only names differ.
                case = each.fix.description if each.about_export else ""
                alike.setdefault((each.fix.manner, len(each.fix.steps), case), []).append(each)
        return [shared_fix for found in alike.values() if (shared_fix := _shared_fix(found, self.rule))]


def groups(report: Report) -> list[Group]:
    """The findings by rule, the gravest rule first, then the one with most findings."""
    by_rule: dict[str, list[ReportedFinding]] = {}
    for finding in sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity)):
        by_rule.setdefault(finding.rule, []).append(finding)
    found = [Group(code, each[0].name, report.rule(code), tuple(each)) for code, each in by_rule.items()]
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), -len(each.findings), each.code))


def _shared_fix(findings: Sequence[ReportedFinding], rule: RuleInfo | None) -> SharedFix | None:
    fixes = [each.fix for each in findings if each.fix]
    wordings = (tuple(dict.fromkeys(each)) for each in zip(*(fix.steps for fix in fixes), strict=True))
    steps = tuple(each if len(each) <= _WORDINGS else () for each in wordings)
    if not fixes:
        return None
    description = fixes[0].description
    if rule and rule.remedy and any(fix.description != description for fix in fixes):
        description = rule.remedy
    elif all(fix.in_words == fixes[0].in_words for fix in fixes) and not fixes[0].in_words[1]:
        description, steps = fixes[0].in_words[0], ()
    return SharedFix(fixes[0], description, tuple(findings), steps)


def own_steps(shared_fix: SharedFix, finding: ReportedFinding) -> Iterator[str]:
    """Yield the steps of a finding that the shared fix leaves to it."""
    if finding.fix and shared_fix.steps:
        yield from (
            step for step, shared in zip(finding.fix.steps, shared_fix.steps, strict=True) if not shared
        )


def _arguments(findings: Iterable[ReportedFinding]) -> str:
    """The files of the findings as a shell takes them; PATH where a name is not fit to be pasted."""
    paths = list(dict.fromkeys(each.path for each in findings if each.path))
    if len(paths) > _PATHS:
        try:
            paths = [commonpath(paths) or "."]
        except ValueError:
            return "PATH"
    if not all(re.fullmatch(r"[\w./\\:~ -]+", path) and not path.startswith("-") for path in paths):
        return "PATH"
    return " ".join(f'"{path}"' if " " in path else path for path in paths)
