"""SMS9xx: what is wrong with the export itself, before any setting in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from smslint.checks.remediation import by_hand
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix, PluginFailure, Severity, UnusedIgnore
from smslint.schema.export import Defect, DefectKind, Export
from smslint.schema.identity import Setup
from smslint.schema.sender import Sender
from smslint.schema.setting import Section
from smslint.schema.site import Site
from smslint.sources.advice import AGAIN

MALFORMED: Final = "SMS901"
"""What cannot be read."""
READING_FAILURES: Final = frozenset({MALFORMED, "SMS903", "SMS905", "SMS909"})
"""What says that an export could not be read: these stay on unless ignored by their own code."""


_NOT_CHECKED: Final = "What is lost is not checked, and what is wrong in it stays unseen."
_DAMAGED: Final = ("malformed", "truncated", "values-lost")


def _defects(export: Export, kind: DefectKind) -> Iterator[Finding]:
    for defect in export.defects:
        if defect.kind == kind:
            yield _finding(export, defect)


def _finding(export: Export, defect: Defect, severity: Severity | None = None) -> Finding:
    """A defect as a finding, with the reason and the cure of the case at hand."""
    damaged = export.format and defect.kind in _DAMAGED and not defect.harmless
    remedy = defect.remedy or (AGAIN[export.format] if damaged and export.format else "")
    return Finding(
        defect,
        defect.text,
        fix=Fix(remedy, safety="manual") if remedy else None,
        expected=defect.expected,
        severity=severity,
        related=defect.related,
        why=defect.why or ("" if export.format == "registry" or defect.kind != "malformed" else _NOT_CHECKED),
    )


@rule("SMS901", "malformed-export", severity="error", fix="manual")
def malformed_export(export: Export) -> Iterator[Finding]:
    r"""Something in the export cannot be read.

    ## What it does
    Reports what the product's own import would drop or read otherwise than it looks: a dangling continuation
    that swallows the next line, a number with too many digits, text after a value, blocks that cross. It is
    an error where the whole file or something under an SMS key is lost, a warning where anything else may be,
    and an information where nothing is, as with several exports that were joined into one file.

    ## Why it is bad
    What is lost is not checked, and would not be restored by an import either.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:000000005
    ```

    ## Fix
    Export again; do not repair an export by hand. Each finding says which export, for the file at hand: a raw
    hive, an event log, an archive, a picture or an empty file is named, with what to take instead.
    """
    for defect in export.defects:
        if defect.kind == "malformed":
            level: Severity = "error" if defect.costly else "info" if defect.harmless else "warning"
            yield _finding(export, defect, level)


@rule("SMS902", "no-sms-settings", severity="warning", fix="manual")
def no_sms_settings(export: Export) -> Iterator[Finding]:
    r"""There is nothing in the export that smslint could check.

    ## What it does
    Reports a file named on the command line, or a folder in which no file has any, without a setting of a
    site server, and says what it holds instead: the key of a client, a part of a site control file, objects
    of another class, an answer without objects. In a folder where some files have settings the others are
    passed over.

    ## Why it is bad
    Silence over an export that holds no settings must not be mistaken for health.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Contoso]
    "Colour"="blue"
    ```

    ## Fix
    Export the whole SMS key of the site server: `reg export HKLM\SOFTWARE\Microsoft\SMS nyc.reg`, on NT 4
    `regedit /e nyc.reg HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS`.
    """
    yield from _defects(export, "no-settings")


@rule("SMS903", "truncated-export", severity="error", fix="manual")
def truncated_export(export: Export) -> Iterator[Finding]:
    r"""The export ends in the middle of something.

    ## What it does
    Reports a file whose end cuts a value, a string, a key or a block. The value that is cut is not judged,
    and nothing is concluded from what is missing.

    ## Why it is bad
    Whatever followed is missing: the checks saw only a part of the site.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=hex(4):05,00,\
    ```

    ## Fix
    Export again, and copy the file in binary mode.
    """
    yield from _defects(export, "truncated")


@rule("SMS904", "wrong-value-type", severity="error", fix="manual")
def wrong_value_type(export: Export) -> Iterator[Finding]:
    r"""A setting holds data that cannot be read as its type.

    ## What it does
    Reports a setting whose value is of another type, such as text that is no number where a number belongs.
    The setting counts as not set, and the rest of its section is checked.

    ## Why it is bad
    The product cannot read it either: it takes its default, or fails.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"="five"
    ```

    ## Fix
    Set the value again with its right type, a REG_DWORD for a number.
    """
    yield from _defects(export, "wrong-type")


@rule("SMS907", "unused-ignore", severity="warning")
def unused_ignore(ignore: UnusedIgnore) -> Iterator[Finding]:
    r"""Something tells smslint to ignore a finding that is not there.

    ## What it does
    Reports a `; smslint: ignore[RULE]` comment and an `[[ignores]]` of the configuration that ignores
    nothing, names no rule, or has expired (`until`). Only what this run could have needed is judged: not an
    ignore for a rule that did not run, or for a file or site that was not read.

    ## Why it is bad
    An ignore that outlives its reason will hide the next finding that fits it.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    ; smslint: ignore[SMS101] closed on purpose until the line is paid for
    "Maximum Concurrent Sendings"=dword:00000005
    ```

    ## Fix
    Remove the comment or the `[[ignores]]`; where it has expired, fix the finding or set a new date.
    """
    yield Finding(ignore, ignore.message)


@rule("SMS905", "embedded-values-lost", severity="error", fix="manual")
def embedded_values_lost(export: Export) -> Iterator[Finding]:
    r"""A PowerShell dump flattened the objects that hold the settings.

    ## What it does
    Reports a dump in which the embedded properties, lists or schedules were replaced by the name of their
    type, because it was made without enough `-Depth` or by a command that prints only the outermost object.

    ## Why it is bad
    The settings are not in the file, so they were not checked, whatever else it shows.

    ## Example
    ```json
    {"ComponentName": "SMS_LAN_SENDER", "ItemType": "Component", "SiteCode": "NYC",
     "Props": ["System.Management.ManagementBaseObject", "System.Management.ManagementBaseObject"]}
    ```

    ## Fix
    Export again with the depth that keeps them, for example `Get-CimInstance -Namespace root\SMS\site_NYC
    -ClassName SMS_SCI_Component | ConvertTo-Json -Depth 5`.
    """
    yield from _defects(export, "values-lost")


@rule("SMS906", "account-secret-in-export", severity="info", default=False)
def account_secret_in_export(export: Export) -> Iterator[Finding]:
    r"""The export carries account names, passwords or keys.

    ## What it does
    Says that accounts, passwords, keys or their ciphers were recognised. smslint neither keeps nor prints
    them. Off by default, for every site control file of SMS 1.x holds some.

    ## Why it is bad
    Whoever has the file has the ciphers of the site's accounts.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT>
      #65({}{\\BOSSRV\SMS_SITE 0123456789ABCDEF0123456789ABCDEF01234567})
    ```

    ## Fix
    Keep the file where such secrets may be kept, or take the fields out before it is shared.
    """
    yield from _defects(export, "account-secret")


@rule("SMS908", "setting-set-twice", severity="warning")
def setting_set_twice(export: Export) -> Iterator[Finding]:
    r"""A setting is set more than once in one export.

    ## What it does
    Reports a value of the SMS key that the file sets again further down; the last one holds.

    ## Why it is bad
    A person who reads the first one is misled. No exporter writes this: the file was put together by hand.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000004
    "Maximum Concurrent Sendings"=dword:00000005
    ```

    ## Fix
    Remove the lines that do not hold.
    """
    yield from _defects(export, "set-twice")


@rule("SMS909", "header-imports-nothing", severity="error")
def header_imports_nothing(export: Export) -> Iterator[Finding]:
    r"""regedit does not know the first line, so an import would do nothing.

    ## What it does
    Reports a registry export whose header is misspelled, in another case, behind a blank line, missing, or in
    an encoding that regedit does not take.

    ## Why it is bad
    regedit imports nothing from it, and some versions report success. None of its settings were checked.

    ## Example
    ```reg
    REGEDIT5

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000000
    ```

    ## Fix
    The first line must be `REGEDIT4` or `Windows Registry Editor Version 5.00`, exactly.
    """
    yield from _defects(export, "header")


@rule("SMS910", "plugin-failed", severity="error")
def plugin_failed(failure: PluginFailure) -> Iterator[Finding]:
    """A plugin, or one of its rules, could not be used.

    ## What it does
    Reports an installed plugin that cannot be imported, holds no rules, or claims a code that is taken or
    smslint's own, and a rule of a plugin that raises or yields what is no finding. Everything else runs.

    ## Why it is bad
    What the plugin would have found is not reported: its silence says nothing of the site.

    ## Fix
    Update or uninstall the package, or leave it out with `plugins` in the configuration.
    """
    yield Finding(failure, failure.message)


_SHORTEST_NAME: Final = 8
"""Characters; a shorter name is one or two letters away from many."""
_EDIT_DISTANCE: Final = 2
"""Letters that a misspelled name has too many, too few, or others."""


@rule("SMS911", "misspelled-value-name", severity="warning", certainty="derived", fix="manual")
def misspelled_value_name(section: Sender | Setup) -> Iterator[Finding]:
    r"""A value has nearly the name of a setting that is not set.

    ## What it does
    Looks, under the key of a sender, for a value whose name is that of a setting but for blanks or for one or
    two letters, while the setting itself is not there under any of its names; and under Setup for one that is
    nearly `Full Version`. Derived: the product reads the exact name.

    ## Why it is bad
    The product does not see the value: it takes its default, and so does smslint.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurent Sendings"=dword:00000005
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000005
    ```

    ## Fix
    Name the value exactly, or delete it.
    """
    looked_for = (section.full_version,) if isinstance(section, Setup) else section.settings()
    absent = [name for setting in looked_for if setting.raw is None for name in setting.declared.registry]
    for written in section.undeclared:
        name = str(written.data)
        meant = next((each for each in absent if _is_misspelling(name, each)), None)
        if meant and not _is_another(name, meant):
            message = f"SMS does not read {name} here; it reads {meant}, which is not set"
            fix = by_hand(
                "Name the value exactly, or delete it.",
                f"In the registry of the site server set {meant} to what {name} holds, if that is meant.",
                f"Delete {name}.",
            )
            yield Finding(written.span, message, fix=fix, expected=meant)


def _is_misspelling(name: str, correct: str) -> bool:
    """Whether at most `_EDIT_DISTANCE` letters make one of the other, blanks and letter case aside."""
    one, other = (each.replace(" ", "").lower() for each in (name, correct))
    if len(name) < _SHORTEST_NAME or abs(len(one) - len(other)) > _EDIT_DISTANCE:
        return False
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row = row, [number]
        for column, against in enumerate(other, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != against)))
    return row[-1] <= _EDIT_DISTANCE


def _is_another(name: str, meant: str) -> bool:
    """Whether it is, but for blanks, what a setting of any section but the one that is meant is called."""
    return any(
        each != meant and each.replace(" ", "").lower() == name.replace(" ", "").lower()
        for section in _sections()
        for _, declared in section.declared()
        for each in declared.registry
    )


def _sections() -> Iterator[type[Section]]:
    """Every kind of section that a site has."""
    for info in Site.model_fields.values():
        for model in get_args(info.annotation):
            if isinstance(model, type) and issubclass(model, Section):
                yield model
