"""SMS3xx, version: what Setup wrote down of the product and the kind of site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smslint.checks.remediation import by_hand
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.identity import Setup
from smslint.schema.setting import Setting
from smslint.schema.site import Site
from smslint.schema.version import FROM_2012, SMS_2_0, SMS_2_0_BEFORE_SP2, ProductVersion

FULL_VERSIONS = {"2.0rtm": "2.00.1239.0000", "2.0sp1": "2.00.1380.1000"}
"""What Q249077 says to write where setup left `Full Version` out."""
_KNOWN_STRINGS = (
    "It is 2.00.1239.0000 without a service pack and 2.00.1380.1000 for SP1; from SP2 on, take it from a "
    "site that runs the same service pack."
)


@rule(
    "SMS311", "setup-type-invalid", severity={SMS_2_0_BEFORE_SP2: "warning"}, reference="Q273853", fix="safe"
)
def setup_type_invalid(site: Site) -> Iterator[Finding]:
    r"""Setup's Type says neither primary nor secondary.

    ## What it does
    Looks for `Setup\Type` other than 1 (primary) and 2 (secondary), such as 6, on SMS 2.0 before SP2. The 8
    of a central administration site is no fault where the version may be 2012 or later.

    ## Why it is bad
    Installing the administrator console on a secondary site leaves it behind. Hotfixes of SMS 2.0 and SP1
    look for 1 or 2 and else do not install their files; the hotfixes of SP2 do.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1380.1000"
    "Type"=dword:00000006
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1380.1000"
    "Type"=dword:00000002
    ```

    ## Fix
    Set 2 on a secondary site.
    """
    for setup in site.setups:
        kind = setup.type
        is_central = kind.value == 8 and setup.product.overlaps(FROM_2012)
        if kind.value not in (None, 1, 2) and not is_central:
            message = f"{kind.label} is {kind.value}, neither primary nor secondary"
            yield Finding(kind, message, fix=_set_to_secondary(site, kind), expected="1 or 2")


def _set_to_secondary(site: Site, kind: Setting[int]) -> Fix | None:
    """Q273853 has no fix for a primary site."""
    match site.kind:
        case "secondary":
            return Fix("Set Type to 2.", (kind.change(2),))
        case "primary":
            return None
    step = r"If the site is a secondary one, set Type below SMS\Setup to 2 in its registry."
    return by_hand("Set Type to 2 on a secondary site.", step)


@rule(
    "SMS312",
    "full-version-missing",
    severity={SMS_2_0: "warning"},
    reference="Q249077, Q251070, Q252717, Q252718, Q250850, Q267258, Q272352",
    fix="manual",
)
def full_version_missing(setup: Setup) -> Iterator[Finding]:
    r"""A secondary site of SMS 2.0 has no full version in its registry.

    ## What it does
    Looks for the Setup key of a secondary site (`Type` 2) of SMS 2.0 without `Full Version`.

    ## Why it is bad
    Setup leaves it out on secondary sites that are installed or upgraded from their primary. Hotfixes take
    the site for version 000 then.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="1380"
    "Type"=dword:00000002
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="1380"
    "Full Version"="2.00.1380.1000"
    "Type"=dword:00000002
    ```

    ## Fix
    Add `Full Version` as a REG_SZ: `2.00.1239.0000` for SMS 2.0 without a service pack, `2.00.1380.1000` for
    SP1.
    """
    known, label = FULL_VERSIONS.get(setup.product.name), setup.full_version.label
    if setup.type.value == 2 and not (setup.full_version.value or "").strip():
        message = f"this secondary site has no {label}, so hotfixes take it for version 000"
        string = known or "the string of the service pack that the site runs"
        step = rf"In the site server's registry add {label}, a REG_SZ, below SMS\Setup: {string}."
        fix = by_hand(f"Add {label}.", step, *(() if known else (_KNOWN_STRINGS,)))
        yield Finding(setup, message, fix=fix, expected=known)


@rule(
    "SMS313",
    "full-version-malformed",
    severity="warning",
    reference="Q267258",
    certainty="derived",
    fix="manual",
)
def full_version_malformed(setup: Setup) -> Iterator[Finding]:
    r"""Full Version is not a version string of SMS 2.0.

    ## What it does
    Looks for a `Full Version` that begins with 2.0, but is not `2.00.` and twice four digits, or whose last
    four digits do not fit its build: 0 for 1239, 1 for 1380 (SP1), 2 to 5 for 1493 (SP2 to SP5) come first.
    Derived: Microsoft's own articles misprint the string, and it is typed from them.

    ## Why it is bad
    Build and last digits are all that tells which service pack is installed.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.000.1380.1000"
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1380.1000"
    ```

    ## Fix
    Write the string of the service pack that is installed.
    """
    at, version = setup.full_version, (setup.full_version.value or "").strip()
    shape = re.fullmatch(r"2\.00\.([0-9]{4})\.([0-9])[0-9]{3}", version, re.ASCII)
    if not version.startswith("2.0") or (shape and shape[2] in _PACKS.get(shape[1], shape[2])):
        return
    fault = "is not of the form 2.00.dddd.dddd"
    if shape:
        fault = f"names build {shape[1]}, to which its last four digits do not belong"
    fix = by_hand(
        "Write the string of the service pack that is installed.",
        "Find out which service pack is installed.",
        rf"In the registry of the site server set {at.label} below SMS\Setup to its string.",
        _KNOWN_STRINGS,
    )
    yield Finding(at, f"{at.label} {version} {fault}", fix=fix, expected="such as 2.00.1380.1000")


_PACKS: Final = {"1239": "0", "1380": "1", "1493": "2345"}
"""What the last four digits of `Full Version` begin with, by the build before them."""


@rule(
    "SMS314",
    "console-version-differs",
    severity="info",
    reference="Q252852, Q272352",
    fix="manual",
    default=False,
)
def console_version_differs(setup: Setup) -> Iterator[Finding]:
    r"""The console on the site server is of another version than the site.

    ## What it does
    Compares `Full UI Version` with `Full Version`, where both are set. Where there is only `UI Version`, the
    builds are compared.

    ## Why it is bad
    It may do no harm: console and site are upgraded one by one, and one of them was left behind.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.4000"
    "Full UI Version"="2.00.1493.3000"
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.4000"
    "Full UI Version"="2.00.1493.4000"
    ```

    ## Fix
    Install the site's service pack for the console too.
    """
    site = (setup.full_version.value or "").strip()
    at = setup.full_ui_version if setup.full_ui_version.value else setup.ui_version
    console = (at.value or "").strip()
    same = console == site if at is setup.full_ui_version else _build(console) == _build(site)
    if console and site and not same:
        message = f"the console is of version {console}, the site of {site}"
        fix = by_hand(
            "Install the site's service pack for the console too.",
            "Find out which of the two was left behind.",
            "On the site server install the other one's service pack for it.",
        )
        yield Finding(
            at, message, fix=fix, expected=site, related=((setup.full_version, "the site's version"),)
        )


def _build(version: str) -> int | None:
    """The build that a version string names."""
    read = ProductVersion.of_build(version)
    return read.build if read else None
