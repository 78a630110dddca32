"""SMS2xx, schedules: when an address may be used, and how much of the link it may take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from smslint.checks.remediation import in_console, in_words, upgrade_to
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix, Severity
from smslint.schema.address import Address
from smslint.schema.console import SCHEDULES
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.schedule import RateLimits, Usage, UsageSchedule
from smslint.schema.site import Site
from smslint.schema.version import (
    FROM_2_0_TO_2007,
    FROM_2003_SP1,
    FROM_2012,
    SMS_1_2,
    SMS_2_0,
    SMS_2_0_BEFORE_SP2,
    SMS_2_AND_LATER,
)


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
        is_only = len({address.identity for address in addresses}) == 1
        for address in addresses:
            at = address.schedule
            if at.value and at.value.all_zero:
                words = "has a schedule of nothing but zeros, which probably means closed at every hour"
                yield Finding(at, f"{address.title} {words}", severity="info", site=site)
            elif address.is_always_closed:
                none = ", and there is no other" if is_only else ""
                text = f"{address.title} is closed at every hour of the week{none}"
                is_vital = is_only and hierarchy.is_parent_or_child(site, code)
                level: Severity | None = None if is_vital else "warning"
                fix, expected = _opened(address), "some hour that is not closed"
                yield Finding(at, text, fix=fix, expected=expected, severity=level, site=site)


@rule("SMS217", "address-high-priority-only", severity="warning", reference="Q320676", fix="manual")
def address_high_priority_only(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""The addresses to a site never let medium or low priority pass.

    ## What it does
    Looks at all addresses to one site together, couriers left out: whether one of them lets medium priority
    pass at some hour. If they do, but none ever takes low priority, it informs. Where all are closed at every
    hour that is SMS216. From Configuration Manager 2012 on a primary site sends its central administration
    site only content by file, so it is silent there.

    ## Why it is bad
    Inventory, discovery data, collections, status, summaries and advertisements are of medium priority unless
    set otherwise, and never arrive. Only site control files, definitions at attach and the installation
    of secondary sites are of high priority. Status messages of clients are of low priority unless set
    otherwise.

    ## Example
    `smslint/checks/examples/SMS217.example.json`: an address that is High only at every hour.

    ## Use instead
    `smslint/checks/examples/SMS217.instead.json`: the same, open to all priorities on Saturdays.

    ## Fix
    Allow all priorities at some hours of the week.
    """
    for site, code, addresses in hierarchy.addresses:
        priority = "" if _only_content(hierarchy, site, code) else _never_passes(addresses)
        if priority:
            first, *others = (each for each in addresses if not (each.is_courier or each.is_always_closed))
            lets = " and the others to it let" if others else " lets"
            yield Finding(
                first.schedule,
                f"{first.title}{lets} {priority} priority pass at no hour of the week: {_HARMS[priority]}",
                fix=_opened(first),
                expected=f"some hour for {priority} priority",
                severity="info" if priority == "low" else None,
                related=tuple((each.schedule, "another address to the site") for each in others),
                site=site,
            )


_HARMS: Final = {
    "low": "status messages of clients never arrive unless their priority was raised",
    "medium": "inventory, discovery data, status and collections never arrive",
}


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
        text = (
            f"{address.title} has hours for high priority only; before SP2 SMS 2.0 takes advertisements "
            "marked high for low, and low for high"
        )
        release = "SMS 2.0 SP2 or later"
        yield Finding(schedule, text, fix=upgrade_to(release), expected=release)


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
    limits nor pulse mode. Whether its link is slow no export tells, so the rule is off by default.

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
        text = f"{address.title} has neither a schedule nor a rate limit; on a slow link either is advised"
        description = "If the link is slow, give the address a schedule or rate limits."
        action = f"Limit the hours of {address.title}, or its rate."
        fix = in_console(address.schedule, address.product, description, action)
        yield Finding(address, text, fix=fix)


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
        text = (
            f"{address.title} has {what}: a sending that runs keeps those it began with, whatever is changed"
        )
        description = "Change the address while nothing is sent to it."
        action = f"Change the hours or the rate of {address.title} while nothing is sent to it."
        after = ["Instead, install a later service pack, or the hotfix of Q317893."]
        fix = in_console(at, address.product, description, action, after=after)
        yield Finding(at, text, fix=fix)


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
            text = (
                f"{outbox.title} is not open at all hours and serves {reached} sites: retries to one take "
                "the time of the others"
            )
            description = "Widen the window, or lower the number of retries."
            after = ["Instead, lower Number of Retries of the sender, and restart SMS Executive."]
            action = f"Open {outbox.name.value} at more hours."
            fix = in_console(SCHEDULES, outbox.product, description, action, after=after)
            yield Finding(outbox.schedule, text, fix=fix)


