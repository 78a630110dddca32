"""SMS2xx, addresses: where each leads, over what, and whether a sender serves it."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.checks.remediation import in_console
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.address import SITE_CODE_LENGTH, Address
from smslint.schema.console import ADDRESSES, SENDERS
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.sender import has_sender
from smslint.schema.site import Site
from smslint.schema.version import (
    CONFIGMGR_2007,
    FROM_2_0_SP1,
    FROM_2012,
    SMS_1,
    SMS_2_0_RTM,
    SMS_2_AND_LATER,
)

SHARE = "SMS_SITE"


@rule(
    "SMS201",
    "address-server-double-backslash",
    severity={SMS_2_0_RTM: "error", FROM_2_0_SP1: "info"},
    reference="Q235753",
    fix="manual",
)
def address_server_double_backslash(address: Address) -> Iterator[Finding]:
    r"""The destination server is written with backslashes before its name.

    ## What it does
    Looks for a destination server of SMS 2.0 or later that begins with `\\`. SP1 copes with it. On SMS 1.x
    address strings are written so, `\\SERVER\SMS_SITE`.

    ## Why it is bad
    The first release puts two more backslashes before the name, cannot connect, and leaves the site alone
    for an hour.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "", "BuildNumber": 1239},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Order": 1, "Props": [
        {"PropertyName": "Connection Point", "Value1": "\\\\BOSSRV", "Value2": "SMS_Site"}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "", "BuildNumber": 1239},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Order": 1, "Props": [
        {"PropertyName": "Connection Point", "Value1": "BOSSRV", "Value2": "SMS_Site"}]}]
    ```

    ## Fix
    Type the bare name of the server in the properties of the address.

    ## Log lines
    `Error during WNetAddConnection2 to \\\\<server>\SMS_SITE (67).`,
    `... won't try send requests going to site <code> for an hour ...` (Sender.log)
    """
    server = address.server.value or ""
    if server.startswith("\\\\"):
        bare = server.lstrip("\\")
        action = f"In the properties of {address.title} type {bare} for the server."
        steps = ADDRESSES.steps(address.product, action)
        yield Finding(
            address.server,
            f"{address.title} names its server {server}; SMS 2.0 without a service pack puts two more "
            "backslashes before it and cannot connect",
            fix=Fix(f"Name the server {bare}.", (address.server.change(bare),), "manual", steps),
            expected=bare,
        )


@rule(
    "SMS202", "address-points-to-local-server", severity="error", reference="Q253270, Q266759", fix="manual"
)
def address_points_to_local_server(site: Site) -> Iterator[Finding]:
    r"""An address to another site leads to this site's own server.

    ## What it does
    Looks for an address whose destination is another site and whose server is the site server itself. The
    address of a site to itself, normal on SMS 1.x, is not meant. Documented for SMS 1.2 and 2.0.

    ## Why it is bad
    On SMS 1.2 the Application Manager blanks package sources (Q266759); on SMS 2.0 the site's own collections
    get locked (Q253270). What later versions do is not documented.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSMS01><EASTERN><New York><D:\SMS>
    END_SITE_ACCOUNT
    ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT>
      #28({}{\\NYCSMS01\SMS_SITE 00})
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSMS01><EASTERN><New York><D:\SMS>
    END_SITE_ACCOUNT
    ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT>
      #28({}{\\BOSSMS01\SMS_SITE 00})
    ```

    ## Fix
    Put the destination's own site server into the address.
    """
    for address in site.addresses_to_other_sites if site.code else ():
        server, code = address.server, address.destination.value
        if site.server_is(server.value):
            message = f"{address.title} leads to {server.value}, the server of this site, {site.code}"
            action = f"In {address.title} replace {server.value} by the site server of that site."
            description = f"Put the site server of {code} into the address."
            fix = in_console(server, address.product, description, action)
            yield Finding(server, message, fix=fix, expected=f"the site server of {code}")


@rule(
    "SMS204",
    "address-string-incomplete",
    severity={SMS_1: "error"},
    reference="Q122179, Q122180, Q122181",
    fix="manual",
)
def address_string_incomplete(address: Address) -> Iterator[Finding]:
    r"""An address string lacks its server, its share or its gateway.

    ## What it does
    Looks for an address of SMS 1.x, `{gateway}{\\SERVER\SMS_SITE account}`, without a server, without a
    share, or, over RAS or SNA, without what belongs in the first braces: the phone book's name or the
    gateway.

    ## Why it is bad
    The sender cannot connect, and writes event 257, 258, 259 or 275 instead.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    ADDRESS <NYC><BOS><MS_ASYNC_RAS_SENDER><RAS_ASYNC_DEFAULT>
      #28({}{\\BOSSMS01\SMS_SITE 00})
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    ADDRESS <NYC><BOS><MS_ASYNC_RAS_SENDER><RAS_ASYNC_DEFAULT>
      #34({Boston}{\\BOSSMS01\SMS_SITE 00})
    ```

    ## Fix
    Complete the address in the Addresses dialog.
    """
    gateway = [address.gateway] if address.family in ("RAS", "SNA") else []
    missing = [part for part in (address.server, address.share, *gateway) if part.is_blank]
    if missing:
        names = " and no ".join(part.label.removeprefix("Destination ").lower() for part in missing)
        message = f"{address.title} has no {names}, so its sender cannot connect"
        action = f"Give {address.title} its {names.replace(' no ', ' its ')}."
        fix = in_console(missing[0], address.product, "Complete the address in the Addresses dialog.", action)
        yield Finding(missing[0], message, fix=fix, expected=f"a {names.replace(' and no ', ' and a ')}")


@rule(
    "SMS205",
    "address-share-unexpected",
    severity="warning",
    reference="Q123221",
    certainty="derived",
    fix="manual",
)
def address_share_unexpected(address: Address) -> Iterator[Finding]:
    r"""An address leads to another share than the one that sites receive at.

    ## What it does
    Looks for an address to a site whose share is not `SMS_SITE`, letter case ignored. Derived: the articles
    (Q123221, Q125453) name this share and no other. Addresses of couriers and of distribution points are not
    meant; a destination of more than three characters is a distribution point.

    ## Why it is bad
    The despooler of the destination does not look there, so what is sent does not arrive.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT>
      #29({}{\\BOSSMS01\SMS_SITES 00})
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT>
      #28({}{\\BOSSMS01\SMS_SITE 00})
    ```

    ## Fix
    Set the share to `SMS_SITE`.
    """
    share = (address.share.value or "").strip()
    if share and share.upper() != SHARE and address.names_site and not address.is_courier:
        message = f"{address.title} leads to the share {share}; sites receive at {SHARE}"
        action = f"In {address.title} set the share to {SHARE}."
        fix = in_console(address.share, address.product, f"Set the share to {SHARE}.", action)
        yield Finding(address.share, message, fix=fix, expected=SHARE)


@rule(
    "SMS213",
    "address-without-sender",
    severity="error",
    reference="ConfigMgr 2007 help",
    certainty="derived",
    fix="manual",
)
def address_without_sender(site: Site) -> Iterator[Finding]:
    r"""No installed sender serves an address.

    ## What it does
    Looks for an address of a type for which the site has no sender. Courier addresses need none. The help of
    ConfigMgr 2007 says that the sender must exist first; for earlier versions it is derived. Where the inputs
    do not tell which senders are installed, the rule is silent.

    ## Why it is bad
    Nothing is sent by this address.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSMS01><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    ADDRESS <NYC><BOS><MS_ASYNC_RAS_SENDER><RAS_ASYNC_DEFAULT>
      #34({Boston}{\\BOSSMS01\SMS_SITE 00})
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SENDER
      <2765><MS_ASYNC_RAS_SENDER><SENDER.DLL><D><NYCSMS01><SMS_ASYNC_RAS_SENDER>
      OUTBOX <RAS_ASYNC_DEFAULT>
    END_SENDER
    ADDRESS <NYC><BOS><MS_ASYNC_RAS_SENDER><RAS_ASYNC_DEFAULT>
      #34({Boston}{\\BOSSMS01\SMS_SITE 00})
    ```

    ## Fix
    Install a sender of the type, or use an address of a type that has one.
    """
    served = {sender.serves for sender in site.senders}
    for address in site.addresses_to_other_sites if "installed senders" in site.holds else ():
        if has_sender(address.serves) and address.serves not in served:
            message = f"{address.title} is of type {address.type.value}, and no sender of it is installed"
            description = "Install a sender of the type, or use another address."
            action = f"Add a sender for {address.serves}."
            after = [f"Instead, {address.title} can be replaced by one of a type that has a sender."]
            fix = in_console(SENDERS, address.product, description, action, after=after)
            yield Finding(address.type, message, fix=fix, expected="a sender of the type")


@rule("SMS214", "sender-without-address", severity="info", certainty="derived", default=False)
def sender_without_address(site: Site) -> Iterator[Finding]:
    r"""No address uses an installed sender.

    ## What it does
    Looks for a sender of a type that none of the site's addresses has. Where the inputs do not tell all
    addresses the rule is silent.

    ## Why it is bad
    It does no harm; the sender may be a leftover, or an address may be missing.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SENDER
      <2765><MS_ISDN_RAS_SENDER><SENDER.DLL><D><NYCSMS01><SMS_ISDN_RAS_SENDER>
      OUTBOX <RAS_ISDN_DEFAULT>
    END_SENDER
    ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT>
      #28({}{\\BOSSMS01\SMS_SITE 00})
    ```
    """
    used = {address.serves for address in site.addresses}
    for sender in site.senders if "addresses" in site.holds else ():
        if sender.serves and not used & {sender.serves, ""}:
            yield Finding(sender, f"{sender.name} is installed, and no address uses it")


@rule("SMS215", "duplicate-address-order", severity="warning", reference="SMS_SCI_Address", fix="manual")
def duplicate_address_order(site: Site) -> Iterator[Finding]:
    r"""Two addresses to one site stand at the same place of the order.

    ## What it does
    Looks for two addresses to one destination with the same `Order`, or priority order, other than 0, which
    means automatic. An address listed twice counts once, and those of distribution points do not count.

    ## Why it is bad
    The order says which address is tried first; the SDK does not allow two at one place, and which one the
    site takes is not documented.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Order": 1, "Props": []},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_ASYNC_RAS", "DesSiteCode": "BOS",
      "Order": 1, "Props": []}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Order": 1, "Props": []},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_ASYNC_RAS", "DesSiteCode": "BOS",
      "Order": 2, "Props": []}]
    ```

    ## Fix
    Put the addresses into an order in the console.
    """
    ordered: dict[tuple[str, str, int], Address] = {}
    for address in site.addresses_to_other_sites:
        code, order = address.destination.value or "", address.order.value
        if not order:
            continue
        first = ordered.setdefault((address.path, code.upper(), order), address)
        if address.identity != first.identity:
            one, other = (each.serves or "an unnamed type" for each in (address, first))
            message = f"{address.title} over {one} has the order {order}, as has the one over {other}"
            description = "Put the addresses into an order in the console."
            action = f"Give each address to {code} a priority of its own."
            fix = in_console(address.order, address.product, description, action)
            related = ((first.order, "the other address"),)
            yield Finding(address.order, message, fix=fix, expected="an order of its own", related=related)


@rule(
    "SMS224",
    "address-server-is-ip",
    severity={CONFIGMGR_2007: "error"},
    reference="ConfigMgr 2007 help",
    fix="manual",
)
def address_server_is_ip(address: Address) -> Iterator[Finding]:
    r"""An address names its server by its IP address.

    ## What it does
    Looks for an address of ConfigMgr 2007 to a site whose server is an IPv4 or IPv6 address. Addresses of
    distribution points are not meant.

    ## Why it is bad
    The help of ConfigMgr 2007 says that with an IP address the communication with the site fails.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "", "BuildNumber": 6487},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Order": 1, "Props": [
        {"PropertyName": "Connection Point", "Value1": "10.1.2.3", "Value2": "SMS_Site"}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "", "BuildNumber": 6487},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Order": 1, "Props": [
        {"PropertyName": "Connection Point", "Value1": "BOSSRV", "Value2": "SMS_Site"}]}]
    ```

    ## Fix
    Put the name of the site server into the address.
    """
    server = address.server
    if address.names_site and address.server_is_number:
        message = f"{address.title} names its server by the IP address {server.value}, where a name belongs"
        description = "Put the name of the site server into the address."
        action = f"In {address.title} replace {server.value} by the name of the site server."
        fix = in_console(server, address.product, description, action)
        yield Finding(server, message, fix=fix, expected="the name of a server")


@rule(
    "SMS229",
    "several-routes-to-one-site",
    severity={FROM_2012: "warning"},
    reference="Configuration Manager documentation, file-based replication",
    fix="manual",
)
def several_routes_to_one_site(site: Site) -> Iterator[Finding]:
    r"""A site has more than one file replication route to another.

    ## What it does
    Looks for two routes, not by courier, of one site to the same site, on Configuration Manager 2012 or
    later. The same route in two files is one. Up to ConfigMgr 2007 several addresses to one site are advised.

    ## Why it is bad
    The documentation says that each site supports one file replication route to a specific destination site.
    It does not say which of several is taken.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "AddressPriorityOrder": 1, "Props": [
        {"PropertyName": "Connection Point", "Value1": "BOSSRV", "Value2": "SMS_Site"}]},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "AddressPriorityOrder": 2, "Props": [
        {"PropertyName": "Connection Point", "Value1": "BOSOLD", "Value2": "SMS_Site"}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "AddressPriorityOrder": 1, "Props": [
        {"PropertyName": "Connection Point", "Value1": "BOSSRV", "Value2": "SMS_Site"}]}]
    ```

    ## Fix
    Delete the routes that are not meant.
    """
    for addresses in site.addresses_by_destination.values():
        distinct = {each.identity: each for each in reversed(addresses) if not each.is_courier}
        *more, first = distinct.values() if distinct else [addresses[0]]
        for address in reversed(more):
            server, at = address.server.value or "an unnamed server", address.destination
            message = f"{address.title} over {server} is one of several; a site has one route to another"
            action = f"Of the routes to {at.value} delete those that are not meant."
            fix = in_console(at, address.product, "Leave one route to the site.", action)
            related = ((first.destination, "the other route"),)
            yield Finding(at, message, fix=fix, expected="one route", related=related)


@rule(
    "SMS230",
    "secondary-route-with-account",
    severity={CONFIGMGR_2007: "warning", FROM_2012: "info"},
    reference="ConfigMgr 2007 help; Configuration Manager documentation, file-based replication",
    fix="manual",
)
def secondary_route_with_account(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A route of a secondary site, or to one, names an account.

    ## What it does
    Looks for an account of a route whose site is a secondary one; on ConfigMgr 2007 also for one of a route
    to the site's own secondary. Whether an account is set is all that smslint keeps of it.

    ## Why it is bad
    A secondary site of ConfigMgr 2007 is in the forest of its parent, so between the two no account can be
    configured: the computer accounts of the site servers belong there. From Configuration Manager 2012 on a
    secondary site always uses its server's computer account, and the account named has no effect.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "BKN", "ParentSiteCode": "NYC", "SiteType": 1,
      "BuildNumber": 6487},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "BKN", "AddressType": "MS_LAN", "DesSiteCode": "NYC",
      "Order": 1, "Props": [
        {"PropertyName": "LAN Login", "Value1": "", "Value2": "CONTOSO\\sender"}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "BKN", "ParentSiteCode": "NYC", "SiteType": 1,
      "BuildNumber": 6487},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "BKN", "AddressType": "MS_LAN", "DesSiteCode": "NYC",
      "Order": 1, "Props": [
        {"PropertyName": "LAN Login", "Value1": "", "Value2": ""}]}]
    ```

    ## Fix
    On ConfigMgr 2007 delete the address and make it again without an account: blanking it is not enough. Add
    the computer account of the sending site's server to the group `SMS_SiteToSiteConnection_<site code>` of
    the destination.
    """
    for site, code, addresses in hierarchy.addresses:
        other = hierarchy.site(code)
        is_below = other is not None and other.kind == "secondary" and other.parent_is(site.code)
        for address in addresses if site.code else ():
            leads_down = is_below and address.product.overlaps(CONFIGMGR_2007)
            if address.has_account and (site.kind == "secondary" or leads_down):
                harm = "where the computer accounts of the site servers belong"
                if address.product.within(FROM_2012):
                    harm = "which has no effect there"
                message = (
                    f"{address.title}, between a primary site and its secondary, names an account, {harm}"
                )
                fix = _without_account(address, code)
                yield Finding(address.destination, message, fix=fix, expected="no account", site=site)


