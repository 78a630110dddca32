"""Files to a report: the one place where the stages meet."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from typing import Any, Protocol

from smslint import fixes, sources
from smslint.checks.rule import Rule, lowered, weigh
from smslint.config.settings import Settings
from smslint.engine.baseline import Baseline, told
from smslint.engine.plugins import OWN_PREFIX, Watch, catalogue
from smslint.engine.report import input_of, site_sheet
from smslint.engine.selection import check_names, level_of, options_of, selected
from smslint.engine.suppression import UNUSED, Ignoring
from smslint.files.walk import STDIN, InputFile, OwnFile, UnusablePathError, find, read_bytes
from smslint.finding import (
    SEVERITIES,
    Finding,
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
from smslint.schema.export import Defect, Export
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.setting import Section, Setting
from smslint.schema.site import Site
from smslint.sources.secrets import uncovered
from smslint.sources.text import well_formed

NO_SETTINGS = "SMS902"
PLUGIN_FAILED = "SMS910"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The inputs of a run as read, with what could not be."""

    exports: tuple[Export, ...]
    failures: tuple[str, ...]
    walked: frozenset[str]
    """The paths that were found in folders, not named."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """The bytes of each input, where they were to be kept."""
    named: tuple[str, ...] = ()
    """The paths the user gave."""
    own_files: tuple[str, ...] = ()
    """The patches and undo files of smslint's own that walks passed over."""

    def inputs(self, settings: Settings) -> list[str]:
        """All files the run goes by, which nothing it writes may replace."""
        read = (*self.named, *(export.path for export in self.exports))
        return [*read, settings.file.path] if settings.file else [*read]


Step = Callable[[str], None]
"""Told, in a few words, what a run is about to do; called often."""


def _unheard(_step: str) -> None:
    """Nobody waits to hear of the steps."""


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
    step: Step = _unheard,
) -> Loaded:
    """Read every input under ``paths``; with ``keep`` their bytes are kept too, for those who edit them."""
    exports: list[Export] = []
    contents: dict[str, bytes] = {}
    failures: list[str] = []
    own: list[str] = []
    walked: set[str] = set()
    for found in _contents(paths, settings, stdin, stdin_name):
        if isinstance(found, OwnFile):
            own.append(found.path)
            continue
        if isinstance(found, str):
            failures.append(found)
            continue
        data, name, is_walked = found
        if is_walked:
            walked.add(name)
        if keep:
            contents[name] = data
        step(f"reading {name}")
        exports.append(sources.read(data, name, encoding=settings.encoding, given=settings.given))
    return Loaded(tuple(exports), tuple(failures), frozenset(walked), contents, tuple(paths), tuple(own))


