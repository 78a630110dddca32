"""``smslint map``: the hierarchy as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from smslint.cli import console
from smslint.cli.options import Complete, Config, Encoding, Isolated, Paths, Version, settings_from
from smslint.cli.outputs import Output
from smslint.cli.progress import Progress
from smslint.engine.load import load
from smslint.engine.run import run
from smslint.files.walk import reason
from smslint.report import Report
from smslint.reports import Render
from smslint.reports.style import Style


def draw(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            metavar="FILE",
            help="What to write: NAME.svg, or NAME.html.",
            rich_help_panel="Output",
        ),
    ],
    paths: Paths = None,
    product_version: Version = None,
    complete: Complete = False,
    encoding: Encoding = None,
    config: Config = None,
    isolated: Isolated = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress.", rich_help_panel="Output")
    ] = False,
) -> None:
    """Draw the hierarchy: sites by tier, addresses with type and hours, and what is wrong where.

    An .svg is a picture; an .html is a page around it, with zoom, search and all of it in words. Exit status:
    0, or 2 when a path could not be read or the file not be written.
    """
    render = _render(output)
    settings = settings_from(
        config, isolated, product_version=product_version, complete=complete, encoding=encoding
    )
    with Progress(quiet=quiet) as step:
        loaded = load(paths or ["."], settings, stdin=console.read_stdin, step=step)
        report = run(loaded, settings, step=step)
    failures = list(map(str, report.failures))
    if not report.sites and not failures:
        failures.append("no input holds the settings of a site, so there is nothing to draw")
    if report.sites:
        try:
            Output(render, str(output)).write(report, loaded.inputs(settings))
            console.write([str(output)])
        except (OSError, ValueError) as error:
            failures.append(f"{output}: not written: {reason(error)}")
    console.finish(failures)


def _render(output: Path) -> Render:
    """What writes a file of that name. A suffix that means neither kind exits with status 2."""
    if output.suffix.lower() == ".svg":
        return _picture
    if output.suffix.lower() not in (".html", ".htm"):
        console.give_up(f"{output}: --output takes NAME.svg or NAME.html")
    from smslint.reports.html.hierarchy import map_page

    return map_page


def _picture(report: Report, _style: Style) -> Iterator[str]:
    from smslint.reports.html.map import svg

    return svg(report)
