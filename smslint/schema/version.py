"""Which product a site runs, as far as its export tells.

Builds and their releases: Q137988, Q155626, Q249077, Q266130, Q213410 (1.x and 2.0); later builds from
public inventories (knowledge base, section A3).
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Final

RELEASES: Final = (
    *("1.0", "1.1", "1.2", "1.2sp1", "1.2sp2", "1.2sp3", "1.2sp4"),
    *("2.0rtm", "2.0sp1", "2.0sp2", "2.0sp3", "2.0sp4", "2.0sp5"),
    *("2003rtm", "2003sp1", "2003sp2", "2003sp3"),
    *("2007rtm", "2007sp1", "2007sp2"),
    *("2012rtm", "2012sp1", "2012r2", "2012sp2", "current"),
)
"""Every release the knowledge base tells apart, in order. The first of 1.2 stands for 1.2 without a pack."""

_FAMILIES: Final = {
    "1.x": ("1.0", "1.2sp4"),
    "1.2": ("1.2", "1.2sp4"),
    "2.0": ("2.0rtm", "2.0sp5"),
    "2003": ("2003rtm", "2003sp3"),
    "2007": ("2007rtm", "2007sp2"),
    "2012": ("2012rtm", "2012sp2"),
}

_BUILDS: Final = (
    (632, "1.0", "1.0"),
    (682, "1.0", "1.2sp4"),
    (683, "1.1", "1.1"),
    (692, "1.0", "1.2sp4"),
    (693, "1.1", "1.1"),
    (786, "1.0", "1.2sp4"),
    (787, "1.2", "1.2sp4"),
    (1000, "1.0", "1.2sp4"),
    (1240, "2.0rtm", "2.0rtm"),
    (1380, "2.0rtm", "2.0sp5"),
    (1381, "2.0sp1", "2.0sp1"),
    (1493, "2.0rtm", "2.0sp5"),
    (1494, "2.0sp2", "2.0sp5"),
    (2726, "2003rtm", "current"),
    (4254, "2003rtm", "2003sp3"),
    (5931, "2003sp3", "2007rtm"),
    (6488, "2007rtm", "2007sp2"),
    (7711, "2007sp2", "2012rtm"),
    (8325, "2012rtm", "2012sp2"),
)
"""What a bare build leaves open, by the first build above it; from the last on it is current branch."""

_EXACT: Final = {
    2726: "2003rtm",
    3174: "2003sp1",
    4160: "2003sp2",
    4253: "2003sp3",
    5931: "2007rtm",
    6221: "2007sp1",
    6487: "2007sp2",
    7711: "2012rtm",
    7804: "2012sp1",
    7958: "2012r2",
    8239: "2012sp2",
}
"""The builds of which each is one release (KB832103 for SMS 2003; 8239 is R2 SP1 too)."""


def names() -> tuple[str, ...]:
    """Every name that ``--product-version`` takes: the families, then the releases."""
    return tuple(dict.fromkeys((*_FAMILIES, *RELEASES)))


@dataclass(frozen=True, slots=True)
class ProductVersion:
    """A release of the product, or the span of releases an export leaves open.

    SMS 1.2 never tells its service pack (Q171038) and build 1493 of SMS 2.0 is SP2 to SP5 (Q266130), so a
    version is a closed interval over `RELEASES`: ``first`` and ``last`` are positions in it.

    ``build`` is the build where one is known, which tells releases of current branch apart. ``basis`` says
    what the version is known by where no build states it. Neither counts when versions are compared.
    """

    first: int
    last: int
    build: int | None = field(default=None, compare=False)
    basis: str = field(default="", compare=False)

    @classmethod
    @cache
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
        raise ValueError(f"{text!r} is not a product version.{hint}")

    @classmethod
    @lru_cache
    def of_build(cls, text: str) -> ProductVersion | None:
        """Read a build: ``786``, ``2.00.1493.3000``, ``2,00,1493,3000``; None if it is none.

        The misprints of the articles are read too.
        """
        text = text.strip().replace(",", ".")
        if re.fullmatch(r"[0-9]{3,5}", text, re.ASCII):
            return _of_bare_build(int(text))
        shape = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,3})\.([0-9]{1,5})(?:\.([0-9]{1,5}))?", text, re.ASCII)
        if not shape:
            return None
        major, minor, build = int(shape[1]), int(shape[2]), int(shape[3])
        if (major, minor) == (2, 0):
            return _of_sms_2(build, shape[4] or "")
        families = {(2, 50): "2003", (4, 0): "2007", (5, 0): "2012" if build < _BUILDS[-1][0] else "current"}
        if not (family := families.get((major, minor))):
            return None
        exact = _EXACT.get(build, family)
        name = exact if exact.startswith(family) else family
        return replace(cls.between(*_FAMILIES.get(name, (name, name))), build=build)

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

    @property
    def option(self) -> str:
        """What ``--product-version`` may say so that the version is certainly one of these."""
        if self.last < len(RELEASES) - 1:
            for name, (first, last) in reversed(_FAMILIES.items()):
                if name != "1.x" and ProductVersion.between(first, last).within(self):
                    return name
        return RELEASES[self.last]

    def __str__(self) -> str:
        """The version in words: ``SMS 2.0 SP3``, ``SMS 2.0 SP2 to SP5``, ``any version``."""
        return _in_words(self.first, self.last, self.basis)

    def within(self, versions: ProductVersion) -> bool:
        """Whether it is certainly one of ``versions``."""
        return versions.first <= self.first and self.last <= versions.last

    def overlaps(self, versions: ProductVersion) -> bool:
        """Whether it may be one of ``versions``."""
        return self.first <= versions.last and versions.first <= self.last

    def is_possibly(self, versions: ProductVersion) -> bool:
        """Whether something is known of it, and that leaves open that it is one of ``versions``."""
        return self.known and self.overlaps(versions)

    def refined(self, other: ProductVersion) -> ProductVersion | None:
        """What is left when both are true; None where they contradict each other."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        if first > last:
            return None
        build = self.build if self.build is not None else other.build
        basis = next((each.basis for each in (self, other) if (each.first, each.last) == (first, last)), "")
        return ProductVersion(first, last, build, basis)

    def __lt__(self, other: ProductVersion) -> bool:
        """Whether it is certainly earlier than ``other``."""
        return self.last < other.first

    def __gt__(self, other: ProductVersion) -> bool:
        """Whether it is certainly later than ``other``."""
        return self.first > other.last


