"""Reports to render: clean, with one finding, with many, and with everything a hostile input may hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, Final

from smslint.report import (
    Edit,
    Failure,
    FixChange,
    Input,
    RelatedLocation,
    Report,
    ReportedFinding,
    ReportedFix,
    RuleInfo,
    SiteInfo,
    Summary,
    Suppressed,
    Suppressor,
    Tool,
    Versions,
)
from smslint.schema.located import Located, Span
from smslint.schema.sender import Sender
from smslint.sources.unchecked import NotChecked

NASTY_TEXT: Final = (
    "a\nb\r::error::c %0A ##vso[task.complete] ]]> <script>alert(1)</script> \x1b[31m \x9b5m | `x` "
    "[link](http://evil.example) www.evil.example @everyone #1 ;] \ud800 \udfff \ufffe \u202e $x$ ~~y~~ ü 𝄞"
)
NASTY_PATH: Final = "exports/=cmd|a,b:c;d]e%20`f`\n::warning::g<h>\x1b[0m\ud800 [i](j) ü.reg"

CAPACITY: Final = RuleInfo(
    "SMS101",
    "sender-capacity-zero",
    "A sender is allowed no sendings at all.",
    "Nothing leaves the site through it.",
    "Set the defaults, `5` and `3`.",
    "error",
    "Q163379",
    "documented",
    "A sender is allowed no sendings at all.\n\n## Why it is bad\nNothing leaves the site through it.",
)
HEARTBEAT: Final = RuleInfo(
    "SMS104",
    "sender-retry-delay-exceeds-heartbeat",
    "A sender waits longer than its heartbeat.",
    "",
    "",
    "warning",
    None,
    "derived",
    "A sender waits longer than its heartbeat.",
)


def sender(path: str) -> Sender:
    line = '"Maximum Concurrent Sendings"=dword:00000000'
    span = Span(path, 4, 31, 4, 45, 106, 120, line)
    read = Located(0, span, spell=lambda value: f"dword:{value:08x}")
    return Sender.model_validate({"name": "SMS_LAN_SENDER", "max_concurrent_sendings": read})


def finding(path: str = "exports/nyc.reg", **other: Any) -> ReportedFinding:
    """A finding that can be fixed, with whatever is to be different."""
    setting = sender(path).max_concurrent_sendings
    output: dict[str, Any] = {
        "rule": "SMS101",
        "name": "sender-capacity-zero",
        "severity": "error",
        "message": "Maximum Concurrent Sendings of SMS_LAN_SENDER is 0: nothing is sent to any site",
        "path": path,
        "line": 4,
        "column": 31,
        "end_line": 4,
        "end_column": 45,
        "related": (),
        "site": "NYC",
        "component": "SMS_LAN_SENDER",
        "setting": "max_concurrent_sendings",
        "value": 0,
        "expected": "at least 1",
        "reference": "Q163379",
        "fingerprint": "0123456789abcdef",
        "fix": ReportedFix(
            safety="safe",
            description="Set Maximum Concurrent Sendings to its default, 5.",
            steps=(),
            changes=(FixChange(setting="max_concurrent_sendings", from_=0, to=5),),
            edits=(Edit(start=106, end=120, replacement="dword:00000005"),),
        ),
        "excerpt": '"Maximum Concurrent Sendings"=dword:00000000',
        "changes": (setting.change(5),),
    }
    return ReportedFinding(**{**output, **other})


def unfixed(**other: Any) -> ReportedFinding:
    return finding(**{"fix": None, "changes": (), **other})


def suppressed(by: Suppressor, reason: str | None) -> Suppressed:
    known = unfixed(fingerprint=f"known-{by}")
    return Suppressed(
        **{each.name: getattr(known, each.name) for each in fields(ReportedFinding)}, by=by, reason=reason
    )


def read(path: str, **other: Any) -> Input:
    output = {"format": "registry", "encoding": "utf-16-le", "product_version": "SMS 1.2", "sites": ("NYC",)}
    known = {"versions": Versions("1.2", "1.2sp4"), "not_checked": (), "senders": 1}
    return Input(path=path, **{**output, **known, **other})


def site(code: str, path: str, *lacking: NotChecked) -> SiteInfo:
    return SiteInfo(
        code=code,
        server=None,
        parent=None,
        kind="primary",
        product_version="SMS 1.2",
        versions=Versions("1.2", "1.2sp4"),
        paths=(path,),
        addresses=(),
        sender_count=1,
        not_checked=lacking,
    )


def report(
    inputs: Sequence[Input],
    findings: Sequence[ReportedFinding] = (),
    known: Sequence[Suppressed] = (),
    **other: Any,
) -> Report:
    levels = Counter(each.severity for each in findings)
    return Report(
        tool=Tool(name="smslint", version="1.0.0"),
        inputs=tuple(inputs),
        findings=tuple(findings),
        suppressed=tuple(known),
        summary=Summary(
            error=levels["error"],
            warning=levels["warning"],
            info=levels["info"],
            fixable=sum(1 for each in findings if each.fix and each.fix.safety != "manual"),
            suppressed=len(known),
            inputs=len(inputs),
        ),
        rules=(CAPACITY, HEARTBEAT),
        **other,
    )


def _many() -> Report:
    manual = ReportedFix(
        safety="manual", description="Ask.", steps=("Open the console.", "Set it."), changes=(), edits=()
    )
    heartbeat = {"rule": "SMS104", "name": "sender-retry-delay-exceeds-heartbeat", "reference": None}
    elsewhere = (
        RelatedLocation(path="exports/lon.reg", line=7, column=3, message="the other side"),
        RelatedLocation(path="exports/par.reg", line=None, column=None, message="the whole file"),
        RelatedLocation(path=None, line=None, column=None, message="a site that no input shows"),
    )
    nowhere = {"line": None, "column": None, "end_line": None, "end_column": None, "excerpt": None}
    findings = [
        unfixed(severity="info", message="Only to know", **heartbeat),
        unfixed(severity="warning", message="Over lines", end_line=6, end_column=2, **heartbeat),
        finding(related=elsewhere),
        unfixed(message="The same again, of another text", column=2, end_column=5),
        unfixed(severity="warning", message="Of the file", **nowhere, fix=manual),
        unfixed(severity="warning", message="By script", **nowhere, fix=replace(manual, script=True)),
        unfixed(path=None, message="Of no file", value="text", **nowhere),
        unfixed(path="exports/lon.reg", severity="info", message="Only to know", rule="ACME1", name="acme"),
        unfixed(path="smslint.toml", severity="warning", message="Of no input", excerpt="é𝄞 = 0", column=6),
        *(unfixed(message=f"Number {number}", fingerprint=f"n{number}") for number in range(11)),
    ]
    known = [suppressed("comment", "for the move"), suppressed("config", None), suppressed("baseline", None)]
    inputs = [
        read("exports/nyc.reg", not_checked=("addresses: read the site control file",)),
        read("exports/lon.reg"),
        read("exports/par.reg", sites=()),
    ]
    lacking = NotChecked("addresses", "a registry export does not show them", "copy SITECTRL.CT0 nyc.ct0")
    sites = (site("NYC", "exports/nyc.reg", lacking), site("LON", "exports/lon.reg", lacking))
    return report(inputs, findings, known, sites=sites, failures=(Failure("missing.reg", "no such file"),))


def _nasty() -> Report:
    fix = ReportedFix(
        safety="unsafe",
        description=f"Set {NASTY_TEXT}",
        steps=(NASTY_TEXT,),
        changes=(FixChange(setting="max_concurrent_sendings", from_=NASTY_TEXT, to=NASTY_TEXT),),
        edits=(Edit(start=106, end=120, replacement=NASTY_TEXT),),
    )
    hostile = {
        "message": NASTY_TEXT,
        "site": "=1+1",
        "component": "\t@SUM(A1)",
        "value": "-2+3",
        "expected": "+1",
        "excerpt": NASTY_TEXT,
        "fix": fix,
        "related": (RelatedLocation(path=NASTY_PATH, line=1, column=1, message=NASTY_TEXT),),
    }
    findings = [
        finding(NASTY_PATH, **hostile),
        finding(NASTY_PATH, severity="info", message=f"=cmd|' /C calc'!A0 {NASTY_TEXT}"),
    ]
    known = replace(suppressed("comment", NASTY_TEXT), message=NASTY_TEXT, path=NASTY_PATH)
    sites = (site("=1+1", NASTY_PATH, NotChecked(NASTY_TEXT, NASTY_TEXT, NASTY_TEXT)),)
    inputs = [read(NASTY_PATH, not_checked=(NASTY_TEXT,), sites=("=1+1",))]
    return report(inputs, findings, [known], sites=sites)


REPORTS: Final[dict[str, Report]] = {
    "clean": report([read("exports/nyc.reg")]),
    "one": report([read("exports/nyc.reg")], [finding()]),
    "many": _many(),
    "nasty": _nasty(),
}
