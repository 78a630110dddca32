"""Whatever the settings: a fix brings no new finding, and what claims a fix gets one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from smslint import sources
from smslint.checks import BUILTIN
from smslint.config.settings import Settings
from smslint.engine.fix import Fixed, fix
from smslint.engine.load import Loaded
from smslint.engine.run import run
from smslint.report import Report
from smslint.testing import registry_export

LAN, RAS = r"Components\SMS_LAN_SENDER", r"Components\SMS_ASYNC_RAS_SENDER"
NUMBERS = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 15, 16, 99, 100, 998, 999, 1000, 0xFFFFFFFF])
VERSIONS = ["", "600", "692", "786", "2.00.1239.0000", "2.00.1380.1000", "2.00.1493.3000", "5.00.9128.1000"]
RELEASES = [None, "1.2sp2", "1.2sp4", "2.0sp3", "current"]

SENDER = st.fixed_dictionaries(
    {},
    optional={
        "Maximum Concurrent Sendings": NUMBERS,
        "Maximum Concurrent Site Sendings": NUMBERS,
        "Number of Retries": NUMBERS,
        "Retry Delay in Minutes": NUMBERS,
    },
)
OTHERS = st.fixed_dictionaries(
    {},
    optional={
        r"Components\SMS_DESPOOLER": st.fixed_dictionaries(
            {},
            optional={"Preferred Drive For Temp Directory": st.just("E"), "Use Forced Disconnect": NUMBERS},
        ),
        "Compression": st.fixed_dictionaries(
            {},
            optional={
                "Compression Level": NUMBERS,
                "Decompression Buffer Size (Log2 Value)": NUMBERS,
                "Enable Compression": st.sampled_from(["Yes", "no", "maybe", ""]),
            },
        ),
        r"Tracing\SMS_LAN_SENDER": st.fixed_dictionaries({"Enabled": NUMBERS}),
    },
)


def loaded(text: str, settings: Settings) -> Loaded:
    export = sources.read(text.encode(), "nyc.reg", given=settings.given)
    return Loaded((export,), (), frozenset(), {"nyc.reg": text.encode()})


def described(report: Report) -> Counter[tuple[str, str | None, str | None]]:
    return Counter((each.rule, each.component, each.setting) for each in report.findings)


def fixed(text: str, settings: Settings, *, unsafe: bool) -> tuple[Report, Fixed]:
    inputs = loaded(text, settings)
    return run(inputs, settings), fix(inputs, settings, unsafe=unsafe)


@effort(max_examples=150, deadline=None)
@given(
    lan=SENDER,
    ras=SENDER,
    others=OTHERS,
    destinations=st.integers(0, 3),
    kind=st.sampled_from([None, 1, 2, 6]),
    version=st.sampled_from(VERSIONS),
    release=st.sampled_from(RELEASES),
    bound=st.sampled_from([1, 3, 5, 50, 500]),
    unsafe=st.booleans(),
)
def test_a_fix_brings_no_new_finding(
    lan: dict[str, int | str],
    ras: dict[str, int | str],
    others: dict[str, dict[str, int | str]],
    destinations: int,
    kind: int | None,
    version: str,
    release: str | None,
    bound: int,
    unsafe: bool,
) -> None:
    keys: dict[str, dict[str, int | str]] = {
        "Identification": {"Site Code": "NYC"},
        LAN: lan,
        RAS: ras,
        **others,
    }
    if kind is not None:
        keys["Setup"] = {"Type": kind}
    keys |= {rf"Sites\NYC\Addresses\D0{number}\1": {} for number in range(destinations)}
    settings = Settings(
        select=("ALL",),
        product_version=release,
        rules={
            "SMS104": {"heartbeat-timeout-minutes": bound},
            "SMS105": {"heartbeat-timeout-minutes": bound},
        },
    )
    before, after = fixed(registry_export(keys, version=version), settings, unsafe=unsafe)
    assert described(after.report) - described(before) == Counter()
    assert not any("left alone" in remark for remark in after.remarks)
    allowed = ("safe", "unsafe") if unsafe else ("safe",)
    claimed = [each for each in before.findings if each.fix and each.fix.safety in allowed]
    if claimed:
        assert after.fixed_count > 0
        assert not [each for each in after.report.findings if each.fix and each.fix.safety in allowed]


ONE_FAULT: dict[str, tuple[dict[str, dict[str, int | str]], str, str | None]] = {
    "SMS101": ({LAN: {"Maximum Concurrent Sendings": 0}}, "786", None),
    "SMS102": (
        {
            LAN: {
                "Maximum Concurrent Sendings": 0,
                "Maximum Concurrent Site Sendings": 0,
                "Number of Retries": 0,
                "Retry Delay in Minutes": 0,
            }
        },
        "692",
        None,
    ),
    "SMS104": ({LAN: {"Retry Delay in Minutes": 45}}, "", None),
    "SMS106": ({LAN: {"Number of Retries": 0}}, "786", None),
    "SMS107": ({LAN: {"Maximum Concurrent Sendings": 1000}}, "786", None),
    "SMS108": ({LAN: {"Retry Delay in Minutes": 0}}, "786", None),
    "SMS110": ({RAS: {"Maximum Concurrent Site Sendings": 3}}, "", None),
    "SMS119": ({r"Tracing\SMS_LAN_SENDER": {"Enabled": 0}}, "786", None),
    "SMS311": ({"Setup": {"Full Version": "2.00.1380.1000", "Type": 6}}, "", None),
    "SMS601": ({r"Components\SMS_DESPOOLER": {"Preferred Drive For Temp Directory": "E"}}, "786", "1.2sp3"),
    "SMS602": ({r"Components\SMS_DESPOOLER": {"Use Forced Disconnect": 1}}, "786", "1.2sp3"),
    "SMS603": ({"Compression": {"Compression Level": 9}}, "786", None),
}


def test_every_rule_that_edits_is_tried() -> None:
    assert set(ONE_FAULT) == {rule.code for rule in BUILTIN if rule.fix in ("safe", "unsafe")}


@pytest.mark.parametrize("code", sorted(ONE_FAULT.keys() - {"SMS311"}))
def test_the_fix_of_every_rule_ends_its_finding(code: str) -> None:
    keys, version, release = ONE_FAULT[code]
    settings = Settings(select=("ALL",), product_version=release)
    before, after = fixed(registry_export(keys, version=version), settings, unsafe=True)
    assert code in {each.rule for each in before.findings}
    assert code not in {each.rule for each in after.report.findings}
    assert after.fixed_count > 0
