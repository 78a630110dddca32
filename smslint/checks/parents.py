"""SMS5xx, parents: who is under whom, and whether both can reach each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smslint.checks.remediation import (
    add_address,
    attach_to,
    by_hand,
    in_console,
    install_again,
    remove_site,
)
from smslint.checks.rule import rule
from smslint.finding import Finding
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.site import Site, SiteKind
from smslint.schema.version import FROM_2012


@rule("SMS501", "hierarchy-cycle", severity="error", reference="Q126283, Q133111", fix="manual")
def hierarchy_cycle(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A site is its own parent, or above itself through others.

    ## What it does
    Follows the parent site codes of all sites of the run upward, and looks for one that comes back to where
    it began.

    ## Why it is bad
    The Hierarchy Manager of SMS 1.0 and 1.1 runs over its stack; SMS 2.0 reports status message 3300. Nothing
    gets to a top that does not exist.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Parent Site Code"="BOS"
    ```
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="BOS"
    "Parent Site Code"="NYC"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Parent Site Code"="BOS"
    ```
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="BOS"
    "Parent Site Code"=""
    ```

    ## Fix
    Take the ring apart from the bottom up, with `preinst /delsite`.
    """
    for ring in hierarchy.cycles():
        first, *others = ring
        chain = " under ".join(str(site.code) for site in (*ring[:8], first))
        message = f"the parents form a ring: {chain}" if others else f"{first.code} is its own parent"
        fix = by_hand(
            "Take the ring apart from the bottom up.",
            "Decide which of the sites is to be on top, and which is to be under which.",
            f"From the bottom up, take each site off its wrong parent with {remove_site(first.product)}.",
            "Attach the sites again to the parents that are meant.",
        )
        related = ((site.parent_site_code, f"{site.code} is under {site.parent_code}") for site in others)
        yield Finding(first.parent_site_code, message, fix=fix, site=first, related=tuple(related))


