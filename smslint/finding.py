"""What a rule says: a `Finding`, and the `Fix` of it."""

from dataclasses import dataclass
from typing import Any, Literal

from smslint.schema.export import Defect, Export
from smslint.schema.located import Span
from smslint.schema.setting import Change, Section, Setting
from smslint.schema.site import Site

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The levels, the gravest first."""

Safety = Literal["safe", "unsafe", "manual"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What the engine itself has to say, of the input or the configuration file at ``path``."""

    path: str
    message: str
    span: Span | None = None


class UnusedIgnore(Notice):
    """An ignore that ignored nothing although this run could have needed it."""


class PluginFailure(Notice):
    """A plugin, or a rule of one, that could not be used."""


Subject = Setting[Any] | Section | Site | Export | Defect | Notice | Span
"""What a finding can be about."""


@dataclass(frozen=True, slots=True)
class Fix:
    """How to fix what a finding is about.

    *safe*: Microsoft's published remedy or the documented default. *unsafe*: a plausible value that a person
    should confirm. *manual*: ``steps`` for a person, in order. A change whose setting is only a copy, or
    stands in an input that must not be edited, becomes manual by itself.
    """

    description: str
    changes: tuple[Change, ...] = ()
    safety: Safety = "safe"
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: what it is about and what is wrong with it, in one sentence.

    ``expected`` says what would be right, in a few words. ``severity`` overrides the rule's own for this
    finding. ``related`` are others to look at, each with a remark. ``site`` is the site that ``about``
    belongs to: a rule over a `Hierarchy` names it.
    """

    about: Subject
    message: str
    fix: Fix | None = None
    expected: str | None = None
    severity: Severity | None = None
    related: tuple[tuple[Subject, str], ...] = ()
    site: Site | None = None
    why: str = ""
    """Why this case is bad, where it is not why the rule's other cases are."""
    aspect: str = ""
    """What tells it from the rule's other findings about the same, whatever the message says."""

    @property
    def setting(self) -> Setting[Any] | None:
        """The setting it is about, if it is about one."""
        return self.about if isinstance(self.about, Setting) else None


def span_of(subject: Subject) -> Span | None:
    """Where in its input a subject stands; None when that is not known."""
    match subject:
        case Span():
            return subject
        case Setting() | Section() | Site() | Defect() | Notice():
            return subject.span
        case Export():
            return None
