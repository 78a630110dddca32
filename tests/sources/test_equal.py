"""The same settings, written in every format, give equal schemas and equal findings."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint import sources
from smslint.report import ReportedFinding
from smslint.schema.sender import Sender
from smslint.testing import registry_export, report
from tests.sources.wmi.dumps import as_clixml, as_csv, as_json, as_mof, prop

LIMITS = {
    "healthy": (5, 3, 2, 1),
    "no capacity": (0, 3, 2, 1),
    "none per site": (5, 0, 2, 1),
    "at the heartbeat": (5, 3, 2, 5),
    "over the heartbeat": (5, 3, 2, 6),
    "no retries": (5, 3, 0, 1),
    "too many sendings": (1000, 3, 2, 1),
    "too many retries": (5, 3, 100, 1),
    "no pause": (5, 3, 2, 0),
    "at the bounds": (999, 998, 99, 5),
}
NAMES = (
    "max_concurrent_sendings",
    "max_concurrent_site_sendings",
    "number_of_retries",
    "retry_delay_minutes",
)
Limits = tuple[int, int, int, int]


def dump(limits: Limits) -> list[dict[str, object]]:
    total, one, retries, delay = limits
    props = [
        prop("Concurrent Sending Limit", 0, str(total), str(one)),
        prop("Number of Retries", retries),
        prop("Retry Delay", delay),
    ]
    return [{"ComponentName": "SMS_LAN_SENDER", "ItemType": "Component", "SiteCode": "NYC", "Props": props}]


def registry(limits: Limits) -> str:
    labels = ("Maximum Concurrent Sendings", "Maximum Concurrent Site Sendings", "Number of Retries")
    values = dict(zip((*labels, "Retry Delay in Minutes"), limits, strict=True))
    return registry_export({"Identification": {"Site Code": "NYC"}, r"Components\SMS_LAN_SENDER": values})


def site_control(limits: Limits) -> str:
    total, one, retries, delay = limits
    return (
        "SITE CONTROL FILE [1493][1.08]\n"
        "BEGIN_SITE_DEFINITION\n <6>\n <NYC>\n <New York>\nEND_SITE_DEFINITION\n"
        "BEGIN_COMPONENT\n <SMS_LAN_SENDER>\n <6>\n <NYCSRV>\n"
        f" PROPERTY <Concurrent Sending Limit><{total}><{one}><0>\n"
        f" PROPERTY <Number of Retries><><><{retries}>\n PROPERTY <Retry Delay><><><{delay}>\nEND_COMPONENT\n"
    )


FORMATS: dict[str, Callable[[Limits], str]] = {
    "registry": registry,
    "sitecontrol": site_control,
    "wmi-json": lambda limits: as_json(dump(limits)),
    "AdminService": lambda limits: json.dumps({"value": dump(limits)}),
    "wmi-clixml": lambda limits: as_clixml(dump(limits)),
    "wmi-mof": lambda limits: as_mof(dump(limits)),
    "wmi-csv": lambda limits: as_csv(dump(limits)),
}


def described(finding: ReportedFinding) -> tuple[object, ...]:
    """What a finding says but for its place, its level (a registry holds a copy) and its fix."""
    return finding.rule, finding.site, finding.component, finding.setting, finding.value, finding.expected


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
def test_every_format_gives_the_same_settings_and_findings(limits: Limits) -> None:
    found = {}
    for name, write in FORMATS.items():
        text = write(limits)
        (sender,) = senders(text)
        assert tuple(getattr(sender, field).value for field in NAMES) == limits, name
        findings = report(text, product_version="2.0sp3", select="SMS1", ignore="SMS124").findings
        found[name] = [described(each) for each in findings]
        lines = text.splitlines()
        for each in findings:
            assert each.line is not None
            assert each.column is not None
            assert each.end_column is not None
            shown = lines[each.line - 1][each.column - 1 : each.end_column - 1]
            assert (f"{each.value:08x}" if name == "registry" else str(each.value)) in shown, name
    if limits == LIMITS["over the heartbeat"]:
        # The table of the SQL views is of 2012 or later, where SMS104 does not hold.
        assert found.pop("wmi-csv") == []
    assert {str(sorted(each, key=str)) for each in found.values()} == {
        str(sorted(found["registry"], key=str))
    }


def senders(text: str) -> tuple[Sender, ...]:
    (site,) = sources.read(text.encode(), "input-1").sites
    return site.senders


numbers = st.sampled_from([0, 1, 2, 3, 5, 6, 99, 100, 999, 1000, 2**32 - 1])
spellings = st.sampled_from(["dword:{0:08x}", "dword:{0:X} ; why", "hex(4):{1}", "hex(4):{2}", '"{0}"'])
letters: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    [str, str.upper, str.lower, str.swapcase, str.title]
)
LABELS = ("Maximum Concurrent Sendings", "Maximum Concurrent Site Sendings", "Number of Retries")


def spelled(number: int, form: str) -> str:
    octets = [f"{byte:02X}" for byte in number.to_bytes(4, "little")]
    return form.format(number, ",".join(octets), f"{octets[0]},\\\n  {','.join(octets[1:])}")


@st.composite
def written(draw: st.DrawFn, limits: Limits) -> bytes:
    """A registry export of these limits, in some order, letter case, spelling, encoding and line end."""
    root = draw(letters)(r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS")
    delay = draw(st.sampled_from(["Retry Delay in Minutes", "Retry Delay"]))
    values = [
        f'"{draw(letters)(label)}"={spelled(number, draw(spellings))}'
        for label, number in zip((*LABELS, delay), limits, strict=True)
    ]
    name = draw(letters)(r"Components\SMS_LAN_SENDER")
    code = draw(st.sampled_from(['"Site Code"', '"SITECODE"', '"site code" ']))
    blocks = [
        f'[{root}\\Identification]\n{code}="NYC"',
        "\n".join([f"[{root}\\{name}]", *draw(st.permutations(values))]),
    ]
    wide = draw(st.booleans())
    header = "Windows Registry Editor Version 5.00" if wide else "REGEDIT4"
    text = "\n\n".join([header, *draw(st.permutations(blocks)), ""])
    text = text.replace("\n", draw(st.sampled_from(["\r\n", "\n", "\r"])))
    if not wide:
        return text.encode("cp1252")
    return draw(st.sampled_from([text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode(), text.encode()]))


def output(export: str | bytes, *ignored: str) -> set[tuple[object, ...]]:
    """What is found, the component's letter case left out."""
    ignore = ("SMS124", *ignored)
    found = report(export, product_version="2.0sp3", select="SMS1", ignore=ignore).findings
    return {
        (each.fingerprint, (each.component or "").upper(), *described(each)[:2], *described(each)[3:])
        for each in found
    }


@settings(max_examples=60, deadline=None)
@given(
    data=st.data(),
    limits=st.tuples(numbers, numbers, numbers, numbers),
    form=st.sampled_from(sorted(FORMATS)),
)
def test_equal_settings_give_equal_findings(data: st.DataObject, limits: Limits, form: str) -> None:
    # The table of the SQL views is of 2012 or later: SMS104 does not hold there, nor keep SMS108 silent.
    ignored = ("SMS104", "SMS108") if form == "wmi-csv" else ()
    assert output(data.draw(written(limits)), *ignored) == output(FORMATS[form](limits), *ignored)
