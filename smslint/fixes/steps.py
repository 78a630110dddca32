"""The steps a person takes in the console, by product version (Q199110, Q278357, Q319166)."""

from __future__ import annotations

from collections.abc import Sequence

from smslint.schema.setting import Change
from smslint.schema.version import ProductVersion


def console_steps(changes: Sequence[Change], product: ProductVersion) -> tuple[str, ...]:
    """How to make the changes in the console of a product version; empty for what no console shows."""
    in_console = [change.setting.declared for change in changes if change.setting.declared.console_label]
    console_paths = [declared.console for declared in in_console if declared.console]
    if not console_paths:
        return ()
    values = [
        f"Set {change.setting.declared.console_label} to {change.to}."
        for change in changes
        if change.setting.declared in in_console
    ]
    return (*console_paths[0].steps(product, *values), "Check the sender's log after its next cycle.")
