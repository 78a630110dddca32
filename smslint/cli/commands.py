"""The commands: where each is found, what it is for, and how it is used. Nothing here imports one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Described(NamedTuple):
    """A command: its module and function, the first line of its help, and examples with what each does."""

    module: str
    function: str
    summary: str
    examples: tuple[tuple[str, str], ...]


COMMANDS: Final[Mapping[str, Described]] = {
    "check": Described(
        "check",
        "check",
        "Say what is wrong in exports, at which line, why, and what to do.",
        (
            ("smslint check nyc.reg", "one export"),
            ("smslint check exports --complete", "every site of a hierarchy, as a folder"),
            ("smslint check nyc.reg --output html:report.html", "a page to pass on, beside the terminal"),
        ),
    ),
    "patch": Described(
        "patch",
        "patch",
        "Write files that cure the server, and files that undo them.",
        (
            ("smslint patch nyc.reg", "nyc.fix.reg and nyc.undo.reg, beside it"),
            ("smslint patch sender.json --output-dir cures", "PowerShell scripts for the site server"),
            (
                "smslint patch nyc.reg --output-dir more --unsafe-fixes",
                "also what a person should confirm",
            ),
        ),
    ),
    "show": Described(
        "show",
        "show",
        "Show the settings as read, or with --raw what regedit would do with a .reg file.",
        (
            ("smslint show sitectrl.ct0", "the settings of a site"),
            ("smslint show exports --format json", "the same for a program"),
            ("smslint show --raw nyc.reg", "each key and value that an import would write"),
        ),
    ),
    "diagnose": Described(
        "diagnose",
        "diagnose",
        "Say what the lines of logs mean, and which setting each leads to.",
        (
            ("smslint diagnose Sender.log", "one log"),
            ("smslint diagnose Sender.log --with nyc.reg", "beside the settings of the site"),
            ("smslint diagnose logs --output html:logs.html", "all logs of a folder, as a page"),
        ),
    ),
    "map": Described(
        "map",
        "draw",
        "Draw the hierarchy: sites by tier, addresses with type and hours, and what is wrong where.",
        (
            ("smslint map exports --output hierarchy.svg", "a picture"),
            ("smslint map exports --output hierarchy.html", "a page with search, and all of it in words"),
            (
                "smslint map exports --complete --output whole.svg",
                "the same, where an export of every site is given",
            ),
        ),
    ),
    "collector": Described(
        "collector",
        "collector",
        "Print the PowerShell script that exports the sites of a Configuration Manager hierarchy.",
        (
            ("smslint collector --output Export-SmslintSite.ps1", "the script, ready to be copied"),
            ("smslint collector", "the script on the screen, to be read first"),
            ("smslint check NYC.smslint.json", "what the script wrote for a site, checked"),
        ),
    ),
    "rules": Described(
        "explain",
        "rules",
        "List the rules: code, severity, name, summary, versions, fix, and whether they run by default.",
        (
            ("smslint rules", "all of them"),
            ("smslint rules --format json", "the same for a program"),
            ("smslint rules --isolated", "without those that the configuration brings"),
        ),
    ),
    "explain": Described(
        "explain",
        "explain",
        "Explain a rule: what it does, why it is bad, an example, the fix, versions and references.",
        (
            ("smslint explain SMS101", "one rule"),
            ("smslint explain SMS2", "every rule whose code begins so"),
            ("smslint explain sender-retry-delay-exceeds-heartbeat", "a rule by its name"),
        ),
    ),
    "schema": Described(
        "schema",
        "schema",
        "Print the JSON Schema of what smslint reads or writes.",
        (
            ("smslint schema report", "of check --format json"),
            ("smslint schema settings", "of show --format json"),
            ("smslint schema config", "of smslint.toml"),
        ),
    ),
}
