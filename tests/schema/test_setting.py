"""Settings: what pydantic may read, what it must refuse, and what a declaration tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from smslint.schema.located import Located, Span
from smslint.schema.sender import Sender, is_sender
from smslint.schema.site import Site

SPAN = Span("x.reg", 1, 1, 1, 2, 0, 1, "x")


def sender(raw: object, name: str = "SMS_LAN_SENDER") -> Sender:
    return Sender.model_validate({"name": name, "max_concurrent_sendings": Located(raw, SPAN)})


@pytest.mark.parametrize(("raw", "value"), [(5, 5), ("5", 5), ("005", 5), (0, 0), (4294967295, 4294967295)])
def test_numbers_and_ascii_digits_are_read(raw: object, value: int) -> None:
    assert sender(raw).max_concurrent_sendings.value == value


@pytest.mark.parametrize(
    "raw", ["1_000", "5.0", " 5", "5 ", "+5", "-1", "٥", "", "five", 5.0, True, b"5", "9" * 5000]
)
def test_what_only_pydantic_would_coerce_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        sender(raw)


def test_the_legal_range_is_not_checked_when_reading() -> None:
    assert sender(100_000).max_concurrent_sendings.value == 100_000


@pytest.mark.parametrize(("raw", "legal"), [(None, None), (0, None), (1, 1), ("999", 999), (1000, None)])
def test_a_value_outside_the_documented_range_is_no_legal_one(raw: object, legal: int | None) -> None:
    read = sender(raw) if raw is not None else Sender(name="SMS_LAN_SENDER")
    assert read.max_concurrent_sendings.legal_value == legal
    assert read.max_concurrent_sendings.declared.legal_up_to(5) == 5
    assert read.max_concurrent_sendings.declared.legal_up_to(5_000) == 999


def test_what_is_blank_is_set_and_says_nothing() -> None:
    texts = {"name": "SMS_LAN_SENDER", "server": Located(" ", SPAN), "outbox": Located("x", SPAN)}
    read = Sender.model_validate(texts)
    assert (read.server.is_blank, read.outbox.is_blank, read.address_type.is_blank) == (True, False, False)


def test_absent_is_not_zero() -> None:
    setting = Sender(name="SMS_LAN_SENDER").number_of_retries
    assert setting.value is None
    assert setting.raw is None
    assert setting.declared.default("LAN") == 2


@pytest.mark.parametrize(
    ("name", "family", "per_site"),
    [
        ("SMS_LAN_SENDER", "LAN", 3),
        ("Sms_Lan_Sender", "LAN", 3),
        ("SMS_ASYNC_RAS_SENDER", "RAS", 1),
        ("SMS_SNA_RAS_SENDER", "RAS", 1),
        ("SMS_BATCH_SNA_SENDER", "SNA", 3),
    ],
)
def test_a_sender_knows_its_family_and_defaults(name: str, family: str, per_site: int) -> None:
    found = Sender(name=name)
    assert found.family == family
    assert found.max_concurrent_site_sendings.declared.default(found.kind) == per_site


@pytest.mark.parametrize(
    "name", ["SMS_DESPOOLER", "SMS_LAN_SENDER2", "LAN_SENDER", "SMS_COURIER_SENDER", "SMS SENDER"]
)
def test_other_components_are_no_senders(name: str) -> None:
    assert not is_sender(name)


@given(st.one_of(st.text(), st.integers(), st.binary(), st.floats(), st.none(), st.booleans()))
def test_any_raw_value_is_read_or_refused(raw: object) -> None:
    try:
        value = sender(raw).max_concurrent_sendings.value
    except ValidationError:
        return
    assert value is None or isinstance(value, int)


def test_the_json_schema_tells_range_default_unit_and_article() -> None:
    field = Site.model_json_schema()["$defs"]["Sender"]["properties"]["max_concurrent_sendings"]
    assert field["title"] == "Maximum Concurrent Sendings"
    assert field["x-legal-range"] == [1, 999]
    assert field["x-unit"] == "sendings"
    assert field["x-defaults"] == {"": 5}
    assert "Q163379" in field["x-source"]
