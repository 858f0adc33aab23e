"""Starting a headless browser once, to see that browser and driver fit each other."""

from __future__ import annotations

import os
import shutil

from selenium import webdriver
from selenium.common.exceptions import WebDriverException


class BrowserMissing(Exception):
    """No browser could be started; the message says what to install."""


def start_and_stop_browser() -> str:
    """Starts headless Chrome or Chromium on an empty page, stops it, and returns the versions of both as a text.

    Raises:
        BrowserMissing: it cannot be started.
    """
    options = webdriver.ChromeOptions()
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
    ):
        options.add_argument(argument)
    driver_path = os.environ.get("SE_CHROMEDRIVER") or shutil.which("chromedriver")
    service = webdriver.ChromeService(executable_path=driver_path) if driver_path else None
    try:
        driver = webdriver.Chrome(options=options, service=service)
    except WebDriverException as problem:
        reason = (problem.msg or "no reason was given").splitlines()[0]
        raise BrowserMissing(
            f"Install Chrome or Chromium and its driver (Debian and Ubuntu: apt install chromium chromium-driver), "
            f"for a headless browser could not be started: {reason}"
        ) from None
    try:
        capabilities = driver.capabilities
        driver_version = str(capabilities.get("chrome", {}).get("chromedriverVersion", "unknown")).split(
            " ", maxsplit=1
        )[0]
        return (
            f"{capabilities.get('browserName')} {capabilities.get('browserVersion')}, driver {driver_version}"
        )
    finally:
        driver.quit()
