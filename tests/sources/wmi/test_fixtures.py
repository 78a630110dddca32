"""The dumps in fixtures/: the healthy ones read whole, the broken ones never as if they were clean."""

from __future__ import annotations

import pytest

from smslint.schema.schedule import Usage
from smslint.schema.version import ProductVersion
from smslint.sources.unchecked import input_not_checked
from tests.sources.wmi.dumps import FIXTURES, kinds, only, read_file, written

HEALTHY = {
    "configmgr-current/adminservice.json": "wmi-json",
    "configmgr-current/get-cmsitecomponent.json": "wmi-json",
    "configmgr-current/cim-utf16.json": "wmi-json",
    "configmgr-current/component.clixml.xml": "wmi-clixml",
    "configmgr-current/component.mof": "wmi-mof",
    "configmgr-current/sql.csv": "wmi-csv",
    "configmgr-2007/site.mof": "wmi-mof",
}


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_dump_is_read_whole(name: str) -> None:
    export = read_file(FIXTURES / name)
    assert export.format == HEALTHY[name]
    assert export.defects == ()
    (site,) = export.sites
    sender = site.senders[0]
    assert (site.code, sender.name) == ("NYC", "SMS_LAN_SENDER")
    assert sender.max_concurrent_sendings.value == 5
    assert sender.max_concurrent_site_sendings.value == 3
    assert sender.number_of_retries.value == 2
    assert sender.retry_delay_minutes.value == 1
    assert "sender settings" in site.holds


@pytest.mark.parametrize("name", HEALTHY)
def test_every_value_is_pointed_at_exactly(name: str) -> None:
    path = FIXTURES / name
    export = read_file(path)
    lines = path.read_bytes().decode(export.encoding or "").removeprefix("\ufeff").splitlines()
    sender = export.sites[0].senders[0]
    for setting in (
        sender.max_concurrent_sendings,
        sender.max_concurrent_site_sendings,
        sender.number_of_retries,
        sender.retry_delay_minutes,
    ):
        assert setting.span
        stands = written(path.read_bytes(), export, setting.span)
        assert stands.strip('"') == str(setting.value)
        assert lines[setting.span.line - 1][setting.span.column - 1 : setting.span.end_column - 1] == stands


def test_addresses_are_read_with_their_schedules() -> None:
    export = read_file(FIXTURES / "configmgr-current/addresses.json")
    (site,) = export.sites
    assert kinds(export) == []
    assert site.holds == {"addresses", "schedules"}
    assert site.destinations() == {"BOS", "CHI"}
    first = site.addresses[0]
    assert (first.server.value, first.share.value) == ("BOSSRV", "SMS_Site")
    assert first.schedule.value
    assert first.schedule.value.always(Usage.ALL)
    assert len(first.schedule.value.backup) == 168
    assert first.rate_limits.value
    assert first.rate_limits.value.unlimited
    assert first.pulse_mode.value
    assert not first.pulse_mode.value.enabled
    assert first.has_account is False
    assert any(each.what == "sender settings" for each in input_not_checked(export))


def test_a_dump_of_several_classes_is_one_site() -> None:
    (site,) = read_file(FIXTURES / "configmgr-2007/site.mof").sites
    assert (site.code, site.parent_code, site.server) == ("NYC", "", "NYCSRV")
    assert [sender.family for sender in site.senders] == ["LAN", "RAS"]
    assert site.holds == {"sender settings", "installed senders", "addresses", "schedules", "identity"}
    assert site.product == ProductVersion.between("2.0rtm", "2007sp2")


@pytest.mark.parametrize(
    "name",
    [
        "depth-cut-convertto-json.json",
        "depth-cut-get-wmiobject.json",
        "depth-cut-usage-schedule.json",
        "depth-cut.clixml.xml",
        "export-csv.csv",
        "format-list.txt",
    ],
)
def test_a_dump_that_lost_its_inner_objects_says_so(name: str) -> None:
    export = read_file(FIXTURES / "malformed" / name)
    lost = only(export, "values-lost")
    assert lost.costly
    assert lost.span
    assert "-Depth 5" in lost.remedy
    for site in export.sites:
        assert "sender settings" not in site.holds
        assert "schedules" not in site.holds


def test_entities_are_refused() -> None:
    export = read_file(FIXTURES / "malformed/entities.clixml.xml")
    assert kinds(export) == ["malformed"]
    assert export.defects[0].costly
    assert export.sites == ()


def test_a_cut_file_is_truncated() -> None:
    export = read_file(FIXTURES / "malformed/truncated.json")
    assert kinds(export) == ["truncated"]
    assert export.sites == ()
