"""The checks: one module per family of closely related rules."""

from __future__ import annotations

from typing import Final

from smslint.checks import (
    addresses,
    bandwidth,
    builds,
    capacity,
    disagreement,
    exports,
    identity,
    neighbours,
    parents,
    placement,
    rates,
    receiving,
    retries,
    routing,
    schedules,
    sitecontrol,
    sna,
    symptoms,
    threads,
    versions,
)
from smslint.checks.rule import Rule, rules_of

_FAMILIES = (
    capacity,
    retries,
    bandwidth,
    exports,
    addresses,
    builds,
    placement,
    schedules,
    rates,
    sna,
    threads,
    routing,
    identity,
    versions,
    sitecontrol,
    parents,
    neighbours,
    disagreement,
    receiving,
    symptoms,
)

BUILTIN: Final[tuple[Rule, ...]] = tuple(
    sorted((found for family in _FAMILIES for found in rules_of(family)), key=lambda found: found.code)
)
"""Every rule that comes with smslint, by code."""
