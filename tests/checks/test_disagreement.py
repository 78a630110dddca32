"""SMS203, SMS219, SMS308, SMS309, SMS502, SMS505: what two exports say of the same thing."""

from __future__ import annotations

import pytest

from tests.checks.sites import OFFICE_DAY, address, control, defined, leads, levels, noted, of, wmi


def addressed(server: str) -> str:
    return control("HQ1", more=[address("HQ1", "NYC", server)])


def test_a_server_that_is_not_the_destinations() -> None:
    (finding,) = of("SMS203", addressed("OLDSRV"), control("NYC"))
    assert (finding.severity, finding.site, finding.value) == ("warning", "HQ1", "OLDSRV")
    assert finding.expected == "NYCSRV"
    assert "alias" in finding.message
    assert [related.path for related in finding.related] == ["input-2"]


@pytest.mark.parametrize("server", ["NYCSRV", "nycsrv", "NYCSRV.example.com", "10.1.2.3", "HQ1SRV"], ids=str)
def test_servers_that_are_or_may_be_the_destinations(server: str) -> None:
    assert levels("SMS203", addressed(server), control("NYC")) == []


def test_destinations_whose_server_is_not_known() -> None:
    assert levels("SMS203", addressed("OLDSRV")) == []
    assert levels("SMS203", addressed("OLDSRV"), control("NYC", server="")) == []
    assert levels("SMS203", addressed("OLDSRV"), control("NYC"), noted("NYC", server="OLDSRV")) == []


def boxed(hours: str) -> str:
    return control("NYC", more=[f"OUTBOX <LAN_DEFAULT><><MS_LAN_SENDER><{hours}><1><D><NYCSRV>"])


RESTRICTED = boxed("F" * 84 + "0" * 84)
OPEN_ADDRESS = leads("NYC", "HQ1")


def test_a_schedule_that_the_upgrade_lost() -> None:
    (finding,) = of("SMS219", RESTRICTED, wmi(defined("NYC"), OPEN_ADDRESS))
    assert (finding.severity, finding.site, finding.path) == ("warning", "NYC", "input-2")
    assert [related.path for related in finding.related] == ["input-1"]


def test_schedules_that_were_kept_or_never_there() -> None:
    after = wmi(defined("NYC"), OPEN_ADDRESS)
    assert levels("SMS219", boxed("F" * 168), after) == []
    assert levels("SMS219", RESTRICTED, wmi(defined("NYC"), leads("NYC", "HQ1", day=OFFICE_DAY))) == []
    assert levels("SMS219", RESTRICTED, wmi(defined("NYC"), leads("NYC", "HQ1", "MS_ASYNC_RAS"))) == []
    assert levels("SMS219", RESTRICTED, wmi(defined("BOS"), leads("BOS", "HQ1"))) == []
    assert levels("SMS219", RESTRICTED) == []
    assert levels("SMS219", after) == []


@pytest.mark.parametrize(
    ("registry", "file", "expected"),
    [
        ("HQ1", "HQ2", ["warning"]),
        ("HQ1", "", ["warning"]),
        ("", "HQ1", ["warning"]),
        ("HQ1", "HQ1", []),
        ("hq1", "HQ1", []),
        ("", "", []),
        (None, "HQ1", []),
    ],
)
def test_parents_in_registry_and_site_control(registry: str | None, file: str, expected: list[str]) -> None:
    assert levels("SMS308", noted("NYC", registry), control("NYC", file)) == expected


def test_parents_of_two_inputs_of_one_kind() -> None:
    files = [control("NYC", "HQ1", ["HQ1"]), control("NYC", "HQ2", ["HQ2"])]
    assert levels("SMS505", *files) == ["error"]
    assert levels("SMS505", noted("NYC", "HQ1"), noted("NYC", "HQ2")) == ["error"]
    assert levels("SMS308", noted("NYC", "HQ1"), *files) == []


