"""Where something stands in an input, and what was read there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

_set = object.__setattr__
"""Past what freezes an object."""


class Lazy:
    """What is made when it is first asked for more than is known of it: for most of it nobody asks."""

    __slots__ = ("_make",)

    @classmethod
    def later(cls, make: Callable[[], Self], **known: Any) -> Self:
        """One that is like what ``make`` gives, of which some fields are ``known`` already."""
        lazy = cls.__new__(cls)
        _set(lazy, "_make", make)
        for name, value in known.items():
            _set(lazy, name, value)
        return lazy

    if not TYPE_CHECKING:

        def __getattr__(self, name):  # noqa: D105
            fields = type(self).__dataclass_fields__
            if name not in fields:
                raise AttributeError(f"a {type(self).__name__} has no {name}")
            made = self._make()
            _set(self, "_make", None)
            for each in fields:
                _set(self, each, getattr(made, each))
            return getattr(self, name)


@dataclass(frozen=True, slots=True)
class Span(Lazy):
    """A stretch of one input.

    Lines and columns count from 1, columns in characters of the decoded text, the end is exclusive.
    ``start`` and ``end`` are byte offsets into the file. ``excerpt`` is the first line of the stretch,
    as decoded, each character of a secret as U+FDD0, put by the source that read it; of a long line the part
    around the stretch, whose first character stands at ``excerpt_column``, with … for a character where it is
    cut.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    excerpt: str
    excerpt_column: int = 1


class RegistryValue(NamedTuple):
    """The value behind a setting as the registry holds it: what a patch names and an undo restores."""

    key: str
    name: str
    type: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Located(Lazy):
    """What a source read for one setting, before anybody decided what it means.

    ``data`` is text, a number, or bytes where the source holds neither (which no number is read from).
    ``display`` is how messages quote it; empty where that is the data as it is.
    ``spell`` writes another value in the form this one has, as text to replace the span by; None where
    the input must not be edited. ``authoritative`` is False where the product only keeps a copy here.
    """

    data: object
    span: Span
    display: str = ""
    spell: Callable[[int | str], str] | None = None
    authoritative: bool = True
    registry: RegistryValue | None = None

    @classmethod
    def of(cls, data: object, make: Callable[[], Self], *, authoritative: bool = True) -> Self:
        """As `later`, of what was read: it is made for every value of an export."""
        lazy = cls.__new__(cls)
        _set(lazy, "_make", make)
        _set(lazy, "data", data)
        _set(lazy, "authoritative", authoritative)
        return lazy
