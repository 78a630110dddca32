"""Cures and ranges that several rules speak of."""

from __future__ import annotations

from smslint.finding import Fix, Safety
from smslint.schema.setting import Section, Setting
from smslint.schema.version import SMS_2_AND_LATER


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
