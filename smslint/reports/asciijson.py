"""JSON that every console, pipe and parser takes, whatever an input held."""

from __future__ import annotations

import json
import re

from smslint.sources.text import well_formed


def dumped(tree: object, indent: int | None = 2) -> str:
    """``tree`` as JSON in ASCII, with U+FFFD for the half surrogates that strict parsers refuse."""
    text = json.dumps(tree, ensure_ascii=False, indent=indent)
    if text.isascii():
        return text
    text = well_formed(text)
    return re.sub(r"[^\x00-\x7f]+", lambda found: json.dumps(found[0])[1:-1], text)
