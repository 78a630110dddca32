"""`smslint diagnose`: logs in, what they mean and where to look out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smslint.checks import BUILTIN
from smslint.logs.findings import steps_of
from smslint.logs.signatures import SIGNATURES
from smslint.reports import FORMATS
from tests.logs.logfiles import (
    HEARTBEAT,
    LOCKED,
    NO_CAPACITY,
    NOT_RE_ESTABLISHED,
    OTHERS,
    Line,
    f1,
    f2,
    f3,
    f4,
    log,
)
from tests.running import FIXTURES, Ran, smslint

BROKEN_LOG = log(f2, [OTHERS[0], HEARTBEAT, *OTHERS, NOT_RE_ESTABLISHED, LOCKED, Line(NO_CAPACITY)])
REG = r"""Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
"Maximum Concurrent Sendings"=dword:{:08x}
"Maximum Concurrent Site Sendings"=dword:{:08x}
"Retry Delay in Minutes"=dword:{:08x}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diagnose(*words: str | Path, stdin: bytes = b"") -> Ran:
    return smslint("diagnose", *words, "--isolated", stdin=stdin)


def found(ran: Ran) -> list[tuple[str, str, str]]:
    return [(each["rule"], each["severity"], each["signature"]) for each in ran.json["findings"]]


def test_a_log_leads_to_its_settings(here: Path) -> None:
    Path("sender.log").write_text(BROKEN_LOG)
    ran = diagnose("sender.log", "--format", "json")
    assert ran.status == 1
    assert found(ran) == [
        ("SMS104", "error", "retry-after-heartbeat"),
        ("SMS101", "error", "no-sending-capacity"),
    ]
    first, second = ran.json["findings"]
    assert (first["path"], first["line"], first["component"]) == ("sender.log", 2, "SMS_LAN_SENDER")
    assert "a later thread found the remote file locked" in first["message"]
    assert "from 1999-11-26 10:43:44 to 10:43:45 Eastern Standard Time" in first["message"]
    assert second["reference"] == "Q163379"
    (read,) = ran.json["inputs"]
    assert (read["path"], read["format"], read["encoding"]) == ("sender.log", "log", "utf-8")
    (described,) = ran.json["logs"]
    assert described["components"] == ["SMS_DESPOOLER", "SMS_LAN_SENDER"]


def test_the_logs_to_try() -> None:
    """As fixtures/README.md tells of them."""
    for name, codes in {
        "sms-1.2-lansend.log": ["SMS101"],
        "sms-2.0-sender.log": ["SMS104", "SMS203"],
        "configmgr-current-sender.log": [],
    }.items():
        ran = diagnose(FIXTURES / "logs" / name, "--format", "json")
        assert [rule for rule, *_ in found(ran)] == codes


def test_other_commands_do_not_load_what_reads_logs() -> None:
    words = "import sys, smslint.cli; sys.exit(any(name.startswith('smslint.logs') for name in sys.modules))"
    subprocess.run([sys.executable, "-c", words], check=True)


def test_the_same_lines_from_standard_input() -> None:
    ran = diagnose("-", "--format", "json", stdin=BROKEN_LOG.encode("utf-16"))
    assert [rule for rule, *_ in found(ran)] == ["SMS104", "SMS101"]
    assert ran.json["inputs"][0]["encoding"] == "utf-16-le"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_check(here: Path, name: str) -> None:
    Path("sender.log").write_text(BROKEN_LOG)
    ran = diagnose("sender.log", "--format", name)
    assert ran.status == 1
    assert "SMS104" in ran.out
    assert "SMS101" in ran.out
    ran = diagnose("sender.log", "--output", f"{name}:report")
    assert "SMS104" in Path("report").read_text("utf-8")


def test_exit_status(here: Path) -> None:
    Path("sender.log").write_text(BROKEN_LOG)
    Path("healthy.log").write_text(log(f2, OTHERS))
    assert diagnose("healthy.log").status == 0
    assert diagnose("sender.log", "--exit-zero").status == 0
    assert diagnose("sender.log", "missing.log").status == 2
    assert diagnose("sender.log", "--select", "SMS9999").status == 2
    Path("full.log").write_text(log(f3, [Line("Checking for sending capacity. Used 5 out of 5.")] * 10))
    assert diagnose("full.log").status == 0
    assert diagnose("full.log", "--fail-on", "info").status == 1


