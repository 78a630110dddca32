"""What ``reg query /s`` prints: read as a registry, patched from, never edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.sources.registry import query
from smslint.testing import codes, findings, report
from tests.running import smslint

SMS = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"
TEXT = rf"""
{SMS}\Setup
    Version    REG_SZ    786

{SMS}\Identification
    (Default)    REG_SZ
    Site Code    REG_SZ    NYC
    Site Server    REG_SZ    NYCSMS01
    Odd  Name    REG_MULTI_SZ    a\0b
    Password    REG_SZ    swordfish
    Key    REG_BINARY    {"0123456789ABCDEF" * 4}
    Link    REG_LINK    x

{SMS}\Components\SMS_LAN_SENDER
    Maximum Concurrent Sendings    REG_DWORD    0x0
    Maximum Concurrent Site Sendings    REG_DWORD    0x3

HKEY_LOCAL_MACHINE\SOFTWARE\Contoso
    Lines    REG_SZ    one
two

End of search: 10 match(es) found.
"""
OLD = "\r\n! REG.EXE VERSION 3.0\r\n" + TEXT.replace("    (Default)", "    <NO NAME>").replace(
    "    REG_", "\tREG_"
).replace("REG_SZ    ", "REG_SZ\t").replace("REG_DWORD    ", "REG_DWORD\t").replace("\n", "\r\n")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
        OLD.encode(),
        b"Querying the registry\r\n" + TEXT.encode(),
        (TEXT + TEXT).encode(),
        TEXT.replace("REG_DWORD", "REG_DWORD (4)").replace("REG_SZ", "REG_SZ (1)").encode(),
    ],
    ids=["plain", "utf-16", "reg.exe 3.0", "below other text", "twice the same", "/z"],
)
def test_it_is_read_as_a_registry_export(data: bytes) -> None:
    found = report(data, select="SMS1,SMS9", ignore="SMS124,SMS119")
    (read,) = found.inputs
    assert (read.format, read.sites, read.senders, read.product_version) == (
        "registry",
        ("NYC",),
        1,
        "SMS 1.2",
    )
    assert [each.rule for each in found.findings] == ["SMS101"]
    assert "swordfish" not in repr(found)
    assert found.findings[0].excerpt is not None
    assert found.findings[0].excerpt.strip().startswith("Maximum Concurrent Sendings")


def test_a_key_of_64_bit_windows_and_a_later_version_are_a_copy() -> None:
    text = TEXT.replace("Version    REG_SZ    786", "Full Version    REG_SZ    2.00.1493.3000")
    (found,) = findings(text, select="SMS101")
    assert found.severity == "warning"
    assert found.fix
    assert found.fix.safety == "manual"


@pytest.mark.parametrize(
    ("line", "code", "severity"),
    [
        ("Maximum Concurrent Sendings    REG_DWORD    0xzz", "SMS901", "error"),
        ("Maximum Concurrent Sendings    REG_DWORD    0x100000000", "SMS901", "error"),
        ("Maximum Concurrent Sendings    REG_DWORD", "SMS901", "error"),
        ("Maximum Concurrent Sendings    REG_SZ    five", "SMS904", "error"),
        ("ERROR: Access is denied.", "SMS901", "warning"),
    ],
)
def test_what_cannot_be_read_is_reported_at_its_line(line: str, code: str, severity: str) -> None:
    text = TEXT.replace("Maximum Concurrent Sendings    REG_DWORD    0x0", line)
    (found,) = findings(text, select="SMS101,SMS9")
    assert (found.rule, found.severity, found.line) == (code, severity, 15)


def test_a_cut_end_is_reported_and_a_changed_value_too() -> None:
    assert codes(TEXT[: TEXT.index("urrent Site Sendings")], select="SMS9") == ["SMS903"]
    assert codes(TEXT + TEXT.replace("0x0", "0x5"), select="SMS908") == ["SMS908"]


def test_patch_works_from_it_and_fix_does_not(tmp_path: Path) -> None:
    file = tmp_path / "nyc.txt"
    file.write_text(TEXT)
    ran = smslint("check", "--isolated", "--fix", file)
    assert ran.status == 1
    assert "smslint patch" in ran.err
    assert "--fix can cure" not in ran.out
    assert file.read_text() == TEXT
    assert smslint("check", "--isolated", "--diff", file).out == ""
    assert smslint("patch", "--isolated", "--output-dir", tmp_path, file).status == 0
    fix, undo = (tmp_path / "nyc.fix.reg").read_text(), (tmp_path / "nyc.undo.reg").read_text()
    assert '"Maximum Concurrent Sendings"=dword:00000005' in fix
    assert '"Maximum Concurrent Sendings"=dword:00000000' in undo
    assert codes(TEXT.replace("0x0", "0x5"), select="SMS101,SMS9") == codes(fix, select="SMS101,SMS9") == []


@pytest.mark.parametrize(
    "text",
    ["REGEDIT4\n\n[" + SMS + "]\n", SMS + '\n"Version"="786"\n', "", "HKEY_LOCAL_MACHINEX\n  a  REG_SZ\n"],
)
def test_other_text_is_not_taken_for_it(text: str) -> None:
    assert not query.recognises(text)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="HKEY_LOCAL\\ REG_SZ\t\n\r0x5\ufeff\0", max_size=60))
def test_no_text_raises(text: str) -> None:
    findings(f"{TEXT}{SMS}\n{text}")


def test_a_line_of_blanks_costs_no_time() -> None:
    assert codes(TEXT + f"{SMS}\n{' ' * 500_000}REG\n", select="SMS901") == ["SMS901"]


def test_a_number_behind_a_control_character_is_no_number() -> None:
    found = findings(TEXT.replace("REG_DWORD    0x0", "REG_DWORD    \x1e 0x0"), select="SMS901")
    assert [each.severity for each in found if "is no REG_DWORD" in each.message] == ["error"]
