"""Files to a report: the one place where the stages meet."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Protocol

from smslint import fixes, sources
from smslint.checks import BUILTIN
from smslint.checks.rule import Rule, lowered, weigh
from smslint.checks.selection import selected
from smslint.config import Settings
from smslint.finding import (
    SEVERITIES,
    Finding,
    Input,
    Place,
    RelatedPlace,
    Report,
    Reported,
    Severity,
    Summary,
    Suppressed,
    Tool,
    span_of,
)
from smslint.inputs import STDIN, InputFile, UnusablePathError, find, read_bytes
from smslint.schema.export import Export
from smslint.schema.setting import Section, Setting
from smslint.schema.site import Site
from smslint.sources.text import well_formed

NO_SETTINGS = "SMS902"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The inputs of a run as read, with what could not be."""

    exports: tuple[Export, ...]
    failures: tuple[str, ...]
    walked: frozenset[str]
    """The paths that were found in folders, not named."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """The bytes of each input, where they were to be kept."""


class Judge(Protocol):
    """What makes a report of what was loaded: `judge`, with the rules of a run."""

    def __call__(self, loaded: Loaded, settings: Settings) -> Report:
        """Run the rules over what was loaded."""


def load(
    paths: Sequence[str],
    settings: Settings,
    *,
    stdin: Callable[[], bytes],
    stdin_name: str = STDIN,
    keep: bool = False,
) -> Loaded:
    """Read every input under ``paths``; with ``keep`` their bytes are kept too, for those who edit them."""
    exports: list[Export] = []
    contents: dict[str, bytes] = {}
    failures: list[str] = []
    walked: set[str] = set()
    for found in _contents(paths, stdin, stdin_name):
        if isinstance(found, str):
            failures.append(found)
            continue
        data, name, is_walked = found
        if is_walked:
            walked.add(name)
        if keep:
            contents[name] = data
        exports.append(sources.read(data, name, encoding=settings.encoding, given=settings.given))
    return Loaded(tuple(exports), tuple(failures), frozenset(walked), contents)


def load_raw(
    paths: Sequence[str], settings: Settings, *, stdin: Callable[[], bytes]
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The operations of every registry export under ``paths``, and what could not be read."""
    exports: list[dict[str, Any]] = []
    failures: list[str] = []
    for found in _contents(paths, stdin, STDIN):
        if isinstance(found, str):
            failures.append(found)
            continue
        data, name, is_walked = found
        raw = sources.raw(data, name, encoding=settings.encoding)
        if raw is not None:
            exports.append(raw)
        elif not is_walked:
            failures.append(f"{name}: is no registry export, so it has no operations to show")
    return exports, tuple(failures)


def _contents(
    paths: Sequence[str], stdin: Callable[[], bytes], stdin_name: str
) -> Iterator[tuple[bytes, str, bool] | str]:
    """Each input's bytes and name, and whether a walk found it; a text is why one could not be read."""
    nothing = True
    for file in find(paths):
        nothing = False
        if not isinstance(file, InputFile):
            yield file
        elif file.path == STDIN:
            yield stdin(), stdin_name, False
        else:
            try:
                yield read_bytes(file.path), file.path, file.walked_from is not None
            except UnusablePathError as error:
                yield str(error)
    if nothing:
        yield f"no file to lint in {', '.join(paths)}: name a file, or a folder that holds exports"


def lint(paths: Sequence[str], settings: Settings | None = None, rules: Sequence[Rule] = BUILTIN) -> Report:
    """Lint the files and folders under ``paths``: read them, run the rules, report.

    What could not be read stands in the report's ``failures``. Raises as `judge` does.
    """
    settings = settings or Settings()
    return judge(load(paths, settings, stdin=lambda: b""), settings, rules)


def judge(loaded: Loaded, settings: Settings, rules: Sequence[Rule] = BUILTIN) -> Report:
    """Run the rules over what was loaded.

    Raises `UnknownRuleError` for a selector that names no rule and pydantic's ValidationError for options
    that a rule does not take.
    """
    active = selected(rules, settings.select, settings.ignore)
    runs = [_Run(rule, _options(rule, settings)) for rule in active]
    found = [each for export in loaded.exports for each in _over_export(export, runs)]
    for site in joined(site for export in loaded.exports for site in export.sites):
        found += _over_site(site, runs)
    found = _without_needless_silence(found, loaded)
    found.sort(key=lambda each: (each.path or "", each.line or 0, each.column or 0, each.rule, each.message))
    findings = tuple(_fingerprinted(found))
    return Report(
        tool=Tool(name="smslint", version=version("smslint")),
        inputs=tuple(map(_input, loaded.exports)),
        findings=findings,
        suppressed=(),
        summary=_summary(findings, (), len(loaded.exports)),
        rules=tuple(rule.sheet for rule in active),
        notes=tuple(note for export in loaded.exports for note in export.notes),
        failures=loaded.failures,
    )


def fails(report: Report, settings: Settings) -> bool:
    """Whether the report holds a finding at or above the level that fails a run."""
    bound = SEVERITIES.index(settings.fail_on)
    return any(SEVERITIES.index(each.severity) <= bound for each in report.findings)


def joined(sites: Iterable[Site]) -> list[Site]:
    """The sites, those of one code joined into one; a site without a code stays alone."""
    by_code: dict[str, list[Site]] = defaultdict(list)
    for number, site in enumerate(sites):
        by_code[site.code.upper() if site.code else f" {number}"].append(site)
    return [same[0] if len(same) == 1 else Site.join(same) for same in by_code.values()]


