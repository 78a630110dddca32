"""The steps a person takes in the console, by product version (Q199110, Q278357, Q319166, [XFER])."""

from __future__ import annotations

from collections.abc import Iterable

from smslint.schema.console import SENDER_LIMITS
from smslint.schema.setting import Change
from smslint.schema.version import ProductVersion

_FIELDS = {
    "max_concurrent_sendings": "Maximum concurrent sendings, All Sites",
    "max_concurrent_site_sendings": "Maximum concurrent sendings, Per Site",
    "number_of_retries": "Number of Retries",
    "retry_delay_minutes": "Delay before retrying (Min.)",
}
"""The console's names of the sender settings (Q199110)."""


def console_steps(changes: Iterable[Change], product: ProductVersion) -> tuple[str, ...]:
    """How to make the changes in the console of a product version; empty for what no console shows."""
    values = [
        f"Set {_FIELDS[name]} to {change.to}."
        for change in changes
        if (name := change.setting.name) in _FIELDS
    ]
    if not values:
        return ()
    return (*SENDER_LIMITS.steps(product, *values), "Check the sender's log after its next cycle.")
