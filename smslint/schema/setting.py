"""A setting: declared once, read anywhere.

The annotation of a field is its declaration and its validator. It names the value in every source, its
unit, default, legal range and article; reading, JSON Schema, ``show``, docs and fixes all come from there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import core_schema, to_jsonable_python

from smslint.schema.console import ConsolePath
from smslint.schema.located import Located, Span
from smslint.schema.version import ANY, SMS_1, ProductVersion

T = TypeVar("T")

UNSET: Any = None
"""The default of every declared field: the export does not hold the setting."""


@dataclass(frozen=True, eq=False)
class Declared:
    """What is documented of a setting.

    ``registry``: its value names, the preferred one first. ``property``: its site control property and
    which of the three values holds it (``Value1``, ``Value2`` or ``Value``). ``legal`` is the documented
    range (of SMS 2.0 and later, where documented); ``defaults`` go by kind of object, ``1.x RAS`` before
    ``RAS`` before the empty name. ``source`` is the article.

    ``console`` is the place where a person sets it and ``console_label`` its name there; ``cmdlet`` is its
    parameter of Set-CMSite. ``registry_versions`` are the versions whose registry is documented to hold it:
    a value of another type is a fault only there. ``number_is_text``: text that may be written as a number.
    """

    label: str
    registry: tuple[str, ...] = ()
    property: tuple[str, str] | None = None
    unit: str = ""
    legal: range | None = None
    defaults: Mapping[str, int | str] = field(default_factory=dict)
    source: str = ""
    console: ConsolePath | None = None
    console_label: str = ""
    cmdlet: str = ""
    registry_versions: ProductVersion = ANY
    number_is_text: bool = False

    def default(self, kind: str = "", version: ProductVersion = ANY) -> Any:
        """The documented default for a kind of object (``LAN``, ``RAS``, ``SNA``); None if there is none.

        A version that may be 1.x counts as 1.x.
        """
        keys = (f"1.x {kind}", kind, "") if version.overlaps(SMS_1) else (kind, "")
        return next((self.defaults[key] for key in keys if key in self.defaults), None)

    def legal_up_to(self, most: int) -> int:
        """The greatest legal value up to ``most``; ``most`` itself where no range is documented."""
        return most if self.legal is None else min(most, self.legal[-1])

    def amount(self, value: object) -> str:
        """A value with its unit, in the singular where it is one."""
        noun, *more = self.unit.split(" ") if self.unit else [""]
        if value == 1 and noun.endswith("s"):
            noun = f"{noun[:-3]}y" if noun.endswith("ies") else noun[:-1]
        return " ".join([str(value), *filter(None, (noun, *more))])

    def __get_pydantic_core_schema__(
        self, kind: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate the type only, never the range: what is out of range is for rules."""
        (value_type,) = get_args(kind)
        numeric = value_type is int
        inner = core_schema.int_schema(strict=True) if numeric else handler.generate_schema(value_type)
        name = handler.field_name or ""

        def read(raw: Located | None, check: core_schema.ValidatorFunctionWrapHandler) -> Setting[Any]:
            if raw is None:
                # Never the same for two sections: the engine tells by it whose it is.
                return Setting(None, self, name, None)
            data = digits(raw.data) if numeric else raw.data
            if self.number_is_text and isinstance(data, int):
                data = str(data)
            return Setting(check(data), self, name, raw)

        return core_schema.no_info_wrap_validator_function(
            read,
            core_schema.nullable_schema(inner),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda setting: None if setting is None else to_jsonable_python(setting.value)
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The field's JSON Schema, with everything that is declared of it."""
        described = handler(schema)
        described["title"] = self.label
        if self.legal is not None:
            described["x-legal-range"] = [self.legal.start, self.legal.stop - 1]
        if self.registry:
            described["x-registry-values"] = list(self.registry)
        if self.property:
            described["x-site-control-property"] = list(self.property)
        if self.unit:
            described["x-unit"] = self.unit
        if self.defaults:
            described["x-defaults"] = dict(self.defaults)
        if self.console_label:
            described["x-console-label"] = self.console_label
        if self.cmdlet:
            described["x-cmdlet-parameter"] = self.cmdlet
        if self.source:
            described["x-source"] = self.source
        return described


def digits(data: object) -> object:
    """The number that text spells in ASCII digits; anything else as it is, for the type check to refuse."""
    if isinstance(data, str) and len(data) <= 20 and data.isascii() and data.isdigit():
        return int(data)
    return data


class Setting(NamedTuple, Generic[T]):
    """One setting as read. ``value`` is None when it is unset; ``raw`` is what was read, and where.

    Absent is not zero: for an unset one the product's default is assumed and named as such.
    """

    value: T | None
    declared: Declared
    name: str
    raw: Located | None

    @property
    def authoritative(self) -> bool:
        """False where the product only keeps a copy of the setting in this source."""
        return self.raw is None or self.raw.authoritative

    @property
    def label(self) -> str:
        """What the product calls it."""
        return self.declared.label

    @property
    def amount(self) -> str:
        """Its value with its unit, in the singular where it is one."""
        return self.declared.amount(self.value)

    @property
    def outside_range(self) -> bool:
        """Whether it is set to what is outside its documented range; never where no range is documented."""
        legal = self.declared.legal
        return legal is not None and isinstance(self.value, int) and self.value not in legal

    @property
    def legal_value(self) -> T | None:
        """Its value; None where that is outside the documented range, as where it is unset."""
        return None if self.outside_range else self.value

    @property
    def is_blank(self) -> bool:
        """Whether it is set to text of nothing but blanks."""
        return isinstance(self.value, str) and not self.value.strip()

    @property
    def span(self) -> Span | None:
        """Where the value stands; None when it is unset."""
        return self.raw.span if self.raw else None

    def change(self, to: T) -> "Change":
        """The change of this setting to another value."""
        return Change(self, to)


@dataclass(frozen=True, slots=True)
class Change:
    """A setting and the value it should have."""

    setting: Setting[Any]
    to: Any

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _kind: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Taken as it is: the setting was validated when it was read."""
        return core_schema.is_instance_schema(cls)


class Section(BaseModel):
    """A part of a site's configuration that is read and checked as one: a sender, an address, a key.

    ``span`` is where it begins in its input, ``key`` the registry key it was read from, ``product`` what
    is known of the product version there.
    """

    model_config = ConfigDict(
        defer_build=True, frozen=True, extra="forbid", validate_default=True, arbitrary_types_allowed=True
    )

    registry_key: ClassVar[str | None] = None
    """The key below ...\\Microsoft\\SMS that holds the section, where there is exactly one."""

    span: SkipJsonSchema[Annotated[Span | None, Field(exclude=True)]] = None
    key: SkipJsonSchema[Annotated[str | None, Field(exclude=True)]] = None
    product: SkipJsonSchema[Annotated[ProductVersion, Field(exclude=True)]] = ANY

    undeclared: SkipJsonSchema[Annotated[tuple[Located, ...], Field(exclude=True)]] = ()
    """The names of values that stand in its registry key and are no setting's; the first few of them."""

    @classmethod
    def declared(cls) -> tuple[tuple[str, Declared], ...]:
        """The declared settings of this kind of section, by field name."""
        return _declared(cls)

    def settings(self) -> Iterator[Setting[Any]]:
        """The settings of this section, set or not, in the order of their declaration."""
        for name, _ in self.declared():
            yield getattr(self, name)

    @property
    def path(self) -> str:
        """The input that it was read from; empty where that is not known."""
        return self.span.path if self.span else ""

    @property
    def kind(self) -> str:
        """Which of a setting's defaults are meant here."""
        return ""

    @property
    def component(self) -> str | None:
        """The component the section belongs to, as the export spells it."""
        return None

    @property
    def subject(self) -> str:
        """What names it among others of its kind, where its component does not."""
        return ""

    def component_is(self, *names: str) -> bool:
        """Whether it belongs to a component of one of these names, letter case ignored."""
        component = (self.component or "").upper()
        return any(component == name.upper() for name in names)


@cache
def _declared(model: type[Section]) -> tuple[tuple[str, Declared], ...]:
    return tuple(
        (name, note)
        for name, info in model.model_fields.items()
        for note in info.metadata
        if isinstance(note, Declared)
    )
