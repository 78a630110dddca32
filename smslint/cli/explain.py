"""``smslint rules`` and ``smslint explain``: what is checked, and why."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import typer

from smslint.checks.rule import Rule
from smslint.cli import complete, console
from smslint.cli.options import Color, Config, Isolated, settings_from
from smslint.engine.plugins import catalogue
from smslint.engine.selection import matching
from smslint.reports.prose import rendered

Format = Annotated[
    Literal["text", "json"],
    typer.Option("--format", metavar="FORMAT", help="How to print: text or json.", rich_help_panel="Output"),
]


def rules(output_format: Format = "text", config: Config = None, isolated: Isolated = False) -> None:
    """List the rules: code, severity, name, summary, versions, fix, and whether they run by default."""
    known = _known(config, isolated)
    if output_format == "json":
        console.write([json.dumps([_facts(rule) for rule in known], indent=2)])
        return
    width = console.style().width
    for rule in known:
        marks = [f"fix: {rule.fix}"] if rule.fix else []
        marks += [] if rule.default else ["off by default"]
        console.write([f"{rule.code}  {rule.worst:<7}  {rule.name}"])
        for text in (rule.summary, "; ".join([rule.versions, *marks])):
            console.write(textwrap.wrap(text, width, initial_indent=" " * 8, subsequent_indent=" " * 8))


def explain(
    rule: Annotated[
        str,
        typer.Argument(
            metavar="RULE",
            help="A code, a prefix (SMS2), a name, or the name of a signature of logs.",
            autocompletion=complete.rules_and_signatures,
            rich_help_panel="Rules",
        ),
    ],
    output_format: Format = "text",
    config: Config = None,
    isolated: Isolated = False,
    color: Color = "auto",
) -> None:
    """Explain a rule: what it does, why it is bad, an example, the fix, versions and references.

    The name of a signature of logs is explained too.
    """
    from smslint.logs.pages import page
    from smslint.logs.signatures import BY_NAME

    if signature := BY_NAME.get(rule):
        text = page(signature)
        as_json = json.dumps([{"name": rule, "documentation": text}], indent=2)
        console.write([as_json] if output_format == "json" else rendered(text, console.style(color)))
        return
    found = matching(rule, _known(config, isolated))
    if output_format == "json":
        console.write(
            [json.dumps([_facts(each) | {"documentation": each.documentation} for each in found], indent=2)]
        )
        return
    console.write(rendered("\n\n".join(map(rule_page, found)), console.style(color)))


def rule_page(rule: Rule) -> str:
    """Everything a person may want to know of a rule, the signatures of logs that lead to it among it."""
    from smslint.logs.pages import section

    return "\n\n".join(filter(None, (rule.page, section(rule.code))))


def _known(config: str | None, isolated: bool) -> Sequence[Rule]:
    """The rules that a run here could use; what is wrong with a plugin goes to standard error."""
    found = catalogue(settings_from(config, isolated))
    for failure in found.failures:
        console.remark(failure.message)
    return found.rules


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
