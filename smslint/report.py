"""What a run found, as plain results: `reports/json.py` holds what of it is promised to programs."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from smslint.finding import Safety, Severity
from smslint.schema.export import Format
from smslint.schema.located import Lazy
from smslint.schema.setting import Change
from smslint.sources.unchecked import NotChecked

Suppressor = Literal["comment", "config", "baseline"]


def article(reference: str | None) -> str | None:
    """The address of an article in the archive, where the reference begins with its Q-number."""
    found = re.match(r"Q(\d{4,6})\b", reference or "")
    if not found:
        return None
    number = found[1]
    return f"https://jeffpar.github.io/kbarchive/kb/{number[:-3].zfill(3)}/Q{number}/"


class Failure(NamedTuple):
    """What could not be read at all: a missing or unreadable path."""

    path: str
    reason: str

    def __str__(self) -> str:
        """Path and reason, as people read them."""
        return f"{self.path}: {self.reason}"


class RelatedLocation(NamedTuple):
    """Another location to look at."""

    path: str | None
    line: int | None
    column: int | None
    message: str


class FixChange(NamedTuple):
    """One setting and its value before and after."""

    setting: str
    from_: int | str | None
    to: int | str | None


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` of the file, and the text to put there, to be encoded as the file is."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class ReportedFix:
    """A fix: what it changes, the edits that do it, and the steps that only a person can take."""

    safety: Safety
    description: str
    steps: tuple[str, ...]
    changes: tuple[FixChange, ...]
    edits: tuple[Edit, ...]
    script: bool = False
    """Whether `patch` writes a PowerShell script for it."""

    @property
    def in_words(self) -> tuple[str, tuple[str, ...]]:
        """The cure and its steps; sentences, the first of which stands for all, are one text."""
        is_prose = self.steps[:1] == (self.description,)
        return (" ".join(self.steps), ()) if is_prose else (self.description, self.steps)

    @property
    def manner(self) -> str:
        """How it is made: by script where one is written, and how far it may be trusted."""
        if not self.script:
            return self.safety
        return "script, unsafe" if self.safety == "unsafe" else "script"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFinding:
    """One finding. What is not known or does not apply is None."""

    rule: str
    name: str
    severity: Severity
    message: str
    path: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    related: tuple[RelatedLocation, ...]
    site: str | None
    component: str | None
    setting: str | None
    value: int | str | None
    expected: str | None
    reference: str | None
    fingerprint: str
    fix: ReportedFix | None
    excerpt: str | None = None
    """The line the finding begins on, for reports that show it; of a long one the part around the finding."""
    excerpt_column: int = 1
    """The column of the excerpt's first character."""
    changes: tuple[Change, ...] = ()
    """The changes behind the fix, for those who write patches."""
    key: str | None = None
    """The registry key of what the finding is about."""
    label: str | None = None
    """The setting in the product's words."""
    signature: str | None = None
    """The signature of a log's line, by its name."""
    subject: str = ""
    """What names what it is about, where its component does not, as `Section.subject`."""
    aspect: str = ""
    """What tells it from the rule's other findings about the same, whatever its words."""
    why: str = ""
    """Why this case is bad, where the rule's own words do not say."""
    about_export: bool = False
    """Whether it is about the export itself, of which no file cures the server."""
    canonical: str | None = None
    """The value in a form that no wording changes, where it is neither a number nor text."""

    week: tuple[str, ...] = ()
    """The week, line by line, where the value is a schedule (`UsageSchedule.grid`)."""
    destination: str | None = None
    """The code of the site that the address it is about leads to."""

    @property
    def reference_url(self) -> str | None:
        """Where the first article of the reference can be read."""
        return article(self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed(ReportedFinding):
    """A finding that is known or ignored: by a comment, by the configuration, or by the baseline."""

    by: Suppressor
    reason: str | None


@dataclass(frozen=True, slots=True)
class RuleInfo(Lazy):
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


class Versions(NamedTuple):
    """The first and the last release that a version may be, as ``--product-version`` spells them."""

    from_: str
    to: str


class Input(NamedTuple):
    """One input as it was read. ``not_checked`` says what it cannot show, and which export would."""

    path: str
    format: Format | Literal["log"] | None
    encoding: str | None
    product_version: str | None
    """The product version in words; None when nothing is known of it."""
    versions: Versions | None
    sites: tuple[str, ...]
    not_checked: tuple[str, ...]
    senders: int = 0
    assumed: tuple[str, ...] = ()
    """The defaults that were assumed for what the input does not set."""


class AddressInfo(NamedTuple):
    """What a reader of a report wants to know of a site's addresses of one type to one destination."""

    destination: str
    type: str
    """The address type without the 1.x suffix; empty when no input tells."""
    week: tuple[str, ...] | None
    """The rows of a week that is not open at all hours, as `UsageSchedule.rows`; empty for one that is, None
    when no input tells."""
    subjects: frozenset[tuple[str, str]]
    """What findings about them say: the site's code, or else the path, and the subject; in upper case."""


class SiteInfo(NamedTuple):
    """What a reader of a report wants to know of a site, those of one code joined into one."""

    code: str | None
    server: str | None
    parent: str | None
    """The parent's site code; empty for a site that says it has none, None when no input tells."""
    kind: str | None
    product_version: str | None
    """The product version in words; None when nothing is known of it."""
    paths: tuple[str, ...]
    addresses: tuple[AddressInfo, ...]
    versions: Versions | None = None
    sender_count: int = 0
    """Its senders, each once, however many files hold it."""
    address_count: int = 0
    """Its addresses, each once, those to distribution points too."""
    not_checked: tuple[NotChecked, ...] = ()
    """What no file of the run shows of it."""


class LimitInfo(NamedTuple):
    """A limit of sendings that a sender went by, as long as it did not change."""

    component: str | None
    site: str | None
    """The site, where it is the limit for one."""
    value: int
    checks: int
    reached: int
    """How many of the checks found the limit reached."""
    since: str | None


class SentInfo(NamedTuple):
    """The last sending that arrived at a site."""

    site: str
    time: str | None


class LogInfo(NamedTuple):
    """One log as it was read, and what its healthy lines tell.

    Times are in UTC where the log tells its zone.
    """

    path: str
    records: int
    components: tuple[str, ...]
    forms: tuple[str, ...]
    """The line forms, in words."""
    begins: str | None
    ends: str | None
    limits: tuple[LimitInfo, ...]
    sent: tuple[SentInfo, ...]


class Summary(NamedTuple):
    """How many of each."""

    error: int
    warning: int
    info: int
    fixable: int
    suppressed: int
    inputs: int
    passed_over: int = 0
    """Files of a walk that could have been exports and are none, or that smslint wrote."""


@dataclass(frozen=True, slots=True)
class Tool(Lazy):
    """The program that made the report."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Report:
    """What one run found."""

    tool: Tool
    inputs: tuple[Input, ...]
    findings: tuple[ReportedFinding, ...]
    suppressed: tuple[Suppressed, ...]
    summary: Summary
    rules: tuple[RuleInfo, ...] = ()
    """The rules that ran."""
    sites: tuple[SiteInfo, ...] = ()
    """The sites of the run, as the inputs describe them."""
    notes: tuple[str, ...] = ()
    """What a person should know of the run; goes to standard error."""
    logs: tuple[LogInfo, ...] = ()
    """The logs of a run over logs."""
    failures: tuple[Failure, ...] = ()
    """What could not be read: missing or unreadable paths. Any makes exit status 2."""
    folder: str = "."
    """The folder that the paths start from which are not absolute."""

    def why(self, finding: ReportedFinding) -> str:
        """Why a finding is bad; empty where nobody says."""
        rule = self.rule(finding.rule)
        return finding.why or (rule.consequence if rule else "")

    def rule(self, code: str) -> RuleInfo | None:
        """What there is to know of a rule that ran."""
        return next((rule for rule in self.rules if rule.code == code), None)
