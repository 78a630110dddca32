"""SMS2xx, schedules: when an address may be used, and for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from smslint.checks.remediation import in_console, upgrade_to
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix, Severity
from smslint.schema.address import Address
from smslint.schema.console import SCHEDULES
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.schedule import Usage, UsageSchedule
from smslint.schema.sender import Sender
from smslint.schema.site import Site
from smslint.schema.version import (
    FROM_2_0_TO_2007,
    FROM_2012,
    SMS_1_2,
    SMS_2_0,
    SMS_2_0_BEFORE_SP2,
)

RETRIES: Final = dict(Sender.declared())["number_of_retries"].label


def _opened(address: Address) -> Fix:
    description = "Open the address at some hours."
    if address.product.within(FROM_2012):
        description += " The script opens it at every hour; the console lets you choose."
    action = f"Open {address.title} to all priorities at the hours you choose."
    always = UsageSchedule((Usage.ALL,) * 168)
    changes = (address.schedule.change(always),)
    return in_console(address.schedule, address.product, description, action, changes=changes)


@rule(
    "SMS216",
    "address-always-closed",
    severity="error",
    reference="SMS_SCI_Address",
    certainty="derived",
    fix="manual",
)
def address_always_closed(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""An address is closed at every hour of the week.

    ## What it does
    Looks for an address whose schedule is Closed in all 168 hours. It is an error where it is the only
    address to the parent or to a child site, and a warning where it is not the only one or the relation to
    the destination is not known. For a schedule of SMS 1.x of nothing but zeros it only informs: that zero
    means closed is not proven. Derived from what the SDK says of a closed hour.

    ## Why it is bad
    Nothing is ever sent by this address; with no other one the site is cut off.

    ## Example
    `smslint/checks/examples/SMS216.example.json`: an address that is closed at every hour.

    ## Use instead
    `smslint/checks/examples/SMS216.instead.json`: the same, closed on Sundays only.

    ## Fix
    Open the address at some hours, or delete it.
    """
    for site, code, addresses in hierarchy.addresses:
        is_only = "addresses" in site.holds and len({address.identity for address in addresses}) == 1
        for address in addresses:
            at = address.schedule
            if at.value and at.value.all_zero:
                words = "has a schedule of nothing but zeros, which probably means closed at every hour"
                yield Finding(at, f"{address.title} {words}", severity="info", site=site)
            elif address.is_always_closed:
                none = ", and there is no other" if is_only else ""
                message = f"{address.title} is closed at every hour of the week{none}"
                is_vital = is_only and hierarchy.is_parent_or_child(site, code)
                level: Severity | None = None if is_vital else "warning"
                fix, expected = _opened(address), "some hour that is not closed"
                yield Finding(at, message, fix=fix, expected=expected, severity=level, site=site)


