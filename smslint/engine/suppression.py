"""What is known and accepted: ignores in the configuration, and comments in .reg files.

A comment ``; smslint: ignore[SMS101] reason`` holds for what begins on the line below it; above a key it
holds for all that stands in the key, up to the next one. What ignores nothing, although this run could have
needed it, is SMS907.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Final

from smslint.checks.rule import Rule
from smslint.config.settings import Ignore, Settings
from smslint.engine.selection import UnknownRuleError, matching
from smslint.files.patterns import Patterns
from smslint.finding import UnusedIgnore
from smslint.report import ReportedFinding, Suppressed, Suppressor
from smslint.schema.export import Export
from smslint.schema.located import Span

UNUSED: Final = "SMS907"
_COMMENT: Final = re.compile(r"\s*;\s*smslint:\s*ignore\s*\[([^\]]*)\]\s*(.*)", re.DOTALL)


_RULES: Final = 100
"""Rules that one comment may name."""
_WORD: Final = 80
"""Characters of a rule's name that are looked at and told."""
_SUGGESTED: Final = 100
"""Comments of a run for whose unknown names others are suggested."""


@dataclass(slots=True)
class _Comment:
    """A comment, and the codes that each of its words names."""

    span: Span
    reason: str | None
    words: dict[str, frozenset[str]]
    used: set[str] = field(default_factory=set)


@dataclass
class _Covered:
    """The lines that some comments, one above the other, hold for: that below them, or a whole key."""

    first: int
    last: int
    in_key: bool
    comments: list[_Comment] = field(default_factory=list)
    _met: dict[str, _Comment | None] = field(default_factory=dict)

    def by(self, code: str) -> _Comment | None:
        """The first comment that ignores a rule; all that do are noted as used."""
        if code not in self._met:
            self._met[code] = None
            for comment in reversed(self.comments):
                words = [word for word, codes in comment.words.items() if code in codes]
                comment.used.update(words)
                self._met[code] = comment if words else self._met[code]
        return self._met[code]


