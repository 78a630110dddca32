"""SMS2xx, schedules: when an address may be used, and how much of the link it may take."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.checks.cures import SMS_2_0, by_hand, upgrade_to
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.address import Address
from smslint.schema.console import FROM_2012, SCHEDULES
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.schedule import Usage
from smslint.schema.setting import Setting
from smslint.schema.site import Site, way
from smslint.schema.version import ProductVersion

SMS_1_2 = ProductVersion.between("1.2", "1.2sp4")
SMS_2_BEFORE_SP2 = ProductVersion.between("2.0rtm", "2.0sp1")


def _opened(address: Address) -> Fix:
    deed = f"Open {address.title} to all priorities at the hours you choose."
    return by_hand("Open the address at some hours.", *SCHEDULES.steps(address.product, deed))


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
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1"},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "Order": 1, "Props": [],
      "UnlimitedRateForAll": true, "RateLimitingSchedule": [],
      "UsageSchedule": [
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]},
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]},
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]},
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]},
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]},
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]},
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1"},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "Order": 1, "Props": [],
      "UnlimitedRateForAll": true, "RateLimitingSchedule": [],
      "UsageSchedule": [
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}]
    ```

    ## Fix
    Open the address at some hours, or delete it.
    """
    for site in hierarchy.sites:
        for code, addresses in site.addresses_by_destination.items():
            only = len(set(map(way, addresses))) == 1
            near = only and _is_parent_or_child(hierarchy, site, code)
            for address in addresses:
                schedule = address.schedule.value
                if schedule is None:
                    continue
                if schedule.all_zero:
                    said = "has a schedule of nothing but zeros, which probably means closed at every hour"
                    yield Finding(address.schedule, f"{address.title} {said}", severity="info", site=site)
                elif schedule.always(Usage.CLOSED):
                    yield Finding(
                        address.schedule,
                        f"{address.title} is closed at every hour of the week"
                        + (", and there is no other" if only else ""),
                        fix=_opened(address),
                        expected="some hour that is not closed",
                        severity=None if near else "warning",
                        site=site,
                    )


def _is_parent_or_child(hierarchy: Hierarchy, site: Site, code: str) -> bool:
    other = hierarchy.site(code)
    is_child = other is not None and hierarchy.parent_of(other) is site
    return code == (site.parent_code or "").upper() or is_child


@rule("SMS217", "address-high-priority-only", severity="warning", reference="Q320676", fix="manual")
def address_high_priority_only(address: Address) -> Iterator[Finding]:
    r"""An address never lets medium or low priority pass.

    ## What it does
    Looks for an address that is High only or Closed at every hour, not Closed at all of them (SMS216); and
    informs where medium priority passes at some hour, but low priority never does.

    ## Why it is bad
    Inventory, discovery data, collections, status, summaries and advertisements are of medium priority unless
    set otherwise, and never arrive. Only site control files, definitions at attach and the installation
    of secondary sites are of high priority. Status messages of clients are of low priority unless set
    otherwise.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1"},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "Order": 1, "Props": [],
      "UnlimitedRateForAll": true, "RateLimitingSchedule": [],
      "UsageSchedule": [
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1"},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "Order": 1, "Props": [],
      "UnlimitedRateForAll": true, "RateLimitingSchedule": [],
      "UsageSchedule": [
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}]
    ```

    ## Fix
    Allow all priorities at some hours of the week.
    """
    schedule = address.schedule.value
    if schedule is None or schedule.carries_low or schedule.always(Usage.CLOSED) or not address.names_site:
        return
    kept, harm = (
        ("low", "status messages of clients never arrive unless their priority was raised")
        if schedule.carries_medium
        else ("medium", "inventory, discovery data, status and collections never arrive")
    )
    yield Finding(
        address.schedule,
        f"{address.title} lets {kept} priority pass at no hour of the week: {harm}",
        fix=_opened(address),
        expected=f"some hour for {kept} priority",
        severity="info" if schedule.carries_medium else None,
    )


