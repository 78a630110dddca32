"""What a shell may complete: rules, versions, formats. What knows them is imported when it asks."""

from __future__ import annotations

from smslint.reports import FORMATS


def rules(incomplete: str) -> list[tuple[str, str]]:
    """Yield codes, names and prefixes that may follow, behind the rules of a list that stand already."""
    before, comma, begun = incomplete.rpartition(",")
    return [(f"{before}{comma}{word}", title) for word, title in _rules() if word.startswith(begun)]


def rules_and_signatures(incomplete: str) -> list[tuple[str, str]]:
    """Yield what ``explain`` takes: rules, and the signatures of logs."""
    from smslint.logs.signatures import BY_NAME

    signatures = [(name, f"signature of a log, {each.code}") for name, each in BY_NAME.items()]
    return [pair for pair in (*_rules(), *signatures) if pair[0].startswith(incomplete)]


def versions() -> list[str]:
    """List what ``--product-version`` takes, but for builds."""
    from smslint.schema.version import names

    return list(names())


def formats() -> list[str]:
    """List the formats of a report that come with smslint."""
    return list(FORMATS)


def outputs() -> list[str]:
    """List the formats as ``--output`` takes them, before the file."""
    return [f"{name}:" for name in FORMATS]


def _rules() -> list[tuple[str, str]]:
    from smslint.checks import BUILTIN

    families = sorted({each.code[:4] for each in BUILTIN})
    return [
        *((each.code, each.name) for each in BUILTIN),
        *((each.name, each.code) for each in BUILTIN),
        *((family, "all rules whose codes begin so") for family in families),
        ("ALL", "every rule, those that are off by default too"),
    ]
