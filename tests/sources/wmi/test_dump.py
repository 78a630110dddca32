"""What WMI objects mean, in whichever syntax: sites, versions, losses, secrets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from smslint.schema.schedule import Usage
from smslint.schema.version import SMS_2_AND_LATER, ProductVersion
from smslint.sources.wmi import csv as wmi_csv
from smslint.sources.wmi import json as wmi_json
from smslint.sources.wmi import listing as wmi_listing
from smslint.sources.wmi import mof as wmi_mof
from smslint.testing import codes
from tests.sources.wmi.dumps import address, as_clixml, as_json, as_mof, kinds, only, prop, read, sender

CONTROL_FILE = (
    "SITE CONTROL FILE [6487][4.00]\r\n\r\nBEGIN_COMPONENT\r\n\t<SMS_LAN_SENDER>\r\n\t<6>\r\n\t<NYCSRV>\r\n"
    "\tPROPERTY <Concurrent Sending Limit><0><3><0>\r\nEND_COMPONENT\r\n"
)


def test_each_site_code_is_a_site() -> None:
    export = read(
        wmi_json, as_json([sender(), sender("0", code="bos"), sender(code="Bos"), sender(code=None)])
    )
    assert [(site.code, len(site.senders)) for site in export.sites] == [("NYC", 1), ("Bos", 2), (None, 1)]
    assert export.sites[1].senders[0].max_concurrent_sendings.value == 0
    assert export.sites[2].identifications == ()
    assert all(setting.authoritative for each in export.sites for setting in each.senders[0].settings())


def test_names_are_compared_without_case() -> None:
    text = as_json([sender("7")]).upper().replace("NULL", "null")
    (site,) = read(wmi_json, text).sites
    assert site.senders[0].max_concurrent_sendings.value == 7


def test_other_components_are_no_senders_but_show_the_dump_is_whole() -> None:
    export = read(
        wmi_json, as_json([sender(), sender(name="SMS_SCHEDULER"), sender(name="SMS_COURIER_SENDER")])
    )
    (site,) = export.sites
    assert [each.name for each in site.senders] == ["SMS_LAN_SENDER"]
    assert "installed senders" in site.holds
    assert "installed senders" not in read(wmi_json, as_json([sender()])).sites[0].holds


@pytest.mark.parametrize("value", [None, "", " ", "null-string"])
def test_null_is_unset_and_not_zero(value: str | None) -> None:
    fields = sender(value)
    if value == "null-string":
        del fields["Props"][0]["Value1"]
    export = read(wmi_json, as_json([fields]))
    assert export.defects == ()
    assert export.sites[0].senders[0].max_concurrent_sendings.raw is None


@pytest.mark.parametrize("value", ["five", "5.0", "1_000", 5.5, True, [5], {"a": 5}, "9" * 30, 10**500])
def test_what_is_no_number_is_a_wrong_type_and_hides_nothing(value: object) -> None:
    export = read(wmi_json, as_json([sender(value, "9")]))
    defect = only(export, "wrong-type")
    assert (defect.setting, defect.component) == ("max_concurrent_sendings", "SMS_LAN_SENDER")
    assert export.sites[0].senders[0].max_concurrent_sendings.raw is None
    assert export.sites[0].senders[0].max_concurrent_site_sendings.value == 9


def test_numbers_may_be_numbers_or_digits() -> None:
    (site,) = read(wmi_json, as_json([sender(0, "12")])).sites
    assert site.senders[0].max_concurrent_sendings.value == 0
    assert site.senders[0].max_concurrent_site_sendings.value == 12


def test_a_property_set_twice_is_reported_and_the_last_holds() -> None:
    fields = sender()
    fields["Props"].append(prop("Concurrent Sending Limit", 0, "9", "9"))
    export = read(wmi_json, as_json([fields]))
    defect = only(export, "set-twice")
    assert defect.span
    assert defect.related[0][0].line < defect.span.line
    assert export.sites[0].senders[0].max_concurrent_sendings.value == 9


@pytest.mark.parametrize(
    "props",
    [
        ["System.Management.ManagementBaseObject"],
        "System.Object[]",
        "@{PropertyName=Retry Delay; Value=0}",
        ["SMS_EmbeddedProperty", prop("Retry Delay", 1)],
        [{}],
        [["x"]],
    ],
)
def test_flattened_properties_are_lost(props: object) -> None:
    export = read(wmi_json, as_json([{**sender(), "Props": props}]))
    lost = only(export, "values-lost")
    assert lost.component == "SMS_LAN_SENDER"
    assert r"root\SMS\site_NYC" in lost.remedy
    assert "sender settings" not in export.sites[0].holds


def test_a_sender_without_its_properties_is_never_clean() -> None:
    fields = sender()
    del fields["Props"]
    assert kinds(read(wmi_json, as_json([fields]))) == ["values-lost"]
    # MOF text leaves out what is null.
    assert kinds(read(wmi_mof, as_mof([fields]))) == []


def test_a_sender_without_its_properties_is_no_sender_with_none_set() -> None:
    """What Get-CimInstance -Property leaves out is null."""
    export = read(wmi_json, as_json([{**sender(), "Props": None}]))
    assert export.defects == ()
    assert "sender settings" not in export.sites[0].holds
    assert "sender settings" not in read(wmi_mof, as_mof([{**sender(), "Props": None}])).sites[0].holds
    assert "sender settings" in read(wmi_json, as_json([{**sender(), "Props": []}])).sites[0].holds


@pytest.mark.parametrize("write", [as_json, as_clixml, as_mof])
def test_blanks_around_a_number_in_text_are_allowed(write: Callable[[list[dict[str, Any]]], str]) -> None:
    fields = sender(" 0 ")
    assert codes(write([fields]), select="SMS1,SMS9") == ["SMS101"]
    fields["Props"][0]["Value1"] = "0 0"
    assert codes(write([fields]), select="SMS1,SMS9") == ["SMS904"]


@pytest.mark.parametrize("props", [[], None, {"value": [], "Count": 0}])
def test_a_sender_of_no_properties_has_none_set(props: object) -> None:
    export = read(wmi_json, as_json([{**sender(), "Props": props}]))
    assert export.defects == ()
    assert all(setting.raw is None for setting in list(export.sites[0].senders[0].settings())[:4])


@pytest.mark.parametrize(
    "shape", [lambda p: p[0], lambda p: {"value": p, "Count": 1}, lambda p: {"value": p}]
)
def test_lists_come_in_the_shapes_powershell_gives_them(shape: Any) -> None:
    fields = {**sender(), "Props": shape([prop("Retry Delay", 45)])}
    for text in (as_json([fields]), json.dumps(fields), json.dumps({"value": [fields], "Count": 1})):
        (site,) = read(wmi_json, text).sites
        assert site.senders[0].retry_delay_minutes.value == 45


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"UsageSchedule": ["SMS_SiteControlDaySchedule"] * 7}, "schedule"),
        ({"UsageSchedule": [{"HourUsage": "1 1 1"}] * 7}, "schedule"),
        ({"RateLimitingSchedule": "100 100"}, "rate_limits"),
        ({"PropLists": ["SMS_EmbeddedPropertyList"]}, "pulse_mode"),
        ({"PropLists": [{"PropertyListName": "Pulse Mode", "Values": "1 3 5"}]}, "pulse_mode"),
    ],
)
def test_flattened_schedules_are_lost(changes: dict[str, Any], field: str) -> None:
    export = read(wmi_json, as_json([address(**changes)]))
    assert "SMS_SCI_Address" in only(export, "values-lost").text
    assert getattr(export.sites[0].addresses[0], field).raw is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"UsageSchedule": [{"HourUsage": [1] * 24}] * 6}, "schedule"),
        ({"UsageSchedule": [{"HourUsage": [9] * 24}] * 7}, "schedule"),
        ({"UnlimitedRateForAll": False, "RateLimitingSchedule": [50] * 23}, "rate_limits"),
        ({"PropLists": [{"PropertyListName": "pulse mode", "Values": ["1", "3"]}]}, "pulse_mode"),
    ],
)
def test_schedules_of_another_shape_are_wrong_types(changes: dict[str, Any], field: str) -> None:
    export = read(wmi_json, as_json([address(**changes)]))
    assert only(export, "wrong-type").setting == field


def test_an_address_is_read_as_its_class_has_it() -> None:
    day = {"Backup": [True] * 24, "HourUsage": [4] * 24}
    limits: dict[str, Any] = {"UnlimitedRateForAll": False, "RateLimitingSchedule": [50] * 24}
    pulse = [{"PropertyListName": "Pulse Mode", "Values": ["1", "3", "5"]}]
    fields = address(AddressPriorityOrder=2, UsageSchedule=[day] * 7, PropLists=pulse, **limits)
    (read_address,) = read(wmi_json, as_json([fields])).sites[0].addresses
    assert read_address.order.value == 2
    assert read_address.schedule.value
    assert read_address.schedule.value.always(Usage.CLOSED)
    assert all(read_address.schedule.value.backup)
    assert read_address.rate_limits.value
    assert read_address.rate_limits.value.limited
    assert read_address.rate_limits.value.percent == (50,) * 24
    assert read_address.pulse_mode.value
    assert (read_address.pulse_mode.value.block_kilobytes, read_address.pulse_mode.value.delay_seconds) == (
        3,
        5,
    )


@pytest.mark.parametrize(
    ("objects", "product"),
    [
        ([sender()], SMS_2_AND_LATER),
        ([address(AddressPriorityOrder=1)], ProductVersion.between("2012rtm", "current")),
        ([address(Order=1)], ProductVersion.between("2.0rtm", "2007sp2")),
        ([{**sender(), "__LAZYPROPERTIES": []}], ProductVersion.between("2012rtm", "current")),
    ],
)
def test_the_version_is_what_the_names_prove(objects: list[dict[str, Any]], product: ProductVersion) -> None:
    assert read(wmi_json, as_json(objects)).product == product


@pytest.mark.parametrize(
    ("build", "release"), [(1239, "2.0rtm"), (4253, "2003sp3"), ("6487", "2007sp2"), (9096, "current")]
)
def test_a_build_is_the_version(build: object, release: str) -> None:
    definition = {
        "SiteCode": "NYC",
        "SiteServerName": "NYCSRV",
        "ParentSiteCode": "CAS",
        "BuildNumber": build,
    }
    export = read(wmi_json, as_json([definition, sender()]))
    assert export.product == ProductVersion.between(release, release)
    assert export.sites[0].parent_code == "CAS"


@pytest.mark.parametrize("stated", [{}, {"__CLASS": "SMS_Site"}])
def test_sms_site_tells_version_parent_and_server(stated: dict[str, str]) -> None:
    site = {
        "BuildNumber": 9128,
        "ReportingSiteCode": "CAS",
        "ServerName": "NYCSRV.contoso.com",
        "SiteCode": "NYC",
        "Type": 2,
        "Version": "5.00.9128.1000",
    }
    export = read(wmi_json, as_json([{**stated, **site}]))
    assert export.product == ProductVersion.between("current", "current")
    (found,) = export.sites
    assert (found.code, found.parent_code) == ("NYC", "CAS")
    assert found.identifications[0].site_server.value == "NYCSRV.contoso.com"


def test_the_given_version_refines_and_never_contradicts() -> None:
    given = ProductVersion.named("2007sp1")
    assert read(wmi_json, as_json([sender()]), given).product == given
    contradicted = read(wmi_json, as_json([address(AddressPriorityOrder=1)]), given)
    assert contradicted.product == ProductVersion.between("2012rtm", "current")
    assert len(contradicted.notes) == 1


ACCOUNT = r"CONTOSO\svc-lan"


@pytest.mark.parametrize("separators", [None, (",", ":")])
@pytest.mark.parametrize(
    "secret",
    [
        prop("LAN Login", 0, "", ACCOUNT),
        prop("lan login", 0, ACCOUNT, ""),
        prop("Reserved2", 0, ACCOUNT),
        {"ServicePassword": ACCOUNT},
        {"PropertyListName": "Network Access User Names", "Values": [ACCOUNT]},
        f"@{{PropertyName=LAN Login; Value=0; Value1=; Value2={ACCOUNT}}}",
        f'ServiceAccount = "{ACCOUNT}"',
        {"UserName": "x", "ItemName": ACCOUNT, "Reserved2": "0123456789ABCDEF" * 4},
    ],
)
def test_secrets_are_reported_and_never_kept(secret: Any, separators: tuple[str, str] | None) -> None:
    text = json.dumps([address(Props=[secret]), sender()], separators=separators)
    export = read(wmi_json, text)
    described = only(export, "account-secret")
    assert described.span
    assert not described.costly
    assert "svc-lan" not in repr(export)
    assert "0123456789ABCDEF" not in repr(export)
    # A mask keeps the columns.
    line = text.splitlines()[described.span.line - 1]
    assert len(described.span.excerpt) == min(len(line) - described.span.excerpt_column + 1, 2000)


def test_an_account_shows_only_that_there_is_one() -> None:
    with_account = address(Props=[prop("Lan Login", 0, "", ACCOUNT)])
    assert read(wmi_json, as_json([with_account])).sites[0].addresses[0].has_account is True
    assert read(wmi_json, as_json([address()])).sites[0].addresses[0].has_account is False
    assert read(wmi_json, as_json([address(Props=[])])).sites[0].addresses[0].has_account is None


@pytest.mark.parametrize("cut", range(5, 400, 13))
def test_no_secret_shows_where_the_text_is_broken(cut: int) -> None:
    text = json.dumps([address(UsageSchedule=None, Props=[prop("LAN Login", 0, "", ACCOUNT)]), sender()])
    at = text.index("CONTOSO")
    for broken in (text[: at + cut], text[: at - cut] + '"' + text[at - cut :], text[:at] + '"' + text[at:]):
        export = read(wmi_json, broken)
        assert {"truncated", "malformed"} & set(kinds(export))
        assert "svc-lan" not in repr(export)


def test_a_site_control_file_inside_is_read_with_its_span() -> None:
    fields = {"SiteCode": "NYC", "BuildNumber": 6487, "SCFData": CONTROL_FILE}
    text = as_json([fields])
    export = read(wmi_json, text)
    (site,) = export.sites
    setting = site.senders[0].max_concurrent_sendings
    assert setting.value == 0
    assert setting.span
    assert text[setting.span.start : setting.span.end].startswith('"SITE CONTROL FILE')
    assert setting.raw
    assert setting.raw.spell is None
    assert export.product == ProductVersion.named("2007sp2")
    assert "<0><3>" not in repr(export)


@pytest.mark.parametrize(
    ("data", "kind"), [(None, "values-lost"), ("", "values-lost"), ("\1\2", "malformed")]
)
def test_a_site_control_file_without_its_text_is_never_clean(data: str | None, kind: str) -> None:
    export = read(wmi_json, as_json([{"SiteCode": "NYC", "SCFData": data}]))
    assert only(export, kind).costly


def test_properties_without_their_component_are_reported() -> None:
    assert only(read(wmi_json, as_json(sender()["Props"])), "malformed").costly


def test_names_of_types_alone_are_lost() -> None:
    text = '["System.Management.ManagementBaseObject", "System.Management.ManagementBaseObject"]'
    assert kinds(read(wmi_json, text)) == ["values-lost"]


def test_other_classes_are_passed_over() -> None:
    export = read(wmi_json, as_json([{**sender("0"), "__CLASS": "SMS_ComponentSummarizer"}, {"x": 1}]))
    assert export.sites == ()
    assert export.defects == ()


def test_a_flood_of_defects_is_counted() -> None:
    export = read(wmi_json, as_json([sender("x", code=None) for _ in range(250)]))
    assert len(export.defects) == 101
    assert "150 more" in export.defects[-1].text


def test_no_more_sections_are_read_than_any_hierarchy_has() -> None:
    fields = {"ComponentName": "SMS_SCHEDULER", "Props": []}
    export = read(wmi_json, json.dumps([fields] * 5_100))
    assert "5,000" in only(export, "malformed").text


@pytest.mark.parametrize(
    "text",
    [
        "ComponentName : SMS_LAN_SENDER\nProps         : {System.Management.ManagementBaseObject, ...}\n",
        "DesSiteCode : BOS\nProps : {SMS_EmbeddedProperty, SMS_EmbeddedProperty}\n",
        "Props\n-----\n{System.Management.ManagementBaseObject, System.Management...\n",
    ],
)
def test_output_for_the_screen_is_recognised_as_lost(text: str) -> None:
    assert wmi_listing.recognises(text)
    export = read(wmi_listing, text)
    assert only(export, "values-lost").costly
    assert export.format is None


def test_no_listing_is_seen_in_other_text() -> None:
    assert not wmi_listing.recognises("REGEDIT4\n\n[HKEY_LOCAL_MACHINE]\n")
    assert not wmi_csv.recognises("name,value\n1,2\n")
