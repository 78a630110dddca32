"""No command shows a secret: a canary under every secret name, in every format, through every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.sources.secrets import HIDDEN, hints_at_secret, is_secret
from tests.running import smslint

CANARY = "xq7canary"
NAMES = [
    "SQL Login",
    "SQL Login ID",
    "Service Key",
    "SMS_USER",
    "SMS User",
    "Service Account",
    "ServiceAccountName",
    "Service Password",
    "LAN Login",
    "LanUser",
    "ObjectName",
    "UserName",
    "User Name",
    "Network Access User Names",
    "Public Key",
    "Exchange Key",
    "SQL Key",
    "Reserved2",
    "Last Valid Password",
    "Pwd",
    "sqlpassword",
    "SQLLogin",
    "Logon Name",
    "Client Secret",
    "Credentials",
    "Cipher",
    "Passphrase",
    "FileReplicationAccountName",
]
PIECES = (
    *(
        "pass",
        "PASS",
        "Pass",
        "word",
        " ",
        ".",
        "-",
        "_",
        "wd",
        "log",
        "on",
        "in",
        "Names",
        "user",
        "User",
        "ID",
    ),
    *(
        "object",
        "name",
        "Key",
        "key",
        "K",
        "\u212aey",
        "u",
        "\u0130d",
        "reserved",
        "2",
        "last",
        "valid",
        "un",
        "s",
    ),
    *(
        "encrypted",
        "secr",
        "et",
        "ac",
        "count",
        "cred",
        "ential",
        "cip",
        "her",
        "public",
        "sub",
        "reg",
        "phrase",
    ),
)
HEX = ",".join(f"{byte:02x}" for byte in CANARY.encode("utf-16-le"))
LAN = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER"
FORMATS = [
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "azure",
    "junit",
    "checkstyle",
    "rdjson",
    "markdown",
    "html",
    "csv",
]


def registry() -> str:
    lines = ["REGEDIT4", "", f"[{LAN}]", '"Number of Retries"="five"']
    for name in NAMES:
        lines += [
            f'"{name}"="{CANARY}"',
            f'"{name}"="{CANARY}',
            f'{CANARY}"',
            f'"{name}"="{CANARY}" x',
            f'"{name}"={CANARY}',
            f'{name}="{CANARY}"',
            f"; {name}: {CANARY}",
            '"Maximum Concurrent Sendings"=dword:00000000',
            f'"{name}"=hex:{HEX[:23]},\\',
            f"  {HEX[24:]}",
            f'"{name}"=hex:01\\',
            f"  {HEX}",
        ]
    lines += ["", f"[{LAN}\\Service Key]", f'@="{CANARY}"', ""]
    return "\r\n".join(lines)


def sitecontrol() -> str:
    lines = ["SITE CONTROL FILE [6221][1.00]", "", "BEGIN_COMPONENT", "<6><SMS_LAN_SENDER><SRV>"]
    for name in NAMES:
        lines += [
            f"PROPERTY <{name}><REG_SZ><{CANARY}><0>",
            f"PROPERTY <{name}><{CANARY}><><0>",
            f"PROPERTY <{name}><{CANARY}>",
        ]
    lines += ["PROPERTY <Number of Retries><><><five>", "END_COMPONENT"]
    for name in NAMES:
        lines += [f"BEGIN_{name.upper().replace(' ', '_')}", f"<{CANARY}>", f"{CANARY}", "END_X"]
        lines += ["BEGIN_PROPERTY_LIST", f"<{name}>", f"<{CANARY}>", "END_PROPERTY_LIST"]
    return "\r\n".join([*lines, ""])


def properties() -> list[dict[str, object]]:
    return [
        {"PropertyName": name, "Value": 0, "Value1": first, "Value2": second}
        for name in NAMES
        for first, second in ((CANARY, ""), ("REG_SZ", CANARY))
    ]


def wmi_json(**layout: object) -> str:
    component = {
        "ComponentName": "SMS_LAN_SENDER",
        "SiteCode": "NYC",
        "Props": [*properties(), {"PropertyName": "Number of Retries", "Value": "five"}],
        "PropLists": [
            *({"PropertyListName": name, "Values": [CANARY, "0"]} for name in NAMES),
            *({"PropertyListName": name, "Values": {"value": [CANARY], "Count": 1}} for name in NAMES),
        ],
        "Flat": [f"@{{PropertyName={name}; Value=0; Value1=; Value2={CANARY}}}" for name in NAMES],
        "Mof": [
            f'instance of SMS_EmbeddedProperty {{PropertyName = "{name}"; Value2 = "{CANARY}";}};'
            for name in NAMES
        ],
        "Cim": [
            [{"Name": "PropertyName", "Value": name}, {"Name": "Value2", "Value": CANARY}] for name in NAMES
        ],
        **dict.fromkeys(NAMES, CANARY),
    }
    return json.dumps([component], **layout)  # type: ignore[arg-type]


def wmi_mof() -> str:
    embedded = ",".join(
        f'instance of SMS_EmbeddedProperty {{ PropertyName = "{name}"; Value2 = "{CANARY}"; }}\n'
        for name in NAMES
    )
    retries = 'instance of SMS_EmbeddedProperty {PropertyName = "Number of Retries"; Value = "five"; }'
    props = f"Props = {{ {embedded}, {retries} }};"
    return (
        f'instance of SMS_SCI_Component\n{{ ComponentName = "SMS_LAN_SENDER"; SiteCode = "NYC"; {props} }};\n'
    )


def wmi_csv() -> str:
    head = "SiteCode,ComponentName,Name,Value1,Value2,Value3,Account"
    rows = [f"NYC,SMS_LAN_SENDER,{name},,{CANARY},0," for name in NAMES]
    return "\n".join([head, f"NYC,SMS_LAN_SENDER,Number of Retries,,,five,{CANARY}", *rows, ""])


def wmi_clixml() -> str:
    parts = [
        f'<Obj RefId="{number}"><MS><S N="PropertyName">{name}</S><U32 N="Value">0</U32>'
        f'<S N="Value2">{CANARY}</S><Obj N="Values"><LST><S>{CANARY}</S></LST></Obj></MS></Obj>'
        for number, name in enumerate(NAMES, 1)
    ]
    parts.append('<Obj><MS><S N="PropertyName">Number of Retries</S><S N="Value">five</S></MS></Obj>')
    return (
        '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0">'
        '<MS><S N="ComponentName">SMS_LAN_SENDER</S><S N="SiteCode">NYC</S>'
        f'<Obj N="Props"><LST>{"".join(parts)}</LST></Obj></MS></Obj></Objs>'
    )


INPUTS = {
    "a.reg": registry(),
    "sitectrl.ct0": sitecontrol(),
    "a.json": wmi_json(indent=1),
    "b.json": wmi_json(),
    "cut.json": wmi_json(indent=1)[:-40],
    "a.mof": wmi_mof(),
    "a.csv": wmi_csv(),
    "a.xml": wmi_clixml(),
}


def commands(file: Path, out: Path) -> list[list[str | Path]]:
    reports = [word for form in FORMATS for word in ("--output", f"{form}:{out / form}")]
    return [
        ["check", "--isolated", "--select", "ALL", *reports, "--statistics", "--verbose", file],
        ["check", "--isolated", "--diff", "--unsafe-fixes", file],
        ["show", "--isolated", file],
        ["show", "--isolated", "--format", "json", file],
        ["show", "--isolated", "--raw", file],
        ["show", "--isolated", "--raw", "--format", "json", file],
        ["patch", "--isolated", "--unsafe-fixes", "--output-dir", out, file],
        ["map", "--isolated", "--output", out / "map.html", file],
        ["check", "--isolated", "--write-baseline", out / "baseline", file],
    ]


@pytest.mark.parametrize("name", INPUTS)
def test_no_command_shows_a_secret(name: str, tmp_path: Path) -> None:
    file, out = tmp_path / name, tmp_path / "out"
    out.mkdir()
    file.write_text(INPUTS[name], encoding="utf-8", newline="")
    for words in commands(file, out):
        ran = smslint(*words)
        shown = {"stdout": ran.out, "stderr": ran.err}
        shown |= {each.name: each.read_bytes().decode("utf-8", "replace") for each in out.iterdir()}
        for where, text in shown.items():
            described = text.replace("\0", "")
            for secret in (CANARY, HEX[24:], CANARY.encode("utf-16-le").hex()):
                assert secret not in described, (
                    words[0],
                    where,
                    described[max(described.find(secret) - 200, 0) :][:300],
                )
            assert "\ufdd0" not in text, where
    if name != "cut.json":
        assert "holds" in (out / "text").read_text("utf-8")
    assert HIDDEN in (out / "text").read_text("utf-8")


@pytest.mark.parametrize(
    "name", [*NAMES, "Product Key", "Account", "Login", "LANUSER", "Reserved 1", "Key 2 pwd"]
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret(name)
    assert is_secret(name.upper())


@pytest.mark.parametrize(
    "name",
    [
        "Maximum Concurrent Sendings",
        "Maximum Concurrent Site Sendings",
        "Number of Retries",
        "Retry Delay",
        "Registry Key Path",
        "Registry Key",
        "Key",
        "Logon Servers",
        "LOGONSERVER",
        "Logon Discovery",
        "User Group Discovery",
        "SMS_USER_DISCOVERY",
        "Concurrent Users",
        "Use Forced Disconnect",
        "Site Code",
        "Connection Point",
        "Pulse Mode",
        "Database Name",
        "Monkey",
        "Accounting",
    ],
)
def test_names_of_what_may_be_shown(name: str) -> None:
    assert not is_secret(name)


def test_a_hidden_value_is_said_to_be_hidden(tmp_path: Path) -> None:
    file = tmp_path / "a.reg"
    file.write_text(f'REGEDIT4\n\n[{LAN}]\n"Service Key"="{CANARY}"\n"Site Code"="NYC"\n')
    operations = smslint("show", "--raw", "--format", "json", file).json["exports"][0]["operations"]
    assert [(each["hidden"], each["data_hex"] is None) for each in operations] == [
        (False, True),
        (True, True),
        (False, False),
    ]
    assert f"Service Key type 1: {HIDDEN}" in smslint("show", "--raw", file).out


def test_the_caret_stands_under_its_value_behind_a_hidden_one(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    login = {"PropertyName": "LAN Login", "Value2": CANARY * 3}
    retries = {"PropertyName": "Number of Retries", "Value": "five"}
    component = {"ComponentName": "SMS_LAN_SENDER", "Props": [login, retries]}
    file.write_text(json.dumps([component]))
    lines = smslint("check", "--isolated", file, env={"COLUMNS": "400"}).out.splitlines()
    number = next(number for number, line in enumerate(lines) if "(hidden)" in line and '"five"' in line)
    assert lines[number + 1].index("^") == lines[number].index('"five"')


@pytest.mark.parametrize(
    "name", [*NAMES, "LastValid", "Object Name", "Encrypted", "UID", "Site Key 2", "reserved 1"]
)
def test_what_is_secret_is_hinted_at_in_any_text(name: str) -> None:
    assert is_secret(name)
    assert hints_at_secret(f"NYC\n{name.swapcase()}=x")


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=20))
def test_without_a_hint_there_is_no_secret(name: str) -> None:
    assert hints_at_secret(name) or not is_secret(name)
