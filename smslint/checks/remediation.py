"""Fixes, ranges and steps that several rules have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smslint.finding import Fix, Safety
from smslint.schema.console import ADDRESSES, SITE, ConsolePath
from smslint.schema.setting import Change, Section, Setting
from smslint.schema.version import FROM_2012, SMS_2_0, SMS_2_AND_LATER, ProductVersion


def to_default(section: Section, *settings: Setting[Any], safety: Safety = "safe") -> Fix:
    """The fix that sets each setting to its documented default for this kind of section."""
    changes = tuple(
        setting.change(setting.declared.default(section.kind, section.product)) for setting in settings
    )
    listed = " and ".join(f"{each.setting.label} to its default, {each.to}" for each in changes)
    return Fix(f"Set {listed}.", changes, safety)


def documented_range(section: Section, setting: Setting[int]) -> str:
    """The legal range in words; its upper bound is documented for SMS 2.0 and later only."""
    legal = setting.declared.legal
    if legal is None:
        raise ValueError(f"{setting.label} has no documented range")
    if section.product.within(SMS_2_AND_LATER):
        return in_words(legal)
    return f"at least {legal[0]}"


def in_words(legal: range) -> str:
    """A range with both its ends."""
    return f"{legal[0]:,} to {legal[-1]:,}"


def enumerated(names: Sequence[str]) -> str:
    """The first five names, and how many more there are."""
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more


def by_hand(description: str, *steps: str) -> Fix:
    """The fix that only a person can make: what it comes to, and the steps in order."""
    return Fix(description, safety="manual", steps=steps)


def in_console(
    at: Setting[Any] | ConsolePath,
    product: ProductVersion,
    description: str,
    *actions: str,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    changes: tuple[Change, ...] = (),
) -> Fix:
    """The fix that a person makes in the console, at the place that the setting declares.

    ``changes`` say the same, for a script of Configuration Manager 2012 and later.

    Without ``actions`` the description is the only one. ``before`` and ``after`` are steps outside it.
    """
    console = at if isinstance(at, ConsolePath) else at.declared.console
    if console is None:
        raise ValueError(f"{description!r}: the setting declares no place in the console")
    steps = (*before, *console.steps(product, *(actions or (description,))), *after)
    return Fix(description, changes if product.overlaps(FROM_2012) else (), "manual", steps)


def upgrade_to(release: str) -> Fix:
    """The fix that is a release or a service pack."""
    return by_hand(f"Install {release}.", "Back up the site.", f"Install {release} on the site server.")


def install_again(how: str) -> tuple[str, ...]:
    """The steps where only setup can help; ``how`` says what is to be different."""
    return (
        "Note the site's parent, senders, addresses and schedules.",
        f"Remove the site, and install it again {how}.",
        "Enter its senders and addresses again: before a site is attached it needs an address to its parent "
        "(Q133111).",
    )


def add_address(product: ProductVersion, at: str, to: str) -> tuple[str, ...]:
    """The steps that add an address, not by courier, at one site to another."""
    action = f"At {at} add an address to {to}, of a type that an installed sender serves."
    if product.within(FROM_2012):
        action = f"At {at} add a file replication route, an address to {to}."
    return ADDRESSES.steps(product, action)


def attach_to(product: ProductVersion, parent: str) -> tuple[str, ...]:
    """The steps that give a site another parent; from 2012 on only setup does."""
    if product.within(FROM_2012):
        return install_again(f"under {parent}")
    return (
        f"Make sure that the site has an address to {parent}, and is given one in turn (Q133111).",
        *SITE.steps(product, f"Make {parent} the parent site."),
    )


def remove_site(product: ProductVersion) -> str:
    """The command that takes a child off its parent, spelled where its spelling is known (Q192471)."""
    if product.within(SMS_2_0):
        return "preinst /delsite:{<child>,<parent>}"
    return "preinst /delsite"
