"""Every signature fires on its lines, and not on near misses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest

from smslint.checks import BUILTIN
from smslint.logs.components import role_of
from smslint.logs.errors import ERRORS
from smslint.logs.literal import compiled
from smslint.logs.signatures import SIGNATURES, WHO
from tests.logs.logfiles import (
    HEARTBEAT,
    LOCKED,
    NO_CAPACITY,
    NOT_RE_ESTABLISHED,
    Line,
    codes,
    diagnosed,
    f1,
    f2,
    f3,
    log,
    signatures,
    v5,
)

COMPONENTS: Final = {
    "sender": "SMS_LAN_SENDER",
    "lan-sender": "SMS_LAN_SENDER",
    "ras-sender": "SMS_ASYNC_RAS_SENDER",
    "scheduler": "SMS_SCHEDULER",
    "despooler": "SMS_DESPOOLER",
    "hierarchy-manager": "SMS_HIERARCHY_MANAGER",
    "site-control-manager": "SMS_SITE_CONTROL_MANAGER",
    "site-component-manager": "SMS_SITE_COMPONENT_MANAGER",
    "nt-logon": "SMS_NT_LOGON_DISCOVERY_MANAGER",
    "discovery-data-manager": "SMS_DISCOVERY_DATA_MANAGER",
    "replication-manager": "SMS_REPLICATION_MANAGER",
    "distribution-manager": "SMS_DISTRIBUTION_MANAGER",
    "any": "SMS_EXECUTIVE",
}
RAS: Final = "SMS_ASYNC_RAS_SENDER"
UNREACHABLE: Final = (
    "Cannot connect to server BOSTON at remote site BOS, won't try send requests going to site BOS for an "
    "hour or until there are no active send requests."
)


def status(number: int, severity: str = "E") -> str:
    return (
        f'STATMSG: ID={number} SEV={severity} LEV=M SOURCE="SMS Server" COMP="SMS_EXECUTIVE" SYS=BOSTON '
        'SITE=BOS PID=1 TID=2 GMTDATE=Tue Mar 23 15:38:31.973 1999 ISTR0="" NUMATTRS=0'
    )


FIRES: Final[dict[str, Sequence[Sequence[Line | str]]]] = {
    "no-sending-capacity": [
        [NO_CAPACITY],
        ["Checking for sending capacity.  Used 0 out of 0~"],
        ["~Checking for sending capacity. Used 2 out of 0."],
    ],
    "no-sending-capacity-for-site": [["Checking for site-specific sending capacity.  Used 0 out of 0.~"]],
    "sender-threads-used-up": [["Checking for sending capacity. Used 5 out of 5.~"] * 10],
    "heartbeat-expired": [
        [HEARTBEAT],
        [HEARTBEAT, NOT_RE_ESTABLISHED._replace(seconds=3 + 601)],
        [HEARTBEAT, NOT_RE_ESTABLISHED._replace(thread=282)],
        [NOT_RE_ESTABLISHED._replace(seconds=0), HEARTBEAT],
    ],
    "retry-after-heartbeat": [
        [HEARTBEAT, NOT_RE_ESTABLISHED],
        [HEARTBEAT, NOT_RE_ESTABLISHED._replace(seconds=3 + 599)],
        [HEARTBEAT, HEARTBEAT, NOT_RE_ESTABLISHED],
        [HEARTBEAT, NOT_RE_ESTABLISHED, LOCKED],
    ],
    "ras-retry-after-heartbeat": [
        [HEARTBEAT._replace(component=RAS), NOT_RE_ESTABLISHED._replace(component=RAS)]
    ],
    "remote-file-in-use": [[LOCKED]],
    "remote-file-refused": [
        [r"Cannot create/open the remote file \\BOSTON\SMS_SITE\2_4O7PRI.PCK, Win32 error = 5."],
        [r"Cannot create/open the remote file \\BOSTON\SMS_SITE\2_4O7PRI.PCK, Win32 error = 320."],
    ],
    "address-with-backslashes": [[r"Error during WNetAddConnection2 to \\\\BOSTON\SMS_SITE (67)."]],
    "connection-refused": [
        [r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (67)."],
        [r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (53)."],
        [r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (9999)."],
    ],
    "connected-too-early": [["Error during WNetAddConnection2 (53)"]],
    "site-unreachable": [
        [UNREACHABLE],
        [r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (53).", UNREACHABLE],
        [r"Error during WNetAddConnection2 to \\\\BOSTON\SMS_SITE (67).", UNREACHABLE],
    ],
    "no-connection": [["There is no existing connection, Win32 error = 64"]],
    "connection-error": [[r"Error during connection to \\BOSTON\SMS_SITE (5)."]],
    "destination-disk-full": [["Error, trying to write beyond the end of the file."]],
    "sender-without-outbox": [["Registry indicates no outbox for the sender to scan."]],
    "bandwidth-control": [
        [
            "Address to BOS is currently under bandwidth control, therefore only one connection is allowed, "
            "returning send request to the pool."
        ]
    ],
    "pulse-mode": [
        ["Address to BOS is currently in pulse mode, therefore only one connection is allowed."],
        ["Addres to BOS is currently in pulse mode, therefore only one connection is allowed."],
        ["Abandoning send request because only one connection is allowed in pulse mode."],
    ],
    "closed-while-sending": [["Address is closed for priority 2 jobs, stop sending[C:\\SMS\\0.P70]"]],
    "no-address-left": [
        ["There is no longer an address to destination site GRA"],
        ["Site GRA added to list of busy sites because there is no available address."],
        ["Returning send request to pending because address cannot not be found."],
    ],
    "no-routing-instruction": [["Cannot create the routing instruction."]],
    "no-address-defined": [["There is no address defined for site GRA"]],
    "courier-only": [
        [
            "There is direct address to site BOS, no need for routing for send request 2_4O7PRI.",
            "No addresses available for site BOS.",
            "No backup addresses available for site BOS.",
        ]
    ],
    "address-not-open": [
        ["No addresses available for site BOS.", "No backup addresses available for site BOS."],
        [
            "There is direct address to site GRA, no need for routing for send request 2_4O7PRI.",
            "No backup addresses available for site BOS.",
        ],
    ],
    "send-request-id-lost": [
        ["Skipping minijob. Could not retrieve the request ID"],
        ["Error. Could not give send request to scheduler."],
    ],
    "corrupt-send-request": [["Size mismatch in RoutingInfo record. Got 0, expected 544."] * 2],
    "bad-send-request-data": [["DBG>> Send request about to write bad data. Component SMS_SCHEDULER"]],
    "no-rights-on-own-share": [
        [
            "ERROR: Cannot connect to secondary source. Scheduler will not attempt to transfer jobs from "
            "secondary to primary source."
        ]
    ],
    "package-source-unreadable": [
        [r"Package source \\BOSTON\src doesn't exist or we failed to access it, Win32 Error = 1326"],
        ["Cannot compress the package file, return code = 5"],
    ],
    "temp-drive-preferred": [
        ["use drive $ for all temp files"],
        ["$ drive has the most free space"],
        ["Cannot create temp storage $:\\ while decompressing package."],
    ],
    "instruction-in-future": [
        ["Instruction C:\\SMS\\despoolr.box\\d0000001.sni won't be processed till 11/28/99 10:00:00 AM"],
        ["Instruction d0000001.sni won't be processed till 12/12/2010"],
    ],
    "instruction-failed": [["Despooler failed to execute the instruction, error code = C000000b"]],
    "received-file-in-use": [
        ["failed to open C:\\SMS\\x.ist WIN32 ERROR = 32"],
        ["Copying C:\\a to D:\\b, Failed, Win32 Error = 32"],
    ],
    "despooler-hangs": [["Waiting for an available despooling thread"] * 3],
    "public-key-missing": [
        ["Cannot find a public key for instruction C:\\x.ist incoming from site BOS, retry it later"],
        ["Cannot find valid public key for key exchange instruction coming from site BOS"],
    ],
    "site-control-from-future": [["Site Control Image in the database is newer, reuse that database copy."]],
    "identification-wiped": [["SQL Server = ~"], ["SQL Login ="], ["SQL database = "]],
    "encryption-key-unreadable": [
        ["HMAN: Cannot decrypt the SMS encryption key using the crypto exchange key."]
    ],
    "public-key-invalid": [
        [
            "The file 00000009.CT1 specifies an invalid public key for decrypting the SMS service account "
            "and password."
        ]
    ],
    "database-unreachable": [["Cannot connect to the site source on the database, sleep 10 minutes.."]],
    "server-of-two-sites": [["The computer BOSTON is already a site system in site BOS"]],
    "reserved-site-code": [[r"Create Directory \\PDC\SMSLOGON\Sites\PRN - Fail (5)"]],
    "discovery-counter-behind": [
        [
            "CDiscoveryDataManager::ProcessDDRs_SS - serial number on this file is older than the current "
            "data. Skipping this file."
        ]
    ],
    "replication-thrown-away": [["Component SMS_SCHEDULER is not active, throw away replication file."]],
    "content-not-arrived": [
        ["The contents for the package BOS0001A hasn't arrived from site BOS yet, will retry later."]
    ],
    "status-hierarchy-cycle": [[status(3300)]],
    "status-duplicate-site-code": [[status(3301, "W")]],
    "status-parent-changed-elsewhere": [[status(3302)]],
    "status-change-not-saved": [[status(3304)]],
    "status-no-address": [[status(3400)]],
    "status-site-unreachable": [[status(3500)]],
    "status-4613-in-masses": [[status(4613)] * 10],
    "status-sites-not-listed": [[status(679)]],
    "status-change-refused": [[status(2808)], [status(2847)]],
}

SILENT: Final[dict[str, Sequence[str | Line]]] = {
    "used 0 of 5": ["Checking for sending capacity. Used 0 out of 5."],
    "a number is matched whole": [
        "Checking for sending capacity. Used 10 out of 10.",
        "Checking for sending capacity. Used 0 out of 05.",
        "Checking for site-specific sending capacity. Used 0 out of 3.",
    ],
    "full, but in nine checks": ["Checking for sending capacity. Used 5 out of 5.~"] * 9,
    "full in less than half of the checks": [
        *["Checking for sending capacity. Used 5 out of 5.~"] * 10,
        *["Checking for sending capacity. Used 4 out of 5.~"] * 11,
    ],
    "quoted within a message": [f"Package 'x' says {NO_CAPACITY}", "select 'Heartbeat is expired.'"],
    "not re-established without a heartbeat": [NOT_RE_ESTABLISHED],
    "no error": ["There is no existing connection, Win32 error = 0"],
    "a harmless error": [r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (487)."],
    "the remote file, no error": [r"Cannot create/open the remote file \\B\SMS_SITE\a.PCK, Win32 error = 0."],
    "the tail of a failed try": [
        "Could not establish connection.",
        "Attempt to connect failed.",
        "Restart time = x",
    ],
    "a connection without path of a LAN sender": ["Error during WNetAddConnection2 (53)"],
    "a package of a distribution point": [
        Line("Address to DP1 is currently in pulse mode, therefore", "SMS_PACKAGE_TRANSFER_MANAGER"),
        Line(NO_CAPACITY, "SMS_PACKAGE_TRANSFER_MANAGER"),
    ],
    "error 32 of another component": [Line(LOCKED.message, "SMS_DISTRIBUTION_MANAGER")],
    "a direct address that is used": [
        Line("There is direct address to site BOS, no need for routing for send request 1.", "SMS_SCHEDULER"),
        Line("Scheduling send request 1.", "SMS_SCHEDULER"),
    ],
    "an address that a backup stands in for": [Line("No addresses available for site BOS.", "SMS_SCHEDULER")],
    "one record of a wrong size": [
        Line("Size mismatch in RoutingInfo record. Got 0, expected 544.", "SMS_SCHEDULER")
    ],
    "an instruction that is tried again soon": [
        Line("Instruction d.sni won't be processed till 11/26/99 10:50:00 AM", "SMS_DESPOOLER"),
        Line("Instruction d.sni won't be processed till tomorrow or so", "SMS_DESPOOLER"),
    ],
    "a temporary drive": [Line("use drive D for all temp files", "SMS_DESPOOLER")],
    "despooling goes on": [
        Line("Waiting for an available despooling thread", "SMS_DESPOOLER"),
        Line("Waiting for an available despooling thread", "SMS_DESPOOLER"),
        Line("Used 2 out of 3 despooling threads", "SMS_DESPOOLER"),
    ],
    "an instruction whose package comes later": [
        Line("Despooler failed to execute the instruction, error code = 12", "SMS_DESPOOLER")
    ],
    "a SQL Server": [Line("SQL Server = BOSTON", "SMS_HIERARCHY_MANAGER")],
    "rights, not a reserved code": [
        Line(r"Create Directory \\PDC\SMSLOGON\Sites\BOS - Fail (5)", "SMS_NT_LOGON_DISCOVERY_MANAGER")
    ],
    "a status of no harm": [status(3500, "I"), status(35001), status(500)],
    "nine of a status that matters in masses": [status(4613)] * 9,
    "words that say nothing by themselves": [
        "ERROR: something",
        "WARNING failed",
        "Cannot do this, error 53",
    ],
}


def lines_of(given: Sequence[Line | str], component: str) -> list[Line]:
    return [each if isinstance(each, Line) else Line(each, component) for each in given]


@pytest.mark.parametrize("name", [each.name for each in SIGNATURES if each.is_finding])
def test_a_signature_fires(name: str) -> None:
    signature = next(each for each in SIGNATURES if each.name == name)
    for given in FIRES[name]:
        lines = lines_of(given, COMPONENTS[signature.who])
        for write in (f2, f3):
            assert signatures(log(write, lines)) == [name], given
            other = [line._replace(component="SMS_INVENTORY_PROCESSOR") for line in lines]
            assert signature.who == "any" or not signatures(log(write, other))


@pytest.mark.parametrize(
    ("name", "code"),
    {
        "remote-file-in-use": "SMS701",
        "no-routing-instruction": "SMS705",
        "send-request-id-lost": "SMS706",
        "no-rights-on-own-share": "SMS707",
        "package-source-unreadable": "SMS708",
        "instruction-failed": "SMS709",
        "received-file-in-use": "SMS710",
        "despooler-hangs": "SMS711",
        "public-key-missing": "SMS712",
        "encryption-key-unreadable": "SMS713",
        "public-key-invalid": "SMS713",
        "status-change-refused": "SMS713",
        "database-unreachable": "SMS714",
        "replication-thrown-away": "SMS715",
        "content-not-arrived": "SMS716",
        "status-parent-changed-elsewhere": "SMS717",
        "status-sites-not-listed": "SMS718",
    }.items(),
)
def test_symptoms_with_a_code_of_their_own(name: str, code: str) -> None:
    signature = next(each for each in SIGNATURES if each.name == name)
    assert codes(log(f2, lines_of(FIRES[name][0], COMPONENTS[signature.who]))) == [code]


@pytest.mark.parametrize(
    ("number", "code"),
    [(5, "SMS702"), (64, "SMS703"), (1219, "SMS704"), (4711, "SMS704"), (53, "SMS203"), (67, "SMS205")],
)
def test_what_a_windows_error_leads_to(number: int, code: str) -> None:
    assert codes(log(f2, [Line(rf"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE ({number}).")])) == [
        code
    ]


@pytest.mark.parametrize("name", SILENT)
def test_near_misses_are_silent(name: str) -> None:
    lines = lines_of(SILENT[name], "SMS_LAN_SENDER")
    assert not signatures(log(f2, lines))
    assert not signatures(log(f3, lines))


def test_every_symptom_is_a_rule_or_has_a_code_of_its_own() -> None:
    rules = {rule.code for rule in BUILTIN}
    used = {each.code for each in SIGNATURES} | {each.code for each in ERRORS.values()}
    for code in used - {None}:
        assert code in rules or str(code).startswith("SMS7"), code


def test_every_literal_is_an_expression() -> None:
    for signature in SIGNATURES:
        assert signature.who in WHO
        for literal in signature.literals:
            assert compiled(literal).pattern
            assert compiled(literal, loose=True).pattern


@pytest.mark.parametrize(
    ("before", "code", "number"),
    [
        ([r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (53)."], "SMS203", 53),
        ([r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (67)."], "SMS205", 67),
        ([r"Error during WNetAddConnection2 to \\\\BOSTON\SMS_SITE (67)."], "SMS201", 67),
        ([r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (1326)."], "SMS702", 1326),
        (["There is no existing connection, Win32 error = 64"], "SMS703", 64),
        ([r"Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (487)."], "SMS203", None),
        ([], "SMS203", None),
    ],
)
def test_the_number_before_tells_why_a_site_is_not_reached(
    before: list[str], code: str, number: int | None
) -> None:
    """And what it tells is told once, with the site."""
    lines = [Line(each) for each in (*before, "Could not establish connection.", UNREACHABLE)]
    for text in (log(f2, lines), log(v5, lines)):
        (symptom,) = diagnosed(text).symptoms
        found = symptom.code, symptom.number, symptom.site, symptom.server
        assert found == (code, number, "BOS", "BOSTON")


def test_a_failure_of_another_thread_tells_nothing_of_a_site() -> None:
    refused = Line(r"Error during WNetAddConnection2 to \\LONDON\SMS_SITE (1326).", thread=9)
    found = diagnosed(log(f2, [refused, Line(UNREACHABLE)])).symptoms
    assert [(each.code, each.server) for each in found] == [("SMS702", "LONDON"), ("SMS203", "BOSTON")]


def test_the_scheduler_side_of_a_missing_address_is_not_reported_twice() -> None:
    sender = log(f2, [Line("There is no longer an address to destination site GRA")])
    scheduler = log(f2, [Line("Cannot create the routing instruction.", "SMS_SCHEDULER")])
    assert codes(sender, scheduler) == ["SMS210"]
    assert codes(scheduler) == ["SMS705"]


def test_the_file_name_counts_where_a_line_names_no_component() -> None:
    text = log(v5, [Line(NO_CAPACITY)])
    assert codes(text, names=("logs/Lansend.log",)) == ["SMS101"]
    assert not codes(text, names=("logs/distmgr.log",))
    assert not codes(text, names=("C:\\SMS\\Logs\\despool.log",))
    assert codes(log(f2, [Line(NO_CAPACITY)]), names=("despool.log",)) == ["SMS101"]


def test_the_kinds_of_senders() -> None:
    assert role_of("SMS_LAN_SENDER") == role_of("MS_LAN_SENDER") == "lan-sender"
    assert role_of("SMS_SNA_RAS_SENDER") == role_of("SMS_X25_RAS_SENDER") == "ras-sender"
    assert role_of("SMS_PACKAGE_TRANSFER_MANAGER") is None


def test_only_a_component_can_say_that_it_hangs() -> None:
    waiting = [Line("Waiting for an available despooling thread", "SMS_DESPOOLER")] * 2
    assert codes(log(f2, waiting)) == ["SMS711"]
    assert not codes(log(v5, waiting))
    assert not codes(log(f1, [*waiting, Line("Waiting for ready instruction file....", "SMS_DESPOOLER")]))
