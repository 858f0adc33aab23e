"""One headless browser for a whole test run, with SeleniumLibrary's Python interface around it: Chromium, or what TEST_BROWSER says.

``library`` is the SeleniumLibrary instance, ``show`` puts a page into the browser: its HTML, or a file.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,1000",
)


class OneBrowser:
    """What `SeleniumPage` needs of a SeleniumLibrary: its current driver and its locators."""

    def __init__(self, driver: Any) -> None:
        from SeleniumLibrary import SeleniumLibrary

        self._library = SeleniumLibrary(run_on_failure=None)
        self._library.register_driver(driver, alias="tests")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)


def start_chromium(chromedriver: str | None = None) -> Any:
    """Starts a headless Chromium; without a chromedriver, with the one on PATH."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for flag in CHROMIUM_FLAGS:
        options.add_argument(flag)
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    return webdriver.Chrome(
        options=options, service=webdriver.ChromeService(chromedriver or shutil.which("chromedriver"))
    )


@pytest.fixture(scope="session")
def library() -> Iterator[Any]:
    """A SeleniumLibrary instance with an open headless browser; skips where there is none.

    The environment variable TEST_BROWSER chooses it: ``chromium`` (default) or ``firefox``.
    """
    from tests.plugins.browser_choice import chosen_browser
    from tests.plugins.firefox import firefox_program, start_firefox

    choice = chosen_browser()
    firefox = choice.name == "firefox"
    if not (firefox_program() if firefox else choice.driver):
        pytest.skip("no Firefox on PATH" if firefox else "no chromedriver on PATH")
    driver = start_firefox(choice.driver) if firefox else start_chromium(choice.driver)
    yield OneBrowser(driver)
    driver.quit()


@pytest.fixture
def show(library: Any, tmp_path: Path) -> Callable[[str | Path], None]:
    """Opens a page: a file, or HTML text, which is written to a file first."""

    def open_page(page: str | Path) -> None:
        if isinstance(page, str):
            file = tmp_path / "page.html"
            file.write_text(page, encoding="utf-8")
            page = file
        library.driver.get(page.as_uri())

    return open_page
