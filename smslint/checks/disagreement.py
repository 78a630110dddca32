"""What two exports say of the same thing, where they do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smslint.checks.cures import attach_to, by_hand, install_again
from smslint.checks.rule import rule
from smslint.finding import Finding
from smslint.schema.console import ADDRESSES, RESTART, SCHEDULES, SITE
from smslint.schema.hierarchy import Hierarchy, server_names
from smslint.schema.schedule import Usage
from smslint.schema.setting import Setting
from smslint.schema.site import Site, computer
from smslint.schema.version import SMS_1, SMS_2_AND_LATER


@rule(
    "SMS203",
    "address-server-mismatch",
    severity="error",
    reference="Q266759",
    certainty="derived",
    fix="manual",
)
def address_server_mismatch(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""An address names another server than the destination's own export.

    ## What it does
    Compares the server in each address with the site server that the destination's own export names, by their
    first label and without letter case. Numeric addresses are passed over, and so is the site's own server,
    which is SMS202. Derived from Q266759, which describes the latter.

    ## Why it is bad
    What is meant for that site goes to another server, which does not take it or takes it for its own.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><HQ1><><HQ1SRV><EAST><Head Office><D:\SMS><EAST><><><><HQ1SRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <HQ1><NYC><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\NYCOLD\SMS_SITE })
    ```
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><HQ1><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><HQ1><><HQ1SRV><EAST><Head Office><D:\SMS><EAST><><><><HQ1SRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <HQ1><NYC><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\NYCSRV\SMS_SITE })
    ```
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><HQ1><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ```

    ## Fix
    Put the right server into the address, in the properties of the site.

    ## Log lines
    `Cannot connect to server <s> at remote site <c>, won't try send requests going to site <c> for an hour or
    until there are no active send requests.` (Sender.log)
    """
    for site in hierarchy.named:
        own = server_names(site)
        for code, addresses in site.addresses_by_destination.items():
            destination = hierarchy.site(code)
            known = server_names(destination) if destination else set()
            right = " or ".join(sorted(known))
            for address in addresses if known else ():
                named = address.server.value or ""
                if not named or _is_numeric(named) or computer(named) in known | own:
                    continue
                yield Finding(
                    address.server,
                    f"the address of {site.code} to {code} names the server {named}, not that of {code}",
                    fix=by_hand(
                        f"Put the site server of {code} into the address.",
                        *ADDRESSES.steps(
                            address.product,
                            f"In the address to {code} replace the server {named} by {right}.",
                        ),
                    ),
                    expected=right,
                    site=site,
                    related=tuple(_servers(destination)) if destination else (),
                )


def _is_numeric(server: str) -> bool:
    return re.fullmatch(r"\\*[0-9.]+|\\*\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*\]?", server) is not None


def _servers(site: Site) -> Iterator[tuple[Setting[str], str]]:
    for found in site.identifications:
        if found.site_server.value:
            yield found.site_server, f"{site.code} names {found.site_server.value} as its site server"


@rule("SMS219", "schedule-lost-in-upgrade", severity="warning", reference="Q263356", fix="manual")
def schedule_lost_in_upgrade(site: Site) -> Iterator[Finding]:
    r"""A schedule of SMS 1.2 was not taken over by SMS 2.0.

    ## What it does
    Compares an export of a site from before its upgrade with one from after: an outbox of SMS 1.x was not
    always open, but all addresses of its type are in SMS 2.0 or later.

    ## Why it is bad
    The upgrade loses outbox schedules: the link is used in hours in which it was not to be.

    ## Example
    An outbox of SMS 1.2 that is not open all week, and the same site's addresses after the upgrade:
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    OUTBOX <LAN_DEFAULT><><MS_LAN_SENDER>
    <FFFFFFFFFFFFFFFFFFFFFFFF000000000000000000000000000000000000000000000000000000000000
    000000000000000000000000000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
    ><1><D><NYCSRV>
    ```
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "",
      "SiteServerName": "NYCSRV", "BuildNumber": 1493},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "DesSiteCode": "BKN", "AddressType": "MS_LAN",
      "UsageSchedule": [
       {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
       {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
       {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
       {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
       {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
       {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
       {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}],
      "Props": [], "PropLists": []}]
    ```

    ## Fix
    Set the schedule again, on the Schedule tab of the addresses.
    """
    for box in site.outboxes:
        before = box.schedule.value
        if before is None or before.always(Usage.ALL) or not box.product.within(SMS_1):
            continue
        now = [
            address
            for address in site.addresses
            if address.serves == box.serves and address.product.within(SMS_2_AND_LATER)
        ]
        schedules = [address.schedule.value for address in now]
        if now and all(schedule and schedule.always(Usage.ALL) for schedule in schedules):
            yield Finding(
                now[0].schedule,
                f"all {now[0].serves} addresses are always open, but the outbox {box.name.value} was not "
                "before the upgrade",
                fix=by_hand(
                    "Set the schedule again, on the Schedule tab of the addresses.",
                    *SCHEDULES.steps(
                        now[0].product,
                        f"At each {now[0].serves} address set the hours that the outbox had in SMS 1.x.",
                    ),
                ),
                related=((box.schedule, "the schedule of the outbox in SMS 1.x"),),
            )


