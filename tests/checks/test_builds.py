"""SMS114, SMS123, SMS124: what the documents say of sending in a build."""

from __future__ import annotations

import re

import pytest

from smslint.testing import findings, registry_export
from tests.checks.dumps import address, ct0, sender, wmi, wmi_address, wmi_sender

RAS = registry_export({r"Components\SMS_ASYNC_RAS_SENDER": {}}, version="692")


def levels(export: str, rule: str, **settings: object) -> list[str]:
    return [finding.severity for finding in findings(export, select=rule, **settings)]


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (RAS, ["warning"]),
        (RAS.replace("692", "600"), ["warning"]),
        (ct0(sender("BATCH_SNA", outbox="SNA_BATCH_DEFAULT")), ["warning"]),
        (ct0(address("BOS", r"{BOS}{\\BOSSMS01\SMS_SITE 00}", "X25_RAS")), ["warning"]),
        (ct0(sender("LAN")), ["info"]),
        (registry_export({r"Components\SMS_LAN_SENDER": {}}, version="692"), []),
        (registry_export({}, version="692"), []),
        (RAS.replace("692", "786"), []),
        (registry_export({r"Components\SMS_ASYNC_RAS_SENDER": {}}), ["info"]),
        (registry_export({r"Components\SMS_LAN_SENDER": {}}), []),
        (wmi(wmi_sender("SMS_ASYNC_RAS_SENDER")), []),
    ],
    ids=[
        "1.1",
        "1.0",
        "SNA",
        "address",
        "LAN alone",
        "LAN in a registry export",
        "nothing",
        "1.2",
        "unknown",
        "unknown without slow links",
        "2.0",
    ],
)
def test_the_packet_size_of_the_first_releases(export: str, expected: list[str]) -> None:
    assert levels(export, "SMS114") == expected


def test_the_packet_size_is_reported_where_the_slow_link_is() -> None:
    (slow,) = findings(RAS, select="SMS114")
    assert (slow.line, slow.component) == (6, "SMS_ASYNC_RAS_SENDER")
    (fast,) = findings(ct0(sender("LAN")), select="SMS114")
    assert fast.line == 1


@pytest.mark.parametrize(
    ("build", "kind", "expected"),
    [
        (1239, "MS_SNA_RAS", ["warning"]),
        (None, "MS_SNA_RAS", ["info"]),
        (1380, "MS_SNA_RAS", []),
        (1239, "MS_ASYNC_RAS", []),
        (1239, "MS_BATCH_SNA", []),
    ],
)
def test_ras_over_sna(build: int | None, kind: str, expected: list[str]) -> None:
    assert levels(wmi(wmi_address(kind=kind, Order=1), build=build), "SMS123") == expected


FIRST = "Q153260 Q136032 Q153302 Q153565"
RTM = "Q235753 Q221951 Q227021"
SP1 = "Q212937 Q256880 Q237330 Q256963 Q245523"
SP2 = "Q258423 Q264740"
SP3 = "Q278357 Q276259 Q279498 Q282494"
ALL_2_0 = "Q317893"


@pytest.mark.parametrize(
    ("release", "articles"),
    [
        ("1.0", f"{FIRST} Q137610 Q159201 Q181042"),
        ("1.1", f"{FIRST} Q137610 Q159201 Q181042"),
        ("1.2sp1", "Q137610 Q159201 Q181042 Q163747 Q161043"),
        ("1.2sp2", "Q137610 Q159201 Q181042"),
        ("1.2sp3", "Q137610 Q181042"),
        ("1.2sp4", "Q137610 Q235837"),
        ("2.0rtm", f"{RTM} {SP1} {SP2} {SP3} {ALL_2_0}"),
        ("2.0sp1", f"{SP1} {SP2} {SP3} {ALL_2_0}"),
        ("2.0sp2", f"{SP2} {SP3} {ALL_2_0}"),
        ("2.0sp3", f"{SP3} {ALL_2_0}"),
        ("2.0sp4", ALL_2_0),
    ],
)
def test_the_defects_of_a_release(release: str, articles: str) -> None:
    export = registry_export({r"Components\SMS_LAN_SENDER": {}})
    (finding,) = findings(export, select="SMS124", product_version=release)
    assert finding.severity == "info"
    assert re.findall(r"Q\d{6}", finding.message) == articles.split()
    assert "may have" not in finding.message


def test_the_defects_of_a_release_whose_service_pack_is_not_known() -> None:
    (finding,) = findings(registry_export({}, version="786"), select="SMS124")
    certain, _, possible = finding.message.partition("may have")
    assert re.findall(r"Q\d{6}", certain) == ["Q137610"]
    assert re.findall(r"Q\d{6}", possible) == ["Q159201", "Q181042", "Q163747", "Q161043", "Q235837"]
    assert (finding.line, finding.setting) == (4, "version")


@pytest.mark.parametrize("version", ["", "2.50.4253.3000", "5.00.9128.1000"])
def test_no_defects_are_listed_for_other_releases(version: str) -> None:
    assert levels(registry_export({r"Components\SMS_LAN_SENDER": {}}, version=version), "SMS124") == []


def test_the_list_is_off_by_default() -> None:
    assert findings(registry_export({}, version="786"), select=()) == ()


UNVERSIONED = registry_export({r"Components\SMS_LAN_SENDER": {}})


def test_every_defect_is_a_sentence_with_its_article() -> None:
    for version, articles in (("2.0rtm", 16), ("2.0sp5", 3), ("2003sp1", 2), ("1.1", 7)):
        (finding,) = findings(UNVERSIONED, select="SMS124", product_version=version)
        described = re.findall(r"[A-Z][^.:]{15,}? \((?:Q|KB)\d{6}\)", finding.message)
        assert len(described) == articles
        assert len(re.findall(r"(?:Q|KB)\d{6}", finding.message)) == articles
    assert findings(UNVERSIONED, select="SMS124", product_version="2003sp2") == ()


def test_two_threads_on_one_send_request() -> None:
    for version in ("2.0sp5", "2003rtm", "2003sp1"):
        (finding,) = findings(UNVERSIONED, select="SMS124", product_version=version)
        assert "KB885278" in finding.message
        assert "Q303725" not in finding.message
    (earlier,) = findings(UNVERSIONED, select="SMS124", product_version="2.0sp4")
    assert "KB885278" not in earlier.message
    assert "KB836553" in earlier.message
