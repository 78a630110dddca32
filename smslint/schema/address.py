"""Addresses and outboxes: where a site sends to, over what, and when."""

from typing import Annotated, Final

from pydantic import Field

from smslint.schema.console import ADDRESSES, RATE_LIMITS, SCHEDULES
from smslint.schema.schedule import PulseMode, RateLimits, Usage, UsageSchedule
from smslint.schema.sender import Family, address_type, family
from smslint.schema.server import computer, is_ip_number
from smslint.schema.setting import UNSET, Declared, Section, Setting
from smslint.schema.version import SMS_1

SITE_CODE_LENGTH: Final = 3


class Address(Section):
    """One way of a site to one destination (Q133111, Q140396, SDK class SMS_SCI_Address)."""

    destination: Annotated[Setting[str], Declared("Destination site", console=ADDRESSES)] = UNSET
    type: Annotated[Setting[str], Declared("Address type", console=ADDRESSES)] = UNSET
    destination_type: Annotated[
        Setting[int], Declared("Destination type", legal=range(2), source="SMS_SCI_Address")
    ] = UNSET
    server: Annotated[Setting[str], Declared("Destination server", console=ADDRESSES)] = UNSET
    share: Annotated[Setting[str], Declared("Share", console=ADDRESSES)] = UNSET
    gateway: Annotated[Setting[str], Declared("Gateway", console=ADDRESSES)] = UNSET
    outbox: Annotated[Setting[str], Declared("Outbox", console=ADDRESSES)] = UNSET
    order: Annotated[
        Setting[int], Declared("Order", defaults={"": 0}, source="SMS_SCI_Address", console=ADDRESSES)
    ] = UNSET
    estimated_bandwidth: Annotated[
        Setting[int],
        Declared(
            "Estimated Bandwidth",
            registry=("Estimated Bandwidth",),
            unit="bytes per second",
            source="Q140917, Q140924",
            registry_versions=SMS_1,
        ),
    ] = UNSET

    schedule: Annotated[
        Setting[UsageSchedule], Declared("Usage schedule", source="SMS_SCI_Address", console=SCHEDULES)
    ] = UNSET
    rate_limits: Annotated[
        Setting[RateLimits], Declared("Rate limits", source="SMS_SCI_Address", console=RATE_LIMITS)
    ] = UNSET
    pulse_mode: Annotated[
        Setting[PulseMode], Declared("Pulse mode", source="SMS_SCI_Address", console=RATE_LIMITS)
    ] = UNSET

    counted: Annotated[Setting[int], Declared("Counted length", unit="characters")] = UNSET
    """What the number before a 1.x address string says of its length, parentheses included."""
    counted_characters: Annotated[
        int | None, Field(description="the length the 1.x address string has, its wraps joined")
    ] = None
    has_account: Annotated[
        bool | None,
        Field(description="whether an account is set; null where the source does not tell; never its name"),
    ] = None

    @property
    def serves(self) -> str:
        """The address type without the 1.x suffix; empty when it is not known."""
        return address_type(self.type.value or "")

    @property
    def subject(self) -> str:
        """Its destination, and what tells it from others to the same."""
        return " ".join((self.destination.value or "", *self.identity))

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"the address to {self.destination.value or 'an unnamed site'}"

    @property
    def family(self) -> Family:
        """The family of the sender it takes; other where its type is not known."""
        return family(self.serves)

    @property
    def names_site(self) -> bool:
        """Whether the destination is a site, not a distribution point.

        A distribution point has the DestinationType 1, or, where that is unset, a name longer than the
        three characters of a site code. SMS 1.x has addresses to sites only.
        """
        if self.destination_type.value is not None:
            return self.destination_type.value != 1
        return len(self.destination.value or "") <= SITE_CODE_LENGTH or self.product.within(SMS_1)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What distinguishes it from others to the same site; the same one may stand in two exports."""
        return self.serves, computer(self.server.value or ""), (self.share.value or "").upper()

    @property
    def server_is_number(self) -> bool:
        """Whether its server is named by an IP number."""
        return is_ip_number(self.server.value or "")

    @property
    def is_limited(self) -> bool:
        """Whether its rate is limited by the hour, even to 100 %. A pulsed address keeps no hourly limits."""
        return bool(self.rate_limits.value and self.rate_limits.value.limited and not self.is_pulsed)

    @property
    def is_pulsed(self) -> bool:
        """Whether it sends in blocks with pauses between."""
        return bool(self.pulse_mode.value and self.pulse_mode.value.enabled)

    @property
    def limits_nothing(self) -> bool:
        """Whether limits are in force that leave every hour at 100 %."""
        return self.is_limited and self.rate_limits.value is not None and self.rate_limits.value.is_full

    @property
    def throttle(self) -> Setting[PulseMode] | Setting[RateLimits] | None:
        """The setting that slows it, and so makes it take one sending at a time; None where none does."""
        if self.is_pulsed:
            return self.pulse_mode
        return self.rate_limits if self.is_limited else None

    @property
    def is_always_closed(self) -> bool:
        """Whether it is certainly closed at every hour of the week."""
        return self.schedule.value is not None and self.schedule.value.always(Usage.CLOSED)

    @property
    def is_always_open(self) -> bool:
        """Whether it certainly takes all priorities at every hour of the week."""
        return self.schedule.value is not None and self.schedule.value.always(Usage.ALL)

    @property
    def is_courier(self) -> bool:
        """Whether packages go by courier, on media."""
        return self.serves == "MS_COURIER"
