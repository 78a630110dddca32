"""Contoso's own rules for smslint: one of each scope."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Annotated

from pydantic import Field

from smslint import Address, Export, Finding, Fix, Hierarchy, Options, Sender, Site, rule


class HouseRetries(Options):
    """How often a sender tries again at Contoso."""

    at_least: Annotated[int, Field(ge=1, le=99, description="fewer retries are reported")] = 5


@rule("CTS001", "contoso-few-retries", severity="warning", fix="unsafe")
def few_retries(sender: Sender, options: HouseRetries) -> Iterator[Finding]:
    r"""A sender gives up before our links are back.

    ## What it does
    Looks for fewer retries than Contoso's links need.

    ## Why it is bad
    Our satellite links fail for some minutes every day.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Number of Retries"=dword:00000002
    ```

    ## Fix
    Set the house's number.
    """
    retries = sender.number_of_retries
    if retries.value is not None and retries.value < options.at_least:
        change = retries.change(options.at_least)
        yield Finding(
            retries,
            f"{sender.name} tries again {retries.value} times, our links need {options.at_least}",
            fix=Fix(f"Set {retries.declared.label} to {options.at_least}.", (change,), "unsafe"),
            expected=f"at least {options.at_least}",
        )


class ClosedSites(Options):
    """Sites that are no more."""

    closed: Annotated[tuple[str, ...], Field(description="the codes of closed sites")] = ("OLD",)


@rule("CTS002", "contoso-address-of-closed-site", severity="error")
def address_of_closed_site(address: Address, options: ClosedSites) -> Iterator[Finding]:
    """An address leads to a site that Contoso has closed.

    ## What it does
    Looks for an address whose destination is among the closed sites.

    ## Why it is bad
    What is sent there waits in the outbox for ever.

    ## Fix
    Delete the address.
    """
    if (address.destination.value or "").upper() in options.closed:
        yield Finding(address, f"{address.destination.value} is closed, and an address still leads there")


@rule("CTS003", "contoso-server-name", severity="warning")
def server_name(site: Site) -> Iterator[Finding]:
    """A site server is not named after its site.

    ## What it does
    Looks for a site server whose name does not begin with the site code.

    ## Why it is bad
    Our firewalls go by the names of servers.

    ## Fix
    Name the next server so.
    """
    for identification in site.identifications:
        server = identification.site_server
        if server.value and site.code and not server.value.upper().startswith(site.code.upper()):
            yield Finding(server, f"{server.value} is not named after its site, {site.code}")


@rule("CTS004", "contoso-too-many-children", severity="warning")
def too_many_children(hierarchy: Hierarchy) -> Iterator[Finding]:
    """A site has more child sites than Contoso's servers bear.

    ## What it does
    Looks for a site with more than three child sites among the inputs.

    ## Why it is bad
    Our site servers are small.

    ## Fix
    Attach some of them to another site.
    """
    for site in hierarchy.named:
        children = hierarchy.children_of(site)
        if len(children) > 3:
            yield Finding(site, f"{site.code} has {len(children)} child sites, ours bear 3", site=site)


@rule("CTS005", "contoso-export-name", severity="info")
def export_name(export: Export) -> Iterator[Finding]:
    """An export is not named after its site.

    ## What it does
    Looks for a file of one site whose name does not begin with the site code.

    ## Why it is bad
    Nobody finds it again.

    ## Fix
    Rename the file.
    """
    codes = [site.code for site in export.sites if site.code]
    name = PurePath(export.path).name
    if len(codes) == 1 and not name.upper().startswith(codes[0].upper()):
        yield Finding(export, f"{name} holds the site {codes[0]} and is not named after it")
