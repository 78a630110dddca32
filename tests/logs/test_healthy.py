"""What healthy lines tell, and that they are no findings."""

from __future__ import annotations

import pytest

from tests.logs.logfiles import FORMS, Line, Write, diagnosed, f1, f3, log


def sending(number: int, site: str, thread: int, used: int = 0, limit: int = 5) -> list[Line]:
    """The healthy life of one send request."""
    main, seconds = 77, number * 60
    remote = rf"\\BOSTON\SMS_SITE\{number:05}CS1"
    described = [
        (main, f"Found send request.  ID: {number:05}CS1, Dest Site: {site}"),
        (main, "Checking for site-specific sending capacity.  Used 0 out of 3.~"),
        (main, f"Checking for sending capacity.  Used {used} out of {limit}.~"),
        (main, f"~Created sending thread (Thread ID = {thread:X})"),
        (thread, "~Trying the No. 1 address (out of 1)"),
        (thread, "~Passed the xmit file test, use the existing connection"),
        (thread, f"Package file = C:\\SMS\\inboxes\\schedule.box\\tosend\\{number:05}.P70"),
        (thread, f"~Checking for remote file {remote}.PCK"),
        (thread, f"~Attempt to create/open the remote file {remote}.PCK"),
        (thread, f"~Created/opened the remote file {remote}.PCK"),
        (thread, f"~Sending Started [C:\\SMS\\{number:05}.P70]"),
        (thread, f"~Attempt to write 1024 bytes to {remote}.PCK at position 0"),
        (thread, f"~Wrote 1024 bytes to {remote}.PCK at position 0"),
        (thread, f"~Sending completed [C:\\SMS\\{number:05}.P70]"),
        (thread, f"~Finished sending SWD package CS100012 version 3 to site {site}"),
        (thread, f"~Renaming remote file {remote}.TMP to {remote}.SNI"),
        (thread, f"~Rename completed [{remote}.SNI]"),
        (thread, "~Sending completed successfully"),
        (main, "~No (more) send requests found to process"),
    ]
    return [Line(message, thread=each, seconds=seconds) for each, message in described]


OTHER_COMPONENTS = [
    Line("========  Processing Jobs  ========", "SMS_SCHEDULER", 12),
    Line("<Activating JOB 0000000A>[Software Distribution]", "SMS_SCHEDULER", 12),
    Line("Created new send request ID:  202SQCS1", "SMS_SCHEDULER", 12),
    Line("Sending completed (10240 bytes/sec).", "SMS_SCHEDULER", 12),
    Line("Send request has successfully completed.", "SMS_SCHEDULER", 12),
    Line("Deleting send request with ID: 202SQCS1.", "SMS_SCHEDULER", 12),
    Line("Waiting for ready instruction file....", "SMS_DESPOOLER", 13),
    Line("Found ready instruction ds_abcde.ist", "SMS_DESPOOLER", 13),
    Line("Used 0 out of 3 despooling threads", "SMS_DESPOOLER", 13),
    Line("Signature checked out OK for instruction coming from site CS1", "SMS_DESPOOLER", 13),
    Line("Executing instruction of type MICROSOFT|SMS|MINIJOBINSTRUCTION|PACKAGE", "SMS_DESPOOLER", 13),
    Line(
        "This package[CS100012]'s information hasn't arrived yet for this version [1]. Retry later",
        "SMS_DESPOOLER",
    ),
    Line("Despooler successfully executed one instruction.", "SMS_DESPOOLER", 13),
    Line('STATMSG: ID=3501 SEV=I LEV=M SOURCE="SMS Server" COMP="SMS_LAN_SENDER" SYS=B SITE=CS1'),
    Line("We have 2 active connections"),
    Line("Connecting to C:\\SMS\\inboxes\\schedule.box\\outboxes\\LAN"),
]
HEALTHY = [line for number in range(12) for line in sending(number, ("NYC", "LON")[number % 2], 100 + number)]


@pytest.mark.parametrize("write", FORMS)
def test_healthy_logs_give_no_finding(write: Write) -> None:
    assert not diagnosed(log(write, [*HEALTHY, *OTHER_COMPONENTS])).symptoms


def test_the_limits_in_force_and_since_when() -> None:
    lines = [
        *sending(0, "NYC", 101, limit=5),
        *sending(1, "NYC", 102, limit=5),
        *sending(2, "LON", 103, limit=3),
    ]
    limits = [(each.site, each.value, each.checks, each.full) for each in diagnosed(log(f3, lines)).limits]
    assert limits == [("NYC", 3, 2, 0), (None, 5, 2, 0), (None, 3, 1, 0), ("LON", 3, 1, 0)]


def test_a_limit_that_is_reached_in_half_of_ten_checks() -> None:
    lines = [line for number in range(5) for line in sending(number, "NYC", number + 100, used=5)]
    free = [line for number in range(5, 10) for line in sending(number, "NYC", number + 100, used=4)]
    (symptom,) = diagnosed(log(f3, [*lines, *free])).symptoms
    assert (symptom.code, symptom.count) == ("SMS111", 5)
    assert not diagnosed(log(f1, [*lines, *free])).symptoms
    assert not diagnosed(log(f3, [*lines, *free[:-19]])).symptoms


def test_the_last_sending_that_arrived_at_each_site() -> None:
    sent = {each.site: each.last.line for each in diagnosed(log(f3, HEALTHY)).sent}
    assert sent == {"LON": 12 * 19 - 1, "NYC": 11 * 19 - 1}


def test_a_fault_on_a_sending_thread_is_reported_with_its_destination() -> None:
    """Which the thread that found the request names, in hexadecimal."""
    lines = [
        *sending(0, "NYC", 0x1150)[:4],
        *sending(1, "LON", 0x1151)[:4],
        Line("Heartbeat is expired.", thread=0x1150),
        Line("Can't re-establish the connection.", thread=0x1150),
    ]
    (symptom,) = diagnosed(log(f3, lines)).symptoms
    assert (symptom.code, symptom.site) == ("SMS104", "NYC")
