"""From the change of a setting to what cures it: edits of bytes, or the steps a person takes."""

from __future__ import annotations

from smslint.finding import Fix
from smslint.fixes.steps import console_steps
from smslint.report import Edit, FixChange, ReportedFix
from smslint.schema.setting import Change
from smslint.schema.version import ProductVersion


def resolve(fix: Fix, product: ProductVersion) -> ReportedFix:
    """The cure as a report tells it.

    Where a changed setting is only a copy, or its input must not be edited, the cure is the console's: the
    fix becomes manual, without edits and with the steps.
    """
    editable = all(change.setting.raw and change.setting.raw.spell for change in fix.changes)
    authoritative = all(change.setting.authoritative for change in fix.changes)
    safety, steps, description = fix.safety, fix.steps, fix.description
    if fix.changes and not (editable and authoritative):
        safety = "manual"
        if not authoritative:
            description += " The registry only holds a copy: an edit there would not last."
    edits: tuple[Edit, ...] = ()
    if safety != "manual":
        try:
            edits = tuple(map(_edit, fix.changes))
        except UnicodeEncodeError:
            safety, description = "manual", f"{description} The file's code page lacks a character of it."
    if safety == "manual":
        steps = steps or console_steps(fix.changes, product)
    elif fix.changes:
        description += " On the server, restart SMS Executive afterwards."
    return ReportedFix(
        safety=safety,
        description=description,
        steps=steps,
        changes=tuple(
            FixChange(from_=change.setting.value, setting=change.setting.name, to=change.to)
            for change in fix.changes
        ),
        edits=edits,
    )


def _edit(change: Change) -> Edit:
    raw = change.setting.raw
    if raw is None or raw.spell is None:
        raise ValueError(f"{change.setting.name} cannot be edited in place")
    return Edit(start=raw.span.start, end=raw.span.end, replacement=raw.spell(change.to))