def test_what_is_no_log_is_not_taken_for_a_healthy_one(here: Path) -> None:
    Path("nyc.reg").write_text(REG.format(5, 3, 1))
    Path("empty.log").write_bytes(b"")
    ran = diagnose("nyc.reg", "empty.log", "--format", "json")
    assert ran.status == 1
    assert [(each["path"], each["rule"], each["severity"]) for each in ran.json["findings"]] == [
        ("empty.log", "SMS901", "warning"),
        ("nyc.reg", "SMS901", "warning"),
    ]
    assert "smslint check" in ran.json["findings"][1]["fix"]["description"]
    # Of a folder it is said only where none of its logs holds anything.
    Path("logs").mkdir()
    Path("logs/empty.log").write_bytes(b"")
    assert diagnose("logs").status == 1
    Path("logs/healthy.log").write_text(log(f2, OTHERS))
    assert diagnose("logs").status == 0


def test_a_folder_means_its_logs(here: Path) -> None:
    Path("logs").mkdir()
    Path("logs/Sender.LO_").write_text(log(f2, [HEARTBEAT]))
    Path("logs/Sender.log").write_text(log(f2, [NOT_RE_ESTABLISHED]))
    Path("logs/notes.txt").write_text(NO_CAPACITY)
    assert found(diagnose("logs", "--format", "json")) == [("SMS104", "error", "retry-after-heartbeat")]
    Path("empty").mkdir()
    ran = diagnose("empty")
    assert ran.status == 2
    assert "holds no log" in ran.err


def test_a_log_that_cannot_be_read_is_said_and_the_others_are_read(here: Path) -> None:
    Path("sender.log").write_text(BROKEN_LOG)
    if sys.platform == "win32":
        pytest.skip("no pipes in folders there")
    os.mkfifo("pipe.log")
    ran = diagnose("sender.log", "pipe.log", "--format", "json")
    assert ran.status == 2
    assert "pipe.log" in ran.err
    assert len(ran.json["findings"]) == 2


def test_the_summary_says_what_was_read_and_what_cannot_be_seen(here: Path) -> None:
    Path("sender.log").write_text(log(f3, [*OTHERS, Line("Checking for sending capacity. Used 1 out of 5.")]))
    out = diagnose("sender.log").out
    assert "Nothing found." in out
    assert "SMS_DESPOOLER, SMS_LAN_SENDER" in out
    assert "1999-11-26 15:43:41 UTC" in out
    assert "5 sendings" in out
    assert "SMS119" in out
    assert diagnose("sender.log", "--quiet").out == ""


def test_the_page_says_what_was_read_and_what_cannot_be_seen(here: Path) -> None:
    lines = [
        *OTHERS,
        Line("Checking for sending capacity. Used 1 out of 5.", component="SMS_RAS_SENDER"),
        Line("Found send request.  ID: 1, Dest Site: NYC"),
        Line("Sending completed successfully"),
    ]
    Path("send&er.log").write_text(log(f4, lines))
    page = diagnose("send&er.log", "--format", "html").out
    part = page[page.index('<section id="logs"') :]
    part = part[: part.index("</section>")]
    assert "send&amp;er.log: 6 records (Configuration Manager client log)" in part
    assert "SMS_RAS_SENDER: 5 sendings since 1999-11-26 05:13:41 UTC, reached in 0 of 1 check" in part
    assert "site NYC: 1999-11-26 05:13:41 UTC" in part
    assert "smslint explain SMS119" in part
    assert '<a href="#logs">Logs</a>' in page
    Path("nyc.reg").write_text(REG.format(5, 3, 1))
    assert 'id="logs"' not in smslint("check", "nyc.reg", "--format", "html", "--isolated").out


def test_every_fix_has_steps() -> None:
    """As every manual cure has; what there is no first step for leaves it to the rule."""
    for signature in SIGNATURES:
        for step in steps_of(signature):
            assert re.fullmatch(r"[A-Z]\S* .*[^.]\.", step), step


# With the exports of the site.


def test_a_symptom_and_its_setting_are_one_finding(here: Path) -> None:
    Path("sender.log").write_text(log(f1, [Line(NO_CAPACITY)]))
    Path("nyc.reg").write_text(REG.format(0, 0, 1))
    ran = diagnose("sender.log", "--with", "nyc.reg", "--format", "json")
    (finding,) = ran.json["findings"]
    assert (finding["rule"], finding["path"]) == ("SMS101", "sender.log")
    related = [(each["path"], each["line"]) for each in finding["related"]]
    assert related == [("nyc.reg", 4), ("nyc.reg", 5)]
    assert finding["fix"]["safety"] == "safe"
    assert finding["fix"]["changes"][0]["to"] == 5
    assert finding["fix"]["edits"] == [], "they would be edits of another file"
    assert "smslint patch nyc.reg" in finding["fix"]["description"]
    assert [each["path"] for each in ran.json["inputs"]] == ["sender.log", "nyc.reg"]


