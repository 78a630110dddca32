"""Any bytes end in a report, and speed changes nothing of what is read."""

from __future__ import annotations

import dataclasses
import gc
import io
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smslint.logs import lines, reader
from smslint.logs.lines import LogText
from smslint.logs.signatures import SIGNATURES
from smslint.sources import limits
from tests.logs.logfiles import FORMS, Line, codes, diagnosed, f3, f4, log
from tests.logs.shapes import SHAPES

FRAGMENTS = st.sampled_from(
    [
        *(
            literal.replace("<n>", "0").replace("<m>", "0")
            for each in SIGNATURES
            for literal in each.literals
        ),
        *(
            "$$<",
            "<![LOG[",
            "]LOG]!>",
            "><thread=",
            "thread=1 (0x1)>",
            "\r",
            "\n",
            "\0",
            "~",
            "\ufeff",
            "(0x1)",
        ),
        *("SMS_LAN_SENDER", "12-06-2016 03:11:46.039+300", "11/26/99 10:43", " ", "\t", "> ", "\x1b[31m"),
        "0" * 20,
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_diagnosis(data: bytes) -> None:
    assert diagnosed(data).files


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=5), max_size=30), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_pieces_of_logs_end_in_the_same_diagnosis_at_any_speed(pieces: list[str], encoding: str) -> None:
    data = "".join(pieces).encode(encoding, "replace")
    assert described(data, fast=True) == described(data, fast=False)


MESSAGES = st.sampled_from(
    ["Heartbeat is expired.", "No (more) send requests found", "a $ b", "x < y ] z", ""]
)
COMPONENTS = st.sampled_from(["SMS_LAN_SENDER", "SMS_DESPOOLER", "X"])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(FORMS),
            st.builds(Line, FRAGMENTS | MESSAGES, COMPONENTS, st.integers(0, 3), st.just(0)),
        ),
        max_size=12,
    )
)
def test_any_log_ends_in_the_same_diagnosis_at_any_speed(written: list[tuple[object, Line]]) -> None:
    data = "".join(log(write, [line]) for write, line in written).encode()  # type: ignore[arg-type]
    assert described(data, fast=True) == described(data, fast=False)


def described(data: bytes, *, fast: bool) -> object:
    found = diagnosed(data, fast=fast)
    files = [(file.records, file.components, file.forms, file.begins, file.ends) for file in found.files]
    return files, found.symptoms, found.limits, found.sent


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text("ab é", max_size=9), max_size=60),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.integers(64, 99),
)
@example([*[""] * 4, *["aaaaaaaaé"] * 20], "\r", "utf-8", 67)
def test_blocks_come_to_the_same_text_wherever_they_are_cut(
    texts: list[str], end: str, encoding: str, size: int
) -> None:
    data = "".join(text + end for text in texts).encode(encoding)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "LOG_BLOCK_BYTES", size)
        cut = list(LogText(io.BytesIO(data)))
    assert "".join(cut) == "".join(text + "\n" for text in texts)
    assert all(block.endswith("\n") for block in cut)


def test_what_a_log_makes_one_remember_is_bounded() -> None:
    sites = [f"{number:03}" for number in range(999)]
    text = log(f3, (Line(f"There is no longer an address to destination site {site}") for site in sites))
    found = diagnosed(text).symptoms
    assert len(found) == limits.LOG_DESTINATIONS + 1
    assert sum(symptom.count for symptom in found) == len(sites)
    beats = log(
        f3, (Line("Heartbeat is expired.", thread=number) for number in range(limits.LOG_THREADS + 9))
    )
    (symptom,) = diagnosed(beats).symptoms
    assert symptom.count == limits.LOG_THREADS + 9


def test_an_opened_record_that_never_ends_hides_nothing_behind_it() -> None:
    seed = "Checking for sending capacity. Used 0 out of 0"
    assert codes("<![LOG[lost\n" + log(f3, [Line(seed)])) == ["SMS101"]
    assert codes("<![LOG[lost\n" + "text\n" * 600 + f"{seed}\n") == ["SMS101"]


def test_many_records_on_one_line_are_no_depth() -> None:
    seed = f4(Line("Checking for sending capacity. Used 0 out of 0"))
    for text in ("<![LOG[" * 5000, "$$<" * 5000, "]LOG]!>" * 5000, "<![LOG[]LOG]!>" * 5000, "> " * 5000):
        assert codes(f"{text}\n{seed}\n") == ["SMS101"], text[:9]


def test_the_records_are_plain_data() -> None:
    (symptom,) = diagnosed("Heartbeat is expired.").symptoms
    assert dataclasses.asdict(symptom)["count"] == 1


def cost(data: bytes) -> float:
    """Seconds of processor time, the less of two, for other processes disturb."""
    found = []
    for _ in range(2):
        gc.collect()
        began = time.process_time()
        diagnosed(data)
        found.append(time.process_time() - began)
    return min(found)


@pytest.mark.parametrize("name", SHAPES)
def test_what_a_log_costs_grows_with_its_size_and_no_faster(name: str) -> None:
    """Twice the size costs twice as much, what grows with the square four times; .03 s are noise."""
    once, twice = (cost(SHAPES[name](size)) for size in (50_000, 100_000))
    assert twice < once * 3 + 0.03


@pytest.mark.parametrize("name", SHAPES)
def test_what_a_log_makes_one_put_together_is_bounded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And whole records behind it are read all the same."""
    monkeypatch.setattr(reader, "LOG_STEPS", 300)
    seed = "Checking for sending capacity. Used 0 out of 0"
    data = SHAPES[name](30_000)
    encoding = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-8"
    data += ("\n" + log(f3, [Line("x"), Line(seed, "SMS_RAS_SENDER")])).encode(encoding)
    found = diagnosed(data)
    assert found == diagnosed(data, fast=False)
    assert any(each.last.component == "SMS_RAS_SENDER" for each in found.symptoms)


def test_a_log_that_was_not_all_put_together_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LOG_STEPS", 1000)
    (file,) = diagnosed("<![LOG[\n" * 2000).files
    assert file.whole_only_after is not None
    assert file.whole_only_after < 300
    (file,) = diagnosed(log(f3, [Line("x")]) + log(f4, [Line("two\nlines")]) * 9).files
    assert file.whole_only_after is None
