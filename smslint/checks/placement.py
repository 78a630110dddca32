"""SMS1xx, placement: which senders and outboxes are installed, and on which server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smslint.checks.remediation import by_hand, in_console
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.console import SCHEDULES, SITE
from smslint.schema.sender import Sender
from smslint.schema.server import computer
from smslint.schema.site import Site
from smslint.schema.sitecontrol import Outbox
from smslint.schema.version import CONFIGMGR_2007, SMS_1, SMS_1_0, SMS_1_1_AND_1_2

DEFAULT_OUTBOXES: Final = frozenset(
    {
        "LAN_DEFAULT",
        "SNA_BATCH_DEFAULT",
        "SNA_INTER_DEFAULT",
        "RAS_ASYNC_DEFAULT",
        "RAS_ISDN_DEFAULT",
        "RAS_X25_DEFAULT",
    }
)
"""The outboxes that SMS 1.x makes (SMS 1.2 Resource Guide)."""


@rule(
    "SMS103",
    "duplicate-lan-sender",
    severity={SMS_1_1_AND_1_2: "warning"},
    reference="Q138243",
    fix="manual",
)
def duplicate_lan_sender(site: Site) -> Iterator[Finding]:
    r"""The LAN sender is there twice: one of the two is a phantom.

    ## What it does
    Looks for a second `SMS_LAN_SENDER` on the same server in one site control file of SMS 1.1 or 1.2. It is
    what a failed installation of a sender on another server leaves behind.

    ## Why it is bad
    Whoever deletes the phantom in Site Properties zeroes the registry values of the real sender, which then
    sends nothing and cannot be added again (SMS102).

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSMS01><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSMS01><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSMS01><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    ```

    ## Fix
    Do not delete it. Modify, add or delete some other sender, which clears the phantom.
    """
    installed: dict[tuple[str, str], Sender] = {}
    for sender in site.senders:
        server = computer(sender.server.value or "")
        if not server or not sender.component_is("SMS_LAN_SENDER"):
            continue
        first = installed.setdefault((sender.path, server), sender)
        if sender is not first:
            fault = f"is installed a second time on {server}: a phantom that must not be deleted"
            description = "Leave it alone; modify, add or delete some other sender, which clears it."
            action = "Modify, add or delete some other sender."
            before = ["Do not delete the phantom: that sets the registry values of the real sender to 0."]
            fix = in_console(sender.server, sender.product, description, action, before=before)
            expected, related = "one LAN sender on a server", ((first, "the other one"),)
            yield Finding(sender, f"{sender.name} {fault}", fix=fix, expected=expected, related=related)


@rule(
    "SMS115",
    "sender-on-invalid-server",
    severity={SMS_1_1_AND_1_2: "error"},
    reference="Q140366",
    fix="manual",
)
def sender_on_invalid_server(site: Site) -> Iterator[Finding]:
    r"""A sender is installed on a server that cannot run one.

    ## What it does
    Looks for a sender of SMS 1.1 or 1.2 on a server that is neither the site server nor a logon server of any
    domain of the site (Q135087, Q140366). The site control file tells all three; where a domain's logon
    servers are found automatically, its list may be incomplete, and the finding is only possible.

    ## Why it is bad
    The sender is not installed, nothing is sent through it, and the attempt leaves a phantom LAN sender
    behind (SMS103).

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSMS01><EASTERN><New York><D:\SMS>
    END_SITE_ACCOUNT
    BEGIN_DOMAIN
      <EASTERN><Microsoft Windows NT or LAN Manager><2>
      LOGONSERVER <NYCSMS01><><0><D:>
    END_DOMAIN
    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSMS09><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSMS01><EASTERN><New York><D:\SMS>
    END_SITE_ACCOUNT
    BEGIN_DOMAIN
      <EASTERN><Microsoft Windows NT or LAN Manager><2>
      LOGONSERVER <NYCSMS01><><0><D:>
      LOGONSERVER <NYCSMS09><><0><D:>
    END_DOMAIN
    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSMS09><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    ```

    ## Fix
    Enumerate the server as a logon server first, or move the sender back to the site server.
    """
    able = site.servers.keys() | {computer(name) for domain in site.domains for name in domain.logon_servers}
    is_open = any(domain.finds_logon_servers for domain in site.domains)
    doubt = " that the file lists, and it finds some by itself" if is_open else ""
    for sender in site.senders if "installed senders" in site.holds else ():
        server = sender.server.value
        if site.is_elsewhere(server) and computer(server or "") not in able:
            yield Finding(
                sender.server,
                f"{sender.name} is installed on {server}, which is neither the site server nor "
                f"a logon server of any domain of the site{doubt}",
                fix=_made_logon_server(site, server or ""),
                expected="the site server or a logon server",
                severity="warning" if is_open else None,
            )


def _made_logon_server(site: Site, server: str) -> Fix:
    return in_console(
        SITE,
        site.product,
        "Make the server a logon server of the site, or move the sender back.",
        f"In Domains enumerate {server} as a logon server, or in Senders move the sender back to the site "
        "server.",
    )


@rule("SMS116", "outbox-relocated", severity={SMS_1: "warning"}, reference="Q126229", fix="manual")
def outbox_relocated(site: Site) -> Iterator[Finding]:
    r"""An outbox was renamed or moved.

    ## What it does
    Looks for an outbox of SMS 1.x whose name is none of the six that SMS makes, whose server is not the site
    server, or whose drive is not the one that SMS is installed on. Outboxes can neither be moved nor renamed
    (Q107244, Q107245).

    ## Why it is bad
    To move or rename an outbox is not supported. The sender looks for it where SMS put it and may find none;
    three cycles of Site Configuration Manager may make the move work.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSMS01><EASTERN><New York><D:\SMS>
    END_SITE_ACCOUNT
    OUTBOX <LAN_DEFAULT><><MS_LAN_SENDER><><1><E><NYCSMS01>
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSMS01><EASTERN><New York><D:\SMS>
    END_SITE_ACCOUNT
    OUTBOX <LAN_DEFAULT><><MS_LAN_SENDER><><1><D><NYCSMS01>
    ```

    ## Fix
    Put the outbox back. If it has to stay, make Site Configuration Manager run three cycles, which may make
    the move work: each time choose Outboxes, Proposed Properties and OK.

    ## Log lines
    `Registry indicates no outbox for the sender to scan.` (Lansend.log)
    """
    for outbox in site.outboxes:
        if faults := " and ".join(_relocations(site, outbox)):
            message = f"{outbox.title} {faults}: that is not supported, and its sender may not find it"
            fix = by_hand("Put the outbox back.", f"Open {SCHEDULES.where(outbox.product)}.", *_PUT_BACK)
            expected = "a default outbox, on the site server and the drive of SMS"
            yield Finding(outbox, message, fix=fix, expected=expected)


_PUT_BACK: Final = (
    "Give the outbox its name, server and drive back.",
    "Three times choose Outboxes, Proposed Properties and OK, and wait each time until Site Configuration "
    "Manager has run its cycle: that may make a move work too.",
)


def _relocations(site: Site, outbox: Outbox) -> Iterator[str]:
    """What of an outbox is not as SMS made it, on one of the site's servers and on a drive of SMS."""
    name, server, drive = outbox.name.value, outbox.server.value, outbox.drive.value
    if name and name.upper() not in DEFAULT_OUTBOXES:
        yield "has none of the six names that SMS gives"
    if site.is_elsewhere(server):
        yield f"is on {server}, not on the site server"
    if site.drives and drive and drive[0].upper() not in site.drives:
        yield f"is on drive {drive}, not on the drive of SMS"


@rule(
    "SMS117",
    "sender-outbox-missing",
    severity={SMS_1: "error"},
    reference="Q126229",
    certainty="derived",
    fix="manual",
)
def sender_outbox_missing(site: Site) -> Iterator[Finding]:
    r"""A sender's outbox does not exist, or belongs to senders of another type.

    ## What it does
    Looks for a sender of SMS 1.x whose `OUTBOX` line names no outbox of the site, or one that is for another
    address type. Derived from what a moved outbox does (Q126229) and the layout of the site control file.

    ## Why it is bad
    The sender finds no send requests, so nothing is sent through it.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSMS01><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    OUTBOX <RAS_ASYNC_DEFAULT><><MS_ASYNC_RAS_SENDER><><1><D><NYCSMS01>
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSMS01><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    OUTBOX <LAN_DEFAULT><><MS_LAN_SENDER><><1><D><NYCSMS01>
    ```

    ## Fix
    Give the sender an outbox of its own address type in Site Properties.
    """
    for sender in site.senders if "schedules" in site.holds else ():
        name = sender.outbox.value
        served = site.outbox_types.get((name or "").upper())
        if not name or (served and (not sender.serves or served & {sender.serves, ""})):
            continue
        fault = "which the site does not have"
        if served:
            fault = f"which is for {min(served)}, not for {sender.serves}"
        message = f"{sender.name} takes its work from the outbox {name}, {fault}"
        description = "Give the sender an outbox of its own address type."
        action = f"Give {sender.name} an outbox of its own address type."
        fix = in_console(sender.outbox, sender.product, description, action)
        yield Finding(sender.outbox, message, fix=fix, expected="an outbox of the sender's address type")


@rule(
    "SMS120",
    "scheduler-or-despooler-off-site-server",
    severity={SMS_1_0: "error"},
    reference="Q131698",
    fix="manual",
)
def scheduler_or_despooler_off_site_server(site: Site) -> Iterator[Finding]:
    r"""The scheduler or the despooler of SMS 1.0 runs on another server.

    ## What it does
    Looks for `SMS_SCHEDULER` or `SMS_DESPOOLER` on a server other than the site server, on SMS 1.0. SMS 1.1
    fixes it.

    ## Why it is bad
    SMS Executive may lose track of the component with many clients and helper servers: jobs pile up in the
    Scheduler, and child sites stop reporting.

    ## Example
    ```ct0
    SITE CONTROL FILE [600][1.08]

    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSMS01><EASTERN><New York><D:\SMS>
    END_SITE_ACCOUNT
    BEGIN_COMPONENT
      <2253><SMS_SCHEDULER><SCHED.DLL><NYCSMS02><D>
    END_COMPONENT
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [600][1.08]

    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSMS01><EASTERN><New York><D:\SMS>
    END_SITE_ACCOUNT
    BEGIN_COMPONENT
      <2253><SMS_SCHEDULER><SCHED.DLL><NYCSMS01><D>
    END_COMPONENT
    ```

    ## Fix
    Move the component back to the site server, or upgrade.
    """
    for component in site.components:
        server, moves = component.server, component.component_is("SMS_SCHEDULER", "SMS_DESPOOLER")
        if moves and site.is_elsewhere(server.value):
            message = (
                f"{component.name} runs on {server.value}, not on the site server: with many clients and "
                "helper servers SMS Executive may lose track of it"
            )
            description = "Move it back to the site server, or upgrade to SMS 1.1."
            action = f"Move {component.name} back to the site server."
            after = ["Instead, upgrading the site to SMS 1.1 fixes it too."]
            fix = in_console(SITE, component.product, description, action, after=after)
            yield Finding(server, message, fix=fix, expected="the site server")


@rule(
    "SMS125",
    "sender-off-site-server",
    severity={CONFIGMGR_2007: "warning"},
    reference="ConfigMgr 2007 help",
    certainty="derived",
    fix="manual",
)
def sender_off_site_server(site: Site) -> Iterator[Finding]:
    r"""A sender of ConfigMgr 2007 is on another server than the site server.

    ## What it does
    Looks for a sender component of ConfigMgr 2007 whose server is not the site server, compared by their
    first labels. The help says that a sender is on the site server; it does not say what harm another place
    does.

    ## Why it is bad
    The product is not meant to run a sender there. The component may be left from an earlier version.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "",
      "SiteServerName": "NYCSRV", "BuildNumber": 6487},
     {"__CLASS": "SMS_SCI_Component", "SiteCode": "NYC", "ComponentName": "SMS_LAN_SENDER", "Flag": 6,
      "Name": "NYCSRV2", "Props": []}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "",
      "SiteServerName": "NYCSRV", "BuildNumber": 6487},
     {"__CLASS": "SMS_SCI_Component", "SiteCode": "NYC", "ComponentName": "SMS_LAN_SENDER", "Flag": 6,
      "Name": "nycsrv.contoso.com", "Props": []}]
    ```

    ## Fix
    Put a sender on the site server, and remove the other one.
    """
    for sender in site.senders:
        server = sender.server
        if site.is_elsewhere(server.value):
            message = f"{sender.name} is on {server.value}, not on the site server"
            description = "Put a sender on the site server, and remove the other one."
            action = f"Add a sender of this type on the site server, then delete {server.value}'s."
            fix = in_console(server, sender.product, description, action)
            yield Finding(server, message, fix=fix, expected="the site server")
