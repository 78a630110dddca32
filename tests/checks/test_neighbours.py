"""SMS506, SMS508, SMS510: one site's server beside another's."""

from __future__ import annotations

import pytest

from tests.checks.sites import control, levels, noted, of

BOS = control("BOS")


def component(server: str) -> str:
    return f"BEGIN_COMPONENT\n  <2125><SMS_INVENTORY_DATA_LOADER><DATALDR.DLL><{server}><D>\nEND_COMPONENT"


def system(server: str, role: str) -> str:
    path = rf'["Display=\\{server}\"]MSWNET:["SMS_SITE=NYC"]\\{server}\ '.rstrip()
    lines = f"  RESOURCE<Windows NT Server><{path}>\n  ROLE<{role}>"
    return f"BEGIN_SYSTEM_RESOURCE_USE\n{lines}\nEND_SYSTEM_RESOURCE_USE"


def test_a_component_on_the_server_of_another_site() -> None:
    (finding,) = of("SMS506", control("NYC", more=[component("BOSSRV")]), BOS)
    assert (finding.severity, finding.site, finding.component) == (
        "error",
        "NYC",
        "SMS_INVENTORY_DATA_LOADER",
    )
    assert [related.path for related in finding.related] == ["input-2"]
    assert levels("SMS506", control("NYC", more=[component("bossrv.example.com")]), BOS) == ["error"]
    assert levels("SMS506", control("NYC", more=[component("BOSSRV")]), noted("BOS", server="BOSSRV")) == [
        "error"
    ]


def test_servers_of_no_other_site() -> None:
    assert levels("SMS506", control("NYC", more=[component("NYCSRV")]), BOS) == []
    assert levels("SMS506", control("NYC", more=[component("THIRD")]), BOS) == []
    assert levels("SMS506", control("NYC", more=[component("BOSSRV")])) == []
    package_server = "SERVER <BOSSRV><Default Package Server><0><>"
    assert levels("SMS506", control("NYC", more=[package_server]), BOS) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("SMS Client Access Point", ["error"]),
        ("SMS Component Server", ["error"]),
        ("SMS Distribution Point", []),
        ("SMS SQL Server", []),
        ("SMS Logon Point", []),
    ],
)
def test_roles_on_the_server_of_another_site(role: str, expected: list[str]) -> None:
    definition = "BEGIN_SITE_DEFINITION\n  <1><NYC><New York>\nEND_SITE_DEFINITION"
    text = "\n".join(["SITE CONTROL FILE [1493][1.08]", definition, system("BOSSRV", role), ""])
    assert levels("SMS506", text, BOS) == expected


def test_two_sites_on_one_server() -> None:
    (finding,) = of("SMS506", control("NYC", server="SRV"), control("BOS", server="SRV"))
    assert finding.site == "NYC"
    assert levels("SMS506", noted("NYC", server="SRV"), control("BOS", server="SRV")) == []
    assert levels("SMS506", noted("NYC", server="SRV"), noted("BOS", server="SRV")) == []


def counted(
    code: str, parent: str, serial: int | None, version: str = "2.00.1493.3000", kind: int = 2
) -> str:
    keys: dict[str, dict[str, int | str]] = {"Setup": {"Type": kind, "Full Version": version}}
    if serial is not None:
        keys[r"Components\SMS_Discovery_Data_Manager"] = {"Serial number": serial}
    return noted(code, parent, keys=keys)


@pytest.mark.parametrize(
    ("parent", "child", "version", "expected"),
    [
        (10, 11, "2.00.1493.3000", ["error"]),
        (10, 10, "2.00.1493.3000", []),
        (11, 10, "2.00.1493.3000", []),
        (10, None, "2.00.1493.3000", []),
        (None, 10, "2.00.1493.3000", []),
        (10, 11, "2.00.1493.4000", ["error"]),
        (10, 11, "2.00.1493.5000", ["error"]),
        (10, 11, "2.50.2726.0018", []),
        (10, 11, "2.00.1239.0000", ["error"]),
    ],
)
def test_serial_numbers(parent: int | None, child: int | None, version: str, expected: list[str]) -> None:
    exports = [counted("HQ1", "", parent, version, 1), counted("NYC", "HQ1", child, version)]
    assert levels("SMS508", *exports) == expected


def test_only_secondary_sites_are_compared() -> None:
    parent = counted("HQ1", "", 10, kind=1)
    assert levels("SMS508", parent, counted("NYC", "HQ1", 11, kind=1)) == []
    assert levels("SMS508", parent, counted("NYC", "BOS", 11)) == []
    (finding,) = of("SMS508", parent, counted("NYC", "HQ1", 11), counted("BOS", "HQ1", 12))
    assert (finding.site, finding.value, finding.expected) == ("HQ1", 10, "at least 12")
    assert len(finding.related) == 2


def upgrading(limit: int, waiting: int, version: str = "2.00.1493.4000", kind: int = 9) -> list[str]:
    sender: dict[str, int | str] = {"Maximum Concurrent Sendings": limit}
    parent = noted("HQ1", "", version=version, keys={r"Components\SMS_LAN_SENDER": sender})
    return [parent, *(control(f"S0{number}", "HQ1", ["HQ1"], kind=kind) for number in range(waiting))]


@pytest.mark.parametrize(
    ("limit", "waiting", "expected"), [(3, 3, 1), (3, 2, 0), (2, 2, 1), (1, 1, 1), (1, 0, 0), (0, 0, 0)]
)
def test_upgrades_at_once(limit: int, waiting: int, expected: int) -> None:
    assert levels("SMS510", *upgrading(limit, waiting)) == ["info"] * expected


def test_sites_that_are_not_upgraded_over_the_wire() -> None:
    assert levels("SMS510", *upgrading(2, 3, version="786")) == []
    assert levels("SMS510", *upgrading(2, 3, kind=6)) == []
