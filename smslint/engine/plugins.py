"""The rules of a run: the built-in ones, those of installed packages, and those of the configuration.

A package declares an entry point in the group ``smslint.checks``: a module whose rules are meant, or a list
of rules. What is wrong with one costs a finding that names it (SMS910), never the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Final

from smslint.checks import BUILTIN
from smslint.checks.policy import policy_rule
from smslint.checks.rule import Rule, rules_of
from smslint.config.settings import BadSettingError, Settings, did_you_mean
from smslint.finding import PluginFailure
from smslint.schema.export import Export
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.setting import Section
from smslint.schema.site import Site

GROUP: Final = "smslint.checks"
OWN_PREFIX: Final = "SMS"


@dataclass
class Catalogue:
    """The rules that a run can choose from, by code, and what was wrong with plugins."""

    rules: list[Rule]
    failures: list[PluginFailure] = field(default_factory=list)

    def fail(self, name: str, reason: str) -> None:
        """Note that something of the plugin ``name`` cannot be used."""
        self.failures.append(PluginFailure("", f"plugin {name}: {reason}"))

    def take(self, name: str, found: Iterable[object]) -> None:
        """Take the rules of the plugin ``name``; what is no rule, or has a taken code, is a failure."""
        for rule in found:
            if reason := _refusal(rule, self.rules):
                self.fail(name, reason)
            elif isinstance(rule, Rule):
                self.rules.append(rule)


def catalogue(settings: Settings, rules: Sequence[Rule] | None = None) -> Catalogue:
    """The rules of a run: ``rules``, or the built-in and the installed ones, and those of the policies.

    Raises `BadSettingError` for a plugin in the settings that is not installed, and a policy's taken code.
    """
    known = Catalogue(list(BUILTIN if rules is None else rules))
    if rules is None and settings.plugins != ():
        _load(known, settings)
    for number, policy in enumerate(settings.policy):
        rule = policy_rule(policy, settings.file.path if settings.file else None)
        if reason := _refusal(rule, known.rules):
            raise BadSettingError(f"{settings.at('policy', number, 'code')}{reason}")
        known.rules.append(rule)
    known.rules.sort(key=lambda rule: rule.code)
    return known


def _load(known: Catalogue, settings: Settings) -> None:
    installed = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    names = {point.name for point in installed}
    for name in settings.plugins or ():
        if name not in names:
            hint = did_you_mean(name, names) or f"; installed: {', '.join(sorted(names)) or 'none'}"
            raise BadSettingError(f"{settings.at('plugins')}no plugin is called {name!r}{hint}")
    for point in installed:
        if settings.plugins is None or point.name in settings.plugins:
            _import(known, point)


def _import(known: Catalogue, point: EntryPoint) -> None:
    name = f"{point.name} ({point.dist.name})" if point.dist else point.name
    try:
        found = point.load()
        rules = rules_of(found) if isinstance(found, ModuleType) else list(found)
    except (Exception, SystemExit) as error:
        known.fail(name, f"cannot be loaded: {_described(error)}")
        return
    if not rules:
        known.fail(name, f"{point.value} holds no rules")
    known.take(name, rules)


def _refusal(rule: object, known: Sequence[Rule]) -> str:
    """Why a rule cannot be taken; empty when it can."""
    if not isinstance(rule, Rule):
        return f"holds {rule!r:.60}, which is not a rule: declare one with @smslint.rule"
    if not re.fullmatch(r"[A-Z]{2,10}[0-9]{1,4}", rule.code):
        return f"the code {rule.code!r} is not capital letters and a number, such as ORG001"
    if rule.code.startswith(OWN_PREFIX):
        return f"{rule.code}: the prefix {OWN_PREFIX} is smslint's own"
    for other in known:
        if other.code == rule.code or other.name == rule.name:
            return f"{rule.code} ({rule.name}): the code or name is taken by {other.code} ({other.name})"
    if strange := [kind for kind in rule.targets if not _is_checked(kind)]:
        return f"{rule.code} checks {getattr(strange[0], '__name__', strange[0])}, which no export holds"
    return ""


def _is_checked(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section | Site | Hierarchy | Export)


class Watch:
    """Lets a rule of a plugin fail without the run: its first failure is added to ``failures``."""

    def __init__(self, rule: Rule, failures: list[PluginFailure]) -> None:
        """Watch over ``rule``, each time the watch is entered."""
        self._rule, self._failures, self._failed = rule, failures, False

    def __enter__(self) -> None:
        """Begin to run the rule."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Note an error of the rule, and let the run go on."""
        if not isinstance(error, Exception):
            return False
        if not self._failed:
            self._failed = True
            who = f"rule {self._rule.code} ({self._rule.name}) of a plugin failed"
            message = f"{who}: {_described(error)}; findings of it may be missing"
            self._failures.append(PluginFailure("", message))
        return True


def _described(error: BaseException) -> str:
    lines = str(error).splitlines()
    return f"{type(error).__name__}{': ' + lines[0][:200] if lines else ''}"
