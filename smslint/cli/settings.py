"""``--show-settings`` and ``--show-files``: what a run would go by, and what it would read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from smslint.cli import console
from smslint.config.settings import Settings
from smslint.files.walk import InputFile, PassedOver, Remark, Unreadable, find
from smslint.reports.style import display


def preview(paths: Sequence[str], settings: Settings, *, files: bool, skip_unknown: bool) -> None:
    """Print the files that would be linted, or else every setting and where it came from."""
    if files:
        _print_files(paths, settings, skip_unknown=skip_unknown)
    else:
        console.write(map(display, _settings(settings)))


def _settings(settings: Settings) -> Iterator[str]:
    yield f"# configuration file: {settings.file.path if settings.file else 'none'}"
    for key, value in settings.model_dump(mode="json", by_alias=True).items():
        yield f"{key} = {json.dumps(value)}  # {settings.origin(key)}"


def _print_files(paths: Sequence[str], settings: Settings, *, skip_unknown: bool) -> None:
    """The files that a run takes on standard output; on standard error those it passes over, and why."""
    found = list(find(paths, settings.excluded, skip_unknown=skip_unknown))
    for each in found:
        if isinstance(each, InputFile):
            console.write([display(settings.relative(each.path))])
        elif isinstance(each, Remark):
            console.remark(each.text)
    failures = [f"{each.path}: {each.reason}" for each in found if isinstance(each, Unreadable)]
    for passed in (each for each in found if isinstance(each, PassedOver)):
        console.remark(f"{settings.relative(passed.path)}: passed over, {passed.why}")
    if not any(isinstance(each, InputFile) for each in found) and not failures and not skip_unknown:
        failures = [f"{', '.join(paths)}: no file to lint"]
    console.finish(failures)
