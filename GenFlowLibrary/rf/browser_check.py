"""Starting a headless browser once, to see that browser and driver fit each other: Chrome or Chromium, else Firefox."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from selenium import webdriver
from selenium.common.exceptions import WebDriverException

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class BrowserMissing(Exception):
    """No browser could be started; the message says what to install."""


def start_and_stop_browser() -> str:
    """Starts a headless browser on an empty page, stops it, and returns the versions of browser and driver as a text.

    Raises:
        BrowserMissing: neither Chrome or Chromium nor Firefox can be started.
    """
    driver = _first_that_starts((_start_chrome, _start_firefox))
    try:
        capabilities = driver.capabilities
        said = capabilities.get("chrome", {}).get("chromedriverVersion") or capabilities.get(
            "moz:geckodriverVersion", "unknown"
        )
        version = str(said).split(" ", maxsplit=1)[0]
        return f"{capabilities.get('browserName')} {capabilities.get('browserVersion')}, driver {version}"
    finally:
        driver.quit()


def _first_that_starts(starts: Sequence[Callable[[], Any]]) -> Any:
    reasons = []
    for start in starts:
        try:
            return start()
        except WebDriverException as problem:
            reasons.append((problem.msg or "no reason was given").splitlines()[0])
    raise BrowserMissing(
        "Install Chrome or Chromium and its driver (Debian and Ubuntu: apt install chromium chromium-driver), or Firefox and geckodriver, "
        f"for a headless browser could not be started: {reasons[0]}"
    )


def _start_chrome() -> Any:
    options = webdriver.ChromeOptions()
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
    ):
        options.add_argument(argument)
    path = os.environ.get("SE_CHROMEDRIVER") or shutil.which("chromedriver")
    return webdriver.Chrome(
        options=options, service=webdriver.ChromeService(executable_path=path) if path else None
    )


def _start_firefox() -> Any:
    options = webdriver.FirefoxOptions()
    options.add_argument("-headless")
    path = os.environ.get("SE_GECKODRIVER") or shutil.which("geckodriver")
    return webdriver.Firefox(
        options=options, service=webdriver.FirefoxService(executable_path=path) if path else None
    )
