"""``text``: the gravest first, equal findings together, links where there are any, and the next step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smslint.checks import BUILTIN
from smslint.cli.explain import rule_page
from smslint.reports import renderer
from smslint.reports.prose import rendered
from smslint.reports.style import Style, columns
from tests.reports.cases import REPORTS
from tests.running import FIXTURES, smslint

SENDER = """REGEDIT4

[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Components\\SMS_LAN_SENDER]
"Maximum Concurrent Sendings"=dword:00000000

[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Identification]
"Site Code"="{}"
"""


def exports(folder: Path, *codes: str) -> Path:
    for code in codes:
        (folder / f"{code}.reg").write_text(SENDER.format(code), "ascii")
    return folder


def test_the_gravest_come_first() -> None:
    out = smslint("check", FIXTURES / "hierarchy-broken").out
    levels = re.findall(r"^(error|warning|info) SMS", out, re.M)
    assert levels == sorted(levels, key=["error", "warning", "info"].index)
    assert len(set(levels)) == 3


def test_what_three_sites_have_in_common_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exports(tmp_path, "BOS", "LON", "NYC"))
    out = smslint("check", ".", "--select", "SMS101").out
    assert out.count("SMS101:") == 1
    assert " --> BOS.reg:4:31 (site BOS)\n" in out
    assert "   same: LON.reg:4:31 (site LON)\n         NYC.reg:4:31 (site NYC)\n" in out
    assert "3 errors in 3 files" in out


@pytest.mark.parametrize(
    ("codes", "command"),
    [
        (("BOS",), "smslint patch x/BOS.reg"),
        (("BOS", "LON"), "smslint patch x/BOS.reg x/LON.reg"),
        (("BOS", "LON", "NYC", "PAR"), "smslint patch x"),
    ],
)
def test_the_next_step_is_a_command_that_works(
    codes: tuple[str, ...], command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").mkdir()
    exports(tmp_path / "x", *codes)
    monkeypatch.chdir(tmp_path)
    out = smslint("check", "x").out
    assert f"\nNext         {command}\n" in out
    assert smslint(*command.split()[1:]).status == 0
    assert sorted(path.name for path in (tmp_path / "x").glob("*.fix.reg")) == [
        f"{code}.fix.reg" for code in codes
    ]


def test_articles_are_links_where_the_terminal_has_links() -> None:
    link = "\x1b]8;;https://jeffpar.github.io/kbarchive/kb/163/Q163379/\x1b\\Q163379\x1b]8;;\x1b\\"
    lines = list(renderer("text")(REPORTS["many"], Style(links=True)))
    plain = list(renderer("text")(REPORTS["many"], Style()))
    assert any(f"see:  {link}; smslint explain SMS101" in line for line in lines)
    assert [line.replace(link, "Q163379") for line in lines] == plain
    assert any(
        link in line
        for line in rendered(
            "See [Q163379](https://jeffpar.github.io/kbarchive/kb/163/Q163379/).", Style(links=True)
        )
    )


@pytest.mark.parametrize("width", [80, 120])
def test_prose_keeps_to_the_width(width: int) -> None:
    for line in renderer("text")(REPORTS["many"], Style(width=width)):
        assert columns(line) <= width


def test_explain_is_wrapped_at_80_columns_and_coloured() -> None:
    for rule in BUILTIN:
        prose = re.sub(r"^```.*?^```$", "", rule_page(rule), flags=re.M | re.S)
        long = [line for line in rendered(prose, Style(width=120)) if len(line) > 80]
        assert [line for line in long if " " in line.strip("- ")] == []
    painted = smslint("explain", "SMS101", "--color", "always", "--isolated").out
    assert "\x1b[1mWhy it is bad\x1b[0m" in painted


def test_a_diff_is_coloured() -> None:
    out = smslint("check", FIXTURES / "broken.reg", "--diff", "--color", "always").out
    assert '\x1b[1;31m-"Maximum Concurrent Sendings"=dword:00000000\x1b[0m' in out
    assert '\x1b[32m+"Maximum Concurrent Sendings"=dword:00000005\x1b[0m' in out


def test_one_is_singular() -> None:
    out = smslint("show", FIXTURES / "sms-1.2" / "healthy.reg").out
    assert re.search(r"Retry Delay in Minutes +1 minute\n", out)
    assert re.search(r"Number of Retries +5 retries\n", out)
