"""The settings as ``show --format json`` prints them: the contract with programs that read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from smslint.reports.asciijson import dumped
from smslint.schema.export import Export, Format
from smslint.schema.site import Site
from smslint.sources.unchecked import input_not_checked

SCHEMA_ID = "urn:smslint:schema:settings:1"


class ExportSettings(BaseModel):
    """One input and the settings in it."""

    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(description="its path")]
    format: Annotated[Format | None, Field(description="its format; null when it is of no known one")]
    encoding: Annotated[str | None, Field(description="the encoding it was read in")]
    product_version: Annotated[str | None, Field(description="the product version it states")]
    not_checked: Annotated[
        tuple[str, ...], Field(description="what it cannot show, each with the export that would")
    ]
    sites: Annotated[tuple[Site, ...], Field(description="the sites it describes")]


class SettingsReport(BaseModel):
    """The settings of every input."""

    model_config = ConfigDict(extra="forbid")

    schema_version: Annotated[
        Literal[1], Field(description="the version of this contract; added keys do not raise it")
    ] = 1
    exports: Annotated[tuple[ExportSettings, ...], Field(description="what was read")]


def render(exports: Iterable[Export]) -> Iterator[str]:
    """Yield the object, indented."""
    settings = SettingsReport(
        exports=tuple(
            ExportSettings(
                path=export.path,
                format=export.format,
                encoding=export.encoding,
                product_version=str(export.product) if export.product.known else None,
                not_checked=tuple(map(str, input_not_checked(export))),
                sites=export.sites,
            )
            for export in exports
        )
    )
    yield dumped(settings.model_dump())
