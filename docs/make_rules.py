"""Make docs/rules.md from the rules' docstrings; with --check only say whether it is as it should be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from smslint.checks import BUILTIN
from smslint.cli.explain import rule_page

PAGE = Path(__file__).parent / "rules.md"

OPENING = """\
# Rules

<!-- Made by docs/make_rules.py from the docstrings of the rules; edit those. -->

What `smslint explain RULE` prints, of all rules. Severity is the gravest level a rule reports at: it goes by
version, and is one level lower where an input leaves open whether the rule holds for its version, or only has
a copy of the setting. *Derived* rules are inferred from the documents they cite, not stated in them.

| Code | Name | Severity | Versions | Fix | What it finds |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page: a table of all rules, then each of them."""
    return OPENING + "\n".join([*_rows(), "", *(f"{rule_page(rule)}\n" for rule in BUILTIN)])


def _rows() -> Iterator[str]:
    for rule in BUILTIN:
        severity = rule.worst if rule.default else f"{rule.worst}, off"
        link = f"[{rule.code}](#{rule.code.lower()}-{rule.name})"
        cells = (link, rule.name, severity, rule.versions, rule.fix or "", rule.summary)
        yield "| " + " | ".join(cells) + " |"


def main() -> int:
    """Write the page, or with --check compare it: 0 when it is as it should be."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == page():
        return 0
    sys.stderr.write(f"{PAGE.name} is not what the rules say: run python docs/make_rules.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
