"""A line is recognised however it was written, or copied."""

from __future__ import annotations

import textwrap

import pytest

from smslint.logs.record import FORMS as NAMES
from tests.logs.logfiles import (
    FORMS,
    HEARTBEAT,
    LOCKED,
    NO_CAPACITY,
    NOT_RE_ESTABLISHED,
    OTHERS,
    THREADED,
    Line,
    Write,
    codes,
    diagnosed,
    f1,
    f2,
    f3,
    f4,
    log,
    signatures,
    v1,
    v3,
    v5,
)

ALL = (OTHERS[0], HEARTBEAT, *OTHERS, NOT_RE_ESTABLISHED, LOCKED, Line(NO_CAPACITY), OTHERS[1])
BOTH = ["no-sending-capacity", "retry-after-heartbeat"]


def soft(text: str, width: int, mark: str = "") -> str:
    """As a mail breaks it: at blanks where it can."""
    return "".join(
        f"{mark}{part}\n"
        for line in text.splitlines()
        for part in textwrap.wrap(line, width, break_on_hyphens=False)
    )


def hard(text: str, width: int) -> str:
    """As a terminal breaks it: anywhere."""
    return "".join(
        f"{line[start : start + width]}\n"
        for line in text.splitlines()
        for start in range(0, len(line), width)
    )


@pytest.mark.parametrize("write", FORMS)
def test_each_seed_alone(write: Write) -> None:
    assert codes(log(write, [Line(NO_CAPACITY)])) == ["SMS101"]
    assert codes(log(write, [HEARTBEAT, NOT_RE_ESTABLISHED])) == ["SMS104"]
    assert codes(log(write, [HEARTBEAT])) == ["SMS104"]


@pytest.mark.parametrize("write", THREADED)
def test_seeds_among_lines_of_other_threads(write: Write) -> None:
    assert sorted(signatures(log(write, ALL))) == BOTH


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("write", FORMS)
def test_seeds_in_every_encoding(write: Write, encoding: str) -> None:
    text = "Gerät für Übertragung bereit\r\n" + log(write, ALL)
    assert sorted(signatures(text.encode(encoding))) == BOTH


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("write", FORMS)
def test_seeds_wrapped(write: Write, width: int) -> None:
    text = log(write, ALL)
    assert sorted(signatures(soft(text, width))) == BOTH
    assert sorted(signatures(soft(text, width, "> "))) == BOTH
    assert sorted(signatures(soft(text, width, ">> "))) == BOTH
    assert sorted(signatures(hard(text, width))) == BOTH


@pytest.mark.parametrize("write", [f1, f2, f3, v1, v3])
def test_lines_of_other_programs_between(write: Write) -> None:
    lines = [f"{write(line)}\nC:\\> ping BOSTON\nReply from 10.0.0.1: bytes=32\n\n" for line in ALL]
    assert sorted(signatures("".join(lines))) == BOTH


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert sorted(signatures(log(f2, ALL).replace("\r\n", end))) == BOTH


def test_metadata_as_the_articles_print_them() -> None:
    """Broken within, in round brackets, with a bracket turned or missing, with <BR/> behind."""
    for copied in (
        f"{NO_CAPACITY}\n   $$<SMS_LAN_SENDER><Wed Jun 18\n15:49:57 1997~><thread=12E>\n",
        f"{NO_CAPACITY}   $$(SMS_LAN_SENDER)(Wed Jun 18 15:49:57 1997~)(thread=12E)\n",
        f"{NO_CAPACITY}   $$>SMS_LAN_SENDER><Wed Jun 18 15:49:57 1997~><thread=12E>\n",
        f"{NO_CAPACITY}   $$<SMS_LAN_SENDER<Wed Jun 18 15:49:57 1997~><thread=12E>\n",
        f"{NO_CAPACITY}   $$<SMS_LAN_SENDER><Wed Jun 18 15:49:57 1997~<thread=12E><BR/>\n",
        f"{NO_CAPACITY}   $$<SMS_LAN_SENDER><Wed Jun 18 15:49:57 1997~><thread=12E\n",
    ):
        (symptom,) = diagnosed(copied).symptoms
        record = symptom.first
        assert (symptom.code, record.component, record.thread) == ("SMS101", "SMS_LAN_SENDER", 0x12E), copied
        assert str(symptom.begins) == "1997-06-18 15:49:57 local time"


