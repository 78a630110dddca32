"""Set-ups that the documentation describes as healthy give nothing at warning or above."""

from __future__ import annotations

import pytest

from tests.running import FIXTURES, smslint

HEALTHY = {
    "two addresses, one for high priority only": "configmgr-2007/two-addresses.json",
    "a retry delay of 10 minutes": "configmgr-current/retry-delay-10.json",
    "a distribution point without DestinationType": "configmgr-current/distribution-point.json",
    "content routing, limits, pulse mode, high only upward": "hierarchy-current",
}


@pytest.mark.parametrize("name", HEALTHY.values(), ids=HEALTHY)
def test_a_healthy_set_up_is_silent(name: str) -> None:
    ran = smslint("check", FIXTURES / name, "--isolated", "--format", "json")
    assert [each["rule"] for each in ran.json["findings"] if each["severity"] != "info"] == []
    assert ran.status == 0


def test_an_active_and_a_passive_server_are_silent() -> None:
    pair = [FIXTURES / "hierarchy-current" / f"{name}.reg" for name in ("PRASRV", "PRASRV2")]
    assert smslint("check", *pair, "--isolated", "--format", "json").json["findings"] == []


def test_a_client_holds_no_settings_of_a_site() -> None:
    client = FIXTURES / "configmgr-current" / "client.reg"
    ran = smslint("check", client, "--isolated", "--format", "json", "--select", "ALL")
    assert [each["rule"] for each in ran.json["findings"]] == ["SMS902"]
