"""The HTML report and the map, in a browser: nothing fails, filters work, hostile names do not run."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from smslint.report import AddressInfo, Report, SiteInfo
from smslint.reports import Render, renderer
from smslint.reports.html.map import svg
from smslint.reports.html.page import map_page
from smslint.reports.style import Style
from tests.reports.cases import NASTY_PATH, NASTY_TEXT, REPORTS, finding, read, report
from tests.reports.html.browser import chromium, complaints, requested

Open = Callable[[str | Report], Chrome]
HOSTILE = (
    "\"'><script>document.title='owned'</script><img src=x onerror=document.title='owned'>]]>--></style>"
)
SHOWN = "return [...document.querySelectorAll('.finding')].filter(e => e.checkVisibility()).length"


def address(to: str, kind: str = "MS_LAN", week: tuple[str, ...] | None = ()) -> AddressInfo:
    return AddressInfo(to, kind, week, ())


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


def test_every_finding_shows_its_place_its_line_and_its_cure(opened: Open) -> None:
    text = opened("one").find_element(By.CSS_SELECTOR, ".finding").text
    assert "exports/nyc.reg:4:31" in text
    assert "found 0, expected at least 1" in text
    assert "Nothing leaves the site through it." in text
    assert "max_concurrent_sendings: 0" in text
    assert '- "Maximum Concurrent Sendings"=dword:00000000' in text
    assert '+ "Maximum Concurrent Sendings"=dword:00000005' in text


def test_what_is_marked_is_what_the_finding_points_at(opened: Open) -> None:
    assert opened("one").find_element(By.TAG_NAME, "mark").text == "dword:00000000"


def test_the_gravest_come_first(opened: Open) -> None:
    levels = [each.text for each in opened("many").find_elements(By.CSS_SELECTOR, ".finding .level")]
    assert levels == sorted(levels, key=["error", "warning", "info"].index)


def test_filters_work_by_click(opened: Open) -> None:
    driver = opened("many")
    levels = [each.severity for each in REPORTS["many"].findings]
    status = driver.find_element(By.ID, "shown")
    assert status.text == f"{len(levels)} of {len(levels)} findings shown"
    driver.find_element(By.CSS_SELECTOR, "[value=error]").click()
    assert driver.execute_script(SHOWN) == len(levels) - levels.count("error")
    Select(driver.find_element(By.NAME, "rule")).select_by_value("ACME1")
    assert driver.execute_script(SHOWN) == 1
    assert status.text == f"1 of {len(levels)} findings shown"
    Select(driver.find_element(By.NAME, "site")).select_by_value("NYC")
    driver.find_element(By.NAME, "text").send_keys("of no such text")
    assert driver.execute_script(SHOWN) == 0
    assert driver.find_element(By.ID, "none-left").is_displayed()
    driver.find_element(By.CSS_SELECTOR, "[type=reset]").click()
    assert status.text == f"{len(levels)} of {len(levels)} findings shown"


def test_filters_work_by_keyboard_in_the_order_of_the_page(opened: Open) -> None:
    driver = opened("many")
    seen = []
    for _ in range(12):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        here = driver.switch_to.active_element
        seen.append(here.get_attribute("name") or here.text)
        if here.get_attribute("value") == "warning":
            here.send_keys(Keys.SPACE)
        if here.get_attribute("name") == "text":
            here.send_keys("number 10")
    assert seen[:10] == [
        *("Skip to the findings", "Findings", "Map", "What was read", "Suppressed"),
        *("severity", "severity", "severity", "site", "rule"),
    ]
    assert driver.execute_script(SHOWN) == 1


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


def test_it_prints_without_its_controls_and_with_what_is_folded(opened: Open) -> None:
    driver = opened("many")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not driver.find_element(By.ID, "filters").is_displayed()
        assert driver.find_element(By.CSS_SELECTOR, ".suppressed li").size["height"] > 0
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert base64.b64decode(driver.print_page()).startswith(b"%PDF")


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
    assert driver.find_element(By.CSS_SELECTOR, "svg.hierarchy").aria_role in ("img", "image")
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
    assert driver.execute_script(SHOWN) == 1
    choice.select_by_value("")
    assert driver.execute_script(SHOWN) == 1


@pytest.mark.parametrize("number", [5, 20, 500])
def test_the_map_has_every_site_and_no_box_on_another(number: int, opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(number)))
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


def test_a_site_is_found_and_brought_into_sight(opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(120)))
    driver.find_element(By.ID, "find-site").send_keys("06f")
    assert driver.find_element(By.ID, "sites-found").text == "1 of 120 sites"
    found = driver.find_element(By.CSS_SELECTOR, ".site.found")
    assert found.get_attribute("data-code") == "06F"
    assert driver.execute_script(
        "const [a, b] = [arguments[0], arguments[1]].map((each) => each.getBoundingClientRect());"
        "return a.top >= b.top && a.left >= b.left && a.bottom <= b.bottom && a.right <= b.right",
        found.find_element(By.CSS_SELECTOR, ".box"),
        driver.find_element(By.ID, "map-frame"),
    )


def test_the_map_can_be_sized_by_keyboard(opened_map: Open) -> None:
    driver = opened_map(of_sites(*tree(120)))
    picture = driver.find_element(By.CSS_SELECTOR, "svg.hierarchy")
    fitted = picture.size["width"]
    driver.find_element(By.CSS_SELECTOR, "[data-zoom=full]").send_keys(Keys.ENTER)
    assert picture.size["width"] > 1.5 * fitted
    driver.find_element(By.CSS_SELECTOR, "[data-zoom=fit]").send_keys(Keys.SPACE)
    assert picture.size["width"] == fitted


def test_a_click_on_a_site_shows_its_findings(opened: Open) -> None:
    shown = report([read("a.reg")], [finding(site="000"), finding(site="001")])
    driver = opened(replace(shown, sites=tuple(tree(20))))
    driver.execute_script(
        "document.querySelector('[data-code=\"001\"] .box')"
        ".dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    assert driver.execute_script(SHOWN) == 1
