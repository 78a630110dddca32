"""Rules that a configuration states without code: its ``[[policy]]`` tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from smslint.checks.rule import Rule
from smslint.config.settings import Policy
from smslint.finding import Finding
from smslint.schema.site import Site
from smslint.schema.version import ANY


def policy_rule(policy: Policy, source: str | None) -> Rule:
    """The rule that a policy states; ``source`` names the file it stands in."""
    check = _check(policy)
    check.__doc__ = _documentation(policy)
    return Rule(
        code=policy.code,
        name=f"policy-{policy.code.lower()}",
        severity={ANY: policy.severity},
        reference=source,
        check=check,
        targets=(Site,),
        options=None,
        fix=None,
        certainty="documented",
        default=True,
    )


def _check(policy: Policy) -> Callable[[Site], Iterator[Finding]]:
    def check(site: Site) -> Iterator[Finding]:
        if policy.sites and not any(_matches(site, pattern) for pattern in policy.sites):
            return
        for section in site.sections():
            if isinstance(section, policy.section):
                setting = getattr(section, policy.field)
                if setting.value is not None and not _complies(policy, setting.value):
                    where = f" of {section.component}" if section.component else ""
                    message = f"{setting.declared.label}{where} is {setting.value}, against the policy"
                    yield Finding(setting, policy.message or message, expected=_expected(policy))

    return check


def _matches(site: Site, pattern: str) -> bool:
    return fnmatchcase((site.code or "").upper(), pattern.upper())


def _complies(policy: Policy, value: int | str) -> bool:
    if policy.between:
        return policy.between[0] <= int(value) <= policy.between[1]
    return value == policy.equals


def _expected(policy: Policy) -> str:
    return f"{policy.between[0]} to {policy.between[1]}" if policy.between else f"{policy.equals}"


def _documentation(policy: Policy) -> str:
    declared = dict(policy.section.declared())[policy.field]
    scope = f" at the sites {', '.join(policy.sites)}" if policy.sites else ""
    return (
        f"{declared.label} must be {_expected(policy)}.\n\n"
        "## What it does\n"
        f"Looks for `{policy.setting}` ({declared.label}){scope} that is set to anything but "
        f"{_expected(policy)}. One that is not set is not reported.\n\n"
        "## Why it is bad\n"
        f"{policy.message or 'It is against the policy that the configuration of smslint states.'}\n\n"
        "## Fix\n"
        f"Set it to {_expected(policy)}, or change the policy."
    )
