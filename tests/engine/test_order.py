"""No finding depends on the order of files, of the keys in them, or of the objects in a dump."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint import sources
from smslint.checks import BUILTIN
from smslint.config.settings import Settings
from smslint.engine.load import Loaded
from smslint.engine.run import run
from smslint.report import ReportedFinding
from tests.running import FIXTURES

_ALL = Settings(select=("ALL",), complete=True)
_PLACE = re.compile(r"\bline [0-9]+")


def found(files: Sequence[tuple[str, bytes]]) -> tuple[ReportedFinding, ...]:
    return run(Loaded(tuple(sources.read(data, path) for path, data in files)), _ALL, BUILTIN).findings


def content(findings: Sequence[ReportedFinding]) -> tuple[list[tuple[str, ...]], list[str]]:
    """What findings say, but for the line and the words that name one; and all their fingerprints."""
    told = sorted(
        tuple(
            map(
                str,
                (
                    each.rule,
                    each.severity,
                    _PLACE.sub("line", each.message),
                    each.path,
                    each.site,
                    each.component,
                    each.setting,
                    each.value,
                    each.expected,
                    [(other.path, other.message) for other in each.related],
                ),
            )
        )
        for each in findings
    )
    # Of findings that are alike, such as two closed addresses, the fingerprints only count.
    return told, sorted(each.fingerprint for each in findings)


def folder(name: str) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted((FIXTURES / name).iterdir())]


@pytest.mark.parametrize("name", ["hierarchy-broken", "malformed"])
def test_the_order_of_files_moves_nothing(name: str) -> None:
    files = folder(name)
    expected = found(files)
    assert expected
    for seed in range(3):
        random.Random(seed).shuffle(files)
        assert found(files) == expected


def shuffled_keys(text: str, seed: int) -> str:
    """A .reg file with the blocks of its keys in another order."""
    head, *blocks = re.split(r"(?m)^(?=\[)", text)
    random.Random(seed).shuffle(blocks)
    return head + "".join(
        block if block.endswith("\n\n") else block.rstrip("\n") + "\n\n" for block in blocks
    )


REG = [path for path in sorted(FIXTURES.rglob("*.reg")) if "malformed" not in path.parts]


@pytest.mark.parametrize(
    "path", [*REG[::7], *FIXTURES.glob("*/broken*.reg")], ids=lambda path: str(path.name)
)
def test_the_order_of_keys_moves_nothing(path: Path) -> None:
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith(b"\xff\xfe") else "cp1252"
    text = data.decode(encoding).replace("\r\n", "\n")
    expected = content(found([("x.reg", shuffled_keys(text, 0).encode(encoding))]))
    for seed in range(1, 4):
        assert content(found([("x.reg", shuffled_keys(text, seed).encode(encoding))])) == expected


SENDERS = ("SMS_LAN_SENDER", "sms_async_ras_sender", "SMS_SNA_RAS_SENDER", "SMS_ISDN_RAS_SENDER")
numbers = st.sampled_from([0, 1, 3, 5, 60, 1000])


@st.composite
def registry_blocks(draw: st.DrawFn) -> list[str]:
    key = r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
    code, version = draw(st.sampled_from(["NYC", "BOS"])), draw(st.sampled_from(["786", "692", "1239", "x"]))
    parent = draw(st.sampled_from(["HQ1", "HQ2", "NYC", ""]))
    server = draw(st.sampled_from(["ONE", "two", "SIX"]))
    identity = f'"Site Code"="{code}"\n"Parent Site Code"="{parent}"\n"Site Server"="{server}"\n'
    blocks = [
        f"{key}\\Identification]\n{identity}",
        f'{key}\\Setup]\n"Version"="{version}"\n',
    ]
    blocks += [
        f"{key}\\Components\\{name}]\n"
        f'"Maximum Concurrent Sendings"=dword:{draw(numbers):x}\n'
        f'"Maximum Concurrent Site Sendings"=dword:{draw(numbers):x}\n'
        f'"Retry Delay in Minutes"=dword:{draw(numbers):x}\n'
        for name in draw(st.sets(st.sampled_from(SENDERS)))
    ]
    for other, number in draw(st.sets(st.tuples(st.sampled_from(["HQ1", "HQ2", "OLD"]), st.integers(0, 2)))):
        width = draw(numbers)
        blocks.append(
            f'{key}\\Sites\\{code}\\Addresses\\{other}\\{number}]\n"Estimated Bandwidth"=dword:{width:x}\n'
        )
    return blocks


schedules = st.sampled_from([[1] * 24, [4] * 24, [3] * 12 + [1] * 12])


@st.composite
def dumped(draw: st.DrawFn) -> list[object]:
    codes = st.sampled_from(["NYC", "BOS", "HQ1"])
    objects: list[object] = []
    for _ in range(draw(st.integers(1, 6))):
        code = draw(codes)
        kind = draw(st.sampled_from(["SiteDefinition", "Address", "Address", "Component"]))
        one: dict[str, object] = {"__CLASS": f"SMS_SCI_{kind}", "SiteCode": code}
        if kind == "SiteDefinition":
            one |= {"ParentSiteCode": draw(codes), "SiteServerName": draw(st.sampled_from(["ONE", "TWO"]))}
            one |= {"BuildNumber": 1380}
        elif kind == "Address":
            week = [{"HourUsage": draw(schedules)}] * 7
            one |= {
                "DesSiteCode": draw(codes),
                "AddressType": draw(st.sampled_from(["MS_LAN", "MS_COURIER"])),
            }
            one |= {"Order": draw(st.integers(0, 1)), "UsageSchedule": week, "Props": [], "PropLists": []}
        else:
            values = {"Value": draw(numbers), "Value1": str(draw(numbers)), "Value2": str(draw(numbers))}
            props = [{"PropertyName": "Concurrent Sending Limit", **values}]
            one |= {"ComponentName": draw(st.sampled_from(SENDERS)), "Props": props}
        objects.append(one)
    return objects


@settings(max_examples=60, deadline=None)
@given(
    st.lists(registry_blocks(), max_size=3), st.lists(dumped(), max_size=2), st.randoms(use_true_random=False)
)
def test_neither_files_nor_keys_nor_objects_need_an_order(
    exports: list[list[str]], dumps: list[list[object]], chance: random.Random
) -> None:
    def files() -> list[tuple[str, bytes]]:
        return [
            *((f"{n}.reg", "\n".join(["REGEDIT4\n", *blocks]).encode()) for n, blocks in enumerate(exports)),
            *((f"{n}.json", json.dumps(objects, indent=1).encode()) for n, objects in enumerate(dumps)),
        ]

    expected = content(found(files()))
    for blocks in exports:
        chance.shuffle(blocks)
    for objects in dumps:
        chance.shuffle(objects)
    again = files()
    chance.shuffle(again)
    assert content(found(again)) == expected
