"""What was read from one input: its sites, and what could not be made sense of."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from smslint.schema.located import Span
from smslint.schema.site import Site
from smslint.schema.version import ANY, ProductVersion

Format = Literal["registry", "sitecontrol", "wmi-json", "wmi-clixml", "wmi-mof", "wmi-csv"]

DefectKind = Literal[
    "malformed",
    "no-settings",
    "truncated",
    "wrong-type",
    "values-lost",
    "account-secret",
    "set-twice",
    "header",
]


@dataclass(frozen=True, slots=True)
class Defect:
    """Something in an input that could not be read, or that its own product reads otherwise than meant.

    ``text`` says what was found, what was expected and what the product does about it. ``costly`` is
    True where the whole file or something under an SMS key is lost by it.
    """

    kind: DefectKind
    text: str
    span: Span | None = None
    costly: bool = False
    harmless: bool = False
    """Whether nothing of the file is lost by it."""
    related: tuple[tuple[Span, str], ...] = ()
    setting: str | None = None
    """The field name of the setting it stands at, where there is one."""
    component: str | None = None
    subject: str = ""
    """What it is about, in words of the input, where the text of its span does not tell."""
    expected: str | None = None
    why: str = ""
    """Why this case is bad, where it is not why the kind is."""
    remedy: str = ""
    """What to do in this case, where it is not what to do of the kind."""


class Comment(NamedTuple):
    """A comment that speaks to smslint; ``last_line`` is that of the key it stands right above, if any."""

    span: Span
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """One input as read. ``format`` is None when it is of no known one."""

    path: str
    format: Format | None
    encoding: str | None
    sites: tuple[Site, ...] = ()
    defects: tuple[Defect, ...] = ()
    product: ProductVersion = ANY
    notes: tuple[str, ...] = ()
    """What a person should know of the reading that is no defect of the input."""
    comments: tuple[Comment, ...] = ()
    """The comments in it that speak to smslint, each with its line as the excerpt of its span."""
