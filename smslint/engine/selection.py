"""Which rules run, with which options and levels: codes, prefixes, names or ALL, the more specific wins."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel, ValidationError

from smslint.checks.exports import READING_FAILURES
from smslint.checks.rule import Rule
from smslint.config.file import Key
from smslint.config.settings import BadSettingError, Settings, problems
from smslint.finding import Severity
from smslint.report import ReportedFinding

_EXACT = 1000
_STAYS_ON = READING_FAILURES | {"SMS910"}


class UnknownRuleError(BadSettingError):
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
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `smslint rules` lists them"
    raise UnknownRuleError(f"no rule is called {selector!r}{hint}")


def check_names(settings: Settings, rules: Sequence[Rule], *, some_missing: bool) -> None:
    """Make sure that every rule the settings name is there, and takes the options it is given.

    With ``some_missing`` (a plugin failed) only smslint's own must be. Raises `BadSettingError`.
    """
    for key, selector in _named(settings):
        try:
            found = matching(selector, rules)
        except UnknownRuleError as error:
            if some_missing and not selector.upper().startswith("SMS"):
                continue
            raise UnknownRuleError(f"{settings.at(*key)}{error}") from None
        if key[0] == "rules":
            if len(found) > 1 or found[0].options is None:
                raise BadSettingError(f"{settings.at(*key)}{_without_options(selector, found, rules)}")
            options_of(found[0], settings)


def _named(settings: Settings) -> Iterator[tuple[Key, str]]:
    """Every selector in the settings, and where it stands."""
    for selector in settings.select:
        yield ("select",), selector
    for selector in settings.ignore:
        yield ("ignore",), selector
    for selector in settings.severity:
        yield ("severity", selector), selector
    for selector in settings.rules:
        yield ("rules", selector), selector
    for number, ignore in enumerate(settings.ignores):
        yield ("ignores", number, "rule"), ignore.rule
    for pattern, selectors in settings.per_file_ignores.items():
        for selector in selectors:
            yield ("per-file-ignores", pattern), selector


def _without_options(selector: str, found: Sequence[Rule], rules: Sequence[Rule]) -> str:
    if len(found) > 1:
        return f"{selector!r} names several rules; options belong to one"
    takers = ", ".join(rule.code for rule in rules if rule.options)
    return f"{found[0].code} takes no options; those that do are {takers}"


def options_of(rule: Rule, settings: Settings) -> tuple[BaseModel, ...]:
    """The options to call a rule with. Raises `BadSettingError` for one that it does not take."""
    if rule.options is None:
        return ()
    given = [name for name in settings.rules if _specificity(name, rule) == _EXACT]
    table = {key: value for name in given for key, value in settings.rules[name].items()}
    try:
        return (rule.options.model_validate(table),)
    except ValidationError as error:
        under = ("rules", given[0] if given else rule.code)
        faults = problems(error, settings.file, model=rule.options, under=under)
        raise BadSettingError("; ".join(faults)) from error


def level_of(rule: Rule, settings: Settings) -> Severity | None:
    """The level the settings give a rule; None where they leave it to the rule."""
    ranked = [(_specificity(selector, rule), level) for selector, level in settings.severity.items()]
    closest, level = max(ranked, key=lambda pair: pair[0], default=(0, None))
    return level if closest else None


def selected(rules: Sequence[Rule], select: Sequence[str], ignore: Sequence[str]) -> list[Rule]:
    """The rules that run under these selectors; without ``select`` those that are on by default.

    Where a rule is both selected and ignored the more specific selector wins, on a tie the ignoring one.
    What says that an export could not be read, or a plugin not be used, stays on unless it is ignored by its
    own code.
    """
    return [rule for rule in rules if _runs(rule, select, ignore)]


def _runs(rule: Rule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if rule.code in _STAYS_ON:
        return rule.code not in (selector.upper() for selector in ignore)
    against = max((_specificity(selector, rule) for selector in ignore), default=0)
    if not select:
        return rule.default and not against
    return max(_specificity(selector, rule) for selector in select) > against


def _specificity(selector: str, rule: Rule) -> int:
    """How closely a selector names a rule: 0 when it does not."""
    word = selector.strip().upper()
    if word == rule.code or selector.strip().lower() == rule.name:
        return _EXACT
    if word == "ALL":
        return 1
    return len(word) + 1 if word and rule.code.startswith(word) else 0


def without_yielding(found: Sequence[ReportedFinding], rules: Iterable[Rule]) -> list[ReportedFinding]:
    """The findings but those of rules that yield to another one's about the same."""
    yielding = {rule.code: rule.yields_to for rule in rules if rule.yields_to}
    taken = {(each.rule, each.path, each.line, each.column) for each in found}
    return [
        each
        for each in found
        if not any((code, each.path, each.line, each.column) in taken for code in yielding.get(each.rule, ()))
    ]