def _without_account(address: Address, code: str) -> Fix:
    """The address made again: the accounts of the computers must be let in instead."""
    group = f"SMS_SiteToSiteConnection_{code}"
    return in_console(
        address.destination,
        address.product,
        "Make the address again without an account.",
        f"Delete {address.title}, and make it again without an account.",
        after=[f"Add the computer account of this site's server to the group {group} there."],
    )


@rule(
    "SMS316",
    "destination-code-too-long",
    severity={SMS_2_AND_LATER: "warning"},
    reference="SMS_SCI_Address",
    certainty="derived",
    fix="manual",
)
def destination_code_too_long(address: Address) -> Iterator[Finding]:
    r"""An address to a site has a destination that is not a site code.

    ## What it does
    Looks for an address that says it leads to a site (`DestinationType` 0), but whose `DesSiteCode` is not
    three characters. Derived from what the SDK says of both: a distribution point has the type 1 and its name
    there.

    ## Why it is bad
    No site has such a code, so nothing can be sent to it.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DestinationType": 0,
      "DesSiteCode": "BOST", "Props": []}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DestinationType": 0,
      "DesSiteCode": "BOS", "Props": []}]
    ```

    ## Fix
    Delete the address, and make it again to the site that is meant.
    """
    at, code = address.destination, address.destination.value
    if address.destination_type.value == 0 and code and len(code) != SITE_CODE_LENGTH:
        message = f"{address.title} says that it leads to a site, but {code} is not a site code"
        description = "Delete the address, and make it again to the site that is meant."
        fix = in_console(at, address.product, description)
        yield Finding(at, message, fix=fix, expected="three characters")
