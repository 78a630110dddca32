"""What a run over logs read, what their healthy lines tell, and what cannot be seen in them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from smslint.report import LimitInfo, LogInfo, SentInfo
from smslint.reports.style import counted

MOST: Final = 8
"""How many of each are told without being asked for."""
_UNSEEN: Final = (
    "What a component did that writes no log: on SMS 2.0 logging is off by default (smslint explain SMS119).",
    "What the log held before it was rolled or cleared, and what other components wrote into other logs.",
)


def parts(logs: Sequence[LogInfo]) -> Iterator[tuple[str, Sequence[str]]]:
    """Each part of the summary: what it is about, and its lines."""
    yield "Read", [_log(each) for each in logs]
    yield "Limits", [_limit(each) for log in logs for each in log.limits]
    yield "Last sent", [_sent(each) for log in logs for each in log.sent]
    yield "Not seen", _UNSEEN


def _log(log: LogInfo) -> str:
    components = ", ".join(log.components[:MOST]) or "no component named"
    more = f" and {len(log.components) - MOST} more" if len(log.components) > MOST else ""
    when = f", {log.begins} to {log.ends}" if log.begins and log.ends else ""
    forms = ", ".join(log.forms) or "no log line"
    return f"{log.path}: {counted(log.records, 'record')} ({forms}), {components}{more}{when}"


def _limit(limit: LimitInfo) -> str:
    about = f"{limit.component or 'a sender'}{f' to site {limit.site}' if limit.site else ''}"
    since = f" since {limit.since}" if limit.since else ""
    reached = f"reached in {limit.reached} of {counted(limit.checks, 'check')}"
    return f"{about}: {limit.value} sendings{since}, {reached}"


def _sent(sent: SentInfo) -> str:
    return f"site {sent.site}: {sent.time or 'time unknown'}"
