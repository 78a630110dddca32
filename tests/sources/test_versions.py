"""What the form of an input, its key and its spellings tell of the version, in every format."""

from __future__ import annotations

import json
from typing import Any

import pytest

from smslint import sources
from smslint.schema.export import Export
from smslint.schema.version import FROM_2012, SMS_2_AND_LATER, ProductVersion
from smslint.testing import codes, findings, registry_export
from tests.sources.wmi.dumps import as_clixml, as_csv, as_json, as_mof, prop

LAN = r"Components\SMS_LAN_SENDER"


def read(text: str, given: str | None = None) -> Export:
    return sources.read(text.encode(), "input-1", given=ProductVersion.named(given) if given else None)


def component(delay: int = 10, **fields: Any) -> dict[str, Any]:
    name = {"ComponentName": "SMS_LAN_SENDER", "ItemType": "Component", "SiteCode": "NYC"}
    return {**name, "Props": [prop("Retry Delay", delay)], **fields}


CMDLET: dict[str, Any] = {
    "SmsProviderObjectPath": 'SMS_SCI_Component.FileType=2,ItemName="SMS_LAN_SENDER|X",SiteCode="NYC"'
}
FROM_2012_ON = {
    "cmdlet as JSON": as_json([component(**CMDLET)]),
    "cmdlet as CliXml": as_clixml([component(**CMDLET)]),
    "SQL views": as_csv([component()]),
}
FROM_2_0_ON = {
    "CIM as JSON": as_json([component()]),
    "CIM as CliXml": as_clixml([component()]),
    "MOF": as_mof([component()]),
}


@pytest.mark.parametrize("text", FROM_2012_ON.values(), ids=FROM_2012_ON)
def test_a_form_that_exists_since_2012_is_a_floor(text: str) -> None:
    export = read(text)
    assert export.product == FROM_2012
    assert str(export.product) == "Configuration Manager 2012 or later (by the form of the dump)"
    assert codes(text, select="SMS1") == []


@pytest.mark.parametrize("text", FROM_2012_ON.values(), ids=FROM_2012_ON)
def test_the_form_counts_as_stated(text: str) -> None:
    export = read(text, "2.0sp2")
    assert export.product == FROM_2012
    assert "contradicts" in export.notes[0]
    assert read(text, "2012r2").product.name == "2012r2"


@pytest.mark.parametrize("text", FROM_2_0_ON.values(), ids=FROM_2_0_ON)
def test_a_dump_of_the_classes_alone_is_of_2_0_or_later(text: str) -> None:
    export = read(text)
    assert export.product == SMS_2_AND_LATER
    assert str(export.product) == "SMS 2.0 or later (by the form of the dump)"
    assert read(text, "2.0sp3").product.name == "2.0sp3"
    (finding,) = findings(text, select="SMS104")
    assert (finding.severity, finding.fix and finding.fix.safety) == ("warning", "manual")


def test_the_admin_service_is_of_current_branch() -> None:
    context = "https://p/AdminService/wmi/$metadata#SMS_SCI_Component"
    text = json.dumps({"@odata.context": context, "value": [component()]})
    assert read(text).product.name == "current"


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (1493, "2.0"),
        (2726, "2003rtm"),
        (4253, "2003sp3"),
        (6487, "2007sp2"),
        (8239, "2012sp2"),
        (9128, "current"),
    ],
)
def test_a_bare_build_in_any_format(build: int, name: str) -> None:
    defined = {
        "__CLASS": "SMS_SCI_SiteDefinition",
        "SiteCode": "NYC",
        "ParentSiteCode": "",
        "BuildNumber": build,
    }
    assert read(json.dumps([defined])).product.name == name
    assert read(registry_export({}, version=str(build))).product.name == name
    block = "BEGIN_SITE_DEFINITION\n <1><NYC><New York>\nEND_SITE_DEFINITION\n"
    control = f"SITE CONTROL FILE [{build}][1.08]\n{block}"
    assert read(control).product.name == name


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"Version": 786}, "1.2"),
        ({"Version": 1493}, "2.0"),
        ({"Full Version": "2,00,1493,3000"}, "2.0sp3"),
        ({"Full Version": " 2.00.1493.3000 "}, "2.0sp3"),
    ],
)
def test_odd_spellings_of_the_version(values: dict[str, int | str], name: str) -> None:
    export = read(registry_export({"Setup": values}))
    assert export.product.name == name
    assert export.defects == ()


def below_wow(text: str) -> str:
    return text.replace(r"SOFTWARE\Microsoft", r"SOFTWARE\Wow6432Node\Microsoft")


def test_below_wow6432node_no_site_is_of_sms_1() -> None:
    zero = registry_export({LAN: {"Maximum Concurrent Sendings": 0}})
    export = read(below_wow(zero))
    assert export.product == SMS_2_AND_LATER
    assert str(export.product) == "SMS 2.0 or later (by the key Wow6432Node)"
    (finding,) = findings(below_wow(zero), select="SMS101")
    assert (finding.severity, finding.fix and finding.fix.safety) == ("warning", "manual")
    assert [each.severity for each in findings(zero, select="SMS101")] == ["error"]


def test_the_version_below_wow6432node_narrows_what_its_key_tells() -> None:
    assert read(below_wow(registry_export({LAN: {}}, version="4.00.6487.2157"))).product.name == "2007sp2"
    assert read(below_wow(registry_export({LAN: {}}, version="786"))).product == SMS_2_AND_LATER
    native = registry_export({"Identification": {"Site Code": "NYC"}}, version="5.00.9128.1000")
    both = read(native + below_wow(registry_export({LAN: {}})).partition("\n")[2])
    assert [site.product.name for site in both.sites] == ["current", "current"]


@pytest.mark.parametrize(
    ("key", "values", "version", "expected"),
    [
        ("Compression", {"Compression Level": "high"}, "786", ["SMS904"]),
        ("Compression", {"Compression Level": "high"}, "2.00.1493.3000", ["SMS904"]),
        ("Compression", {"Compression Level": "high"}, "", ["SMS904"]),
        ("Compression", {"Compression Level": "high"}, "2.50.4253.3000", []),
        ("Compression", {"Enable Compression": 1}, "786", ["SMS904"]),
        ("Compression", {"Enable Compression": 1}, "4.00.6487.2157", []),
        ("Compression", {"Enable Compression": 1}, "5.00.9128.1000", []),
        (LAN, {"Number of Retries": "two"}, "786", ["SMS904"]),
        (LAN, {"Number of Retries": "two"}, "", ["SMS904"]),
        (LAN, {"Number of Retries": "two"}, "5.00.9128.1000", []),
        ("Identification", {"Site Code": 123}, "5.00.9128.1000", ["SMS904"]),
    ],
)
def test_a_type_is_checked_where_the_value_is_documented(
    key: str, values: dict[str, int | str], version: str, expected: list[str]
) -> None:
    assert codes(registry_export({key: values}, version=version), select="SMS904,SMS603") == expected
