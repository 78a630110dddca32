"""What the signatures came to in one log: symptoms, and what its healthy lines tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from smslint.logs.reader import Stretch
from smslint.logs.record import Form, Moment, Record, moment
from smslint.logs.signatures import Signature


@dataclass(slots=True)
class Symptom:
    """A signature that a log holds, about one destination."""

    signature: Signature
    code: str
    path: str
    first: Record
    last: Record
    site: str | None = None
    """The destination, by its site code."""
    server: str | None = None
    """The destination, by its server."""
    own_site: str | None = None
    """The site whose log it is."""
    number: int | None = None
    """The Windows error, where the line has one."""
    count: int = 0
    notes: list[str] = field(default_factory=list)
    """What else the log says of it."""
    doubtful: bool = False
    """Whether no source proves that lines of this form mean it."""

    @property
    def begins(self) -> Moment | None:
        """When it was seen first."""
        return moment(self.first)

    @property
    def ends(self) -> Moment | None:
        """When it was seen last."""
        return moment(self.last)


@dataclass(slots=True)
class Limit:
    """A limit of sendings that a sender went by, over a stretch of the log in which it did not change."""

    component: str | None
    site: str | None
    """The site, where it is the limit for one."""
    value: int
    first: Record
    last: Record
    path: str
    checks: int = 0
    full: int = 0
    """How many checks found the limit reached."""

    @property
    def begins(self) -> Moment | None:
        """When it was seen first."""
        return moment(self.first)


@dataclass(slots=True)
class Sent:
    """The last sending to a site that arrived."""

    site: str
    last: Record
    path: str

    @property
    def when(self) -> Moment | None:
        """When it arrived."""
        return moment(self.last)


@dataclass(slots=True)
class LogFile:
    """What was read of one file."""

    path: str
    encoding: str
    lines: int = 0
    records: int = 0
    forms: set[Form] = field(default_factory=set)
    components: set[str] = field(default_factory=set)
    first: Record | None = None
    last: Record | None = None
    last_stretch: Stretch | None = None
    """Lines behind ``last`` that no signature speaks of, as long as the file is read."""
    whole_only_after: int | None = None
    """The line behind which only whole records were read, what is wrapped or pasted being too much."""

    @property
    def begins(self) -> Moment | None:
        """The time of the first record that has one."""
        return moment(self.first) if self.first else None

    @property
    def ends(self) -> Moment | None:
        """The time of the last record that has one."""
        return moment(self.last) if self.last else None

    def end(self, lines: int, whole_only_after: int | None) -> None:
        """Take it as read, so many lines of it."""
        if self.last_stretch:
            self.last, self.last_stretch = self.last_stretch.record(last=True), None
        self.lines, self.whole_only_after = lines, whole_only_after


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the logs of a run came to."""

    files: tuple[LogFile, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    limits: tuple[Limit, ...] = ()
    sent: tuple[Sent, ...] = ()
