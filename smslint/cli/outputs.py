"""``--format`` and ``--output``: which reports are written, and where to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from smslint.cli import console
from smslint.files import write as writing
from smslint.files.walk import reason
from smslint.report import Report
from smslint.reports import Render, renderer
from smslint.reports.style import Style


class Output(NamedTuple):
    """A report that is to stand in a file."""

    render: Render
    file: str

    def write(self, report: Report, inputs: Iterable[str]) -> None:
        """Write the report whole, never coloured. Raises OSError with nothing written or replaced."""
        text = "".join(f"{line}\n" for line in self.render(report, Style()))
        writing.create_file(Path(self.file), text.encode("utf-8", "backslashreplace"), inputs=inputs)


def parsed(values: Iterable[str]) -> list[Output]:
    """The outputs that ``FORMAT:FILE`` words ask for. A bad one exits with status 2."""
    found: list[Output] = []
    for value in values:
        name, _, file = value.partition(":")
        if file in ("", "-"):
            console.give_up(f"--output takes FORMAT:FILE, such as sarif:smslint.sarif, not {value!r}")
        if any(file == other.file for other in found):
            console.give_up(f"--output names {file} twice; one file takes one report")
        found.append(Output(renderer(name), file))
    return found


def written(wanted: Iterable[Output], report: Report, inputs: Sequence[str]) -> Iterator[str]:
    """Write the outputs; yield why for each that could not be."""
    for output in wanted:
        try:
            output.write(report, inputs)
        except (OSError, ValueError) as error:
            yield f"{output.file}: not written: {reason(error)}"
