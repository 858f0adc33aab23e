"""What Selenium raises, in sentences: PageErrors that say what was expected, what was found and what to do."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    InvalidSessionIdException,
    JavascriptException,
    NoAlertPresentException,
    NoSuchWindowException,
    StaleElementReferenceException,
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from SeleniumLibrary.errors import NoOpenBrowser
from urllib3.exceptions import HTTPError, ReadTimeoutError

from GenFlowLibrary.core.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGED = "The page changed after its form was read: fill the form again."
NO_BROWSER = "Expected an open browser, found none: run 'Open Browser' before this keyword."
_GONE = (
    "Expected an open browser window, found that it or the frame selected in it is gone: "
    "open it again or switch to another one."
)
_CRASHED = (
    "Expected the page to answer, found that it crashed in the browser: close that browser and open it again."
)
_LOST = re.compile(
    r"disconnected|not reachable|not connected|decode response from marionette|session deleted", re.IGNORECASE
)
"""How chromedriver and geckodriver say that the browser is gone, where they have no error code for it."""


def first_line(problem: Exception) -> str:
    """Returns the first line of what went wrong, at most 200 characters: WebDriver adds a stack trace of its own."""
    return str(getattr(problem, "msg", None) or problem).strip().split("\n", maxsplit=1)[0][:200]


def _covered_by(problem: Exception) -> str:
    """What WebDriver says was in the way, as ``<div class="...">`` (chromedriver and geckodriver put it in the message)."""
    found = re.search(r"(?:would receive the click:|because another element) (<.*?>)", str(problem))
    return found.group(1) if found else "another element"


def open_dialogue(driver: Any) -> str | None:
    """Returns what an open browser dialogue says, ``None`` where none is open. The one command that lets it stay open."""
    try:
        return str(driver.switch_to.alert.text)
    except NoAlertPresentException:
        return None


def leave_dialogues(driver: Any) -> None:
    """Raises PageError while a browser dialogue is open: any other command would make the driver answer it, mostly with Cancel."""
    text = open_dialogue(driver)
    if text is not None:
        raise PageError(
            f"Expected the page to go on, found the browser dialogue '{text}', which is still open: "
            "answer it with 'Handle Alert', then check the page."
        )


@contextmanager
def sentences(pressing: str = "") -> Iterator[None]:
    """Turns what Selenium raises into PageErrors of one sentence. Messages never carry script arguments.

    ``pressing`` is the label of a button that is about to be clicked.
    """
    try:
        yield
    except NoOpenBrowser:
        raise PageError(NO_BROWSER) from None
    except (TimeoutException, ReadTimeoutError):
        raise PageError(
            "The browser did not answer within its time limit: check whether the page hangs."
        ) from None
    except (InvalidSessionIdException, NoSuchWindowException, HTTPError, ConnectionError):
        raise PageError(_GONE) from None
    except UnexpectedAlertPresentException as problem:
        raise PageError(
            f"Expected no open browser dialogue, found '{problem.alert_text or ''}', which the driver cancels unless it is told otherwise: "
            "answer it with 'Handle Alert' before this keyword."
        ) from None
    except StaleElementReferenceException:
        raise PageError(CHANGED) from None
    except ElementClickInterceptedException as problem:
        raise PageError(
            f"The button '{pressing}' can't be pressed because {_covered_by(problem)} covers it: close what is in the way first."
        ) from None
    except ElementNotInteractableException:
        what = f"The button '{pressing}' can't be pressed" if pressing else "The field takes no keys"
        raise PageError(f"{what} because it is not shown: wait for it or scroll it free.") from None
    except JavascriptException as problem:
        raise PageError(
            f"The page could not be read because a script in it failed: {first_line(problem)}"
        ) from None
    except WebDriverException as problem:
        raise PageError(_refusal(problem)) from None


def _refusal(problem: WebDriverException) -> str:
    said = first_line(problem)
    if "crash" in said.lower():
        return _CRASHED
    return _GONE if _LOST.search(said) else f"The browser refused: {said}"
