"""gitignore patterns, as git reads them where it runs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable


class Patterns:
    """Some patterns. On Windows, where file names have no letter case, neither have they."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Raises ValueError for a line that is no pattern."""
        from pathspec import GitIgnoreSpec

        try:
            self._spec = GitIgnoreSpec.from_lines(map(_folded, lines))
        except re.error as error:
            raise ValueError(str(error)) from error

    def verdict(self, path: str) -> bool | None:
        """Whether a path, seen from the patterns' folder, is matched; None where no pattern speaks of it."""
        return self._spec.check_file(_folded(path)).include

    def match(self, path: str) -> bool:
        """Whether a path, seen from the patterns' folder, is matched."""
        return self._spec.match_file(_folded(path))


def _folded(text: str) -> str:
    return text.lower() if sys.platform == "win32" else text
