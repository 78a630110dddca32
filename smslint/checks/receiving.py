"""SMS6xx: the receiving side: how packages are taken apart, compressed, and what is not sent upward."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.checks.remediation import by_hand, in_words, to_default
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.components import Compression, Despooler, HierarchyManager
from smslint.schema.console import RESTART
from smslint.schema.version import SMS_1_2, SMS_1_2_BEFORE_SP4, UP_TO_2_0


@rule(
    "SMS601",
    "despooler-temp-drive-set",
    severity={SMS_1_2_BEFORE_SP4: "error"},
    reference="Q191307, Q191441",
    fix="safe",
)
def despooler_temp_drive_set(despooler: Despooler) -> Iterator[Finding]:
    r"""A drive is set for the despooler to unpack on.

    ## What it does
    Looks for a `Preferred Drive For Temp Directory` on SMS 1.2 before SP4.

    ## Why it is bad
    Packages that arrive cannot be decompressed.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_DESPOOLER]
    "Preferred Drive For Temp Directory"="E"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_DESPOOLER]
    "Preferred Drive For Temp Directory"=""
    ```

    ## Fix
    Blank it, which is the default, or install SP4.

    ## Log lines
    `Cannot create temp storage $:\ while decompressing package.` (Despool.log)
    """
    drive = despooler.preferred_temp_drive
    if drive.value and not drive.is_blank:
        message = f"{drive.label} is {drive.value}, so packages cannot be decompressed"
        fix = Fix(f"Blank {drive.label}, which is its default.", (drive.change(drive.declared.default()),))
        yield Finding(drive, message, fix=fix, expected="blank")


@rule(
    "SMS602",
    "forced-disconnect-resets-acl",
    severity={SMS_1_2_BEFORE_SP4: "warning"},
    reference="Q182414, Q191441",
    fix="unsafe",
)
def forced_disconnect_resets_acl(despooler: Despooler) -> Iterator[Finding]:
    r"""Forced disconnection takes the rights off package folders.

    ## What it does
    Looks for `Use Forced Disconnect` other than 0 on SMS 1.2 before SP4.

    ## Why it is bad
    It reduces the NTFS rights on package folders to the service account: users can no longer read them.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_DESPOOLER]
    "Use Forced Disconnect"=dword:00000001
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_DESPOOLER]
    "Use Forced Disconnect"=dword:00000000
    ```

    ## Fix
    Install SP4, or set 0, the default. Somebody switched it on, so ask first.
    """
    forced = despooler.use_forced_disconnect
    if forced.value:
        message = f"{forced.label} is on: rights on package folders are reduced to the service account"
        yield Finding(forced, message, fix=to_default(despooler, forced, safety="unsafe"), expected="0")


@rule(
    "SMS603",
    "compression-setting-invalid",
    severity={UP_TO_2_0: "warning"},
    reference="Q121555",
    fix="unsafe",
)
def compression_setting_invalid(compression: Compression) -> Iterator[Finding]:
    r"""A compression setting has a value that SMS does not know.

    ## What it does
    Looks for a `Compression Level` outside 1 to 7, a `Decompression Buffer Size (Log2 Value)` outside 1 to 31
    (on SMS 1.0 over 15, which it ignores), and `Enable Compression` that is neither Yes nor No. No alone
    informs. SMS 1.0 to 2.0.

    ## Why it is bad
    What SMS makes of such a value is not documented. Without compression packages are larger on the link.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Compression]
    "Compression Level"=dword:00000009
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Compression]
    "Compression Level"=dword:00000007
    ```

    ## Fix
    The defaults are level 1, buffer 15 and Yes.
    """
    level, buffer = compression.compression_level, compression.decompression_buffer_log2
    for setting, legal in ((level, level.declared.legal), (buffer, compression.legal_buffers)):
        if legal and setting.value is not None and setting.value not in legal:
            message = f"{setting.label} is {setting.value}; SMS takes {in_words(legal)}"
            fix = to_default(compression, setting, safety="unsafe")
            yield Finding(setting, message, fix=fix, expected=in_words(legal))
    enabled = compression.enable_compression
    answer = (enabled.value or "").strip().lower()
    if answer == "no":
        yield Finding(enabled, "packages are sent uncompressed, larger on the link", severity="info")
    elif enabled.value is not None and answer != "yes":
        message = f"{enabled.label} is {enabled.value}, neither Yes nor No"
        fix = to_default(compression, enabled, safety="unsafe")
        yield Finding(enabled, message, fix=fix, expected="Yes or No")


@rule(
    "SMS604",
    "attach-dump-suppressed",
    severity={SMS_1_2: "info"},
    reference="Q191305, Q191441",
    fix="manual",
)
def attach_dump_suppressed(manager: HierarchyManager) -> Iterator[Finding]:
    r"""The site does not send its database to a new parent.

    ## What it does
    Looks for `Dont Send DB To Parent Site` of 1, which SMS 1.2 SP4 introduced.

    ## Why it is bad
    Attached to a parent, the site does not send the inventory it already has. That may be meant.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_HIERARCHY_MANAGER]
    "Dont Send DB To Parent Site"=dword:00000001
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_HIERARCHY_MANAGER]
    "Dont Send DB To Parent Site"=dword:00000000
    ```

    ## Fix
    Delete the value before the site is attached, unless the old inventory is not wanted.
    """
    suppressed = manager.dont_send_db_to_parent_site
    if suppressed.value == 1:
        message = "the parent gets no existing inventory when this site is attached to it"
        fix = by_hand(
            "Delete the value before the site is attached, unless the old inventory is not wanted.",
            rf"Delete {suppressed.label} below SMS\{manager.registry_key}.",
            RESTART,
            "Only then attach the site to its parent.",
        )
        yield Finding(suppressed, message, fix=fix)
