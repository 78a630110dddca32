"""SMS121 and SMS122: the local address of the SNA senders."""

from __future__ import annotations

import pytest

from smslint.testing import findings
from tests.checks.dumps import address, ct0, sender


def levels(rule: str, export: str) -> list[str]:
    return [finding.severity for finding in findings(export, select=rule)]


def alias(text: str) -> str:
    return f"PROPERTY <SNA Local Address><{text}><><0>"


SNA = sender("BATCH_SNA", outbox="SNA_BATCH_DEFAULT")
OVER_SNA = address("BOS", r"{BOSLU}{\\BOSSMS01\SMS_SITE 00}", "INTER_SNA")


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(alias("1NYCLU")), ["error"]),
        (ct0(alias("NYCLU0001")), ["error"]),
        (ct0(alias("1")), ["error"]),
        (ct0(alias("NYCLU001")), []),
        (ct0(alias("N1")), []),
        (ct0(alias("")), []),
        (ct0(), []),
        (ct0(alias("1NYCLU").replace("SNA Local", "IPX Local")), []),
        (ct0(alias("1NYCLU"), build="2.00.1493.3000"), []),
    ],
    ids=["digit", "nine", "digit alone", "eight", "digit later", "empty", "absent", "another", "2.0"],
)
def test_an_alias_that_is_none(export: str, expected: list[str]) -> None:
    assert levels("SMS121", export) == expected


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (ct0(alias(""), SNA), ["warning"]),
        (ct0(alias(""), OVER_SNA), ["warning"]),
        (ct0(alias("NYCLU01"), SNA), []),
        (ct0(alias(""), sender()), []),
        (ct0(alias(""), sender("ASYNC_RAS", outbox="RAS_ASYNC_DEFAULT")), []),
        (ct0(SNA), []),
    ],
    ids=["sender", "address", "set", "LAN", "RAS", "absent"],
)
def test_sna_without_an_alias(export: str, expected: list[str]) -> None:
    assert levels("SMS122", export) == expected
