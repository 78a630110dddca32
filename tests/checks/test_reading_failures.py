"""SMS901 to SMS905 speak to the case at hand: what was found, why it matters, and what to do."""

from __future__ import annotations

import io
import json
import re
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.report import ReportedFinding
from smslint.testing import codes, findings, registry_export
from tests.running import FIXTURES, smslint
from tests.sources.wmi.dumps import address, as_clixml, as_csv, as_json, as_mof, sender

REGISTRY, OBJECTS, SITE_CONTROL = "reg export", "smslint collector", "sitectrl.ct0"


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("nyc.reg", "REGEDIT4")
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("nyc.reg"))
    return file.getvalue()


def one(data: str | bytes) -> tuple[ReportedFinding, str]:
    """The one finding of reading, and what it says to do."""
    (found,) = findings(data, select="SMS9", ignore="SMS906")
    assert found.fix
    assert found.fix.safety == "manual"
    return found, found.fix.description


def sqlcmd() -> bytes:
    """What sqlcmd prints of the view in docs/exports.md: columns as wide as their type, under dashes."""
    widths = (8, 20, 30, 11, 11, 11)
    rows = [
        ("SiteCode", "ComponentName", "Name", "Value1", "Value2", "Value3"),
        tuple("-" * width for width in widths),
        ("NYC", "SMS_LAN_SENDER", "Concurrent Sending Limit", "5", "3", "0"),
    ]
    lines = (" ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(["Changed database context to 'CM_NYC'.", *lines, "", "(1 rows affected)", ""]).encode()


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (b"regf" + bytes(600), "registry hive", "reg load"),
        (b"ElfFile\0" + bytes(600), "event log", REGISTRY),
        (b"\x30\0\0\0LfLe" + bytes(600), "event log", REGISTRY),
        (zipped(), "ZIP", "Unpack"),
        (tarred(), "tar archive", "Unpack"),
        (b"\x1f\x8b\x08" + bytes(600), "gzip", "Unpack"),
        (b"MSCF" + bytes(600), "cabinet", "Unpack"),
        (b"\x89PNG\r\n\x1a\n" + bytes(600), "picture", "not from a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(600), "picture", "not from a picture"),
        (b"BM\x36\0\0\0" + bytes(600), "picture", "not from a picture"),
        (b"%PDF-1.4\n", "PDF", REGISTRY),
        (b"MZ\x90\0" + bytes(600), "program", REGISTRY),
        (b"TAPE\0\0" + bytes(600), "backup", OBJECTS),
        (b"\x01\x02\x00\x99" * 200, "binary data", REGISTRY),
        (b"", "the file is empty;", REGISTRY),
        (b"\xff\xfe", "byte order mark", REGISTRY),
        (b"\xef\xbb\xbf", "byte order mark", REGISTRY),
        (b"\xef\xbb\xbf \r\n", "blanks", REGISTRY),
        (bytes(1000), "1,000 NUL bytes", REGISTRY),
        (b"[Identification]\nAction=InstallPrimarySite\n", "unattended .ini", OBJECTS),
        (b"Key Name:          SOFTWARE\\Microsoft\\SMS\r\nClass Name:  <NO CLASS>\r\n", "regedt32", REGISTRY),
        (
            b"Version : 786\nPSPath  : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\n",
            "PowerShell",
            REGISTRY,
        ),
        (sqlcmd(), "columns of fixed width, as sqlcmd", '`-W -s ";"`'),
        (sqlcmd().replace(b"\n", b"\r\n"), "columns of fixed width, as sqlcmd", '`-W -s ";"`'),
        (sqlcmd().decode().encode("utf-16"), "columns of fixed width, as sqlcmd", '`-W -s ";"`'),
        (
            b"\nSiteCode ComponentName  Flag\n-------- -------------  ----\nNYC      SMS_LAN_SENDER    6\n",
            "PowerShell for the screen",
            OBJECTS,
        ),
        (b"Sending\x20$$<SMS_LAN_SENDER><Mon Jan 01 10:00:00.000 1998><thread=1>\n", "log file", "diagnose"),
        (b"<!DOCTYPE html><html></html>", "web page", "Invoke-RestMethod"),
        (b'{"error":{"code":"","message":"No HTTP resource"}}', "answered", OBJECTS),
        (b"class SMS_SCI_Component : SMS_SiteControlItem\n{\n};\n", "definition of a class", OBJECTS),
        (b'{"name": "x"}', "JSON", OBJECTS),
        (b'[{"__CLASS": "SMS_R_System", "Name": "PC1"}]', "JSON of SMS_R_System", OBJECTS),
        (b"<?xml version='1.0'?><a/>", "XML", OBJECTS),
        (b"hello\n", "of no format", REGISTRY),
    ],
)
def test_what_is_no_export_is_named_with_what_to_do(data: bytes, what: str, remedy: str) -> None:
    found, to_do = one(data)
    assert (found.rule, found.severity) == ("SMS901", "error")
    assert what in found.message
    assert remedy in to_do
    assert found.why == "Nothing in the file was checked: it says nothing of the site, good or bad."


