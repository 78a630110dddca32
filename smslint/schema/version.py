"""Which product a site runs, as far as its export tells.

Builds and their releases: Q137988, Q155626, Q249077, Q266130, Q213410 (1.x and 2.0); later builds from
public inventories (knowledge base, section A3).
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final

RELEASES: Final = (
    *("1.0", "1.1", "1.2", "1.2sp1", "1.2sp2", "1.2sp3", "1.2sp4"),
    *("2.0rtm", "2.0sp1", "2.0sp2", "2.0sp3", "2.0sp4", "2.0sp5"),
    *("2003rtm", "2003sp1", "2003sp2", "2003sp3"),
    *("2007rtm", "2007sp1", "2007sp2"),
    *("2012rtm", "2012sp1", "2012r2", "current"),
)
"""Every release the knowledge base tells apart, in order. The first of 1.2 stands for 1.2 without a pack."""

_FAMILIES: Final = {
    "1.x": ("1.0", "1.2sp4"),
    "1.2": ("1.2", "1.2sp4"),
    "2.0": ("2.0rtm", "2.0sp5"),
    "2003": ("2003rtm", "2003sp3"),
    "2007": ("2007rtm", "2007sp2"),
    "2012": ("2012rtm", "2012r2"),
}


@dataclass(frozen=True, slots=True)
class ProductVersion:
    """A release of the product, or the span of releases an export leaves open.

    SMS 1.2 never tells its service pack (Q171038) and build 1493 of SMS 2.0 is SP2 to SP5 (Q266130), so a
    version is a closed interval over `RELEASES`: ``first`` and ``last`` are positions in it.
    """

    first: int
    last: int

    @classmethod
    def between(cls, first: str, last: str) -> ProductVersion:
        """All releases from ``first`` to ``last``, both named as in `RELEASES`."""
        return cls(RELEASES.index(first), RELEASES.index(last))

    @classmethod
    def named(cls, text: str) -> ProductVersion:
        """Read what ``--product-version`` takes: a release, or a build string as the registry holds it.

        A name without a service pack leaves the pack open, as an export does. Raises ValueError with the
        nearest names when the text is neither.
        """
        name = re.sub(r"[\s_-]+|^(sms|configmgr)", "", text.strip().lower())
        if name in _FAMILIES:
            return cls.between(*_FAMILIES[name])
        if name in RELEASES:
            return cls.between(name, name)
        if (read := cls.of_build(text)) is not None:
            return read
        near = difflib.get_close_matches(name, (*_FAMILIES, *RELEASES), n=2, cutoff=0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else " Try 1.2, 2.0sp3, 2007 or current."
        raise ValueError(f"{text!r} is no product version.{hint}")

    @classmethod
    def of_build(cls, text: str) -> ProductVersion | None:
        """Read a build: ``786``, ``2.00.1493.3000``, the misprints of the articles; None if it is none."""
        text = text.strip()
        if re.fullmatch(r"[0-9]{3,4}", text, re.ASCII):
            return _of_bare_build(int(text))
        shape = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,3})\.([0-9]{1,5})(?:\.([0-9]{1,5}))?", text, re.ASCII)
        if not shape:
            return None
        major, minor, build = int(shape[1]), int(shape[2]), int(shape[3])
        if (major, minor) == (2, 0):
            return _of_sms_2(build, shape[4] or "")
        if (major, minor) == (2, 50):
            return _release("2003sp3") if build == 4253 else cls.between(*_FAMILIES["2003"])
        if (major, minor) == (4, 0):
            known = {5931: "2007rtm", 6221: "2007sp1", 6487: "2007sp2"}
            return _release(known[build]) if build in known else cls.between(*_FAMILIES["2007"])
        if (major, minor) == (5, 0):
            known = {7711: "2012rtm", 7804: "2012sp1", 7958: "2012r2"}
            if build >= 8325:
                return _release("current")
            return _release(known[build]) if build in known else cls.between(*_FAMILIES["2012"])
        return None

    @property
    def known(self) -> bool:
        """Whether anything at all is known of the version."""
        return self != ANY

    @property
    def name(self) -> str:
        """The narrowest name ``--product-version`` knows for it; empty when nothing is known."""
        if self.first == self.last:
            return RELEASES[self.first]
        for name, (first, last) in reversed(_FAMILIES.items()):
            if self.within(ProductVersion.between(first, last)):
                return name
        return ""

    def __str__(self) -> str:
        """The version in words: ``SMS 2.0 SP3``, ``SMS 2.0 SP2 to SP5``, ``any version``."""
        if not self.known:
            return "any version"
        first, last = _title(RELEASES[self.first]), _title(RELEASES[self.last])
        if self.first == self.last:
            return first
        if self.name and self == ProductVersion.between(*_FAMILIES[self.name]):
            return _title(self.name)
        if self.last == len(RELEASES) - 1:
            return f"{first} and later"
        shared = first.rsplit(" ", 1)[0] + " "
        return f"{first} to {last.removeprefix(shared) if ' SP' in last else last}"

    def within(self, versions: ProductVersion) -> bool:
        """Whether it is certainly one of ``versions``."""
        return versions.first <= self.first and self.last <= versions.last

    def overlaps(self, versions: ProductVersion) -> bool:
        """Whether it may be one of ``versions``."""
        return self.first <= versions.last and versions.first <= self.last

    def refined(self, other: ProductVersion) -> ProductVersion | None:
        """What is left when both are true; None where they contradict each other."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return ProductVersion(first, last) if first <= last else None

    def __lt__(self, other: ProductVersion) -> bool:
        """Whether it is certainly earlier than ``other``."""
        return self.last < other.first

    def __gt__(self, other: ProductVersion) -> bool:
        """Whether it is certainly later than ``other``."""
        return self.first > other.last


def _release(name: str) -> ProductVersion:
    return ProductVersion.between(name, name)


def _of_bare_build(build: int) -> ProductVersion | None:
    if build <= 631:
        return _release("1.0")
    if build in (682, 692):
        return _release("1.1")
    if build == 786:
        return ProductVersion.between(*_FAMILIES["1.2"])
    if build < 1000:
        return SMS_1
    return _of_sms_2(build, "") if build <= 1493 else None


def _of_sms_2(build: int, tail: str) -> ProductVersion:
    if build <= 1239:
        return _release("2.0rtm")
    if build == 1380:
        return _release("2.0sp1")
    if build == 1493:
        if len(tail) == 4 and tail[0] in "2345":
            return _release(f"2.0sp{tail[0]}")
        return ProductVersion.between("2.0sp2", "2.0sp5")
    return ProductVersion.between(*_FAMILIES["2.0"])


def _title(release: str) -> str:
    if release == "current":
        return "Configuration Manager current branch"
    number = re.match(r"1\.[\dx]|2\.0|\d{4}", release)
    assert number is not None  # noqa: S101 - RELEASES is ours
    pack = release[number.end() :]
    product = "ConfigMgr " if number[0] in ("2007", "2012") else "SMS "
    return product + number[0] + (f" {pack.upper()}" if pack else "")


ANY: Final = ProductVersion(0, len(RELEASES) - 1)
"""Nothing is known, or: holds for every release."""

SMS_1: Final = ProductVersion.between("1.0", "1.2sp4")
SMS_2_AND_LATER: Final = ProductVersion.between("2.0rtm", "current")
