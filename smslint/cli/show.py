"""``smslint show``: the settings as read."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

import typer

from smslint.cli import console
from smslint.cli.options import Color, Config, Encoding, Isolated, Paths, Version, settings_from
from smslint.engine.load import Loaded, load, load_raw
from smslint.reports.settings import render as settings_json
from smslint.reports.style import Style, display
from smslint.schema.address import Address
from smslint.schema.components import Tracing
from smslint.schema.export import Export
from smslint.schema.schedule import Usage, UsageSchedule
from smslint.schema.sender import Sender
from smslint.schema.setting import Section, Setting
from smslint.schema.site import Site
from smslint.sources.secrets import HIDDEN
from smslint.sources.unchecked import input_not_checked


def show(
    paths: Paths = None,
    output_format: Annotated[
        Literal["table", "json"],
        typer.Option(
            "--format", metavar="FORMAT", help="How to print: table or json.", rich_help_panel="Output"
        ),
    ] = "table",
    raw: Annotated[
        bool,
        typer.Option(
            "--raw",
            help="Print what an import of a .reg file would write and delete, of all keys.",
            rich_help_panel="Output",
        ),
    ] = False,
    product_version: Version = None,
    encoding: Encoding = None,
    config: Config = None,
    isolated: Isolated = False,
    color: Color = "auto",
) -> None:
    """Show the settings as read, or with --raw what regedit would do with a .reg file.

    Exit status: 0, or 2 when a path could not be read.
    """
    settings = settings_from(config, isolated, product_version=product_version, encoding=encoding)
    where = paths or ["."]
    if raw:
        exports, failures = load_raw(where, settings, stdin=console.read_stdin)
        console.write(_raw_json(exports) if output_format == "json" else _raw_lines(exports))
    else:
        loaded = load(where, settings, stdin=console.read_stdin)
        failures = loaded.failures
        for remark in loaded.remarks:
            console.remark(remark)
        console.write(
            settings_json(loaded.exports) if output_format == "json" else _table(loaded, console.style(color))
        )
    console.finish(map(str, failures))


def _raw_json(exports: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield json.dumps({"schema_version": 1, "exports": exports}, indent=2)


def _raw_lines(exports: Sequence[dict[str, Any]]) -> Iterator[str]:
    for export in exports:
        yield display(f"{export['path']}: {export['format']}, {export['encoding']}, {export['header']}")
        for each in export["operations"]:
            name = "" if each["name"] is None else f" {each['name'] or '@'}"
            content = HIDDEN if each["hidden"] else each["data_hex"]
            data = "" if content is None else f" type {each['type']}: {content}"
            yield display(f"{each['line']:>6} {each['op']} [{each['key']}]{name}{data}")


def _table(loaded: Loaded, style: Style) -> Iterator[str]:
    for export in loaded.exports:
        version = str(export.product) if export.product.known else "version unknown"
        kind = export.format or "no known format"
        yield style.paint(display(export.path), "bold") + f"  {kind}, {export.encoding or '-'}, {version}"
        for site in export.sites:
            yield from _site(site, style)
        for missing in input_not_checked(export):
            yield from _remark(f"not shown: {missing.what}: {missing.why}; export with", style)
            yield f"    {display(missing.command)}"  # whatever its length, so that it can be copied
        for defect in _unread(export):
            yield from _remark(f"not readable: {defect}", style)
        yield ""


def _remark(text: str, style: Style) -> Iterator[str]:
    yield from textwrap.wrap(
        display(text), style.width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )


def _unread(export: Export) -> Iterator[str]:
    for defect in export.defects:
        yield f"line {defect.span.line}: {defect.text}" if defect.span else defect.text


def _site(site: Site, style: Style) -> Iterator[str]:
    yield f"  site {style.paint(display(site.code or '(no site code)'), 'cyan')}"
    for section in site.sections():
        assumed = not isinstance(section, Sender) or "sender settings" in site.holds
        settings = list(section.settings())
        width = max(len(each.declared.label) for each in settings)
        lines = [line for each in settings for line in _setting(each, section, width, assumed=assumed)]
        if lines:
            yield f"    {style.paint(display(_title(section)), 'bold')}"
            yield from (f"      {line}" for line in lines)


def _title(section: Section) -> str:
    if isinstance(section, Address):
        return f"Address to {section.destination.value or '?'}"
    if isinstance(section, Tracing):
        return f"Tracing of {section.component}"
    return section.component or section.registry_key or type(section).__name__


def _setting(setting: Setting[Any], section: Section, width: int, *, assumed: bool) -> Iterator[str]:
    """A setting and its value, a schedule as a week; a default that is assumed is named as such."""
    label, below = f"{setting.declared.label:<{width}}  ", " " * (width + 2)
    if setting.value is not None:
        if isinstance(setting.value, UsageSchedule):
            yield f"{label}{setting.value}"
            if not setting.value.always(Usage.ALL):
                yield from (f"{below}{row}" for row in setting.value.grid())
            return
        for row in setting.declared.amount(setting.value).splitlines() or [""]:
            yield f"{label}{display(row)}".rstrip()
            label = below
        return
    default = setting.declared.default(section.kind, section.product)
    if default is not None and assumed:
        yield f"{label}not set, default {setting.declared.amount(default)}"
