"""``check --fix`` and ``--diff``: only the bytes of the values change, or nothing does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smslint.files.write import replace_file
from smslint.testing import registry_export, report
from tests.running import FIXTURES, smslint

LAN = r"Components\SMS_LAN_SENDER"
KEY = rf"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\{LAN}]"


def reg(*lines: str, header: str = "REGEDIT4", end: str = "\r\n") -> str:
    return end.join([header, "", KEY, *lines, ""])


def fixed(folder: Path, data: bytes, *words: str, status: int = 0) -> bytes:
    file = folder / "nyc.reg"
    file.write_bytes(data)
    assert smslint("check", "--fix", file, *words).status == status
    return file.read_bytes()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"Maximum Concurrent Sendings"=dword:00000000', '"Maximum Concurrent Sendings"=dword:00000005'),
        ('"maximum concurrent SENDINGS" = dword:0 ; why', '"maximum concurrent SENDINGS" = dword:5 ; why'),
        (
            '"Maximum Concurrent Sendings"=hex(4):00,00,00,00',
            '"Maximum Concurrent Sendings"=hex(4):05,00,00,00',
        ),
        ('"Maximum Concurrent Sendings"="0"', '"Maximum Concurrent Sendings"="5"'),
        (
            '"Maximum Concurrent Sendings"=hex(4):00,00,\\\r\n  ; Half\r\n  00,00',
            '"Maximum Concurrent Sendings"=hex(4):05,00,\\\r\n  ; Half\r\n  00,00',
        ),
        ('"Maximum Concurrent Sendings"=hex(4):0,0,0, 0', '"Maximum Concurrent Sendings"=hex(4):5,0,0, 0'),
        (
            '"Maximum Concurrent Sendings"=dword:00000000\r\n"Maximum Concurrent Sendings"=dword:00000000',
            '"Maximum Concurrent Sendings"=dword:00000000\r\n"Maximum Concurrent Sendings"=dword:00000005',
        ),
    ],
)
def test_only_the_value_changes_and_keeps_its_form(before: str, after: str, tmp_path: Path) -> None:
    text = reg("; kept", before, '"Other"=hex:0A,0b')
    got = fixed(tmp_path, text.encode(), "--ignore", "SMS908")
    assert got.decode() == reg("; kept", after, '"Other"=hex:0A,0b')


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-16-le", b"\xff\xfe"), ("cp1252", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp932", b"")],
)
def test_encoding_bom_and_line_ends_stay(encoding: str, bom: bytes, end: str, tmp_path: Path) -> None:
    note = "; 表ソ" if encoding != "cp1252" else "; é"
    header = "REGEDIT4" if encoding in ("cp1252", "cp932") else "Windows Registry Editor Version 5.00"
    before = reg(note, '"Maximum Concurrent Sendings"=dword:00000000', header=header, end=end)
    words = ("--encoding", encoding, "--fail-on", "error") if not bom else ("--fail-on", "error")
    got = fixed(tmp_path, bom + before.encode(encoding), *words)
    assert got == bom + before.replace("dword:00000000", "dword:00000005").encode(encoding)


def test_mode_and_symbolic_link_stay(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real/nyc.reg"
    target.write_text(reg('"Maximum Concurrent Sendings"=dword:00000000'))
    target.chmod(0o640)
    link = tmp_path / "link.reg"
    link.symlink_to(target)
    assert smslint("check", "--fix", link).status == 0
    assert link.is_symlink()
    assert "dword:00000005" in target.read_text()
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["nyc.reg"]


def test_a_read_only_file_is_refused_with_nothing_lost(tmp_path: Path) -> None:
    file = tmp_path / "nyc.reg"
    file.write_text(reg('"Maximum Concurrent Sendings"=dword:00000000'))
    file.chmod(0o444)
    before = file.read_bytes()
    ran = smslint("check", "--fix", file)
    assert ran.status == 2
    assert "read-only" in ran.err
    assert "fixed 0 findings in 0 of 1 file" in ran.err
    assert "SMS101" in ran.out, "what was not written is not reported as cured"
    assert file.read_bytes() == before


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system that is mounted read-only, with one broken export."""
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(mounted)], capture_output=True).returncode:
        pytest.skip("mounting needs root")
    (mounted / "nyc.reg").write_text(reg('"Maximum Concurrent Sendings"=dword:00000000'))
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    yield mounted
    subprocess.run(["umount", str(mounted)], check=True)


