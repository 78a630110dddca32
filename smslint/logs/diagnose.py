"""Log files to what they came to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO

from smslint.logs.lines import LogText
from smslint.logs.reader import Reader, Stretch
from smslint.logs.symptom import Diagnosis, LogFile, Symptom
from smslint.logs.threads import Log

Open = Callable[[str], AbstractContextManager[BinaryIO]]
"""Opens a log by its path, to be closed again. Raises OSError."""

_ROLLED = re.compile(r"\.lo_$", re.IGNORECASE)


def in_order(paths: Iterable[str]) -> list[list[str]]:
    """The logs of a run, each as its files: a rolled one (``.lo_``) before the one that goes on from it."""
    logs: dict[str, list[str]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        logs[_ROLLED.sub(".log", path).lower()].append(path)
    return [sorted(files, key=lambda path: not _ROLLED.search(path)) for files in logs.values()]


def diagnose(
    paths: Iterable[str], open_log: Open, *, encoding: str | None = None, fast: bool = True
) -> tuple[Diagnosis, tuple[tuple[str, OSError], ...]]:
    """Read the logs, and say what they came to, and which could not be read.

    ``encoding`` is that of text without a byte order mark; ``fast=False`` reads line by line, which comes to
    the same.
    """
    logs: list[Log] = []
    failures: list[tuple[str, OSError]] = []
    for files in in_order(paths):
        log = Log()
        for path in files:
            try:
                _read(log, path, open_log, encoding, fast)
            except OSError as error:
                failures.append((path, error))
        logs.append(log)
    return _joined(logs), tuple(failures)


def _read(log: Log, path: str, open_log: Open, encoding: str | None, fast: bool) -> None:
    with open_log(path) as stream:
        text = LogText(stream, encoding)
        file = LogFile(path, text.encoding)
        log.begin(file)
        reader = Reader(fast=fast)
        for found in reader.read(text):
            if isinstance(found, Stretch):
                log.take_stretch(found)
            else:
                log.take(found)
        file.end(reader.lines, reader.whole_only_after)


def _joined(logs: Sequence[Log]) -> Diagnosis:
    symptoms = [symptom for log in logs for symptom in log.symptoms()]
    return Diagnosis(
        tuple(file for log in logs for file in log.files),
        tuple(_without_parts(symptoms)),
        tuple(limit for log in logs for limit in log.limits),
        tuple(sent for log in logs for sent in log.sent),
    )


def _without_parts(symptoms: Sequence[Symptom]) -> list[Symptom]:
    """The symptoms without those that are only the scheduler's side of what a sender said."""
    names = {symptom.signature.name for symptom in symptoms}
    part = "no-routing-instruction" if "no-address-left" in names else None
    return [symptom for symptom in symptoms if symptom.signature.name != part]
