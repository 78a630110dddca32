"""``smslint rules`` and ``smslint explain``: what is checked, and why."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import typer

from smslint.checks import BUILTIN
from smslint.checks.rule import Rule
from smslint.checks.selection import UnknownRuleError, matching
from smslint.cli import console

Format = Annotated[Literal["text", "json"], typer.Option("--format", help="How to print.")]


def rules(output_format: Format = "text") -> None:
    """List the rules: code, name, severity, versions, fix, and whether they run by default."""
    if output_format == "json":
        console.write([json.dumps([_facts(rule) for rule in BUILTIN], indent=2)])
        return
    for rule in BUILTIN:
        marks = [f"fix: {rule.fix}"] if rule.fix else []
        marks += [] if rule.default else ["off by default"]
        console.write(
            [
                f"{rule.code}  {rule.worst:<7}  {rule.name}",
                f"        {rule.summary}",
                f"        {'; '.join([rule.versions, *marks])}",
            ]
        )


def explain(
    rule: Annotated[str, typer.Argument(help="A code, a prefix or a name.")], output_format: Format = "text"
) -> None:
    """Explain a rule: what it does, why it is bad, an example, the fix, versions and references."""
    try:
        found = matching(rule, BUILTIN)
    except UnknownRuleError as error:
        console.give_up(str(error))
    if output_format == "json":
        console.write(
            [json.dumps([_facts(each) | {"documentation": each.documentation} for each in found], indent=2)]
        )
        return
    console.write("\n\n".join(_page(each) for each in found).splitlines())


def _facts(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.summary,
        "severity": rule.worst,
        "versions": rule.versions,
        "fix": rule.fix,
        "default": rule.default,
        "certainty": rule.certainty,
        "reference": rule.reference,
    }


def _page(rule: Rule) -> str:
    certain = (
        "documented: a cited document states the condition and the harm"
        if rule.certainty == "documented"
        else "derived: inferred from the cited documents, not stated in them"
    )
    return (
        f"# {rule.code} {rule.name}\n\n{rule.documentation}\n\n"
        f"## Severity\n{rule.worst}{'' if rule.default else ', off by default'}\n\n"
        f"## Versions\n{rule.versions}\n\n"
        f"## How certain\n{certain}\n\n"
        f"## References\n{rule.reference or 'none'}"
    )
