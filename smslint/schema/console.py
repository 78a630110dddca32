"""Where a person finds a setting in the console, or the tool, of each product version.

No more precise than the public name of the console and of the node in it (Q126229, Q138243, Q163379,
Q199110, ConfigMgr help); from SMS 2.0 on the senders' tab is the one of Q319166.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from smslint.schema.version import FROM_2_0_TO_2007, FROM_2012, SMS_1, ProductVersion

RESTART: Final = "Stop and start the SMS Executive service."
"""What must follow an edit of the registry of SMS 1.x (Q163379)."""
CYCLE: Final = "Wait until Site Configuration Manager has run its cycle."
"""What makes a change of the site control of SMS 1.x take effect (Q130906, Q126229)."""


class ConsolePath(NamedTuple):
    """Where something is set, by version, and what must follow there on SMS 1.x."""

    by_version: Mapping[ProductVersion, str]
    on_sms_1: str = CYCLE

    def where(self, product: ProductVersion) -> str:
        """The path in words; all that are possible, with their versions, where the version is open."""
        possible = [(path, of) for of, path in self.by_version.items() if product.overlaps(of)]
        if len(possible) == 1:
            return possible[0][0]
        return ", or ".join(f"{path} ({of})" for path, of in possible)

    def steps(self, product: ProductVersion, *actions: str) -> tuple[str, ...]:
        """How to take the actions there, in order, and what makes them take effect."""
        last = ["Choose OK."]
        if product.within(SMS_1):
            last.append(self.on_sms_1)
        elif product.overlaps(SMS_1):
            last.append(f"On SMS 1.x: {self.on_sms_1}")
        return (f"Open {self.where(product)}.", *actions, *last)


ADDRESSES: Final = ConsolePath(
    {
        SMS_1: "SMS Administrator, Site Properties, Addresses",
        FROM_2_0_TO_2007: "the Administrator console, Site Settings, Addresses",
        FROM_2012: "the Configuration Manager console, Administration, Hierarchy Configuration, "
        "File Replication",
    }
)
SCHEDULES: Final = ConsolePath(
    {
        SMS_1: "SMS Administrator, Site Properties, Outboxes",
        FROM_2_0_TO_2007: "the Administrator console, Site Settings, Addresses, the properties of the "
        "address, tab Schedule",
        FROM_2012: "the Configuration Manager console, Administration, Hierarchy Configuration, "
        "File Replication, the properties of the route, tab Schedule",
    }
)
RATE_LIMITS: Final = ConsolePath(
    {
        SMS_1: "Sender Manager, Addresses",
        FROM_2_0_TO_2007: "the Administrator console, Site Settings, Addresses, the properties of the "
        "address, tab Rate Limits",
        FROM_2012: "the Configuration Manager console, Administration, Hierarchy Configuration, "
        "File Replication, the properties of the route, tab Rate Limits",
    }
)
SENDERS: Final = ConsolePath(
    {
        SMS_1: "SMS Administrator, Site Properties, Senders",
        FROM_2_0_TO_2007: "the Administrator console, Site Settings, Senders",
        FROM_2012: "the Configuration Manager console, the properties of the site, tab Sender",
    }
)
SENDER_LIMITS: Final = ConsolePath(
    {
        SMS_1: r"the registry of the site server at the sender's key, below SMS\Components",
        FROM_2_0_TO_2007: "the Administrator console, Site Settings, Senders, the properties of the sender, "
        "tab Advanced",
        FROM_2012: "the Configuration Manager console, the properties of the site, tab Sender",
    },
    RESTART,
)
SITE: Final = ConsolePath(
    {
        SMS_1: "SMS Administrator, Site Properties",
        FROM_2_0_TO_2007: "the Administrator console, the properties of the site",
        FROM_2012: "the Configuration Manager console, Administration, Site Configuration, Sites",
    }
)
SITE_SYSTEMS: Final = ConsolePath(
    {
        SMS_1: "SMS Administrator, Site Properties",
        FROM_2_0_TO_2007: "the Administrator console, Site Settings, Site Systems",
        FROM_2012: "the Configuration Manager console, Administration, Site Configuration, "
        "Servers and Site System Roles",
    }
)
