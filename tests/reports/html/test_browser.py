"""The HTML report and the map, in a browser: what is seen first, filtered, moved, printed and read."""

from __future__ import annotations

import base64
import itertools
import re
import runpy
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from smslint.report import AddressInfo, Report, ReportedFinding, ReportedFix, SiteInfo
from smslint.reports import Render, renderer
from smslint.reports.html.hierarchy import map_page
from smslint.reports.html.map import svg
from smslint.reports.style import Style
from tests.reports.cases import NASTY_PATH, NASTY_TEXT, REPORTS, finding, read, report
from tests.reports.html.browser import chromium, complaints, requested
from tests.running import FIXTURES, smslint

Open = Callable[[str | Report], Chrome]
HOSTILE = (
    "\"'><script>document.title='owned'</script><img src=x onerror=document.title='owned'>]]>--></style>"
)
COUNT_VISIBLE = "return [...document.querySelectorAll('.finding')].filter(e => e.checkVisibility()).length"


def address(to: str, kind: str = "MS_LAN", week: tuple[str, ...] | None = ()) -> AddressInfo:
    return AddressInfo(to, kind, week, frozenset())


def site(code: str, parent: str = "", *addresses: AddressInfo, server: str = "SRV") -> SiteInfo:
    return SiteInfo(code, server, parent, "primary", "SMS 1.2", (f"{code}.reg",), addresses)


def tree(number: int) -> list[SiteInfo]:
    """A headquarters with regions, the other sites below them, each with addresses up and down."""
    regions = number // 20 or 1
    codes = [f"{each:03X}" for each in range(number)]
    above = {
        code: codes[0] if each <= regions else codes[each % regions + 1]
        for each, code in enumerate(codes)
        if each
    }
    return [
        site(
            code,
            above.get(code, ""),
            *(address(other) for other in codes if above.get(other) == code or above.get(code) == other),
        )
        for code in codes
    ]


def of_sites(*sites: SiteInfo) -> Report:
    return replace(report([read("a.reg")], [finding(site=sites[0].code)]), sites=sites)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def opened(driver: Chrome, tmp_path: Path) -> Open:
    def open_report(what: str | Report, render: Render | None = None) -> Chrome:
        shown = REPORTS[what] if isinstance(what, str) else what
        file = tmp_path / "report.html"
        file.write_text("\n".join((render or renderer("html"))(shown, Style())), "utf-8")
        driver.get(file.as_uri())
        return driver

    return open_report


