"""SMS2xx, routing: whether what one site sends can reach the other, judged over the sites of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from smslint.checks.remediation import add_address, by_hand, enumerated, in_console, remove_site
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.address import Address
from smslint.schema.console import ADDRESSES
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.setting import Setting
from smslint.schema.site import Site
from smslint.schema.version import (
    CONFIGMGR_2007,
    FROM_2_0_TO_2003_SP1,
    FROM_2003_SP2_TO_2007,
    FROM_2012,
    SMS_1,
    SMS_2_0_BEFORE_SP2,
    SMS_2_0_BEFORE_SP4,
    ProductVersion,
)

SP4: Final = "SMS 2.0 SP4 (which takes SP2 or SP3 first, Q288239)"
SEVERAL_HOURS: Final = 3
"""Q256880 says "several hours" and no number; fewer than three are not several."""


@rule("SMS207", "missing-address-to-parent", severity="error", reference="Q133111, Q183347", fix="manual")
def missing_address_to_parent(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A site has no address to its parent.

    ## What it does
    Looks for a site with a parent, but without an address to it other than by courier. Inputs that cannot
    hold addresses are not judged. From Configuration Manager 2012 on content may be routed between secondary
    sites: there a parent that open routes of several sites lead to is reached.

    ## Why it is bad
    Up to ConfigMgr 2007 nothing gets upward: no inventory, no status, not even the result of an upgrade; a
    site needs the address before it can be attached at all. From 2012 on the file replication route carries
    content, the client data of secondary sites and unprocessed discovery records; global and site data go by
    database replication.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><HQ1><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <NYC><NYC><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\NYCSRV\SMS_SITE })
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><HQ1><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <NYC><HQ1><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\HQ1SRV\SMS_SITE })
    ```

    ## Fix
    Add the address to the parent in the properties of the site.
    """
    for site in hierarchy.sites:
        code, parent = site.code or "the site", site.parent_code
        if not parent or site.code_is(parent) or "addresses" not in site.holds:
            continue
        if not site.reaches_without_courier(parent) and not hierarchy.may_route(site, parent):
            lack = "only a courier address" if site.addresses_to(parent) else "no address"
            message = f"{code} has {lack} to its parent {parent}{_undelivered(site.product)}"
            fix = by_hand("Add the address to the parent.", *add_address(site.product, code, parent))
            yield Finding(site.parent_site_code, message, fix=fix, site=site)


def _undelivered(product: ProductVersion) -> str:
    """What a missing route keeps back from 2012 on; before, it is everything."""
    return ": content and other files do not get there" if product.within(FROM_2012) else ""


@rule(
    "SMS208",
    "missing-address-to-child",
    severity="error",
    reference="Q123878, Q215130, Q264171",
    fix="manual",
)
def missing_address_to_child(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A site has no address to one of its children.

    ## What it does
    Looks for a site that another names as its parent, but that has no address to it. Both must be among the
    inputs, and that of the parent must hold addresses.

    ## Why it is bad
    Nothing gets downward: no packages, no configuration (events 332 and 347, status message 3400). A parent
    drops the address by itself when a site is detached, so the child may believe in a parent it lost.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><HQ1><><HQ1SRV><EAST><Head Office><D:\SMS><EAST><><><><HQ1SRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <HQ1><HQ1><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\HQ1SRV\SMS_SITE })
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
    Add the address in the properties of the parent, or, if the site was detached, detach it at its own end.

    ## Log lines
    `There is no address defined for site <site code>` (Sched.log)
    """
    for site in hierarchy.named:
        for child in hierarchy.children_of(site):
            if hierarchy.lacks_route(site, child.code):
                message = f"{site.code} has no address to its child {child.code}{_undelivered(site.product)}"
                detached = f"If {child.code} was detached on purpose, detach it at its own end and stop here."
                first = () if site.product.within(FROM_2012) else (detached,)
                steps = add_address(site.product, site.code or "", child.code or "")
                fix = by_hand("Add the address at the parent.", *first, *steps)
                related = ((child, f"{child.code} names {site.code} as its parent"),)
                yield Finding(site, message, fix=fix, site=site, related=related, aspect=child.code or "")


@rule(
    "SMS209",
    "address-to-unknown-site",
    severity="warning",
    reference="Q212937, Q215130, Q264171",
    fix="manual",
    yields_to=("SMS316",),
)
def address_to_unknown_site(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""An address leads to a site that does not exist.

    ## What it does
    With `--complete`, which says that the inputs are the whole hierarchy, looks for an address to a site that
    is not among them. Addresses of distribution points are not meant.

    ## Why it is bad
    The site was deleted or renamed. What is still sent to it stays pending; SMS 2.0 before SP2 keeps trying
    for a week.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><HQ1><><HQ1SRV><EAST><Head Office><D:\SMS><EAST><><><><HQ1SRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <HQ1><OLD><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\OLDSRV\SMS_SITE })
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><HQ1><><HQ1SRV><EAST><Head Office><D:\SMS><EAST><><><><HQ1SRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <HQ1><HQ1><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\HQ1SRV\SMS_SITE })
    ```

    ## Fix
    On SMS 2.0 delete the address, then `preinst /delsite:{<code>,<parent>}`, then `preinst /deljob:<code>`
    (Q287717).

    ## Log lines
    `There is no address defined for site <site code>` (Sched.log)
    """
    for site, code, addresses in hierarchy.addresses if hierarchy.complete else ():
        if site.code and not hierarchy.site(code):
            at = addresses[0].destination
            message = f"{site.code} has an address to {code}, which is not a site of this hierarchy"
            yield Finding(at, message, fix=_deleted_address(at, code, site.product), site=site)


