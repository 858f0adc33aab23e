"""What Selenium raises, in sentences: PageErrors that say what was expected, what was found and what to do."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    InvalidSessionIdException,
    JavascriptException,
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


def first_line(problem: Exception) -> str:
    """Returns the first line of what went wrong, at most 200 characters: WebDriver adds a stack trace of its own."""
    return str(getattr(problem, "msg", None) or problem).strip().split("\n", maxsplit=1)[0][:200]


def _covered_by(problem: Exception) -> str:
    """What WebDriver says was in the way, as ``<div class="...">`` (chromedriver and geckodriver put it in the message)."""
    found = re.search(r"(?:would receive the click:|because another element) (<.*?>)", str(problem))
    return found.group(1) if found else "another element"


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
        raise PageError(
            "Expected an open browser window, found that it was closed: open it again or switch to another one."
        ) from None
    except UnexpectedAlertPresentException as problem:
        text = problem.alert_text or ""
        raise PageError(
            f"A browser dialogue '{text}' is open: handle it with 'Handle Alert' first."
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
        raise PageError(f"The browser refused: {first_line(problem)}") from None