@rule("SMS308", "parent-code-mismatch", severity="warning", reference="Q122179, Q121683", fix="manual")
def parent_code_mismatch(site: Site) -> Iterator[Finding]:
    r"""Registry and site control name different parents.

    ## What it does
    Compares the parent site code in the registry with that in the site's site control file, where both are
    among the inputs. Where several of one kind disagree among themselves, SMS505 speaks instead.

    ## Why it is bad
    One of them is not what the site was set to (event 226, error 7202). On SMS 1.x the site control file wins
    in the next cycle of Site Configuration Manager: the site changes its parent.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Parent Site Code"="HQ1"
    ```
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><HQ2><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ```

    ## Fix
    Find out which parent is meant, and set it in the properties of the site.
    """
    noted, controlled = (
        [
            found.parent_site_code
            for found in site.identifications
            if found.in_registry is in_registry and found.parent_site_code.value is not None
        ]
        for in_registry in (True, False)
    )
    if len(set(map(_folded, noted))) == len(set(map(_folded, controlled))) == 1:
        ours, theirs = noted[0], controlled[0]
        if _folded(ours) != _folded(theirs):
            yield Finding(
                ours,
                f"the registry names {_named(ours)} as the parent, the site control {_named(theirs)}",
                fix=by_hand(
                    "Set the parent that is meant.",
                    f"Find out which parent of {site.code} is meant.",
                    *attach_to(site.product, "the site that is meant"),
                ),
                related=((theirs, "the site control says so here"),),
            )


def _folded(code: Setting[str]) -> str:
    return (code.value or "").upper()


def _named(code: Setting[str]) -> str:
    return code.value or "no site"


@rule("SMS309", "site-code-mismatch", severity="error", reference="Q121683", fix="manual")
def site_code_mismatch(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""Registry and site control give one site server different site codes.

    ## What it does
    Looks for a registry export and a site control file that name the same site server, but not the same site
    code. Two site control files that do so are two sites on one server, which is SMS506.

    ## Why it is bad
    Site Configuration Manager refuses a site control file whose site is not that of the registry (error 714).

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Site Server"="NYCSRV"
    ```
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYK><><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ```

    ## Fix
    Find out which code the site was installed with, and restore the other of the two from a backup.
    """
    for site in hierarchy.named:
        for found in site.identifications:
            if not found.in_registry or not found.site_server.value:
                continue
            others = hierarchy.served_by(found.site_server.value)
            controlled = [each for each in others if any(not at.in_registry for at in each.identifications)]
            if len(controlled) == 1 and controlled[0] is not site:
                (other,) = controlled
                yield Finding(
                    found.site_code,
                    f"the registry of {found.site_server.value} says site {site.code}, "
                    f"its site control file {other.code}",
                    fix=by_hand(
                        "Restore the site code that the site was installed with.",
                        "Find out which of the two codes the site was installed with.",
                        "Restore the other of the two, registry or site control file, from a backup.",
                        RESTART,
                    ),
                    site=site,
                    related=((other, f"the site control file of {other.code}"),),
                )


@rule(
    "SMS502",
    "duplicate-site-code",
    severity="error",
    reference="SMS 2.0 Resource Guide, status message 3301",
    fix="manual",
)
def duplicate_site_code(site: Site) -> Iterator[Finding]:
    r"""Two site servers have the same site code.

    ## What it does
    Looks for inputs of one site code that name different site servers. Names are compared by their first
    label, without letter case. The uniqueness of site codes is stated in the SMS 1.2 Resource Guide.

    ## Why it is bad
    A site code must be unique: SMS 2.0 reports status message 3301, and what is sent to one of the sites may
    arrive at the other.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Site Server"="NYCSRV"
    ```
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Site Server"="BOSSRV"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Site Server"="NYCSRV"
    ```
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="BOS"
    "Site Server"="BOSSRV"
    ```

    ## Fix
    Install one of the sites again under another code.
    """
    servers = [found.site_server for found in site.identifications if found.site_server.value]
    seen = {computer(servers[0].value or "")} if servers else set()
    for server in servers[1:]:
        name = computer(server.value or "")
        if name not in seen:
            seen.add(name)
            yield Finding(
                server,
                f"site {site.code} is on {server.value} here, on {servers[0].value} in another input",
                fix=by_hand(
                    "Install one of the sites again under another code.",
                    "Decide which of the two sites keeps the code.",
                    *install_again("under a code that no other site has"),
                ),
                related=((servers[0], f"{servers[0].value} is {site.code} too"),),
            )


@rule("SMS505", "multiple-parents", severity="error", reference="Q133111", fix="manual")
def multiple_parents(site: Site) -> Iterator[Finding]:
    r"""Two inputs of one site name different parents.

    ## What it does
    Compares the parent site codes that inputs of the same kind name for one site: two registry exports, or
    two site control files of the same type. A blank code is no other parent. Where registry and site control
    disagree, that is SMS308.

    ## Why it is bad
    A site has one parent at most. Both of them count it as theirs.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Parent Site Code"="HQ1"
    ```
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Parent Site Code"="HQ2"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Parent Site Code"="HQ1"
    ```
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Parent Site Code"="HQ1"
    ```

    ## Fix
    Find out which of the inputs is current. If both are, detach the site from one of the parents.
    """
    types = {file.place.path: file.file_type.value for file in site.site_control_files if file.place}
    first: dict[tuple[bool, int | None], Setting[str]] = {}
    seen: set[tuple[bool, int | None, str]] = set()
    for found in site.identifications:
        parent, path = found.parent_site_code, found.place.path if found.place else ""
        if not parent.value:
            continue
        kind = (found.in_registry, None if found.in_registry else types.get(path))
        other = first.setdefault(kind, parent)
        is_new = (*kind, parent.value.upper()) not in seen
        seen.add((*kind, parent.value.upper()))
        if is_new and other is not parent:
            yield Finding(
                parent,
                f"{site.code} is under {parent.value} here, under {other.value} in another input",
                fix=by_hand(
                    "Leave the site under one parent.",
                    "Export the site again, to see which of the inputs is current.",
                    f"If both are, decide between {parent.value} and {other.value}.",
                    *SITE.steps(site.product, "Detach the site from the other one."),
                ),
                related=((other, f"{site.code} is under {other.value}"),),
            )