def test_a_read_only_folder_is_an_error_with_nothing_lost(read_only: Path) -> None:
    before = (read_only / "nyc.reg").read_bytes()
    ran = smslint("check", "--fix", read_only / "nyc.reg")
    assert ran.status == 2
    assert "not fixed" in ran.err
    assert (read_only / "nyc.reg").read_bytes() == before


def test_a_line_that_somebody_adds_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "nyc.reg"
    file.write_text(reg('"Maximum Concurrent Sendings"=dword:00000000'))
    sync = os.fsync

    def late(handle: int) -> None:
        sync(handle)
        with file.open("a") as other:
            other.write('"Added"="meanwhile"\n')

    monkeypatch.setattr(os, "fsync", late)
    ran = smslint("check", "--fix", file)
    assert ran.status == 2
    assert "nyc.reg: not fixed: somebody changed the file since it was read; run again" in ran.err
    assert "SMS101" in ran.out
    assert file.read_bytes().endswith(b'"Added"="meanwhile"\n')
    assert [path.name for path in tmp_path.iterdir()] == ["nyc.reg"]


SYSTEM_CALLS = ("fsync", "fchmod", "fchown", "chmod", "chown", "replace", "rename", "stat", "access")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    call=st.sampled_from(SYSTEM_CALLS),
    after=st.integers(0, 4),
    error=st.sampled_from([OSError, KeyboardInterrupt]),
)
def test_an_interrupted_fix_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, call: str, after: int, error: type[BaseException]
) -> None:
    file = tmp_path / "x.reg"
    before = reg('"Maximum Concurrent Sendings"=dword:00000000', '"Other"="x"').encode()
    file.write_bytes(before)
    real, left, here = getattr(os, call), after, get_ident()

    def interrupted(*words: Any, **more: Any) -> Any:
        nonlocal left
        left -= get_ident() == here
        if left < 0 and get_ident() == here:
            raise error
        return real(*words, **more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, call, interrupted)
        with suppress(KeyboardInterrupt, OSError):
            replace_file(str(file), before.replace(b"dword:00000000", b"dword:00000005"), was=before)
    assert file.read_bytes() in (before, before.replace(b"dword:00000000", b"dword:00000005"))
    file.unlink()


def test_a_killed_fix_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "x.reg"
    note = f"; {'x' * 1_000_000}"
    before = reg(note, '"Maximum Concurrent Sendings"=dword:00000000').encode()
    seen = set()
    for wait in (0.2, 0.6, 1.0, 1.4):
        file.write_bytes(before)
        run = subprocess.Popen(
            [sys.executable, "-m", "smslint", "check", "--fix", str(file)], stdout=-3, stderr=-3
        )
        try:
            run.wait(wait)
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        seen.add(file.read_bytes())
    assert seen <= {before, before.replace(b"dword:00000000", b"dword:00000005")}


def test_unsafe_fixes_need_their_own_word(tmp_path: Path) -> None:
    zeroed = registry_export({LAN: {"Retry Delay in Minutes": 0}}, version="786").encode()
    assert fixed(tmp_path, zeroed, status=1) == zeroed
    assert b"dword:00000001" in fixed(tmp_path, zeroed, "--unsafe-fixes")


def test_overlapping_fixes_come_to_rest(tmp_path: Path) -> None:
    names = ("Maximum Concurrent Sendings", "Maximum Concurrent Site Sendings", "Number of Retries")
    export = registry_export({LAN: dict.fromkeys((*names, "Retry Delay in Minutes"), 0)}, version="692")
    got = fixed(tmp_path, export.encode(), "--unsafe-fixes").decode()
    assert re.findall(r"dword:0000000(\d)", got) == ["5", "3", "2", "1"]


def test_a_copy_in_the_registry_is_not_edited(tmp_path: Path) -> None:
    export = registry_export({LAN: {"Maximum Concurrent Sendings": 0}}, version="2.00.1493.4000").encode()
    assert fixed(tmp_path, export, status=1) == export
    fix = json.loads(smslint("check", tmp_path / "nyc.reg", "--format", "json").out)["findings"][0]["fix"]
    assert (fix["safety"], fix["edits"]) == ("manual", [])
    assert "only holds a copy" in fix["description"]
    assert any("All Sites" in step for step in fix["steps"])


def test_a_site_control_dump_is_never_edited(tmp_path: Path) -> None:
    text = (FIXTURES / "sms-2.0/sitectrl.ct0").read_bytes()
    broken = text.replace(b"<Concurrent Sending Limit><5><3>", b"<Concurrent Sending Limit><0><3>")
    assert broken != text
    file = tmp_path / "sitectrl.ct0"
    file.write_bytes(broken)
    ran = smslint("check", "--fix", file)
    assert ran.status == 1
    assert "smslint patch" in ran.err
    assert file.read_bytes() == broken


