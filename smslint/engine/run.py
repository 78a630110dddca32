"""A run: the rules over all that was loaded, and the report of what they found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from importlib.metadata import version
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from smslint import sources
from smslint.checks.rule import Rule
from smslint.config.settings import Settings
from smslint.engine.fingerprint import fingerprinted
from smslint.engine.load import Loaded, Step, load, no_step
from smslint.engine.plugins import OWN_PREFIX, Watch, catalogue
from smslint.engine.report import input_info, reported, site_info, summary
from smslint.engine.selection import check_names, level_of, options_of, selected, without_yielding
from smslint.engine.severity import severity_for, without_safe_fix
from smslint.engine.suppression import Suppression
from smslint.files.paths import absolute
from smslint.files.walk import STDIN
from smslint.finding import SEVERITIES, Finding, Notice, PluginFailure, Severity, Subject
from smslint.report import Report, ReportedFinding, RuleInfo, Suppressed, Tool
from smslint.schema.export import Export
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.setting import Section, Setting
from smslint.schema.site import Site

if TYPE_CHECKING:
    from smslint.engine.baseline import Baseline

NO_SETTINGS = "SMS902"


def lint(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    settings: Settings | None = None,
    rules: Sequence[Rule] | None = None,
) -> Report:
    """Lint one or several files and folders: read them, run the rules, report.

    A folder is walked as the command line does it. A file is always taken, one called ``-`` too: for content
    that is no file there is `lint_bytes`. What could not be read stands in the report's ``failures``; of
    ``rules`` and of what is raised, see `run`.
    """
    given = (paths,) if isinstance(paths, str | PathLike) else tuple(paths)
    named = [f"./{STDIN}" if fspath(path) == STDIN else fspath(path) for path in given]
    settings = settings or Settings()
    return run(load(named, settings, stdin=lambda: b""), settings, rules)


def lint_bytes(
    data: bytes,
    name: str | PathLike[str],
    settings: Settings | None = None,
    rules: Sequence[Rule] | None = None,
) -> Report:
    """Lint the content of one input, as `lint` does a file's.

    ``name`` is the path that findings bear and that ignores and baselines go by; nothing is read from it.
    """
    settings = settings or Settings()
    export = sources.read(data, fspath(name), encoding=settings.encoding, given=settings.given)
    return run(Loaded((export,), named=(fspath(name),)), settings, rules)


def run(
    loaded: Loaded, settings: Settings, rules: Sequence[Rule] | None = None, step: Step = no_step
) -> Report:
    """Run the rules over what was loaded: ``rules``, or the built-in ones and those of installed plugins.

    Raises `BadSettingError` for settings that name no rule, options that a rule does not take and plugins
    that are not installed, `UnusableBaselineError`, and what one of the given ``rules`` raises.
    """
    known = catalogue(settings, rules)
    check_names(settings, known.rules, some_missing=bool(known.failures))
    chosen = selected(known.rules, settings.select, settings.ignore)
    active = _Active([_Run.of(rule, settings, known.failures if rules is None else None) for rule in chosen])
    sites = joined(site for export in loaded.exports for site in export.sites)
    found = without_yielding(_findings(loaded, sites, settings, active, step), chosen)
    found += _over_notices(known.failures, loaded, active)
    suppression = Suppression(settings, loaded.exports, known.rules, chosen, walked=bool(loaded.walked))
    findings, suppressed = suppression.filter(settled(_without_needless_silence(found, loaded)))
    for of_unused in (False, True):
        unused = _over_notices(suppression.unused(of_unused=of_unused), loaded, active)
        more, ignored = suppression.filter(settled(unused))
        findings += more
        suppressed += ignored
    read = {export.path: export for export in loaded.exports}
    report = Report(
        tool=tool_info(),
        inputs=tuple(map(input_info, loaded.exports)),
        findings=tuple(sorted(findings, key=_order)),
        suppressed=tuple(sorted(suppressed, key=_order)),
        summary=summary(findings, suppressed, len(loaded.exports), len(loaded.passed_over)),
        rules=rule_infos(chosen, settings),
        notes=(*loaded.remarks, *(note for export in loaded.exports for note in export.notes)),
        sites=tuple(site_info(site, read) for site in sites),
        failures=loaded.failures,
        folder=absolute(settings.folder),
    )
    return without_known(report, settings)


def tool_info() -> Tool:
    """What made a report; its version is looked up where it is asked for."""
    return Tool.later(lambda: Tool("smslint", version("smslint")), name="smslint")


def rule_infos(chosen: Iterable[Rule], settings: Settings) -> tuple[RuleInfo, ...]:
    """What there is to know of the rules that run, at the levels the settings give them."""
    return tuple(RuleInfo.later(partial(_info, rule, settings), code=rule.code) for rule in chosen)


def _info(rule: Rule, settings: Settings) -> RuleInfo:
    return replace(rule.info, severity=level_of(rule, settings) or rule.worst)


def without_known(report: Report, settings: Settings) -> Report:
    """The report with what the baseline of the settings knows set aside; as it is where they name none.

    Raises `UnusableBaselineError`.
    """
    if not settings.baseline:
        return report
    from smslint.engine.baseline import Baseline

    return with_baseline(report, Baseline.read(settings.baseline))


def with_baseline(report: Report, baseline: Baseline) -> Report:
    """The report with what the baseline knows set aside, and a note of what in it nothing matches."""
    from smslint.engine.baseline import stale_note

    findings, known = baseline.filter(report.findings)
    suppressed: tuple[Suppressed, ...] = tuple(sorted((*report.suppressed, *known), key=_order))
    report = replace(
        report,
        findings=tuple(findings),
        suppressed=suppressed,
        summary=summary(findings, suppressed, len(report.inputs), report.summary.passed_over),
    )
    return replace(report, notes=(*report.notes, *map(stale_note, baseline.stale(report))))


def fails(report: Report, settings: Settings) -> bool:
    """Whether the report holds a finding at or above the level that fails a run."""
    bound = SEVERITIES.index(settings.fail_on)
    return any(SEVERITIES.index(each.severity) <= bound for each in report.findings)


def joined(sites: Iterable[Site]) -> list[Site]:
    """The sites, those of one code joined into one; a site without a code stays alone.

    They come in the order of their codes, whatever that of the inputs: what a finding says of the first of
    them, and where it lies, must not change with it.
    """
    by_code: dict[str, list[Site]] = defaultdict(list)
    for number, site in enumerate(sorted(sites, key=_order_of_site)):
        by_code[site.code.upper() if site.code else f" {number}"].append(site)
    return [(same[0] if len(same) == 1 else Site.join(same)).in_order() for same in by_code.values()]


def _order_of_site(site: Site) -> tuple[str, int, int, tuple[str, ...]]:
    return (site.code or "").upper(), site.product.first, site.product.last, site.paths


@dataclass(frozen=True, slots=True)
class _Run:
    """A rule with its options, the level the settings give it, and what catches its failures."""

    rule: Rule
    options: tuple[Any, ...]
    level: Severity | None
    watch: Watch | None

    @classmethod
    def of(cls, rule: Rule, settings: Settings, failures: list[PluginFailure] | None) -> _Run:
        """A rule to run; what one of a plugin raises is added to ``failures``, or not caught without them."""
        watched = not rule.code.startswith(OWN_PREFIX)
        watch = Watch(rule, failures) if watched and failures is not None else None
        return cls(rule, options_of(rule, settings), level_of(rule, settings), watch)

    def over(self, thing: object) -> Iterable[Finding]:
        return self.rule.check(thing, *self.options)

    def reported(self, finding: Finding, severity: Severity, **known: Any) -> ReportedFinding:
        """The finding as a report has it; one of a plugin that does not fit the contract raises."""
        found = reported(self.rule, finding, self.level or severity, **known)
        if not self.rule.code.startswith(OWN_PREFIX):
            from smslint.reports.json import finding_object

            finding_object(found)
        return found


class _Active:
    """The rules that run, by the kind of object they run on."""

    def __init__(self, runs: Sequence[_Run]) -> None:
        self._runs = runs
        self._by_kind: dict[type, list[_Run]] = {}

    def of(self, thing: object) -> list[_Run]:
        """The rules that run on ``thing``; sites have many sections, so each kind is looked up once."""
        kind = type(thing)
        if kind not in self._by_kind:
            self._by_kind[kind] = [each for each in self._runs if issubclass(kind, each.rule.targets)]
        return self._by_kind[kind]


def _findings(
    loaded: Loaded, sites: Sequence[Site], settings: Settings, active: _Active, step: Step
) -> list[ReportedFinding]:
    """What the rules find in all that was loaded."""
    step(f"checking {len(loaded.exports)} files")
    found = [each for export in loaded.exports for each in _over_export(export, active)]
    for number, site in enumerate(sites, 1):
        step(f"checking site {number} of {len(sites)}")
        found += _over_site(site, active)
    step("checking the hierarchy")
    found += _over_hierarchy(Hierarchy(tuple(sites), settings.complete), active)
    return found


def _order(found: ReportedFinding) -> tuple[Any, ...]:
    return found.path or "", found.line or 0, found.column or 0, found.rule, found.message


def settled(found: Iterable[ReportedFinding]) -> Iterator[ReportedFinding]:
    """The findings in their order, each with its fingerprint."""
    return fingerprinted(sorted(found, key=_order))


def _without_needless_silence(found: list[ReportedFinding], loaded: Loaded) -> list[ReportedFinding]:
    """Drop SMS902 for files that a walk found, unless none of the run holds a setting; a hook wants none."""
    if loaded.skip_unknown:
        return [each for each in found if each.rule != NO_SETTINGS]
    if any(export.sites for export in loaded.exports):
        return [each for each in found if each.rule != NO_SETTINGS or each.path not in loaded.walked]
    return found


def _over_export(export: Export, active: _Active) -> Iterator[ReportedFinding]:
    yield from _of_any_version(export, export, active)


def _over_notices(notices: Iterable[Notice], loaded: Loaded, active: _Active) -> list[ReportedFinding]:
    """What the engine itself has to say, as findings of the rules that stand for it."""
    read = {export.path: export for export in loaded.exports}
    return [
        found
        for notice in notices
        for found in _of_any_version(notice, read.get(notice.path, Export(notice.path, None, None)), active)
    ]


def _of_any_version(thing: Export | Notice, export: Export, active: _Active) -> Iterator[ReportedFinding]:
    """Findings that hold whatever the version, in an export or of it; of several sites none is meant."""
    codes = {site.code.upper(): site.code for site in export.sites if site.code}
    site = next(iter(codes.values())) if len(codes) == 1 else None

    def report(each: _Run, finding: Finding) -> Iterator[ReportedFinding]:
        level = finding.severity or each.rule.worst
        yield each.reported(finding, level, path=export.path or None, site=site, product=export.product)

    return _over(thing, active, report)


def _over(
    thing: object, active: _Active, report: Callable[[_Run, Finding], Iterator[ReportedFinding]]
) -> Iterator[ReportedFinding]:
    """What the rules find in a thing; those of plugins are watched, and what is made of their findings."""
    for each in active.of(thing):
        if each.watch is None:
            for finding in each.over(thing):
                yield from report(each, finding)
        else:
            with each.watch:
                for finding in each.over(thing):
                    yield from report(each, finding)


def _over_site(site: Site, active: _Active) -> Iterator[ReportedFinding]:
    owners = _Owners(site)
    things: tuple[Site | Section, ...] = (site, *site.sections())
    for thing in things:
        yield from _over(thing, active, partial(_of_version, thing, owners))


def _over_hierarchy(hierarchy: Hierarchy, active: _Active) -> Iterator[ReportedFinding]:
    owners: dict[int, _Owners] = {}

    def report(each: _Run, finding: Finding) -> Iterator[ReportedFinding]:
        if finding.site is None:
            raise TypeError(f"{each.rule.code}: a finding of a rule over a Hierarchy names its site")
        known = owners.setdefault(id(finding.site), _Owners(finding.site))
        return _of_version(finding.site, known, each, finding)

    return _over(hierarchy, active, report)


def _of_version(
    thing: Site | Section, owners: _Owners, each: _Run, finding: Finding
) -> Iterator[ReportedFinding]:
    """The finding at the level its version and authority give it; nothing where the rule does not hold."""
    section = thing if isinstance(thing, Section) else owners.of(finding.about)
    known = severity_for(each.rule, finding, (section or thing).product)
    if known is None:
        return
    severity, words = known
    if words:
        finding = without_safe_fix(finding)
    site = owners.site
    yield each.reported(
        finding,
        severity,
        path=site.paths[0] if site.paths else None,
        site=site.code,
        product=thing.product,
        section=section,
        words=words,
    )


class _Owners:
    """Which section of a site a setting belongs to."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def _by_setting(self) -> dict[int, Section]:
        sections = self.site.sections()
        return {id(setting): section for section in sections for setting in section.settings()}

    def of(self, subject: Subject) -> Section | None:
        if isinstance(subject, Section):
            return subject
        return self._by_setting.get(id(subject)) if isinstance(subject, Setting) else None
