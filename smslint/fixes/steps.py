"""The steps a person takes in the console, by product version (Q199110, Q278357, Q319166, [XFER])."""

from __future__ import annotations

from collections.abc import Iterable

from smslint.schema.setting import Change
from smslint.schema.version import ProductVersion

_FIELDS = {
    "max_concurrent_sendings": "Maximum concurrent sendings, All Sites",
    "max_concurrent_site_sendings": "Maximum concurrent sendings, Per Site",
    "number_of_retries": "Number of Retries",
    "retry_delay_minutes": "Delay before retrying (Min.)",
}
"""The console's names of the sender settings (Q199110)."""

_FROM_2012 = ProductVersion.between("2012rtm", "current")


def console_steps(changes: Iterable[Change], product: ProductVersion) -> tuple[str, ...]:
    """How to make the changes in the console of a product version; empty for what no console shows."""
    values = [
        f"Set {_FIELDS[name]} to {change.to}."
        for change in changes
        if (name := change.setting.name) in _FIELDS
    ]
    if not values:
        return ()
    if product.within(_FROM_2012):
        opening = "In the Configuration Manager console open the properties of the site, tab Sender."
    else:
        opening = (
            "In the Administrator console open the site's Site Settings, Senders, and the properties of the "
            "sender, tab Advanced."
        )
    return (opening, *values, "Choose OK, and check the sender's log after its next cycle.")
