"""Symptoms to findings: what was seen, how often and when, what it means, and what to do first."""

from __future__ import annotations

from smslint.finding import Finding, Fix
from smslint.logs.accounts import without_accounts
from smslint.logs.errors import windows_error
from smslint.logs.record import Moment, Record
from smslint.logs.signatures import Signature
from smslint.logs.symptom import LogFile, Symptom
from smslint.schema.export import Defect
from smslint.schema.located import Span


def finding_of(symptom: Symptom) -> Finding:
    """The finding of a symptom, at its first line."""
    signature = symptom.signature
    steps = steps_of(signature)
    parts = [signature.meaning + _about(symptom), *symptom.notes, _when(symptom)]
    if symptom.doubtful:
        parts.append("no source proves that the line means this")
    return Finding(
        span_of_record(symptom.first, symptom.path),
        "; ".join(parts),
        why=_may_be_behind(symptom.code, signature.see_also),
        fix=Fix(steps[0], (), "manual", steps) if steps else None,
        severity="info" if symptom.doubtful else signature.severity,
    )


def _may_be_behind(code: str, others: tuple[str, ...]) -> str:
    """Which rules may explain a symptom; empty where one surely does, or says itself why it is bad."""
    if not others or code.startswith("SMS7"):
        return ""
    *first, last = code, *others
    return f"What {', '.join(first)} or {last} looks for may be the cause: check an export of the site."


def nothing_read(file: LogFile) -> Finding | None:
    """The finding of a file in which no record was read; None for any other."""
    if file.records:
        return None
    message = "no line of it is from a log that smslint knows" if file.lines else "the log is empty"
    return Finding(
        Defect("malformed", message),  # of the file, of no line
        message,
        why="Nothing in the file was checked: it says nothing of the site, good or bad.",
        fix=Fix(
            "Name a log that a component wrote, such as Sender.log. An export of settings is for "
            "`smslint check`, or stands behind --with.",
            safety="manual",
        ),
        severity="warning",
    )


def cut_off(file: LogFile) -> Finding | None:
    """The finding of a log of which only a part was put together; None for any other."""
    if file.whole_only_after is None:
        return None
    line = file.whole_only_after
    return Finding(
        Span(file.path, line, 1, line, 1, 0, 0, ""),
        "so much of the log is wrapped, pasted or broken that behind this line only whole records were read",
        fix=Fix("Take the log itself, as its component wrote it, instead of a copy.", safety="manual"),
        severity="warning",
    )


def steps_of(signature: Signature) -> tuple[str, ...]:
    """What a person does first, a sentence each."""
    steps = signature.first_step.removesuffix(".").split("; ") if signature.first_step else []
    return tuple(f"{step[:1].upper()}{step[1:]}." for step in steps)


def span_of_record(record: Record, path: str) -> Span:
    """Where the first line of a record stands; what it holds of accounts is hidden."""
    excerpt = without_accounts(record.excerpt)
    end = len(record.excerpt) + 1
    # A log is read in pieces, and nothing ever edits it: no offsets are known.
    return Span(path, record.line, record.column, record.line, max(end, record.column), 0, 0, excerpt)


def _about(symptom: Symptom) -> str:
    """Which component, destination and error it is about, in brackets."""
    details = [
        symptom.first.component or "",
        f"of site {symptom.own_site}" if symptom.own_site else "",
        f"to site {symptom.site}" if symptom.site else "",
        f"server {symptom.server}" if symptom.server else "",
    ]
    if symptom.number is not None:
        details.append(f"Windows error {symptom.number}: {windows_error(symptom.number).meaning}")
    about = ", ".join(part for part in details if part)
    return f" ({about})" if about else ""


def _when(symptom: Symptom) -> str:
    times = "once" if symptom.count == 1 else f"{symptom.count} times"
    return f"seen {times}{span_of_time(symptom.begins, symptom.ends)}"


def span_of_time(begins: Moment | None, ends: Moment | None) -> str:
    """From when to when, as far as it is known; begins with a comma."""
    if begins is None or ends is None:
        return f", at {begins or ends}" if begins or ends else ""
    if str(begins) == str(ends):
        return f", at {begins}"
    if begins.zone_in_words != ends.zone_in_words:
        return f", from {begins} to {ends}"
    first, last = begins.utc_or_local, ends.utc_or_local
    until = f"{last:%H:%M:%S} {ends.zone_in_words}" if first.date() == last.date() else str(ends)
    return f", from {first:%Y-%m-%d %H:%M:%S} to {until}"
