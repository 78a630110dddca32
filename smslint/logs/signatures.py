r"""What the lines of logs mean, as data: each signature with what it says, and the setting behind it.

Literals are folded (one blank for every run of blanks, line ends and ``~``) and stand at the beginning of a
message; ``<name>`` is a variable part (`smslint.logs.literal.VARIABLES`). ``generations`` says which product
writes it and how well that is known: *stated* in a printed source, *inferred* from one, or *unknown*, which
is never more than information.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from smslint.finding import Severity
from smslint.logs.record import Generation

Grade = Literal["stated", "inferred", "unknown"]
Who = Literal[
    "sender",
    "lan-sender",
    "ras-sender",
    "scheduler",
    "despooler",
    "hierarchy-manager",
    "site-control-manager",
    "site-component-manager",
    "nt-logon",
    "discovery-data-manager",
    "replication-manager",
    "distribution-manager",
    "any",
]

WHO: Final[dict[Who, str]] = {
    "sender": "any sender",
    "lan-sender": "LAN sender",
    "ras-sender": "RAS and SNA senders",
    "scheduler": "scheduler",
    "despooler": "despooler",
    "hierarchy-manager": "hierarchy manager",
    "site-control-manager": "site control manager",
    "site-component-manager": "site component manager",
    "nt-logon": "NT logon discovery",
    "discovery-data-manager": "discovery data manager",
    "replication-manager": "replication manager",
    "distribution-manager": "distribution manager",
    "any": "any component of a server",
}

STATED_1: Final[Mapping[Generation, Grade]] = {"1": "stated"}
STATED_2: Final[Mapping[Generation, Grade]] = {"2": "stated"}
STATED_C: Final[Mapping[Generation, Grade]] = {"C": "stated"}
EVERYWHERE: Final[Mapping[Generation, Grade]] = {"1": "inferred", "2": "inferred", "C": "inferred"}


@dataclass(frozen=True, slots=True)
class Signature:
    """A line, or lines, and what they mean.

    ``code`` is the rule it leads to, or a symptom of its own (SMS7xx). A signature without one is no finding:
    it is healthy, or tells what others are about. ``by_number`` says that the Windows error in the line
    decides (`smslint.logs.errors`), ``code`` then stands for numbers that are not listed. ``after`` names the
    signature that must come before it on the same thread, within `smslint.logs.threads.WINDOW`; ``times`` is
    how often a file must hold it.
    """

    name: str
    who: Who
    literals: tuple[str, ...]
    meaning: str
    code: str | None = None
    severity: Severity = "warning"
    first_step: str = ""
    generations: Mapping[Generation, Grade] = field(default_factory=lambda: EVERYWHERE)
    sources: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    """Other rules to look at."""
    by_number: bool = False
    after: str | None = None
    times: int = 1

    @property
    def is_finding(self) -> bool:
        """Whether it is reported; else it is healthy, or part of another."""
        return self.code is not None


_MSC: Final = "Microsoft, Understand package actions"

CAPACITY: Final = (
    Signature(
        "no-sending-capacity",
        "sender",
        (
            "Checking for sending capacity. Used <n> out of 0, no sending capacity",
            "Checking for sending capacity. Used <n> out of <m>",
        ),
        "the sender may open no sending at all, so nothing leaves this site",
        "SMS101",
        "error",
        "Read Maximum Concurrent Sendings and the limit per site; set them to 5 and 3 (RAS senders: 1 per "
        "site), and restart the SMS Executive.",
        {"1": "stated", "2": "inferred", "C": "inferred"},
        ("Q163379",),
    ),
    Signature(
        "no-sending-capacity-for-site",
        "sender",
        ("Checking for site-specific sending capacity. Used <n> out of <m>",),
        "the sender may open no sending to that site",
        "SMS101",
        "error",
        "Read the limit of sendings per site; set it to 3 (RAS senders: 1), and restart the SMS Executive.",
        EVERYWHERE,
        ("Q163379", _MSC),
    ),
    Signature(
        "sender-threads-used-up",
        "sender",
        (),
        "the sender had no thread to spare in at least half of its checks, so send requests wait",
        "SMS111",
        "info",
        "See which site holds the threads; raise the limits in small steps, at most to 999.",
        {"2": "inferred", "C": "inferred"},
        ("Q319166",),
        see_also=("SMS109",),
    ),
)

SENDING: Final = (
    Signature(
        "heartbeat-expired",
        "sender",
        ("Heartbeat is expired",),
        "the connection of a sending thread outlived its heartbeat",
        "SMS104",
        "info",
        "Look for the network error before it; look behind it, on the same thread, for the line that the "
        "connection cannot be re-established: the retry delay then is longer than the heartbeat.",
        {"2": "stated"},
        ("Q278357",),
    ),
    Signature(
        "retry-after-heartbeat",
        "sender",
        ("Can't re-establish the connection",),
        "the retry came after the 5-minute heartbeat, so the thread gave its connection up; what it was "
        "sending does not arrive",
        "SMS104",
        "error",
        "Set Retry Delay to 5 minutes or less, or install SMS 2.0 SP4.",
        {"2": "stated"},
        ("Q278357",),
        after="heartbeat-expired",
    ),
    Signature(
        "ras-retry-after-heartbeat",
        "ras-sender",
        (),
        "the retry came after the heartbeat (15 minutes for RAS in SMS 1.2), so the thread gave its "
        "connection up",
        "SMS105",
        "warning",
        "Keep retry delay times retries below the heartbeat, or install SMS 2.0 SP4.",
        {"2": "inferred"},
        ("Q278357", "Q214485"),
    ),
    Signature(
        "remote-file-in-use",
        "sender",
        ("Cannot create/open the remote file <any>, Win32 error = <number>",),
        "the file at the destination is in use: an earlier failure left it open (a defect of SMS 1.0 and "
        "1.1), a virus scanner holds it, or two sender threads took one send request (SMS 2.0 SP5 and 2003)",
        "SMS701",
        "info",
        "Look for the network error before it, a second sender, and a virus scanner at the destination.",
        {"1": "stated", "2": "stated"},
        ("Q153260", "Q278357", "KB885278"),
        see_also=("SMS124", "SMS104"),
    ),
    Signature(
        "remote-file-refused",
        "sender",
        (),
        "the sender cannot write the file at the destination",
        "SMS704",
        "warning",
        "The Windows error tells whether the account, the share, the disk or the link is at fault.",
        EVERYWHERE,
        by_number=True,
    ),
    Signature(
        "address-with-backslashes",
        "sender",
        (r"Error during WNetAddConnection2 to \\\\<server>\SMS_SITE (67)",),
        "the address names its server with backslashes before it, so the sender asks for a share that there "
        "cannot be",
        "SMS201",
        "error",
        "Name the server in the address without backslashes.",
        STATED_2,
        ("Q235753",),
    ),
    Signature(
        "connection-refused",
        "sender",
        (
            r"Error during WNetAddConnection2 to \\<server>\<any> (<number>)",
            r"Error during WNetAddConnection2 to \\\\<server>\<any> (<number>)",
        ),
        "the sender cannot connect to the share at the destination",
        "SMS704",
        "warning",
        "Try `net use` to the share with the account of the address.",
        {"1": "inferred", "2": "stated", "C": "inferred"},
        ("Q261874", "Q235753"),
        by_number=True,
    ),
    Signature(
        "connected-too-early",
        "ras-sender",
        ("Error during WNetAddConnection2 (53)",),
        "the sender asked for the share before the line it had dialled was ready",
        "SMS123",
        "warning",
        "Install SMS 2.0 SP1 or later.",
        STATED_2,
        ("Q221951",),
    ),
    Signature(
        "site-unreachable",
        "sender",
        (
            "Cannot connect to server <server> at remote site <site>, won't try send requests",
            r"Cannot connect to server \\<server> at remote site <site>, won't try send requests",
        ),
        "the sender cannot connect to the site's server; everything for that site waits for an hour",
        "SMS203",
        "warning",
        "See whether the server is up, and whether the address names it; look at the Windows error in the "
        "line before.",
        {"2": "stated", "C": "unknown"},
        ("Q235753",),
        see_also=("SMS202", "SMS205"),
        by_number=True,
    ),
    Signature(
        "no-connection",
        "sender",
        ("There is no existing connection, Win32 error = <number>",),
        "the connection of a sending thread is gone",
        "SMS704",
        "info",
        "",
        STATED_2,
        ("Q235753",),
        by_number=True,
    ),
    Signature(
        "connection-error",
        "sender",
        (r"Error during connection to \\<server>\SMS_SITE (<number>)",),
        "the sender cannot connect to the share at the destination",
        "SMS704",
        "info",
        "Try `net use` to the share with the account of the address.",
        {"2": "unknown", "C": "unknown"},
        by_number=True,
    ),
    Signature(
        "failed-try",
        "sender",
        (
            "Could not establish connection",
            "Attempt to connect failed",
            "Operation is retryable",
            "Error is considered fatal",
            "No need to disconnect",
            "Restart time = ",
        ),
        "the tail of a try that failed; what went wrong stands in the lines before",
        generations=STATED_2,
        sources=("Q235753",),
    ),
    Signature(
        "destination-disk-full",
        "sender",
        (
            "Error, trying to write beyond the end of the file",
            "There is not enough space on the disk",
        ),
        "the disk of the destination is full; senders of SMS 1.x do not check that beforehand",
        "SMS124",
        "warning",
        "Free as much space at the destination as the package takes packed and unpacked.",
        STATED_1,
        ("Q137610",),
    ),
    Signature(
        "sender-without-outbox",
        "sender",
        (
            "Registry indicates no outbox for the sender to scan",
            "The SMS registry indicates no outbox",
        ),
        "the sender's outbox is missing, was renamed or moved",
        "SMS116",
        "error",
        "Put the outbox back, or let three configuration cycles pass.",
        STATED_1,
        ("Q126229", "Q198746"),
        see_also=("SMS117",),
    ),
    Signature(
        "send-request-found",
        "sender",
        ("Found send request. ID: <any>, Dest Site: <site>",),
        "a send request for a site was taken up",
        generations=STATED_C,
        sources=(_MSC,),
    ),
    Signature(
        "sending-thread-created",
        "sender",
        ("Created sending thread (Thread ID = <thread>)",),
        "a thread was started for the send request",
        generations=STATED_C,
        sources=(_MSC,),
    ),
    Signature(
        "package-sent",
        "sender",
        ("Finished sending SWD package <package> version <n> to site <site>",),
        "a package arrived at a site",
        generations=STATED_C,
        sources=(_MSC,),
    ),
    Signature(
        "sending-completed",
        "sender",
        ("Sending completed successfully",),
        "a sending arrived",
        generations=STATED_C,
        sources=(_MSC,),
    ),
)

THROTTLING: Final = (
    Signature(
        "bandwidth-control",
        "sender",
        ("Address to <site> is currently under bandwidth control",),
        "a rate limit of the address allows one connection only, whatever the limit of sendings per site",
        "SMS223",
        "info",
        "Choose Unlimited in the rate limits of the address, if several sendings are wanted.",
        STATED_C,
        (_MSC,),
        see_also=("SMS227",),
    ),
    Signature(
        "pulse-mode",
        "sender",
        (
            "Address to <site> is currently in pulse mode",
            "Addres to <site> is currently in pulse mode",
            "Abandoning send request because only one connection is allowed in pulse mode",
        ),
        "pulse mode of the address allows one connection only, whatever the limit of sendings per site",
        "SMS223",
        "info",
        "Turn pulse mode off in the rate limits of the address, if several sendings are wanted.",
        STATED_C,
        (_MSC,),
    ),
    Signature(
        "closed-while-sending",
        "sender",
        ("Address is closed for priority <n> jobs, stop sending",),
        "the schedule of the address closed while a sending ran",
        "SMS216",
        "info",
        "Compare the hour with the schedule of the address; if it happens every day, open it longer.",
        STATED_C,
        (_MSC,),
        see_also=("SMS217",),
    ),
)

ROUTING: Final = (
    Signature(
        "no-address-left",
        "sender",
        (
            "There is no longer an address to destination site <site>",
            "Site <site> added to list of busy sites because there is no available address",
            "Returning send request to pending because address cannot not be found",
        ),
        "a send request without routing is for a site that this one has no address to, such as one two tiers "
        "below",
        "SMS210",
        "warning",
        "Make an address to that site; stop the services, delete the .srq and .srs files, start them.",
        STATED_2,
        ("Q276259",),
        see_also=("SMS208",),
    ),
    Signature(
        "no-routing-instruction",
        "scheduler",
        ("Cannot create the routing instruction",),
        "the scheduler found no way to the destination of a send request",
        "SMS705",
        "info",
        "Look in Sender.log for `There is no longer an address to destination site`.",
        STATED_2,
        ("Q276259",),
        see_also=("SMS210",),
    ),
    Signature(
        "no-address-defined",
        "scheduler",
        ("There is no address defined for site <site>",),
        "the site has no address to that site, or the site is gone and send requests to it are left",
        "SMS208",
        "warning",
        "If the site exists, make an address to it; else remove what is left with `preinst /deljob`.",
        STATED_2,
        ("Q215130",),
        see_also=("SMS209",),
    ),
    Signature(
        "direct-address",
        "scheduler",
        ("There is direct address to site <site>, no need for routing",),
        "the site has an address of its own",
        generations=STATED_2,
        sources=("Q282494",),
    ),
    Signature(
        "courier-only",
        "scheduler",
        ("No backup addresses available for site <site>",),
        "the only address to that site is the courier's, which takes no package definitions",
        "SMS212",
        "warning",
        "Make a LAN address to that site, or install SMS 2.0 SP4.",
        STATED_2,
        ("Q282494",),
        after="direct-address",
    ),
    Signature(
        "address-not-open",
        "scheduler",
        (),
        "no address to that site takes sendings of this priority at this hour; usual where a schedule is "
        "meant to close it",
        "SMS216",
        "info",
        "Look at the schedule of the address to that site, and at which priorities it lets pass.",
        {"2": "inferred"},
        ("Q282494",),
        see_also=("SMS217",),
    ),
    Signature(
        "send-request-id-lost",
        "scheduler",
        (
            "Skipping minijob. Could not retrieve the request ID",
            "Error. Could not give send request to scheduler",
        ),
        r"Schedule.box\Uid is empty, or holds more than its .req and .job file, so nothing is sent",
        "SMS706",
        "error",
        r"Restore the two token files in Schedule.box\Uid.",
        STATED_2,
        ("Q266195", "Q320638"),
    ),
    Signature(
        "corrupt-send-request",
        "scheduler",
        ("Size mismatch in RoutingInfo record. Got 0, expected 544",),
        "a corrupt send request keeps the scheduler in an endless loop",
        "SMS124",
        "error",
        "Stop the SMS Executive, remove the .srq file, install SMS 1.2 SP3.",
        STATED_1,
        ("Q159201",),
        times=2,
    ),
    Signature(
        "bad-send-request-data",
        "scheduler",
        ("DBG>> Send request about to write bad data. Component SMS_SCHEDULER",),
        "a send request was corrupted when it was written",
        "SMS124",
        "warning",
        "Install SMS 1.2 SP4.",
        STATED_1,
        ("Q181042",),
    ),
    Signature(
        "no-rights-on-own-share",
        "scheduler",
        ("ERROR: Cannot connect to secondary source",),
        "the account of the site's address to itself has no rights on SMS_SITE",
        "SMS707",
        "error",
        "Give the account Full Control on the share SMS_SITE.",
        STATED_1,
        ("Q179118",),
    ),
    Signature(
        "package-source-unreadable",
        "scheduler",
        (
            "Package source <any> doesn't exist or we failed to access it, Win32 Error = <number>",
            "Cannot compress the package file, return code = <number>",
        ),
        "the scheduler cannot read a package source, as when the service account's password was changed in "
        "the site properties",
        "SMS708",
        "warning",
        "See whether the path exists; if it does, change the password of the service account through Setup.",
        STATED_1,
        ("Q168510",),
    ),
)

RECEIVING: Final = (
    Signature(
        "temp-drive-preferred",
        "despooler",
        (
            "use drive $ for all temp files",
            "$ drive has the most free space",
            r"Cannot create temp storage $:\ while decompressing package",
        ),
        "Preferred Drive For Temp Directory is set, so received packages cannot be decompressed",
        "SMS601",
        "error",
        "Blank Preferred Drive For Temp Directory.",
        STATED_1,
        ("Q191307",),
    ),
    Signature(
        "instruction-in-future",
        "despooler",
        ("Instruction <any> won't be processed till <till>",),
        "an instruction waits for a day to come: the clock of the site it is from was ahead",
        "SMS403",
        "warning",
        "Compare the clocks of the two site servers.",
        STATED_1,
        ("Q172899",),
    ),
    Signature(
        "instruction-failed",
        "despooler",
        ("Despooler failed to execute the instruction, error code = <fault>",),
        "a received instruction cannot be carried out",
        "SMS709",
        "warning",
        "Follow the article for the code: C000000b is about rights to the package file, cb about a bad "
        "status MIF, 38a about a cancelled job.",
        STATED_1,
        ("Q179118", "Q190135", "Q168130"),
    ),
    Signature(
        "received-file-in-use",
        "despooler",
        (
            "failed to open <any> WIN32 ERROR = 32",
            "Copying <any> to <any>, Failed, Win32 Error = 32",
        ),
        "a received file is in use by another program; the retry delay has nothing to do with it",
        "SMS710",
        "info",
        "Look for what else holds the file, such as a virus scanner.",
        STATED_1,
        ("Q161043", "Q193766"),
    ),
    Signature(
        "despooler-hangs",
        "despooler",
        ("Waiting for an available despooling thread",),
        "the log ends while all despooling threads are taken: they hang, as after a backup",
        "SMS711",
        "warning",
        "Read the articles: they tell which service pack and hotfix each case needs.",
        STATED_2,
        ("Q260366", "Q304381"),
    ),
    Signature(
        "public-key-missing",
        "despooler",
        (
            "Cannot find a public key for instruction <any> incoming from site <site>, retry it later",
            "Cannot find valid public key for key exchange instruction coming from site <site>",
        ),
        "secure key exchange is required and the key of that site is not here, so nothing from it is taken",
        "SMS712",
        "error",
        "Exchange the keys of the two sites by hand.",
        {"C": "stated"},
        ("ConfigMgr 2007",),
    ),
    Signature(
        "site-control-from-future",
        "hierarchy-manager",
        ("Site Control Image in the database is newer, reuse that database copy",),
        "a site control file was made while the clock was ahead, and newer ones are thrown away",
        "SMS403",
        "warning",
        "Compare the clock of the site server with the date of the site control file.",
        STATED_1,
        ("Q154577",),
    ),
    Signature(
        "identification-wiped",
        "hierarchy-manager",
        ("SQL Server =<end>", "SQL Login =<end>", "SQL database =<end>"),
        "the registry does not say which SQL Server the site uses: its keys Identification and SQL are empty",
        "SMS310",
        "error",
        "Look at the two keys in an export.",
        STATED_1,
        ("Q270218",),
    ),
    Signature(
        "encryption-key-unreadable",
        "hierarchy-manager",
        ("HMAN: Cannot decrypt the SMS encryption key using the crypto exchange key",),
        "the site's keys were made anew, so what was encrypted with the old ones cannot be read",
        "SMS713",
        "error",
        "Follow the article for the case of the site.",
        STATED_2,
        ("Q249590",),
    ),
    Signature(
        "public-key-invalid",
        "site-control-manager",
        ("<any>specifies an invalid public key for decrypting the SMS service account and password",),
        "the site's keys were made anew, so what was encrypted with the old ones cannot be read",
        "SMS713",
        "error",
        "Follow the article for the case of the site.",
        STATED_2,
        ("Q249590", "Q297870"),
    ),
    Signature(
        "database-unreachable",
        "hierarchy-manager",
        ("Cannot connect to the site source on the database, sleep 10 minutes",),
        "the hierarchy manager cannot connect to the site database",
        "SMS714",
        "warning",
        "Look at the network library that the SQL client uses.",
        STATED_2,
        ("Q291339",),
    ),
    Signature(
        "server-of-two-sites",
        "site-component-manager",
        ("The computer <server> is already a site system in site <site>",),
        "one server is named as a site system of two sites",
        "SMS506",
        "error",
        "Take the server out of one of the two sites.",
        STATED_2,
        ("Q263063",),
    ),
    Signature(
        "reserved-site-code",
        "nt-logon",
        (r"Create Directory \\<server>\SMSLOGON\Sites\<device> - Fail (5)",),
        "the site code is the name of a DOS device, so its folder cannot be made",
        "SMS301",
        "error",
        "Install the site under another code.",
        {"1": "stated", "2": "stated"},
        ("Q182420",),
    ),
    Signature(
        "discovery-counter-behind",
        "discovery-data-manager",
        ("CDiscoveryDataManager::ProcessDDRs_SS - serial number on this file is older than the current",),
        "the discovery data counter is behind after a recovery, so data of a secondary site is thrown away",
        "SMS508",
        "error",
        "Compare the counters of the site and its secondary sites.",
        STATED_2,
        ("Q288407",),
    ),
    Signature(
        "replication-thrown-away",
        "replication-manager",
        ("Component <server> is not active, throw away replication file",),
        "data for a component that does not run at this site was thrown away",
        "SMS715",
        "info",
        "See whether the component is meant to be stopped.",
        STATED_2,
        ("Q259702",),
        see_also=("SMS118",),
    ),
    Signature(
        "content-not-arrived",
        "distribution-manager",
        ("The contents for the package <package> hasn't arrived from site <site> yet, will retry later",),
        "the content of a package is not here yet; usual once after each distribution",
        "SMS716",
        "info",
        "If it goes on, read the log of the sender at that site.",
        STATED_C,
        (_MSC,),
    ),
)


def _status(
    number: int,
    name: str,
    meaning: str,
    code: str,
    first_step: str,
    *sources: str,
    severity: Severity = "warning",
    times: int = 1,
) -> Signature:
    """The signature of a status message, which a log holds by its number, in any language."""
    return Signature(
        name,
        "any",
        (f"STATMSG: ID={number} SEV=<sev>",),
        meaning,
        code,
        severity,
        first_step,
        {"2": "stated", "C": "inferred"},
        sources,
        times=times,
    )


STATUS: Final = (
    _status(
        3300,
        "status-hierarchy-cycle",
        "the site is above itself through other sites",
        "SMS501",
        "Give the site a parent that is not below it.",
        "SMS 2.0 status messages",
        severity="error",
    ),
    _status(
        3301,
        "status-duplicate-site-code",
        "another site has the same code",
        "SMS502",
        "Install one of the two sites again under a code of its own.",
        "SMS 2.0 status messages",
        severity="error",
    ),
    _status(
        3302,
        "status-parent-changed-elsewhere",
        "the parent was changed from the wrong console",
        "SMS717",
        "Change the parent at the site itself.",
        "SMS 2.0 status messages",
        "Q254120",
    ),
    _status(
        3304,
        "status-change-not-saved",
        "a change of the site's settings cannot be saved",
        "SMS717",
        "Make the change at the site itself.",
        "SMS 2.0 status messages",
        "Q254120",
    ),
    _status(
        3400,
        "status-no-address",
        "the site has no address to a destination",
        "SMS208",
        "Make an address to it, or remove what is left of a removed site.",
        "Q212937",
        "Q215130",
    ),
    _status(
        3500,
        "status-site-unreachable",
        "the sender cannot connect to a destination",
        "SMS203",
        "See whether the server is up, and whether the address names it.",
        "Q215130",
    ),
    _status(
        4613,
        "status-4613-in-masses",
        "status message 4613 comes in masses, as where a site code has lower-case letters",
        "SMS302",
        "Look at the site code in the registry.",
        "Q271885",
        times=10,
    ),
    _status(
        679,
        "status-sites-not-listed",
        "a component cannot list the sites of the hierarchy",
        "SMS718",
        "Read the lines before it for the reason.",
        "Q226510",
        "Q247546",
    ),
    Signature(
        "status-change-refused",
        "any",
        ("STATMSG: ID=2808 SEV=<sev>", "STATMSG: ID=2847 SEV=<sev>"),
        "a change of the site's settings was refused, as where its keys were made anew",
        "SMS713",
        "warning",
        "Follow the article for the case of the site.",
        STATED_2,
        ("Q297870",),
    ),
)

SIGNATURES: Final = (*CAPACITY, *SENDING, *THROTTLING, *ROUTING, *RECEIVING, *STATUS)
"""Every signature, healthy lines among them."""

BY_NAME: Final[Mapping[str, Signature]] = {each.name: each for each in SIGNATURES}
