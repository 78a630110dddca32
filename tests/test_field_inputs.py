"""What administrators and public tools really hand over: read, or named with what to do instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smslint.testing import codes, findings, registry_export, report
from tests.running import smslint
from tests.sources.wmi.dumps import address, as_clixml, as_csv, as_json, as_mof, prop, sender

LAN = r"Components\SMS_LAN_SENDER"
MOF = (
    '\ninstance of SMS_EmbeddedProperty\n{{\n\tPropertyName = "{}";\n\tValue = {};\n'
    '\tValue1 = "{}";\n\tValue2 = "{}";\n}};\n'
)


def as_mof_text(properties: list[dict[str, Any]]) -> list[str]:
    return [MOF.format(*each.values()) for each in properties]


def rule_and_text(text: str) -> tuple[str, str]:
    """The code of the one error and what stands in its span, which must be on one line."""
    (found,) = (each for each in findings(text, ignore="SMS111") if each.severity == "error")
    assert found.line == found.end_line
    line = text.splitlines()[(found.line or 0) - 1]
    assert found.column
    assert found.end_column
    return found.rule, line[found.column - 1 : found.end_column - 1]


# MOF text inside strings


def test_mof_text_in_json_strings_is_read_with_its_span() -> None:
    fields = {**sender("0"), "Props": as_mof_text(sender("0")["Props"])}
    assert rule_and_text(as_json([fields])) == ("SMS101", r"\"0\"")


def test_mof_text_in_clixml_strings_is_read_with_its_span() -> None:
    text = as_clixml([{**sender("0"), "Props": as_mof_text(sender("0")["Props"])}])
    text = text.replace("\n\t", "_x000A__x0009_").replace("\n}", "_x000A_}").replace("\n{", "_x000A_{")
    assert rule_and_text(text) == ("SMS101", '"0"')


def test_mof_text_in_a_table_is_read() -> None:
    props = MOF.format("Concurrent Sending Limit", 0, "0", "3").replace('"', '""')
    text = f'"ComponentName","Props","SiteCode"\n"SMS_LAN_SENDER","{props}","NYC"\n'
    assert codes(text, select="SMS101,SMS9") == ["SMS101"]


def test_all_properties_may_stand_in_one_string_and_whole_objects_too() -> None:
    one = {**sender("0"), "Props": "".join(as_mof_text(sender("0")["Props"]))}
    assert codes(as_json([one]), select="SMS101,SMS9") == ["SMS101"]
    assert codes(json.dumps([as_mof([sender("0")])]), select="SMS101,SMS9") == ["SMS101"]


def test_characters_written_by_number_keep_the_span() -> None:
    props = as_mof_text([prop("Concurrent Sending Limit", "0 /* \u00e9\U0001f600 */", "0", "3")])
    text = json.dumps([{**sender(), "Props": props}], indent=1)
    assert "\\ud83d" in text
    assert rule_and_text(text) == ("SMS101", r"\"0\"")


def test_accounts_in_mof_text_are_not_shown() -> None:
    props = as_mof_text([prop("LAN Login", 0, "", "CONTOSO\\\\svc-lan")])
    found = report(as_json([address(Props=props)]))
    assert "svc-lan" not in repr(found)
    assert [each.rule for each in found.findings if each.rule.startswith("SMS9")] == ["SMS906"]


def test_mof_text_that_is_cut_is_lost_and_not_guessed() -> None:
    props = [each[:-20] for each in as_mof_text(sender("0")["Props"])]
    assert codes(as_json([{**sender(), "Props": props}])) == ["SMS905"]


# whose the properties are


def test_a_component_may_be_named_by_its_item_alone() -> None:
    fields = {"ItemName": "SMS_LAN_SENDER|NYCSRV", "SiteCode": "NYC", "Props": sender("0")["Props"]}
    mof = as_mof([fields]).replace("SMS_Embedded", "SMS_SCI_Component", 1)
    for text in (as_json([fields]), as_clixml([fields]), mof):
        assert codes(text, select="SMS101,SMS9") == ["SMS101"]


def test_an_address_may_be_named_by_its_item_alone() -> None:
    fields = address(ItemName="BOS|MS_LAN", AddressPriorityOrder=0)
    del fields["DesSiteCode"], fields["AddressType"]
    (site,) = report(as_json([fields])).sites
    assert [(each.destination, each.type) for each in site.addresses] == [("BOS", "MS_LAN")]


@pytest.mark.parametrize("item", ["NYCSRV|SMS Site Server", '["Display=x"]MSWNET:,SMS Distribution Point'])
def test_items_of_other_classes_are_none(item: str) -> None:
    assert codes(as_json([{"ItemName": item, "SiteCode": "NYC", "Props": []}, sender()])) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"Props": sender("0")["Props"]},
        {"ItemType": "Component", "SiteCode": "NYC", "Props": sender("0")["Props"]},
        {"ComponentName": None, "Props": sender("0")["Props"]},
        {"UsageSchedule": address()["UsageSchedule"]},
        {"Props": address()["Props"], "PropLists": []},
    ],
)
def test_properties_of_nobody_are_one_error_that_says_what_to_keep(fields: dict[str, Any]) -> None:
    (found,) = findings(as_json([fields]))
    assert (found.rule, found.severity) == ("SMS901", "error")
    assert "ItemName" in found.message
    assert "ConvertTo-Json" in found.message


# tables of properties

HEADERS = [
    ("SiteCode", "ComponentName", "PropertyName", "Value", "Value1", "Value2"),
    ("SiteCode", "ItemName", "PropertyName", "Value", "Value1", "Value2"),
    ("SiteCode", "ComponentName", "Name", "Value3", "Value1", "Value2"),
    ("SiteCode", "ComponentName", "Flag", "Name", "PropertyName", "Value", "Value1", "Value2"),
]


def rows(columns: tuple[str, ...]) -> list[dict[str, Any]]:
    owner: dict[str, Any] = {
        "SiteCode": "NYC",
        "ComponentName": "SMS_LAN_SENDER",
        "ItemName": "SMS_LAN_SENDER|NYCSRV",
        "Flag": 6,
    }
    made = []
    for each in sender("0")["Props"]:
        values = {"Name": "NYCSRV" if "Flag" in columns else each["PropertyName"], "Value3": each["Value"]}
        made.append({name: {**owner, **values, **each}[name] for name in columns})
    return made


@pytest.mark.parametrize("columns", HEADERS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_properties_are_read_whatever_their_columns(
    columns: tuple[str, ...], separator: str
) -> None:
    lines = [columns, *(tuple(map(str, row.values())) for row in rows(columns))]
    text = "\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert codes(text, ignore="SMS111") == ["SMS101"]


@pytest.mark.parametrize("columns", HEADERS)
def test_rows_of_properties_are_read_from_json_and_clixml_too(columns: tuple[str, ...]) -> None:
    assert codes(as_json(rows(columns)), ignore="SMS111") == ["SMS101"]
    assert codes(as_clixml(rows(columns)), ignore="SMS111") == ["SMS101"]


@pytest.mark.parametrize(
    "footer",
    ["\n(3 rows affected)\n", "\n(3 row(s) affected)\n\nCompletion time: 2026-01-01T10:00:00\n", "\n\ufeff"],
)
def test_the_footer_of_sqlcmd_is_no_row(footer: str) -> None:
    assert codes(as_csv([sender()]) + footer) == []
    joined = as_csv([sender()]) + footer + as_csv([sender("0", code="BOS")]) + footer
    assert codes(joined, ignore="SMS111") == ["SMS101"]


def test_a_row_that_ends_with_the_file_is_a_cut() -> None:
    assert codes(as_csv([sender()]).rstrip() + "\nNYC,SMS_LAN") == ["SMS903"]


# MOF


@pytest.mark.parametrize(
    "qualifier",
    ["[SecurityVerbs(-1)]\n", '[Description("a ] in \\" it"), key] ', "// comment\n[dynamic]\n\n"],
)
def test_qualifiers_may_stand_before_an_instance_and_in_it(qualifier: str) -> None:
    text = as_mof([sender("0")]).replace("instance of", f"{qualifier}instance of")
    text = text.replace("\tSiteCode", "\t[key] SiteCode")
    assert codes(text, select="SMS101,SMS9") == ["SMS101"]


def test_a_qualifier_without_end_is_reported_in_bounded_time() -> None:
    text = as_mof([sender("0")]) + '[a("' * 20_000
    assert codes(text, select="SMS101,SMS9")[-1] in ("SMS901", "SMS903")


# joined exports


def test_joined_registry_exports_lose_nothing() -> None:
    text = registry_export({LAN: {"Maximum Concurrent Sendings": 5}}, version="786")
    found = findings("\n".join([text, text, text]), select="SMS901")
    assert [(each.rule, each.severity) for each in found] == [("SMS901", "info")]
    other = registry_export({LAN: {}}, regedit4=False)
    found = findings(text + "\n" + other, select="SMS901")
    assert [(each.rule, each.severity) for each in found] == [("SMS901", "warning")]


def test_joined_files_with_a_mark_in_the_middle_are_read() -> None:
    objects = [[sender()], [sender("0", code="BOS")]]
    for write in (as_json, as_mof, as_csv):
        text = "\ufeff".join(map(write, objects))
        assert codes(text, select="SMS101,SMS9") == ["SMS101"], write
    clixml = as_clixml([sender()]) + "\r\n\ufeff" + as_clixml([sender("0", code="BOS")])
    assert rule_and_text(clixml) == ("SMS101", "0")
    registry = registry_export({LAN: {"Maximum Concurrent Sendings": 5}}, regedit4=False)
    zero = registry_export({r"Components\SMS_SNA_SENDER": {"Maximum Concurrent Sendings": 0}}, regedit4=False)
    joined = registry.encode("utf-16") + zero.encode("utf-16")
    assert codes(joined, select="SMS101,SMS9") == ["SMS901", "SMS101"]


# shapes and encodings


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"UsageSchedule": [{"HourUsage": [1] * 24}] * 6}, "6 days", "7 days of 24 hours"),
        (
            {"UsageSchedule": [{"HourUsage": [1] * 24}] * 6 + [{"HourUsage": [1] * 23}]},
            "23 hours on Saturday",
            "7 days of 24 hours",
        ),
        (
            {"UsageSchedule": [{"HourUsage": [1] * 24}] * 6 + [{"HourUsage": [7] * 24}]},
            "7 on Saturday at 0:00",
            "7 days of 24 hours",
        ),
        ({"UnlimitedRateForAll": False, "RateLimitingSchedule": [50] * 23}, "23", "24 hours"),
        ({"PropLists": [{"PropertyListName": "Pulse Mode", "Values": ["1", "3"]}]}, "2", "three numbers"),
    ],
)
def test_a_schedule_of_the_wrong_shape_says_what_was_expected(
    changes: dict[str, Any], found: str, expected: str
) -> None:
    (described,) = findings(as_json([address(AddressPriorityOrder=0, **changes)]), select="SMS904")
    assert f"holds {found}" in described.message
    assert expected in (described.expected or "")


def test_an_outbox_schedule_of_the_wrong_length_says_what_was_expected() -> None:
    text = (
        "SITE CONTROL FILE [786][1.08]\n\nBEGIN_SITE_ACCOUNT\n  <6><NYC><><SRV><D><N><D:\\SMS>\n"
        f"END_SITE_ACCOUNT\nOUTBOX <LAN_DEFAULT><><MS_LAN_SENDER><{'F' * 160}><1><D><SRV>\n"
    )
    (described,) = findings(text, select="SMS904", ignore="SMS901")
    assert "160 characters" in described.message
    assert "168" in described.message


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_text_without_a_mark_is_utf_8_where_it_is_that(encoding: str) -> None:
    site_control = (
        "SITE CONTROL FILE [786][1.08]\n\nBEGIN_SITE_ACCOUNT\n  <6><NYC><><SRV><D><Zürich><D:\\SMS>\n"
        "END_SITE_ACCOUNT\n"
    )
    other = as_csv([{**sender(), "SiteCode": "NYC"}]) + "NYC,SMS_LAN_SENDER,Zürich,,,\n"
    for text in (site_control, other, as_json([{**sender(), "Name": "Zürich"}])):
        (read,) = report(text.encode(encoding)).inputs
        assert (read.encoding, read.sites) == (encoding, ("NYC",))


def test_a_registry_export_with_a_utf_8_mark_is_fine_where_it_is_ascii() -> None:
    text = registry_export({LAN: {"Maximum Concurrent Sendings": 5}}, regedit4=False)
    assert codes(b"\xef\xbb\xbf" + text.encode()) == []
    (described,) = findings(b"\xef\xbb\xbf" + f"{text}\n; Zürich\n".encode())
    assert (described.rule, described.severity) == ("SMS901", "info")


# who the sites are


def get_cm_site(code: str, parent: str, server: str, kind: int) -> dict[str, Any]:
    return {
        "SmsProviderObjectPath": f'SMS_Site.SiteCode="{code}"',
        "BuildNumber": 9128,
        "InstallDir": "E:\\ConfigMgr",
        "ReportingSiteCode": parent,
        "ServerName": server,
        "SiteCode": code,
        "SiteName": code,
        "Type": kind,
        "Version": "5.00.9128.1000",
    }


@pytest.mark.parametrize("write", [as_json, as_clixml])
def test_what_get_cmsite_gives_names_the_sites(write: Callable[[list[dict[str, Any]]], str]) -> None:
    described = [get_cm_site("CAS", "", "CASSRV.example.com", 4), get_cm_site("NYC", "CAS", "NYCSRV", 2)]
    found = report(write(described), select="ALL", ignore="SMS124")
    assert [(each.code, each.parent, each.server) for each in found.sites] == [
        ("CAS", "", "CASSRV.example.com"),
        ("NYC", "CAS", "NYCSRV"),
    ]
    assert found.inputs[0].product_version == "Configuration Manager current branch"
    assert [each.rule for each in found.findings] == []


def test_the_class_alone_names_a_site_too() -> None:
    fields = {"__CLASS": "SMS_Site", "SiteCode": "NYC", "ServerName": "NYCSRV", "Type": 2}
    (site,) = report(as_json([fields])).sites
    assert (site.code, site.server) == ("NYC", "NYCSRV")


def test_closed_hours_are_shown_as_a_week_of_24_columns(tmp_path: Path) -> None:
    day = {"HourUsage": [1] * 8 + [4] * 10 + [1] * 6}
    (tmp_path / "a.json").write_text(as_json([address(UsageSchedule=[day] * 7)]))
    ran = smslint("show", "--isolated", tmp_path / "a.json")
    assert ran.out.count("........##########......\n") == 7