def _deleted_address(at: Setting[str], code: str, product: ProductVersion) -> Fix:
    """The address goes first, then what else is left of the site (Q287717, of SMS 2.0)."""
    left = (
        f"From SMS 2.0 on run {remove_site(product)} for the deleted site and its former parent.",
        "Then run preinst /deljob:<code> with the code of the deleted site.",
    )
    return in_console(
        at,
        product,
        "Delete the address, then what is left of the site.",
        f"Delete the address to {code}.",
        after=() if product.within(SMS_1) else left,
    )


@rule(
    "SMS210",
    "missing-address-to-downlevel-site",
    severity={FROM_2_0_TO_2003_SP1: "warning", SMS_1: "info", FROM_2003_SP2_TO_2007: "info"},
    reference="KB836553, Q276259, Q279498, Q238064",
    fix="manual",
)
def missing_address_to_downlevel_site(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A primary site has no address of its own to sites two or more tiers below it.

    ## What it does
    Looks for a primary site without a direct address to a site two or more tiers down. It is a warning on SMS
    2.0 and on SMS 2003 before SP2, informs on SMS 1.x and from then on to ConfigMgr 2007, and is silent on
    Configuration Manager 2012 and later. To route through the parent is what Q238064 recommends on slow or
    billed links.

    ## Why it is bad
    Missing addresses to the third tier are among the causes of a backlog of the Scheduler (KB836553). On SMS
    2.0 before SP4 Scheduler and Sender also collide and make send requests without routing, which are tried
    again and again, at a high load (Q276259).

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "HQ1", "ParentSiteCode": "",
      "SiteServerName": "HQ1SRV", "BuildNumber": 1380},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "HQ1", "DesSiteCode": "NYC", "AddressType": "MS_LAN",
      "Props": [], "PropLists": []},
     {"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1",
      "SiteServerName": "NYCSRV"},
     {"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "BKN", "ParentSiteCode": "NYC",
      "SiteServerName": "BKNSRV"}]
    ```

    ## Fix
    Add direct addresses to all sites below. SP4 of SMS 2.0 ends the collision of Q276259.

    ## Log lines
    `Cannot create the routing instruction.` (Sched.log); `There is no longer an address to destination site
    <code>`, `Returning send request to pending because address cannot not be found.`, `... added to list of
    busy sites because there is no available address.` (Sender.log)
    """
    for top, sites in _without_own_address(hierarchy):
        codes = enumerated([str(site.code) for site in sites])
        listed = f"{len(sites):,} {'site' if len(sites) == 1 else 'sites'} ({codes})"
        message = f"{top.code} has no address of its own to {listed} two or more tiers below it"
        description = "Add addresses to the sites below, unless routing through their parents is meant."
        action = f"At {top.code} add addresses to {listed}."
        before = ["Where the link is slow or billed, leave it so: Q238064 recommends routing there."]
        fix = in_console(ADDRESSES, top.product, description, action, before=before)
        related = tuple((site, f"{site.code}, below {site.parent_code}") for site in sites[:5])
        yield Finding(top, message, fix=fix, site=top, related=related)


def _without_own_address(hierarchy: Hierarchy) -> Iterable[tuple[Site, list[Site]]]:
    """The sites that lack an address to sites two or more tiers below them, each with these."""
    found: dict[str, tuple[Site, list[Site]]] = {}
    for site in hierarchy.named:
        for ancestor in islice(hierarchy.ancestors(site), 1, None):
            if ancestor.kind != "secondary" and ancestor.lacks_address_to(site.code):
                found.setdefault(ancestor.code or "", (ancestor, []))[1].append(site)
    return found.values()


def _or_upgrade(product: ProductVersion, release: str, affected: ProductVersion) -> tuple[str, ...]:
    also = (f"Instead of these steps, installing {release} fixes it too.",)
    return also if product.overlaps(affected) else ()


@rule(
    "SMS211",
    "routed-package-blocked-by-priority-window",
    severity={SMS_2_0_BEFORE_SP2: "warning"},
    reference="Q256880",
    fix="manual",
)
def routed_package_blocked_by_priority_window(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A package on its way through this site is deleted while its address takes high priority only.

    ## What it does
    Looks for a site of SMS 2.0 before SP2 whose every address to a child has hours of high priority only (at
    least three in a row) before one that takes medium priority, where the site above has no address of its
    own to that child, so that it routes through this one.

    ## Why it is bad
    Packages of medium priority that are routed through the site in these hours are deleted.

    ## Example
    `smslint/checks/examples/SMS211.example.json`: three tiers, the middle one of which takes High only in
    office hours.

    ## Fix
    Give the upper site an address of its own to the lower one, or install SP2.
    """
    for site, above in hierarchy.children_and_parents:
        for child in hierarchy.children_of(site):
            code, addresses = child.code or "", site.addresses_to(child.code)
            if above.lacks_address_to(code) and _delete_medium_priority(addresses):
                message = (
                    f"{site.code} deletes packages of medium priority that {above.code} routes to {code} "
                    "through it while its address takes high priority only"
                )
                steps = add_address(above.product, above.code or "", code)
                also = _or_upgrade(site.product, "SMS 2.0 SP2", SMS_2_0_BEFORE_SP2)
                fix = by_hand("Give the upper site an address of its own, or install SP2.", *steps, *also)
                related = ((above, f"{above.code} has no address of its own to {code}"),)
                yield Finding(addresses[0].schedule, message, fix=fix, site=site, related=related)


def _delete_medium_priority(addresses: Sequence[Address]) -> bool:
    """Whether all addresses to a site may be of SMS 2.0 before SP2 and have hours for high priority only."""
    is_early = bool(addresses) and addresses[0].product.overlaps(SMS_2_0_BEFORE_SP2)
    return is_early and all(map(_has_priority_window, addresses))


def _has_priority_window(address: Address) -> bool:
    schedule = address.schedule.value
    return schedule is not None and schedule.hours_of_high_only_before_medium >= SEVERAL_HOURS


@rule(
    "SMS212",
    "courier-only-address",
    severity={SMS_2_0_BEFORE_SP4: "warning", CONFIGMGR_2007: "warning"},
    reference="Q282494; ConfigMgr 2007 help",
    fix="manual",
)
def courier_only_address(site: Site) -> Iterator[Finding]:
    r"""The only way to a site is by courier.

    ## What it does
    Looks for a destination to which only courier addresses (`MS_COURIER`) lead, on SMS 2.0 before SP4 and on
    ConfigMgr 2007.

    ## Why it is bad
    On SMS 2.0 package definitions never arrive: they do not go by courier, and as there is a direct address
    the scheduler does not route them another way (Q282494). On ConfigMgr 2007 a courier carries package data
    only, and a connection by a standard sender must come first.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "HQ1", "ParentSiteCode": "",
      "SiteServerName": "HQ1SRV", "BuildNumber": 1380},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "HQ1", "DesSiteCode": "NYC", "AddressType": "MS_COURIER",
      "Props": [], "PropLists": []}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "HQ1", "ParentSiteCode": "",
      "SiteServerName": "HQ1SRV", "BuildNumber": 1380},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "HQ1", "DesSiteCode": "NYC", "AddressType": "MS_COURIER",
      "Props": [], "PropLists": []},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "HQ1", "DesSiteCode": "NYC", "AddressType": "MS_LAN",
      "Props": [], "PropLists": []}]
    ```

    ## Fix
    Add an address of another type. On SMS 2.0 SP4 helps too.

    ## Log lines
    `There is direct address to site <c>, no need for routing for send request <id>.`, then `No addresses
    available for site <c>.` and `No backup addresses available for site <c>.` (Sched.log)
    """
    for code, addresses in site.addresses_by_destination.items() if "addresses" in site.holds else ():
        if not site.reaches_without_courier(code):
            message = f"only a courier goes to {code}"
            steps = add_address(site.product, site.code or "the site", code)
            also = _or_upgrade(site.product, SP4, SMS_2_0_BEFORE_SP4)
            fix = by_hand("Add an address of another type.", *steps, *also)
            yield Finding(addresses[0].type, message, fix=fix, expected="another address too")
