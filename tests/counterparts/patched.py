"""Exports with the patches that smslint makes of them, to be tried on real registries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smslint.testing import registry_export
from tests.running import FIXTURES, smslint

LAN = r"Components\SMS_LAN_SENDER"
ODD: dict[str, int | str] = {
    "Maximum Concurrent Sendings": "00",
    "Maximum Concurrent Site Sendings": 0,
    "Number of Retries": 0,
    "Retry Delay in Minutes": 0,
}
COMPRESSION: dict[str, int | str] = {"Compression Level": 9, "Decompression Buffer Size (Log2 Value)": 40}


@dataclass(frozen=True)
class Patched:
    """An export, its patch and its undo."""

    name: str
    export: Path
    fix: Path
    undo: Path
    dialect: str


def patched(folder: Path) -> list[Patched]:
    """Patch the exports of each dialect that have something to patch, unsafe fixes included."""
    odd, later = folder / "odd.reg", folder / "later.reg"
    odd.write_text(registry_export({LAN: ODD, "Compression": COMPRESSION}, version="786"))
    dialect_5 = registry_export({"Compression": COMPRESSION}, version="2.00.1493.4000", regedit4=False)
    later.write_bytes(b"\xff\xfe" + dialect_5.encode("utf-16-le"))
    exports = {
        "no version": FIXTURES / "broken.reg",
        "1.2": FIXTURES / "sms-1.2/broken.reg",
        "1.2 REGEDIT4": FIXTURES / "sms-1.2/broken-regedit4.reg",
        "odd values": odd,
        "2.0": later,
    }
    made = []
    for number, (name, export) in enumerate(exports.items()):
        out = folder / str(number)
        ran = smslint("patch", export, "--output-dir", out, "--unsafe-fixes")
        assert ran.status == 0, ran.err
        fix = out / f"{export.stem}.fix.reg"
        dialect = "5.00" if fix.read_bytes().startswith(b"\xff\xfe") else "REGEDIT4"
        made.append(Patched(name, export, fix, out / f"{export.stem}.undo.reg", dialect))
    return made