def test_records_run_together() -> None:
    text = "".join(f"{f1(line)} " for line in ALL)
    assert sorted(signatures(text)) == BOTH
    assert signatures("Heartbeat is expired. Can't re-establish the connection.") == ["retry-after-heartbeat"]


def test_a_mail_with_typographic_quotes() -> None:
    assert codes("Heartbeat is expired.\nCan\u2019t re-establish the connection.\n") == ["SMS104"]


def test_half_a_record_at_the_start() -> None:
    for write in (f1, f2, f3, f4):
        text = log(write, ALL)
        for cut in (10, 40, 70):
            assert sorted(signatures(text[cut:])) == BOTH


def test_a_rolled_log_comes_before_its_log() -> None:
    """Whatever the order of the arguments, and a sequence crosses the border."""
    rolled = log(f3, [OTHERS[0], HEARTBEAT]) + "<MAXIMUM LOG FILE SIZE REACHED - FILE RENAMED>\r\n"
    current = log(f3, [OTHERS[1], NOT_RE_ESTABLISHED])
    names = ("logs/sender.log", "logs/sender.lo_")
    assert signatures(current, rolled, names=names) == ["retry-after-heartbeat"]
    assert signatures(rolled, current, names=names[::-1]) == ["retry-after-heartbeat"]
    assert signatures(rolled, current, names=("a/sender.lo_", "b/sender.log")) == ["heartbeat-expired"]


def test_a_message_that_a_record_of_the_client_form_holds_with_line_breaks_and_brackets() -> None:
    other = Line("Read [1] <two>\r\nof three]\r\nHeartbeat is expired.", "PolicyAgent")
    text = log(f4, [other, Line(NO_CAPACITY)])
    assert codes(text) == ["SMS101"]


def test_a_very_long_line_hides_nothing() -> None:
    long = Line("select " + "x" * 60_000)
    for write in (f1, f2, f3, f4):
        assert sorted(signatures(log(write, [long, *ALL, long]))) == BOTH


@pytest.mark.parametrize(
    ("line", "time"),
    [
        (f1(Line(NO_CAPACITY)), "1999-11-26 10:43:41 local time"),
        (f2(Line(NO_CAPACITY)), "1999-11-26 10:43:41 Eastern Standard Time"),
        (f3(Line(NO_CAPACITY)), "1999-11-26 15:43:41 UTC"),
        (f4(Line(NO_CAPACITY)), "1999-11-26 05:13:41 UTC"),
        (v1(Line(NO_CAPACITY)), "1999-11-26 10:43:41 local time"),
        (f"{NO_CAPACITY}\tSMS_LAN_SENDER\t5/9/2019 1:33:51 PM\t13052 (0x32FC)", "None"),
        (
            f"{NO_CAPACITY}\tSMS_LAN_SENDER\t25.09.2019 13:33:51\t13052 (0x32FC)",
            "2019-09-25 13:33:51 local time",
        ),
        (f"{NO_CAPACITY} SMS_LAN_SENDER 07/27/97\n", "1997-07-27 00:00:00 local time"),
        (v5(Line(NO_CAPACITY)), "None"),
    ],
)
def test_times_and_their_zones(line: str, time: str) -> None:
    """A bias is to be added for UTC; a date whose order is not plain is not guessed."""
    (symptom,) = diagnosed(line).symptoms
    assert str(symptom.begins) == time


def test_what_was_read_is_reported() -> None:
    text = log(f3, ALL)
    (file,) = diagnosed(text).files
    assert (file.records, file.lines, file.encoding) == (len(ALL), len(ALL), "utf-8")
    assert (file.components, file.forms) == ({"SMS_LAN_SENDER", "SMS_DESPOOLER"}, {"F3"})
    assert (str(file.begins), str(file.ends)) == ("1999-11-26 15:43:44 UTC", "1999-11-26 15:43:44 UTC")
    assert "F3" in NAMES


def test_where_a_line_stands() -> None:
    text = "\r\n".join(["hello", "", f2(OTHERS[0]), "> " + NO_CAPACITY, ""])
    (symptom,) = diagnosed(text).symptoms
    assert (symptom.first.line, symptom.first.column) == (4, 3)
    (symptom,) = diagnosed(log(f4, [OTHERS[0], Line(NO_CAPACITY)])).symptoms
    assert (symptom.first.line, symptom.first.column) == (2, 8)
