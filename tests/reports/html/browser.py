"""A headless Chromium that opens what smslint wrote, from a folder, without a network."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tests.counterparts.conftest import require

_OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--window-size=1280,900"),
)


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """Run a browser with a profile of its own, and end it."""
    require("chromium", "chromedriver")
    options = ChromeOptions()
    for option in (*_OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    options.binary_location = shutil.which("chromium") or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def complaints(driver: Chrome) -> list[str]:
    """What the console said since it was last asked: script errors, and what the policy refused."""
    return [str(each["message"]) for each in _log(driver, "browser")]


def requested(driver: Chrome) -> set[str]:
    """The addresses the browser asked for since it was last asked."""
    events = [json.loads(each["message"])["message"] for each in _log(driver, "performance")]
    sent = [each["params"] for each in events if each["method"] == "Network.requestWillBeSent"]
    return {each["request"]["url"] for each in sent}


def _log(driver: Chrome, name: str) -> list[dict[str, Any]]:
    return driver.get_log(name)  # type: ignore[no-untyped-call,no-any-return]
