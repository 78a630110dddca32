"""PowerShell scripts that set what cmdlets of Configuration Manager 2012 and later can set, and their undos.

The parameters are those of Set-CMSite and Set-CMFileReplicationRoute as documented; the scripts were not run
against a live site. Hours go from the first to the one that ends the span, 0 for midnight, as ConfigMgrCBDsc
calls the cmdlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from smslint.schema.schedule import DAYS, PulseMode, RateLimits, Usage, UsageSchedule
from smslint.schema.setting import Change, Declared

_ROUTE: Final = ("rate_limits", "pulse_mode", "schedule")
"""The settings of an address that Set-CMFileReplicationRoute knows."""
_LEVELS: Final = {
    Usage.ALL: "All",
    Usage.ALL_BUT_LOW: "MediumHigh",
    Usage.HIGH_ONLY: "High",
    Usage.CLOSED: "Closed",
}
_QUOTES = "'\u2018\u2019\u201a\u201b"
"""What PowerShell takes for a single quote."""


class Target(NamedTuple):
    """What a cmdlet sets: the sender of a site, or its route to another, whose code is ``destination``."""

    site: str
    destination: str | None = None


def can_set(changes: Sequence[Change], *, destination: str | None, component: str | None) -> bool:
    """Whether a script can make all the changes of a sender or, with a ``destination``, of a route."""
    if destination is None and (component or "").upper() != "SMS_LAN_SENDER":
        return False  # Set-CMSite knows no other
    return bool(changes) and all(
        (each.setting.name in _ROUTE if destination is not None else each.setting.declared.cmdlet)
        and _has_undo(each)
        for each in changes
    )


def _has_undo(change: Change) -> bool:
    """Whether both the old and the new value can be spelled: no script without its undo."""
    values = (change.setting.value, change.to)
    weeks = [value for value in values if isinstance(value, UsageSchedule)]
    limits = [value for value in values if isinstance(value, RateLimits)]
    return (
        None not in values
        and all(None not in week.hours for week in weeks)
        and all(each.unlimited or each.percent for each in limits)
    )


def write(changes: Iterable[tuple[Target, Change]], remarks: Iterable[str], *, undo: bool) -> bytes:
    """The script that shows what it is about to change and makes the changes, or undoes them."""
    by_target: dict[Target, list[Change]] = {}
    for target, change in changes:
        by_target.setdefault(target, []).append(change)
    lines = [
        *(f"# {remark}".rstrip() for remark in remarks),
        "# Run it from the site's drive of the Configuration Manager console; -WhatIf only shows.",
        "[CmdletBinding(SupportsShouldProcess = $true)]",
        "param()",
        "",
        "$ErrorActionPreference = 'Stop'",
    ]
    for target, of_target in by_target.items():
        values = [(each.setting.declared, each.setting.value if undo else each.to) for each in of_target]
        lines += ["", *(_route(target, values) if target.destination else _sender(target, values))]
    return "\n".join([*lines, ""]).encode("utf-8-sig")


def quoted(text: str) -> str:
    """``text`` as a single-quoted PowerShell string, in which nothing is expanded and nothing ends it."""
    return "'" + "".join(char * 2 if char in _QUOTES else char for char in text) + "'"


def _sender(target: Target, values: Iterable[tuple[Declared, Any]]) -> Iterator[str]:
    yield f"$site = {quoted(target.site)}"
    yield "Write-Output ('Sender of site ' + $site + ' now:')"
    yield "Get-CMSiteComponent -SiteCode $site -ComponentName 'SMS_LAN_SENDER' |"
    yield "    ForEach-Object { $_.Props } |"
    yield "    Select-Object -Property @('PropertyName', 'Value', 'Value1', 'Value2') |"
    yield "    Format-Table -AutoSize | Out-String | Write-Output"
    numbers = {declared.cmdlet: int(value) for declared, value in values}
    yield from _call("Set-CMSite -SiteCode $site", "$site", numbers)


def _route(target: Target, values: Iterable[tuple[Declared, Any]]) -> Iterator[str]:
    yield f"$site = {quoted(target.site)}"
    yield f"$destination = {quoted(target.destination or '')}"
    yield "Write-Output ('Route from ' + $site + ' to ' + $destination + ' now:')"
    yield "Get-CMFileReplicationRoute -SourceSiteCode $site -DestinationSiteCode $destination |"
    yield "    Select-Object -Property @('UnlimitedRateForAll', 'RateLimitingSchedule', 'PropLists') |"
    yield "    Format-List | Out-String | Write-Output"
    call = "Set-CMFileReplicationRoute -SourceSiteCode $site -DestinationSiteCode $destination"
    for _, value in values:
        for arguments in _spelled(value):
            yield from _call(call, "($site + ' to ' + $destination)", arguments)


def _call(call: str, what: str, arguments: Mapping[str, object]) -> Iterator[str]:
    """One call of a cmdlet, of which -WhatIf only speaks."""
    yield "$settings = @{"
    yield from (f"    {name} = {value}" for name, value in arguments.items())
    yield "}"
    yield f"if ($PSCmdlet.ShouldProcess({what}, '{call.partition(' ')[0]}')) {{"
    yield f"    {call} @settings"
    yield "}"


def _spelled(value: object) -> Iterator[dict[str, object]]:
    """The arguments of each call that sets a value of a route."""
    match value:
        case RateLimits(unlimited=True):
            yield {"Unlimited": "$true"}
        case RateLimits():
            for begin, end, percent in _spans(value.percent):
                yield {
                    "Limited": "$true",
                    "LimitedBeginHr": begin,
                    "LimitedEndHr": end,
                    "LimitAvailableBandwidthPercent": percent,
                }
        case PulseMode(enabled=True):
            yield {
                "PulseMode": "$true",
                "DataBlockSizeKB": value.block_kilobytes,
                "DelayBetweenDataBlockSec": value.delay_seconds,
            }
        case UsageSchedule():
            yield from _week(value)


def _week(week: UsageSchedule) -> Iterator[dict[str, object]]:
    """A call for each span of hours in each run of days that are alike."""
    rows = [week.hours[24 * number : 24 * number + 24] for number in range(7)]
    days = 0
    for row, same in groupby(rows):
        number = len(list(same))
        listed = ", ".join(map(quoted, DAYS[days : days + number]))
        days += number
        for begin, end, usage in _spans(row):
            # The documented example names no hours where whole days are meant.
            hours = {} if begin == end else {"BeginHr": begin, "EndHr": end}
            yield {
                "ControlNetworkLoadSchedule": "$true",
                "DaysOfWeek": f"@({listed})",
                **hours,
                "AvailabilityLevel": quoted(_LEVELS[usage]),
            }


def _spans(hours: Iterable[Any]) -> Iterator[tuple[int, int, Any]]:
    """The runs of equal hours: first hour, the hour that ends it (0 for midnight), and what they have."""
    begin = 0
    for value, same in groupby(hours):
        end = begin + len(list(same))
        yield begin, end % 24, value
        begin = end
