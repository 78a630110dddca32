"""Make the pages of the rules from their docstrings: docs/rules.md, and docs/rules/CODE.md for each.

With --check only say whether they are as they should be.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from smslint.checks import BUILTIN
from smslint.checks.rule import Rule
from smslint.cli.explain import rule_page

DOCS: Final = Path(__file__).parent

FAMILIES: Final = {
    "SMS1": "Senders",
    "SMS2": "Addresses, schedules and routing",
    "SMS3": "Identity and version",
    "SMS4": "Site control file",
    "SMS5": "Hierarchy",
    "SMS6": "Receiving side",
    "SMS7": "Symptoms in logs",
    "SMS9": "The export itself",
}

OPENING: Final = """\
# Rules

<!-- Made by docs/make_rules.py from the docstrings of the rules; edit those. -->

Each rule has a page, which is what `smslint explain SMS101` prints of it. Severity is the gravest level a
rule reports at: it goes by version, and is one level lower where an input leaves open whether the rule holds
for its version, or only has a copy of the setting. *Off* are those that run only when selected, by code or
with `--select ALL`. The rules of an organisation are written as [policies](configuration.md) or
[plugins](writing-rules.md).
"""


def pages() -> dict[Path, str]:
    """Every page by its place: the index, then a page per rule."""
    made = {DOCS / "rules.md": "\n".join([OPENING, *_index()])}
    return made | {DOCS / "rules" / f"{rule.code}.md": _page(rule) for rule in BUILTIN}


def _page(rule: Rule) -> str:
    return f"[Rules](../rules.md)\n\n{rule_page(rule)}\n"


def _index() -> Iterator[str]:
    for prefix, title in FAMILIES.items():
        yield f"## {prefix}xx: {title}\n"
        yield "| Rule | Name | Severity | Versions | Fix | What it finds |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from (_row(rule) for rule in BUILTIN if rule.code.startswith(prefix))
        yield ""


def _row(rule: Rule) -> str:
    severity = rule.worst if rule.default else f"{rule.worst}, off"
    link = f"[{rule.code}](rules/{rule.code}.md)"
    return f"| {' | '.join((link, rule.name, severity, rule.versions, rule.fix or '', rule.summary))} |"


def main() -> int:
    """Write the pages, or with --check compare them: 0 when they are as they should be."""
    made = pages()
    strangers = set((DOCS / "rules").glob("*.md")) - set(made)
    if "--check" not in sys.argv[1:]:
        (DOCS / "rules").mkdir(exist_ok=True)
        for path in strangers:
            path.unlink()
        for path, text in made.items():
            path.write_text(text, "utf-8")
        return 0
    other = [path for path, text in made.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in [*other, *strangers]:
        sys.stderr.write(f"{path.name} is not what the rules say: run python docs/make_rules.py\n")
    return 1 if other or strangers else 0


if __name__ == "__main__":
    sys.exit(main())
