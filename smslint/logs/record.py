"""One record of a log, the forms records come in, and their times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from smslint.schema.version import ANY, ProductVersion

Form = Literal["F1", "F2", "F3", "F4", "V1", "V2", "V3", "V4", "V5"]
Generation = Literal["1", "2", "C"]

FORMS: Final[dict[Form, str]] = {
    "F1": "SMS 1.x log",
    "F2": "SMS 2.0 or 2003 log",
    "F3": "Configuration Manager server log",
    "F4": "Configuration Manager client log",
    "V1": "copied from a log viewer",
    "V2": "component and thread first, as on Microsoft's pages",
    "V3": "time, component and thread first, as on Microsoft's pages",
    "V4": "copied from a viewer of SMS 1.x",
    "V5": "text without component and time",
}
"""The line forms, in words."""

PRODUCTS: Final[dict[Form, ProductVersion]] = {
    "F1": ProductVersion.between("1.0", "1.2sp4"),
    "F2": ProductVersion.between("2.0rtm", "2003sp3"),
    "F3": ProductVersion.between("2007rtm", "current"),
}
"""The versions that write a form: 1.x and 2.0 by printed lines (Q159201, Q227010), 2003 and 2007 inferred."""

GENERATIONS: Final[dict[Form, Generation]] = {"F1": "1", "F2": "2", "F3": "C"}


def product_of(form: Form) -> ProductVersion:
    """The versions that a form leaves open."""
    return PRODUCTS.get(form, ANY)


class Record(NamedTuple):
    """One record: its message, blanks and ``~`` folded, and what stands with it; None where nothing does."""

    message: str
    component: str | None
    thread: int | None
    stamp: str
    """The time as written; empty where there is none. `moment` reads it."""
    form: Form
    line: int
    """The first physical line, counted from 1."""
    column: int
    """Where in that line the message begins, counted from 1."""
    excerpt: str
    """That line as decoded."""
    loose: bool = False
    """Whether it may be wrapped, so that a line break may stand within a word."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a log: local, with the minutes to add for UTC where they are known, else the zone's name."""

    local: datetime
    bias: int | None = None
    zone: str = ""

    def __str__(self) -> str:
        """In UTC where that is known, else local time with what is known of its zone."""
        return f"{self.utc_or_local:%Y-%m-%d %H:%M:%S} {self.zone_in_words}"

    @property
    def zone_in_words(self) -> str:
        """The zone of the time that is printed."""
        return "UTC" if self.bias is not None else self.zone or "local time"

    @property
    def utc_or_local(self) -> datetime:
        """UTC where the zone is known; else the local time, which compares with others of the same log."""
        return self.local + timedelta(minutes=self.bias or 0)


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Written without blanks, so that a wrapped stamp is read too.
_NAMED = re.compile(
    r"[A-Za-z]{3}(?P<month>[A-Za-z]{3})(?P<day>\d{1,2}?)(?P<time>\d\d:\d\d:\d\d)(?:\.\d+)?(?P<year>\d{4})~?"
)
_NUMBERED = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d{4})(?P<time>\d\d:\d\d:\d\d)(?:\.\d+)?(?P<bias>[+-]\d{1,4})?"
)
_LOG_4 = re.compile(
    r"(?P<time>\d\d:\d\d:\d\d)(?:\.\d+)?(?P<bias>[+-]\d{1,4})?\|"
    r"(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<year>\d{4})"
)
_VIEWED = re.compile(
    r"(?P<one>\d{1,4})[-/.](?P<two>\d{1,2})[-/.](?P<three>\d{4}|\d{1,2})"
    r"(?:(?P<time>\d{1,2}:\d\d(?::\d\d)?)(?:[.,]\d+)?(?P<half>[AP]M)?)?(?![\d:])",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")
_ZONE = re.compile(r"\d{4}\s+(\D.*)$", re.DOTALL)


def moment(record: Record, *, month_first: bool = False) -> Moment | None:
    """The time of a record; None where there is none, or none that can be read without guessing.

    With ``month_first`` a viewer's date whose order is not plain is read so: good enough for how long one
    record is after another, which is what it is for.
    """
    if not record.stamp:
        return None
    if record.form.startswith("V"):
        return viewed_moment(record.stamp, month_first=month_first)
    written = _BLANKS.sub("", record.stamp)
    pattern = {"F3": _NUMBERED, "F4": _LOG_4}.get(record.form, _NAMED)
    found = pattern.match(written)
    if not found:
        return None
    parts = found.groupdict()
    month = parts["month"].lower()
    if month in _MONTHS:
        month = str(_MONTHS.index(month) + 1)
    local = _datetime(parts["year"], month, parts["day"], parts["time"])
    if local is None:
        return None
    if parts.get("bias"):
        return Moment(local, int(parts["bias"]))
    zone = _ZONE.search(record.stamp) if record.form == "F2" else None
    return Moment(local, None, _BLANKS.sub(" ", zone[1]).strip() if zone else "")


def viewed_moment(text: str, *, month_first: bool = False, day_first: bool = False) -> Moment | None:
    """A date as a viewer prints it, in the order of the system's locale; None where that is not plain."""
    found = _VIEWED.match(_BLANKS.sub("", text))
    if not found:
        return None
    one, two, three = int(found["one"]), int(found["two"]), int(found["three"])
    if len(found["one"]) == 4:
        year, month, day = one, two, three
    else:
        year = three if len(found["three"]) == 4 else three + (1900 if three >= 70 else 2000)
        if one <= 12 and two <= 12 and one != two and not (month_first or day_first):
            return None
        month, day = (two, one) if one > 12 or (day_first and two <= 12) else (one, two)
    clock = found["time"] or "00:00:00"
    hours, _, rest = clock.partition(":")
    if found["half"]:
        hours = str(int(hours) % 12 + (12 if found["half"].upper() == "PM" else 0))
    rest = rest if rest.count(":") else f"{rest}:00"
    local = _datetime(str(year), str(month), str(day), f"{hours}:{rest}")
    return Moment(local) if local else None


def _datetime(year: str, month: str, day: str, clock: str) -> datetime | None:
    try:
        hour, minute, second = map(int, clock.split(":"))
        found = datetime(int(year), int(month), int(day), hour, minute, second)
    except (ValueError, OverflowError):
        return None
    # Far from the ends of the calendar, so that a zone can be added.
    return found if 1970 <= found.year < 2200 else None