@rule(
    "SMS223",
    "rate-limit-forces-single-sending",
    severity={FROM_2012: "info"},
    reference="Configuration Manager documentation, file-based replication",
)
def rate_limit_forces_single_sending(site: Site) -> Iterator[Finding]:
    r"""A rate limit makes the limit of sendings per site ineffective.

    ## What it does
    Looks for an address, or file replication route, of Configuration Manager 2012 or later with hourly rate
    limits or pulse mode, at a site whose sender may start more than one sending to one site. Where every hour
    is at 100 %, so that the limits limit nothing, SMS227 speaks instead.

    ## Why it is bad
    Such a route only ever has one sending at a time; whoever counts on the limit per site waits longer than
    planned.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_Component", "SiteCode": "NYC", "ComponentName": "SMS_LAN_SENDER", "Props": [
           {"PropertyName": "Concurrent Sending Limit", "Value": 0, "Value1": "5", "Value2": "3"}]},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "AddressPriorityOrder": 1, "Props": [],
      "UnlimitedRateForAll": false, "RateLimitingSchedule": [],
      "PropLists": [{"PropertyListName": "Pulse Mode", "Values": ["1", "3", "5"]}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_Component", "SiteCode": "NYC", "ComponentName": "SMS_LAN_SENDER", "Props": [
           {"PropertyName": "Concurrent Sending Limit", "Value": 0, "Value1": "5", "Value2": "3"}]},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "AddressPriorityOrder": 1, "Props": [],
      "UnlimitedRateForAll": true, "RateLimitingSchedule": []}]
    ```
    """
    several = {
        sender.serves: sender.max_concurrent_site_sendings
        for sender in reversed(site.senders)
        if (sender.max_concurrent_site_sendings.value or 0) > 1
    }
    for address in site.addresses_to_other_sites:
        one, throttle = several.get(address.serves), address.throttle
        if one and throttle and not address.limits_nothing:
            what = throttle.label.lower()
            text = f"{address.title} has {what}, so it takes one sending at a time, not {one.value}"
            yield Finding(throttle, text, related=((one, f"{one.label} is {one.value}"),))


@rule(
    "SMS225",
    "rate-limit-out-of-range",
    severity={SMS_2_AND_LATER: "warning"},
    reference="SMS_SCI_Address",
    certainty="derived",
    fix="manual",
)
def rate_limit_out_of_range(address: Address) -> Iterator[Finding]:
    r"""An hourly rate limit is outside the percentages that the product takes.

    ## What it does
    Looks for rate limits in force (`UnlimitedRateForAll` false, pulse mode off) with an hour outside 1 to 100
    percent, from SMS 2.0 on.

    ## Why it is bad
    The SDK states the range. What the sender does at 0 percent, or above 100, is not documented.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Props": [], "UnlimitedRateForAll": false,
      "RateLimitingSchedule": [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Props": [], "UnlimitedRateForAll": false,
      "RateLimitingSchedule": [50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50,50]}]
    ```

    ## Fix
    Set a percentage for these hours, or close the address there on its schedule.
    """
    at, limits = address.rate_limits, address.rate_limits.value
    if limits and address.is_limited and limits.outside_range:
        values = ", ".join(f"{each} %" for each in limits.outside_range[:5])
        bounds = f"{in_words(limits.legal)} %"
        text = f"{address.title} has a rate limit of {values}; the product takes {bounds}"
        action = f"For each hour of {address.title} set a percentage of {bounds}."
        fix = in_console(at, address.product, "Set a percentage for these hours.", action)
        yield Finding(at, text, fix=fix, expected=bounds)


@rule(
    "SMS226",
    "pulse-mode-out-of-range",
    severity={FROM_2003_SP1: "warning"},
    reference="ConfigMgrCBDsc",
    certainty="derived",
    fix="manual",
)
def pulse_mode_out_of_range(address: Address) -> Iterator[Finding]:
    r"""The blocks or pauses of pulse mode are outside what the product takes.

    ## What it does
    Looks for pulse mode that is on with a block outside 1 to 256 KB, or a pause outside 1 to 30 seconds, from
    SMS 2003 SP1 on. Derived: the ranges are those of a public tool that sets them; no document states them.

    ## Why it is bad
    The console takes no such number, so it was written by a program, and what the sender makes of it is not
    documented.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "AddressPriorityOrder": 1, "Props": [], "UnlimitedRateForAll": false, "RateLimitingSchedule": [],
      "PropLists": [{"PropertyListName": "Pulse Mode", "Values": ["1", "512", "5"]}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "AddressPriorityOrder": 1, "Props": [], "UnlimitedRateForAll": false, "RateLimitingSchedule": [],
      "PropLists": [{"PropertyListName": "Pulse Mode", "Values": ["1", "256", "5"]}]}]
    ```

    ## Fix
    Set the block and the pause in the console.
    """
    at, pulse = address.pulse_mode, address.pulse_mode.value
    for name, number, legal, unit in pulse.outside_range if pulse and pulse.enabled else ():
        what = "blocks of" if name == "block" else "pauses of"
        bounds = f"{in_words(legal)} {unit}"
        text = f"{address.title} has {what} {number} {unit} in pulse mode; the product takes {bounds}"
        description = "Set the block and the pause in the console."
        action = f"In pulse mode of {address.title} set {what} {bounds}."
        changes = (at.change(pulse.within_range),) if pulse else ()
        fix = in_console(at, address.product, description, action, changes=changes)
        yield Finding(at, text, fix=fix, expected=bounds, subject=name)


