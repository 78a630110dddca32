"""The lines of one log in their order: what each thread is about, and what follows on what."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, NamedTuple

from smslint.logs.components import applies_to, role_of, role_of_file
from smslint.logs.errors import windows_error
from smslint.logs.matching import candidates
from smslint.logs.reader import Stretch
from smslint.logs.record import GENERATIONS, Record, moment, viewed_moment
from smslint.logs.signatures import BY_NAME, Signature, Who
from smslint.logs.symptom import Limit, LogFile, Sent, Symptom
from smslint.sources.limits import (
    LOG_CHANGES,
    LOG_COMPONENTS,
    LOG_DESTINATIONS,
    LOG_DIRECT_DESTINATIONS,
    LOG_THREADS,
)

WINDOW: Final = timedelta(minutes=10)
"""How long after the line before it a line of a sequence may come."""
LINES_WINDOW: Final = 50
"""The same in lines, where they have no time."""
FULL_CHECKS: Final = 10
"""Checks of a limit from which on it says something that half of them found it reached."""

_SITE = re.compile(r" SITE=([A-Za-z0-9]{3})\b")
_DESPOOLER: Final = "SMS_DESPOOLER"
_LOCKED: Final = "a later thread found the remote file locked (Windows error 32)"


@dataclass(slots=True)
class _Seen:
    """A record, the file it stands in, and its place among all lines of the log."""

    record: Record
    path: str
    line: int


@dataclass(slots=True)
class _Thread:
    """What is known of one thread of a component."""

    site: str | None = None
    server: str | None = None
    heartbeat: _Seen | None = None
    refused: tuple[_Seen, str, int] | None = None
    """The last failure to connect: where, the rule it led to, and its number."""
    direct: dict[str, _Seen] = field(default_factory=dict)
    """The sites for which it found a direct address."""


class _Event(NamedTuple):
    """A line that a signature speaks of, and where it stands."""

    signature: Signature
    match: re.Match[str]
    seen: _Seen
    thread: _Thread
    role: Who | None


class Log:
    """One log, its rolled file before it: takes records in their order, and says what they came to."""

    def __init__(self) -> None:
        """A log of which nothing was read yet."""
        self.files: list[LogFile] = []
        self._symptoms: dict[tuple[str, str, str | None, str | None, int | None], Symptom] = {}
        self._subjects = Counter[str]()
        self._limits: dict[tuple[str | None, str | None], list[Limit]] = {}
        self._sent: dict[str, Sent] = {}
        self._threads: OrderedDict[tuple[str | None, int | None], _Thread] = OrderedDict()
        self._lost = False
        self._not_locked: dict[int, Symptom] = {}
        self._waiting: list[_Seen] = []
        self._absorbed: set[tuple[str | None, int]] = set()
        self._lines_before = 0
        self._role: Who | None = None
        self._of_others = False

    def begin(self, file: LogFile) -> None:
        """Go on with another file of the log."""
        if self.files:
            self._lines_before += self.files[-1].lines
        self.files.append(file)
        known, self._role = role_of_file(file.path)
        self._of_others = known and self._role is None

    def take_stretch(self, stretch: Stretch) -> None:
        """Take lines that no signature speaks of."""
        file = self.files[-1]
        file.records += stretch.lines
        file.forms.add(stretch.form)
        if file.first is None:
            file.first = stretch.record(last=False)
        file.last_stretch = stretch
        if not stretch.holds_only(file.components):
            for component in stretch.components():
                _add(file.components, component)
        if self._waiting and _DESPOOLER in stretch.text:
            self._waiting = []

    def take(self, record: Record) -> None:
        """Take a record."""
        file = self.files[-1]
        file.records += 1
        file.forms.add(record.form)
        if record.component:
            _add(file.components, record.component)
        if record.stamp:
            file.first = file.first or record
            file.last, file.last_stretch = record, None
        role = self._role if record.component is None else role_of(record.component)
        if self._waiting and role == "despooler" and not record.message.startswith("Waiting"):
            self._waiting = []
        unnamed = record.component is None and role is None and not self._of_others
        for signature, match in candidates(record.message, loose=record.loose):
            if unnamed or applies_to(signature.who, role):
                self._see(signature, match, record, role)
                break

    def _see(self, signature: Signature, match: re.Match[str], record: Record, role: Who | None) -> None:
        seen = _Seen(record, self.files[-1].path, self._lines_before + record.line)
        event = _Event(signature, match, seen, self._thread(record), role)
        if action := _ACTIONS.get(signature.name):
            action(self, event)
        elif signature.is_finding:
            parts = match.groupdict()
            self._note(
                signature, seen, site=parts.get("site") or event.thread.site, server=parts.get("server")
            )

    def _thread(self, record: Record) -> _Thread:
        key = record.component, record.thread
        thread = self._threads.get(key)
        if thread is None:
            thread = self._threads[key] = _Thread()
            if len(self._threads) > LOG_THREADS:
                _, oldest = self._threads.popitem(last=False)
                self._settle(oldest)
        else:
            self._threads.move_to_end(key)
        return thread

    def _note(
        self,
        signature: Signature,
        seen: _Seen,
        *,
        code: str | None = None,
        site: str | None = None,
        server: str | None = None,
        own_site: str | None = None,
        number: int | None = None,
    ) -> Symptom:
        """Count a symptom, with the others of its signature and destination."""
        code = code or signature.code or ""
        site, server = site and site.upper(), server and server.upper()
        key = signature.name, code, site or own_site, server, number
        symptom = self._symptoms.get(key)
        if symptom is None and self._subjects[signature.name] >= LOG_DESTINATIONS:
            site = server = number = None
            key = signature.name, code, None, None, None
            symptom = self._symptoms.get(key)
        if symptom is None:
            self._subjects[signature.name] += 1
            record = seen.record
            doubtful = signature.generations.get(GENERATIONS.get(record.form, "2")) == "unknown" or all(
                grade == "unknown" for grade in signature.generations.values()
            )
            symptom = self._symptoms[key] = Symptom(
                signature, code, seen.path, record, record, site, server, own_site, number, doubtful=doubtful
            )
        symptom.count += 1
        symptom.last = seen.record
        return symptom

    # What single lines say.

    def _capacity(self, event: _Event) -> None:
        site = event.thread.site if event.signature.name == "no-sending-capacity-for-site" else None
        limit = int(event.match.groupdict().get("m") or 0)
        if limit == 0:
            self._note(event.signature, event.seen, site=site)
            return
        component = event.seen.record.component
        if (component, site) not in self._limits and len(self._limits) >= LOG_DESTINATIONS:
            return
        known = self._limits.setdefault((component, site), [])
        if not known or (known[-1].value != limit and len(known) < LOG_CHANGES):
            known.append(Limit(component, site, limit, event.seen.record, event.seen.record, event.seen.path))
        last = known[-1]
        last.value, last.last = limit, event.seen.record
        last.checks += 1
        last.full += int(event.match["n"]) >= limit

    def _heartbeat(self, event: _Event) -> None:
        before = event.thread.heartbeat
        if before and not _soon(before, event.seen):
            self._settle(event.thread)
        event.thread.heartbeat = event.seen

    def _settle(self, thread: _Thread) -> None:
        """Note a heartbeat that expired, and that nothing came of."""
        if seen := thread.heartbeat:
            thread.heartbeat = None
            ras = role_of(seen.record.component or "") == "ras-sender"
            signature = BY_NAME["heartbeat-expired"]
            self._note(
                signature, seen, code="SMS105" if ras else None, site=thread.site, server=thread.server
            )

    def _retried(self, event: _Event) -> None:
        if event.thread.heartbeat is None or not _soon(event.thread.heartbeat, event.seen):
            return
        first, event.thread.heartbeat = event.thread.heartbeat, None
        ras = event.role == "ras-sender"
        signature = BY_NAME["ras-retry-after-heartbeat"] if ras else event.signature
        symptom = self._note(signature, first, site=event.thread.site, server=event.thread.server)
        symptom.last = event.seen.record
        self._lost = True
        self._not_locked[id(symptom)] = symptom

    def _remote_file(self, event: _Event) -> None:
        number = int(event.match["number"])
        error = windows_error(number)
        server = _server_of(event.match["any"])
        if number == 32 and self._lost:
            for symptom in self._not_locked.values():
                if _LOCKED not in symptom.notes:
                    symptom.notes.append(_LOCKED)
            self._not_locked = {}
        elif error.code and number == 32:
            self._note(event.signature, event.seen, site=event.thread.site, server=server, number=number)
        elif error.code:
            refused = BY_NAME["remote-file-refused"]
            self._note(
                refused, event.seen, code=error.code, site=event.thread.site, server=server, number=number
            )

    def _refused(self, event: _Event) -> None:
        parts = event.match.groupdict()
        number = int(parts.get("number") or 67)
        code = event.signature.code if not event.signature.by_number else windows_error(number).code
        if code is None:
            return
        server = parts.get("server") or event.thread.server
        event.thread.server = server
        event.thread.refused = event.seen, code, number
        self._note(
            event.signature, event.seen, code=code, site=event.thread.site, server=server, number=number
        )

    def _unreachable(self, event: _Event) -> None:
        site, server = event.match["site"], event.match["server"]
        code, number = event.signature.code, None
        if event.thread.refused and _soon(event.thread.refused[0], event.seen):
            _, code, number = event.thread.refused
            if len(self._absorbed) < LOG_DESTINATIONS:
                self._absorbed |= {(server.upper(), number), (None, number)}
        if event.match.string[event.match.start("server") - 1] == "\\":
            code = "SMS201"
        self._note(event.signature, event.seen, code=code, site=site, server=server, number=number)

    def _no_address(self, event: _Event) -> None:
        event.thread.site = event.match.groupdict().get("site") or event.thread.site
        self._note(event.signature, event.seen, site=event.thread.site)

    def _direct(self, event: _Event) -> None:
        if len(event.thread.direct) < LOG_DIRECT_DESTINATIONS:
            event.thread.direct[event.match["site"].upper()] = event.seen

    def _no_backup(self, event: _Event) -> None:
        direct = event.thread.direct.pop(event.match["site"].upper(), None)
        is_courier = direct is not None and _soon(direct, event.seen)
        signature = event.signature if is_courier else BY_NAME["address-not-open"]
        self._note(signature, event.seen, site=event.match["site"])

    def _instruction(self, event: _Event) -> None:
        now = moment(event.seen.record)
        if now is None:
            return
        text = event.match["till"]
        read = viewed_moment(text, month_first=True), viewed_moment(text, day_first=True)
        if all(till and till.local - now.local > timedelta(days=1) for till in read):
            self._note(event.signature, event.seen)

    def _waits(self, event: _Event) -> None:
        # Text alone cannot tell whether other lines followed.
        if event.seen.record.component:
            self._waiting = [*self._waiting[:1], event.seen]

    def _status(self, event: _Event) -> None:
        site = _SITE.search(event.match.string)
        self._note(event.signature, event.seen, own_site=site[1].upper() if site else None)

    # What healthy lines tell.

    def _request(self, event: _Event) -> None:
        event.thread.site = event.match["site"].upper()

    def _created(self, event: _Event) -> None:
        new = self._thread(event.seen.record._replace(thread=int(event.match["thread"], 16)))
        self._settle(new)
        new.site, new.server, new.refused = event.thread.site, None, None

    def _arrived(self, event: _Event) -> None:
        site = event.match.groupdict().get("site") or event.thread.site
        if site and (site.upper() in self._sent or len(self._sent) < LOG_DESTINATIONS):
            self._sent[site.upper()] = Sent(site.upper(), event.seen.record, event.seen.path)

    def _context(self, event: _Event) -> None:
        """Part of what other lines say."""

    # What it came to.

    @property
    def limits(self) -> Iterator[Limit]:
        """The limits in force, by sender and site, in the order they were seen."""
        return (limit for known in self._limits.values() for limit in known)

    @property
    def sent(self) -> Iterator[Sent]:
        """The last sending that arrived at each site."""
        return iter(self._sent.values())

    def symptoms(self) -> Iterator[Symptom]:
        """What the log holds; to be asked for once, when all was read."""
        for thread in self._threads.values():
            self._settle(thread)
        if len(self._waiting) > 1:
            self._note(BY_NAME["despooler-hangs"], self._waiting[0]).last = self._waiting[-1].record
        for symptom in self._symptoms.values():
            is_part = symptom.number is not None and symptom.signature.name in _PART_OF_UNREACHABLE
            absorbed = is_part and (
                (symptom.server, symptom.number) in self._absorbed
                or (symptom.server is None and (None, symptom.number) in self._absorbed)
            )
            if symptom.count >= symptom.signature.times and not absorbed:
                yield symptom
        yield from self._used_up()

    def _used_up(self) -> Iterator[Symptom]:
        """The limits that were reached in half of their checks or more."""
        signature = BY_NAME["sender-threads-used-up"]
        for known in self._limits.values():
            checks, full = sum(each.checks for each in known), sum(each.full for each in known)
            last = known[-1]
            if checks < FULL_CHECKS or full * 2 < checks or last.first.form == "F1":
                continue
            note = f"in {full} of {checks} checks its limit was reached (last {last.value})"
            first = known[0]
            yield Symptom(
                signature,
                signature.code or "",
                first.path,
                first.first,
                last.last,
                last.site,
                count=full,
                notes=[note],
            )


_PART_OF_UNREACHABLE: Final = ("address-with-backslashes", "connection-refused", "no-connection")
_Action = Callable[[Log, _Event], None]
_ACTIONS: Final[Mapping[str, _Action]] = {
    "no-sending-capacity": Log._capacity,
    "no-sending-capacity-for-site": Log._capacity,
    "heartbeat-expired": Log._heartbeat,
    "retry-after-heartbeat": Log._retried,
    "remote-file-in-use": Log._remote_file,
    "address-with-backslashes": Log._refused,
    "connection-refused": Log._refused,
    "no-connection": Log._refused,
    "connection-error": Log._refused,
    "site-unreachable": Log._unreachable,
    "no-address-left": Log._no_address,
    "direct-address": Log._direct,
    "courier-only": Log._no_backup,
    "instruction-in-future": Log._instruction,
    "despooler-hangs": Log._waits,
    "send-request-found": Log._request,
    "sending-thread-created": Log._created,
    "package-sent": Log._arrived,
    "sending-completed": Log._arrived,
    "failed-try": Log._context,
} | {each.name: Log._status for each in BY_NAME.values() if each.name.startswith("status-")}


def _add(components: set[str], component: str) -> None:
    if len(components) < LOG_COMPONENTS:
        components.add(component)


def _server_of(path: str) -> str | None:
    found = re.match(r"\\\\([^\\\s]+)\\", path)
    return found[1] if found else None


def _soon(first: _Seen, then: _Seen) -> bool:
    """Whether a line comes soon enough behind another to belong to it."""
    before, after = moment(first.record, month_first=True), moment(then.record, month_first=True)
    if before and after:
        return abs(after.utc_or_local - before.utc_or_local) <= WINDOW
    return then.line - first.line <= LINES_WINDOW
