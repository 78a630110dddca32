"""What to do with the files of a patch: where to run them, what to restart, how to check and to undo."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from smslint.fixes.powershell import quoted
from smslint.schema.export import Export
from smslint.schema.site import Holding
from smslint.sources.commands import command_for

_RESTART = "Stop and start SMS Executive: `net stop SMS_EXECUTIVE`, then `net start SMS_EXECUTIVE`."
_ALONE = (
    "If a sender does not take it up, stop and start SMS_LAN_SENDER in Configuration Manager Service Manager."
)


class NextSteps(NamedTuple):
    """What to do, in order, and how to undo it, of all inputs with which the same is to be done."""

    inputs: Sequence[str]
    steps: Sequence[str]
    undo: str


class _Patched(NamedTuple):
    """An input and the files that were written for it, by their endings."""

    export: Export
    files: dict[str, Path]

    @property
    def code(self) -> str:
        return next((site.code for site in self.export.sites if site.code), "")


def next_steps(written: Iterable[tuple[Export, Iterable[Path]]]) -> Iterator[NextSteps]:
    """The steps for inputs and the files that were written for them, once for all that need the same."""
    alike: dict[tuple[str, ...], list[_Patched]] = defaultdict(list)
    for export, files in written:
        each = _Patched(export, {"".join(path.suffixes[-2:]).lower(): path for path in files})
        alike[(*sorted(each.files), _export_command(export, code=""))].append(each)
    for same in alike.values():
        yield NextSteps([each.export.path for each in same], [*_steps(same)], _undo(same))


def _steps(same: Sequence[_Patched]) -> Iterator[str]:
    """The steps of one input; of several with the commands for the first."""
    first, several = same[0], len(same) > 1
    code, likewise = first.code, f" (for {first.export.path}; the others likewise)" if several else ""
    exports = "exports" if several else "export"
    if fix := first.files.get(".fix.reg"):
        where = f"On the site server {f'of {code}' if code else 'that was exported'}, import the patch"
        if several:
            where = "On each site server import its patch"
        yield f"{where}: `regedit /s {_word(fix.name)}`{likewise}."
        yield _RESTART
    if fix := first.files.get(".fix.ps1"):
        run = f"& {quoted(_script_path(fix))}"
        drive = f"{code}:" if code and not several else "the site's drive"
        console = f"In the PowerShell of the Configuration Manager console, at {drive}"
        yield f"{console}, see what it would do: `{run} -WhatIf`{likewise}."
        yield f"Then make the changes: `{run}`{likewise}. {_ALONE}"
    if steps := first.files.get(".steps.txt"):
        yield f"Take the steps in {'each .steps.txt' if several else steps.name}."
    command = _export_again(first)
    if command.startswith("Get-CimInstance"):
        before = ", or as before" if (first.export.format or "").startswith("wmi-") else ""
        yield f"Export again with the script of `smslint collector`{before}."
    else:
        yield f"Export again: `{command}`{likewise}."
    yield f"Run `smslint check` over the new {exports}: what was found must be gone."


def _undo(same: Sequence[_Patched]) -> str:
    undo = [ending for ending in same[0].files if ending.startswith(".undo")]
    if not undo:
        return ""
    files = [f"each {ending}" if len(same) > 1 else same[0].files[ending].name for ending in undo]
    again = " and stop and start SMS Executive again" if ".undo.reg" in undo else ""
    return f"To undo it, use {' and '.join(files)} in the same way{again}."


def _export_again(patched: _Patched) -> str:
    if ".fix.reg" in patched.files:
        name = _word(Path(patched.export.path).name)
        return rf"regedit /e {name} HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
    return _export_command(patched.export, patched.code)


def _export_command(export: Export, code: str) -> str:
    held = {holding for site in export.sites for holding in site.holds}
    part: Holding = (
        "addresses" if "addresses" in held and "sender settings" not in held else "sender settings"
    )
    forms = [export.format] if export.format else []
    return command_for(part, code, export.product, forms)


def _script_path(path: Path) -> str:
    """Where a script lies: the console's PowerShell stands at the site's drive, not beside it."""
    return str(path.absolute()) if os.name == "nt" else rf"C:\exports\{path.name}"


def _word(name: str) -> str:
    return f'"{name}"' if " " in name else name
