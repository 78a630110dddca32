"""``smslint collector``: the script that exports the sites of a Configuration Manager hierarchy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from smslint.cli import console
from smslint.files.walk import reason
from smslint.files.write import create_file

_MARK: Final = b"smslint_collector"
"""What every version of the script holds, since its files begin with it."""


def collector(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Write it here, byte for byte; the > of Windows PowerShell 5.1 would make UTF-16 of it.",
            rich_help_panel="Output",
        ),
    ] = None,
) -> None:
    """Print the PowerShell script that exports the sites of a Configuration Manager hierarchy.

    Export-SmslintSite.ps1 reads the settings from the SMS Provider. Run it on Windows, on a site server or
    with -SiteServer; it changes nothing, and writes SITE.smslint.json for each site, without any account,
    password or key.

    Exit status: 0, or 2 when the file could not be written.
    """
    from importlib import resources

    script = resources.files("smslint").joinpath("collector", "Export-SmslintSite.ps1").read_bytes()
    if output is None:
        sys.stdout.buffer.write(script)
        sys.stdout.buffer.flush()
        return
    try:
        if output.exists() and not (output.is_file() and _MARK in output.read_bytes()):
            raise OSError("the file exists and is not an earlier copy of the script; name another file")
        create_file(output.resolve(), script, inputs=())
    except OSError as error:
        console.give_up(f"{output}: not written: {reason(error)}")
