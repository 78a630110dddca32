"""Whole sites of any code and parent, for the rules that judge more than one of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from smslint.report import ReportedFinding
from smslint.testing import findings, registry_export

OPEN_DAY = [1] * 24
OFFICE_DAY = [1] * 8 + [3] * 10 + [1] * 6


def of(rule: str, *exports: str | bytes, **settings: Any) -> list[ReportedFinding]:
    """The findings of one rule; what tells that a dump could not be read is left out."""
    return [finding for finding in findings(*exports, select=rule, **settings) if finding.rule == rule]


def levels(rule: str, *exports: str | bytes, **settings: Any) -> list[str]:
    """The levels a rule reports at."""
    return [finding.severity for finding in of(rule, *exports, **settings)]


def control(
    code: str,
    parent: str = "",
    to: Sequence[str] = (),
    *,
    kind: int = 6,
    server: str | None = None,
    directory: str = r"D:\SMS",
    build: str = "786",
    file_type: int = 1,
    more: Sequence[str] = (),
) -> str:
    """A site control file of SMS 1.x, with an address to itself and to each of ``to``."""
    server = f"{code}SRV" if server is None else server
    account = f"<{kind}><{code}><{parent}><{server}><EAST><Name><{directory}>" + "<>" * 11
    lines = [f"SITE CONTROL FILE [{build}][1.08]"]
    lines += [f"BEGIN_FILE_DEFINITION\n  <{file_type}><><{code}><{code}><870000000><1>\nEND_FILE_DEFINITION"]
    lines += [f"BEGIN_SITE_ACCOUNT\n  {account}\nEND_SITE_ACCOUNT"]
    lines += [address(code, destination) for destination in (code, *to)]
    lines += [f"BEGIN_SENDER\n  <2765><MS_LAN_SENDER><X.DLL><D><{server}><SMS_LAN_SENDER>\nEND_SENDER"]
    return "\n".join([*lines, *more, ""])


def address(code: str, destination: str, server: str | None = None) -> str:
    """An ADDRESS line with its counted string."""
    string = rf"({{}}{{\\{server or destination + 'SRV'}\SMS_SITE }})"
    return f"ADDRESS <{code}><{destination}><MS_LAN_SENDER><LAN_DEFAULT>\n  #{len(string)}{string}"


def noted(
    code: str | None = None,
    parent: str | None = None,
    *,
    server: str | None = None,
    version: str = "",
    keys: dict[str, dict[str, int | str]] | None = None,
) -> str:
    """A registry export with what is given of the site's identity."""
    described = {"Site Code": code, "Parent Site Code": parent, "Site Server": server}
    identification: dict[str, int | str] = {
        name: value for name, value in described.items() if value is not None
    }
    return registry_export({"Identification": identification, **(keys or {})}, version=version)


def defined(code: str, parent: str = "", build: int = 1380) -> dict[str, Any]:
    """A site as WMI defines it; the build is that of SMS 2.0 SP1."""
    return {
        "__CLASS": "SMS_SCI_SiteDefinition",
        "SiteCode": code,
        "ParentSiteCode": parent,
        "SiteServerName": f"{code}SRV",
        "BuildNumber": build,
    }


def leads(
    code: str, destination: str, kind: str = "MS_LAN", day: Sequence[int] = OPEN_DAY, **fields: Any
) -> dict[str, Any]:
    """An address as WMI has it."""
    return {
        "__CLASS": "SMS_SCI_Address",
        "SiteCode": code,
        "DesSiteCode": destination,
        "AddressType": kind,
        "UsageSchedule": [{"HourUsage": list(day)} for _ in range(7)],
        "Props": [],
        "PropLists": [],
        **fields,
    }


def wmi(*objects: dict[str, Any]) -> str:
    """A dump of these objects."""
    return json.dumps(objects)