def _release(name: str) -> ProductVersion:
    return ProductVersion.between(name, name)


def _of_bare_build(build: int) -> ProductVersion:
    """Read a build without what stands before it: an unknown one is of the family of its interval."""
    if build in _EXACT:
        first = last = _EXACT[build]
    elif build >= _BUILDS[-1][0]:
        first = last = "current"
    else:
        _, first, last = _BUILDS[bisect_right([above for above, _, _ in _BUILDS], build)]
    return ProductVersion(RELEASES.index(first), RELEASES.index(last), build)


def _of_sms_2(build: int, tail: str) -> ProductVersion:
    """Read a build of SMS 2.0: of 1493 only what follows it tells the service pack (Q266130)."""
    if build == 1493 and len(tail) == 4 and tail[0] in "2345":
        return replace(_release(f"2.0sp{tail[0]}"), build=build)
    if build > 1493 or build < 1000:
        return replace(SMS_2_0 if build > 1493 else SMS_2_0_RTM, build=build)
    return _of_bare_build(build)


@cache
def _in_words(first: int, last: int, basis: str) -> str:
    if basis:
        words = _in_words(first, last, "")
        if last == len(RELEASES) - 1 and first < last:
            words = f"{_title(RELEASES[first]).removesuffix(' RTM')} or later"
        return f"{words.replace('ConfigMgr 2012', 'Configuration Manager 2012')} (by {basis})"
    version = ProductVersion(first, last)
    if not version.known:
        return "any version"
    oldest, newest = _title(RELEASES[first]), _title(RELEASES[last])
    if first == last:
        return oldest
    if version.name and version == ProductVersion.between(*_FAMILIES[version.name]):
        return _title(version.name)
    if last == len(RELEASES) - 1:
        return f"{oldest} and later"
    shared = oldest.rsplit(" ", 1)[0] + " "
    return f"{oldest} to {newest.removeprefix(shared) if ' SP' in newest else newest}"


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

SMS_1_0: Final = _release("1.0")
SMS_1_1: Final = _release("1.1")
SMS_1_0_AND_1_1: Final = ProductVersion.between("1.0", "1.1")
SMS_1_1_AND_1_2: Final = ProductVersion.between("1.1", "1.2sp4")
SMS_1_2: Final = ProductVersion.between("1.2", "1.2sp4")
SMS_1_2_BEFORE_SP4: Final = ProductVersion.between("1.2", "1.2sp3")
SMS_1_BEFORE_1_2_SP3: Final = ProductVersion.between("1.0", "1.2sp2")
SMS_1: Final = ProductVersion.between("1.0", "1.2sp4")
SMS_2_0_RTM: Final = _release("2.0rtm")
SMS_2_0_BEFORE_SP2: Final = ProductVersion.between("2.0rtm", "2.0sp1")
SMS_2_0_BEFORE_SP3: Final = ProductVersion.between("2.0rtm", "2.0sp2")
SMS_2_0_BEFORE_SP4: Final = ProductVersion.between("2.0rtm", "2.0sp3")
SMS_2_0: Final = ProductVersion.between("2.0rtm", "2.0sp5")
UP_TO_2_0: Final = ProductVersion.between("1.0", "2.0sp5")
FROM_2_0_SP1: Final = ProductVersion.between("2.0sp1", "current")
FROM_2_0_SP3: Final = ProductVersion.between("2.0sp3", "current")
FROM_2_0_TO_2003_SP1: Final = ProductVersion.between("2.0rtm", "2003sp1")
FROM_2003_SP2_TO_2007: Final = ProductVersion.between("2003sp2", "2007sp2")
FROM_2003_SP1: Final = ProductVersion.between("2003sp1", "current")
FROM_2_0_TO_2007: Final = ProductVersion.between("2.0rtm", "2007sp2")
CONFIGMGR_2007: Final = ProductVersion.between("2007rtm", "2007sp2")
FROM_2012: Final = ProductVersion.between("2012rtm", "current")
CURRENT_BRANCH: Final = _release("current")
SMS_2_AND_LATER: Final = ProductVersion.between("2.0rtm", "current")

PASSIVE_SERVER_BUILD: Final = 8692
"""From this build of current branch (1806) on a site may have a passive server beside its active one."""
