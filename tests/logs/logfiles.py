"""Logs as the products write them and people copy them, and what they come to."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from smslint.logs.diagnose import diagnose
from smslint.logs.symptom import Diagnosis

START = datetime(1999, 11, 26, 10, 43, 41)


class Line(NamedTuple):
    """A message, who wrote it on which thread, and how long after the start of the log."""

    message: str
    component: str = "SMS_LAN_SENDER"
    thread: int = 281
    seconds: int = 0

    @property
    def time(self) -> datetime:
        return START + timedelta(seconds=self.seconds)


def f1(line: Line) -> str:
    return f"{line.message}   $$<{line.component}><{line.time:%a %b %d %H:%M:%S %Y}~><thread={line.thread:X}>"


def f2(line: Line) -> str:
    when = f"{line.time:%a %b %d %H:%M:%S.547 %Y} Eastern Standard Time"
    return f"{line.message}  $$<{line.component}><{when}><thread={line.thread} (0x{line.thread:X})>"


def f2_without_zone(line: Line) -> str:
    return f2(line).replace(" Eastern Standard Time", "")


def f3(line: Line) -> str:
    when = f"{line.time:%m-%d-%Y %H:%M:%S.039}+300"
    return f"{line.message}~  $$<{line.component}><{when}><thread={line.thread} (0x{line.thread:X})>"


def f4(line: Line) -> str:
    return (
        f'<![LOG[{line.message}]LOG]!><time="{line.time:%H:%M:%S.766}-330" date="{line.time:%m-%d-%Y}" '
        f'component="{line.component}" context="" type="1" thread="{line.thread}" file="send.cpp:1702">'
    )


def v1(line: Line) -> str:
    when = f"{line.time.month}/{line.time.day}/{line.time:%Y %I:%M:%S %p}"
    return f"{line.message}\t{line.component}\t{when}\t{line.thread} (0x{line.thread:X})"


def v1_in_blanks(line: Line) -> str:
    return v1(line).replace("\t", "    ")


def v2(line: Line) -> str:
    return f"{line.component} {line.thread} (0x{line.thread:x}) {line.message}"


def v3(line: Line) -> str:
    when = f"{line.time.month}/{line.time.day}/{line.time:%Y %I:%M:%S %p}"
    return f"{when}    {line.component}    {line.thread} (0x{line.thread:x})    {line.message}"


def v4(line: Line) -> str:
    return f"{line.message} {line.component} {line.time:%m/%d/%y}"


def v5(line: Line) -> str:
    return line.message


Write = Callable[[Line], str]
THREADED: tuple[Write, ...] = (f1, f2, f2_without_zone, f3, f4, v1, v1_in_blanks, v2, v3)
FORMS: tuple[Write, ...] = (*THREADED, v4, v5)


def log(write: Write, lines: Iterable[Line]) -> str:
    return "".join(f"{write(line)}\r\n" for line in lines)


def diagnosed(*logs: str | bytes, names: tuple[str, ...] = (), fast: bool = True) -> Diagnosis:
    """What logs with these contents come to; without a name a file's says nothing."""
    given = dict(zip(names or [f"paste-{number}.txt" for number in range(len(logs))], logs, strict=True))

    def opened(path: str) -> io.BytesIO:
        text = given[path]
        return io.BytesIO(text if isinstance(text, bytes) else text.encode("utf-8"))

    diagnosis, failures = diagnose(given, opened, fast=fast)
    assert not failures
    return diagnosis


def codes(*logs: str | bytes, names: tuple[str, ...] = ()) -> list[str]:
    return [symptom.code for symptom in diagnosed(*logs, names=names).symptoms]


def signatures(*logs: str | bytes, names: tuple[str, ...] = ()) -> list[str]:
    return [symptom.signature.name for symptom in diagnosed(*logs, names=names).symptoms]


NO_CAPACITY = (
    "Checking for sending capacity. Used 0 out of 0, no sending capacity so not checking for send requests."
)
HEARTBEAT = Line("~Heartbeat is expired.", seconds=3)
NOT_RE_ESTABLISHED = Line("Can't re-establish the connection.", seconds=4)
LOCKED = Line(
    r"~Cannot create/open the remote file \\BOSTON\SMS_SITE\2_4O7PRI.PCK, Win32 error = 32.",
    thread=300,
    seconds=9,
)
OTHERS = (
    Line("No (more) send requests found to process", thread=77, seconds=3),
    Line(
        "Attempt to write 512 bytes to \\\\BOSTON\\SMS_SITE\\2_4O7PRI.PCK at position 0", thread=78, seconds=3
    ),
    Line("Waiting for ready instruction file....", "SMS_DESPOOLER", 79, 3),
)
