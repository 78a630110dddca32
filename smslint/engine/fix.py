"""``--fix``: edit, read again, run the rules again, and only then write.

Only the bytes of the changed values move. Overlapping fixes are applied one after the other, each to a fresh
reading; a file whose findings would grow is left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from smslint import sources
from smslint.checks.rule import Rule
from smslint.config.settings import Settings
from smslint.engine.load import Loaded
from smslint.engine.run import run
from smslint.report import Edit, Report, ReportedFinding
from smslint.sources.text import Document

_ROUNDS = 10
"""Readings until the fixes must have come to rest."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixing came to: the report of the fixed inputs, the new bytes, and what was left alone and why."""

    report: Report
    contents: dict[str, bytes]
    fixed_count: int
    remarks: tuple[str, ...]


def fix(loaded: Loaded, settings: Settings, rules: Sequence[Rule] | None = None, *, unsafe: bool) -> Fixed:
    """Apply the safe fixes, and with ``unsafe`` those a person should confirm, to the inputs in memory.

    Takes rules and raises as `run` does.
    """
    before = report = run(loaded, settings, rules)
    current, remarks = loaded, dict[str, None]()
    for _ in range(_ROUNDS):
        contents = {}
        for path, edits in _edits(report, unsafe=unsafe).items():
            old = current.contents[path]
            new = _spliced(Document(old, path, fallback=settings.encoding or "cp1252"), edits, remarks)
            if new != old:
                contents[path] = new
        if not contents:
            break
        current = _reread(current, contents, settings)
        report = run(current, settings, rules)
    worse = _worse(before, report)
    if worse:
        current = _reread(current, {path: loaded.contents[path] for path in worse}, settings)
        report = run(current, settings, rules)
        remarks |= {f"{path}: left alone, the fixes would bring new findings": None for path in sorted(worse)}
    changed = {path: data for path, data in current.contents.items() if data != loaded.contents[path]}
    remarks |= dict.fromkeys(_not_edited(report))
    return Fixed(report, changed, len(before.findings) - len(report.findings), tuple(remarks))


def without(done: Fixed, paths: Container[str], loaded: Loaded, settings: Settings) -> Fixed:
    """What fixing came to where the files of some ``paths`` could not be written and are as they were."""
    contents = {path: data for path, data in done.contents.items() if path not in paths}
    report = run(_reread(loaded, contents, settings), settings)
    fixed_count = done.fixed_count + len(done.report.findings) - len(report.findings)
    return replace(done, report=report, contents=contents, fixed_count=fixed_count)


def _edits(report: Report, *, unsafe: bool) -> dict[str, list[Edit]]:
    """The edits of a round by path: none overlaps another, the rest waits for the next reading."""
    chosen: dict[str, list[Edit]] = defaultdict(list)
    for finding in report.findings:
        if finding.path is None or finding.fix is None or not _allowed(finding, unsafe=unsafe):
            continue
        taken = chosen[finding.path]
        if not any(new.start < old.end and old.start < new.end for new in finding.fix.edits for old in taken):
            taken += finding.fix.edits
    return {path: edits for path, edits in chosen.items() if edits}


def _allowed(finding: ReportedFinding, *, unsafe: bool) -> bool:
    return finding.fix is not None and finding.fix.safety in (("safe", "unsafe") if unsafe else ("safe",))


def _spliced(document: Document, edits: Sequence[Edit], remarks: dict[str, None]) -> bytes:
    """The document's bytes with the edits made; an edit that its code page cannot express is left out."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda each: each.start):
        try:
            replacement = edit.replacement.encode(document.encoding)
        except UnicodeEncodeError:
            lacking = f"{document.path}: not fixed, {document.encoding} lacks a character of the new value"
            remarks[lacking] = None
            continue
        pieces += [document.data[at : edit.start], replacement]
        at = edit.end
    return b"".join([*pieces, document.data[at:]])


def _reread(loaded: Loaded, contents: dict[str, bytes], settings: Settings) -> Loaded:
    exports = tuple(
        sources.read(contents[export.path], export.path, encoding=settings.encoding, given=settings.given)
        if export.path in contents
        else export
        for export in loaded.exports
    )
    return replace(loaded, exports=exports, contents=loaded.contents | contents)


def _worse(before: Report, after: Report) -> set[str]:
    """The paths that have more findings than before."""
    counts = [Counter(finding.path for finding in report.findings) for report in (before, after)]
    return {path for path, number in counts[1].items() if path and number > counts[0][path]}


def _not_edited(report: Report) -> Iterator[str]:
    """Say so where findings have a fix that is not to be made in the file they were found in."""
    formats = {each.path: each.format for each in report.inputs}
    for finding in report.findings:
        if not finding.changes or not finding.fix:
            continue
        if formats.get(finding.path or "", "registry") != "registry":
            yield f"{finding.path}: not edited: an edit there does not reach the site; see `smslint patch`"
        elif finding.fix.safety != "manual" and not finding.fix.edits:
            yield f"{finding.path}: not edited: regedit would not import it; see `smslint patch`"