def test_a_setting_that_is_healthy_in_the_export_is_said(here: Path) -> None:
    Path("sender.log").write_text(log(f1, [Line(NO_CAPACITY)]))
    Path("nyc.reg").write_text(REG.format(5, 3, 1))
    (finding,) = diagnose("sender.log", "--with", "nyc.reg", "--format", "json").json["findings"]
    assert "in the export that setting is healthy" in finding["message"]
    assert "Maximum Concurrent Sendings is 5 here" in finding["related"][0]["message"]


def test_a_limit_in_the_log_that_contradicts_the_export_is_said(here: Path) -> None:
    Path("sender.log").write_text(log(f1, [Line("Checking for sending capacity. Used 1 out of 5.")]))
    Path("nyc.reg").write_text(REG.format(7, 3, 1))
    ran = diagnose("sender.log", "--with", "nyc.reg", "--format", "json")
    assert ran.status == 0
    (finding,) = ran.json["findings"]
    assert (finding["rule"], finding["severity"]) == ("SMS719", "info")
    assert "goes by 5, while Maximum Concurrent Sendings in the export is 7" in finding["message"]
    Path("nyc.reg").write_text(REG.format(5, 3, 1))
    assert not diagnose("sender.log", "--with", "nyc.reg", "--format", "json").json["findings"]


def test_an_address_that_the_log_complains_of(here: Path) -> None:
    line = Line(
        "Cannot connect to server BOSTON at remote site N02, won't try send requests going to site N02"
    )
    Path("sender.log").write_text(log(f1, [line]))
    exports = FIXTURES / "hierarchy" / "NOR.json"
    (finding,) = diagnose("sender.log", "--with", exports, "--format", "json").json["findings"]
    assert finding["rule"] == "SMS203"
    assert finding["related"]
    assert all("Destination server" in each["message"] for each in finding["related"])


def test_an_export_that_is_none_is_said(here: Path) -> None:
    Path("sender.log").write_text(log(f1, OTHERS))
    Path("nyc.reg").write_text("nothing of that kind")
    ran = diagnose("sender.log", "--with", "nyc.reg", "--format", "json")
    assert [(each["rule"], each["path"]) for each in ran.json["findings"]] == [("SMS901", "nyc.reg")]
    assert diagnose("sender.log", "--with", "missing.reg").status == 2


# As any other rule.


def test_selecting_and_ignoring(here: Path) -> None:
    Path("sender.log").write_text(
        log(f2, [HEARTBEAT, NOT_RE_ESTABLISHED, LOCKED]) + log(f2, [Line(NO_CAPACITY)])
    )
    Path("disk.log").write_text(log(f1, [Line("Error, trying to write beyond the end of the file.")]))
    assert [rule for rule, *_ in found(diagnose("sender.log", "--ignore", "SMS101", "--format", "json"))] == [
        "SMS104"
    ]
    assert [rule for rule, *_ in found(diagnose("sender.log", "--select", "SMS101", "--format", "json"))] == [
        "SMS101"
    ]
    assert [rule for rule, *_ in found(diagnose("disk.log", "--format", "json"))] == ["SMS124"], (
        "off by default for exports, where it could only be guessed"
    )
    assert not found(diagnose("disk.log", "--ignore", "SMS124", "--format", "json"))
    Path("smslint.toml").write_text(
        '[severity]\nSMS701 = "error"\n[[ignores]]\nrule = "SMS101"\nreason = "known"\n'
    )
    Path("locked.log").write_text(log(f2, [LOCKED, Line(NO_CAPACITY)]))
    ran = smslint("diagnose", "locked.log", "--format", "json")
    assert found(ran) == [("SMS701", "error", "remote-file-in-use")]
    assert [each["rule"] for each in ran.json["suppressed"]] == ["SMS101"]


def test_a_baseline_knows_a_symptom_by_its_destination_not_its_line(here: Path) -> None:
    seeds = [Line(f"There is no longer an address to destination site {site}") for site in ("GRA", "BOS")]
    Path("sender.log").write_text(log(f2, seeds[:1]))
    diagnose("sender.log", "--write-baseline", "known.json")
    later = [OTHERS[0], *(line._replace(seconds=99, thread=5) for line in reversed(seeds))]
    Path("sender.log").write_text(log(f2, later))
    ran = diagnose("sender.log", "--baseline", "known.json", "--format", "json")
    (finding,) = ran.json["findings"]
    assert "to site BOS" in finding["message"]


