"""Places in a text: lines, columns and bytes agree with a slow and simple count, in every encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smslint.sources import text as module
from smslint.sources.limits import EXCERPT_CHARACTERS
from smslint.sources.text import Document

texts = st.text(st.sampled_from("ab\r\n\t表é😀\x0b\x85\u2028"), max_size=60)


@pytest.fixture(autouse=True, scope="module")
def short_chunks() -> Iterator[None]:
    """Chunks so short that every text has several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", 4)
        yield


@given(texts, st.sampled_from(["utf-16-le", "utf-8"]), st.data())
@example("a\r\nb", "utf-8", None)
def test_a_span_is_where_a_slow_count_says(text: str, encoding: str, data: st.DataObject | None) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-8": b"\xef\xbb\xbf"}[encoding]
    document = Document(mark + text.encode(encoding), "x")
    assert document.text == text
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
    indexes = range(len(text) + 1) if data is None else [data.draw(st.integers(0, len(text)))]
    for index in indexes:
        line = sum(1 for start in starts if start <= index) - 1
        assert document.line_at(index) == (line, starts[line])
        assert document.byte_offset(index) == len(mark) + len(text[:index].encode(encoding))


@given(st.binary(max_size=60), st.sampled_from(["cp1252", "cp932", "utf-8", "latin-1", "cp1251"]))
def test_any_bytes_are_decoded_and_come_back(data: bytes, encoding: str) -> None:
    document = Document(data, "x", fallback=encoding)
    if encoding != "cp932":
        assert data[: document.bom] + document.encode(document.text) == data[: len(data) - document.odd_byte]
    span = document.span(0, len(document.text))
    assert (span.start, span.line, span.column) == (document.bom, 1, 1)


def test_utf_16_without_its_mark_is_recognised() -> None:
    assert Document("REGEDIT4\r\n".encode("utf-16-le"), "x").text == "REGEDIT4\r\n"
    assert Document("REGEDIT4\r\n".encode("utf-16-be"), "x").text == "REGEDIT4\r\n"


def test_a_backslash_in_a_double_byte_character_is_none() -> None:
    assert Document("表ソ能".encode("cp932"), "x", fallback="cp932").text == "表ソ能"


def test_an_excerpt_is_one_line_and_not_endless() -> None:
    document = Document(b"a\r\n" + b"x" * 100_000 + b"\nb", "x")
    assert document.span(0, 1).excerpt == "a"
    assert len(document.span(3, 4).excerpt) == EXCERPT_CHARACTERS


def test_an_excerpt_of_a_long_line_is_the_part_around_the_span() -> None:
    text = "".join(f"{number:<10}" for number in range(1, 100_001, 10))
    document = Document(f"a\r\n{text}\r\nb".encode(), "x")
    for column in (1, 1_001, 1_991, 2_001, 50_001, 99_991):
        span = document.span(column + 2, column + 12)
        at = column - span.excerpt_column
        assert span.column == column
        assert span.excerpt[at : at + 10].strip() == str(column)
        assert len(span.excerpt) <= EXCERPT_CHARACTERS
        assert span.excerpt.startswith("…") == (span.excerpt_column > 1)
        assert span.excerpt.endswith("…") == (column < 99_000)