@rule("SMS503", "secondary-has-children", severity="error", reference="Q133111", fix="manual")
def secondary_has_children(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A secondary site is the parent of another.

    ## What it does
    Looks for a site whose parent is a secondary site, as site control (type 9), Setup (Type 2) or
    `SMS_SCI_SiteDefinition` (SiteType 1) say.

    ## Why it is bad
    A secondary site has no database, and can have no children.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Type"=dword:00000002
    ```
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="BKN"
    "Parent Site Code"="NYC"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Type"=dword:00000001
    ```
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="BKN"
    "Parent Site Code"="NYC"
    ```

    ## Fix
    Attach the site to a primary one.
    """
    for site, parent in hierarchy.children_and_parents:
        if parent.kind == "secondary":
            message = f"the parent of {site.code}, {parent.code}, is a secondary site"
            fix = by_hand("Attach the site to a primary one.", *attach_to(site.product, "a primary site"))
            related = ((parent, f"{parent.code} is a secondary site"),)
            at, expected = site.parent_site_code, "a primary site"
            yield Finding(at, message, fix=fix, expected=expected, site=site, related=related)


@rule("SMS504", "secondary-without-parent", severity="error", reference="Q133111", fix="manual")
def secondary_without_parent(site: Site) -> Iterator[Finding]:
    r"""A secondary site has no parent.

    ## What it does
    Looks for a secondary site whose parent site code is blank. One that the input does not hold is not
    reported.

    ## Why it is bad
    A secondary site is administered from its parent: without one it cannot be administered.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <9><NYC><><NYCSRV><EAST><New York><D:\SMS><EAST><><><><><><><><><><>
    END_SITE_ACCOUNT
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <9><NYC><HQ1><NYCSRV><EAST><New York><D:\SMS><EAST><><><><><><><><><><>
    END_SITE_ACCOUNT
    ```

    ## Fix
    Restore the site control file, or remove the site and install it again from its parent.
    """
    codes = (found.parent_site_code for found in site.identifications)
    at = next((code for code in codes if code.value is not None), None)
    if site.kind == "secondary" and at is not None and at.is_blank:
        message = f"the secondary site {site.code or ''} names no parent"
        fix = by_hand(
            "Restore the site control file, or install the site again from its parent.",
            "Restore the site control file of the site from a backup that names its parent.",
            "If there is none, go on.",
            *install_again("from its parent"),
        )
        yield Finding(at, message, fix=fix, expected="a site code")


@rule("SMS511", "asymmetric-address-pair", severity="warning", certainty="derived", fix="manual")
def asymmetric_address_pair(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""Of a site and its parent only one has an address to the other.

    ## What it does
    Looks for a site and its parent, both among the inputs, of which one addresses the other, but is not
    addressed in turn. From Configuration Manager 2012 on one that open routes of other sites lead to is
    reached. Derived from SMS207 and SMS208, one of which says what is missing.

    ## Why it is bad
    What the one sends arrives, and what the other sends does not.

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
    ADDRESS <NYC><HQ1><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\HQ1SRV\SMS_SITE })
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
    ADDRESS <NYC><HQ1><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\HQ1SRV\SMS_SITE })
    ```

    ## Fix
    Add the missing address; SMS207 or SMS208 names the site that lacks it.
    """
    for child, parent in hierarchy.children_and_parents:
        for one, other in ((child, parent), (parent, child)):
            there = one.addresses_to(other.code)
            if there and hierarchy.lacks_route(other, one.code):
                message = (
                    f"{one.code} has an address to {other.code}, but {other.code} has none to {one.code}"
                )
                steps = add_address(other.product, other.code or "", one.code or "")
                fix = by_hand("Add the missing address.", *steps)
                related = ((other, f"{other.code} has no address to {one.code}"),)
                yield Finding(there[0], message, fix=fix, site=one, related=related)


@rule(
    "SMS512",
    "wrong-kind-of-parent",
    severity={FROM_2012: "error"},
    reference="Configuration Manager documentation, design a hierarchy of sites",
    fix="manual",
)
def wrong_kind_of_parent(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A site is under a parent of a kind that cannot be its parent.

    ## What it does
    Looks, on Configuration Manager 2012 or later, for a primary site under a primary one, a secondary site
    under a central administration site, and a central administration site under any. Both kinds must be
    known. Up to ConfigMgr 2007 a primary site may be under another; where the version is not known to be
    later the rule is silent on that.

    ## Why it is bad
    The product has no such hierarchy: a primary site can be under a central administration site only, a
    secondary site under a primary one only, and a central administration site is the top.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "HQ1", "ParentSiteCode": "", "SiteType": 2,
      "SiteServerName": "HQ1SRV", "BuildNumber": 9128}]
    ```
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1", "SiteType": 2,
      "SiteServerName": "NYCSRV", "BuildNumber": 9128}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "HQ1", "ParentSiteCode": "", "SiteType": 4,
      "SiteServerName": "HQ1SRV", "BuildNumber": 9128}]
    ```
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1", "SiteType": 2,
      "SiteServerName": "NYCSRV", "BuildNumber": 9128}]
    ```

    ## Fix
    Find out which of the inputs is wrong. If none is, install the site again under a parent of the right
    kind.
    """
    for site, parent in hierarchy.children_and_parents:
        if not _is_misplaced(site, parent) or site.kind is None or parent.kind is None:
            continue
        message = f"{site.code}, a {_TITLES[site.kind]}, is under {parent.code}, a {_TITLES[parent.kind]}"
        right = _PARENTS.get(site.kind)
        expected = f"under a {_TITLES[right]}" if right else "no parent"
        fix = by_hand(
            "Install the site again where its kind belongs.",
            "Export both sites again, to see whether one of the inputs is wrong.",
            *install_again(expected if right else "without a parent"),
        )
        at, related = site.parent_site_code, ((parent, f"{parent.code} is a {_TITLES[parent.kind]}"),)
        yield Finding(at, message, fix=fix, expected=expected, site=site, related=related)


def _is_misplaced(site: Site, parent: Site) -> bool:
    """Whether no site of the one's kind can be under one of the other's; a secondary parent is SMS503."""
    is_later = "central" in (site.kind, parent.kind) or site.product.within(FROM_2012)
    return is_later and parent.kind not in (_PARENTS.get(site.kind or "central"), "secondary")


_PARENTS: Final[dict[SiteKind, SiteKind]] = {"primary": "central", "secondary": "primary"}
_TITLES: Final[dict[SiteKind, str]] = {
    "primary": "primary site",
    "secondary": "secondary site",
    "central": "central administration site",
}
_CHILDREN: Final[dict[SiteKind, tuple[SiteKind, int]]] = {
    "central": ("primary", 25),
    "primary": ("secondary", 250),
}
"""How many children of a kind a site of a kind supports (sizing documentation)."""


@rule(
    "SMS513",
    "too-many-children",
    severity={FROM_2012: "warning"},
    reference="Configuration Manager documentation, size and scale numbers",
    fix="manual",
)
def too_many_children(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A site has more child sites than the product supports.

    ## What it does
    Counts the sites of the run, on Configuration Manager 2012 or later: over 25 primary sites under a central
    administration site, or over 250 secondary sites under a primary one.

    ## Why it is bad
    More are not supported.

    ## Example
    `smslint/checks/examples/SMS513.example.json`: a central administration site with 26 primary sites.

    ## Use instead
    `smslint/checks/examples/SMS513.instead.json`: one with 25.

    ## Fix
    Move sites under another parent, or remove some.
    """
    for site in hierarchy.named:
        kind, most = _CHILDREN.get(site.kind or "secondary", (None, 0))
        count = len(hierarchy.children_of(site, kind)) if kind else 0
        if kind and count > most:
            message = f"{site.code} has {count} {_TITLES[kind]}s below it; up to {most} are supported"
            fix = by_hand(
                "Move sites under another parent, or remove some.",
                f"Decide which of the sites below {site.code} can go or be merged.",
                *install_again("under another parent"),
            )
            yield Finding(site, message, fix=fix, expected=f"at most {most}", site=site)


@rule(
    "SMS514",
    "secondary-route-across-parents",
    severity={FROM_2012: "warning"},
    reference="Configuration Manager documentation, design a hierarchy of sites",
    fix="manual",
)
def secondary_route_across_parents(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A route leads from a secondary site to one of another primary site.

    ## What it does
    Looks, on Configuration Manager 2012 or later, for a file replication route between two secondary sites
    whose parents differ.

    ## Why it is bad
    Content can be routed between secondary sites of one primary site only.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "BKN", "ParentSiteCode": "NYC", "SiteType": 1,
      "SiteServerName": "BKNSRV", "BuildNumber": 9128},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "BKN", "AddressType": "MS_LAN", "DesSiteCode": "NYC",
      "Props": []},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "BKN", "AddressType": "MS_LAN", "DesSiteCode": "CAM",
      "Props": []}]
    ```
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "CAM", "ParentSiteCode": "BOS", "SiteType": 1,
      "SiteServerName": "CAMSRV", "BuildNumber": 9128}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "BKN", "ParentSiteCode": "NYC", "SiteType": 1,
      "SiteServerName": "BKNSRV", "BuildNumber": 9128},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "BKN", "AddressType": "MS_LAN", "DesSiteCode": "NYC",
      "Props": []},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "BKN", "AddressType": "MS_LAN", "DesSiteCode": "QNS",
      "Props": []}]
    ```
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "QNS", "ParentSiteCode": "NYC", "SiteType": 1,
      "SiteServerName": "QNSSRV", "BuildNumber": 9128}]
    ```

    ## Fix
    Delete the route.
    """
    for site, code, addresses in hierarchy.addresses:
        other, at = hierarchy.site(code), addresses[0].destination
        if not site.code or other is None or not site.kind == other.kind == "secondary":
            continue
        if site.parent_code and other.parent_code and not site.parent_is(other.parent_code):
            under = f"under {other.parent_code}"
            message = f"a route leads from {site.code}, under {site.parent_code}, to {other.code}, {under}"
            fix = in_console(at, site.product, f"Delete the route from {site.code} to {other.code}.")
            expected = "secondary sites of one parent"
            related = ((other.parent_site_code, f"{other.code} is {under}"),)
            yield Finding(at, message, fix=fix, expected=expected, site=site, related=related)
