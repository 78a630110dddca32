"""CSV: the result of a query, with any separator and qualifier, and tables that lost their objects."""

from __future__ import annotations

import pytest

from smslint.sources.wmi import csv as wmi_csv
from smslint.testing import report
from tests.sources.wmi.dumps import as_csv, kinds, only, prop, read, sender

HEADER = "SiteCode,ComponentName,Name,Value1,Value2,Value3\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_separator_is_understood(separator: str) -> None:
    text = as_csv([sender("7", "4")], separator)
    assert wmi_csv.recognises(text)
    export = read(wmi_csv, text)
    assert kinds(export) == []
    assert export.sites[0].senders[0].max_concurrent_sendings.value == 7


@pytest.mark.parametrize(
    "text",
    [
        "Value3,Value2,VALUE1,name,componentname,sitecode\n"
        "0,3,7,Concurrent Sending Limit,SMS_LAN_SENDER,NYC\n",
        '#TYPE System.Data.DataRow\r\n"SiteCode","ComponentName","Name","Value1","Value2","Value3"\r\n'
        '"NYC","SMS_LAN_SENDER","Concurrent Sending Limit","7","3","0"\r\n',
        HEADER
        + "--------,-------------,----,------,------,------\n"
        + "NYC,SMS_LAN_SENDER,Concurrent Sending Limit,7,3,0\n",
        HEADER + "NYC  ,SMS_LAN_SENDER ,Concurrent Sending Limit  , 7 ,3 ,0\n\n",
    ],
)
def test_order_case_quotes_and_underlines_do_not_matter(text: str) -> None:
    assert wmi_csv.recognises(text)
    (site,) = read(wmi_csv, text).sites
    assert site.code == "NYC"
    assert site.senders[0].max_concurrent_sendings.value == 7


def test_null_is_unset() -> None:
    text = HEADER + "NYC,SMS_LAN_SENDER,Retry Delay,NULL,NULL,NULL\n"
    export = read(wmi_csv, text)
    assert kinds(export) == []
    assert export.sites[0].senders[0].retry_delay_minutes.raw is None


def test_quotes_in_quotes_and_line_ends_are_kept_together() -> None:
    fields = {**sender(), "Props": [prop('a"b,c\nd', 0, '"', ""), prop("Retry Delay", 45)]}
    export = read(wmi_csv, as_csv([fields]))
    setting = export.sites[0].senders[0].retry_delay_minutes
    assert setting.value == 45
    assert setting.span
    assert (setting.span.line, setting.span.column) == (4, 34)


def test_properties_of_no_component_are_reported_with_the_query() -> None:
    export = read(wmi_csv, "ID,Name,Value1,Value2,Value3\n7,Retry Delay,,,1\n")
    assert "SELECT" in only(export, "malformed").text


@pytest.mark.parametrize(
    "row", ["NYC,SMS_LAN_SENDER", "NYC,SMS_LAN_SENDER,Retry Delay,,,1,", '"NYC"x,a,b,c,d,e']
)
def test_rows_that_do_not_fit_the_header_are_malformed(row: str) -> None:
    export = read(wmi_csv, f"{HEADER}BOS,SMS_LAN_SENDER,Retry Delay,,,45\n{row}\n")
    assert only(export, "malformed").costly
    assert export.sites[0].senders[0].retry_delay_minutes.value == 45


def test_an_open_quote_is_a_cut() -> None:
    assert kinds(read(wmi_csv, HEADER + '"NYC,SMS_LAN_SENDER\n')) == ["truncated"]


def test_what_export_csv_makes_of_objects_is_lost() -> None:
    text = '"ComponentName","Props","SiteCode"\n"SMS_LAN_SENDER","System.Object[]","NYC"\n'
    assert wmi_csv.recognises(text)
    assert only(read(wmi_csv, text), "values-lost").costly


def test_a_column_that_is_there_twice_hides_no_secret() -> None:
    head = "SiteCode,ComponentName,PropertyName,Value1,Value2,Value,Value1\n"
    rows = "NYC,SMS_LAN_SENDER,Number of Retries,,,0,\nNYC,SMS_LAN_SENDER,LAN Login,swordfish,,0,\n"
    found = report(head + rows, select="SMS106,SMS906")
    assert [each.rule for each in found.findings] == ["SMS106", "SMS906"]
    assert "swordfish" not in repr(found)
