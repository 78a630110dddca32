"""A sender: the component that carries sendings to other sites (Q163379, Q214485, Q278357)."""

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from smslint.schema.console import SENDER_LIMITS, SENDERS
from smslint.schema.setting import UNSET, Declared, Section, Setting
from smslint.schema.version import SMS_1

Family = Literal["LAN", "RAS", "SNA", "other"]

_ADDRESS_TYPES = {
    "SMS_LAN_SENDER": "MS_LAN",
    "SMS_ASYNC_RAS_SENDER": "MS_ASYNC_RAS",
    "SMS_ISDN_RAS_SENDER": "MS_ISDN_RAS",
    "SMS_X25_RAS_SENDER": "MS_X25_RAS",
    "SMS_SNA_RAS_SENDER": "MS_SNA_RAS",
    "SMS_BATCH_SNA_SENDER": "MS_BATCH_SNA",
    "SMS_INTER_SNA_SENDER": "MS_INTER_SNA",
}


def is_sender(component: str) -> bool:
    """Whether a component of this name is a sender.

    Microsoft's own SDK sample takes every name that ends in SENDER for one; the courier sender has no
    thread and none of these settings (Q201016).
    """
    name = component.upper()
    if not name.endswith("SENDER") or "COURIER" in name:
        return False
    return bool(re.fullmatch(r"SMS_\w*SENDER", name, re.ASCII))


def address_type(name: str) -> str:
    """The address type without the ``_SENDER`` that SMS 1.x appends, in upper case."""
    return name.upper().removesuffix("_SENDER")


def has_sender(kind: str) -> bool:
    """Whether a sender component is known for an address type; courier and MAPI have none."""
    return kind in _ADDRESS_TYPES.values()


def family(kind: str) -> Family:
    """The family that an address type or a sender's name belongs to; RAS over SNA is RAS."""
    kind = kind.upper()
    if "RAS" in kind:
        return "RAS"
    if "SNA" in kind:
        return "SNA"
    return "LAN" if "LAN" in kind else "other"


class Sender(Section):
    """The settings of one sender component of a site server."""

    name: str
    """The component's name as the export spells it, such as ``SMS_LAN_SENDER``."""

    max_concurrent_sendings: Annotated[
        Setting[int],
        Declared(
            "Maximum Concurrent Sendings",
            registry=("Maximum Concurrent Sendings",),
            property=("Concurrent Sending Limit", "Value1"),
            unit="sendings",
            legal=range(1, 1000),
            defaults={"": 5},
            source="Q163379, Q319166",
            console=SENDER_LIMITS,
            console_label="Maximum concurrent sendings, All Sites",
            cmdlet="MaximumConcurrentSendingForAllSite",
            registry_versions=SMS_1,
        ),
    ] = UNSET
    max_concurrent_site_sendings: Annotated[
        Setting[int],
        Declared(
            "Maximum Concurrent Site Sendings",
            registry=("Maximum Concurrent Site Sendings",),
            property=("Concurrent Sending Limit", "Value2"),
            unit="sendings",
            legal=range(1, 1000),
            defaults={"": 3, "RAS": 1},
            source="Q163379, Q319166",
            console=SENDER_LIMITS,
            console_label="Maximum concurrent sendings, Per Site",
            cmdlet="MaximumConcurrentSendingForPerSite",
            registry_versions=SMS_1,
        ),
    ] = UNSET
    number_of_retries: Annotated[
        Setting[int],
        Declared(
            "Number of Retries",
            registry=("Number of Retries",),
            property=("Number of Retries", "Value"),
            unit="retries",
            legal=range(1, 100),
            defaults={"": 2, "1.x RAS": 5, "1.x SNA": 5},
            source="Q214485",
            console=SENDER_LIMITS,
            console_label="Number of Retries",
            cmdlet="RetryNumberForConcurrentSending",
            registry_versions=SMS_1,
        ),
    ] = UNSET
    retry_delay_minutes: Annotated[
        Setting[int],
        Declared(
            "Retry Delay in Minutes",
            registry=("Retry Delay in Minutes", "Retry Delay"),
            property=("Retry Delay", "Value"),
            unit="minutes",
            legal=range(1, 100),
            defaults={"": 1},
            source="Q214485, Q278357",
            console=SENDER_LIMITS,
            console_label="Delay before retrying (Min.)",
            cmdlet="ConcurrentSendingDelayBeforeRetryingMins",
            registry_versions=SMS_1,
        ),
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
    server: Annotated[Setting[str], Declared("Server", console=SENDERS)] = UNSET
    address_type: Annotated[Setting[str], Declared("Address type")] = UNSET
    outbox: Annotated[Setting[str], Declared("Outbox", console=SENDERS)] = UNSET
    flags: Annotated[Setting[int], Declared("Flags")] = UNSET

    numbers: SkipJsonSchema[Annotated[tuple[int, ...], Field(exclude=True)]] = ()
    """Every numeric value directly under the sender's registry key, declared or not (SMS102)."""

    @property
    def component(self) -> str:
        """The component's name."""
        return self.name

    @property
    def limits(self) -> tuple[Setting[int], Setting[int]]:
        """How many sendings it may have under way: to all sites, and to one."""
        return self.max_concurrent_sendings, self.max_concurrent_site_sendings

    @property
    def is_within_defaults(self) -> bool:
        """Whether neither limit is above the default of a Standard Sender."""
        return all((limit.value or 0) <= limit.declared.default("LAN") for limit in self.limits)

    @property
    def serves(self) -> str:
        """The address type this sender serves, without the 1.x suffix; empty when it is not known."""
        if self.address_type.value:
            return address_type(self.address_type.value)
        return _ADDRESS_TYPES.get(self.name.upper(), "")

    @cached_property
    def family(self) -> Family:
        """LAN for the Standard Sender, RAS (RAS over SNA included), SNA for those of 1.x, or other."""
        return family(self.serves or self.name)

    @property
    def kind(self) -> str:
        """Which of a setting's defaults are meant: those of the sender's family."""
        return self.family