@rule(
    "SMS218",
    "advertisement-priority-inverted",
    severity={SMS_2_BEFORE_SP2: "info"},
    reference="Q237330",
    certainty="derived",
    fix="manual",
)
def advertisement_priority_inverted(address: Address) -> Iterator[Finding]:
    r"""High-priority advertisements miss a window that is meant for them.

    ## What it does
    Looks for an address with hours that are High only, on SMS 2.0 without a service pack or SP1. SP2 cures
    it. That such windows suffer is derived; Q237330 describes the swap of the priorities.

    ## Why it is bad
    Advertisements marked high travel as low and those marked low as high, so the window lets the wrong ones
    pass.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1", "BuildNumber": 1239},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "Order": 1, "Props": [],
      "UnlimitedRateForAll": true, "RateLimitingSchedule": [],
      "UsageSchedule": [
        {"HourUsage": [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}]
    ```

    ## Fix
    Install SP2 or later.
    """
    if address.schedule.value and Usage.HIGH_ONLY in address.schedule.value.hours:
        yield Finding(
            address.schedule,
            f"{address.title} has hours for high priority only; before SP2 SMS 2.0 takes advertisements "
            "marked high for low, and low for high",
            fix=upgrade_to("SMS 2.0 SP2 or later"),
            expected="SMS 2.0 SP2 or later",
        )


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
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1"},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "Order": 1, "Props": [],
      "UnlimitedRateForAll": true, "RateLimitingSchedule": [],
      "UsageSchedule": [
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1"},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "Order": 1, "Props": [],
      "UnlimitedRateForAll": false, "RateLimitingSchedule": [],
      "PropLists": [{"PropertyListName": "Pulse Mode", "Values": ["1", "3", "5"]}],
      "UsageSchedule": [
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}]
    ```

    ## Fix
    Give addresses over slow links a schedule or rate limits.
    """
    schedule, limits = address.schedule.value, address.rate_limits.value
    if schedule is None or limits is None or address.is_courier or not address.names_site:
        return
    if schedule.always(Usage.ALL) and not address.is_limited and not address.is_pulsed:
        yield Finding(
            address,
            f"{address.title} has neither a schedule nor a rate limit; on a slow link either is advised",
            fix=by_hand(
                "If the link is slow, give the address a schedule or rate limits.",
                *SCHEDULES.steps(address.product, f"Limit the hours of {address.title}, or its rate."),
            ),
        )


@rule(
    "SMS221",
    "schedule-cannot-interrupt",
    severity={SMS_2_0: "info"},
    reference="Q317893",
    fix="manual",
    default=False,
)
def schedule_cannot_interrupt(address: Address) -> Iterator[Finding]:
    r"""A running sending does not end when its window does.

    ## What it does
    Looks for an address of SMS 2.0 with closed hours or rate limits. A hotfix after SP3 cures it; which
    service pack holds it is not documented, so the rule informs on all of SMS 2.0.

    ## Why it is bad
    A package that is being sent ignores the change of the hour and finishes past the window, at the rate it
    began with.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "HQ1", "BuildNumber": 1239},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "DesSiteCode": "HQ1",
      "Order": 1, "Props": [],
      "UnlimitedRateForAll": true, "RateLimitingSchedule": [],
      "UsageSchedule": [
        {"HourUsage": [4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},
        {"HourUsage": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}]
    ```

    ## Fix
    Leave room before the hours that matter, or ask for the hotfix of Q317893 (Sender.dll 2.0.1493.3273).
    """
    closes = address.schedule.value is not None and Usage.CLOSED in address.schedule.value.hours
    if closes or address.is_limited:
        what = "closed hours" if closes else "rate limits"
        yield Finding(
            address.schedule if closes else address.rate_limits,
            f"{address.title} has {what}, which a sending that already runs ignores",
            fix=by_hand(
                "Leave room before the hours that matter, or ask for the hotfix of Q317893.",
                *SCHEDULES.steps(address.product, f"Let the hours of {address.title} end earlier."),
                "Instead, ask for the hotfix of Q317893 (Sender.dll 2.0.1493.3273).",
            ),
        )


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
    ```ct0
    SITE CONTROL FILE [786][1.08]

    OUTBOX <RAS_ASYNC_DEFAULT><><MS_ASYNC_RAS_SENDER>
      <FFFFFFFF00000000FFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF00000000FFFFFFFF>
      <1><D><NYCSMS01>
    ADDRESS <NYC><BOS><MS_ASYNC_RAS_SENDER><RAS_ASYNC_DEFAULT>
      #34({Boston}{\\BOSSMS01\SMS_SITE 00})
    ADDRESS <NYC><CHI><MS_ASYNC_RAS_SENDER><RAS_ASYNC_DEFAULT>
      #35({Chicago}{\\CHISMS01\SMS_SITE 00})
    ```

    ## Fix
    Widen the window, or lower the number of retries.
    """
    for outbox in site.outboxes:
        schedule = outbox.schedule.value
        if outbox.family not in ("RAS", "SNA") or schedule is None or schedule.always(Usage.ALL):
            continue
        reached = site.destinations(outbox.serves)
        if len(reached) > 1:
            yield Finding(
                outbox.schedule,
                f"the outbox {outbox.name.value or '(unnamed)'} is not open at all hours and serves "
                f"{len(reached)} sites: retries to one take the time of the others",
                fix=by_hand(
                    "Widen the window, or lower the number of retries.",
                    *SCHEDULES.steps(outbox.product, f"Open {outbox.name.value} at more hours."),
                    "Instead, lower Number of Retries of the sender, and restart SMS Executive.",
                ),
            )


@rule(
    "SMS223",
    "rate-limit-forces-single-sending",
    severity={FROM_2012: "info"},
    reference="Configuration Manager documentation, file-based replication",
)
def rate_limit_forces_single_sending(site: Site) -> Iterator[Finding]:
    r"""A rate limit makes the limit of sendings per site ineffective.

    ## What it does
    Looks for an address, or file replication route, of ConfigMgr 2012 or later with hourly rate limits, even
    of 100 %, or pulse mode, at a site whose sender may start more than one sending to one site.

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
    several: dict[str, Setting[int]] = {}
    for sender in site.senders:
        one = sender.max_concurrent_site_sendings
        if sender.serves and one.value is not None and one.value > 1:
            several.setdefault(sender.serves, one)
    for addresses in site.addresses_by_destination.values():
        for address in addresses:
            if address.serves in several and (address.is_limited or address.is_pulsed):
                one = several[address.serves]
                at = address.pulse_mode if address.is_pulsed else address.rate_limits
                what = "pulse mode" if address.is_pulsed else "rate limits"
                yield Finding(
                    at,
                    f"{address.title} has {what}, so it takes one sending at a time, not {one.value}",
                    related=((one, f"{one.declared.label} is {one.value}"),),
                )
