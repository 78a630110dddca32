"""What is known and accepted: ignores in the configuration, and comments in .reg files.

A comment ``; smslint: ignore[SMS101] reason`` holds for what begins on the line below it. What ignores
nothing, although this run could have needed it, is SMS907.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Final

from pathspec import GitIgnoreSpec

from smslint.checks.rule import Rule
from smslint.config.settings import Ignore, Settings
from smslint.engine.selection import UnknownRuleError, matching
from smslint.finding import UnusedIgnore
from smslint.report import ReportedFinding, Suppressed, Suppressor
from smslint.schema.export import Export
from smslint.schema.located import Span

UNUSED: Final = "SMS907"
_COMMENT: Final = re.compile(r"\s*;\s*smslint:\s*ignore\s*\[([^\]]*)\]\s*(.*)", re.DOTALL)


@dataclass
class _Ignore:
    """One thing that ignores findings of some rules. ``unused`` is what to say when it ignored nothing."""

    codes: frozenset[str]
    by: Suppressor
    reason: str | None
    covers: Callable[[ReportedFinding], bool]
    path: str = ""
    span: Span | None = None
    unused: str = ""
    used: bool = False


class Suppression:
    """What the configuration and the comments of a run ignore. ``rules`` are those that run."""

    def __init__(
        self,
        settings: Settings,
        exports: Sequence[Export],
        known: Sequence[Rule],
        rules: Sequence[Rule],
        walked: bool,
    ) -> None:
        """Gather what ignores; ``known`` are all rules, ``walked`` is whether a folder was searched."""
        self._settings, self._exports, self._known, self._walked = settings, exports, known, walked
        self._relative = cache(settings.relative)
        self._ran = frozenset(rule.code for rule in rules)
        self._unusable: list[UnusedIgnore] = []
        self._at_line: dict[tuple[str, int], list[_Ignore]] = defaultdict(list)
        for export in exports:
            for ignore, line in self._comments(export):
                self._at_line[export.path, line].append(ignore)
        self._anywhere = [*self._ignores(), *self._per_file()]

    def filter(self, found: Iterable[ReportedFinding]) -> tuple[list[ReportedFinding], list[Suppressed]]:
        """The findings that count, and those that are ignored."""
        kept: list[ReportedFinding] = []
        ignored: list[Suppressed] = []
        for finding in found:
            ignore = self._ignore(finding)
            if ignore is None:
                kept.append(finding)
            else:
                ignored.append(suppressed(finding, ignore.by, ignore.reason))
        return kept, ignored

    def _ignore(self, finding: ReportedFinding) -> _Ignore | None:
        """What ignores a finding, the nearest first; all that would are noted as used."""
        here = self._at_line.get((finding.path or "", finding.line or 0), [])
        fitting = [each for each in (*here, *self._anywhere) if _fits(each, finding)]
        for each in fitting:
            each.used = True
        return fitting[0] if fitting else None

    def unused(self, *, of_unused: bool = False) -> Iterator[UnusedIgnore]:
        """What ignored nothing, or cannot.

        First what ignores settings, and once these findings were filtered too, what ignores SMS907 itself.
        """
        if not of_unused:
            yield from self._unusable
        for ignore in [*(each for line in self._at_line.values() for each in line), *self._anywhere]:
            if ignore.unused and not ignore.used and (UNUSED in ignore.codes) == of_unused:
                yield UnusedIgnore(ignore.path, ignore.unused, ignore.span)

    def _comments(self, export: Export) -> Iterator[tuple[_Ignore, int]]:
        below: dict[int, int] = {}
        for comment in reversed(export.comments):
            line = below[comment.line] = below.get(comment.line + 1, comment.line + 1)
            shape = _COMMENT.match(comment.excerpt)
            if shape is None:
                text = "smslint does not understand this comment; write `; smslint: ignore[SMS101] reason`"
                self._unusable.append(UnusedIgnore(export.path, text, comment))
                continue
            for word in shape[1].split(","):
                try:
                    codes = frozenset(rule.code for rule in matching(word.strip(), self._known))
                except UnknownRuleError as error:
                    text = f"this comment ignores nothing: {error}"
                    self._unusable.append(UnusedIgnore(export.path, text, comment))
                    continue
                text = f"no {word.strip()} stands on the line below this comment, so it ignores nothing"
                yield self._comment(codes, shape[2], text, comment), line

    def _comment(self, codes: frozenset[str], reason: str, unused: str, comment: Span) -> _Ignore:
        unused = unused if codes & self._ran else ""
        return _Ignore(
            codes, "comment", reason.strip() or None, lambda _: True, comment.path, comment, unused
        )

    def _ignores(self) -> Iterator[_Ignore]:
        file = self._settings.file
        for number, ignore in enumerate(self._settings.ignores):
            path = file.path if file else ""
            span = file.span(("ignores", number)) if file else None
            if ignore.until and ignore.until < date.today():
                text = f"this ignore of {ignore.rule} expired on {ignore.until} and no longer holds"
                self._unusable.append(UnusedIgnore(path, text, span))
                continue
            codes = self._codes(ignore.rule)
            text = f"this ignore of {ignore.rule} ignores nothing"
            unused = text if codes & self._ran and self._exports and self._could_fit(ignore) else ""
            yield _Ignore(codes, "config", ignore.reason, self._within(ignore), path, span, unused)

    def _per_file(self) -> Iterator[_Ignore]:
        for pattern, selectors in self._settings.per_file_ignores.items():
            codes = frozenset[str]().union(*map(self._codes, selectors))
            yield _Ignore(codes, "config", f"per-file-ignores {pattern}", self._files(pattern))

    def _codes(self, selector: str) -> frozenset[str]:
        """The codes a selector of the configuration names; none for that of a plugin that failed."""
        try:
            return frozenset(rule.code for rule in matching(selector, self._known))
        except UnknownRuleError:
            return frozenset()

    def _files(self, pattern: str) -> Callable[[ReportedFinding], bool]:
        spec, relative = GitIgnoreSpec.from_lines([pattern]), self._relative
        return lambda finding: finding.path is not None and spec.match_file(relative(finding.path))

    def _within(self, ignore: Ignore) -> Callable[[ReportedFinding], bool]:
        in_files = self._files(ignore.path) if ignore.path else None

        def covers(finding: ReportedFinding) -> bool:
            return (
                (in_files is None or in_files(finding))
                and _alike(ignore.site, finding.site)
                and _alike(ignore.component, finding.component)
                and ignore.setting in (None, finding.setting)
            )

        return covers

    def _could_fit(self, ignore: Ignore) -> bool:
        """Whether the run read what an ignore speaks of, or all there is that it could speak of."""
        if ignore.path:
            spec = GitIgnoreSpec.from_lines([ignore.path])
            read = any(spec.match_file(self._relative(export.path)) for export in self._exports)
            folder = self._settings.file.folder if self._settings.file else None
            if not read and folder and _exists(ignore.path, folder):
                return False
        sites = [site.code for export in self._exports for site in export.sites]
        return not ignore.site or self._walked or any(_alike(ignore.site, code) for code in sites)


def _exists(pattern: str, folder: Path) -> bool:
    try:
        return any(folder.glob(pattern.strip("/")))
    except (ValueError, NotImplementedError):
        return False


def suppressed(finding: ReportedFinding, by: Suppressor, reason: str | None) -> Suppressed:
    """The finding, set aside."""
    values = {field.name: getattr(finding, field.name) for field in fields(ReportedFinding)}
    return Suppressed(**values, by=by, reason=reason)


def _fits(ignore: _Ignore, finding: ReportedFinding) -> bool:
    return finding.rule in ignore.codes and ignore.covers(finding)


def _alike(pattern: str | None, text: str | None) -> bool:
    """Whether a pattern such as ``N*`` matches a name, letter case ignored; no pattern matches all."""
    return pattern is None or fnmatchcase((text or "").upper(), pattern.upper())