@rule("SMS217", "address-high-priority-only", severity="warning", reference="Q320676", fix="manual")
def address_high_priority_only(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""The addresses to a site never let medium or low priority pass.

    ## What it does
    Looks at all addresses to one site together, couriers left out: whether one of them lets medium priority
    pass at some hour. If they do, but none ever takes low priority, it informs. Where all are closed at every
    hour that is SMS216. From Configuration Manager 2012 on a primary site sends its central administration
    site only content by file, so it is silent there, and informs where the inputs do not show whether the
    other site is that.

    ## Why it is bad
    Inventory, discovery data, collections, status, summaries and advertisements are of medium priority unless
    set otherwise, and never arrive. Only site control files, definitions at attach and the installation
    of secondary sites are of high priority. Status messages of clients are of low priority unless set
    otherwise. From Configuration Manager 2012 on that is content and the client data of secondary sites:
    global and site data goes by database replication.

    ## Example
    `smslint/checks/examples/SMS217.example.json`: an address that is High only at every hour.

    ## Use instead
    `smslint/checks/examples/SMS217.instead.json`: the same, open to all priorities on Saturdays.

    ## Fix
    Allow all priorities at some hours of the week.
    """
    for site, code, addresses in hierarchy.addresses:
        priority = "" if _only_content(hierarchy, site, code) else _never_passes(addresses)
        if priority and "addresses" in site.holds:
            yield _blocked(site, addresses, priority, _doubt(hierarchy, site, code))


def _blocked(site: Site, addresses: Sequence[Address], priority: str, doubt: str) -> Finding:
    first, *others = (each for each in addresses if not (each.is_courier or each.is_always_closed))
    lets = " and the others to it let" if others else " lets"
    harm = f"{_harm(site, priority)}{doubt}"
    return Finding(
        first.schedule,
        f"{first.title}{lets} {priority} priority pass at no hour of the week: {harm}",
        fix=_opened(first),
        expected=f"some hour for {priority} priority",
        severity="info" if doubt or priority == "low" else None,
        related=tuple((each.schedule, "another address to the site") for each in others),
        site=site,
    )


def _harm(site: Site, priority: str) -> str:
    # From 2012 on global and site data goes by database replication.
    if site.product.within(FROM_2012):
        clients = " and the client data of a secondary site" if priority == "medium" else ""
        return f"content of this priority{clients} never {'arrive' if clients else 'arrives'}"
    if priority == "low":
        return "status messages of clients never arrive unless their priority was raised"
    return "inventory, discovery data, status and collections never arrive"


def _never_passes(addresses: Sequence[Address]) -> str:
    """The highest priority that no address to a site lets pass at any hour of the week, at others it does.

    Empty where there is none, and where the schedule of an address is not known.
    """
    weeks = [each.schedule.value for each in addresses if not each.is_courier]
    known = [week for week in weeks if week is not None]
    if len(known) < len(weeks) or all(week.always(Usage.CLOSED) for week in known):
        return ""
    if any(week.carries_low for week in known):
        return ""
    return "low" if any(week.carries_medium for week in known) else "medium"


def _only_content(hierarchy: Hierarchy, site: Site, code: str) -> bool:
    """Whether a site sends its parent only content by file: a primary site of 2012 or later does."""
    if not site.parent_is(code):
        return False
    parent = hierarchy.site(code)
    is_central = parent is not None and parent.kind == "central"
    return is_central or (site.kind == "primary" and site.product.within(FROM_2012))


def _doubt(hierarchy: Hierarchy, site: Site, code: str) -> str:
    """Where the inputs leave open that the other site is the central one above this: what is said of it."""
    if site.kind not in (None, "primary") or not site.product.overlaps(FROM_2012):
        return ""
    if site.parent_code is not None and not site.parent_is(code):
        return ""
    other = hierarchy.site(code)
    if other is not None and (other.kind not in (None, "central") or other.parent_code):
        return ""
    return f"; no fault if {code} is the central administration site above this one"


@rule(
    "SMS218",
    "advertisement-priority-inverted",
    severity={SMS_2_0_BEFORE_SP2: "info"},
    reference="Q237330",
    certainty="derived",
    fix="manual",
)
def advertisement_priority_inverted(address: Address) -> Iterator[Finding]:
    r"""High-priority advertisements miss a window that is meant for them.

    ## What it does
    Looks for an address with hours that are High only, on SMS 2.0 without a service pack or SP1. SP2 fixes
    it. That such windows suffer is derived; Q237330 describes the swap of the priorities.

    ## Why it is bad
    Advertisements marked high travel as low and those marked low as high, so the window lets the wrong ones
    pass.

    ## Example
    `smslint/checks/examples/SMS218.example.json`: an address that is High only on Sundays, on SMS 2.0 without
    a service pack.

    ## Fix
    Install SP2 or later.
    """
    schedule = address.schedule
    if schedule.value and Usage.HIGH_ONLY in schedule.value.hours:
        message = (
            f"{address.title} has hours for high priority only; before SP2 SMS 2.0 takes advertisements "
            "marked high for low, and low for high"
        )
        release = "SMS 2.0 SP2 or later"
        yield Finding(schedule, message, fix=upgrade_to(release), expected=release)


@rule(
    "SMS220",
    "no-throttle-on-remote-address",
    severity="info",
    reference="Q281754",
    fix="manual",
    default=False,
)
def no_throttle_on_remote_address(address: Address) -> Iterator[Finding]:
    r"""An address may take the whole link at any hour.

    ## What it does
    Looks for an address to another site that is open to all priorities at every hour and has neither rate
    limits nor pulse mode. No export tells whether its link is slow, so the rule is off by default.

    ## Why it is bad
    On a slow link packages crowd out everything else; Q281754 recommends a limit there.

    ## Example
    `smslint/checks/examples/SMS220.example.json`: an address that is open at every hour without any limit.

    ## Use instead
    `smslint/checks/examples/SMS220.instead.json`: the same in pulse mode.

    ## Fix
    Give addresses over slow links a schedule or rate limits.
    """
    if address.rate_limits.value is None or address.is_courier or not address.names_site:
        return
    if address.is_always_open and address.throttle is None:
        message = f"{address.title} has neither a schedule nor a rate limit; on a slow link either is advised"
        description = "If the link is slow, give the address a schedule or rate limits."
        action = f"Limit the hours of {address.title}, or its rate."
        fix = in_console(address.schedule, address.product, description, action)
        yield Finding(address, message, fix=fix)


@rule(
    "SMS221",
    "schedule-cannot-interrupt",
    severity={SMS_2_0: "info"},
    reference="Q317893",
    fix="manual",
    default=False,
)
def schedule_cannot_interrupt(address: Address) -> Iterator[Finding]:
    r"""A sending that runs keeps the schedule it began with.

    ## What it does
    Looks for an address of SMS 2.0 with closed hours or rate limits. A hotfix after SP3 fixes it, and a later
    service pack holds it; which one is not known, so the rule informs on all of SMS 2.0.

    ## Why it is bad
    When an administrator changes the schedule or the rate of the address while a package is being sent, the
    thread goes on with what it loaded at its start: the change takes effect with the next sending only.

    ## Example
    `smslint/checks/examples/SMS221.example.json`: an address that is closed on Sundays.

    ## Fix
    Change the address while nothing is sent to it, or install a later service pack than SP3, or the hotfix of
    Q317893 (Sender.dll 2.0.1493.3273).
    """
    closes = address.schedule.value is not None and Usage.CLOSED in address.schedule.value.hours
    if closes or address.is_limited:
        at, what = (address.schedule, "closed hours") if closes else (address.rate_limits, "rate limits")
        message = (
            f"{address.title} has {what}: a running sending keeps those it began with, whatever is changed"
        )
        description = "Change the address while nothing is sent to it."
        action = f"Change the hours or the rate of {address.title} while nothing is sent to it."
        after = ["Instead, install a later service pack, or the hotfix of Q317893."]
        fix = in_console(at, address.product, description, action, after=after)
        yield Finding(at, message, fix=fix)


@rule(
    "SMS222",
    "outbox-window-narrow-with-retries",
    severity={SMS_1_2: "info"},
    reference="Q214485",
    fix="manual",
    default=False,
)
def outbox_window_narrow_with_retries(site: Site) -> Iterator[Finding]:
    r"""A RAS or SNA outbox that is not always open serves several sites.

    ## What it does
    Looks for an outbox for RAS or SNA on SMS 1.2 whose schedule has hours other than always open, at a site
    with addresses of its type to more than one site. What such an hour means exactly is not documented.

    ## Why it is bad
    One destination that does not answer holds the sender while it retries; the fewer hours the outbox is
    open, the less is left for the others.

    ## Example
    `smslint/checks/examples/SMS222.example.ct0`: an outbox for RAS that is not open at night, and two
    addresses over it.

    ## Fix
    Widen the window, or lower the number of retries.
    """
    for outbox in site.outboxes:
        if outbox.family not in ("RAS", "SNA") or not outbox.is_restricted:
            continue
        reached = len(site.destinations(outbox.serves))
        if reached > 1:
            message = (
                f"{outbox.title} is not open at all hours and serves {reached} sites: retries to one take "
                "the time of the others"
            )
            description = "Widen the window, or lower the number of retries."
            after = [f"Instead, lower {RETRIES} of the sender, and restart SMS Executive."]
            action = f"Open {outbox.name.value} at more hours."
            fix = in_console(SCHEDULES, outbox.product, description, action, after=after)
            yield Finding(outbox.schedule, message, fix=fix)


@rule(
    "SMS231",
    "address-never-substitutes",
    severity={FROM_2_0_TO_2007: "info"},
    reference="ConfigMgr 2007 help",
    certainty="derived",
    fix="manual",
    default=False,
)
def address_never_substitutes(site: Site) -> Iterator[Finding]:
    r"""Of several addresses to a site none stands in for the first.

    ## What it does
    Looks, from SMS 2.0 to ConfigMgr 2007, for a site that several addresses lead to, none of which after the
    first may be used in place of a failed one at any hour (`Backup`). Derived from what the help says of that
    setting.

    ## Why it is bad
    When the first address fails, the others do not help. That may be meant.

    ## Example
    `smslint/checks/examples/SMS231.example.json`: two addresses, no hour of which substitutes.

    ## Use instead
    `smslint/checks/examples/SMS231.instead.json`: the same, the second of which substitutes on Saturdays.

    ## Fix
    Let one of the others be used in place of a failed one, on the Schedule tab.
    """
    for code, addresses in site.addresses_by_destination.items():
        distinct = {each.identity: each for each in addresses if not each.is_courier}
        first, *others = sorted(distinct.values(), key=lambda each: each.order.value or 0) or [addresses[0]]
        weeks = [each.schedule.value for each in others]
        if others and all(week and week.backup and not any(week.backup) for week in weeks):
            at, count = others[0].schedule, len(distinct)
            message = f"none of the {count} addresses to {code} takes over when the first fails"
            description = "Let one of the others be used in place of a failed one."
            action = f"Let one of the later addresses to {code} be used in place of a failed one."
            fix = in_console(at, others[0].product, description, action)
            yield Finding(at, message, fix=fix, related=((first.schedule, "the first address"),))
