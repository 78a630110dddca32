"""A page that is one file: nothing to load, and no script but its own."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from posixpath import commonpath

from smslint.report import Report
from smslint.reports.html.markup import element, resource, tag, text


def page(title: str, body: Iterable[str]) -> Iterator[str]:
    """Yield a whole HTML document. Its policy forbids all but its own styles and its one script."""
    script = "\n".join(["", *resource("page.js"), ""])
    digest = base64.b64encode(hashlib.sha256(script.encode("ascii")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield "<!doctype html>"
    yield tag("html", lang="en")
    yield "<head>"
    yield tag("meta", charset="utf-8")
    yield tag("meta", http_equiv="Content-Security-Policy", content=policy)
    yield tag("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield tag("meta", name="referrer", content="no-referrer")
    yield tag("meta", name="color-scheme", content="light dark")
    yield element("title", title)
    yield "<style>"
    yield from resource("page.css")
    yield from resource("map.css")
    yield "</style>"
    yield "</head>"
    yield "<body>"
    yield '<svg class="stock" width="0" height="0" aria-hidden="true">'
    yield from resource("signs.svg")
    yield "</svg>"
    yield from body
    yield "<script>"
    yield from script.strip("\n").split("\n")
    yield "</script>"
    yield "</body>"
    yield "</html>"


def made(report: Report) -> str:
    """When, from what and by what a page was made, as a paragraph."""
    files = count(len(report.inputs), "file")
    if folder := shared_folder(report):
        files = f"{files} in {folder}" if len(report.inputs) > 1 else folder
    when = tag("time", datetime=_now().isoformat()) + f"{_now():%Y-%m-%d %H:%M} UTC</time>"
    tool = text(f"{report.tool.name} {report.tool.version}")
    return f'<p class="made">Made {when} from {text(files)} by {tool}.</p>'


def _now() -> datetime:
    """The time of the page: that of SOURCE_DATE_EPOCH where it is set, so that a page can be made again."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return datetime.now(UTC).replace(microsecond=0)


def shared_folder(report: Report) -> str:
    """The folder of all inputs, or the one there is."""
    try:
        return commonpath([each.path for each in report.inputs])
    except ValueError:  # none, or of different drives
        return ""


def count(number: int, noun: str) -> str:
    """How many of something, in words."""
    return f"{number} {noun if number == 1 else f'{noun}es' if noun.endswith('s') else f'{noun}s'}"
