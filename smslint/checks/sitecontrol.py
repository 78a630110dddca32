"""SMS4xx: the site control file as a file: its size, its clock, its kind, and what it lacks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from smslint.checks.remediation import by_hand, in_console, in_words, upgrade_to
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix, Severity
from smslint.schema.address import Address
from smslint.schema.components import SiteConfigManager
from smslint.schema.console import ADDRESSES, SENDERS
from smslint.schema.site import Site
from smslint.schema.sitecontrol import SiteControlFile
from smslint.schema.version import SMS_1, SMS_1_2, SMS_1_BEFORE_1_2_SP3, ProductVersion

EARLY_LIMIT: Final = 262_144
"""Bytes, up to SMS 1.2 SP2 (Q162536)."""
_IMAGE_SIZE: Final = dict(SiteConfigManager.declared())["site_control_image_size"]
LATER_LIMIT: Final[int] = _IMAGE_SIZE.default()
"""Bytes, from SMS 1.2 SP3 on (Q255262, which calls them 434 KB)."""
LEGAL_LIMITS: Final = _IMAGE_SIZE.legal or range(0)
"""Bytes, with the hotfix of Q255262."""
SUGGESTED_LIMIT: Final = 567_500
"""Bytes, with which Q255262 begins."""
DAY: Final = 86_400
YEAR_2037: Final = 2_114_380_800
ACTUAL: Final = 1
PROPOSED: Final = 2
_RAISED: Final = (
    "Make sure that the hotfix of Q255262 is installed.",
    rf"Set {_IMAGE_SIZE.label} below SMS\{SiteConfigManager.registry_key} to {SUGGESTED_LIMIT}, in decimal.",
    "Restart the computer.",
)
_SPLIT: Final = "If the file does not fit even then, split the hierarchy: put sites under other parents."


@rule(
    "SMS401",
    "site-control-too-large",
    severity={SMS_1: "error"},
    reference="Q162536, Q255262",
    fix="manual",
)
def site_control_too_large(site: Site) -> Iterator[Finding]:
    r"""The site control file is larger than SMS can keep.

    ## What it does
    Compares the file's size with the limit: 262,144 bytes up to SMS 1.2 SP2, 454,000 from SP3 on, or what
    `SiteControlImageSize` says, up to 681,000. Over the limit is an error, over 90 % of it a warning. As SMS
    1.2 does not tell its service pack, a size between the first two limits is a warning there.

    ## Why it is bad
    New addresses and other changes are silently lost (event 336).

    ## Example
    A site control file of SMS 1.2 with 500,000 bytes.

    ## Fix
    Install the hotfix of Q255262 and set `SiteControlImageSize`, for instance to 567500, or split the
    hierarchy.
    """
    for file in site.site_control_files:
        surely, perhaps = _limits(file.product, site.site_control_image_size)
        if file.size > surely:
            fault = f"over the limit of {surely:,}"
        elif file.size > perhaps:
            fault = f"possibly over the limit: {perhaps:,} before SMS 1.2 SP3, {surely:,} from then on"
        elif surely == perhaps and file.size > surely * 9 // 10:
            fault = f"near the limit of {surely:,}"
        else:
            continue
        fix, limit = _raised_limit(file.product), f"at most {perhaps:,} bytes"
        severity: Severity | None = None if file.size > surely else "warning"
        message = f"the site control file has {file.size:,} bytes, {fault}"
        yield Finding(file, message, fix=fix, severity=severity, expected=limit)


def _limits(product: ProductVersion, image_size: int) -> tuple[int, int]:
    """The limit that surely holds, and the lowest that may hold, in bytes."""
    if image_size > LATER_LIMIT and product.overlaps(SMS_1_2):
        return image_size, image_size
    highest = EARLY_LIMIT if product.within(SMS_1_BEFORE_1_2_SP3) else LATER_LIMIT
    return highest, EARLY_LIMIT if product.overlaps(SMS_1_BEFORE_1_2_SP3) else LATER_LIMIT


def _raised_limit(product: ProductVersion) -> Fix:
    """The service pack that raised the limit comes before the hotfix that lets it be set."""
    early = f"Install SMS 1.2 SP3 or later, if it is not installed: it keeps {LATER_LIMIT:,} bytes."
    return by_hand(
        "Install the hotfix of Q255262 and raise the limit, or split the hierarchy.",
        *((early,) if product.overlaps(SMS_1_BEFORE_1_2_SP3) else ()),
        *_RAISED,
        _SPLIT,
    )


@rule(
    "SMS402",
    "site-control-image-size-out-of-range",
    severity={SMS_1_2: "error"},
    reference="Q255262",
    fix="manual",
)
def site_control_image_size_out_of_range(manager: SiteConfigManager) -> Iterator[Finding]:
    r"""SiteControlImageSize is outside what the hotfix takes.

    ## What it does
    Looks for a `SiteControlImageSize` under 454,000 or over 681,000 bytes, and for the slip of typing the
    decimal number as a hexadecimal one.

    ## Why it is bad
    What other sizes do is not documented.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_SITE_CONFIG_MANAGER]
    "SiteControlImageSize"=dword:00567500
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_SITE_CONFIG_MANAGER]
    "SiteControlImageSize"=dword:0008a8cc
    ```

    ## Fix
    Begin with 567500 decimal (0x8A8CC), as Q255262 suggests. It needs the hotfix, and a restart of the
    computer.
    """
    size = manager.site_control_image_size
    if size.value is not None and size.outside_range:
        typed = f"{size.value:x}"
        is_decimal = typed.isdecimal() and int(typed) in LEGAL_LIMITS
        cause = f": {typed} entered as hexadecimal" if is_decimal else ""
        message = f"{size.label} is {size.value:,} bytes{cause}"
        fix = by_hand(f"Set {SUGGESTED_LIMIT}, in decimal.", *_RAISED)
        yield Finding(size, message, fix=fix, expected=in_words(LEGAL_LIMITS))


@rule(
    "SMS403",
    "site-control-timestamp-in-future",
    severity="warning",
    reference="Q154577, Q151648",
    fix="manual",
)
def site_control_timestamp_in_future(file: SiteControlFile) -> Iterator[Finding]:
    r"""The site control file was made in the future.

    ## What it does
    Looks for a GMT time stamp more than a day ahead of this computer's clock.

    ## Why it is bad
    The file was written while the site server's clock was set ahead. Changes that are made at the true time
    are older than it, and are ignored. With a time in 2037 or later the services crash.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_FILE_DEFINITION
      <1><Site status><NYC><NYC><4000000000><1>
    END_FILE_DEFINITION
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_FILE_DEFINITION
      <1><Site status><NYC><NYC><870000000><1>
    END_FILE_DEFINITION
    ```

    ## Fix
    Restore the site from a backup of before the clock was set ahead, or install it again.

    ## Log lines
    `Site Control Image in the database is newer, reuse that database copy.` (Hman.log)
    """
    stamp = file.timestamp
    if stamp.value is not None and stamp.value > time.time() + DAY:
        harm = "services crash on it" if stamp.value >= YEAR_2037 else "changes made until then are ignored"
        message = f"the site control file says it was made in the future: {harm}"
        fix = by_hand(
            "Restore the site from a backup of before the clock was set ahead.",
            "Make sure that the clocks of this computer and of the site server are right.",
            "Restore the site from a backup of before the clock was set ahead.",
            "If there is none, install the site again.",
        )
        yield Finding(stamp, message, fix=fix, expected="a time past")


@rule("SMS404", "site-control-not-actual", severity="info", reference="Q133113", certainty="derived")
def site_control_not_actual(file: SiteControlFile) -> Iterator[Finding]:
    r"""The site control file shows what is meant to be, not what is.

    ## What it does
    Looks for a file type other than 1 (actual). A `.ct0` is always the last *proposed* configuration. The
    articles disagree on the numbers above 2.

    ## Why it is bad
    What the file says may not be in force yet, and findings in it may be of changes that are under way.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_FILE_DEFINITION
      <2><Site change><NYC><NYC><870000000><1>
    END_FILE_DEFINITION
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_FILE_DEFINITION
      <1><Site status><NYC><NYC><870000000><1>
    END_FILE_DEFINITION
    ```

    ## Fix
    Nothing is wrong. For the state in force lint the reply of Site Configuration Manager (`.ct2`), which is
    usually an actual one.
    """
    kind = file.file_type.value
    if kind not in (None, ACTUAL):
        kind_of_file = "a proposed" if kind == PROPOSED else f"not the actual (type {kind})"
        yield Finding(file.file_type, f"the file is {kind_of_file} configuration: it shows intent, not state")


@rule(
    "SMS405",
    "site-control-no-senders-or-addresses",
    severity={SMS_1: "error"},
    reference="Q121683",
    fix="manual",
)
def site_control_no_senders_or_addresses(site: Site) -> Iterator[Finding]:
    r"""The site control file names no sender, or no address.

    ## What it does
    Looks for a whole site control file of SMS 1.x (actual or proposed, not cut) without any sender, or
    without any address. A site without others has an address to itself.

    ## Why it is bad
    Site Configuration Manager refuses such a file (error 716: no valid addresses; 718: no senders).

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <NYC><NYC><MS_LAN_SENDER><LAN_DEFAULT>
      #23({}{\\NYCSRV\SMS_SITE })
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    BEGIN_SITE_ACCOUNT
      <6><NYC><><NYCSRV><EAST><New York><D:\SMS><EAST><><><><NYCSRV><><><SMS><><><>
    END_SITE_ACCOUNT
    ADDRESS <NYC><NYC><MS_LAN_SENDER><LAN_DEFAULT>
      #23({}{\\NYCSRV\SMS_SITE })
    BEGIN_SENDER
      <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSRV><SMS_LAN_SENDER>
      OUTBOX <LAN_DEFAULT>
    END_SENDER
    ```

    ## Fix
    Add a sender and an address in the properties of the site, or restore the file from a backup.
    """
    whole = {found.path for found in site.identifications if found.site_type.value}
    senders, addresses = ({part.path for part in parts} for parts in (site.senders, site.addresses))
    kinds = (("sender", senders, SENDERS), ("address", addresses, ADDRESSES))
    for file in site.site_control_files:
        is_checked = file.path in whole and file.file_type.value in (None, ACTUAL, PROPOSED)
        for title, paths, console in kinds if is_checked and not file.is_cut else ():
            if file.path not in paths:
                message = f"the site control file names no {title}: SMS refuses it"
                description = f"Add the {title}, or restore the file from a backup."
                action = f"Add the {title} that is missing."
                after = ["If SMS still refuses the file, restore it from a backup."]
                fix = in_console(console, file.product, description, action, after=after)
                yield Finding(file, message, fix=fix, aspect=title)


@rule(
    "SMS406",
    "address-count-near-limit",
    severity={SMS_1_BEFORE_1_2_SP3: "info"},
    reference="Q162536",
    certainty="derived",
    fix="manual",
    default=False,
)
def address_count_near_limit(site: Site) -> Iterator[Finding]:
    r"""The site has nearly as many addresses as its site control file can hold.

    ## What it does
    Counts the addresses of a site of SMS 1.0 to 1.2 SP2: 990 or more are reported. Q162536 says that about
    1,100 fill the 256 KB of a site control file; that 90 % of them are near is derived.

    ## Why it is bad
    Once the file is full, new addresses are silently lost: see SMS401.

    ## Example
    A site control file with 990 `ADDRESS` lines.

    ## Fix
    Split the hierarchy, or install SP3.
    """
    count = len({(address.destination.value or "", address.serves) for address in site.addresses})
    if count >= 990:
        message = f"the site has {count:,} addresses; about 1,100 fill its site control file"
        yield Finding(site, message, fix=upgrade_to("SMS 1.2 SP3 or later"))


@rule("SMS407", "sp-level-unknown", severity={SMS_1_2: "info"}, reference="Q171038", default=False)
def sp_level_unknown(site: Site) -> Iterator[Finding]:
    r"""An export of SMS 1.2 does not show the service pack.

    ## What it does
    Notes each site of SMS 1.2 whose service pack was not given by `--product-version`.

    ## Why it is bad
    Rules that hold for some service packs only can say no more than "possible".

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="692"
    ```

    ## Fix
    Look into the client text file `Ms\Sms\Bin\Csdver.sms`, and say `--product-version 1.2sp4`.
    """
    if site.product.within(SMS_1_2) and site.product.first != site.product.last:
        yield Finding(site, "an export of SMS 1.2 does not show the service pack")


@rule(
    "SMS408",
    "address-length-prefix-mismatch",
    severity="info",
    certainty="derived",
    fix="manual",
    default=False,
)
def address_length_prefix_mismatch(address: Address) -> Iterator[Finding]:
    r"""The number before an address string is not its length.

    ## What it does
    Compares the number behind `#` with the characters of the string that follows, its parentheses included.
    Derived, and doubtful: one of the two strings in Microsoft's published sample is off by one.

    ## Why it is bad
    The string may have been edited by hand, or damaged on its way.

    ## Example
    ```ct0
    SITE CONTROL FILE [786][1.08]
    ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT>
      #40({}{\\BOSSRV\SMS_SITE })
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [786][1.08]
    ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT>
      #24({}{\\BOSSRV\SMS_SITE })
    ```

    ## Fix
    Export the file again; do not edit it.
    """
    counted, length = address.counted, address.counted_characters
    if counted.value is not None and length is not None and counted.value != length:
        message = f"the address string has {length} characters, not {counted.value}"
        fix = by_hand(
            "Export the file again; do not edit it.",
            "Copy the site control file from the site server again, without editing it, and check that.",
        )
        yield Finding(counted, message, fix=fix, expected=str(length))
