"""From the change of a setting to what makes it: edits of bytes, a script, or the steps a person takes."""

from __future__ import annotations

from smslint.finding import Fix
from smslint.fixes import powershell
from smslint.fixes.steps import console_steps
from smslint.report import Edit, FixChange, ReportedFix
from smslint.schema.address import Address
from smslint.schema.setting import Change, Section
from smslint.schema.version import FROM_2012, ProductVersion


def resolve(fix: Fix, product: ProductVersion, site: str | None, section: Section | None) -> ReportedFix:
    """The fix as a report has it, of a finding in a ``section`` of the ``site`` of that code.

    Where a changed setting is only a copy, or its input is no text of a registry, the fix is a script or,
    where no cmdlet knows the setting, the console's: the fix becomes manual, without edits, with the steps.
    A registry text that nothing imports is not edited either, but a patch can be made from it.
    """
    raws = [change.setting.raw for change in fix.changes]
    editable = all(raw and raw.spell for raw in raws)
    patchable = all(raw and raw.registry for raw in raws)
    authoritative = all(change.setting.authoritative for change in fix.changes)
    script = bool(site) and authoritative and product.within(FROM_2012) and _scriptable(fix, section)
    safety, steps, description = fix.safety, fix.steps, fix.description
    if fix.changes and not script and not ((editable or patchable) and authoritative):
        safety = "manual"
        if not authoritative:
            description += " The registry only holds a copy: an edit there would not last."
    edits: tuple[Edit, ...] = ()
    if safety != "manual" and editable:
        try:
            edits = tuple(map(_edit, fix.changes))
        except UnicodeEncodeError:
            safety, description = "manual", f"{description} The file's code page lacks a character of it."
    if safety == "manual" or script:
        steps = steps or console_steps(fix.changes, product)
    elif fix.changes:
        description += " On the server, restart SMS Executive afterwards."
    return ReportedFix(
        safety=safety,
        description=description,
        steps=steps,
        changes=tuple(
            FixChange(setting=change.setting.name, from_=plain(change.setting.value), to=plain(change.to))
            for change in fix.changes
        ),
        edits=edits,
        script=script,
    )


def plain(value: object) -> int | str | None:
    """A setting's value as a report has it: what is neither number nor text, in words."""
    return value if value is None or isinstance(value, int | str) else str(value)


def _scriptable(fix: Fix, section: Section | None) -> bool:
    """Whether a cmdlet can make all the changes."""
    destination = destination_of(section)
    component = section.component if section else None
    return powershell.can_set(fix.changes, destination=destination, component=component)


def destination_of(section: Section | None) -> str | None:
    """The code of the site that an address leads to; None for every other section."""
    if isinstance(section, Address) and section.names_site and not section.is_courier:
        return section.destination.value
    return None


def _edit(change: Change) -> Edit:
    raw = change.setting.raw
    if raw is None or raw.spell is None:
        raise ValueError(f"{change.setting.name} cannot be edited in place")
    return Edit(start=raw.span.start, end=raw.span.end, replacement=raw.spell(change.to))
