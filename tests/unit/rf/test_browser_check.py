"""Which browser the check starts, and what it says when none starts. The real ones are started by the doctor's own test."""

from __future__ import annotations

from typing import Any

import pytest
from selenium.common.exceptions import WebDriverException

from GenFlowLibrary.rf import browser_check


class Firefox:
    def __init__(self) -> None:
        self.capabilities = {
            "browserName": "firefox",
            "browserVersion": "153.7.0",
            "moz:geckodriverVersion": "0.36.0",
        }
        self.running = True

    def quit(self) -> None:
        self.running = False


def nothing_starts() -> Any:
    raise WebDriverException("cannot find Chrome binary\n#0 0x55")


def test_firefox_is_taken_where_no_chrome_starts_and_is_ended_again(monkeypatch: pytest.MonkeyPatch) -> None:
    started = Firefox()
    monkeypatch.setattr(browser_check, "_start_chrome", nothing_starts)
    monkeypatch.setattr(browser_check, "_start_firefox", lambda: started)
    assert browser_check.start_and_stop_browser() == "firefox 153.7.0, driver 0.36.0"
    assert not started.running


def test_without_any_browser_the_remedy_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_check, "_start_chrome", nothing_starts)
    monkeypatch.setattr(browser_check, "_start_firefox", nothing_starts)
    with pytest.raises(browser_check.BrowserMissing) as told:
        browser_check.start_and_stop_browser()
    assert str(told.value).startswith("Install Chrome or Chromium and its driver")
    assert str(told.value).endswith("could not be started: cannot find Chrome binary")
