"""Contoso's rules, tried with smslint's test kit."""

from __future__ import annotations

import smslint_contoso

from smslint.testing import codes, findings, registry_export, rules_of

RULES = rules_of(smslint_contoso)
LAN = r"Components\SMS_LAN_SENDER"


def site(code: str, parent: str = "", server: str = "") -> str:
    """The export of a site."""
    named = {"Site Code": code, "Parent Site Code": parent, "Site Server": server or f"{code}1"}
    return registry_export({"Identification": named})


def test_few_retries_are_reported_and_can_be_fixed() -> None:
    export = registry_export({LAN: {"Number of Retries": 2}})
    (found,) = findings(export, with_rules=RULES)
    assert (found.rule, found.setting, found.value) == ("CTS001", "number_of_retries", 2)
    assert found.fix is not None
    assert found.fix.edits[0].replacement == "dword:00000005"


def test_the_house_may_need_fewer() -> None:
    export = registry_export({LAN: {"Number of Retries": 2}})
    assert codes(export, with_rules=RULES, rules={"CTS001": {"at-least": 2}}) == []


def test_an_address_of_a_closed_site_is_reported() -> None:
    export = registry_export({"Identification": {"Site Code": "NYC"}, r"Sites\NYC\Addresses\OLD\0": {}})
    assert codes(export, with_rules=RULES, select="CTS002") == ["CTS002"]


def test_a_server_is_named_after_its_site() -> None:
    assert codes(site("NYC", server="NYC1"), with_rules=RULES, select="CTS003") == []
    assert codes(site("NYC", server="SMS1"), with_rules=RULES, select="CTS003") == ["CTS003"]


def test_four_children_are_too_many() -> None:
    children = [site(f"B{number}X", parent="NYC") for number in range(4)]
    (found,) = findings(site("NYC"), *children, with_rules=RULES, select="CTS004")
    assert found.site == "NYC"


def test_an_export_is_named_after_its_site() -> None:
    assert codes(site("NYC"), with_rules=RULES, select="CTS005") == ["CTS005"]
