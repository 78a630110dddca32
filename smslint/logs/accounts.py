"""Where the lines of a log hold accounts and passwords, for the redactor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smslint.sources.secrets import Redactor, Stretch, is_secret

_QUALIFIED = re.compile(r"(?<![\\\w:./$-])[\w.-]+\\[\w.$-]+")
_PRINCIPAL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_ASSIGNED = re.compile(
    r"(?<![\w.-])([A-Za-z][\w.-]{0,40}(?: [\w.-]{1,40})?)\s*[=:]\s*(\"[^\"]*\"|'[^']*'|[^\s\"',;]+)"
)
_BRACKETED = re.compile(r"\b(?:account|user|login)(?: name)?\s+[\"'\[<(]([^\"'\]>)]+)", re.IGNORECASE)
# What a status message fills in, and whom a client logs for, may be an account without anything telling so.
_FILLED_IN = re.compile(r"\b(?:ISTR[0-9]+|AVAL[0-9]+|context)=\"([^\"]*)\"")


def account_stretches(line: str) -> Iterator[Stretch]:
    """The parts of a line that name an account or a password; in doubt more than need be."""
    for pattern in (_QUALIFIED, _PRINCIPAL):
        yield from (found.span() for found in pattern.finditer(line))
    for pattern in (_BRACKETED, _FILLED_IN):
        yield from (found.span(1) for found in pattern.finditer(line))
    yield from (found.span(2) for found in _ASSIGNED.finditer(line) if is_secret(found[1]))


def without_accounts(line: str) -> str:
    """A line as an excerpt, with accounts and passwords covered."""
    return Redactor(account_stretches(line)).excerpt(line, 0, len(line))
