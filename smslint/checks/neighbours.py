"""SMS5xx, servers and services: what one site's server may not do beside another's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smslint.checks.remediation import by_hand, enumerated, in_console, install_again
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.components import DiscoveryDataManager
from smslint.schema.console import SENDERS, SITE_SYSTEMS
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.server import computer
from smslint.schema.setting import Setting
from smslint.schema.site import Site
from smslint.schema.version import SMS_1_2, SMS_2_0

OF_ONE_SITE: Final = frozenset(
    {"SMS CLIENT ACCESS POINT", "SMS COMPONENT SERVER", "SMS SECONDARY SITE SERVER", "SMS SITE SERVER"}
)
"""Roles that a server plays for one site only; a database or a logon point may serve several.

Their spelling in a site control file is inferred from that of the one role which is known.
"""
SITE_SERVER: Final = "the site server"


@rule("SMS506", "server-hosts-two-sites", severity="error", reference="Q263063", fix="manual")
def server_hosts_two_sites(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""The site server of one site works for another.

    ## What it does
    Looks for a site whose client access point, component server, sender or site server is the site server of
    another site of the run. Database servers, distribution points and logon points may serve several sites.

    ## Why it is bad
    A computer runs one SMS Executive, which one site controls.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    BEGIN_COMPONENT
      <2125><SMS_INVENTORY_DATA_LOADER><DATALDR.DLL><BOSSRV><D>
    END_COMPONENT
    ```
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><BOS><><BOSSRV><EAST><Boston><D:\SMS><EAST><><><><BOSSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    BEGIN_COMPONENT
      <2125><SMS_INVENTORY_DATA_LOADER><DATALDR.DLL><NYCSRV><D>
    END_COMPONENT
    ```
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><BOS><><BOSSRV><EAST><Boston><D:\SMS><EAST><><><><BOSSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ```

    ## Fix
    Move what the one site runs on the other's server to a server of its own.

    ## Log lines
    `The computer <xxx> is already a site system in site BBB` (Sitecomp.log)
    """
    for site in hierarchy.named:
        for server, part in _servers(site):
            name = server.value or ""
            is_own = site.server_is(name)
            others = hierarchy.controlled_on(name) if is_own else hierarchy.served_by(name)
            # Where both name the same site server, the second is reported beside the first.
            if not others or (is_own and (part != SITE_SERVER or others[0] is site)):
                continue
            other = others[0]
            message = f"{name} is {part} of {site.code}, but the site server of {other.code}"
            related = ((other, f"{name} is the site server of {other.code}"),)
            yield Finding(server, message, fix=_moved(site, name, part), site=site, related=related)


def _servers(site: Site) -> Iterator[tuple[Setting[str], str]]:
    """The servers that site control gives to this site alone, each once, and what they are."""
    found = [(each.site_server, SITE_SERVER) for each in site.identifications if not each.in_registry]
    roles = ((each.server, each.role.value or "") for each in site.site_systems)
    found += [(server, f"a site system ({role})") for server, role in roles if role.upper() in OF_ONE_SITE]
    found += [(component.server, f"the server of {component.name}") for component in site.components]
    found += [(sender.server, f"the server of {sender.name}") for sender in site.senders]
    seen: set[str] = set()
    for server, part in found:
        name = computer(server.value or "")
        if name and name not in seen:
            seen.add(name)
            yield server, part


def _moved(site: Site, server: str, part: str) -> Fix:
    description = "Move what the one site runs on the other's server to a server of its own."
    if part == SITE_SERVER:
        first = "Decide which of the two sites keeps the server, and move the other."
        return by_hand(description, first, *install_again("on a server of its own"))
    console = SENDERS if part.upper().endswith("SENDER") else SITE_SYSTEMS
    action = f"At {site.code} move what is on {server} ({part}) to another server."
    return in_console(console, site.product, description, action)


