"""SMS1xx, capacity: how many sendings a sender may have under way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from smslint.checks.remediation import documented_range, in_console, to_default
from smslint.checks.rule import Options, rule
from smslint.finding import Finding, Fix, Safety
from smslint.schema.sender import Sender
from smslint.schema.setting import Change, Setting
from smslint.schema.site import Site
from smslint.schema.version import FROM_2012, SMS_1, SMS_1_1_AND_1_2, SMS_2_AND_LATER


@rule("SMS101", "sender-capacity-zero", severity="error", reference="Q163379", fix="safe")
def sender_capacity_zero(site: Site) -> Iterator[Finding]:
    r"""A sender is allowed no sendings at all.

    ## What it does
    Looks for a sender whose `Maximum Concurrent Sendings` (to all sites) or `Maximum Concurrent Site
    Sendings` (to one site) is 0. The article has both at 0, at the LAN sender of SMS 1.1 and 1.2. That one of
    them alone does the same, and that RAS and SNA senders are no different, is derived; so is all of it for
    later versions, from their range, which begins at 1.

    ## Why it is bad
    The sender can start no sending thread, so nothing leaves the site through it; the installation of a
    secondary site hangs in phase 4.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000000
    "Maximum Concurrent Site Sendings"=dword:00000003
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000005
    "Maximum Concurrent Site Sendings"=dword:00000003
    ```

    ## Fix
    Set the defaults, 5 and 3 (1 per site for RAS senders), and restart SMS Executive. On SMS 1.x the
    registry holds the setting, and the edit is Microsoft's published workaround. From SMS 2.0 on it holds
    only a copy: change the sender in the console. Where two or more sites are sent to, the limit to all sites
    is kept above the limit to one (SMS109); if another limit than the one that is 0 has to move for that, a
    person should confirm it.

    ## Log lines
    `Checking for sending capacity. Used 0 out of 0, no sending capacity so not checking for send requests.`
    (Lansend.log)
    """
    harms = ("nothing is sent to any site", "no site is sent anything")
    for sender in site.senders:
        for limit, harm in zip(sender.limits, harms, strict=True):
            if limit.value == 0:
                message = f"{limit.label} of {sender.name} is 0: {harm}"
                fix = _restored_limit(site, sender, limit, "safe")
                yield Finding(limit, message, fix=fix, expected="at least 1")


def _restored_limit(site: Site, sender: Sender, at: Setting[int], safety: Safety) -> Fix:
    """The fix of a limit that keeps the limit to all sites above that to one, where several are sent to.

    A limit that is faulty too counts as its default, which its own finding sets.
    """
    total, one = sender.limits
    if len(site.destinations(sender.serves)) < 2:
        return to_default(sender, at, safety=safety)
    usual_total, usual_one = (limit.declared.default(sender.kind, sender.product) for limit in sender.limits)
    if at is total:
        kept = one.legal_value or usual_one
        if kept < usual_total:
            return to_default(sender, total, safety=safety)
        if kept + 1 not in (total.declared.legal or ()):
            return to_default(sender, total, one, safety="unsafe")
        return _set_limits(total.change(kept + 1), safety="unsafe")
    kept = total.legal_value or usual_total
    change = one.change(min(usual_one, max(1, kept - 1)))
    if change.to < kept:
        return _set_limits(change, safety=safety)
    return _set_limits(total.change(change.to + 1), change, safety="unsafe")


def _set_limits(*changes: Change, safety: Safety) -> Fix:
    """The fix that makes these changes of limits."""
    listed = " and ".join(f"{change.setting.label} to {change.to}" for change in changes)
    return Fix(f"Set {listed}: the limit to all sites stays above that to one.", changes, safety)


@rule(
    "SMS102",
    "sender-registry-zeroed",
    severity={SMS_1_1_AND_1_2: "error"},
    reference="Q138243",
    fix="unsafe",
)
def sender_registry_zeroed(sender: Sender) -> Iterator[Finding]:
    r"""Every number of the LAN sender is 0: it was deleted as a phantom.

    ## What it does
    Looks for an `SMS_LAN_SENDER` key whose capacity, retries and delay are all 0, and every other number
    directly under it too.

    ## Why it is bad
    This is what deleting the phantom second LAN sender in Site Properties leaves behind: the sender sends
    nothing, and it cannot be added again because SMS believes it is there.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="692"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000000
    "Maximum Concurrent Site Sendings"=dword:00000000
    "Number of Retries"=dword:00000000
    "Retry Delay in Minutes"=dword:00000000
    ```

    ## Fix
    Restore 5 and 3 (Q163379); 2 retries and 1 minute are the documented defaults (Q214485), but no article
    names them as the fix, so a person should confirm them. Then restart SMS Executive.
    """
    settings = (*sender.limits, sender.number_of_retries, sender.retry_delay_minutes)
    zeroed = all(setting.value == 0 for setting in settings) and not any(sender.numbers)
    if sender.family == "LAN" and zeroed:
        fix = to_default(sender, *settings, safety="unsafe")
        yield Finding(
            sender,
            f"every number of {sender.name} is 0, which is what deleting a phantom LAN sender leaves behind",
            fix=fix,
            expected=" and ".join(str(change.to) for change in fix.changes),
        )


@rule(
    "SMS107",
    "sender-concurrency-out-of-range",
    severity={SMS_2_AND_LATER: "error", SMS_1: "warning"},
    reference="Q319166",
    fix="unsafe",
)
def sender_concurrency_out_of_range(site: Site) -> Iterator[Finding]:
    r"""A sender's limit is outside what the product takes.

    ## What it does
    Looks for `Maximum Concurrent Sendings` or `Maximum Concurrent Site Sendings` over 999, such as
    0xFFFFFFFF, or below 0, as a dump may show that number. The range is documented for SMS 2.0 and later; on
    SMS 1.x this is a warning.

    ## Why it is bad
    No such number of threads can be asked for in the console: it was written by hand or by a program, and
    what the sender makes of it is not documented.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:ffffffff
    ```

    ## Fix
    Choose a limit; the defaults are 5 to all sites and 3 to one.
    """
    for sender in site.senders:
        for limit in sender.limits:
            if limit.value and limit.outside_range:
                fault = "below 0" if limit.value < 0 else "above any documented limit"
                message = f"{limit.label} of {sender.name} is {limit.value}, {fault}"
                fix = _restored_limit(site, sender, limit, "unsafe")
                yield Finding(limit, message, fix=fix, expected=documented_range(sender, limit))


@rule(
    "SMS109",
    "sender-total-not-above-per-site",
    severity="warning",
    reference="ConfigMgr 2007 help",
    fix="manual",
)
def sender_total_not_above_per_site(site: Site) -> Iterator[Finding]:
    r"""One unreachable site can take every thread of a sender.

    ## What it does
    Looks for a sender whose limit to all sites is not above its limit to one site, at a site with addresses
    to at least two destinations. It is silent where SMS101 or SMS107 already speaks of the limits.

    ## Why it is bad
    A destination that does not answer can hold every thread, so no other site is served. The help of
    ConfigMgr 2007 states it; for earlier versions it is derived, as Q214485 describes the same starvation on
    SMS 1.2.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000003
    "Maximum Concurrent Site Sendings"=dword:00000003

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Sites\NYC\Addresses\BOS\0]

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Sites\NYC\Addresses\CHI\0]
    ```

    ## Fix
    Raise the limit to all sites above the limit to one, or lower the latter. How many threads the server
    bears is a person's decision.
    """
    for sender in site.senders:
        (total, one), reached = sender.limits, site.destinations(sender.serves)
        most, per_site = total.legal_value, one.legal_value
        if not most or not per_site or most > per_site or len(reached) < 2:
            continue
        message = (
            f"{sender.name} may use all its {most} sendings for one site: "
            f"one that does not answer stops the sending to all {len(reached)}"
        )
        lower = f", or lower {one.label} to {most - 1}" if most > 1 else ""
        fix = in_console(total, sender.product, f"Raise {total.label} above {per_site}{lower}.")
        related = ((one, f"{one.label} is {per_site}"),)
        yield Finding(total, message, fix=fix, expected=f"more than {per_site}", related=related)


@rule(
    "SMS110",
    "ras-sender-per-site-not-one",
    severity={SMS_2_AND_LATER: "warning"},
    reference="SMS 2.0 help",
    fix="unsafe",
)
def ras_sender_per_site_not_one(sender: Sender) -> Iterator[Finding]:
    r"""A RAS sender is allowed more than one sending to a site.

    ## What it does
    Looks for a RAS sender of SMS 2.0 or later whose limit to one site is not 1. The console fixes it at 1
    and disables the field (SMS 2.0 help).

    ## Why it is bad
    Any other number was written by hand or comes from an upgrade of SMS 1.x; the product does not mean a
    RAS sender to start several sendings to one site.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.4000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_ASYNC_RAS_SENDER]
    "Maximum Concurrent Site Sendings"=dword:00000003
    ```

    ## Fix
    Set it to 1, in the console. Where an export does not show the version it may be of SMS 1.x, on which the
    number may be meant.
    """
    one = sender.max_concurrent_site_sendings
    usual = one.declared.default(sender.kind)
    if sender.family == "RAS" and one.value not in (None, 0, usual):
        message = f"{sender.name} may start {one.value} sendings to one site; RAS senders take {usual}"
        yield Finding(one, message, fix=to_default(sender, one, safety="unsafe"), expected=str(usual))


class FanOut(Options):
    """How many destinations are many, and how many sendings are more than a leaf site can use."""

    destinations: Annotated[int, Field(ge=1, description="more destinations are reported")] = 15
    leaf_sendings: Annotated[int, Field(ge=1, description="a higher limit on a leaf is reported")] = 10


@rule(
    "SMS111",
    "sender-threads-low-for-fan-out",
    severity={SMS_2_AND_LATER: "info"},
    reference="Q319166",
    certainty="derived",
    fix="manual",
)
def sender_threads_low_for_fan_out(site: Site, options: FanOut) -> Iterator[Finding]:
    r"""The sender's limits do not fit the number of sites it serves.

    ## What it does
    Looks for a Standard Sender of SMS 2.0 or later with the default limits, 5 and 3, or lower ones, at a site
    with addresses to more than 15 sites below it; and for one with a limit above 10 at a leaf, a site that
    only talks to its parent. Derived: Q319166 says that many sites need more sendings and a leaf few, but
    gives no numbers; the bounds can be set.

    ## Why it is bad
    With few threads for many sites a backlog builds up. On a leaf the threads gain nothing.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "BOS", "ParentSiteCode": "NYC"},
     {"__CLASS": "SMS_SCI_Component", "SiteCode": "BOS", "ComponentName": "SMS_LAN_SENDER", "Props": [
       {"PropertyName": "Concurrent Sending Limit", "Value": 0, "Value1": "50", "Value2": "3"}]},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "BOS", "AddressType": "MS_LAN", "DesSiteCode": "NYC",
      "Props": []}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "BOS", "ParentSiteCode": "NYC"},
     {"__CLASS": "SMS_SCI_Component", "SiteCode": "BOS", "ComponentName": "SMS_LAN_SENDER", "Props": [
       {"PropertyName": "Concurrent Sending Limit", "Value": 0, "Value1": "5", "Value2": "3"}]},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "BOS", "AddressType": "MS_LAN", "DesSiteCode": "NYC",
      "Props": []}]
    ```

    ## Fix
    Raise the limits in small steps and watch Sender.log; lower them on a leaf.
    """
    parent = {code for code in site.destinations() if site.parent_is(code)}
    is_leaf = bool(parent) and site.destinations() == parent
    for sender in site.senders:
        sendings = sender.max_concurrent_sendings.legal_value
        if sender.family != "LAN" or not sendings:
            continue
        served = site.destinations(sender.serves)
        below = len(served) - len(served & parent)
        if below > options.destinations and sender.is_within_defaults:
            yield _too_few_sendings(sender, below)
        elif is_leaf and sendings > options.leaf_sendings:
            yield _too_many_sendings(sender, options.leaf_sendings)


def _too_few_sendings(sender: Sender, below: int) -> Finding:
    total = sender.max_concurrent_sendings
    fault = f"serves {below} sites below this one with {total.value} sendings; a backlog is likely"
    fix = in_console(total, sender.product, "Raise the limits in small steps and watch Sender.log.")
    return Finding(
        total, f"{sender.name} {fault}", fix=fix, expected=f"more than {total.declared.default('LAN')}"
    )


def _too_many_sendings(sender: Sender, most: int) -> Finding:
    total = sender.max_concurrent_sendings
    message = (
        f"{sender.name} may start {total.value} sendings and serves only the parent site, which takes few"
    )
    action = f"Lower the limit; the default is {total.declared.default('LAN')}."
    return Finding(total, message, fix=in_console(total, sender.product, action), expected=f"at most {most}")


@rule(
    "SMS126",
    "more-than-one-sender",
    severity={FROM_2012: "info"},
    reference="Configuration Manager documentation, file-based replication",
)
def more_than_one_sender(site: Site) -> Iterator[Finding]:
    r"""A site of Configuration Manager 2012 or later has a sender beside the only one.

    ## What it does
    Looks for a sender component other than `SMS_LAN_SENDER`: from Configuration Manager 2012 on each site has
    one sender. Which components are installed is read from a dump of them, never from the registry.

    ## Why it is bad
    Nothing is sent through it. It may be left from an earlier version, or come from a file of another site.

    ## Example
    ```json
    [{"SmsProviderObjectPath": "SMS_SCI_Component.FileType=2", "SiteCode": "NYC", "ItemType": "Component",
      "ComponentName": "SMS_LAN_SENDER", "Props": []},
     {"SmsProviderObjectPath": "SMS_SCI_Component.FileType=2", "SiteCode": "NYC", "ItemType": "Component",
      "ComponentName": "SMS_ASYNC_RAS_SENDER", "Props": []}]
    ```

    ## Use instead
    ```json
    [{"SmsProviderObjectPath": "SMS_SCI_Component.FileType=2", "SiteCode": "NYC", "ItemType": "Component",
      "ComponentName": "SMS_LAN_SENDER", "Props": []}]
    ```
    """
    others = {each.name.upper(): each for each in site.senders if not each.component_is("SMS_LAN_SENDER")}
    for sender in others.values() if "installed senders" in site.holds else ():
        yield Finding(sender, f"{sender.name} is installed beside the one sender that a site has")