def load_raw(
    paths: Sequence[str], settings: Settings, *, stdin: Callable[[], bytes]
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The operations of every registry export under ``paths``, and what could not be read."""
    exports: list[dict[str, Any]] = []
    failures: list[str] = []
    for found in _contents(paths, settings, stdin, STDIN):
        if isinstance(found, OwnFile):
            continue
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
    paths: Sequence[str], settings: Settings, stdin: Callable[[], bytes], stdin_name: str
) -> Iterator[tuple[bytes, str, bool] | OwnFile | str]:
    """Each input's bytes and name, and whether a walk found it; a text is why one could not be read."""
    nothing = True
    for file in find(paths, settings.excluded):
        nothing = nothing and isinstance(file, OwnFile)
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


def lint(
    paths: Sequence[str], settings: Settings | None = None, rules: Sequence[Rule] | None = None
) -> Report:
    """Lint the files and folders under ``paths``: read them, run the rules, report.

    What could not be read stands in the report's ``failures``. Takes rules and raises as `judge` does.
    """
    settings = settings or Settings()
    return judge(load(paths, settings, stdin=lambda: b""), settings, rules)


def judge(
    loaded: Loaded, settings: Settings, rules: Sequence[Rule] | None = None, step: Step = _unheard
) -> Report:
    """Run the rules over what was loaded: ``rules``, or the built-in ones and those of installed plugins.

    Raises `BadSettingError` for settings that name no rule, options that a rule does not take and plugins
    that are not installed, `UnusableBaselineError`, and what one of the given ``rules`` raises.
    """
    known = catalogue(settings, rules)
    check_names(settings, known.rules, some_missing=bool(known.failures))
    active = selected(known.rules, settings.select, settings.ignore)
    runs = _Runs([_Run.of(rule, settings, known.failures if rules is None else None) for rule in active])
    sites = joined(site for export in loaded.exports for site in export.sites)
    found = _findings(loaded, sites, settings, runs, known.failures, step)
    ignoring = Ignoring(settings, loaded.exports, known.rules, active, walked=bool(loaded.walked))
    findings, suppressed = _sifted(found, ignoring, runs)
    report = Report(
        tool=Tool(name="smslint", version=version("smslint")),
        inputs=tuple(map(input_of, loaded.exports)),
        findings=tuple(findings),
        suppressed=tuple(sorted(suppressed, key=_order)),
        summary=_summary(findings, suppressed, len(loaded.exports)),
        rules=tuple(replace(rule.sheet, severity=level_of(rule, settings) or rule.worst) for rule in active),
        notes=tuple(note for export in loaded.exports for note in export.notes),
        sites=tuple(map(site_sheet, sites)),
        failures=loaded.failures,
        own_files=len(loaded.own_files),
    )
    return with_known(report, Baseline.read(settings.baseline)) if settings.baseline else report


def with_known(report: Report, baseline: Baseline) -> Report:
    """The report with what the baseline knows set aside, and a note of what in it nothing matches."""
    findings, known = baseline.sift(report.findings)
    suppressed = sorted((*report.suppressed, *known), key=_order)
    report = report.model_copy(
        update={
            "findings": tuple(findings),
            "suppressed": tuple(suppressed),
            "summary": _summary(findings, suppressed, len(report.inputs)),
        }
    )
    return report.model_copy(update={"notes": (*report.notes, *map(told, baseline.stale(report)))})


def _findings(
    loaded: Loaded,
    sites: Sequence[Site],
    settings: Settings,
    runs: _Runs,
    failed: Sequence[Defect],
    step: Step,
) -> list[Reported]:
    """What the rules find in all that was loaded, in order, and what of plugins has ``failed``."""
    step(f"checking {len(loaded.exports)} files")
    found = [each for export in loaded.exports for each in _over_export(export, runs)]
    for number, site in enumerate(sites, 1):
        step(f"checking site {number} of {len(sites)}")
        found += _over_site(site, runs)
    step("checking the hierarchy")
    found += _over_hierarchy(Hierarchy(tuple(sites), settings.complete), runs)
    found += _over_export(Export("", None, None, defects=tuple(failed)), runs.only(PLUGIN_FAILED))
    return list(_fingerprinted(sorted(_without_needless_silence(found, loaded), key=_order)))


def _order(found: Reported) -> tuple[Any, ...]:
    return found.path or "", found.line or 0, found.column or 0, found.rule, found.message


def _sifted(
    found: Iterable[Reported], ignoring: Ignoring, runs: _Runs
) -> tuple[list[Reported], list[Suppressed]]:
    """The findings that count and those that are ignored, with what ignores nothing among them."""
    kept, ignored = ignoring.sift(found)
    for of_unused in (False, True):
        exports = ignoring.unused(of_unused=of_unused)
        unused = [each for export in exports for each in _over_export(export, runs.only(UNUSED))]
        more, pardoned = ignoring.sift(_fingerprinted(sorted(unused, key=_order)))
        kept += more
        ignored += pardoned
    return sorted(kept, key=_order), ignored


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
    """A rule with its options, the level the settings give it, and what catches its failures."""

    rule: Rule
    options: tuple[Any, ...]
    level: Severity | None
    watch: AbstractContextManager[object]

    @classmethod
    def of(cls, rule: Rule, settings: Settings, failures: list[Defect] | None) -> _Run:
        """A rule to run; what one of a plugin raises is added to ``failures``, or not caught without them."""
        watched = not rule.code.startswith(OWN_PREFIX)
        watch = Watch(rule, failures) if watched and failures is not None else nullcontext()
        return cls(rule, options_of(rule, settings), level_of(rule, settings), watch)

    def over(self, thing: object) -> Iterable[Finding]:
        return self.rule.check(thing, *self.options)


class _Runs:
    """The rules of a run, by the kind of object they run on."""

    def __init__(self, runs: Sequence[_Run]) -> None:
        self._runs = runs
        self._by_kind: dict[type, list[_Run]] = {}

    def of(self, thing: object) -> list[_Run]:
        """The rules that run on ``thing``; sites have many sections, so each kind is looked up once."""
        kind = type(thing)
        if kind not in self._by_kind:
            self._by_kind[kind] = [run for run in self._runs if issubclass(kind, run.rule.targets)]
        return self._by_kind[kind]

    def only(self, code: str) -> _Runs:
        """The one rule of this code, if it runs."""
        return _Runs([run for run in self._runs if run.rule.code == code])


def _over_export(export: Export, runs: _Runs) -> Iterator[Reported]:
    site = next((site.code for site in export.sites if site.code), None)
    path = export.path or None
    for run in runs.of(export):
        with run.watch:
            for finding in run.over(export):
                level = run.level or finding.severity or run.rule.worst
                yield _reported(run.rule, finding, "", level, path, site, None, export)


def _over_site(site: Site, runs: _Runs) -> Iterator[Reported]:
    owners = _Owners(site)
    things: tuple[Site | Section, ...] = (site, *site.sections())
    for thing in things:
        for run in runs.of(thing):
            with run.watch:
                for finding in run.over(thing):
                    yield from _weighed(run, finding, thing, owners)


def _over_hierarchy(hierarchy: Hierarchy, runs: _Runs) -> Iterator[Reported]:
    owners: dict[int, _Owners] = {}
    for run in runs.of(hierarchy):
        with run.watch:
            for finding in run.over(hierarchy):
                if finding.site is None:
                    raise TypeError(f"{run.rule.code}: a finding of a rule over a Hierarchy names its site")
                known = owners.setdefault(id(finding.site), _Owners(finding.site))
                yield from _weighed(run, finding, finding.site, known)


def _weighed(run: _Run, finding: Finding, thing: Site | Section, owners: _Owners) -> Iterator[Reported]:
    """The finding at the level its version and authority give it; nothing where the rule does not hold."""
    section = thing if isinstance(thing, Section) else owners.of(finding.at)
    weighed = weigh(run.rule, finding, (section or thing).product)
    if weighed is None:
        return
    severity, words = weighed
    if severity == "error" and not _authoritative(finding.at):
        severity = lowered(severity)
    site = owners.site
    path = site.paths[0] if site.paths else None
    yield _reported(run.rule, finding, words, run.level or severity, path, site.code, section, thing)


class _Owners:
    """Which section of a site a setting belongs to."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def _by_setting(self) -> dict[int, Section]:
        sections = self.site.sections()
        return {id(setting): section for section in sections for setting in section.settings()}

    def of(self, place: Place) -> Section | None:
        if isinstance(place, Section):
            return place
        return self._by_setting.get(id(place)) if isinstance(place, Setting) else None


def _authoritative(place: Place) -> bool:
    match place:
        case Setting():
            return place.authoritative
        case Section():
            return all(setting.authoritative for setting in place.settings())
        case _:
            return True


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
        excerpt_column=span.excerpt_column if span else 1,
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
        said = re.sub(r"\bline [0-9]+", "line", each.message)
        subject = (said, uncovered(each.excerpt or "")) if each.setting is None else ()
        place = (each.path, each.site, each.key, each.component, each.setting)
        text = json.dumps((each.rule, *place, each.value, *subject))
        seen[text] += 1
        digest = hashlib.sha256(f"{text}{seen[text]}".encode()).hexdigest()
        yield each.model_copy(update={"fingerprint": digest[:32]})


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