@pytest.mark.parametrize("text", ["MZ is a code\n", "BM,PK\n", "PK\n", "TAPES\n"])
def test_text_that_begins_like_a_binary_file_is_text(text: str) -> None:
    assert "of no format" in one(text)[0].message


def reg(key: str) -> str:
    return f'REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\{key}]\n"a"="b"\n'


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        (
            reg(r"SOFTWARE\Microsoft\SMS\Client\Configuration"),
            r"client, HKEY_LOCAL_MACHINE\SOFT",
            "site server",
        ),
        (reg(r"SOFTWARE\Microsoft\SMS\Mobile Client"), r"Microsoft\SMS\Mobile Client", "site server"),
        (reg(r"SOFTWARE\Wow6432Node\Microsoft\CCM\CcmExec"), r"Microsoft\CCM\CcmExec", "site server"),
        (reg(r"SOFTWARE\Contoso"), r"SOFTWARE\Contoso", REGISTRY),
        (reg(r"SOFTWARE\Microsoft\SMS\Providers"), "nothing is a setting", "whole key"),
        (
            reg(r"OLD\Microsoft\SMS\Identification"),
            r"below HKEY_LOCAL_MACHINE\OLD",
            r"HKEY_LOCAL_MACHINE\SOFTWARE",
        ),
        ("REGEDIT4\n\n", "no settings", REGISTRY),
        (
            "BEGIN_CLIENT_COMPONENT\n\t<Part>\n\t<1>\nEND_CLIENT_COMPONENT\n",
            "BEGIN_CLIENT_COMPONENT",
            SITE_CONTROL,
        ),
        (as_json([{"__CLASS": "SMS_Collection", "ComponentName": "x"}]), "SMS_Collection", OBJECTS),
        (as_mof([{"Name": "x"}]).replace("SMS_Embedded", "SMS_R_System"), "SMS_R_System", OBJECTS),
        (as_clixml([{"ResourceID": 1, "Name": "x"}]), "objects of another class", OBJECTS),
        (as_clixml([]), "answer without any object", "without a filter"),
        (as_json([sender(name="SMS_SCHEDULER")]), "no sender", OBJECTS),
        (
            '{"@odata.context":"https://p/AdminService/wmi/$metadata#SMS_SCI_Component","value":[]}',
            "without any object of SMS_SCI_Component",
            "without a filter",
        ),
        (as_csv([]), "headings alone", OBJECTS),
    ],
)
def test_an_export_without_settings_says_what_it_holds(text: str, what: str, remedy: str) -> None:
    found, to_do = one(text)
    assert (found.rule, found.severity) == ("SMS902", "warning")
    assert what in found.message
    assert remedy in to_do
    if not text.startswith("REGEDIT4"):
        assert REGISTRY not in found.message + to_do


