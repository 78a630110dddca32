"""What a rule says (`Finding`, `Fix`), and what a run reports of it (`Report`): the JSON contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from smslint.schema.export import Defect, Export, Format
from smslint.schema.located import Span
from smslint.schema.setting import Change, Section, Setting
from smslint.schema.site import Site

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The levels, the gravest first."""

Safety = Literal["safe", "unsafe", "manual"]
Suppressor = Literal["comment", "config", "baseline"]
Place = Setting[Any] | Section | Site | Export | Defect | Span
"""What a finding can point at."""


@dataclass(frozen=True, slots=True)
class Fix:
    """How to cure a finding.

    *safe*: Microsoft's published cure or the documented default. *unsafe*: a plausible value that a person
    should confirm. *manual*: ``steps`` for a person, in order. A change whose setting is only a copy, or
    stands in an input that must not be edited, becomes manual by itself.
    """

    description: str
    changes: tuple[Change, ...] = ()
    safety: Safety = "safe"
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: a place and what is wrong there, in one sentence.

    ``expected`` says what would be right, in a few words. ``severity`` overrides the rule's own for this
    finding. ``related`` are other places to look at, each with a remark. ``site`` is the site that ``at``
    belongs to: a rule over a `Hierarchy` names it.
    """

    at: Place
    message: str
    fix: Fix | None = None
    expected: str | None = None
    severity: Severity | None = None
    related: tuple[tuple[Place, str], ...] = ()
    site: Site | None = None

    @property
    def setting(self) -> Setting[Any] | None:
        """The setting it points at, if it does point at one."""
        return self.at if isinstance(self.at, Setting) else None


def span_of(place: Place) -> Span | None:
    """Where a place stands in its input; None when that is not known."""
    match place:
        case Span():
            return place
        case Setting() | Defect():
            return place.span
        case Section() | Site():
            return place.place
        case Export():
            return None


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """What a reader of a report wants to know of a rule, beside its findings."""

    code: str
    name: str
    summary: str
    consequence: str
    remedy: str
    severity: Severity
    reference: str | None
    certainty: Literal["documented", "derived"]
    documentation: str
    """The rule's whole documentation, as Markdown."""


@dataclass(frozen=True, slots=True)
class AddressSheet:
    """What a reader of a report wants to know of a site's addresses of one type to one destination."""

    destination: str
    type: str
    """The address type without the 1.x suffix; empty when no input tells."""
    week: tuple[str, ...] | None
    """The rows of a week that is not open at all hours, as `UsageSchedule.rows`; empty for one that is, None
    when no input tells."""
    places: tuple[tuple[Span | None, str | None], ...]
    """Where they stand in the inputs: the stretch, and the registry key."""


@dataclass(frozen=True, slots=True)
class SiteSheet:
    """What a reader of a report wants to know of a site, those of one code joined into one."""

    code: str | None
    server: str | None
    parent: str | None
    """The parent's site code; empty for a site that says it has none, None when no input tells."""
    kind: str | None
    version: str
    """The product version in words; empty when no input tells."""
    paths: tuple[str, ...]
    addresses: tuple[AddressSheet, ...]


class _Contract(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )


class RelatedPlace(_Contract):
    """Another place to look at."""

    path: str | None
    line: Annotated[int, Field(ge=1)] | None
    column: Annotated[int, Field(ge=1)] | None
    message: str


class FixChange(_Contract):
    """One setting and its value before and after."""

    setting: str
    from_: Annotated[int | str | None, Field(alias="from")]
    to: int | str | None


class Edit(_Contract):
    """Bytes ``start`` to ``end`` of the file, and the text to put there, to be encoded as the file is."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    replacement: str


class ReportedFix(_Contract):
    """A cure: what it changes, the edits that do it, and the steps that only a person can take."""

    safety: Safety
    description: str
    steps: tuple[str, ...]
    changes: tuple[FixChange, ...]
    edits: tuple[Edit, ...]


class Reported(_Contract):
    """One finding. What is not known or does not apply is null."""

    rule: str
    name: str
    severity: Severity
    message: str
    path: str | None
    line: Annotated[int, Field(ge=1)] | None
    column: Annotated[int, Field(ge=1)] | None
    end_line: Annotated[int, Field(ge=1)] | None
    end_column: Annotated[int, Field(ge=1)] | None
    related: tuple[RelatedPlace, ...]
    site: str | None
    component: str | None
    setting: str | None
    value: int | str | None
    expected: str | None
    reference: str | None
    fingerprint: str
    fix: ReportedFix | None

    excerpt: SkipJsonSchema[Annotated[str | None, Field(exclude=True)]] = None
    """The line the finding begins on, for reports that show it; of a long one the part around the finding."""
    excerpt_column: SkipJsonSchema[Annotated[int, Field(exclude=True)]] = 1
    """The column of the excerpt's first character."""
    changes: SkipJsonSchema[Annotated[tuple[Change, ...], Field(exclude=True)]] = ()
    """The changes behind the fix, for those who write patches."""
    key: SkipJsonSchema[Annotated[str | None, Field(exclude=True)]] = None
    """The registry key of what the finding is about."""


class Suppressed(Reported):
    """A finding that is known or ignored: by a comment, by the configuration, or by the baseline."""

    by: Suppressor
    reason: str | None


class Input(_Contract):
    """One input as it was read. ``not_checked`` says what it cannot show, and which export would."""

    path: str
    format: Format | None
    encoding: str | None
    product_version: str | None
    sites: tuple[str, ...]
    not_checked: tuple[str, ...]

    senders: SkipJsonSchema[Annotated[int, Field(exclude=True)]] = 0
    version_title: SkipJsonSchema[Annotated[str, Field(exclude=True)]] = ""
    assumed: SkipJsonSchema[Annotated[tuple[str, ...], Field(exclude=True)]] = ()
    """The defaults that were assumed for what the input does not set."""


class Summary(_Contract):
    """How many of each."""

    error: int
    warning: int
    info: int
    fixable: int
    suppressed: int
    inputs: int


class Tool(_Contract):
    """The program that made the report."""

    name: str
    version: str


class Report(_Contract):
    """What one run found: the JSON report."""

    schema_version: Literal[1] = 1
    tool: Tool
    inputs: tuple[Input, ...]
    findings: tuple[Reported, ...]
    suppressed: tuple[Suppressed, ...]
    summary: Summary

    rules: SkipJsonSchema[Annotated[tuple[RuleSheet, ...], Field(exclude=True)]] = ()
    """The rules that ran."""
    sites: SkipJsonSchema[Annotated[tuple[SiteSheet, ...], Field(exclude=True)]] = ()
    """The sites of the run, as the inputs describe them."""
    notes: SkipJsonSchema[Annotated[tuple[str, ...], Field(exclude=True)]] = ()
    """What a person should know of the run; goes to standard error."""
    failures: SkipJsonSchema[Annotated[tuple[str, ...], Field(exclude=True)]] = ()
    """What could not be done: missing or unreadable paths. Any makes exit status 2."""
    own_files: SkipJsonSchema[Annotated[int, Field(exclude=True)]] = 0
    """How many patches and undo files of smslint's own the walks passed over."""

    def sheet(self, code: str) -> RuleSheet | None:
        """The sheet of a rule that ran."""
        return next((sheet for sheet in self.rules if sheet.code == code), None)
