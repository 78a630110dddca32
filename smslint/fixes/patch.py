"""``smslint patch``: files for the server, each with the file that undoes it.

What the registry holds becomes a .reg file; what cmdlets of Configuration Manager 2012 and later can set a
PowerShell script; what only a person can do, steps.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

from smslint.fixes import powershell, regfile
from smslint.fixes.powershell import Target
from smslint.fixes.regfile import RegistryChange, UnwritableError, value_data
from smslint.report import ReportedFinding, ReportedFix
from smslint.schema.export import Export
from smslint.schema.setting import Change
from smslint.schema.version import FROM_2012, SMS_2_AND_LATER

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
    export: Export, findings: Sequence[ReportedFinding], *, unsafe: bool
) -> tuple[list[Patch], list[str]]:
    """The files that fix the findings of one input, and remarks on what no file could be made of."""
    fixable = [each for each in findings if each.fix and not each.about_export]
    wanted = [each for each in fixable if each.fix and (unsafe or each.fix.safety != "unsafe")]
    written, remarks, handled = list[Patch](), list[str](), set[int]()
    if left := len(fixable) - len(wanted):
        remarks.append(f"{export.path}: left out {left} that a person should confirm; see --unsafe-fixes")
    if damaged := next((each for each in findings if each.about_export and each.severity == "error"), None):
        remarks.append(f"{export.path}: {damaged.message}; `smslint check` says how to export again")
    in_registry = [each for each in wanted if each.changes and each.fix and _for_registry(each.fix)]
    if in_registry:
        try:
            written += tuple(_registry(export, in_registry))  # both files or none: no cure without its undo
            handled |= set(map(id, in_registry))
        except UnwritableError as error:
            remarks.append(f"{export.path}: no .reg patch: {error}")
    if scripted := [each for each in wanted if each.fix and each.fix.script]:
        written += _scripts(export, scripted)
        handled |= set(map(id, scripted))
    if _wants_version(export) and any(map(_scriptable, wanted)):
        remarks.append(f"{export.path}: --product-version 2012 or current would make a script of the steps")
    written += _steps(export, [each for each in wanted if id(each) not in handled])
    return written, remarks


def beside(paths: Sequence[str]) -> dict[str, str]:
    """What each input's files are called where they lie beside it."""
    by_folder: dict[Path, list[str]] = defaultdict(list)
    for path in paths:
        by_folder[Path(path).parent].append(path)
    return {path: name for folder, same in by_folder.items() for path, name in inside(folder, same).items()}


def inside(folder: Path, paths: Sequence[str]) -> dict[str, str]:
    """What each input's files are called in a folder."""
    # A name may be a dot: as a path it would vanish before its ending follows.
    return {path: f"{folder.as_posix()}/{name}" for path, name in names(paths).items()}


def names(paths: Sequence[str]) -> dict[str, PurePosixPath]:
    """What each input's files are called: its name without the last suffix, always a path that leads down.

    Where inputs share it they keep their folders, and where they share those too, a number follows.
    """
    shared: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        shared[_file(path).stem.casefold()].append(path)
    named: dict[str, PurePosixPath] = {}
    taken: set[str] = set()
    for path, bare in (pair for same in shared.values() for pair in zip(same, _bare(same), strict=True)):
        numbered = (PurePosixPath(f"{bare}-{number}") for number in count(2))
        named[path] = next(each for each in chain([bare], numbered) if str(each).casefold() not in taken)
        taken.add(str(named[path]).casefold())
    return named


def _bare(paths: Sequence[str]) -> list[PurePosixPath]:
    """The paths without suffix, below the folder they have in common; on two drives they have none."""
    whole = [Path(os.path.abspath(_file(path))) for path in paths]  # noqa: PTH100 - resolve() would follow links
    try:
        shared_folder = os.path.commonpath([path.parent for path in whole])
        return [PurePosixPath(path.relative_to(shared_folder).with_suffix("").as_posix()) for path in whole]
    except ValueError:
        return [PurePosixPath(path.stem) for path in whole]


def _file(path: str) -> Path:
    return Path("stdin" if path == "-" else path)


def _for_registry(fix: ReportedFix) -> bool:
    return fix.safety != "manual" and not fix.script


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


def _scripts(export: Export, findings: Sequence[ReportedFinding]) -> Iterator[Patch]:
    """The script and its undo. Of findings that change one setting the first holds."""
    changes: dict[tuple[Target, str], Change] = {}
    for finding in findings:
        target = Target(finding.site or "", finding.destination)
        for change in finding.changes:
            changes.setdefault((target, change.setting.name), change)
    ordered = [(target, change) for (target, _), change in changes.items()]
    titles = tuple(map(_title, findings))
    made = f"Made by smslint from {_plain(export.path)};"
    yield Patch("fix.ps1", powershell.write(ordered, (f"{made} cures:", *titles), undo=False))
    warning = "Restores what the export showed, the faults included; a cmdlet may refuse such values."
    undone = (f"{made} undoes the cure of:", *titles, warning)
    yield Patch("undo.ps1", powershell.write(ordered, undone, undo=True))


def _wants_version(export: Export) -> bool:
    """Whether a version that a person names could make scripts of steps."""
    may_be = export.product.overlaps(FROM_2012) and not export.product.within(FROM_2012)
    return may_be and export.format != "registry"


def _scriptable(finding: ReportedFinding) -> bool:
    """Whether a cmdlet can make all the changes of a finding, if the version has it."""
    return bool(finding.site) and powershell.can_set(
        finding.changes, destination=finding.destination, component=finding.component
    )


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