def test_the_text_report_gives_the_reason_and_the_fix_of_the_case(tmp_path: Path) -> None:
    (tmp_path / "a.reg").write_text(reg(r"SOFTWARE\Microsoft\CCM"))
    out = " ".join(smslint("check", "--isolated", tmp_path / "a.reg").out.split())
    assert "why: A client has no senders and no addresses" in out
    assert "fix: (manual) Export the key of the site server" in out
    assert smslint("patch", "--isolated", "--output-dir", tmp_path, tmp_path / "a.reg").status == 0
    assert [each.name for each in tmp_path.iterdir()] == ["a.reg"]


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        (registry_export({r"Components\SMS_LAN_SENDER": {"Number of Retries": "two"}}), 4, "REG_DWORD"),
        (as_json([sender("five")]), None, "console"),
    ],
)
def test_a_value_of_the_wrong_type_is_mended_where_it_came_from(
    text: str, line: int | None, remedy: str
) -> None:
    found, to_do = one(text)
    assert found.rule == "SMS904"
    assert remedy in to_do
    assert ("REG_DWORD" in to_do) == (line is not None)


def test_a_flattened_class_is_named_once_and_its_command_stands_in_the_fix() -> None:
    lost = "System.Management.ManagementBaseObject"
    addresses = [address(code, UsageSchedule=[lost] * 7) for code in ("BOS", "LON", "PAR")]
    senders = [{**sender(code=code), "Props": [lost]} for code in ("NYC", "BOS")]
    found = findings(as_json([*addresses, *senders]), select="SMS905")
    assert [each.rule for each in found] == ["SMS905"] * 2
    for name, each, of in zip(("SMS_SCI_Component", "SMS_SCI_Address"), found[::-1], (2, 3), strict=True):
        assert re.search(rf" of {of} objects, the first of them .* \({name}\): ", each.message)
        assert each.fix
        assert each.fix.description.startswith("Export again: `Get-CimInstance")
        assert f"-ClassName {name} " in each.fix.description


def test_flattened_text_is_never_shown() -> None:
    text = json.dumps(["@{PropertyName=LAN Login; Value=0; Value1=; Value2=CONTOSO\\svc-lan}"])
    (found,) = findings(text, select="SMS905")
    assert "svc-lan" not in found.message + str(found.excerpt)


CUT = [
    "sms-1.2/healthy.reg",
    "sms-1.2/healthy-regedit4.reg",
    "sms-1.2/sitectrl.ct0",
    "configmgr-2007/site.mof",
    "configmgr-current/addresses.json",
    "configmgr-current/component.clixml.xml",
    "configmgr-current/sql.csv",
]


@pytest.mark.parametrize("name", CUT)
@given(share=st.floats(0.05, 0.999))
@settings(max_examples=15, deadline=None)
def test_a_truncated_file_is_one_finding_without_guesses(name: str, share: float) -> None:
    data = (FIXTURES / name).read_bytes()
    cut = data[: int(len(data) * share)]
    described = codes(cut, ignore="SMS906")
    assert len([code for code in described if code.startswith("SMS9")]) <= 1
    if "SMS903" in described:
        # The version may stand behind the cut, so what is only possible without it may be said.
        known = set(codes(data)) | {"SMS114", "SMS119", "SMS124", "SMS903"}
        assert set(described) <= known


@pytest.mark.parametrize(
    ("data", "display"),
    [
        (f'"{"five " * 20}"', f'REG_SZ that begins "{("five " * 20)[:60]}"; expected a whole number'),
        (f"hex:{','.join(['41'] * 20)}", f"REG_BINARY that begins {','.join(['41'] * 16)}; expected"),
    ],
)
def test_a_long_value_is_said_by_its_beginning(data: str, display: str) -> None:
    key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER"
    text = f'REGEDIT4\n\n[{key}]\n"Number of Retries"={data}\n'
    (found,) = findings(text.encode(), select="SMS904")
    assert display in found.message
    assert "…" not in found.message
