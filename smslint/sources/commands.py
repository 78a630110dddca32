"""The command that exports a part of a site, for the version and the form at hand (docs/exports.md)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from smslint.schema.export import Format
from smslint.schema.site import Holding
from smslint.schema.version import FROM_2_0_TO_2007, SMS_1, ProductVersion

COMPONENT: Final = "SMS_SCI_Component"
ADDRESS: Final = "SMS_SCI_Address"
SITE: Final = "SMS_Site"
DEFINITION: Final = "SMS_SCI_SiteDefinition"

_CODE = re.compile(r"[A-Za-z0-9]{3}", re.ASCII)
_ONLY_SENDERS: Final = " -Filter \"ComponentName LIKE '%SENDER'\""
_PROPS: Final = (
    "@{ Name = 'Props'; Expression = { @($_.Props | Select-Object -Property "
    "@('PropertyName', 'Value', 'Value1', 'Value2')) } }"
)
_LISTS: Final = (
    "@{ Name = 'PropLists'; Expression = { @($_.PropLists | Select-Object -Property "
    "@('PropertyListName', 'Values')) } }"
)
_DAYS: Final = (
    "@{ Name = 'UsageSchedule'; Expression = { @($_.UsageSchedule | Select-Object -Property "
    "@('Backup', 'HourUsage')) } }"
)
_SELECTED: Final = {
    SITE: "'SiteCode', 'ReportingSiteCode', 'ServerName', 'Type', 'BuildNumber', 'Version'",
    DEFINITION: "'SiteCode', 'ParentSiteCode', 'SiteServerName', 'SiteType'",
    COMPONENT: f"'SiteCode', 'ItemName', 'ItemType', 'ComponentName', 'Name', 'Flag', {_PROPS}",
    ADDRESS: "'SiteCode', 'ItemName', 'ItemType', 'AddressType', 'AddressPriorityOrder', 'DesSiteCode', "
    f"'DestinationType', 'UnlimitedRateForAll', 'RateLimitingSchedule', {_DAYS}, {_PROPS}, {_LISTS}",
}
"""The properties that smslint reads: of whole objects a hierarchy is too large to read."""
_FILES: Final = {SITE: "sites", DEFINITION: "definitions", COMPONENT: "senders", ADDRESS: "addresses"}
_CLASSES: Final[dict[Holding, str]] = {
    "identity": SITE,
    "sender settings": COMPONENT,
    "addresses": ADDRESS,
    "schedules": ADDRESS,
}


def command(class_name: str, code: str = "", *, clixml: bool = False) -> str:
    """The command that exports the objects of a class, set as code; the provider of a site is asked."""
    return f"`{_wmi(class_name, code, 'wmi-clixml' if clixml else 'wmi-json')}`"


def command_for(part: Holding, code: str, product: ProductVersion, forms: Collection[Format]) -> str:
    """The command that exports a part of a site, which there is in the ``forms`` already.

    A version that is not known counts as 1.x, unless a dump of WMI shows that it is not.
    """
    dump = next((form for form in forms if form.startswith("wmi-")), None)
    name = code if _CODE.fullmatch(code) else "site"
    if dump is None and (product.within(SMS_1) or not product.known):
        if part in ("identity", "sender settings"):
            return rf"regedit /e {name}.reg HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
        return rf'copy "D:\SMS\SITE.SRV\SITECFG.BOX\SITECTRL.CT0" {name}.ct0'
    if dump is None and product.within(FROM_2_0_TO_2007):
        if part in ("addresses", "schedules"):
            return _wmi(ADDRESS, code, "wmi-mof")
        return rf'copy "D:\SMS\inboxes\sitectrl.box\sitectrl.ct0" {name}.ct0'
    return _wmi(_CLASSES[part], code, dump or "wmi-json")


def _wmi(class_name: str, code: str, form: Format) -> str:
    source = rf"-Namespace root\SMS\site_{code if _CODE.fullmatch(code) else 'XXX'}"
    where = _ONLY_SENDERS if class_name == COMPONENT else ""
    if form == "wmi-mof":
        if class_name == SITE:
            class_name = DEFINITION
        text = "ForEach-Object { $_.GetText('Mof') }"
        return f"Get-WmiObject {source} -Class {class_name}{where} | {text} > {_FILES[class_name]}.mof"
    objects = f"Get-CimInstance {source} -ClassName {class_name}{where}"
    if form == "wmi-clixml":
        return f"{objects} | Export-Clixml -Depth 5 -Path {_FILES[class_name]}.clixml.xml"
    selected = f"Select-Object -Property @({_SELECTED[class_name]})"
    compress = " -Compress" if class_name == ADDRESS else ""
    return f"{objects} | {selected} | ConvertTo-Json -Depth 5{compress} > {_FILES[class_name]}.json"
