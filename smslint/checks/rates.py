"""SMS2xx, rates: how much of the link an address may take, by the hour or in pulses."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.checks.remediation import in_console, in_words
from smslint.checks.rule import rule
from smslint.finding import Finding
from smslint.schema.address import Address
from smslint.schema.schedule import RateLimits
from smslint.schema.site import Site
from smslint.schema.version import (
    FROM_2003_SP1,
    FROM_2012,
    SMS_2_AND_LATER,
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
            message = f"{address.title} has {what}, so it takes one sending at a time, not {one.value}"
            yield Finding(throttle, message, related=((one, f"{one.label} is {one.value}"),))


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
        message = f"{address.title} has a rate limit of {values}; the product takes {bounds}"
        action = f"For each hour of {address.title} set a percentage of {bounds}."
        fix = in_console(at, address.product, "Set a percentage for these hours.", action)
        yield Finding(at, message, fix=fix, expected=bounds)


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
        message = f"{address.title} has {what} {number} {unit} in pulse mode; the product takes {bounds}"
        description = "Set the block and the pause in the console."
        action = f"In pulse mode of {address.title} set {what} {bounds}."
        changes = (at.change(pulse.within_range),) if pulse else ()
        fix = in_console(at, address.product, description, action, changes=changes)
        yield Finding(at, message, fix=fix, expected=bounds, aspect=name)


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
    sending to one site, or its limit is not known (the default is 3). Distribution points are not meant.

    ## Why it is bad
    Limits that are in force cut the concurrent sendings to that site to one, even at 100 %: with the default
    settings the transfer rate falls to a third, and nothing is gained by it.

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
            message = (
                f"{address.title} is limited to 100 % at every hour, which limits nothing but its "
                f"concurrent sendings: to 1, not {sendings}"
            )
            action = f"For {address.title} choose Unlimited."
            changes = (at.change(RateLimits((), unlimited=True)),)
            fix = in_console(at, address.product, "Choose Unlimited.", action, changes=changes)
            yield Finding(at, message, fix=fix, expected="unlimited")


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
        message = f"{address.title} has hourly rate limits that are not in force: its rate is unlimited"
        description = "Put the limits in force if they are meant."
        action = f"For {address.title} choose the limits by hour if they are meant."
        yield Finding(at, message, fix=in_console(at, address.product, description, action))
