"""Absent is not zero: where nothing is set, no rule has anything to say of a setting, and none fails."""

from __future__ import annotations

import json

import pytest

from smslint.testing import codes, registry_export

KEYS = (
    "Identification",
    "Setup",
    "Compression",
    r"Components\SMS_LAN_SENDER",
    r"Components\SMS_ASYNC_RAS_SENDER",
    r"Components\SMS_DESPOOLER",
    r"Components\SMS_HIERARCHY_MANAGER",
    r"Components\SMS_Discovery_Data_Manager",
    r"Components\SMS_Replication_Manager",
    r"Components\SMS_SITE_CONFIG_MANAGER",
    r"Components\SMS_EXECUTIVE",
    r"Components\SMS_EXECUTIVE\Threads\SMS_LAN_SENDER",
    r"Tracing\SMS_LAN_SENDER",
    r"Sites\NYC\Addresses\BOS\1",
)
EMPTY_KEYS = registry_export({key: {} for key in KEYS})
EMPTY_DUMP = json.dumps(
    [
        {"__CLASS": "SMS_SCI_SiteDefinition", "SiteCode": "NYC", "ParentSiteCode": ""},
        {"__CLASS": "SMS_SCI_Component", "SiteCode": "NYC", "ComponentName": "SMS_LAN_SENDER", "Props": []},
        {"__CLASS": "SMS_SCI_Component", "SiteCode": "NYC", "ComponentName": "SMS_SCHEDULER", "Props": []},
        {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "DesSiteCode": None, "Props": []},
        {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "DesSiteCode": "BOS", "Props": []},
    ]
)
EMPTY_FIELDS = """SITE CONTROL FILE []

BEGIN_FILE_DEFINITION
  <><><><><><>
END_FILE_DEFINITION
BEGIN_SITE_ACCOUNT
  <><><><><><><>
END_SITE_ACCOUNT
PROPERTY <SNA Local Address><><><0>
BEGIN_DOMAIN
  <><><>
  LOGONSERVER <><><0><>
END_DOMAIN
ADDRESS <><><><>
OUTBOX <><><><><><><>
BEGIN_COMPONENT
  <><SMS_SCHEDULER><><><>
END_COMPONENT
BEGIN_SENDER
  <><><><><><SMS_LAN_SENDER>
END_SENDER
"""


@pytest.mark.parametrize("version", [None, "1.0", "1.1", "1.2sp4", "2.0rtm", "2.0sp3", "2007", "current"])
@pytest.mark.parametrize(
    "export", [EMPTY_KEYS, EMPTY_DUMP, EMPTY_FIELDS], ids=["registry", "dump", "site control"]
)
def test_no_setting_is_at_fault_where_none_is_set(export: str, version: str | None) -> None:
    reported = codes(export, product_version=version)
    of_settings = {code for code in reported if code.startswith(("SMS1", "SMS2"))}
    assert of_settings <= {"SMS114", "SMS124", "SMS214"}
