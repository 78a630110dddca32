"""A page that a script beside it makes: written anew, or compared with ``--check``."""

from __future__ import annotations

import sys
from pathlib import Path


def write_or_check(page: Path, text: str, says: str) -> int:
    """Write the page, or with --check compare it: 0 when it is as it should be.

    ``says`` names what it is made from, as in ``the commands say``.
    """
    if "--check" not in sys.argv[1:]:
        page.write_text(text, "utf-8")
        return 0
    if page.is_file() and page.read_text("utf-8") == text:
        return 0
    script = Path(sys.argv[0]).name
    sys.stderr.write(f"{page.name} is not what {says}: run python docs/{script}\n")
    return 1
