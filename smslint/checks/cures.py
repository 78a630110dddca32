"""Cures and ranges that several rules speak of."""

from __future__ import annotations

from smslint.finding import Fix, Safety
from smslint.schema.console import ADDRESSES, FROM_2012, SITE
from smslint.schema.setting import Section, Setting
from smslint.schema.version import SMS_2_AND_LATER, ProductVersion

SMS_2_0 = ProductVersion.between("2.0rtm", "2.0sp5")


def to_default(section: Section, *settings: Setting[int], safety: Safety = "safe") -> Fix:
    """The fix that sets each setting to its documented default for this kind of section."""
    changes = tuple(
        setting.change(setting.declared.default(section.kind, section.product)) for setting in settings
    )
    said = " and ".join(f"{each.setting.declared.label} to its default, {each.to}" for each in changes)
    return Fix(f"Set {said}.", changes, safety)


def documented_range(section: Section, setting: Setting[int]) -> str:
    """The legal range in words; its upper bound is documented for SMS 2.0 and later only."""
    legal = setting.declared.legal
    if legal is None:
        raise ValueError(f"{setting.declared.label} has no documented range")
    if section.product.within(SMS_2_AND_LATER):
        return f"{legal.start} to {legal.stop - 1}"
    return f"at least {legal.start}"


def by_hand(description: str, *steps: str) -> Fix:
    """The fix that only a person can make: what it comes to, and the steps in order."""
    return Fix(description, safety="manual", steps=steps)


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
    deed = f"At {at} add an address to {to}, of a type that an installed sender serves."
    return ADDRESSES.steps(product, deed)


def attach_to(product: ProductVersion, parent: str) -> tuple[str, ...]:
    """The steps that give a site another parent, which ConfigMgr 2012 and later only take from setup."""
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