@dataclass
class _Ignore:
    """What in the configuration ignores findings of some rules. ``unused`` says that it ignored nothing."""

    codes: frozenset[str]
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
        self._ran = frozenset(rule.code for rule in rules)
        self._unusable: list[UnusedIgnore] = []
        self._suggested = 0
        self._codes_of = cache(self._codes)
        self._covered: list[_Covered] = []
        self._lines: dict[tuple[str, int], _Covered] = {}
        self._keys: dict[str, list[_Covered]] = {}
        for export in exports:
            self._gather(export)
        self._anywhere = [*self._ignores(), *self._per_file()]

    def filter(self, found: Iterable[ReportedFinding]) -> tuple[list[ReportedFinding], list[Suppressed]]:
        """The findings that count, and those that are ignored."""
        kept: list[ReportedFinding] = []
        ignored: list[Suppressed] = []
        for finding in found:
            by = self._by_comment(finding)
            ignore = self._by_config(finding)
            if by:
                ignored.append(suppressed(finding, "comment", by.reason))
            elif ignore:
                ignored.append(suppressed(finding, "config", ignore.reason))
            else:
                kept.append(finding)
        return kept, ignored

    def _by_comment(self, finding: ReportedFinding) -> _Comment | None:
        """The comment nearest to a finding that ignores it: that above its line, else that above its key."""
        path, line = finding.path or "", finding.line or 0
        keys = self._keys.get(path, [])
        at = bisect_right(keys, line, key=attrgetter("first")) - 1
        key = keys[at] if at >= 0 and line <= keys[at].last else None
        near = self._lines.get((path, line))
        return (near.by(finding.rule) if near else None) or (key.by(finding.rule) if key else None)

    def _by_config(self, finding: ReportedFinding) -> _Ignore | None:
        """The first ignore of the configuration that fits; all that do are noted as used."""
        fitting = [each for each in self._anywhere if _fits(each, finding)]
        for each in fitting:
            each.used = True
        return fitting[0] if fitting else None

    def unused(self, *, of_unused: bool = False) -> Iterator[UnusedIgnore]:
        """What ignored nothing, or cannot.

        First what ignores settings, and once these findings were filtered too, what ignores SMS907 itself.
        """
        if not of_unused:
            yield from self._unusable
        for covered in self._covered:
            for comment in covered.comments:
                yield from self._idle(comment, covered.in_key, of_unused)
        for ignore in self._anywhere:
            if ignore.unused and not ignore.used and (UNUSED in ignore.codes) == of_unused:
                yield UnusedIgnore(ignore.path, ignore.unused, ignore.span)

    def _idle(self, comment: _Comment, in_key: bool, of_unused: bool) -> Iterator[UnusedIgnore]:
        words = [
            word
            for word, codes in comment.words.items()
            if word not in comment.used and codes & self._ran and (UNUSED in codes) == of_unused
        ]
        if words:
            where = "in the key" if in_key else "on the line"
            text = f"no {_listed(words)} stands {where} below this comment, so it ignores nothing"
            yield UnusedIgnore(comment.span.path, text, comment.span)

    def _gather(self, export: Export) -> None:
        """Sort the comments of an export by the lines that they hold for."""
        below, covered = 0, list[_Covered]()
        for comment in reversed(export.comments):
            line = comment.span.line + 1
            # Of comments that stand one above the other, each holds for what the last one stands above.
            above = below == line
            below = comment.span.line
            if not above:
                current = _Covered(line, comment.last_line or line, in_key=comment.last_line is not None)
                covered.append(current)
            shape = _COMMENT.match(comment.span.excerpt)
            if shape is None:
                text = "smslint does not understand this comment; write `; smslint: ignore[SMS101] reason`"
                self._unusable.append(UnusedIgnore(export.path, text, comment.span))
                continue
            words = dict.fromkeys(word.strip() for word in shape[1].split(",", _RULES))
            known = {word: codes for word in words if (codes := self._codes_of(word))}
            current.comments.insert(0, _Comment(comment.span, shape[2].strip() or None, known))
            unknown = [word for word in words if word not in known]
            if unknown:
                self._unusable.append(UnusedIgnore(export.path, self._unknown(unknown), comment.span))
        self._covered += covered
        self._lines |= {(export.path, each.first): each for each in covered if not each.in_key}
        self._keys[export.path] = [each for each in reversed(covered) if each.in_key]

    def _unknown(self, words: Sequence[str]) -> str:
        """What to say of words that name no rule; to suggest others takes a while, too long for a flood."""
        self._suggested += 1
        why = f"no rule is called {words[0][:_WORD]!r}"
        if self._suggested <= _SUGGESTED and len(words[0]) <= _WORD:
            try:
                matching(words[0], self._known)
            except UnknownRuleError as error:
                why = str(error)
        more = f" (nor {_listed(words[1:])})" if len(words) > 1 else ""
        return f"this comment ignores nothing: {why}{more}"

    def _ignores(self) -> Iterator[_Ignore]:
        file = self._settings.file
        for number, ignore in enumerate(self._settings.ignores):
            path = self._settings.relative(file.path) if file else ""
            span = file.span(("ignores", number)) if file else None
            if ignore.until and ignore.until < date.today():
                text = f"this ignore of {ignore.rule} expired on {ignore.until} and no longer holds"
                self._unusable.append(UnusedIgnore(path, text, span))
                continue
            codes = self._codes(ignore.rule)
            text = f"this ignore of {ignore.rule} ignores nothing"
            unused = text if codes & self._ran and self._exports and self._could_fit(ignore) else ""
            yield _Ignore(codes, ignore.reason, self._within(ignore), path, span, unused)

    def _per_file(self) -> Iterator[_Ignore]:
        for pattern, selectors in self._settings.per_file_ignores.items():
            codes = frozenset[str]().union(*map(self._codes, selectors))
            yield _Ignore(codes, f"per-file-ignores {pattern}", self._files(pattern))

    def _codes(self, selector: str) -> frozenset[str]:
        """The codes a selector of the configuration names; none for that of a plugin that failed."""
        try:
            return frozenset(rule.code for rule in matching(selector, self._known))
        except UnknownRuleError:
            return frozenset()

    def _files(self, pattern: str) -> Callable[[ReportedFinding], bool]:
        patterns = Patterns([pattern])
        return lambda finding: finding.path is not None and patterns.match(finding.path)

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
            patterns = Patterns([ignore.path])
            read = any(patterns.match(export.path) for export in self._exports)
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


def _listed(words: Sequence[str]) -> str:
    """Some rules, by the words of a comment; of many the first."""
    named = ", ".join(word[:_WORD] for word in words[:5])
    return f"{named} and {len(words) - 5} more" if len(words) > 5 else named


def _fits(ignore: _Ignore, finding: ReportedFinding) -> bool:
    return finding.rule in ignore.codes and ignore.covers(finding)


def _alike(pattern: str | None, text: str | None) -> bool:
    """Whether a pattern such as ``N*`` matches a name, letter case ignored; no pattern matches all."""
    return pattern is None or fnmatchcase((text or "").upper(), pattern.upper())
