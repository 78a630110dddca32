"""The settings of smslint itself."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from smslint.finding import Severity
from smslint.schema.version import ProductVersion


def _known_version(text: str) -> str:
    ProductVersion.named(text)
    return text


def _known_encoding(text: str) -> str:
    import codecs

    try:
        codecs.lookup(text)
    except LookupError:
        raise ValueError(f"{text!r} is no encoding Python knows; try cp1252, cp932 or utf-8") from None
    return text


class Settings(BaseModel):
    """What a run is told: by the command line, else by the configuration file, else by default."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
    )

    select: Annotated[tuple[str, ...], Field(description="rules to run: codes, prefixes, names or ALL")] = ()
    ignore: Annotated[tuple[str, ...], Field(description="rules not to run, named the same way")] = ()
    fail_on: Annotated[Severity, Field(description="the level from which on a run fails")] = "warning"
    product_version: Annotated[
        str | None,
        AfterValidator(lambda text: text and _known_version(text)),
        Field(description="the version of inputs that do not tell it"),
    ] = None
    complete: Annotated[bool, Field(description="the inputs are the whole hierarchy")] = False
    encoding: Annotated[
        str | None,
        AfterValidator(lambda text: text and _known_encoding(text)),
        Field(description="the code page of text without a byte order mark"),
    ] = None
    rules: Annotated[dict[str, dict[str, Any]], Field(description="options of rules, by code")] = Field(
        default_factory=dict
    )

    @property
    def given(self) -> ProductVersion | None:
        """The product version the user named."""
        return ProductVersion.named(self.product_version) if self.product_version else None
