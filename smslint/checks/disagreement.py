"""What two exports say of the same thing, where they do not agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from smslint.checks.remediation import attach_to, by_hand, in_console, install_again
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.address import Address
from smslint.schema.console import RESTART, SITE
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.setting import Setting
from smslint.schema.site import Site
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
    for site, code, addresses in hierarchy.addresses:
        destination = hierarchy.site(code)
        if not site.code or destination is None:
            continue
        for address in addresses:
            named = address.server.value
            if address.server_is_number or site.server_is(named) or not destination.is_elsewhere(named):
                continue
            right = " or ".join(sorted(destination.servers))
            message = f"the address of {site.code} to {code} names the server {named}, not {right}"
            message += ": the name is wrong, or an alias"
            fix, related = _renamed_server(address, code, right), tuple(_servers(destination))
            yield Finding(address.server, message, fix=fix, expected=right, site=site, related=related)


def _renamed_server(address: Address, code: str, right: str) -> Fix:
    named = address.server.value
    return in_console(
        address.server,
        address.product,
        f"Put the site server of {code} into the address.",
        f"In the address to {code} replace the server {named} by {right}.",
        before=[f"If {named} is an alias of {right}, leave it so."],
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
    The upgrade loses outbox schedules: the link is used in hours that were closed on purpose.

    ## Example
    `smslint/checks/examples/SMS219.example-1.ct0` and `smslint/checks/examples/SMS219.example-2.json`: an
    outbox of SMS 1.2 that is not open all week, and the same site's addresses after the upgrade.

    ## Fix
    Set the schedule again, on the Schedule tab of the addresses.
    """
    always_open = _always_open(site)
    for outbox in site.outboxes:
        first = always_open.get(outbox.serves)
        if first and outbox.is_restricted and outbox.product.within(SMS_1):
            message = (
                f"all {first.serves} addresses are always open, but the outbox {outbox.name.value} was not "
                "before the upgrade"
            )
            description = "Set the schedule again, on the Schedule tab of the addresses."
            action = f"At each {first.serves} address set the hours that the outbox had in SMS 1.x."
            fix = in_console(first.schedule, first.product, description, action)
            related = ((outbox.schedule, "the schedule of the outbox in SMS 1.x"),)
            yield Finding(first.schedule, message, fix=fix, related=related)


def _always_open(site: Site) -> dict[str, Address]:
    """The first address, of SMS 2.0 or later, of each type of which all are open at every hour."""
    first: dict[str, Address] = {}
    restricted = set[str]()
    for address in site.addresses:
        if address.product.within(SMS_2_AND_LATER):
            first.setdefault(address.serves, address)
            if not address.is_always_open:
                restricted.add(address.serves)
    return {kind: address for kind, address in first.items() if kind not in restricted}


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
    in_registry, controlled = (_parents(site, in_registry=each) for each in (True, False))
    if len(in_registry) == len(controlled) == 1 and in_registry.keys() != controlled.keys():
        (ours,), (theirs,) = in_registry.values(), controlled.values()
        one, other = (code.value or "no site" for code in (ours, theirs))
        message = f"the registry names {one} as the parent, the site control {other}"
        fix = by_hand(
            "Set the parent that is meant.",
            f"Find out which parent of {site.code} is meant.",
            *attach_to(site.product, "the site that is meant"),
        )
        yield Finding(ours, message, fix=fix, related=((theirs, "the site control says so here"),))


def _parents(site: Site, *, in_registry: bool) -> dict[str, Setting[str]]:
    """The codes that the registry, or site control, names as the parent, each where it does first."""
    found: dict[str, Setting[str]] = {}
    for each in site.identifications:
        code = each.parent_site_code
        if each.in_registry is in_registry and code.value is not None:
            found.setdefault(code.value.upper(), code)
    return found


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
            server = found.site_server.value
            others = hierarchy.controlled_on(server) if server and found.in_registry else ()
            if len(others) == 1 and others[0] is not site:
                other = others[0].code
                message = f"the registry of {server} says site {site.code}, its site control file {other}"
                fix = by_hand("Restore the site code that the site was installed with.", *_RESTORED_CODE)
                related = ((others[0], f"the site control file of {other}"),)
                yield Finding(found.site_code, message, fix=fix, site=site, related=related)


_RESTORED_CODE: Final = (
    "Find out which of the two codes the site was installed with.",
    "Restore the other of the two, registry or site control file, from a backup.",
    RESTART,
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
    if len(site.servers) < 2 or site.has_passive_server:
        return
    first, *others = site.servers.values()
    may_be_pair = len(others) == 1 and _may_have_passive_server(site)
    doubt = "; on current branch they may be its active and its passive server" if may_be_pair else ""
    for other in others:
        message = f"site {site.code} is on {other.value} here, on {first.value} in another input{doubt}"
        fix = by_hand(
            "Install one of the sites again under another code.",
            "Decide which of the two sites keeps the code.",
            *install_again("under a code that no other site has"),
        )
        related = ((first, f"{first.value} is {site.code} too"),)
        yield Finding(other, message, fix=fix, severity="warning" if may_be_pair else None, related=related)


def _may_have_passive_server(site: Site) -> bool:
    """Whether the site may be one of current branch, which may have a passive server, and need not be."""
    is_open = site.product.is_possibly(CURRENT_BRANCH) and not site.product.within(CURRENT_BRANCH)
    return is_open and site.kind != "secondary"


@rule("SMS505", "multiple-parents", severity="error", reference="Q133111", fix="manual")
def multiple_parents(site: Site) -> Iterator[Finding]:
    r"""Two inputs of one site name different parents.

    ## What it does
    Compares the parent site codes that inputs of the same kind name for one site: two registry exports, or
    two site control files of the same type. A blank code is no other parent. Where registry and site control
    disagree, that is SMS308.

    ## Why it is bad
    A site has one parent at most. With two, both count it as theirs.

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
    for first, *others in _parents_by_source(site):
        for parent in others:
            message = f"{site.code} is under {parent.value} here, under {first.value} in another input"
            before = [
                "Export the site again, to see which of the inputs is current.",
                f"If both are, decide between {parent.value} and {first.value}.",
            ]
            description, action = "Leave the site under one parent.", "Detach the site from the other one."
            fix = in_console(SITE, site.product, description, action, before=before)
            yield Finding(parent, message, fix=fix, related=((first, f"{site.code} is under {first.value}"),))


def _parents_by_source(site: Site) -> Iterator[Iterable[Setting[str]]]:
    """The parents that registries name, and those of site control files of each type; each parent once."""
    types = {file.path: file.file_type.value for file in site.site_control_files}
    found: dict[tuple[bool, int | None], dict[str, Setting[str]]] = defaultdict(dict)
    for each in site.identifications:
        code = each.parent_site_code
        if code.value:
            source = (each.in_registry, None if each.in_registry else types.get(each.path))
            found[source].setdefault(code.value.upper(), code)
    for parents in found.values():
        yield parents.values()
