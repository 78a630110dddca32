"""What to take instead: the export that shows a site's settings, by generation and by format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smslint.schema.export import Format
from smslint.sources.commands import COMPONENT, command

REGISTRY: Final = (
    r"on the site server `reg export HKLM\SOFTWARE\Microsoft\SMS nyc.reg` (on NT 4 "
    r"`regedit /e nyc.reg HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS`)"
)
SITE_CONTROL: Final = (
    r"the whole file, `inboxes\sitectrl.box\sitectrl.ct0` of the site server (SMS 1.x: "
    r"`SITE.SRV\SITECFG.BOX\SITECTRL.CT0`), or what `preinst /dump` writes"
)
WMI: Final = "what the script of `smslint collector` takes (docs/exports.md has the command for each part)"
ANY_EXPORT: Final = (
    r"Take an export of the site's settings: up to SMS 1.2 `reg export HKLM\SOFTWARE\Microsoft\SMS nyc.reg`, "
    r"up to ConfigMgr 2007 `inboxes\sitectrl.box\sitectrl.ct0`, "
    f"later {WMI}."
)

AGAIN: Final[Mapping[Format, str]] = {
    "registry": f"Export again, {REGISTRY}; do not repair an export by hand.",
    "sitecontrol": f"Copy again {SITE_CONTROL}.",
    "wmi-json": f"Export again: {WMI}.",
    "wmi-clixml": f"Export again: {command(COMPONENT, clixml=True)}, and the addresses likewise.",
    "wmi-mof": f"Export again: {WMI}.",
    "wmi-csv": f"Save the result of the query again, as CSV with its headings; or {WMI}.",
}
"""How an export of a format that was damaged is taken once more."""
