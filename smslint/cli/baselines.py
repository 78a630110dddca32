"""``--write-baseline`` and ``--prune-baseline``: what is known from now on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smslint.cli import console
from smslint.config.settings import Settings
from smslint.engine.baseline import Baseline, stale_note
from smslint.engine.run import with_baseline
from smslint.files.walk import reason
from smslint.report import Report
from smslint.reports.style import counted


def written(report: Report, path: str, inputs: Sequence[str], failures: list[str]) -> Report:
    """Make all findings known in a new baseline; the report without them."""
    baseline = Baseline.of(report.findings, path)
    if _write(baseline, inputs, failures):
        console.remark(f"{path}: lists {counted(len(report.findings), 'finding')}, not reported from now on")
    return with_baseline(report, baseline)


def prune(report: Report, settings: Settings, inputs: Sequence[str], failures: list[str]) -> Report:
    """Remove from the baseline what nothing matches any more; the report without the notes of it."""
    baseline = Baseline.read(settings.baseline or "")
    stale = list(baseline.stale(report))
    if stale and not _write(baseline.without(stale), inputs, failures):
        return report
    console.remark(f"{baseline.path}: removed {counted(sum(each.count for each in stale), 'known finding')}")
    removed = {stale_note(each) for each in stale}
    return replace(report, notes=tuple(note for note in report.notes if note not in removed))


def _write(baseline: Baseline, inputs: Sequence[str], failures: list[str]) -> bool:
    try:
        baseline.write(inputs)
    except OSError as error:
        failures.append(f"{baseline.path}: not written: {reason(error)}")
        return False
    return True
