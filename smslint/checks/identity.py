"""SMS3xx, identity: who a site says it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smslint.checks.remediation import by_hand, install_again, upgrade_to
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix, Severity
from smslint.schema.console import CYCLE, RESTART
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.identity import Identification
from smslint.schema.site import Site
from smslint.schema.version import (
    CURRENT_BRANCH,
    FROM_2_0_SP3,
    SMS_1,
    SMS_1_0_AND_1_1,
    SMS_1_2,
    SMS_2_0,
    SMS_2_0_BEFORE_SP2,
    SMS_2_0_BEFORE_SP3,
    SMS_2_AND_LATER,
    ProductVersion,
)

DEVICES: Final = ("CON", "PRN", "AUX", "NUL")
ALSO_RESERVED: Final = ("SMS", "ENV")
"""What current branch reserves beside the names of devices."""


@rule(
    "SMS301",
    "site-code-reserved",
    severity="error",
    reference="Q182420, Q279868; Configuration Manager documentation, prepare to install sites",
    fix="manual",
)
def site_code_reserved(identification: Identification) -> Iterator[Finding]:
    r"""The site code is a reserved name.

    ## What it does
    Looks for the site codes CON, PRN, AUX and NUL, in any letter case, and on current branch for SMS and ENV,
    which it reserves too.

    ## Why it is bad
    CON, PRN, AUX and NUL are names of DOS devices: Windows makes no folder of that name, and SMS names
    folders after the site code, so they are never created, on the site server and on logon servers. The
    documentation does not say why SMS and ENV are reserved.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="PRN"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="PRT"
    ```

    ## Fix
    Install the site again under another code. A hotfix exists for SMS 1.2, none for SMS 2.0.

    ## Log lines
    `Create Directory \\<pdc>\SMSLOGON\Sites\PRN - Fail (5)` (NT_Logon.log)
    """
    code, product = identification.site_code, identification.product
    is_device = (code.value or "").upper() in DEVICES
    is_reserved = (code.value or "").upper() in ALSO_RESERVED and product.is_possibly(CURRENT_BRANCH)
    if is_device or is_reserved:
        device = "the name of a DOS device, so no folder can have this name"
        message = f"{code.value} is {device if is_device else 'a name that current branch reserves'}"
        severity: Severity | None = None if is_device or product.within(CURRENT_BRANCH) else "warning"
        steps = install_again("under a code that is not reserved")
        also = ("On SMS 1.2 ask for the hotfix of Q182420 instead.",) if product.overlaps(SMS_1_2) else ()
        fix = by_hand("Install the site again under another code.", *steps, *also)
        yield Finding(code, message, fix=fix, severity=severity)


@rule(
    "SMS302",
    "site-code-lowercase",
    severity={SMS_2_0_BEFORE_SP3: "error", FROM_2_0_SP3: "warning", SMS_1: "info"},
    reference="Q271885, Q235726",
    fix="manual",
)
def site_code_lowercase(identification: Identification) -> Iterator[Finding]:
    r"""The site code has lower-case letters.

    ## What it does
    Looks for a lower-case letter in the site code. It is an error on SMS 2.0 to SP2, for which it is listed,
    and a warning on later versions, for no fix is stated; on SMS 1.x codes are not case-sensitive, and it
    informs.

    ## Why it is bad
    The status summarizer of SMS 2.0 compares codes by letter case: status message 4613 floods the site and
    the disk fills. For later versions no harm is documented.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1380.1000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="nyc"
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1380.1000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    ```

    ## Fix
    Install the site again with its code in upper case, and write it so in setup scripts. Do not edit the code
    of an installed site. On SMS 1.x nothing needs to be done before an upgrade.
    """
    code = identification.site_code
    if code.value and re.search("[a-z]", code.value):
        message = f"the site code {code.value} has lower-case letters"
        steps = install_again("under its code in upper case")
        fix = by_hand("Install the site again with its code in upper case.", *steps)
        is_allowed = identification.product.within(SMS_1)
        yield Finding(code, message, fix=None if is_allowed else fix, expected="upper case")


@rule(
    "SMS303",
    "site-code-invalid",
    severity="error",
    reference="Q122179, Q127052; Configuration Manager documentation, prepare to install sites",
)
def site_code_invalid(identification: Identification) -> Iterator[Finding]:
    r"""The site code is not three letters or digits.

    ## What it does
    Looks for a site code that is not three characters of A to Z and 0 to 9. Letter case is left to SMS302.

    ## Why it is bad
    SMS takes three alphanumeric characters only, and says so in event 209; Configuration Manager states the
    same: A to Z and 0 to 9, three characters.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="N-Y"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    ```

    ## Fix
    Find out what the code was and where it was lost; it cannot be changed on an installed site.
    """
    code = identification.site_code
    if code.value and not re.fullmatch("[A-Za-z0-9]{3}", code.value):
        yield Finding(
            code, f"the site code {code.value} is not three letters or digits", expected="A-Z and 0-9, three"
        )


@rule(
    "SMS304",
    "site-code-equals-domain",
    severity={SMS_2_0_BEFORE_SP2: "error"},
    reference="Q256963, Q258682",
    fix="manual",
)
def site_code_equals_domain(hierarchy: Hierarchy) -> Iterator[Finding]:
    r"""A site has the code that a Windows domain has as its name.

    ## What it does
    Looks for a domain of a site of SMS 2.0 before SP2 that is called as a site is: the site itself, its
    parent, the destination of one of its addresses, or any other site of the run.

    ## Why it is bad
    The service account and the server connection accounts get locked out. Fixed by SP2.

    ## Example
    ```ct0
    SITE CONTROL FILE [1239][1.08]
    BEGIN_SITE_DEFINITION
      <1><NYC><New York>
    END_SITE_DEFINITION
    BEGIN_DOMAIN
      <NYC><Microsoft Windows NT or LAN Manager><1>
    END_DOMAIN
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [1239][1.08]
    BEGIN_SITE_DEFINITION
      <1><NYC><New York>
    END_SITE_DEFINITION
    BEGIN_DOMAIN
      <EAST><Microsoft Windows NT or LAN Manager><1>
    END_DOMAIN
    ```

    ## Fix
    Install SP2.
    """
    for site in hierarchy.sites:
        near = {(code or "").upper() for code in (site.code, site.parent_code)}
        for domain in site.domains:
            code = (domain.name.value or "").upper()
            if code and (code in near or hierarchy.site(code) or site.addresses_to(code)):
                message = f"the domain {domain.name.value} has the same name as the site {code}"
                yield Finding(domain.name, message, fix=upgrade_to("SMS 2.0 SP2"), site=site)


@rule(
    "SMS305",
    "site-server-name-lowercase",
    severity={SMS_1_0_AND_1_1: "warning"},
    reference="Q153565",
    fix="manual",
)
def site_server_name_lowercase(identification: Identification) -> Iterator[Finding]:
    r"""The site server's name is not in upper case.

    ## What it does
    Looks for a lower-case letter in `Site Server` on SMS 1.0 and 1.1. Fixed in 1.2.

    ## Why it is bad
    Sender Manager looks for the name in upper case, and reports that there is no such site server. Other harm
    is not documented.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="692"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Server"="nycsrv"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="692"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Server"="NYCSRV"
    ```

    ## Fix
    Upgrade to SMS 1.2. The name is part of the site's identity: editing it is not advised.
    """
    server = identification.site_server
    if server.value and server.value != server.value.upper():
        message = f"the site server's name {server.value} is not in upper case"
        yield Finding(server, message, fix=upgrade_to("SMS 1.2"))


@rule("SMS306", "site-server-name-non-ascii", severity={SMS_2_0: "error"}, reference="Q227023", fix="manual")
def site_server_name_non_ascii(identification: Identification) -> Iterator[Finding]:
    r"""The site server's name has characters outside ASCII.

    ## What it does
    Looks for a site server of SMS 2.0 whose name is not plain ASCII, such as a double-byte one.

    ## Why it is bad
    SMS 2.0 does not support it, by design. The article does not say what fails.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.4000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Server"="MÜNCHEN1"
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.4000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Server"="MUNICH1"
    ```

    ## Fix
    Install the site on a server with a plain name.
    """
    server = identification.site_server
    if server.value and not server.value.isascii():
        message = f"the site server's name {server.value} is not ASCII"
        steps = install_again("on a server whose name is plain ASCII")
        fix = by_hand("Install the site on a server with a plain name.", *steps)
        yield Finding(server, message, fix=fix, expected="plain ASCII")


@rule("SMS307", "install-directory-at-root", severity={SMS_1: "error"}, reference="Q122179", fix="manual")
def install_directory_at_root(identification: Identification) -> Iterator[Finding]:
    r"""The install directory is not a full path, or is the root of a drive.

    ## What it does
    Looks for an install directory of SMS 1.x that is blank, relative, a UNC path, or the root of a drive. One
    that the export does not hold is not reported.

    ## Why it is bad
    SMS needs the full DOS path of a directory that is not the root of a drive; else Site Configuration
    Manager stops with event 209.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Install Directory"="D:\\"
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Install Directory"="D:\\SMS"
    ```

    ## Fix
    Restore the path the site was installed to; a site at the root of a drive must be installed again.
    """
    directory = identification.install_directory
    if directory.value is None or re.match(r"[A-Za-z]:\\+[^\\]", directory.value):
        return
    if re.fullmatch(r"[A-Za-z]:\\*", directory.value):
        fault = "is the root of a drive"
        fix = by_hand("Install the site again.", *install_again("in a directory below the root of a drive"))
    else:
        fault = "is not a full DOS path" if directory.value.strip() else "is blank"
        fix = _restored_path(identification)
    message = f"the install directory {fault}"
    yield Finding(directory, message, fix=fix, expected="a full path below a drive's root")


def _restored_path(identification: Identification) -> Fix:
    if identification.in_registry:
        value, key = identification.install_directory.label, identification.registry_key
        steps = (f"Set {value} under {key} to the path that SMS is installed in.", RESTART)
    else:
        steps = ("Restore the site control file from a backup.", CYCLE)
    return by_hand("Restore the path the site was installed to.", *steps)


@rule("SMS310", "identification-missing", severity="error", reference="Q270218, Q122179", fix="manual")
def identification_missing(site: Site) -> Iterator[Finding]:
    r"""The registry of a site server does not say which site it is.

    ## What it does
    Looks for the export of a whole SMS key (with Components and Sites) without Identification, or with a
    blank site code or site server. From SMS 2.0 on, where the names of these values are known for certain,
    they must also be there.

    ## Why it is bad
    Without these keys SMS does not know which site it is (events 209, 242 and 366). They are known to
    get lost in the "Use All Detected Servers" conflict.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000005

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Sites\NYC]
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Maximum Concurrent Sendings"=dword:00000005

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Identification]
    "Site Code"="NYC"
    "Site Server"="NYCSRV"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Sites\NYC]
    ```

    ## Fix
    On SMS 1.x copy the master site control file to a `.ct1` file: Site Configuration Manager then builds the
    keys again (event 242). Else restore the keys from a backup.
    """
    if not site.is_server_export:
        return
    found = [each for each in site.identifications if each.in_registry]
    if not found:
        message = "the export of a site server has no Identification key"
        message += ", so it does not show which site it is"
        yield Finding(site, message, fix=_rebuilt_keys(site.product))
    for identification in found:
        for setting in (identification.site_code, identification.site_server):
            lost = setting.value is None and identification.product.within(SMS_2_AND_LATER)
            if lost or setting.is_blank:
                message = f"{setting.label} is {'missing' if lost else 'blank'} in Identification"
                fix = _rebuilt_keys(identification.product)
                yield Finding(identification if lost else setting, message, fix=fix, aspect=setting.name)


def _rebuilt_keys(product: ProductVersion) -> Fix:
    """On SMS 1.x Site Configuration Manager writes the keys anew from a site control file (event 242)."""
    backup = "Restore the Identification key from a backup of the site server's registry."
    if product.within(SMS_2_AND_LATER):
        return by_hand("Restore the keys from a backup.", backup)
    return by_hand(
        "Let Site Configuration Manager build the keys again, or restore them from a backup.",
        r"On SMS 1.x copy SITE.SRV\SITECFG.BOX\SITECTRL.CT0 to a .CT1 file in the same folder.",
        "Wait until Site Configuration Manager has run its cycle and built the keys again (event 242).",
        f"If it does not, or on SMS 2.0 and later: {backup}",
    )
