"""``smslint patch``: files for the server, each with the file that undoes it.

What the registry holds becomes a .reg file; the sender settings of Configuration Manager 2012 and later a
PowerShell script; what only a person can do, steps.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

from smslint.fixes import powershell, regfile
from smslint.fixes.regfile import RegistryChange, UnwritableError, value_data
from smslint.report import ReportedFinding
from smslint.schema.export import Export
from smslint.schema.setting import Change
from smslint.schema.version import SMS_2_AND_LATER, ProductVersion

_SCRIPTED = ProductVersion.between("2012rtm", "current")
_RESTART = (
    "Afterwards stop and start the SMS Executive service (SMS_EXECUTIVE).",
    "The changes were made to the text that the export showed: export again before you import.",
)


@dataclass(frozen=True, slots=True)
class Patch:
    """One file to write: the ending that follows the input's name, and the content."""

    ending: str
    data: bytes


def patches(
    export: Export, findings: Iterable[ReportedFinding], *, unsafe: bool
) -> tuple[list[Patch], list[str]]:
    """The files that cure the findings of one input, and remarks on what no file could be made of."""
    curable = [each for each in findings if each.fix]
    cured = [each for each in curable if each.fix and (unsafe or each.fix.safety != "unsafe")]
    written, remarks, handled = list[Patch](), list[str](), set[str]()
    if left := len(curable) - len(cured):
        remarks.append(f"{export.path}: left out {left} that a person should confirm; see --unsafe-fixes")
    in_registry = [each for each in cured if each.changes and each.fix and each.fix.safety != "manual"]
    if in_registry:
        try:
            written += tuple(_registry(export, in_registry))  # both files or none: no cure without its undo
            handled |= {each.fingerprint for each in in_registry}
        except UnwritableError as error:
            remarks.append(f"{export.path}: no .reg patch: {error}")
    if export.product.within(_SCRIPTED):
        written += _scripts(cured, handled)
    elif export.product.overlaps(_SCRIPTED) and export.format != "registry" and any(map(_of_sender, cured)):
        remarks.append(f"{export.path}: --product-version 2012 or current would make a script of the steps")
    written += _steps(export, [each for each in cured if each.fingerprint not in handled])
    return written, remarks


def names(paths: Sequence[str]) -> dict[str, PurePosixPath]:
    """What each input's files are called: its name without the last suffix, always a path that leads down.

    Where inputs share it they keep their folders, and where they share those too, a number follows.
    """
    shared: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        shared[Path(path).stem.casefold()].append(path)
    named: dict[str, PurePosixPath] = {}
    taken: set[str] = set()
    for path, bare in (pair for same in shared.values() for pair in zip(same, _bare(same), strict=True)):
        numbered = (PurePosixPath(f"{bare}-{number}") for number in count(2))
        named[path] = next(each for each in chain([bare], numbered) if str(each).casefold() not in taken)
        taken.add(str(named[path]).casefold())
    return named


def _bare(paths: Sequence[str]) -> list[PurePosixPath]:
    """The paths without suffix, below the folder they have in common; on two drives they have none."""
    whole = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - resolve() would follow links
    try:
        common = os.path.commonpath([path.parent for path in whole])
        return [PurePosixPath(path.relative_to(common).with_suffix("").as_posix()) for path in whole]
    except ValueError:
        return [PurePosixPath(path.stem) for path in whole]


def _registry(export: Export, findings: Sequence[ReportedFinding]) -> Iterator[Patch]:
    """The patch and its undo. Only an export in 5.00 shows that the server takes that dialect."""
    changes = {
        (change.key.casefold(), change.name.casefold()): change
        for finding in reversed(findings)
        for change in map(_registry_change, finding.changes)
    }
    ordered = list(reversed(changes.values()))
    regedit4 = not (export.product.within(SMS_2_AND_LATER) and (export.encoding or "").startswith("utf-16"))
    for ending, undo, purpose in (("fix.reg", False, "cures"), ("undo.reg", True, "undoes the cure of")):
        remarks = [
            f"Made by smslint from {_plain(export.path)}; {purpose}:",
            *map(_title, findings),
            *_RESTART,
        ]
        yield Patch(ending, regfile.write(ordered, remarks, undo=undo, regedit4=regedit4))


def _registry_change(change: Change) -> RegistryChange:
    raw = change.setting.raw
    if raw is None or raw.registry is None:
        raise UnwritableError(f"the export does not show the key of {change.setting.declared.label}")
    old = raw.registry
    return RegistryChange(old.key, old.name, (old.type, old.data), value_data(change.to, old.type))


def _scripts(findings: Sequence[ReportedFinding], handled: set[str]) -> Iterator[Patch]:
    """One pair for the sender of the site: Set-CMSite knows no other component."""
    of_sender = list(filter(_of_sender, findings))
    places = {(each.site or "", each.component or "") for each in of_sender}
    if len(places) != 1:
        return
    site, component = places.pop()
    changes = {
        change.setting.declared.cmdlet: change for each in reversed(of_sender) for change in each.changes
    }
    handled |= {each.fingerprint for each in of_sender}
    titles = tuple(map(_title, of_sender))
    new = {parameter: change.to for parameter, change in changes.items()}
    set_before = {key: change.setting.value for key, change in changes.items()}
    old = {parameter: value for parameter, value in set_before.items() if value is not None}
    yield Patch("fix.ps1", powershell.write(site, component, new, ("Made by smslint; cures:", *titles)))
    warning = "Restores what the export showed, the faults included; Set-CMSite may refuse such values."
    undone = ("Made by smslint; undoes the cure of:", *titles, warning)
    yield Patch("undo.ps1", powershell.write(site, component, old, undone))


def _of_sender(finding: ReportedFinding) -> bool:
    """Whether Set-CMSite can make all the changes of a finding."""
    parameters = [change.setting.declared.cmdlet for change in finding.changes]
    return bool(finding.site and parameters) and all(parameters)


def _steps(export: Export, findings: Sequence[ReportedFinding]) -> Iterator[Patch]:
    lines = []
    for finding in findings:
        if finding.fix is None:
            continue
        lines += [_title(finding), f"  {_plain(finding.fix.description)}"]
        lines += [f"  {number}. {_plain(step)}" for number, step in enumerate(finding.fix.steps, 1)]
        lines.append("")
    if lines:
        head = [f"Steps for {_plain(export.path)}, made by smslint. Undo: set the values named as found.", ""]
        yield Patch("steps.txt", "\r\n".join([*head, *lines]).encode("utf-8"))


def _title(finding: ReportedFinding) -> str:
    article = f" ({finding.reference})" if finding.reference else ""
    return f"{finding.rule} {finding.name}{article}: {_plain(finding.message)}"


def _plain(text: str) -> str:
    """``text`` on one line: no input breaks out of a comment."""
    return "".join(char if char.isprintable() else "?" for char in text)
