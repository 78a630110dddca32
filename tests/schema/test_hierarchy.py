"""The sites of a run as parents, children and servers."""

from __future__ import annotations

from smslint import sources
from smslint.engine.run import joined
from smslint.schema.hierarchy import TIERS, Hierarchy
from smslint.schema.schedule import Usage, UsageSchedule
from smslint.schema.server import computer
from smslint.schema.site import Site
from smslint.testing import codes, findings
from tests.checks.sites import control, noted


def hierarchy(*exports: str) -> Hierarchy:
    read = (sources.read(text.encode(), f"input-{number}") for number, text in enumerate(exports))
    return Hierarchy(tuple(joined(site for export in read for site in export.sites)))


def named(sites: object) -> list[str | None]:
    assert isinstance(sites, list | tuple)
    return [site.code for site in sites if isinstance(site, Site)]


def test_parents_and_children() -> None:
    found = hierarchy(control("HQ1"), control("nyc", "hq1"), noted("BKN", "NYC"), noted("BOS", "OUT"))
    assert named(list(found.sites)) == ["BKN", "BOS", "HQ1", "nyc"]
    bkn, bos, top, nyc = found.sites
    assert found.parent_of(nyc) is top
    assert found.parent_of(bos) is None
    assert named(found.children_of(top)) == ["nyc"]
    assert named(list(found.ancestors(bkn))) == ["nyc", "HQ1"]
    assert found.site("Nyc") is nyc
    assert found.site(None) is None
    assert named(found.served_by("hq1srv.example.com")) == ["HQ1"]


def test_each_site_is_paired_with_its_parent_if_that_is_another_and_an_input() -> None:
    found = hierarchy(control("HQ1"), control("NYC", "HQ1", kind=9), noted("BOS", "OUT"), noted("SIX", "SIX"))
    pairs = [(child.code, parent.code) for child, parent in found.children_and_parents]
    assert pairs == [("NYC", "HQ1")]
    _, top, nyc, _ = found.sites
    assert named(found.children_of(top, "secondary")) == ["NYC"]
    assert named(found.children_of(top, "primary")) == []
    assert found.is_parent_or_child(top, "nyc")
    assert found.is_parent_or_child(nyc, "hq1")
    assert not found.is_parent_or_child(nyc, "BOS")


def test_a_route_is_lacked_only_where_addresses_are_known() -> None:
    found = hierarchy(control("HQ1", to=["BOS"]), control("NYC", "HQ1"), noted("BOS", "HQ1"))
    assert [(site.code, code) for site, code, _ in found.addresses] == [("HQ1", "BOS")]
    bos, top, nyc = found.sites
    assert found.lacks_route(top, "NYC")
    assert found.lacks_route(nyc, "HQ1")
    assert not found.lacks_route(top, "bos")
    assert not found.lacks_route(bos, "HQ1")


def test_the_servers_of_a_site() -> None:
    found = hierarchy(noted("NYC", server="one"), control("NYC", server="TWO.example.com"), noted("BOS"))
    assert named(found.served_by("ONE")) == named(found.controlled_on(r"\\two")) == ["NYC"]
    assert named(found.controlled_on("three")) == []
    bos, nyc = found.sites
    assert set(nyc.servers) == {"ONE", "TWO"}
    assert [nyc.server_is(name) for name in ("Two", "three", "", None)] == [True, False, False, False]
    assert [nyc.is_elsewhere(name) for name in ("Two", "three", "", None)] == [False, True, False, False]
    assert not bos.is_elsewhere("three")


def test_rings_end() -> None:
    found = hierarchy(noted("ONE", "TWO"), noted("TWO", "ONE"), noted("SIX", "SIX"))
    assert named(list(found.ancestors(found.sites[0]))) == ["TWO"]
    assert [named(ring) for ring in found.cycles()] == [["ONE", "TWO"], ["SIX"]]
    assert named(found.children_of(found.sites[1])) == []


def test_a_hostile_chain_costs_no_more_than_its_length() -> None:
    chain = [noted(f"{number:03d}", f"{number + 1:03d}") for number in range(200)]
    found = hierarchy(*chain)
    assert len(list(found.ancestors(found.sites[0]))) == TIERS
    assert codes(*chain, select="SMS501") == []


def test_sites_without_a_code_are_nobodys_parents() -> None:
    nameless = noted(None, "HQ1", server="SRV")
    assert findings(nameless, control("HQ1"), select="SMS208,SMS501,SMS503,SMS506,SMS511") == ()


def test_the_name_of_a_computer() -> None:
    assert {computer(name) for name in (r"\\Nyc", "NYC.example.com", "nyc")} == {"NYC"}


def test_hours_of_high_priority_before_medium() -> None:
    def longest(*hours: tuple[Usage | None, int]) -> int:
        week = [usage for usage, count in hours for _ in range(count)]
        return UsageSchedule(tuple(week)).hours_of_high_only_before_medium

    assert longest((Usage.ALL, 168)) == 0
    assert longest((Usage.HIGH_ONLY, 168)) == 0
    assert longest((Usage.ALL, 100), (Usage.HIGH_ONLY, 8), (Usage.ALL_BUT_LOW, 60)) == 8
    assert longest((Usage.HIGH_ONLY, 4), (Usage.ALL, 160), (Usage.HIGH_ONLY, 4)) == 8
    assert longest((Usage.HIGH_ONLY, 84), (Usage.CLOSED, 84)) == 0
    assert longest((Usage.HIGH_ONLY, 84), (None, 84)) == 0
