"""SMS1xx, bandwidth: what a sender or an address believes of its link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from smslint.checks.rule import Options, rule
from smslint.finding import Finding, Fix
from smslint.schema.address import Address
from smslint.schema.sender import Sender
from smslint.schema.version import SMS_1_1, SMS_1_2

UNLIMITED = 0xFFFFFFFF


@rule(
    "SMS112",
    "estimated-bandwidth-unlimited",
    severity={SMS_1_1: "warning", SMS_1_2: "info"},
    reference="Q140917",
    fix="manual",
)
def estimated_bandwidth_unlimited(section: Sender | Address) -> Iterator[Finding]:
    r"""The link is given as unlimited, as SMS 1.1 writes it at first.

    ## What it does
    Looks for `Estimated Bandwidth` of 0xFFFFFFFF at a sender or an address. SMS 1.1 writes it initially;
    SMS 1.2 copes with it.

    ## Why it is bad
    Under some conditions, which the article does not name, the sender of SMS 1.1 stops.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="692"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Estimated Bandwidth"=dword:ffffffff
    ```

    ## Fix
    Set the real bytes per second in the Senders dialog of Sender Manager, then open the Addresses dialog and
    choose OK. Only you know the rate.
    """
    rate = section.estimated_bandwidth
    if rate.value == UNLIMITED:
        message = f"{rate.label} is 0x{UNLIMITED:X}, the value SMS 1.1 writes before anyone set it"
        yield Finding(
            rate, message, fix=_real_rate(), expected="the real rate of the link, in bytes per second"
        )


class LinkRate(Options):
    """The fastest link that is plausible."""

    bytes_per_second: Annotated[int, Field(ge=1, description="a larger rate is reported")] = 12_500_000
    ras_bytes_per_second: Annotated[int, Field(ge=1, description="the same for RAS senders")] = 16_000


@rule(
    "SMS113",
    "estimated-bandwidth-too-high",
    severity={SMS_1_1: "warning"},
    reference="Q140924",
    certainty="derived",
    fix="manual",
)
def estimated_bandwidth_too_high(section: Sender | Address, options: LinkRate) -> Iterator[Finding]:
    r"""The link is given as faster than any link of its day.

    ## What it does
    Looks for `Estimated Bandwidth` above 12,500,000 bytes per second (100 Mbit/s), or 16,000 for a RAS
    sender, on SMS 1.1. That too high a value does harm is documented; the bounds are derived, and can be set
    to your links.

    ## Why it is bad
    When the value is higher than the real bandwidth, the sending thread of SMS 1.1 hangs.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="692"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Estimated Bandwidth"=dword:10000000
    ```

    ## Fix
    Set the real rate in bytes per second.
    """
    rate = section.estimated_bandwidth
    limit = options.ras_bytes_per_second if section.family == "RAS" else options.bytes_per_second
    if rate.value is not None and limit < rate.value < UNLIMITED:
        message = f"{rate.label} is {rate.value:,} bytes per second, above what such a link carries"
        yield Finding(rate, message, fix=_real_rate(), expected=f"at most {limit}")


def _real_rate() -> Fix:
    return Fix(
        "Set the real rate of the link.",
        safety="manual",
        steps=(
            "In Sender Manager open the Senders dialog and set the real rate of the link.",
            "Open the Addresses dialog and choose OK, so that the addresses take it over.",
        ),
    )
