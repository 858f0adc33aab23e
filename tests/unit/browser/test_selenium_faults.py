"""What Selenium raises, and the sentence for it; the messages are those of chromedriver 156 and geckodriver 0.36 with Firefox 153."""

from __future__ import annotations

import pytest
from selenium.common.exceptions import (
    InvalidSessionIdException,
    NoSuchWindowException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from urllib3.exceptions import MaxRetryError

from GenFlowLibrary.browser.selenium_faults import sentences
from GenFlowLibrary.core.errors import PageError


def said_of(problem: Exception) -> str:
    with pytest.raises(PageError) as told, sentences():
        raise problem
    return str(told.value)


@pytest.mark.parametrize(
    "problem",
    [
        NoSuchWindowException("no such window: target window already closed"),
        NoSuchWindowException("Browsing context has been discarded"),
        InvalidSessionIdException("invalid session id"),
        WebDriverException("disconnected: not connected to DevTools"),
        WebDriverException("chrome not reachable"),
        WebDriverException("Failed to decode response from marionette"),
        MaxRetryError(None, "/session/1/execute/sync"),  # type: ignore[arg-type]
    ],
    ids=str,
)
def test_a_browser_that_is_gone(problem: Exception) -> None:
    assert said_of(problem) == (
        "Expected an open browser window, found that it or the frame selected in it is gone: "
        "open it again or switch to another one."
    )


@pytest.mark.parametrize("message", ["tab crashed", "session deleted because of page crash"])
def test_a_page_that_crashed(message: str) -> None:
    assert "crashed in the browser: close that browser" in said_of(WebDriverException(message))


def test_an_open_dialogue_is_named_with_what_the_driver_does_about_it() -> None:
    problem = UnexpectedAlertPresentException("unexpected alert open", alert_text="Leave?")
    assert said_of(problem).startswith(
        "Expected no open browser dialogue, found 'Leave?', which the driver cancels"
    )


def test_what_has_no_sentence_is_said_in_one_line() -> None:
    assert said_of(WebDriverException("no idea\n#0 0x5571")) == "The browser refused: no idea"
