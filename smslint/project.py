"""Where the project is on the web. The one place to set it: SARIF and the pages of the rules follow."""

from __future__ import annotations

import re
from typing import Final

ADDRESS: Final = ""
"""The address of the repository, such as ``https://example.com/smslint``; empty while it has none."""


def home() -> str | None:
    """The address of the project; None while it has none."""
    return ADDRESS or None


def rule_url(code: str) -> str | None:
    """The page of a rule that comes with smslint; None for one of a plugin, and while there is no address."""
    known = ADDRESS and re.fullmatch(r"SMS\d{3}", code)
    return f"{ADDRESS}/blob/main/docs/rules/{code}.md" if known else None
