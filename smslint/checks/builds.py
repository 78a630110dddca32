"""SMS1xx, builds: what the documents say of sending in the build that a site runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smslint.checks.remediation import upgrade_to
from smslint.checks.rule import rule
from smslint.finding import Finding, Severity, Subject
from smslint.schema.address import Address
from smslint.schema.sender import Sender
from smslint.schema.site import Site
from smslint.schema.version import SMS_1_0_AND_1_1, SMS_2_0_RTM, ProductVersion

LISTED: Final = ProductVersion.between("1.0", "2003sp1")

_RELEASES: Final = {
    ("1.0", "1.1"): {
        "Q153260": "A file stays open after a failed write, Win32 error 32.",
        "Q136032": "Slow links get the largest packets.",
        "Q153302": "A parent never learns of a secondary site that was created while it attached.",
        "Q153565": "Sender Manager does not find a site server whose name is stored in lower case.",
    },
    ("1.0", "1.2sp4"): {"Q137610": "Free space at the destination is not checked; it was never fixed."},
    ("1.0", "1.2sp2"): {"Q159201": "A corrupt send request loops the Scheduler."},
    ("1.0", "1.2sp3"): {"Q181042": "Send requests get corrupted."},
    ("1.2", "1.2sp1"): {
        "Q163747": "A child site locks out its parent's service account of the same name.",
        "Q161043": "The despooler locks instruction files.",
    },
    ("1.2sp4", "1.2sp4"): {"Q235837": "A package is sent again without its instruction file."},
    ("2.0rtm", "2.0rtm"): {
        "Q235753": "A server named with backslashes is not reached.",
        "Q221951": "Error 53 follows a good dial over RAS and SNA.",
        "Q227021": "The Scheduler hangs after it made empty instruction files, and all sending stops.",
    },
    ("2.0rtm", "2.0sp1"): {
        "Q212937": "Send requests to a deleted site are tried for a week.",
        "Q256880": "Routed packages are deleted where only high priority may pass.",
        "Q237330": "Advertisements of high and low priority are swapped.",
        "Q256963": "A site code that is a domain's name locks accounts out.",
        "Q245523": "Hierarchy Manager falls behind with thousands of sites.",
    },
    ("2.0rtm", "2.0sp2"): {
        "Q258423": "A package's preferred sender is not taken where it is the Starburst sender.",
        "Q264740": "A package that goes by courier to several sites becomes several times as large.",
    },
    ("2.0rtm", "2.0sp3"): {
        "Q278357": "A retry delay over 5 minutes loses the package.",
        "Q276259": "Send requests without routing are tried again and again.",
        "Q279498": "A package is sent again and again where its instruction file is missing.",
        "Q282494": "Package definitions never go to a site that only a courier serves.",
    },
    ("2.0rtm", "2.0sp5"): {
        "Q317893": "A running sending keeps the schedule it began with; which pack fixes it is not known.",
    },
    ("2.0rtm", "2003sp1"): {"KB836553": "The Scheduler builds up a backlog."},
    ("2.0sp5", "2003sp1"): {"KB885278": "Two threads take one send request, which becomes invalid."},
}
DEFECTS: Final = tuple(
    (ProductVersion.between(*span), article, text)
    for span, articles in _RELEASES.items()
    for article, text in articles.items()
)
"""The documented defects of sending: the releases that have each, its article, and what goes wrong."""


def _source_of_version(site: Site) -> Subject:
    """Where the inputs state the version, as near as they do."""
    versions = (each for setup in site.setups for each in (setup.full_version, setup.version) if each.value)
    return next(versions, next(iter(site.site_control_files), site))


@rule(
    "SMS114",
    "sender-packet-size-defect",
    severity={SMS_1_0_AND_1_1: "warning"},
    reference="Q136032",
    fix="manual",
)
def sender_packet_size_defect(site: Site) -> Iterator[Finding]:
    r"""This release sends the largest packets over slow links.

    ## What it does
    Looks at the version: SMS 1.0 and 1.1 have the defect, SMS 1.2 fixes it. It is a warning where the site
    has a RAS or SNA sender or an address over one; where site control shows none, it only informs.

    ## Why it is bad
    The packet size, 1,024 to 262,144 bytes, should follow the link; it is miscomputed, so slow links get the
    maximum.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="692"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_ASYNC_RAS_SENDER]
    "Maximum Concurrent Sendings"=dword:00000005
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="786"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_ASYNC_RAS_SENDER]
    "Maximum Concurrent Sendings"=dword:00000005
    ```

    ## Fix
    Upgrade to SMS 1.2.
    """
    carriers: tuple[Sender | Address, ...] = (*site.senders, *site.addresses)
    slow = next((each for each in carriers if each.family in ("RAS", "SNA")), None)
    is_affected = site.product.within(SMS_1_0_AND_1_1) and "installed senders" in site.holds
    if slow or is_affected:
        level: Severity | None = None if slow else "info"
        message = (
            "this release of SMS miscomputes the packet size and sends the largest packets over slow links"
        )
        at = slow or _source_of_version(site)
        yield Finding(at, message, fix=upgrade_to("SMS 1.2"), expected="SMS 1.2", severity=level)


@rule(
    "SMS123",
    "ras-sna-connect-race",
    severity={SMS_2_0_RTM: "warning"},
    reference="Q221951",
    fix="manual",
)
def ras_sna_connect_race(address: Address) -> Iterator[Finding]:
    r"""The first release of SMS 2.0 connects too early over RAS and SNA.

    ## What it does
    Looks for an address of type `MS_SNA_RAS` on SMS 2.0 without a service pack. SP1 fixes it.

    ## Why it is bad
    Now and then the connection fails with error 53 although the dial went well.

    ## Example
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "", "BuildNumber": 1239},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_SNA_RAS", "DesSiteCode": "BOS",
      "Order": 1, "Props": []}]
    ```

    ## Use instead
    ```json
    [{"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": "", "BuildNumber": 1380},
     {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_SNA_RAS", "DesSiteCode": "BOS",
      "Order": 1, "Props": []}]
    ```

    ## Fix
    Install SP1, which brings a new Connras.dll.

    ## Log lines
    `Error during WNetAddConnection2 (53)` (Sender.log)
    """
    if address.serves == "MS_SNA_RAS":
        message = (
            f"{address.title} goes over RAS and SNA, where SMS 2.0 without a service pack now and then fails "
            "with error 53"
        )
        release = "SMS 2.0 SP1 or later"
        yield Finding(address.type, message, fix=upgrade_to(release), expected=release)


@rule(
    "SMS124",
    "build-known-sender-defects",
    severity={LISTED: "info"},
    fix="manual",
    default=False,
    reference="Q157677, Q191441, Q235991, Q258682, Q280756, Q308269, KB836553, KB885278",
)
def build_known_sender_defects(site: Site) -> Iterator[Finding]:
    r"""The build that the site runs has documented defects of sending.

    ## What it does
    Lists, in one finding, the articles on senders, scheduler, despooler and routing that hold for the version
    of the site, SMS 1.0 to 2003 SP1. Those that hold only for some of the service packs that the export
    leaves open are listed as possible: SMS 1.2 never tells its service pack (Q171038). The references are the
    lists of what each service pack fixes, and two later articles.

    ## Why it is bad
    Each article names its own symptom. The list helps to find the cause of one, or to plan an upgrade.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Version"="692"
    ```

    ## Fix
    Install the last service pack, or upgrade.
    """
    if not site.product.within(LISTED):
        return
    certain, possible = list[str](), list[str]()
    for versions, article, text in DEFECTS:
        if site.product.overlaps(versions):
            described = f"{text.removesuffix('.')} ({article})."
            (certain if site.product.within(versions) else possible).append(described)
    lists = (("has", certain), ("may have", possible))
    listed = " ".join(f"It {verb} {len(found)}: {' '.join(found)}" for verb, found in lists if found)
    yield Finding(
        _source_of_version(site),
        f"{site.product} is known for defects of sending. {listed}".rstrip("."),
        fix=upgrade_to("the last service pack"),
    )
