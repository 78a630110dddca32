"""``--show-settings`` and ``--show-files``: what a run would go by, and what it would read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from smslint.cli import console
from smslint.config.settings import Settings
from smslint.files.walk import InputFile, OwnFile, Unreadable, find
from smslint.reports.style import shown


def preview(paths: Sequence[str], settings: Settings, *, files: bool) -> None:
    """Print the files that would be linted, or else every setting and where it came from."""
    if files:
        _print_files(paths, settings)
    else:
        console.write(map(shown, _settings(settings)))


def _settings(settings: Settings) -> Iterator[str]:
    yield f"# configuration file: {settings.file.path if settings.file else 'none'}"
    for key, value in settings.model_dump(mode="json", by_alias=True).items():
        yield f"{key} = {json.dumps(value)}  # {settings.origin(key)}"


def _print_files(paths: Sequence[str], settings: Settings) -> None:
    found = list(find(paths, settings.excluded))
    console.write(shown(each.path) for each in found if isinstance(each, InputFile))
    failures = [f"{each.path}: {each.reason}" for each in found if isinstance(each, Unreadable)]
    for own in (each for each in found if isinstance(each, OwnFile)):
        console.say(f"{own.path}: passed over, smslint wrote it")
    if not any(isinstance(each, InputFile) for each in found) and not failures:
        failures = [f"{', '.join(paths)}: no file to lint"]
    console.finish(failures)