def test_a_fingerprint_stays_when_lines_move(here: Path) -> None:
    def fingerprints(lines: list[Line]) -> set[str]:
        Path("sender.log").write_text(log(f2, lines))
        return {each["fingerprint"] for each in diagnose("sender.log", "--format", "json").json["findings"]}

    seed = Line(NO_CAPACITY)
    assert fingerprints([seed]) == fingerprints([*OTHERS, seed._replace(seconds=9, thread=3), seed])


def test_a_defect_that_the_form_of_the_line_rules_out_is_information(here: Path) -> None:
    for write, severity in ((f2, "error"), (f1, "info"), (f3, "info")):
        Path("sender.log").write_text(log(write, [HEARTBEAT, NOT_RE_ESTABLISHED]))
        (finding,) = diagnose("sender.log", "--format", "json").json["findings"]
        assert (finding["rule"], finding["severity"]) == ("SMS104", severity)
        assert ("documented for SMS 2.0 RTM to SP3" in finding["message"]) == (severity == "info")


def test_what_no_source_proves_is_information_at_most(here: Path) -> None:
    unreachable = "Cannot connect to server BOSTON at remote site BOS, won't try send requests"
    Path("sender.log").write_text(log(f3, [Line(unreachable)]))
    (finding,) = diagnose("sender.log", "--format", "json").json["findings"]
    assert finding["severity"] == "info"
    unknown = [each for each in SIGNATURES if set(each.generations.values()) == {"unknown"}]
    assert all(each.severity == "info" for each in unknown if each.is_finding)


def test_explain_links_rules_and_signatures() -> None:
    assert "retry-after-heartbeat" in smslint("explain", "SMS104", "--isolated").out
    described = smslint("explain", "retry-after-heartbeat", "--isolated").out
    assert "SMS104" in described
    assert "Can't re-establish the connection" in described
    assert (
        "Signatures" not in smslint("explain", "SMS301", "--isolated").out.split("reserved-site-code")[0][-1:]
    )


def test_every_symptom_has_a_signature() -> None:
    described = {each.code for each in SIGNATURES} | {"SMS702", "SMS703", "SMS719"}
    assert {rule.code for rule in BUILTIN if rule.code.startswith("SMS7")} <= described


def test_a_log_that_was_not_all_put_together_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smslint.logs.reader.LOG_STEPS", 100)
    Path("sender.log").write_text("<![LOG[\n" * 99 + log(f3, [Line(NO_CAPACITY)]))
    ran = diagnose("sender.log", "--format", "json")
    assert [each[:2] for each in found(ran)] == [("SMS901", "warning"), ("SMS101", "error")]
    assert "only whole records were read" in ran.json["findings"][0]["message"]
    assert [each[0] for each in found(diagnose("sender.log", "--ignore", "SMS901", "--format", "json"))] == [
        "SMS101"
    ]


# Hostile lines.

HOSTILE = "\x1b[31m::error::##vso[task] <script>alert(1)</script> =cmd|'/C calc'!A0 \u202e | `x` ]]> & \""


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_is_escaped_for_its_target(here: Path, name: str) -> None:
    line = f"Package source {HOSTILE} doesn't exist or we failed to access it, Win32 Error = 5"
    Path("sched.log").write_text(log(f2, [Line(line, "SMS_SCHEDULER")]), "utf-8")
    out = diagnose("sched.log", "--format", name, "--color", "never").out
    assert "SMS708" in out
    assert "\x1b" not in out
    assert name not in ("html", "markdown") or "<script>alert" not in out
    assert not any(each.startswith(("::error::##", "##vso[task]")) for each in out.splitlines())


@pytest.mark.parametrize("name", FORMATS)
def test_account_names_are_hidden(here: Path, name: str) -> None:
    line = r"Package source FABRIKAM\smssvc doesn't exist or we failed to access it, Win32 Error = 5"
    Path("sched.log").write_text(log(f2, [Line(line, "SMS_SCHEDULER")]))
    out = diagnose("sched.log", "--format", name).out
    assert "SMS708" in out
    assert "smssvc" not in out
    assert "FABRIKAM" not in out


@given(st.binary(max_size=300))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_end_in_a_report(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.log"
    path.write_bytes(data)
    ran = diagnose(path, "--format", "json")
    assert ran.status in (0, 1)
    json.loads(ran.out)
