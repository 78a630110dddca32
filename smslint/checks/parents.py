"""SMS5xx, parents: who is under whom, and whether both can reach each other."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.checks.cures import add_address, attach_to, by_hand, install_again, remove_site
from smslint.checks.rule import rule
from smslint.finding import Finding
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.setting import Setting
from smslint.schema.site import Site


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
        way = " under ".join(str(site.code) for site in (*ring[:8], first))
        text = f"{first.code} is its own parent" if not others else f"the parents form a ring: {way}"
        related = tuple((_parent(site), f"{site.code} is under {site.parent_code}") for site in others)
        cure = by_hand(
            "Take the ring apart from the bottom up.",
            "Decide which of the sites is to be on top, and which is to be under which.",
            f"From the bottom up, take each site off its wrong parent with {remove_site(first.product)}.",
            "Attach the sites again to the parents that are meant.",
        )
        yield Finding(_parent(first), text, fix=cure, site=first, related=related)


def _parent(site: Site) -> Setting[str]:
    """Where the site names its parent, which it must do."""
    return next(found.parent_site_code for found in site.identifications if found.parent_site_code.value)


@rule("SMS503", "secondary-has-children", severity="error", reference="Q133111", fix="manual")
def secondary_has_children(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A secondary site is the parent of another.

    ## What it does
    Looks for a site whose parent is a secondary site, as site control (type 9) or Setup (Type 2) say.

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
    for site in hierarchy.named:
        parent = hierarchy.parent_of(site)
        if parent is not None and parent is not site and parent.kind == "secondary":
            yield Finding(
                _parent(site),
                f"the parent of {site.code}, {parent.code}, is a secondary site",
                fix=by_hand("Attach the site to a primary one.", *attach_to(site.product, "a primary site")),
                expected="a primary site",
                site=site,
                related=((parent, f"{parent.code} is a secondary site"),),
            )


@rule("SMS504", "secondary-without-parent", severity="error", reference="Q133111", fix="manual")
def secondary_without_parent(site: Site) -> Iterator[Finding]:
    r"""A secondary site has no parent.

    ## What it does
    Looks for a secondary site whose parent site code is blank. One that the input does not hold is not
    reported.

    ## Why it is bad
    A secondary site is administered from its parent: without one, nobody can.

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
    told = [found.parent_site_code for found in site.identifications]
    if site.kind == "secondary" and site.parent_code is not None and not site.parent_code.strip():
        at = next(code for code in told if code.value is not None)
        cure = by_hand(
            "Restore the site control file, or install the site again from its parent.",
            "Restore the site control file of the site from a backup that names its parent.",
            "If there is none, go on.",
            *install_again("from its parent"),
        )
        text = f"the secondary site {site.code or ''} names no parent"
        yield Finding(at, text, fix=cure, expected="a site code")


@rule("SMS511", "asymmetric-address-pair", severity="warning", certainty="derived", fix="manual")
def asymmetric_address_pair(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""Of a site and its parent only one has an address to the other.

    ## What it does
    Looks for a site and its parent, both among the inputs, of which one addresses the other, but is not
    addressed in turn. Derived from SMS207 and SMS208, one of which says what is missing.

    ## Why it is bad
    What is sent arrives, and no answer comes back.

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
    for site in hierarchy.named:
        parent = hierarchy.parent_of(site)
        if parent is None or parent is site:
            continue
        for one, other in ((site, parent), (parent, site)):
            there = one.addresses_to(other.code or "")
            if there and other.lacks_address_to(one.code or ""):
                yield Finding(
                    there[0],
                    f"{one.code} has an address to {other.code}, but {other.code} has none to {one.code}",
                    fix=by_hand(
                        "Add the missing address.",
                        *add_address(other.product, other.code or "", one.code or ""),
                    ),
                    site=one,
                    related=((other, f"{other.code} has no address to {one.code}"),),
                )
