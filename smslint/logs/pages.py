"""What there is to know of signatures, as Markdown: for `explain`, and for the pages of the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smslint.logs.errors import ERRORS
from smslint.logs.literal import parts
from smslint.logs.record import Generation
from smslint.logs.signatures import BY_NAME, SIGNATURES, WHO, Grade, Signature

GENERATIONS: Final[dict[Generation, str]] = {"1": "SMS 1.x", "2": "SMS 2.0", "C": "Configuration Manager"}
GRADES: Final[dict[Grade, str]] = {
    "stated": "stated in a printed source",
    "inferred": "inferred",
    "unknown": "in no source within reach, so at most info",
}
_VARIABLES: Final = {
    "any": "...",
    "end": "",
    "fault": "C000000b|cb|38a",
    "till": "DATE",
    "sev": "W|E",
    "device": "CON|PRN|AUX|NUL",
}
_MADE_OF: Final = {
    "ras-retry-after-heartbeat": ("heartbeat-expired", "retry-after-heartbeat"),
    "remote-file-refused": ("remote-file-in-use",),
    "address-not-open": ("courier-only",),
    "sender-threads-used-up": ("no-sending-capacity",),
}
"""The signatures without lines of their own, and those whose lines they are."""
_LEADS_TO_TOO: Final = {"heartbeat-expired": ("SMS105",), "site-unreachable": ("SMS201",)}
"""Of RAS senders, and of a server that is named with backslashes."""


def section(code: str) -> str:
    """The signatures that lead to a rule, as a section of its page; empty where there is none."""
    lines = [
        f"- {signature.name} ({WHO[signature.who]}): {signature.meaning}"
        for signature in SIGNATURES
        if code in leads_to(signature)
    ]
    opening = (
        "`smslint diagnose` finds it in logs by these signatures; `smslint explain NAME` shows their lines:"
    )
    return f"## Signatures\n{opening}\n\n" + "\n".join(lines) if lines else ""


def leads_to(signature: Signature) -> tuple[str, ...]:
    """The codes that a signature can lead to: its own, and those that a Windows error in the line decides."""
    if signature.code is None:
        return ()
    by_number = sorted({error.code for error in ERRORS.values() if error.code}) if signature.by_number else []
    return tuple(dict.fromkeys([signature.code, *by_number, *_LEADS_TO_TOO.get(signature.name, ())]))


def page(signature: Signature) -> str:
    """Everything there is to know of a signature."""
    return "\n\n".join([f"# {signature.name}", *_body(signature)])


def _body(signature: Signature) -> Iterator[str]:
    yield f"{signature.meaning[:1].upper()}{signature.meaning[1:]}."
    yield "## Lines\n" + "\n".join(f"- `{display(literal)}`" for literal in lines_of(signature))
    if signature.after:
        yield f"On one thread, within 10 minutes after `{lines_of(BY_NAME[signature.after])[0]}`."
    if signature.times > 1:
        yield f"At least {signature.times} times."
    yield f"## Written by\n{WHO[signature.who]}; {_generations(signature)}"
    if signature.is_finding:
        also = f"; see also {', '.join(signature.see_also)}" if signature.see_also else ""
        yield f"## Leads to\n{', '.join(leads_to(signature))} ({signature.severity}){also}"
    else:
        yield "## Leads to\nnothing by itself"
    if signature.first_step:
        yield f"## First step\n{signature.first_step}"
    yield f"## Sources\n{', '.join(signature.sources) or 'none'}"


def lines_of(signature: Signature) -> tuple[str, ...]:
    """The literals of a signature, or of those whose lines it is made of."""
    made_of = [BY_NAME[name].literals for name in _MADE_OF.get(signature.name, ())]
    return signature.literals or tuple(literal for literals in made_of for literal in literals)


def display(literal: str) -> str:
    """A literal as a person reads it."""
    return "".join(text or _VARIABLES.get(name, name.upper()) for text, name in parts(literal))


def _generations(signature: Signature) -> str:
    return "; ".join(f"{GENERATIONS[each]}: {GRADES[grade]}" for each, grade in signature.generations.items())