@pytest.fixture
def opened_map(opened: Any) -> Open:
    def open_map(what: str | Report) -> Chrome:
        running: Chrome = opened(what, map_page)
        return running

    return open_map


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The reports of real inputs: twenty sites of the fixtures, and three hundred with 31 findings."""
    folder = tmp_path_factory.mktemp("made")
    pages: dict[str, Path] = {}

    def make(what: str) -> Path:
        if what not in pages:
            source = FIXTURES / what
            if what == "large":
                hierarchy = runpy.run_path(str(FIXTURES / "make_hierarchy.py"))
                source = folder / what
                hierarchy["write"](source, hierarchy["current_large"]())
            pages[what] = folder / f"{what}.html"
            output = ("--output", f"html:{pages[what]}", "--exit-zero", "--isolated")
            assert smslint("check", source, "--format", "concise", *output).status == 0
        return pages[what]

    return make


def printed_pages(driver: Chrome) -> int:
    pdf = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("case", REPORTS)
def test_it_opens_without_a_complaint_and_asks_for_nothing(case: str, opened: Open) -> None:
    driver = opened("clean")
    requested(driver), complaints(driver)
    opened(case)
    assert complaints(driver) == []
    assert all(url.startswith("file:") and url.endswith("report.html") for url in requested(driver))
    assert driver.execute_script("return document.querySelectorAll('.finding').length") == len(
        REPORTS[case].findings
    )


def test_the_first_screen_has_the_verdict_the_counts_the_coverage_and_the_map(
    driver: Chrome, made: Callable[[str], Path]
) -> None:
    driver.get(made("large").as_uri())
    verdict = driver.find_element(By.CLASS_NAME, "verdict")
    assert verdict.text == "16 errors, 15 warnings at 31 of 300 sites."
    assert re.match(r"Made \d{4}-\d\d-\d\d \d\d:\d\d UTC from 300 files in .*large", _text(driver, ".made"))
    assert "SMS101 sender-capacity-zero 12 12 sites" in " ".join(_text(driver, "#rules").split())
    assert "Read: 300 sites, 300 files, 300 senders" in _text(driver, "#coverage")
    height = driver.execute_script("return innerHeight")
    for part in ("rules", "sites", "coverage", "map-frame"):
        rect = driver.find_element(By.ID, part).rect
        assert rect["y"] + rect["height"] <= height, part


def _text(driver: Chrome, selector: str) -> str:
    return driver.find_element(By.CSS_SELECTOR, selector).text


def test_the_first_screen_says_what_was_not_checked_and_of_whom(opened: Open) -> None:
    driver = opened("many")
    assert "addresses of NYC and LON" in _text(driver, "#coverage")
    assert "copy SITECTRL.CT0 nyc.ct0" in _text(driver, "#read")


def test_it_says_when_it_was_made(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert _text(opened("one"), ".made") == "Made 2001-09-09 01:46 UTC from exports/nyc.reg by smslint 1.0.0."


def test_findings_stand_by_rule_with_one_explanation_and_one_fix(
    driver: Chrome, made: Callable[[str], Path]
) -> None:
    driver.get(made("large").as_uri())
    groups = driver.find_elements(By.CSS_SELECTOR, ".group")
    assert [each.get_attribute("id") for each in groups] == ["SMS101", "SMS216", "SMS203", "SMS217", "SMS316"]
    assert [len(each.find_elements(By.CLASS_NAME, "finding")) for each in groups] == [12, 4, 8, 5, 2]
    assert groups[0].text.count("Why") == 1
    assert [len(each.find_elements(By.CLASS_NAME, "safety")) for each in groups] == [1] * 5


def test_every_finding_shows_its_location_its_line_and_its_fix(opened: Open) -> None:
    text = _text(opened("one"), ".group")
    assert "exports/nyc.reg:4:31" in text
    assert "expected at least 1" in text
    assert "Nothing leaves the site through it." in text
    assert "Maximum Concurrent Sendings: 0" in text
    assert '- "Maximum Concurrent Sendings"=dword:00000000' in text
    assert '+ "Maximum Concurrent Sendings"=dword:00000005' in text
    assert "smslint patch exports/nyc.reg" in text


def test_a_path_that_a_shell_would_obey_is_in_no_command(opened: Open) -> None:
    driver = opened(report([read("$(x).reg")], [finding("$(x).reg")]))
    assert _text(driver, ".command") == "smslint patch PATH"


def test_steps_that_differ_by_site_stand_in_the_one_fix(opened: Open) -> None:
    def one(code: str) -> ReportedFinding:
        steps = ("Open the console.", f"Set it at {code}.")
        return finding(site=code, fix=ReportedFix("manual", f"Mend {code}.", steps, (), ()))

    few = opened(report([read("a.reg")], [one("NYC"), one("LON")])).find_element(By.CSS_SELECTOR, "dl").text
    assert few.count("Open the console.") == 1
    assert "Set it at NYC." in few
    assert "Set it at LON." in few
    driver = opened(report([read("a.reg")], [one(f"S{each:02}") for each in range(20)]))
    assert "Set it at" not in _text(driver, "dl")
    assert "Fix: Set it at S07." in driver.find_elements(By.CLASS_NAME, "finding")[7].text


def test_a_schedule_is_a_picture_with_its_hours_in_words(driver: Chrome, made: Callable[[str], Path]) -> None:
    driver.get(made("hierarchy-broken").as_uri())
    hours = driver.find_element(By.CSS_SELECTOR, "#SMS211 .hours")
    assert "98 h open, 70 h high priority only" in hours.text
    assert hours.find_elements(By.CSS_SELECTOR, "svg .part")
    assert "........" not in _text(driver, "#SMS211")


def test_links_lead_to_each_group_and_finding_even_to_hidden_ones(opened: Open) -> None:
    driver = opened("many")
    Select(driver.find_element(By.NAME, "rule")).select_by_value("ACME1")
    links = driver.find_elements(By.CSS_SELECTOR, "#SMS101 .anchor")
    targets = [(each.get_attribute("href") or "").partition("#")[2] for each in links]
    assert targets[0] == "SMS101"
    assert len(set(targets)) == len(targets)
    driver.execute_script("location.hash = arguments[0]", targets[-1])
    assert driver.find_element(By.ID, targets[-1]).is_displayed()


def test_what_is_marked_is_what_the_finding_points_at(opened: Open) -> None:
    assert opened("one").find_element(By.TAG_NAME, "mark").text == "dword:00000000"


def test_the_gravest_come_first(opened: Open) -> None:
    levels = [each.text for each in opened("many").find_elements(By.CSS_SELECTOR, "h3 .level")]
    assert len(levels) == 3
    assert levels == sorted(levels, key=["error", "warning", "info"].index)


def test_filters_work_by_click(opened: Open) -> None:
    driver = opened("many")
    levels = [each.severity for each in REPORTS["many"].findings]
    status = driver.find_element(By.ID, "shown")
    assert status.text == f"{len(levels)} of {len(levels)} findings shown"
    driver.find_element(By.CSS_SELECTOR, "[value=error]").click()
    assert driver.execute_script(COUNT_VISIBLE) == len(levels) - levels.count("error")
    Select(driver.find_element(By.NAME, "rule")).select_by_value("ACME1")
    assert driver.execute_script(COUNT_VISIBLE) == 1
    assert status.text == f"1 of {len(levels)} findings shown"
    Select(driver.find_element(By.NAME, "site")).select_by_value("NYC")
    driver.find_element(By.NAME, "text").send_keys("of no such text")
    assert driver.execute_script(COUNT_VISIBLE) == 0
    assert driver.find_element(By.ID, "none-left").is_displayed()
    driver.find_element(By.CSS_SELECTOR, "[type=reset]").click()
    assert status.text == f"{len(levels)} of {len(levels)} findings shown"


def test_filters_work_by_keyboard(opened: Open) -> None:
    driver = opened("many")
    driver.find_element(By.CSS_SELECTOR, "[name=severity]").send_keys("")
    seen = []
    for _ in range(6):
        here = driver.switch_to.active_element
        seen.append(here.get_attribute("name") or here.text)
        if here.get_attribute("value") == "warning":
            here.send_keys(Keys.SPACE)
        if here.get_attribute("name") == "text":
            here.send_keys("number 10")
        driver.switch_to.active_element.send_keys(Keys.TAB)
    assert seen == ["severity", "severity", "severity", "site", "rule", "text"]
    assert driver.execute_script(COUNT_VISIBLE) == 1


def test_tab_goes_from_the_top_through_the_counts_to_the_map(opened: Open) -> None:
    driver = opened(replace(REPORTS["many"], sites=tuple(tree(5))))
    names = []
    for _ in range(60):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        names.append(driver.switch_to.active_element.accessible_name)
    wanted = ["Skip to the findings", "Findings", "SMS101", "NYC", "Find a site", "Smaller", "Larger"]
    places = [names.index(each) for each in wanted]
    assert places == sorted(places)
    of_map = names[names.index("Full size") + 2 :]
    sites = [each[:3] for each in of_map if "tier" in each]
    assert sites == ["000", "001", "002", "003", "004"]
    assert "Address from 000 to 001: MS_LAN, open at all hours" in of_map
    assert of_map.index("Address from 001 to 000: MS_LAN, open at all hours") > 0


def test_without_script_everything_can_be_read(opened: Open) -> None:
    driver = opened("clean")
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened("many")
        assert not driver.find_element(By.ID, "filters").is_displayed()
        assert all(each.is_displayed() for each in driver.find_elements(By.CSS_SELECTOR, ".finding"))
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_either_mode(scheme: str, opened: Open) -> None:
    driver = opened("many")
    scheme_wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", scheme_wanted)
    try:
        faint = driver.execute_script(CONTRAST)
        assert faint == []
        paper = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert paper == ("rgb(20, 24, 29)" if scheme == "dark" else "rgb(255, 255, 255)")
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


CONTRAST = """
const parse = (color) => color.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
  .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (e) => {
  for (; e; e = e.parentElement) {
    const color = parse(getComputedStyle(e).backgroundColor);
    if (color.length === 3 || color[3] > 0) return color;
  }
};
const faint = [];
for (const e of document.querySelectorAll("body *:not(svg *):not(script)")) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) faint.push(`${e.tagName}.${e.className}: ${ratio.toFixed(2)}`);
}
return [...new Set(faint)];
"""


@pytest.mark.parametrize(
    ("what", "most"), [("hierarchy-broken", 5), ("hierarchy-current-broken", 5), ("large", 8)]
)
def test_it_prints_on_few_pages(what: str, most: int, driver: Chrome, made: Callable[[str], Path]) -> None:
    driver.get(made(what).as_uri())
    assert 2 <= printed_pages(driver) <= most


def test_what_is_printed_is_the_verdict_the_map_and_the_groups(opened: Open) -> None:
    driver = opened("many")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for hidden in ("#filters", "#read", ".words", ".map-controls", "nav"):
            assert not driver.find_element(By.CSS_SELECTOR, hidden).is_displayed(), hidden
        for shown in (".verdict", "#map svg.hierarchy", ".group"):
            assert driver.find_element(By.CSS_SELECTOR, shown).is_displayed(), shown
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_nothing_is_wider_than_a_narrow_screen(opened: Open) -> None:
    driver = opened(replace(REPORTS["nasty"], sites=tuple(tree(20))))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False},
    )
    try:
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 360
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_every_control_has_a_name_and_the_page_its_landmarks(opened: Open) -> None:
    driver = opened(replace(REPORTS["many"], sites=tuple(tree(20))))
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    for landmark in ("header", "nav", "main", "h1"):
        assert len(driver.find_elements(By.TAG_NAME, landmark)) == 1
    controls = driver.find_elements(By.CSS_SELECTOR, "input, select, button, div[tabindex='0']")
    assert all(each.accessible_name for each in controls if each.is_displayed())
    assert driver.find_element(By.ID, "shown").get_attribute("aria-live") == "polite"
    assert driver.find_element(By.CSS_SELECTOR, "#map svg.hierarchy").aria_role == "group"
    ids = driver.execute_script("return [...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))


def test_hostile_names_do_not_run(opened: Open, opened_map: Open) -> None:
    hostile = finding(
        HOSTILE, message=HOSTILE, site=HOSTILE, component=HOSTILE, value=HOSTILE, excerpt=HOSTILE
    )
    sites = (
        site(HOSTILE, "\x1b[31m", address(HOSTILE + "2", HOSTILE), server=HOSTILE),
        site("\u202e\ufffe", HOSTILE, address(HOSTILE, NASTY_TEXT, (f"Sun {HOSTILE}",))),
        SiteInfo(None, None, None, None, HOSTILE, (NASTY_PATH,), ()),
    )
    shown = replace(report([read(HOSTILE, sites=(HOSTILE,))], [hostile]), sites=sites)
    for show in (opened, opened_map):
        driver = show(shown)
        assert driver.title.startswith("smslint: ")
        assert complaints(driver) == []
        assert driver.find_elements(By.CSS_SELECTOR, "img, script:not(body > script)") == []
    ElementTree.fromstring("\n".join(svg(shown)))


def test_a_hostile_site_can_be_filtered_by(opened: Open) -> None:
    driver = opened(report([read("a.reg")], [finding(site=HOSTILE), finding(site=None)]))
    choice = Select(driver.find_element(By.NAME, "site"))
    choice.select_by_index(2)
    assert driver.execute_script(COUNT_VISIBLE) == 1
    choice.select_by_value("")
    assert driver.execute_script(COUNT_VISIBLE) == 1


@pytest.mark.parametrize("number", [5, 20, 500])
def test_the_map_has_every_site_and_no_box_on_another(number: int, opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(number)))
    if number > 12:
        driver.find_element(By.ID, "fold-healthy").click()
    assert complaints(driver) == []
    boxes = driver.execute_script(
        "return [...document.querySelectorAll('.site')].map((each) => {"
        "const box = each.querySelector('.box').getBoundingClientRect();"
        "return [each.dataset.code, box.left, box.top, box.right, box.bottom]})"
    )
    assert sorted(each[0] for each in boxes) == sorted(each.code for each in tree(number) if each.code)
    for one, other in itertools.combinations(boxes, 2):
        apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
        assert apart, (one, other)


def test_text_stays_within_its_box(opened_map: Open) -> None:
    unknown = address("\u6f22" * 30, "W" * 40)
    long = SiteInfo("Site " * 9, "Server0" * 9, "", "primary", "Version 1 " * 9, (), (unknown,))
    driver = opened_map(of_sites(long, site("\u6f22" * 30)))
    beyond = driver.execute_script(
        "return [...document.querySelectorAll('.site')].filter((each) => {"
        "const box = each.querySelector('.box').getBoundingClientRect();"
        "return [...each.querySelectorAll('text')].some((t) => t.getBoundingClientRect().right > box.right)"
        "}).map((each) => each.dataset.code)"
    )
    assert beyond == []


MIDDLE = """
const middle = (each) => {
  const rect = each.getBoundingClientRect();
  return [rect.left + rect.width / 2, rect.top + rect.height / 2];
};
const [site, frame] = [arguments[0].querySelector(".box"), arguments[1]].map(middle);
return [site[0] - frame[0], site[1] - frame[1]];
"""
READABLE = """
const picture = document.querySelector("#map-frame svg");
const scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
const codes = [...picture.querySelectorAll(".code")].filter((e) => getComputedStyle(e).display !== "none");
return [scale, codes.length, Math.min(...codes.map((e) => parseFloat(getComputedStyle(e).fontSize) * scale))];
"""


def frame_of(driver: Chrome) -> WebElement:
    return driver.find_element(By.ID, "map-frame")


def scrolled(frame: WebElement) -> tuple[float, float]:
    return float(str(frame.get_property("scrollLeft"))), float(str(frame.get_property("scrollTop")))


def scale_of(driver: Chrome) -> float:
    return float(driver.execute_script(READABLE)[0])


def test_a_site_is_found_and_brought_into_the_middle_even_if_it_is_folded(opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(120)))
    assert not driver.find_elements(By.CSS_SELECTOR, "[data-code='06F']")
    driver.find_element(By.ID, "find-site").send_keys("06f")
    assert _text(driver, "#map-status") == "1 of 120 sites"
    found = driver.find_element(By.CSS_SELECTOR, ".site.found")
    assert found.get_attribute("data-code") == "06F"
    assert all(abs(each) < 3 for each in driver.execute_script(MIDDLE, found, frame_of(driver)))


def test_a_folded_box_opens(opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(120)))
    fold = driver.find_element(By.CSS_SELECTOR, "#map-frame [data-within]")
    assert fold.accessible_name.startswith("18 sites below 001, nothing found: 00C, 012, ")
    fold.send_keys(Keys.ENTER)
    assert len(driver.find_elements(By.CSS_SELECTOR, "#map-frame .site")) == 120
    assert driver.switch_to.active_element.get_attribute("data-code") == "00C"
    assert not driver.find_element(By.ID, "fold-healthy").is_selected()


def test_only_trouble_can_be_shown(opened: Open) -> None:
    shown = report([read("a.reg")], [finding(site="06F")])
    driver = opened(replace(shown, sites=tuple(tree(120))))
    driver.find_element(By.ID, "only-trouble").click()
    sites = driver.find_elements(By.CSS_SELECTOR, "#map-frame .site")
    assert [each.get_attribute("data-code") for each in sites] == ["000", "004", "06F"]
    driver.find_element(By.ID, "only-trouble").click()
    assert driver.find_elements(By.CSS_SELECTOR, "#map-frame [data-within]")


def test_the_map_is_sized_and_moved_by_keys_and_buttons(opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(300)))
    driver.find_element(By.ID, "fold-healthy").click()
    frame, fitted = frame_of(driver), scale_of(driver)
    assert fitted < 0.5
    frame.send_keys("+++")
    assert scale_of(driver) == pytest.approx(fitted * 1.4**3, rel=0.01)
    frame.send_keys("-")
    assert scale_of(driver) == pytest.approx(fitted * 1.4**2, rel=0.01)
    left, top = scrolled(frame)
    frame.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    assert scrolled(frame) == pytest.approx((left + 80, top + 80), abs=2)
    frame.send_keys("0")
    assert scale_of(driver) == pytest.approx(fitted, rel=0.01)
    driver.find_element(By.CSS_SELECTOR, "[data-zoom=full]").send_keys(Keys.ENTER)
    assert scale_of(driver) == pytest.approx(1, rel=0.01)


def test_wheel_drag_and_pinch_move_the_map(opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(300)))
    driver.find_element(By.ID, "fold-healthy").click()
    frame, fitted = frame_of(driver), scale_of(driver)
    origin = ScrollOrigin.from_element(frame)
    ActionChains(driver).scroll_from_origin(origin, 0, -120).perform()
    assert scale_of(driver) > fitted * 1.1
    left, top = scrolled(frame)
    ActionChains(driver).move_to_element(frame).click_and_hold().move_by_offset(-60, -40).release().perform()
    assert scrolled(frame) == pytest.approx((left + 60, top + 40), abs=2)
    assert driver.current_url.endswith(".html")
    size = scale_of(driver)
    middle = frame.rect["x"] + frame.rect["width"] / 2, frame.rect["y"] + frame.rect["height"] / 2
    for kind, apart in (("touchStart", 40), ("touchMove", 80), ("touchMove", 120), ("touchEnd", None)):
        points = [
            {"x": middle[0] + sign * apart, "y": middle[1], "id": number}
            for number, sign in enumerate((-1, 1))
            if apart
        ]
        driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert scale_of(driver) > 2 * size


@pytest.mark.parametrize("folded", [True, False])
def test_site_codes_are_readable_or_not_drawn_at_any_size(folded: bool, opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(500)))
    if not folded:
        driver.find_element(By.ID, "fold-healthy").click()
    drawn = []
    for _ in range(12):
        scale, codes, smallest = driver.execute_script(READABLE)
        drawn.append(codes)
        assert not codes or smallest >= 8, scale
        frame_of(driver).send_keys("+")
    assert drawn[-1]
    assert folded or not drawn[0]


def test_a_click_on_a_site_shows_its_findings_or_says_that_there_are_none(opened: Open) -> None:
    shown = report([read("a.reg")], [finding(site="000"), finding(site="001")])
    driver = opened(replace(shown, sites=tuple(tree(10))))
    driver.find_element(By.CSS_SELECTOR, "[data-code='002'] .code").click()
    assert _text(driver, "#map-status") == "002: SRV, primary, SMS 1.2, parent 001, tier 3, nothing found"
    assert driver.execute_script(COUNT_VISIBLE) == 2
    driver.find_element(By.CSS_SELECTOR, "[data-code='001'] .code").click()
    assert driver.execute_script(COUNT_VISIBLE) == 1
    driver.find_element(By.CSS_SELECTOR, ".address").send_keys(Keys.ENTER)
    assert _text(driver, "#map-status").endswith("open at all hours: nothing found")


def test_a_click_on_the_map_alone_leads_to_the_findings_in_words(opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(10)))
    driver.find_element(By.CSS_SELECTOR, "[data-code='000'] .code").click()
    assert "error SMS101: Maximum Concurrent Sendings" in _text(driver, "tr:target")


def test_a_map_of_three_thousand_sites_opens_in_five_seconds(opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(3000)))
    spent = driver.execute_script("return performance.getEntriesByType('navigation')[0].duration")
    assert spent <= 5000
    assert len(driver.find_elements(By.CSS_SELECTOR, "#map-frame .site")) == 2


def test_without_script_the_map_has_links_and_its_own_size(opened: Open) -> None:
    driver = opened("clean")
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(replace(REPORTS["many"], sites=tuple(tree(5))))
        site = driver.find_element(By.CSS_SELECTOR, "[data-code='003']")
        assert site.find_element(By.CLASS_NAME, "box").size["width"] >= 176
        site.click()
        assert driver.find_element(By.CSS_SELECTOR, "tr:target").text.startswith("003")
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_nothing_moves_by_itself(opened: Open) -> None:
    driver = opened(replace(REPORTS["many"], sites=tuple(tree(20))))
    driver.find_element(By.ID, "find-site").send_keys("001")
    assert driver.execute_script(MOVING) == []


MOVING = """
return [...document.querySelectorAll("*")].filter((each) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each);
  return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior !== "auto";
}).map((each) => each.tagName);
"""
