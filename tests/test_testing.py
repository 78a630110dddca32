"""The test kit: one site in each of the six formats, and what is found in it."""

from __future__ import annotations

from typing import Any

import pytest

from smslint.testing import (
    codes,
    registry_export,
    report,
    site_control_file,
    wmi_address,
    wmi_clixml,
    wmi_component,
    wmi_csv,
    wmi_json,
    wmi_mof,
    wmi_site,
)


def in_each_format(capacity: int, retries: int) -> dict[str, str]:
    sender: Any = wmi_component(
        "SMS_LAN_SENDER", {"Concurrent Sending Limit": (str(capacity), "1"), "Number of Retries": retries}
    )
    values: dict[str, int | str] = {
        "Maximum Concurrent Sendings": capacity,
        "Number of Retries": retries,
    }
    named: dict[str, int | str] = {"Site Code": "NYC"}
    return {
        "registry": registry_export({"Identification": named, r"Components\SMS_LAN_SENDER": values}),
        "wmi-json": wmi_json(sender),
        "wmi-clixml": wmi_clixml(sender),
        "wmi-mof": wmi_mof(sender),
        "wmi-csv": wmi_csv(sender),
    }


@pytest.mark.parametrize("format_", ["registry", "wmi-json", "wmi-clixml", "wmi-mof", "wmi-csv"])
def test_a_sender_is_the_same_in_each_format(format_: str) -> None:
    found = report(in_each_format(0, 2)[format_], select="SMS101,SMS106")
    assert [(each.format, each.sites, each.senders) for each in found.inputs] == [(format_, ("NYC",), 1)]
    assert [(each.rule, each.site, each.value) for each in found.findings] == [("SMS101", "NYC", 0)]
    assert codes(in_each_format(1, 0)[format_], select="SMS101,SMS106") == ["SMS106"]
    assert codes(in_each_format(1, 2)[format_], select="SMS101,SMS106") == []


def test_a_site_control_file_says_who_the_site_is_and_holds_what_is_given() -> None:
    sender = "BEGIN_SENDER\n  <2765><MS_LAN_SENDER><SENDER.DLL><D><NYCSRV><SMS_LAN_SENDER>\nEND_SENDER"
    found = report(site_control_file(sender, parent="COM"))
    (site,) = found.sites
    assert (site.code, site.parent, site.server, site.kind) == ("NYC", "COM", "NYCSRV", "primary")
    assert [(each.format, each.senders) for each in found.inputs] == [("sitecontrol", 1)]
    secondary = report(site_control_file(code="BOS", site_type=9, build="692")).sites[0]
    assert (secondary.code, secondary.kind, secondary.product_version) == ("BOS", "secondary", "SMS 1.1")


@pytest.mark.parametrize("build", [wmi_json, wmi_clixml, wmi_mof])
def test_sites_and_addresses_are_the_same_in_each_dump(build: Any) -> None:
    connection = {"Connection Point": ("BOSSRV", "SMS_SITE")}
    shut = wmi_address("BOS", connection, {"Pulse Mode": ("0", "3", "5")}, usage=(4,) * 24)
    found = report(build(wmi_site(parent="COM", BuildNumber=6487), shut), select="SMS216")
    (site,) = found.sites
    assert (site.code, site.parent, site.product_version) == ("NYC", "COM", "ConfigMgr 2007 SP2")
    assert [(each.destination, each.type) for each in site.addresses] == [("BOS", "MS_LAN")]
    assert [each.rule for each in found.findings] == ["SMS216"]
    assert codes(build(wmi_site(), wmi_address("BOS", connection)), select="SMS216") == []
