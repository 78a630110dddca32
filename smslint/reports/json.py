"""``json``: the whole report as one object, in ASCII so that every console and pipe takes it.

The models here are the contract with programs: what is not declared here is not promised.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from smslint.finding import Safety, Severity
from smslint.report import Report as PlainReport
from smslint.report import ReportedFinding, Suppressor
from smslint.reports.asciijson import dumped
from smslint.reports.style import Style
from smslint.schema.export import Format

SCHEMA_ID = "urn:smslint:schema:report:1"


class _Model(BaseModel):
    model_config = ConfigDict(defer_build=True, from_attributes=True, extra="forbid")


class RelatedLocation(_Model):
    """Another location to look at."""

    path: Annotated[str | None, Field(description="the input it is in")]
    line: Annotated[int | None, Field(ge=1, description="its line, counted from 1")]
    column: Annotated[int | None, Field(ge=1, description="its column, counted from 1 in characters")]
    message: Annotated[str, Field(description="what it has to do with the finding")]


class FixChange(_Model):
    """One setting and its value before and after."""

    setting: Annotated[str, Field(description="the setting, by its name in `show --format json`")]
    from_: Annotated[
        int | str | None,
        Field(serialization_alias="from", description="the value that was found; null when it is not set"),
    ]
    to: Annotated[int | str | None, Field(description="the value it should have")]


class Edit(_Model):
    """Bytes of the file to replace."""

    start: Annotated[int, Field(ge=0, description="the offset of the first byte")]
    end: Annotated[int, Field(ge=0, description="the offset behind the last byte")]
    replacement: Annotated[str, Field(description="the text to put there, to be encoded as the file is")]


class Fix(_Model):
    """How to cure a finding."""

    safety: Annotated[
        Safety,
        Field(
            description="safe: the published cure or the documented default; unsafe: a value that a person "
            "should confirm; manual: steps for a person"
        ),
    ]
    description: Annotated[str, Field(description="the cure in words")]
    steps: Annotated[tuple[str, ...], Field(description="what a person does, in order")]
    changes: Annotated[tuple[FixChange, ...], Field(description="the settings it changes")]
    script: Annotated[bool, Field(description="whether `patch` writes a PowerShell script for it")]
    edits: Annotated[
        tuple[Edit, ...], Field(description="what does it in the file; none of them overlaps another")
    ]


class Finding(_Model):
    """One finding. What is not known or does not apply is null."""

    rule: Annotated[str, Field(description="the rule's code")]
    name: Annotated[str, Field(description="the rule's name")]
    severity: Annotated[Severity, Field(description="how grave it is")]
    message: Annotated[str, Field(description="what is wrong, in one sentence")]
    path: Annotated[str | None, Field(description="the input it is in")]
    line: Annotated[int | None, Field(ge=1, description="the line it begins on, counted from 1")]
    column: Annotated[int | None, Field(ge=1, description="where on it, counted from 1 in characters")]
    end_line: Annotated[int | None, Field(ge=1, description="the line it ends on")]
    end_column: Annotated[int | None, Field(ge=1, description="the column behind its end")]
    related: Annotated[tuple[RelatedLocation, ...], Field(description="other places to look at")]
    site: Annotated[str | None, Field(description="the code of the site it is about")]
    component: Annotated[str | None, Field(description="the component it is about")]
    setting: Annotated[str | None, Field(description="the setting, by its name in `show --format json`")]
    value: Annotated[int | str | None, Field(description="the value that was found")]
    expected: Annotated[str | None, Field(description="what would be right, in a few words")]
    reference: Annotated[str | None, Field(description="the articles behind the rule")]
    reference_url: Annotated[
        str | None, Field(description="where the first of them can be read; null where none is archived")
    ]
    fingerprint: Annotated[
        str, Field(description="the same for the same finding in the next run, wherever its line has moved")
    ]
    fix: Annotated[Fix | None, Field(description="how to cure it")]
    signature: Annotated[
        str | None,
        Field(description="the signature of the line that diagnose found; null for other findings"),
    ]


class Suppressed(Finding):
    """A finding that is known or ignored."""

    by: Annotated[Suppressor, Field(description="what ignores it")]
    reason: Annotated[str | None, Field(description="the reason that was given")]


class Versions(_Model):
    """The releases that a version may be, both as `--product-version` spells them."""

    from_: Annotated[str, Field(serialization_alias="from", description="the first")]
    to: Annotated[str, Field(description="the last")]


class NotChecked(_Model):
    """A part of a site that no input of the run shows."""

    what: Annotated[str, Field(description="the part")]
    why: Annotated[str, Field(description="why no input shows it")]
    command: Annotated[str, Field(description="the command that exports it, to be run at the site")]


class Failure(_Model):
    """What could not be read at all."""

    path: Annotated[str, Field(description="the path")]
    reason: Annotated[str, Field(description="why not")]


class Input(_Model):
    """One input as it was read."""

    path: Annotated[str, Field(description="its path")]
    format: Annotated[
        Format | Literal["log"] | None, Field(description="its format; null when it is of no known one")
    ]
    encoding: Annotated[str | None, Field(description="the encoding it was read in")]
    product_version: Annotated[
        str | None, Field(description="the product version in words; null when nothing is known of it")
    ]
    versions: Annotated[
        Versions | None, Field(description="the releases it may be; null when nothing is known of it")
    ]
    sites: Annotated[tuple[str, ...], Field(description="the codes of the sites it describes")]
    not_checked: Annotated[
        tuple[str, ...], Field(description="what it cannot show, each with the export that would")
    ]


class LogLimit(_Model):
    """A limit of sendings that a sender went by, as long as it did not change."""

    component: Annotated[str | None, Field(description="the sender")]
    site: Annotated[str | None, Field(description="the site, where it is the limit for one")]
    value: Annotated[int, Field(description="the limit")]
    checks: Annotated[int, Field(description="how often the sender checked it")]
    reached: Annotated[int, Field(description="how many of the checks found it reached")]
    since: Annotated[str | None, Field(description="when it was seen first")]


class LogSent(_Model):
    """The last sending that arrived at a site."""

    site: Annotated[str, Field(description="the site's code")]
    time: Annotated[str | None, Field(description="when it arrived")]


class Log(_Model):
    """One log as it was read by diagnose. Times are in UTC where the log tells its zone."""

    path: Annotated[str, Field(description="its path")]
    records: Annotated[int, Field(description="how many records were read")]
    components: Annotated[tuple[str, ...], Field(description="the components that wrote them")]
    forms: Annotated[tuple[str, ...], Field(description="the forms of their lines, in words")]
    begins: Annotated[str | None, Field(description="the time of the first")]
    ends: Annotated[str | None, Field(description="the time of the last")]
    limits: Annotated[tuple[LogLimit, ...], Field(description="the limits in force")]
    sent: Annotated[tuple[LogSent, ...], Field(description="the last sendings that arrived")]


class Site(_Model):
    """One site as all inputs that name its code describe it."""

    code: Annotated[str | None, Field(description="its site code; null when no input names it")]
    type: Annotated[
        str | None, Field(validation_alias="kind", description="what kind of site it is, such as primary")
    ]
    parent: Annotated[
        str | None,
        Field(description="the parent's site code; empty where the site says it has none, null when unknown"),
    ]
    product_version: Annotated[
        str | None, Field(description="the product version in words; null when nothing is known of it")
    ]
    versions: Annotated[
        Versions | None, Field(description="the releases it may be; null when nothing is known of it")
    ]
    paths: Annotated[tuple[str, ...], Field(description="the inputs that describe it")]
    senders: Annotated[
        int,
        Field(ge=0, validation_alias="sender_count", description="its senders, each counted once"),
    ]
    addresses: Annotated[
        int,
        Field(ge=0, validation_alias="address_count", description="its addresses, each counted once"),
    ]
    not_checked: Annotated[tuple[NotChecked, ...], Field(description="what no input of the run shows of it")]


class Summary(_Model):
    """How many of each."""

    error: Annotated[int, Field(description="findings that are errors")]
    warning: Annotated[int, Field(description="findings that are warnings")]
    info: Annotated[int, Field(description="findings that inform")]
    fixable: Annotated[int, Field(description="findings with a safe or an unsafe fix")]
    suppressed: Annotated[int, Field(description="findings that are known or ignored")]
    inputs: Annotated[int, Field(description="inputs that were read")]
    passed_over: Annotated[
        int, Field(description="files that could have been exports and are none, or that smslint wrote")
    ]


class Tool(_Model):
    """The program that made the report."""

    name: Annotated[str, Field(description="smslint")]
    version: Annotated[str, Field(description="its version")]


class Report(_Model):
    """What one run found."""

    schema_version: Annotated[
        Literal[1], Field(description="the version of this contract; added keys do not raise it")
    ] = 1
    tool: Annotated[Tool, Field(description="the program that made the report")]
    inputs: Annotated[tuple[Input, ...], Field(description="what was read")]
    failures: Annotated[tuple[Failure, ...], Field(description="what could not be read at all")]
    sites: Annotated[tuple[Site, ...], Field(description="the sites, those of one code joined into one")]
    findings: Annotated[tuple[Finding, ...], Field(description="the findings that count")]
    suppressed: Annotated[tuple[Suppressed, ...], Field(description="those that are known or ignored")]
    summary: Annotated[Summary, Field(description="how many of each")]
    logs: Annotated[tuple[Log, ...], Field(description="the logs of diagnose")]


def render(report: PlainReport, _style: Style) -> Iterator[str]:
    """Yield the object, indented."""
    yield dumped(Report.model_validate(report).model_dump(by_alias=True))


def finding_object(finding: ReportedFinding) -> dict[str, Any]:
    """A finding as the report has it."""
    return Finding.model_validate(finding).model_dump(by_alias=True)
