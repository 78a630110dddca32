"""No finding depends on order: of files, keys, values, blocks, or the objects in a dump."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint import sources
from smslint.checks import BUILTIN
from smslint.config.settings import Settings
from smslint.engine.load import Loaded
from smslint.engine.run import run
from smslint.report import ReportedFinding
from tests.running import FIXTURES, smslint
from tests.sources.wmi.dumps import as_clixml, as_csv, as_json, as_mof, prop

_ALL = Settings(select=("ALL",), complete=True)
_LINE_NUMBER = re.compile(r"\bline [0-9]+")


def found(files: Sequence[tuple[str, bytes]]) -> tuple[ReportedFinding, ...]:
    return run(Loaded(tuple(sources.read(data, path) for path, data in files)), _ALL, BUILTIN).findings


def content(findings: Sequence[ReportedFinding]) -> tuple[list[tuple[str, ...]], list[str]]:
    """What findings say, but for the line and the words that name one; and all their fingerprints."""
    described = sorted(
        tuple(
            map(
                str,
                (
                    each.rule,
                    each.severity,
                    _LINE_NUMBER.sub("line", each.message),
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
    return described, sorted(each.fingerprint for each in findings)


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


def test_nor_does_that_on_the_command_line() -> None:
    paths = sorted((FIXTURES / "hierarchy-broken").iterdir())
    words = ("check", "--format", "json", "--select", "ALL", "--complete", "--isolated")
    expected = smslint(*words, *paths).json
    assert expected["findings"]
    random.Random(0).shuffle(paths)
    again = smslint(*words, *paths).json
    assert (again["findings"], again["sites"]) == (expected["findings"], expected["sites"])


def shuffled_keys(text: str, seed: int) -> str:
    """A .reg file with its keys, and the values in each, in another order."""
    chance = random.Random(seed)
    head, *blocks = re.split(r"(?m)^(?=\[)", text)
    chance.shuffle(blocks)
    for number, block in enumerate(blocks):
        key, *values = re.split(r"\n(?=[\"@;])", block.rstrip("\n"))
        chance.shuffle(values)
        blocks[number] = "\n".join([key, *values]) + "\n\n"
    return head + "".join(blocks)


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


def shuffled_blocks(text: str, seed: int) -> str:
    """A site control file with its blocks and statements, and their properties, in another order."""
    chance = random.Random(seed)
    head, *parts = re.split(r"(?m)^(?=(?!END_)[A-Z])", text)
    first, rest = parts[0], parts[1:]
    chance.shuffle(rest)
    for number, part in enumerate(rest):
        lines = part.split("\n")
        numbers = [at for at, line in enumerate(lines) if line.startswith(" ") and "PROPERTY <" in line]
        for at, line in zip(numbers, chance.sample([lines[at] for at in numbers], len(numbers)), strict=True):
            lines[at] = line
        rest[number] = "\n".join(lines)
    return "".join([head, first, *rest])


CONTROL = [path for path in sorted(FIXTURES.rglob("*.ct0")) if "malformed" not in path.parts]


@pytest.mark.parametrize("path", CONTROL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_order_of_blocks_moves_nothing(path: Path) -> None:
    text = path.read_bytes().decode("cp1252").replace("\r\n", "\n")
    expected = content(found([("x.ct0", text.encode("cp1252"))]))
    for seed in range(3):
        assert content(found([("x.ct0", shuffled_blocks(text, seed).encode("cp1252"))])) == expected


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
def dumped(draw: st.DrawFn) -> list[dict[str, Any]]:
    codes = st.sampled_from(["NYC", "BOS", "HQ1"])
    objects: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 6))):
        code = draw(codes)
        kind = draw(st.sampled_from(["SiteDefinition", "Address", "Address", "Component"]))
        one: dict[str, Any] = {"__CLASS": f"SMS_SCI_{kind}", "SiteCode": code}
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
            one |= draw(component())
        objects.append(one)
    return objects


@st.composite
def component(draw: st.DrawFn) -> dict[str, Any]:
    props = [
        prop("Concurrent Sending Limit", 0, str(draw(numbers)), str(draw(numbers))),
        prop("Number of Retries", draw(numbers)),
        prop("Retry Delay", draw(numbers)),
    ]
    code, name = draw(st.sampled_from(["NYC", "BOS"])), draw(st.sampled_from(SENDERS))
    return {"SiteCode": code, "ComponentName": name, "Flag": 6, "ItemType": "Component", "Props": props}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(registry_blocks(), max_size=3), st.lists(dumped(), max_size=2), st.randoms(use_true_random=False)
)
def test_neither_files_nor_keys_nor_objects_need_an_order(
    exports: list[list[str]], dumps: list[list[dict[str, Any]]], chance: random.Random
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


def as_one_line(objects: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(objects)


SYNTAXES: dict[str, Callable[[Sequence[Mapping[str, Any]]], str]] = {
    "json": as_json,
    "json on one line": as_one_line,
    "clixml": as_clixml,
    "mof": as_mof,
    "csv": as_csv,
}


@pytest.mark.parametrize("syntax", SYNTAXES)
@settings(max_examples=25, deadline=None)
@given(objects=st.data(), chance=st.randoms(use_true_random=False))
def test_objects_need_no_order_in_any_syntax(
    syntax: str, objects: st.DataObject, chance: random.Random
) -> None:
    # Rows of one component that contradict each other are one object in a table: the last row holds.
    distinct = st.lists(component(), min_size=1, max_size=4, unique_by=lambda one: one["ComponentName"])
    drawn = objects.draw(distinct if syntax == "csv" else dumped())
    write = SYNTAXES[syntax]
    expected = content(found([("x", write(drawn).encode())]))
    for each in drawn:
        if "Props" in each:
            chance.shuffle(each["Props"])
    shuffled = [dict(chance.sample([*each.items()], len(each))) for each in chance.sample(drawn, len(drawn))]
    assert content(found([("x", write(shuffled).encode())])) == expected
