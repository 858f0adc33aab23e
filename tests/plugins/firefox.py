"""A headless Firefox for the browser tests: ``TEST_BROWSER=firefox pytest -m browser``.

With a geckodriver as users have it; where there is none, over Firefox's own protocol (see `marionette`).
"""

from __future__ import annotations

import shutil
from typing import Any

_WINDOW = (1280, 1085)
"""With the height of Firefox's own bars, which leave what Chromium has with 1280 by 1000."""


def firefox_program() -> str | None:
    """The Firefox on PATH, if there is one."""
    return shutil.which("firefox") or shutil.which("firefox-esr")


def start_firefox(geckodriver: str | None = None) -> Any:
    """Starts a headless Firefox; without a geckodriver, with the one on PATH or with none."""
    geckodriver = geckodriver or shutil.which("geckodriver")
    driver = _over_geckodriver(geckodriver) if geckodriver else _over_marionette()
    driver.set_window_rect(width=_WINDOW[0], height=_WINDOW[1])
    return driver


def _over_geckodriver(geckodriver: str) -> Any:
    from selenium import webdriver

    options = webdriver.FirefoxOptions()
    options.add_argument("-headless")
    options.binary_location = firefox_program() or ""
    return webdriver.Firefox(options=options, service=webdriver.FirefoxService(geckodriver))


def _over_marionette() -> Any:
    from selenium import webdriver
    from selenium.webdriver.common.options import ArgOptions

    from tests.plugins.marionette import Marionette

    class OverMarionette(webdriver.Remote):
        def quit(self) -> None:
            self.execute("quit")
            self.command_executor.close()

        def _remote_url(self) -> None:
            """There is no server."""

    driver = OverMarionette(command_executor=Marionette(firefox_program() or "firefox"), options=ArgOptions())
    driver._is_remote = False  # files are on this machine, there is nowhere to send them
    return driver
