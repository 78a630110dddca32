"""What two exports say of the same thing, where they do not agree."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.checks.remediation import attach_to, by_hand, in_console, install_again
from smslint.checks.rule import rule
from smslint.finding import Finding
from smslint.schema.console import RESTART, SITE
from smslint.schema.hierarchy import Hierarchy, server_names
from smslint.schema.identity import Identification
from smslint.schema.schedule import Usage
from smslint.schema.setting import Setting
from smslint.schema.site import Site, computer, is_ip_number
from smslint.schema.version import CURRENT_BRANCH, SMS_1, SMS_2_AND_LATER


@rule(
    "SMS203",
    "address-server-mismatch",
    severity="warning",
    reference="Q266759",
    certainty="derived",
    fix="manual",
)
def address_server_mismatch(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""An address names another server than the destination's own export.

    ## What it does
    Compares the server in each address with the site server that the destination's own export names, by their
    first label and without letter case. Numeric addresses are passed over (SMS224), and so is the site's own
    server, which is SMS202. An alias of the right server cannot be told from a wrong name. Derived from
    Q266759, which describes a site's own server in the address to another.

    ## Why it is bad
    If the name is no alias, what is meant for that site goes to another server.

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
                if not named or is_ip_number(named) or computer(named) in known | own:
                    continue
                yield Finding(
                    address.server,
                    f"the address of {site.code} to {code} names the server {named}, not {right}: "
                    "the name is wrong, or an alias",
                    fix=in_console(
                        address.server,
                        address.product,
                        f"Put the site server of {code} into the address.",
                        f"In the address to {code} replace the server {named} by {right}.",
                        before=[f"If {named} is an alias of {right}, leave it so."],
                    ),
                    expected=right,
                    site=site,
                    related=tuple(_servers(destination)) if destination else (),
                )


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
    `smslint/checks/examples/SMS219.example-1.ct0` and `smslint/checks/examples/SMS219.example-2.json`: an
    outbox of SMS 1.2 that is not open all week, and the same site's addresses after the upgrade.

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
                fix=in_console(
                    now[0].schedule,
                    now[0].product,
                    "Set the schedule again, on the Schedule tab of the addresses.",
                    f"At each {now[0].serves} address set the hours that the outbox had in SMS 1.x.",
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
    label, without letter case. The uniqueness of site codes is stated in the SMS 1.2 Resource Guide. A site
    of current branch from 1806 on may have a passive server beside its active one: two servers of one build
    are such a pair, but not at a secondary site, and not three.

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
    by_server: dict[str, Identification] = {}
    for found in site.identifications:
        if found.site_server.value:
            by_server.setdefault(computer(found.site_server.value), found)
    if len(by_server) < 2 or site.has_passive_server:
        return
    first, *others = by_server.values()
    open_version = site.product.known and site.product.overlaps(CURRENT_BRANCH)
    may_be_pair = len(others) == 1 and site.kind != "secondary" and open_version
    for other in others:
        named, at = first.site_server.value, other.site_server
        pair = may_be_pair and not site.product.within(CURRENT_BRANCH)
        doubt = "; on current branch they may be its active and its passive server" if pair else ""
        yield Finding(
            at,
            f"site {site.code} is on {at.value} here, on {named} in another input{doubt}",
            fix=by_hand(
                "Install one of the sites again under another code.",
                "Decide which of the two sites keeps the code.",
                *install_again("under a code that no other site has"),
            ),
            severity="warning" if pair else None,
            related=((first.site_server, f"{named} is {site.code} too"),),
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
    types = {file.span.path: file.file_type.value for file in site.site_control_files if file.span}
    first: dict[tuple[bool, int | None], Setting[str]] = {}
    seen: set[tuple[bool, int | None, str]] = set()
    for found in site.identifications:
        parent, path = found.parent_site_code, found.span.path if found.span else ""
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
                fix=in_console(
                    SITE,
                    site.product,
                    "Leave the site under one parent.",
                    "Detach the site from the other one.",
                    before=[
                        "Export the site again, to see which of the inputs is current.",
                        f"If both are, decide between {parent.value} and {other.value}.",
                    ],
                ),
                related=((other, f"{site.code} is under {other.value}"),),
            )
