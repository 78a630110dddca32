"""The map as a picture: who stands below whom, what the arrows say, and what is certain of any input."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from smslint.report import AddressInfo, Report, SiteInfo
from smslint.reports.html.layout import BOX_HEIGHT, BOX_WIDTH, layout
from smslint.reports.html.map import svg
from smslint.reports.html.tree import DEEPEST, Box, View, trees
from smslint.testing import report as lint_report
from tests.reports.cases import finding, read, report, unfixed
from tests.running import FIXTURES, smslint

SVG = "{http://www.w3.org/2000/svg}"
OFFICE = tuple(f"{day} ........!!!!!!!!!!######" for day in ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"))


def site(code: str | None, parent: str | None = "", *addresses: AddressInfo) -> SiteInfo:
    return SiteInfo(code, None, parent, None, None, (f"exports/{code}.reg",), addresses)


def address(to: str, week: tuple[str, ...] | None = ()) -> AddressInfo:
    return AddressInfo(to, "MS_LAN", week, frozenset())


def boxes(*sites: SiteInfo) -> dict[str, Box]:
    return {box.code: box for box in layout(trees(sites)).boxes}


def drawn(*sites: SiteInfo, findings: Report | None = None, view: View = "folded") -> Element:
    shown = replace(findings or report([read("a.reg")]), sites=sites)
    return ElementTree.fromstring("\n".join(svg(shown, view)))


def codes(picture: Element) -> list[str]:
    """What stands in the boxes: site codes, and the numbers of folded ones."""
    return sorted("".join(each.itertext()) for each in of_class(picture, "code"))


def titles(picture: Element) -> list[str]:
    return [each.text or "" for each in picture.iter(f"{SVG}title")]


def of_class(picture: Element, name: str) -> list[Element]:
    return [each for each in picture.iter() if name in each.get("class", "").split()]


def overlapping(sites: list[SiteInfo]) -> list[tuple[str, str]]:
    placed = sorted(layout(trees(sites)).boxes, key=lambda box: box.x)
    found = []
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            if other.x >= one.x + BOX_WIDTH:
                break
            if abs(one.y - other.y) < BOX_HEIGHT:
                found.append((one.code, other.code))
    return found


def test_a_child_stands_below_its_parent_in_the_next_tier() -> None:
    placed = boxes(site("NYC", "hq1"), site("HQ1"))
    assert placed["NYC"].above is placed["HQ1"]
    assert (placed["HQ1"].tier, placed["NYC"].tier) == (1, 2)
    assert placed["NYC"].y > placed["HQ1"].y


def test_a_parent_and_a_destination_that_no_input_shows_are_drawn_as_only_named() -> None:
    placed = boxes(site("NYC", "HQ1", address("LON")))
    assert placed["HQ1"].site is None
    assert placed["NYC"].above is placed["HQ1"]
    assert placed["LON"].is_destination
    assert placed["LON"].above is placed["NYC"]


def test_a_ring_of_parents_is_opened_and_said() -> None:
    picture = drawn(site("AAA", "CCC"), site("BBB", "AAA"), site("CCC", "BBB"), site("DDD", "DDD"))
    assert len(of_class(picture, "site")) == 4
    assert "CCC is named as the parent of AAA, in a ring" in titles(picture)


def test_the_order_of_the_inputs_changes_nothing() -> None:
    sites = [site(f"{each:03}", f"{each // 3:03}" if each else "") for each in range(60)]
    shuffled = list(sites)
    random.Random(1).shuffle(shuffled)
    assert ElementTree.tostring(drawn(*sites)) == ElementTree.tostring(drawn(*shuffled))


@pytest.mark.parametrize("seed", range(3))
def test_no_boxes_overlap_whatever_the_tree(seed: int) -> None:
    chance = random.Random(seed)
    sites = [
        site(f"{each}", f"{chance.randrange(400)}" if chance.random() < 0.9 else "") for each in range(300)
    ]
    assert overlapping(sites) == []


def test_a_chain_without_end_is_cut() -> None:
    sites = [site(f"{each}", f"{each + 1}") for each in range(1000)]
    assert max(box.tier for box in layout(trees(sites)).boxes) == DEEPEST
    assert overlapping(sites) == []


def test_an_arrow_says_type_and_hours() -> None:
    picture = drawn(site("HQ1", "", address("NYC", OFFICE)), site("NYC", "HQ1", address("HQ1", None)))
    assert "Address from HQ1 to NYC: MS_LAN, 56 h open, 70 h high priority only, 42 h closed" in titles(
        picture
    )
    assert "Address from NYC to HQ1: MS_LAN, hours unknown" in titles(picture)
    (week,) = [each for each in of_class(picture, "address") if of_class(each, "week")]
    assert of_class(week, "closed")
    assert of_class(week, "part")


def test_an_address_beside_the_tree_is_an_arrow_too() -> None:
    picture = drawn(site("HQ1"), site("NYC", "HQ1", address("LON")), site("LON", "HQ1"))
    assert "Address from NYC to LON: MS_LAN, open at all hours" in titles(picture)


def test_trouble_is_a_sign_and_words_and_dashes() -> None:
    shown = report([read("a.reg")], [finding(site="nyc"), unfixed(site="NYC", severity="warning")])
    picture = drawn(site("NYC"), site("LON"), findings=shown)
    (troubled,) = of_class(picture, "error")
    assert [each.get("href") for each in troubled.iter(f"{SVG}use")] == ["#sign-error"]
    assert "1 error, 1 warning" in "".join(troubled.itertext())
    assert "NYC: 1 error, 1 warning" in (picture.findtext(f"{SVG}desc") or "")


def test_a_finding_about_an_address_marks_its_arrow() -> None:
    lan = AddressInfo("LON", "MS_LAN", (), frozenset({("NYC", "LON MS_LAN")}))
    shown = report([read("exports/nyc.reg")], [unfixed(site="nyc", subject="Lon MS_LAN", severity="warning")])
    picture = drawn(site("NYC", "", lan), site("LON"), findings=shown)
    assert [each.get("class") for each in of_class(picture, "address")] == ["address warning"]


@pytest.mark.parametrize("indent", [None, 1])
def test_an_address_of_a_dump_is_marked_by_its_own_findings_alone(indent: int | None) -> None:
    route = {"__CLASS": "SMS_SCI_Address", "SiteCode": "NYC", "AddressType": "MS_LAN", "PropLists": []}
    weeks = {"BOS": 4, "HQ1": 1}
    objects = [
        {**route, "DesSiteCode": code, "Props": [], "UsageSchedule": [{"HourUsage": [usage] * 24}] * 7}
        for code, usage in weeks.items()
    ]
    made = lint_report(json.dumps(objects, indent=indent), select="SMS216")
    picture = ElementTree.fromstring("\n".join(svg(made)))
    marked = sorted(str(each.get("class")) for each in of_class(picture, "address"))
    assert marked == ["address", "address warning"]


def test_a_site_without_a_code_is_called_by_its_file() -> None:
    picture = drawn(site(None))
    assert any(title.startswith("None.reg: ") for title in titles(picture))


def test_map_writes_a_picture_and_a_page(tmp_path: Path) -> None:
    for name in ("map.svg", "map.html"):
        ran = smslint("map", FIXTURES / "hierarchy", "--output", tmp_path / name)
        assert (ran.status, ran.out, ran.err) == (0, f"{tmp_path / name}\n", "")
    picture = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert codes(picture) == ["4 sites"] * 3 + ["AME", "ASI", "EUR", "HQ1", "NOR", "S01", "S02", "S03"]
    assert "<main" in (tmp_path / "map.html").read_text("ascii")


@pytest.mark.parametrize(
    ("words", "output"),
    [
        ((FIXTURES / "hierarchy", "--output", "map.png"), "takes NAME.svg or NAME.html"),
        ((FIXTURES / "hierarchy", "--output", "file/map.svg"), "file/map.svg: not written"),
        ((FIXTURES / "malformed" / "bad-header-unicode.reg", "--output", "map.svg"), "nothing to draw"),
        (("missing.reg", "--output", "map.svg"), "missing.reg: no such file"),
    ],
)
def test_what_cannot_be_drawn_is_a_2_and_writes_nothing(
    words: tuple[str | Path, ...], output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("kept")
    ran = smslint("map", *words)
    assert ran.status == 2
    assert output in ran.err
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def star(number: int) -> list[SiteInfo]:
    """A headquarters, and a number of sites below it that send to each other and back."""
    below = [site(f"{each:03}", "HQ1", address("HQ1")) for each in range(number)]
    return [site("HQ1", "", *(address(each.code or "") for each in below)), *below]


def test_healthy_sites_of_one_parent_are_one_box_and_trouble_stays_open() -> None:
    shown = report([read("a.reg")], [finding(site="007")])
    picture = drawn(*star(40), findings=shown)
    assert codes(picture) == ["007", "39 sites", "HQ1"]
    (fold,) = (each for each in titles(picture) if each.startswith("39 sites"))
    assert fold.startswith("39 sites below HQ1, nothing found: 000, 001, ")
    assert "Address from HQ1 to 000: MS_LAN, open at all hours" in "\n".join(titles(picture))


def test_both_ends_of_an_address_with_findings_stay_open() -> None:
    sites = star(40)
    bad = AddressInfo("011", "MS_LAN", (), frozenset({("EXPORTS/HQ.REG", "011 MS_LAN")}))
    sites[0] = site("HQ1", "", bad)
    shown = report(
        [read("exports/hq.reg")], [unfixed(path="exports/hq.reg", site=None, subject="011 MS_LAN")]
    )
    assert codes(drawn(*sites, findings=shown)) == ["011", "39 sites", "HQ1"]


def test_a_ring_of_parents_stays_open() -> None:
    ring = [site("AAA", "BBB"), site("BBB", "AAA")]
    assert codes(drawn(*star(40), *ring)) == ["40 sites", "AAA", "BBB", "HQ1"]


def test_few_sites_are_not_folded() -> None:
    assert len(codes(drawn(*star(8)))) == 9


def test_what_is_only_named_is_folded_by_itself() -> None:
    sites = [site("HQ1", "", *(address(f"{each:03}") for each in range(30))), site("NYC", "HQ1")]
    picture = drawn(*sites)
    assert codes(picture) == ["30 sites", "HQ1", "NYC"]
    assert any("only named, not among the inputs: 000" in each for each in titles(picture))


def test_only_trouble_shows_what_it_is_below_and_no_more() -> None:
    sites = [*star(40), *(site(f"L{each:02}", "005") for each in range(20))]
    shown = report([read("a.reg")], [finding(site="L07")])
    assert codes(drawn(*sites, findings=shown, view="trouble")) == ["005", "HQ1", "L07"]
    assert len(codes(drawn(*sites, findings=shown, view="all"))) == 61


def test_whole_branches_are_folded_where_the_map_would_still_be_large() -> None:
    regions = [site(f"R{each:03}", "HQ1") for each in range(150)]
    leaves = [site(f"{each:04}", f"R{each % 150:03}") for each in range(2849)]
    shown = report([read("a.reg")], [finding(site="0007")])
    picture = drawn(site("HQ1"), *regions, *leaves, findings=shown)
    assert codes(picture) == ["0007", "18 sites", "2979 sites", "HQ1", "R007"]


def test_what_is_drawn_grows_with_the_sites_and_not_faster() -> None:
    def size(number: int) -> int:
        return len(ElementTree.tostring(drawn(*star(number), view="all")))

    assert size(800) < 2.2 * size(400)