@rule(
    "SMS508",
    "ddm-serial-behind-child",
    severity={SMS_2_0: "error"},
    reference="Q288407",
    fix="manual",
)
def ddm_serial_behind_child(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""The parent's discovery data counter is behind that of a secondary site.

    ## What it does
    Compares the `Serial number` of `SMS_Discovery_Data_Manager` in the registry of a site with those of its
    secondary sites, on SMS 2.0. It falls behind when the site is restored from a backup. Q288407 lists SMS
    2.0 to SP3, and no article says that a later service pack changed it.

    ## Why it is bad
    The parent takes the discovery data of the secondary site for older than its own, and ignores it.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.3000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_Discovery_Data_Manager]
    "Serial number"=dword:00000010
    ```
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="BKN"
    "Parent Site Code"="NYC"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Type"=dword:00000002

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_Discovery_Data_Manager]
    "Serial number"=dword:00000020
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.3000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_Discovery_Data_Manager]
    "Serial number"=dword:00000020
    ```
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="BKN"
    "Parent Site Code"="NYC"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Type"=dword:00000002

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_Discovery_Data_Manager]
    "Serial number"=dword:00000020
    ```

    ## Fix
    With the SMS services stopped, raise the parent's number above those of all its secondary sites, or set
    theirs to 0.

    ## Log lines
    `... serial number on this file is older than the current data. Skipping this file.` (Ddm.log)
    """
    for site in hierarchy.named:
        at = max(_serials(site), key=_number, default=None)
        below = hierarchy.children_of(site, "secondary") if at else ()
        ahead = [(serial, child) for child in below for serial in _serials(child, above=_number(at))]
        if at and ahead:
            codes = sorted({str(child.code) for _, child in ahead})
            last = max(_number(serial) for serial, _ in ahead)
            message = f"the serial number of {site.code} is {at.value}, behind {enumerated(codes)}"
            fix, expected = _raised_serial(site, at, last), f"at least {last}"
            related = tuple((serial, f"{child.code} is at {serial.value}") for serial, child in ahead)
            yield Finding(at, message, fix=fix, expected=expected, site=site, related=related)


def _serials(site: Site, above: int = -1) -> list[Setting[int]]:
    """The serial numbers of Discovery Data Manager that inputs hold, if they are above a number."""
    found = (each.serial_number for each in site.discovery_data_managers)
    return [serial for serial in found if serial.value is not None and serial.value > above]


def _number(serial: Setting[int] | None) -> int:
    return serial.value or 0 if serial else 0


def _raised_serial(site: Site, serial: Setting[int], last: int) -> Fix:
    key = DiscoveryDataManager.registry_key
    return by_hand(
        "Raise the number, with the SMS services stopped.",
        f"Stop the SMS services of {site.code}.",
        rf"In its registry set {serial.label} below SMS\{key} to a number above {last}.",
        "Start the SMS services again.",
        "Instead, the number can be set to 0 at all secondary sites, their services stopped.",
    )


@rule(
    "SMS510",
    "concurrent-upgrades-exceed-sendings",
    severity={SMS_2_0: "info"},
    reference="Q199250",
    fix="manual",
    default=False,
)
def concurrent_upgrades_exceed_sendings(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""More secondary sites wait for their upgrade than the sender can serve at once.

    ## What it does
    Counts the secondary sites of SMS 1.2 under a site of SMS 2.0, and compares them with what
    `SMS_LAN_SENDER` may send to all sites, less one.

    ## Why it is bad
    An upgrade sends about 65 MB to each of them. With every thread taken by upgrades nothing else is sent.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.4000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000002
    ```
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <9><BKN><NYC><BKNSRV><EAST><Brooklyn><D:\SMS><EAST><><><><><><><><><><>
    END_SITE_ACCOUNT
    ```
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <9><QNS><NYC><QNSSRV><EAST><Queens><D:\SMS><EAST><><><><><><><><><><>
    END_SITE_ACCOUNT
    ```

    ## Fix
    Upgrade fewer sites at a time, or raise the limit while the upgrades last.
    """
    for site in hierarchy.named:
        secondaries = hierarchy.children_of(site, "secondary")
        waiting = [child for child in secondaries if child.product.within(SMS_1_2)]
        for sender in site.senders if waiting else ():
            limit = sender.max_concurrent_sendings
            if sender.family == "LAN" and limit.value is not None and len(waiting) >= limit.value:
                message = (
                    f"{len(waiting)} secondary sites of SMS 1.2 wait for their upgrade under {site.code}, "
                    f"whose {sender.name} may send to {limit.value} at once"
                )
                fix = _fewer_at_a_time(site, limit, len(waiting))
                related = tuple((child, f"{child.code} is still SMS 1.2") for child in waiting[:5])
                yield Finding(limit, message, fix=fix, site=site, related=related)


def _fewer_at_a_time(site: Site, limit: Setting[int], waiting: int) -> Fix:
    return in_console(
        limit,
        site.product,
        "Upgrade fewer sites at a time, or raise the limit while the upgrades last.",
        f"Set the limit to all sites to more than {waiting}.",
        before=["Upgrade fewer sites at a time than the sender has sendings, or go on."],
        after=[f"After the upgrades set it back to {limit.value}."],
    )
