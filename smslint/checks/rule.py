"""How a rule is declared: one short function of one schema object.

The annotation of its first parameter says on what it runs; a second parameter, if there is one, is a
pydantic model of its options. It yields findings. Selection, severity by version and authority, ignoring,
baseline, order and format happen elsewhere; its docstring is its documentation.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict

from smslint.finding import SEVERITIES, Finding, Safety, Severity
from smslint.report import RuleInfo, article
from smslint.schema.version import ANY, ProductVersion

Check = Callable[..., Iterable[Finding]]
Certainty = Literal["documented", "derived"]

HEADINGS: Final = ("What it does", "Why it is bad", "Example", "Use instead", "Fix", "Log lines")
"""The headings of a rule's docstring, in order; the first two are needed, each on a line behind ``##``."""


@dataclass(frozen=True, eq=False)
class Rule:
    """A check with everything that is declared of it.

    ``severity`` goes by version: outside its versions the rule is silent; where the export leaves open
    whether one of them is meant, the finding weighs one level less and names the versions.
    """

    code: str
    name: str
    severity: Mapping[ProductVersion, Severity]
    reference: str | None
    check: Check
    targets: tuple[type, ...]
    options: type[BaseModel] | None
    fix: Safety | None
    certainty: Certainty
    default: bool
    yields_to: tuple[str, ...] = ()
    """Rules that say more: on a setting that one of them reports this one is silent."""

    @cached_property
    def documentation(self) -> str:
        """The docstring as Markdown."""
        return inspect.cleandoc(self.check.__doc__ or "")

    def section(self, heading: str) -> str:
        """What the documentation says under a heading; empty when it has none."""
        found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", self.documentation, re.M | re.S)
        return found[1].strip() if found else ""

    def _paragraph(self, heading: str) -> str:
        return re.sub(r"\s+", " ", self.section(heading).partition("\n\n")[0])

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.documentation.partition("\n")[0]

    @property
    def worst(self) -> Severity:
        """The gravest level the rule reports at."""
        return min(self.severity.values(), key=SEVERITIES.index)

    @property
    def versions(self) -> str:
        """The versions the rule holds for, in words, with the levels where they differ."""
        if len(set(self.severity.values())) == 1:
            return ", ".join(map(str, self.severity))
        return ", ".join(f"{versions}: {level}" for versions, level in self.severity.items())

    @property
    def page(self) -> str:
        """Everything a person may want to know of the rule, as Markdown."""
        certain = (
            "documented: a cited document states the condition and the harm"
            if self.certainty == "documented"
            else "derived: inferred from the cited documents, not stated in them"
        )
        return (
            f"# {self.code} {self.name}\n\n{self.documentation}\n\n"
            f"## Severity\n{self.worst}{'' if self.default else ', off by default'}\n\n"
            f"## Versions\n{self.versions}\n\n"
            f"## How certain\n{certain}\n\n"
            f"{self._options_section()}"
            f"## References\n{_linked(self.reference or 'none')}"
        )

    def _options_section(self) -> str:
        """The options, as a section of the page; empty when the rule takes none."""
        if self.options is None:
            return ""
        lines = (
            f"- `{info.alias or name}` (default {info.default}): {info.description or ''}"
            for name, info in self.options.model_fields.items()
        )
        return f"## Options\nIn the configuration, under `rules.{self.code}`:\n\n" + "\n".join(lines) + "\n\n"

    @property
    def info(self) -> RuleInfo:
        """What a report tells of the rule."""
        return RuleInfo(
            self.code,
            self.name,
            self.summary,
            self._paragraph("Why it is bad"),
            self._paragraph("Fix"),
            self.worst,
            self.reference,
            self.certainty,
            self.documentation,
        )


def _linked(reference: str) -> str:
    """A reference with its Q-numbers as links to the archive of the articles."""
    return re.sub(r"\bQ\d{4,6}\b", lambda found: f"[{found[0]}]({article(found[0])})", reference)


class Options(BaseModel):
    """The options of a rule: unknown ones are refused, names are written with hyphens."""

    model_config = ConfigDict(
        defer_build=True,
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
    )


def rule(
    code: str,
    name: str,
    *,
    severity: Severity | Mapping[ProductVersion, Severity],
    reference: str | None = None,
    fix: Safety | None = None,
    certainty: Certainty = "documented",
    default: bool = True,
    yields_to: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a function.

    ``severity`` is a level for every version, or a level per range of versions. ``fix`` is how far its
    fixes may be trusted at best. ``certainty`` is *derived* where no document states condition and harm.
    ``default=False`` is a rule that runs only when selected. ``yields_to`` are the codes of rules that say
    more: on a setting that one of them reports this one is silent. Raises TypeError when the function's
    first parameter is not annotated with what it runs on.
    """

    def declare(check: Check) -> Rule:
        parameters = _parameters(check)
        if not parameters:
            raise TypeError(f"{code}: annotate the parameter of {check.__name__} with what it checks")
        target, *more = parameters
        targets = get_args(target) if get_origin(target) in (Union, UnionType) else (target,)
        by_version = {ANY: severity} if isinstance(severity, str) else severity
        options: Any = more[0] if more else None
        return Rule(
            code, name, by_version, reference, check, targets, options, fix, certainty, default, yields_to
        )

    return declare


def _parameters(check: Check) -> list[Any]:
    """What the parameters of a function are annotated with; of plain names without evaluating each."""
    annotated = {name: hint for name, hint in check.__annotations__.items() if name != "return"}
    known = getattr(check, "__globals__", {})
    if all(isinstance(hint, str) and hint in known for hint in annotated.values()):
        return [known[hint] for hint in annotated.values()]
    hints = get_type_hints(check)
    return [hints[name] for name in annotated]


def rules_of(module: object) -> list[Rule]:
    """The rules a module declares, in the order of their declaration."""
    return [value for value in vars(module).values() if isinstance(value, Rule)]