@rule(
    "SMS227",
    "limit-that-limits-nothing",
    severity={FROM_2012: "warning"},
    reference="Configuration Manager documentation, file-based replication",
    fix="manual",
)
def limit_that_limits_nothing(site: Site) -> Iterator[Finding]:
    r"""Rate limits of 100 % at every hour only cut the sendings to one.

    ## What it does
    Looks for a file replication route to a site, on Configuration Manager 2012 or later, whose rate limits
    are in force and leave 100 % at every hour, pulse mode off, where the sender may start more than one
    sending to one site, or its limit is not told (the default is 3). Distribution points are not meant.

    ## Why it is bad
    Limits that are in force cut the concurrent sendings to that site to one, even at 100 %: with the default
    settings the transfer rate falls to a third, and nothing is won by it.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "AddressPriorityOrder": 1, "Props": [], "UnlimitedRateForAll": false,
      "RateLimitingSchedule": [100,100,100,100,100,100,100,100,100,100,100,100,
                               100,100,100,100,100,100,100,100,100,100,100,100]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "AddressPriorityOrder": 1, "Props": [], "UnlimitedRateForAll": true,
      "RateLimitingSchedule": [100,100,100,100,100,100,100,100,100,100,100,100,
                               100,100,100,100,100,100,100,100,100,100,100,100]}]
    ```

    ## Fix
    Choose Unlimited on the tab Rate Limits of the route.
    """
    for address in site.addresses_to_other_sites:
        if address.is_courier or not address.limits_nothing:
            continue
        at, sendings = address.rate_limits, site.sendings_per_site(address)
        if sendings > 1:
            text = (
                f"{address.title} is limited to 100 % at every hour, which limits nothing but its "
                f"concurrent sendings: to 1, not {sendings}"
            )
            action = f"For {address.title} choose Unlimited."
            changes = (at.change(RateLimits((), unlimited=True)),)
            fix = in_console(at, address.product, "Choose Unlimited.", action, changes=changes)
            yield Finding(at, text, fix=fix, expected="unlimited")


@rule(
    "SMS228",
    "limits-without-effect",
    severity={SMS_2_AND_LATER: "info"},
    reference="SMS_SCI_Address",
    certainty="derived",
    fix="manual",
)
def limits_without_effect(address: Address) -> Iterator[Finding]:
    r"""Hourly rate limits are set, and not in force.

    ## What it does
    Looks for an address from SMS 2.0 on with `UnlimitedRateForAll` true and an hour below 100 percent.
    Derived from what the SDK says of both.

    ## Why it is bad
    Somebody may believe that the link is spared at these hours. It is not.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Props": [], "UnlimitedRateForAll": true,
      "RateLimitingSchedule": [100,100,100,100,100,100,100,100,50,50,50,50,
                               50,50,50,50,50,50,100,100,100,100,100,100]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "BOS",
      "Props": [], "UnlimitedRateForAll": true,
      "RateLimitingSchedule": [100,100,100,100,100,100,100,100,100,100,100,100,
                               100,100,100,100,100,100,100,100,100,100,100,100]}]
    ```

    ## Fix
    Put the limits in force if they are meant.
    """
    at, limits = address.rate_limits, address.rate_limits.value
    if limits and limits.unlimited and limits.percent and not limits.is_full:
        text = f"{address.title} has hourly rate limits that are not in force: its rate is unlimited"
        description = "Put the limits in force if they are meant."
        action = f"For {address.title} choose the limits by hour if they are meant."
        yield Finding(at, text, fix=in_console(at, address.product, description, action))


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
            text = f"of {count} addresses to {code} none but the first is used in place of a failed one"
            description = "Let one of the others be used in place of a failed one."
            action = f"Let one of the later addresses to {code} be used in place of a failed one."
            fix = in_console(at, others[0].product, description, action)
            yield Finding(at, text, fix=fix, related=((first.schedule, "the first address"),))
