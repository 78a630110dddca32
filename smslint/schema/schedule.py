"""When an address may be used, and how much of the link it may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, groupby
from typing import Annotated, ClassVar, Final

from pydantic import Field

DAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


class Usage(IntEnum):
    """What an address accepts in an hour: HourUsage of SMS_SiteControlDaySchedule."""

    ALL = 1
    ALL_BUT_LOW = 2
    HIGH_ONLY = 3
    CLOSED = 4


@dataclass(frozen=True, slots=True)
class UsageSchedule:
    """The 168 hours of a week, from Sunday 0:00.

    An hour is None where its meaning is not proven: of the hex digits in a 1.x outbox only F, always
    open, is known. ``all_zero`` marks a 1.x schedule of nothing but zeros, which probably means closed.
    """

    hours: Annotated[
        tuple[Usage | None, ...],
        Field(
            description="per hour from Sunday 0:00: 1 all priorities, 2 all but low, 3 high only, 4 closed; "
            "null where its meaning is not proven"
        ),
    ]
    backup: Annotated[
        tuple[bool, ...],
        Field(
            description="per hour, whether the address may stand in for one that failed; empty where the "
            "source has none"
        ),
    ] = ()
    all_zero: Annotated[bool, Field(description="a 1.x schedule of nothing but zeros")] = False

    def always(self, usage: Usage) -> bool:
        """Whether every hour is certainly ``usage``."""
        return self.hours.count(usage) == len(self.hours)

    def ever_carries(self, *usages: Usage) -> bool:
        """Whether some hour is one of ``usages``, or may be because its meaning is not proven."""
        return any(hour is None or hour in usages for hour in self.hours)

    @property
    def carries_medium(self) -> bool:
        """Whether medium priority passes at some hour."""
        return self.ever_carries(Usage.ALL, Usage.ALL_BUT_LOW)

    @property
    def carries_low(self) -> bool:
        """Whether low priority passes at some hour."""
        return self.ever_carries(Usage.ALL)

    @property
    def hours_of_high_only_before_medium(self) -> int:
        """The most hours in a row that take high priority only, before one that takes medium.

        The week is a ring: Saturday's last hour goes over into Sunday's first.
        """
        longest = running = 0
        for hour in (*self.hours, *self.hours):
            if hour == Usage.HIGH_ONLY:
                running += 1
                continue
            if hour in (Usage.ALL, Usage.ALL_BUT_LOW):
                longest = max(longest, running)
            running = 0
        return longest

    def rows(self) -> Iterator[str]:
        """A row a day, a sign an hour.

        ``.`` all, ``o`` all but low, ``!`` high only, ``#`` closed, ``?`` not proven.
        """
        for number, day in enumerate(DAYS):
            hours = self.hours[24 * number : 24 * number + 24]
            yield f"{day[:3]} " + "".join(_SIGNS[hour][0] for hour in hours)

    def legend(self) -> str:
        """What the signs of `rows` mean, for those that stand in them."""
        return ", ".join(f"{sign} {words}" for hour, (sign, words) in _SIGNS.items() if hour in self.hours)

    def grid(self) -> Iterator[str]:
        """The week as a person reads it: the hours above, a row a day, the legend below."""
        yield "    0     6     12    18"
        yield from self.rows()
        yield self.legend()

    def __str__(self) -> str:
        """The week in one short sentence: what holds at every hour, or for how many hours what holds."""
        counts = [
            (self.hours.count(hour), words) for hour, (_, words) in _SIGNS.items() if hour in self.hours
        ]
        if len(counts) == 1:
            return f"{counts[0][1]} at {'all hours' if self.always(Usage.ALL) else 'every hour'}"
        (number, words), *others = counts
        first = f"{number} {'hour' if number == 1 else 'hours'} a week {words}"
        return ", ".join([first, *(f"{number} {words}" for number, words in others)])


_SIGNS: Final[Mapping[Usage | None, tuple[str, str]]] = {
    Usage.ALL: (".", "open"),
    Usage.ALL_BUT_LOW: ("o", "open but for low priority"),
    Usage.HIGH_ONLY: ("!", "open for high priority only"),
    Usage.CLOSED: ("#", "closed"),
    None: ("?", "of unknown meaning"),
}
"""The sign of an hour in a week, and its meaning."""


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Percent of the link by hour of the day, 1 to 100; ``unlimited`` where no limit is in force."""

    legal: ClassVar[range] = range(1, 101)
    """Percent (SMS_SCI_Address)."""

    percent: Annotated[tuple[int, ...], Field(description="percent of the link by hour of the day, 1 to 100")]
    unlimited: Annotated[bool, Field(description="whether no limit is in force")]

    @property
    def outside_range(self) -> tuple[int, ...]:
        """The percentages that are none, each once."""
        return tuple(dict.fromkeys(each for each in self.percent if each not in self.legal))

    @property
    def is_full(self) -> bool:
        """Whether every hour has 100 %."""
        return bool(self.percent) and all(each == self.legal[-1] for each in self.percent)

    @property
    def limited(self) -> bool:
        """Whether some hour is limited. Any limit forces one sending at a time, even one of 100 %."""
        return not self.unlimited

    def __str__(self) -> str:
        """Unlimited, or the percentages in runs of hours."""
        if self.unlimited:
            return "unlimited"
        runs = [(hour, len(list(same))) for hour, same in groupby(self.percent)]
        ends = list(accumulate(length for _, length in runs))
        return ", ".join(
            f"{end - length}-{end} h {percent} %" for (percent, length), end in zip(runs, ends, strict=True)
        )


@dataclass(frozen=True, slots=True)
class PulseMode:
    """Blocks of ``block_kilobytes`` (1 to 256) with pauses of ``delay_seconds`` (1 to 30) between."""

    legal_blocks: ClassVar[range] = range(1, 257)
    """Kilobytes (as ConfigMgrCBDsc takes them)."""
    legal_delays: ClassVar[range] = range(1, 31)
    """Seconds (as ConfigMgrCBDsc takes them)."""

    enabled: Annotated[bool, Field(description="whether data is sent in pulses")]
    block_kilobytes: Annotated[int, Field(description="kilobytes of a block, 1 to 256")]
    delay_seconds: Annotated[int, Field(description="seconds between two blocks, 1 to 30")]

    @property
    def outside_range(self) -> Iterator[tuple[str, int, range, str]]:
        """What of it is not legal: its name, its number, the legal ones, and the unit."""
        if self.block_kilobytes not in self.legal_blocks:
            yield "block", self.block_kilobytes, self.legal_blocks, "KB"
        if self.delay_seconds not in self.legal_delays:
            yield "delay", self.delay_seconds, self.legal_delays, "s"

    @property
    def within_range(self) -> PulseMode:
        """The same with the nearest numbers that are legal."""
        block, delay = (
            min(max(number, legal[0]), legal[-1])
            for number, legal in (
                (self.block_kilobytes, self.legal_blocks),
                (self.delay_seconds, self.legal_delays),
            )
        )
        return PulseMode(self.enabled, block, delay)

    def __str__(self) -> str:
        """Off, or the size of the blocks and the pause between them."""
        return f"{self.block_kilobytes} KB every {self.delay_seconds} s" if self.enabled else "off"
