"""Make docs/limits.md from smslint/sources/limits.py; with --check only say whether it is as it should be."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from smslint.sources import limits

PAGE = Path(__file__).parent / "limits.md"

OPENING = """\
# Limits

<!-- Made by docs/make_limits.py from smslint/sources/limits.py; edit that. -->

What smslint reads of one input at most, so that none, however hostile, costs more than 20 seconds and 1 GiB.
What a limit cuts off is a finding (SMS901) where it could be a setting.
"""
PARTS = {
    "": "Any input",
    "REGISTRY": "Registry exports",
    "SITE_CONTROL": "Site control files",
    "WMI": "WMI dumps",
    "MOF": "MOF text",
    "CLIXML": "CliXml",
    "LOG": "Logs",
}


def page() -> str:
    """The whole page: a table for each kind of input."""
    rows: dict[str, list[str]] = {part: [] for part in PARTS}
    for name, meaning in _meanings():
        part = next((each for each in PARTS if each and name.startswith(f"{each}_")), "")
        unit = name.rpartition("_")[2].lower()
        rows[part].append(f"| {getattr(limits, name):,} {unit} | {meaning} |")
    head = "| At most | Of what, and why |\n| --- | --- |\n"
    tables = (f"## {PARTS[part]}\n\n{head}" + "\n".join(each) + "\n" for part, each in rows.items())
    return "\n".join([OPENING, *tables])


def _meanings() -> Iterator[tuple[str, str]]:
    """Each constant of the module, with the text below it."""
    body = ast.parse(Path(limits.__file__).read_text("utf-8")).body
    for declared, below in pairwise(body):
        if isinstance(declared, ast.AnnAssign) and isinstance(declared.target, ast.Name):
            assert isinstance(below, ast.Expr), f"{declared.target.id} says nothing of itself"
            yield declared.target.id, " ".join(ast.literal_eval(below.value).split())


if __name__ == "__main__":
    from made import write_or_check

    sys.exit(write_or_check(PAGE, page(), "the module says"))
