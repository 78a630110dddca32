"""Site control dumps, made of the few parts that a case is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smslint.testing import site_control_file, wmi_component, wmi_json, wmi_site

OPEN, NO_LOW, HIGH_ONLY, CLOSED = 1, 2, 3, 4


def ct0(*parts: str, build: str = "692", server: str = "NYCSMS01", parent: str = "") -> str:
    """A site control file of SMS 1.x of the site NYC, installed on ``D:\\SMS``."""
    return site_control_file(*parts, build=build, server=server, parent=parent)


def sender(
    kind: str = "LAN", server: str = "NYCSMS01", outbox: str = "LAN_DEFAULT", name: str | None = None
) -> str:
    """A SENDER block; ``kind`` is the middle of its address type."""
    fields = f"<2765><MS_{kind}_SENDER><SENDER.DLL><D><{server}><{name or f'SMS_{kind}_SENDER'}>"
    return f"BEGIN_SENDER\n  {fields}\n  OUTBOX <{outbox}>\nEND_SENDER"


def outbox(
    name: str = "LAN_DEFAULT",
    kind: str = "LAN",
    *,
    schedule: str = "",
    drive: str = "D",
    server: str = "NYCSMS01",
) -> str:
    """An OUTBOX line."""
    return f"OUTBOX <{name}><><MS_{kind}_SENDER><{schedule}><1><{drive}><{server}>"


def address(
    destination: str, string: str = r"{}{\\BOSSMS01\SMS_SITE 00}", kind: str = "LAN", outbox: str = ""
) -> str:
    """An ADDRESS line of SMS 1.x with its counted string."""
    return f"ADDRESS <NYC><{destination}><MS_{kind}_SENDER><{outbox}>\n  #{len(string) + 2}({string})"


def domain(*servers: str) -> str:
    """A DOMAIN block with its logon servers."""
    lines = "\n".join(f"  LOGONSERVER <{server}><><0><D:>" for server in servers)
    return f"BEGIN_DOMAIN\n  <EASTERN><Microsoft Windows NT or LAN Manager><2>\n{lines}\nEND_DOMAIN"


def component(name: str, server: str) -> str:
    """A COMPONENT block of SMS 1.x."""
    return f"BEGIN_COMPONENT\n  <2253><{name}><X.DLL><{server}><D>\nEND_COMPONENT"


def wmi(*objects: dict[str, Any], build: int | None = None, parent: str = "") -> str:
    """A WMI dump of the site NYC, whose server is NYCSRV, as JSON."""
    site = wmi_site(parent=parent)
    return wmi_json(site | ({"BuildNumber": build} if build else {}), *objects)


def wmi_sender(
    name: str = "SMS_LAN_SENDER", total: int = 5, one: int = 3, retries: int = 2, delay: int = 1
) -> dict[str, Any]:
    """A sender component."""
    limits = (str(total), str(one))
    return wmi_component(
        name, {"Concurrent Sending Limit": limits, "Number of Retries": retries, "Retry Delay": delay}
    )


def wmi_address(
    destination: str = "BOS",
    kind: str = "MS_LAN",
    *,
    server: str = "BOSSRV",
    share: str = "SMS_Site",
    days: Sequence[int] = (),
    percent: int | None = None,
    pulse: bool = False,
    **fields: Any,
) -> dict[str, Any]:
    """An address; ``days`` is the usage of each day, ``percent`` its rate limit at every hour."""
    return {
        "__CLASS": "SMS_SCI_Address",
        "SiteCode": "NYC",
        "AddressType": kind,
        "DesSiteCode": destination,
        "UnlimitedRateForAll": percent is None and not pulse,
        "RateLimitingSchedule": [percent or 100] * 24,
        "UsageSchedule": [{"HourUsage": [usage] * 24} for usage in days],
        "Props": [{"PropertyName": "Connection Point", "Value": 0, "Value1": server, "Value2": share}],
        "PropLists": [{"PropertyListName": "Pulse Mode", "Values": [str(int(pulse)), "3", "5"]}],
        **fields,
    }