def test_parents_that_need_not_be_the_same() -> None:
    assert levels("SMS505", control("NYC", "HQ1"), control("NYC", "HQ2", file_type=2)) == []
    assert levels("SMS505", control("NYC", "HQ1"), control("NYC", "hq1")) == []
    assert levels("SMS505", noted("NYC", "HQ1"), noted("NYC", "")) == []
    assert levels("SMS505", noted("NYC", "HQ1"), control("NYC", "HQ2")) == []
    assert levels("SMS505", noted("NYC", "HQ1"), noted("BOS", "HQ2")) == []


def test_site_codes_in_registry_and_site_control() -> None:
    registry = noted("NYC", server="SRV")
    (finding,) = of("SMS309", registry, control("NYK", server="srv.example.com"))
    assert (finding.severity, finding.site, finding.path) == ("error", "NYC", "input-1")
    assert [related.path for related in finding.related] == ["input-2"]
    assert levels("SMS309", registry, control("NYC", server="SRV")) == []
    assert levels("SMS309", registry, control("NYK", server="SRV2")) == []
    assert levels("SMS309", registry, noted("NYK", server="SRV")) == []
    assert levels("SMS309", registry, control("NYC", server="SRV"), control("NYK", server="SRV")) == []


def test_one_code_on_two_servers() -> None:
    (finding,) = of("SMS502", control("NYC"), control("nyc", server="OTHER"))
    assert (finding.severity, finding.site, finding.path) == ("error", "NYC", "input-2")
    assert levels("SMS502", noted("NYC", server="NYCSRV"), control("NYC")) == []
    assert levels("SMS502", noted("NYC", server="nycsrv.example.com"), control("NYC")) == []
    assert levels("SMS502", noted("NYC", server=""), control("NYC")) == []
    assert levels("SMS502", control("NYC"), control("BOS")) == []
    three = [control("NYC", server=server) for server in ("ONE", "TWO", "TWO", "ONE")]
    assert levels("SMS502", *three) == ["error"]


CURRENT = "5.00.9128.1000"


def node(server: str, version: str = CURRENT, kind: int = 1) -> str:
    setup: dict[str, int | str] = {"Full Version": version, "Type": kind} if version else {"Type": kind}
    return noted("NYC", server=server, keys={"Setup": setup})


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([node("NYC1"), node("NYC2")], []),
        ([node("NYC1"), node("NYC2", "")], []),
        ([node("NYC1", "5.00.8692.1000"), node("NYC2", "5.00.8692.1500")], []),
        ([node("NYC1", "5.00.8692.1000"), node("NYC2")], ["error"]),
        ([node("NYC1", "5.00.8634.1000"), node("NYC2", "5.00.8634.1000")], ["error"]),
        ([node("NYC1"), node("NYC2"), node("NYC3")], ["error", "error"]),
        ([node("NYC1", kind=2), node("NYC2", kind=2)], ["error"]),
        ([node("NYC1", "5.00.8239.1000"), node("NYC2", "5.00.8239.1000")], ["error"]),
        ([node("NYC1", ""), node("NYC2", "")], ["error"]),
    ],
    ids=[
        "a pair",
        "one build unknown",
        "1806",
        "two builds",
        "before 1806",
        "three",
        "secondary",
        "2012",
        "version unknown",
    ],
)
def test_an_active_and_a_passive_server(nodes: list[str], expected: list[str]) -> None:
    assert levels("SMS502", *nodes) == expected


def test_a_pair_that_is_only_possible_is_a_warning() -> None:
    sites = [{"SmsProviderObjectPath": "x", **defined("NYC"), "SiteServerName": f"NYC{n}"} for n in (1, 2)]
    for site in sites:
        del site["BuildNumber"]
    dumps = [wmi(site, {**leads("NYC", "BOS"), "AddressPriorityOrder": 1}) for site in sites]
    (finding,) = of("SMS502", *dumps)
    assert finding.severity == "warning"
    assert "passive" in finding.message
