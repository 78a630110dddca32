"""What to do with the files of a patch: where to run them, what to restart, how to check and to undo."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from smslint.fixes.powershell import quoted
from smslint.schema.export import Export
from smslint.schema.site import Holding
from smslint.sources.commands import command_for

_RESTART = "Stop and start SMS Executive: `net stop SMS_EXECUTIVE`, then `net start SMS_EXECUTIVE`."
_ALONE = (
    "If a sender does not take it up, stop and start SMS_LAN_SENDER in Configuration Manager Service Manager."
)


def next_steps(export: Export, files: Collection[Path]) -> Iterator[str]:
    """The steps in order, of one input and the files that were written for it."""
    by_ending = {"".join(path.suffixes[-2:]).lower(): path for path in files}
    code = next((site.code for site in export.sites if site.code), None)
    yield f"Next, for {export.path}:"
    yield from (f"  {number}. {step}" for number, step in enumerate(_steps(export, code, by_ending), 1))
    if undo := [path.name for ending, path in by_ending.items() if ending.startswith(".undo")]:
        again = " and stop and start SMS Executive again" if ".undo.reg" in by_ending else ""
        yield f"  To undo it, use {' and '.join(undo)} in the same way{again}."


def _steps(export: Export, code: str | None, by_ending: dict[str, Path]) -> Iterator[str]:
    if fix := by_ending.get(".fix.reg"):
        where = f"of {code}" if code else "that was exported"
        yield f"On the site server {where}, import the patch: `regedit /s {_word(fix.name)}`."
        yield _RESTART
    if fix := by_ending.get(".fix.ps1"):
        run = f"& {quoted(_place(fix))}"
        drive = f"{code}:" if code else "the site's drive"
        yield f"In the PowerShell of the Configuration Manager console, at {drive}, see: `{run} -WhatIf`."
        yield f"Then make the changes: `{run}`. {_ALONE}"
    if steps := by_ending.get(".steps.txt"):
        yield f"Take the steps in {steps.name}."
    yield f"Export again: `{_export_again(export, code or '', by_ending)}`."
    yield "Run `smslint check` over the new export: what was found must be gone."


def _export_again(export: Export, code: str, by_ending: dict[str, Path]) -> str:
    if export.format == "registry" and ".fix.reg" in by_ending:
        name = _word(Path(export.path).name)
        return rf"regedit /e {name} HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
    held = {holding for site in export.sites for holding in site.holds}
    part: Holding = (
        "addresses" if "addresses" in held and "sender settings" not in held else "sender settings"
    )
    forms = [export.format] if export.format else []
    return command_for(part, code, export.product, forms)


def _place(path: Path) -> str:
    """Where a script lies: the console's PowerShell stands at the site's drive, not beside it."""
    return str(path.absolute()) if os.name == "nt" else rf"C:\exports\{path.name}"


def _word(name: str) -> str:
    return f'"{name}"' if " " in name else name