def test_fixing_standard_input_writes_it_to_standard_output() -> None:
    before = reg('"Maximum Concurrent Sendings"=dword:00000000').encode()
    ran = smslint("check", "--fix", "-", stdin=before)
    assert ran.out_bytes == before.replace(b"dword:00000000", b"dword:00000005")
    assert "Nothing found" in ran.err
    assert ran.status == 0


def test_a_diff_shows_the_change_decoded_and_changes_nothing() -> None:
    before = (FIXTURES / "broken.reg").read_bytes()
    ran = smslint("check", "--diff", FIXTURES / "broken.reg")
    assert ran.status == 1
    assert '-"Maximum Concurrent Sendings"=dword:00000000' in ran.out
    assert '+"Maximum Concurrent Sendings"=dword:00000005' in ran.out
    assert (FIXTURES / "broken.reg").read_bytes() == before


def test_a_diff_of_nothing_is_empty() -> None:
    ran = smslint("check", "--diff", FIXTURES / "sms-1.2/healthy.reg")
    assert (ran.status, ran.out) == (0, "")


def test_a_diff_shows_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "x.reg"
    wrapped = ('"Cipher"=hex:de,ad,\\', "  be,ef", '"Service Password"="hunter', 'hunter2"')
    file.write_text(reg(*wrapped, '"Maximum Concurrent Sendings"=dword:00000000'))
    ran = smslint("check", "--diff", file)
    assert not any(secret in ran.out + ran.err for secret in ("hunter", "de,ad", "be,ef"))
    assert '\n-"Maximum' in ran.out


def test_unsafe_fixes_alone_make_no_sense() -> None:
    assert smslint("check", "--unsafe-fixes", FIXTURES / "broken.reg").status == 2


numbers = st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 5, 6, 99, 100, 999, 1000])
forms = st.sampled_from(
    ["dword:{0:x}", "dword:{0:08X}", "dword:{0:08x} ; a", '"{0}"', "hex(4):{1}", "hex(4):{2}"]
)
names = st.sampled_from(
    [
        "Maximum Concurrent Sendings",
        "maximum concurrent site sendings",
        "Number of Retries",
        "Retry Delay in Minutes",
    ]
)


@st.composite
def exports(draw: st.DrawFn) -> bytes:
    end = draw(st.sampled_from(["\r\n", "\n", "\r"]))
    lines = []
    for name, number, form in draw(st.lists(st.tuples(names, numbers, forms), max_size=8)):
        octets = [f"{byte:02X}" for byte in number.to_bytes(4, "little")]
        wrapped = f"{octets[0]},{octets[1]},\\{end}  {octets[2]},{octets[3]}"
        lines.append(f'"{name}"={form.format(number, ",".join(octets), wrapped)}')
        lines += draw(st.lists(st.sampled_from(["", "; é", '"Other"="x"', "junk"]), max_size=2))
    wide = draw(st.booleans())
    header = "Windows Registry Editor Version 5.00" if wide else "REGEDIT4"
    sender = draw(st.sampled_from(["SMS_LAN_SENDER", "SMS_ASYNC_RAS_SENDER"]))
    text = reg(*lines, header=header, end=end).replace("SMS_LAN_SENDER", sender)
    return b"\xff\xfe" + text.encode("utf-16-le") if wide else text.encode("cp1252")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(exports())
def test_fixing_is_idempotent_and_touches_only_what_it_said(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.reg"
    file.write_bytes(data)
    planned = [
        (edit.start, edit.end)
        for finding in report(data).findings
        if finding.fix and finding.fix.safety != "manual"
        for edit in finding.fix.edits
    ]
    smslint("check", "--fix", "--unsafe-fixes", file, "--select", "ALL")
    once = file.read_bytes()
    smslint("check", "--fix", "--unsafe-fixes", file, "--select", "ALL")
    assert file.read_bytes() == once
    assert outside(data, planned, once)
    left = report(once).findings
    assert [each.rule for each in left if each.fix and each.fix.edits] == []
    file.unlink()


def outside(before: bytes, spans: list[tuple[int, int]], after: bytes) -> bool:
    """Whether ``after`` is ``before`` with only the bytes within the spans replaced."""
    pattern, at = b"", 0
    for start, end in sorted(set(spans)):
        pattern += re.escape(before[at:start]) + b".*?"
        at = end
    return re.fullmatch(pattern + re.escape(before[at:]), after, re.DOTALL) is not None
