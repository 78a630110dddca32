"""Which rules run: codes, prefixes, names or ALL, of which the more specific wins."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from smslint.checks.exports import READING_FAILURES
from smslint.checks.rule import Rule


class UnknownRuleError(ValueError):
    """A selector that names no rule. Its text suggests what may have been meant."""


def matching(selector: str, rules: Iterable[Rule]) -> list[Rule]:
    """The rules a selector names. Raises `UnknownRuleError` when there is none."""
    rules = list(rules)
    found = [rule for rule in rules if _specificity(selector, rule)]
    if found:
        return found
    known = [word for rule in rules for word in (rule.code, rule.name)]
    near = difflib.get_close_matches(selector, known, n=3, cutoff=0.6)
    near = near or difflib.get_close_matches(selector.upper(), known, n=3, cutoff=0.6)
    hint = f"; did you mean {', '.join(near)}?" if near else "; `smslint rules` lists them"
    raise UnknownRuleError(f"no rule is called {selector!r}{hint}")


def selected(rules: Sequence[Rule], select: Sequence[str], ignore: Sequence[str]) -> list[Rule]:
    """The rules that run under these selectors; without ``select`` those that are on by default.

    Where a rule is both selected and ignored the more specific selector wins, on a tie the ignoring one.
    What says that an export could not be read stays on unless it is ignored by its own code.
    """
    for selector in (*select, *ignore):
        matching(selector, rules)
    return [rule for rule in rules if _runs(rule, select, ignore)]


def _runs(rule: Rule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if rule.code in READING_FAILURES:
        return rule.code not in (selector.upper() for selector in ignore)
    against = max((_specificity(selector, rule) for selector in ignore), default=0)
    if not select:
        return rule.default and not against
    return max(_specificity(selector, rule) for selector in select) > against


def _specificity(selector: str, rule: Rule) -> int:
    """How closely a selector names a rule: 0 when it does not."""
    word = selector.strip().upper()
    if word == rule.code or selector.strip().lower() == rule.name:
        return 1000
    if word == "ALL":
        return 1
    return len(word) + 1 if word and rule.code.startswith(word) else 0