@dataclass(frozen=True, slots=True)
class _Run:
    """A rule with its options."""

    rule: Rule
    options: tuple[Any, ...]

    def over(self, thing: object) -> Iterator[Finding]:
        if isinstance(thing, self.rule.targets):
            yield from self.rule.check(thing, *self.options)


def _options(rule: Rule, settings: Settings) -> tuple[Any, ...]:
    return (rule.options.model_validate(settings.rules.get(rule.code, {})),) if rule.options else ()


def _over_export(export: Export, runs: Sequence[_Run]) -> Iterator[Reported]:
    site = next((site.code for site in export.sites if site.code), None)
    for run in runs:
        for finding in run.over(export):
            yield _reported(
                run.rule, finding, "", finding.severity or run.rule.worst, export.path, site, None, export
            )


def _over_site(site: Site, runs: Sequence[_Run]) -> Iterator[Reported]:
    sections = list(site.sections())
    path = site.paths[0] if site.paths else None
    things: tuple[Site | Section, ...] = (site, *sections)
    for thing in things:
        for run in runs:
            for finding in run.over(thing):
                weighed = weigh(run.rule, finding, thing.product)
                if weighed is None:
                    continue
                severity, words = weighed
                if severity == "error" and not _authoritative(finding.at):
                    severity = lowered(severity)
                section = thing if isinstance(thing, Section) else _owner(finding.at, sections)
                yield _reported(run.rule, finding, words, severity, path, site.code, section, thing)


def _authoritative(place: Place) -> bool:
    match place:
        case Setting():
            return place.authoritative
        case Section():
            return all(setting.authoritative for setting in place.settings())
        case _:
            return True


def _owner(place: Place, sections: Sequence[Section]) -> Section | None:
    if isinstance(place, Section):
        return place
    return next((each for each in sections if any(setting is place for setting in each.settings())), None)


def _reported(
    rule: Rule,
    finding: Finding,
    words: str,
    severity: Severity,
    path: str | None,
    site: str | None,
    section: Section | None,
    thing: Export | Site | Section,
) -> Reported:
    span, setting = span_of(finding.at), finding.setting
    message = well_formed(f"{finding.message} ({words})" if words else finding.message)
    defect = finding.at if isinstance(thing, Export) else None
    return Reported(
        rule=rule.code,
        name=rule.name,
        severity=severity,
        message=message,
        path=well_formed(span.path if span else path),
        line=span.line if span else None,
        column=span.column if span else None,
        end_line=span.end_line if span else None,
        end_column=span.end_column if span else None,
        related=tuple(_related(*each) for each in finding.related),
        site=site,
        component=section.component if section else getattr(defect, "component", None),
        setting=setting.name if setting else getattr(defect, "setting", None),
        value=_plain(setting.value) if setting else None,
        expected=finding.expected,
        reference=rule.reference,
        fingerprint="",
        fix=fixes.resolve(finding.fix, thing.product) if finding.fix else None,
        excerpt=well_formed(span.excerpt) if span else None,
        changes=finding.fix.changes if finding.fix else (),
        key=section.key if section else None,
    )


def _plain(value: object) -> int | str | None:
    return value if value is None or isinstance(value, int | str) else str(value)


def _related(place: Place, message: str) -> RelatedPlace:
    span = span_of(place)
    return RelatedPlace(
        path=well_formed(span.path) if span else None,
        line=span.line if span else None,
        column=span.column if span else None,
        message=well_formed(message),
    )


def _without_needless_silence(found: list[Reported], loaded: Loaded) -> list[Reported]:
    """Drop SMS902 for files that a walk found, unless no file of the run holds any setting."""
    if any(export.sites for export in loaded.exports):
        return [each for each in found if each.rule != NO_SETTINGS or each.path not in loaded.walked]
    return found


def _fingerprinted(found: Iterable[Reported]) -> Iterator[Reported]:
    """Give each finding its fingerprint: of its content and place, never of its line."""
    seen: Counter[str] = Counter()
    for each in found:
        subject = (each.message, each.excerpt) if each.setting is None else ()
        content = (each.rule, each.path, each.site, each.component, each.setting, each.value, *subject)
        text = json.dumps(content)
        seen[text] += 1
        digest = hashlib.sha256(f"{text}{seen[text]}".encode()).hexdigest()
        yield each.model_copy(update={"fingerprint": digest[:32]})


def _input(export: Export) -> Input:
    return Input(
        path=well_formed(export.path),
        format=export.format,
        encoding=export.encoding,
        product_version=export.product.name or None,
        sites=tuple(site.code for site in export.sites if site.code),
        not_checked=export.not_checked,
        senders=sum(len(site.senders) for site in export.sites),
        version_title=str(export.product) if export.product.known else "",
        assumed=tuple(_assumed(export)),
    )


def _assumed(export: Export) -> Iterator[str]:
    """The documented defaults that stand in for sender settings an export does not hold."""
    for site in export.sites:
        if "sender settings" not in site.holds:
            continue
        for sender in site.senders:
            for setting in sender.settings():
                default = setting.declared.default(sender.kind, sender.product)
                if setting.value is None and default is not None:
                    yield f"{sender.name}: {setting.declared.label} {default}"


def _summary(findings: Sequence[Reported], suppressed: Sequence[Suppressed], inputs: int) -> Summary:
    levels = Counter(each.severity for each in findings)
    fixable = sum(1 for each in findings if each.fix and each.fix.safety != "manual")
    return Summary(
        error=levels["error"],
        warning=levels["warning"],
        info=levels["info"],
        fixable=fixable,
        suppressed=len(suppressed),
        inputs=inputs,
    )
