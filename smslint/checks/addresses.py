"""SMS2xx, addresses: where each leads, over what, and whether a sender serves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from smslint.checks.cures import by_hand
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.address import Address
from smslint.schema.console import ADDRESSES, SENDERS
from smslint.schema.hierarchy import server_names
from smslint.schema.sender import has_sender
from smslint.schema.site import Site, computer, way
from smslint.schema.version import SMS_1, ProductVersion

SMS_2_RTM = ProductVersion.between("2.0rtm", "2.0rtm")
FROM_SMS_2_SP1 = ProductVersion.between("2.0sp1", "current")
SHARE = "SMS_SITE"


@rule(
    "SMS201",
    "address-server-double-backslash",
    severity={SMS_2_RTM: "error", FROM_SMS_2_SP1: "info"},
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
        yield Finding(
            address.server,
            f"{address.title} names its server {server}; SMS 2.0 without a service pack puts two more "
            "backslashes before it and cannot connect",
            fix=Fix(
                f"Name the server {bare}.",
                (address.server.change(bare),),
                "manual",
                ADDRESSES.steps(
                    address.product, f"In the properties of {address.title} type {bare} for the server."
                ),
            ),
            expected=bare,
        )


@rule("SMS202", "address-points-to-local-server", severity="error", reference="Q253270", fix="manual")
def address_points_to_local_server(site: Site) -> Iterator[Finding]:
    r"""An address to another site leads to this site's own server.

    ## What it does
    Looks for an address whose destination is another site and whose server is the site server itself
    (Q253270, Q266759). The address of a site to itself, normal on SMS 1.x, is none.

    ## Why it is bad
    What is meant for the other site comes back. On SMS 1.2 the Application Manager then blanks package
    sources; on SMS 2.0 the site's own collections get locked.

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
    own = server_names(site)
    if not site.code:
        return
    for addresses in site.addresses_by_destination.values():
        for address in addresses:
            server = address.server.value
            if server and computer(server) in own:
                yield Finding(
                    address.server,
                    f"{address.title} leads to {server}, the server of this site, {site.code}",
                    fix=by_hand(
                        f"Put the site server of {address.destination.value} into the address.",
                        *ADDRESSES.steps(
                            address.product,
                            f"In {address.title} replace {server} by the site server of that site.",
                        ),
                    ),
                    expected=f"the site server of {address.destination.value}",
                )


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
    share, or, over RAS or SNA, without what belongs into the first braces: the phone book's name or the
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
    needed = [address.server, address.share]
    if address.family in ("RAS", "SNA"):
        needed.append(address.gateway)
    missing = [part for part in needed if part.value is not None and not part.value.strip()]
    if missing:
        names = " and no ".join(part.declared.label.removeprefix("Destination ").lower() for part in missing)
        yield Finding(
            missing[0],
            f"{address.title} has no {names}, so its sender cannot connect",
            fix=by_hand(
                "Complete the address in the Addresses dialog.",
                *ADDRESSES.steps(
                    address.product, f"Give {address.title} its {names.replace(' no ', ' its ')}."
                ),
            ),
            expected=f"a {names.replace(' and no ', ' and a ')}",
        )


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
    (Q123221, Q125453) name this share and no other. Addresses of couriers and distribution points are none.

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
        yield Finding(
            address.share,
            f"{address.title} leads to the share {share}; sites receive at {SHARE}",
            fix=by_hand(
                f"Set the share to {SHARE}.",
                *ADDRESSES.steps(address.product, f"In {address.title} set the share to {SHARE}."),
            ),
            expected=SHARE,
        )


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
    if "installed senders" not in site.holds:
        return
    served = {sender.serves for sender in site.senders}
    for addresses in site.addresses_by_destination.values():
        for address in addresses:
            if has_sender(address.serves) and address.serves not in served:
                yield Finding(
                    address.type,
                    f"{address.title} is of type {address.type.value}, and no sender of it is installed",
                    fix=by_hand(
                        "Install a sender of the type, or use another address.",
                        *SENDERS.steps(address.product, f"Add a sender for {address.serves}."),
                        f"Instead, {address.title} can be replaced by one of a type that has a sender.",
                    ),
                    expected="a sender of the type",
                )


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
    if "addresses" not in site.holds:
        return
    used = {address.serves for address in site.addresses}
    for sender in site.senders:
        if sender.serves and not used & {sender.serves, ""}:
            yield Finding(sender, f"{sender.name} is installed, and no address uses it")


@rule("SMS215", "duplicate-address-order", severity="warning", reference="SMS_SCI_Address", fix="manual")
def duplicate_address_order(site: Site) -> Iterator[Finding]:
    r"""Two addresses to one site stand at the same place of the order.

    ## What it does
    Looks for two addresses to one destination with the same `Order`, or priority order, other than 0, which
    means automatic. An address that an export lists twice is none, nor are those of distribution points.

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
    for addresses in site.addresses_by_destination.values():
        placed: dict[tuple[str, int], list[Address]] = defaultdict(list)
        for address in addresses:
            if address.order.value and address.place:
                placed[address.place.path, address.order.value].append(address)
        for (_, order), (first, *more) in placed.items():
            for address in more:
                if way(address) != way(first):
                    yield Finding(
                        address.order,
                        f"{address.title} over {address.serves or 'an unnamed type'} has the order {order}, "
                        f"as has the one over {first.serves or 'an unnamed type'}",
                        fix=by_hand(
                            "Put the addresses into an order in the console.",
                            *ADDRESSES.steps(
                                address.product,
                                f"Give each address to {address.destination.value} a priority of its own.",
                            ),
                        ),
                        expected="an order of its own",
                        related=((first.order, "the other address"),),
                    )
