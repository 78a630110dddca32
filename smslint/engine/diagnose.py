"""A run over logs: what their lines mean, joined with the exports of the same sites, as a report."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from smslint.checks.exports import MALFORMED, READING_FAILURES
from smslint.checks.rule import Rule
from smslint.config.settings import Settings
from smslint.engine.load import Loaded, Step, no_step
from smslint.engine.plugins import catalogue
from smslint.engine.report import input_info, reported, site_info, summary
from smslint.engine.run import (
    NO_SETTINGS,
    joined,
    rule_infos,
    run,
    settled,
    tool_info,
    without_known,
)
from smslint.engine.selection import check_names, level_of, selected
from smslint.engine.suppression import Suppression
from smslint.engine.symptoms import LIMIT_DIFFERS, Exports, limit_findings
from smslint.engine.symptoms import joined as joined_with
from smslint.files.paths import absolute
from smslint.files.walk import InputFile, Unreadable, find, reason
from smslint.finding import SEVERITIES, Finding, Severity
from smslint.logs.diagnose import diagnose as read_logs
from smslint.logs.findings import cut_off, finding_of, nothing_read
from smslint.logs.record import FORMS, product_of
from smslint.logs.symptom import Diagnosis, LogFile, Symptom
from smslint.report import Failure, Input, LimitInfo, LogInfo, Report, ReportedFinding, SentInfo
from smslint.schema.version import ANY
from smslint.sources.text import well_formed

Open = Callable[[str], AbstractContextManager[BinaryIO]]
_LOGS = (".log", ".lo_")


def diagnose(
    paths: Sequence[str],
    settings: Settings,
    open_log: Open,
    *,
    exports: Loaded | None = None,
    rules: Sequence[Rule] | None = None,
    step: Step = no_step,
) -> Report:
    """Read the logs under ``paths``, and say what their lines mean and which setting each leads to.

    ``exports`` are those of the same sites. Takes rules and raises as `smslint.engine.run.run` does.
    """
    known = catalogue(settings, rules)
    check_names(settings, known.rules, some_missing=bool(known.failures))
    # What is off for exports is so for want of an input that could decide; a symptom is there to be seen.
    chosen = selected([replace(rule, default=True) for rule in known.rules], settings.select, settings.ignore)
    loaded = exports or Loaded(())
    checked = _checked(loaded, settings, rules)
    found_files = list(_log_files(paths))
    files = {settings.relative(each.path): each.path for each in found_files if isinstance(each, InputFile)}
    diagnosis, unreadable = read_logs(
        [*files],
        lambda name: _announced(files[name], open_log, step),
        encoding=settings.encoding,
    )
    any_read = any(file.records for file in diagnosis.files)
    named = {settings.relative(path) for path in paths} if any_read else files
    found = [*_findings(diagnosis, chosen, settings, checked, named), *_of_the_exports(checked, chosen)]
    suppression = Suppression(settings, loaded.exports, known.rules, chosen, walked=True)
    findings, suppressed = suppression.filter(settled(found))
    inputs = (*map(_input, diagnosis.files), *map(input_info, loaded.exports))
    read = {export.path: export for export in loaded.exports}
    report = Report(
        tool=tool_info(),
        inputs=inputs,
        findings=tuple(findings),
        suppressed=tuple(suppressed),
        summary=summary(findings, suppressed, len(inputs), len(loaded.passed_over)),
        rules=rule_infos(chosen, settings),
        notes=(*loaded.remarks, *(note for export in loaded.exports for note in export.notes)),
        sites=tuple(site_info(site, read) for site in checked.sites),
        failures=tuple(
            dict.fromkeys(
                (
                    *(
                        Failure(settings.relative(each.path), each.reason)
                        for each in found_files
                        if isinstance(each, Unreadable)
                    ),
                    *(Failure(path, reason(error)) for path, error in unreadable),
                    *loaded.failures,
                )
            )
        ),
        folder=absolute(settings.folder),
        logs=tuple(_log_info(file, diagnosis) for file in diagnosis.files),
    )
    return without_known(report, settings)


def _announced(path: str, open_log: Open, step: Step) -> AbstractContextManager[BinaryIO]:
    step(f"reading {path}")
    return open_log(path)


def _log_files(paths: Iterable[str]) -> Iterator[InputFile | Unreadable]:
    """The logs that are named, and those that named folders hold."""
    for path in paths:
        folder = Path(path)
        if not folder.is_dir():
            yield from (found for found in find([path]) if isinstance(found, InputFile | Unreadable))
            continue
        logs = [
            found for found in sorted(folder.iterdir()) if found.suffix.lower() in _LOGS and found.is_file()
        ]
        yield from (InputFile(found.as_posix(), path) for found in logs)
        if not logs:
            yield Unreadable(path, "holds no log (*.log or *.lo_)")


def _checked(loaded: Loaded, settings: Settings, rules: Sequence[Rule] | None) -> Exports:
    """What the exports hold, whatever of it the settings ignore: a symptom is joined with all of it."""
    if not loaded.exports:
        return Exports()
    everything: dict[str, Any] = {
        "select": ("ALL",),
        "ignore": (),
        "ignores": (),
        "per_file_ignores": {},
        "baseline": None,
    }
    report = run(loaded, settings.model_copy(update=everything), rules)
    sites = joined(site for export in loaded.exports for site in export.sites)
    return Exports(sites, (*report.findings, *report.suppressed))


def _of_the_exports(checked: Exports, chosen: Iterable[Rule]) -> Iterator[ReportedFinding]:
    """What says that an export could not be read: the rest is for `smslint check`."""
    codes = {rule.code for rule in chosen} & {*READING_FAILURES, NO_SETTINGS}
    return (finding for finding in checked.findings if finding.rule in codes)


def _findings(
    diagnosis: Diagnosis, chosen: Iterable[Rule], settings: Settings, exports: Exports, named: Container[str]
) -> Iterator[ReportedFinding]:
    """What is reported of symptoms, of logs that could not be read whole, and of those ``named`` in vain."""
    by_code = {rule.code: rule for rule in chosen}
    for symptom in diagnosis.symptoms:
        if rule := by_code.get(symptom.code):
            yield _reported(rule, symptom, settings, exports)
    if malformed := by_code.get(MALFORMED):
        for file in diagnosis.files:
            if finding := cut_off(file):
                yield _of_log(malformed, finding, settings, file.path, subject="whole-only")
            if file.path in named and (finding := nothing_read(file)):
                yield _of_log(malformed, finding, settings, file.path, subject="nothing-read")
    if differs := by_code.get(LIMIT_DIFFERS):
        for finding, limit in limit_findings(diagnosis.limits, exports):
            made = _of_log(differs, finding, settings, limit.path, subject=f"{limit.component} {limit.site}")
            yield replace(made, component=limit.component, signature="limit-in-log")


def _of_log(rule: Rule, finding: Finding, settings: Settings, path: str, *, subject: str) -> ReportedFinding:
    """What is reported of a log and is no symptom in it."""
    level = level_of(rule, settings) or finding.severity or rule.worst
    return replace(reported(rule, finding, level, path=path, site=None, product=ANY), subject=subject)


def _reported(rule: Rule, symptom: Symptom, settings: Settings, exports: Exports) -> ReportedFinding:
    severity, words = _severity(rule, symptom)
    finding, fix = joined_with(finding_of(symptom), symptom, exports)
    made = reported(
        rule,
        finding,
        level_of(rule, settings) or severity,
        path=symptom.path,
        site=symptom.own_site,
        product=product_of(symptom.first.form),
        words=words,
    )
    return replace(
        made,
        component=symptom.first.component and well_formed(symptom.first.component),
        reference=", ".join(symptom.signature.sources) or rule.reference,
        fix=fix or made.fix,
        signature=symptom.signature.name,
        subject=f"{symptom.signature.name} {symptom.site} {symptom.server} {symptom.number}",
    )


def _severity(rule: Rule, symptom: Symptom) -> tuple[Severity, str]:
    """The level of a symptom: its signature's, or info where the form of the line rules the defect out."""
    level: Severity = "info" if symptom.doubtful else symptom.signature.severity
    product = product_of(symptom.first.form)
    reach = [known for versions, known in rule.severity.items() if product.overlaps(versions)]
    if not reach or (rule.worst != "info" and min(reach, key=SEVERITIES.index) == "info"):
        words = f"documented for {', '.join(map(str, rule.severity))}; the line is of {product} by its form"
        return "info", words
    return level, ""


def _input(file: LogFile) -> Input:
    return Input(
        path=well_formed(file.path),
        format="log",
        encoding=file.encoding,
        product_version=None,
        versions=None,
        sites=(),
        not_checked=(),
    )


def _log_info(file: LogFile, diagnosis: Diagnosis) -> LogInfo:
    begins, ends = file.begins, file.ends
    return LogInfo(
        path=well_formed(file.path),
        records=file.records,
        components=tuple(sorted(map(well_formed, file.components))),
        forms=tuple(FORMS[form] for form in sorted(file.forms)),
        begins=str(begins) if begins else None,
        ends=str(ends) if ends else None,
        limits=tuple(
            LimitInfo(
                component=limit.component and well_formed(limit.component),
                site=limit.site,
                value=limit.value,
                checks=limit.checks,
                reached=limit.full,
                since=str(since) if (since := limit.begins) else None,
            )
            for limit in diagnosis.limits
            if limit.path == file.path
        ),
        sent=tuple(
            SentInfo(site=sent.site, time=str(when) if (when := sent.when) else None)
            for sent in diagnosis.sent
            if sent.path == file.path
        ),
    )
