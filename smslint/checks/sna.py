"""SMS1xx, SNA: the local address that the SNA senders of SMS 1.x answer to."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.checks.remediation import in_console
from smslint.checks.rule import rule
from smslint.finding import Finding
from smslint.schema.address import Address
from smslint.schema.console import SITE
from smslint.schema.sender import Sender
from smslint.schema.site import Site
from smslint.schema.sitecontrol import SiteProperties
from smslint.schema.version import SMS_1

LU_ALIAS_LENGTH = 8


@rule(
    "SMS121",
    "sna-lu-alias-invalid",
    severity={SMS_1: "error"},
    reference="SMS 1.2 Resource Guide",
    fix="manual",
)
def sna_lu_alias_invalid(properties: SiteProperties) -> Iterator[Finding]:
    r"""The site's LU alias is not valid for SNA.

    ## What it does
    Looks for an `SNA Local Address` in the site control file that begins with a digit or is longer than 8
    characters.

    ## Why it is bad
    It is the LU alias under which the SNA senders open their sessions; with an invalid one they cannot send.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    PROPERTY <SNA Local Address><1NYCLU><><0>
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    PROPERTY <SNA Local Address><NYCLU01><><0>
    ```

    ## Fix
    Give the LU an alias of at most 8 characters that begins with no digit, in SNA Server and in SMS.
    """
    setting, alias = properties.sna_local_address, properties.sna_local_address.value or ""
    first_is_digit = alias[:1] in tuple("0123456789")
    if first_is_digit or len(alias) > LU_ALIAS_LENGTH:
        limit = f"at most {LU_ALIAS_LENGTH}"
        fault = "begins with a digit" if first_is_digit else f"has {len(alias)} characters"
        message = f"the {setting.label} {alias} {fault}; an LU alias has {limit} and begins with no digit"
        description = f"Choose an alias of {limit} characters that begins with no digit."
        before = ["In SNA Server give the local LU such an alias."]
        fix = in_console(
            SITE, properties.product, description, "Enter the same alias for SNA.", before=before
        )
        yield Finding(setting, message, fix=fix, expected=f"{limit} characters, no digit first")


@rule(
    "SMS122",
    "sna-local-address-missing",
    severity={SMS_1: "warning"},
    reference="Q122179, Q122180, Q122181",
    certainty="derived",
    fix="manual",
)
def sna_local_address_missing(site: Site) -> Iterator[Finding]:
    r"""The site sends over SNA and has no LU alias to do it under.

    ## What it does
    Looks for an `SNA Local Address` that the site control file gives as empty, at a site with an SNA sender
    or an address over SNA. Derived from the events that such senders write: 254 and 276, local address
    missing or invalid.

    ## Why it is bad
    The SNA senders cannot open a session, so nothing is sent through them.

    ## Example
    ```ct0
    SITE CONTROL FILE [692][1.08]

    PROPERTY <SNA Local Address><><><0>
    BEGIN_SENDER
      <2765><MS_BATCH_SNA_SENDER><SENDER.DLL><D><NYCSMS01><SMS_BATCH_SNA_SENDER>
      OUTBOX <SNA_BATCH_DEFAULT>
    END_SENDER
    ```

    ## Use instead
    ```ct0
    SITE CONTROL FILE [692][1.08]

    PROPERTY <SNA Local Address><NYCLU01><><0>
    BEGIN_SENDER
      <2765><MS_BATCH_SNA_SENDER><SENDER.DLL><D><NYCSMS01><SMS_BATCH_SNA_SENDER>
      OUTBOX <SNA_BATCH_DEFAULT>
    END_SENDER
    ```

    ## Fix
    Enter the alias of the local LU in Site Properties.
    """
    carriers: tuple[Sender | Address, ...] = (*site.senders, *site.addresses)
    over_sna = next((each for each in carriers if each.family == "SNA"), None)
    for properties in site.site_properties if over_sna else ():
        setting = properties.sna_local_address
        if over_sna and setting.value == "":
            message = f"the {setting.label} is empty, and the site sends over SNA"
            description = "Enter the alias of the local LU in Site Properties."
            action = "Enter for SNA the alias that the local LU has in SNA Server."
            fix = in_console(SITE, site.product, description, action)
            related = ((over_sna, "what sends over SNA"),)
            yield Finding(setting, message, fix=fix, expected="an LU alias", related=related)
