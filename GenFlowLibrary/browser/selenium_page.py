"""The page of SeleniumLibrary's current browser: the one file of these rooms that knows Selenium.

Every method is one script round trip, but for real keys and clicks. Selenium's exceptions become PageErrors of one sentence.
"""

from __future__ import annotations

import itertools
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    InvalidSelectorException,
    InvalidSessionIdException,
    JavascriptException,
    NoSuchElementException,
    NoSuchWindowException,
    StaleElementReferenceException,
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from selenium.webdriver.common.keys import Keys
from SeleniumLibrary.errors import ElementNotFound, NoOpenBrowser
from urllib3.exceptions import HTTPError, ReadTimeoutError

from GenFlowLibrary.browser.page import (
    ButtonCard,
    FieldCard,
    Option,
    PageState,
    ReadBack,
    Setting,
    Snapshot,
)
from GenFlowLibrary.browser.quiet import muted_client
from GenFlowLibrary.browser.scripts import ScriptName, script
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.core.secret import SecretHandle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CHANGED = "The page changed after its form was read: fill the form again."
_NO_BROWSER = "Expected an open browser, found none: run 'Open Browser' before this keyword."
_TYPED = {"text", "textarea", "password", "email", "tel", "url", "search", "number", "contenteditable"}


class SeleniumPage:
    """A `Page` on a SeleniumLibrary instance, or on anything with its ``driver`` and ``find_element(locator)``.

    It always works on the library's current browser, window and frame, and never switches them.
    """

    def __init__(self, library: Any) -> None:
        self._library = library
        self._ids = itertools.count(1)

    def snapshot(self, form: Any = None) -> Snapshot:
        """Sees a form. ``form``: any locator or element of SeleniumLibrary; ``None`` is the page's main form."""
        return self._see(form)[0]

    def look_again(
        self, snapshot: Snapshot, settings: Sequence[Setting], form: Any = None
    ) -> tuple[Snapshot, tuple[ReadBack, ...]]:
        """Sees a form anew and reads fields of an earlier snapshot back."""
        return self._see(form, snapshot.id, [_argument(setting) for setting in settings])

    def _see(self, form: Any, *read: Any) -> tuple[Snapshot, tuple[ReadBack, ...]]:
        number = f"{id(self):x}-{next(self._ids)}"
        with _sentences(), muted_client():
            driver = self._library.driver
            scope = None if form is None else self._find(form)
            seen = driver.execute_script(script("snapshot"), scope, number, *read)
        if "gone" in seen:
            raise PageError(_CHANGED)
        if "tie" in seen:
            raise PageError(_tie(seen["tie"]))
        snapshot = Snapshot(
            id=number,
            url=seen["url"],
            title=seen["title"],
            scope=seen["scope"],
            language=seen["language"],
            fields=tuple(_field(card) for card in seen["fields"]),
            buttons=tuple(ButtonCard(**card) for card in seen["buttons"]),
            left_out=seen["left_out"],
        )
        return snapshot, tuple(ReadBack(**row) for row in seen["readings"])

    def set_fields(self, snapshot: Snapshot, settings: Sequence[Setting]) -> tuple[ReadBack, ...]:
        """Sets fields in one script round trip and reads each back."""
        return self._read("actuate", snapshot, settings)

    def type_keys(self, snapshot: Snapshot, setting: Setting) -> ReadBack:
        """Clears a text-like field and types real keys into it; for a file field, sends the path."""
        with _sentences(), muted_client():
            got = self._element(snapshot, "fields", setting.number, select=True)
            wanted = setting.value
            text = wanted.reveal() if isinstance(wanted, SecretHandle) else wanted
            if isinstance(text, str) and not got["readonly"]:
                if got["kind"] == "file":
                    got["element"].send_keys(text)
                elif got["kind"] in _TYPED:
                    # The text is selected, so that one key empties the field as a person would; clear() would skip the key events.
                    got["element"].send_keys(*([] if got["empty"] else [Keys.BACKSPACE]), text)
        return self._read("readback", snapshot, [setting])[0]

    def press(self, snapshot: Snapshot, button: int) -> None:
        """Clicks a button, scrolled into view, with a real WebDriver click."""
        label = next((card.label for card in snapshot.buttons if card.number == button), "")
        with _sentences(pressing=label):
            self._element(snapshot, "buttons", button)["element"].click()

    def state(self) -> PageState:
        """Returns where the browser is and what the page announces."""
        with _sentences(), muted_client():
            said = self._library.driver.execute_script(script("state"))
        said["alerts"] = tuple(said["alerts"])
        said["statuses"] = tuple(said["statuses"])
        said["field_errors"] = tuple((label, message) for label, message in said["field_errors"])
        return PageState(**said)

    def _find(self, locator: Any) -> Any:
        try:
            return self._library.find_element(locator)
        except (ElementNotFound, NoSuchElementException):
            raise PageError(
                f"Expected an element that matches '{locator}', found none: check the locator or wait for the page."
            ) from None
        except (InvalidSelectorException, ValueError) as problem:
            raise PageError(f"The locator '{locator}' can't be read: {_first_line(problem)}") from None

    def _read(
        self, name: ScriptName, snapshot: Snapshot, settings: Sequence[Setting]
    ) -> tuple[ReadBack, ...]:
        if not settings:
            return ()
        with _sentences(), muted_client():
            answer = self._library.driver.execute_script(
                script(name), snapshot.id, [_argument(setting) for setting in settings]
            )
        if "gone" in answer:
            raise PageError(_CHANGED)
        return tuple(ReadBack(**row) for row in answer["fields"])

    def _element(
        self, snapshot: Snapshot, holder: str, number: int, *, select: bool = False
    ) -> dict[str, Any]:
        got: dict[str, Any] = self._library.driver.execute_script(
            script("element"), snapshot.id, holder, number, select
        )
        if "gone" in got or "missing" in got:
            raise PageError(_CHANGED)
        return got


def _field(card: dict[str, Any]) -> FieldCard:
    options = tuple(Option(**option) for option in card.pop("options"))
    return FieldCard(options=options, **card)


def _argument(setting: Setting) -> dict[str, Any]:
    value = setting.value
    secret = isinstance(value, SecretHandle)
    if isinstance(value, SecretHandle):
        value = value.reveal()
    return {
        "number": setting.number,
        "value": list(value) if isinstance(value, tuple) else value,
        "secret": secret,
    }


def _tie(forms: Sequence[dict[str, Any]]) -> str:
    found = " and ".join(
        f"{form['locator']} ({form['title'] + ', ' if form['title'] else ''}{form['fields']} fields)"
        for form in forms
    )
    return f"Expected one main form, found {len(forms)} equally likely ones, {found}: say which with form=."


def _first_line(problem: Exception) -> str:
    return str(getattr(problem, "msg", None) or problem).strip().split("\n", maxsplit=1)[0][:200]


def _covered_by(problem: Exception) -> str:
    """What WebDriver says was in the way, as ``<div class="...">`` (chromedriver and geckodriver put it in the message)."""
    found = re.search(r"(?:would receive the click:|because another element) (<.*?>)", str(problem))
    return found.group(1) if found else "another element"


@contextmanager
def _sentences(pressing: str = "") -> Iterator[None]:
    """Turns what Selenium raises into PageErrors of one sentence. Messages never carry script arguments."""
    try:
        yield
    except NoOpenBrowser:
        raise PageError(_NO_BROWSER) from None
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
        raise PageError(_CHANGED) from None
    except ElementClickInterceptedException as problem:
        raise PageError(
            f"The button '{pressing}' can't be pressed because {_covered_by(problem)} covers it: close what is in the way first."
        ) from None
    except ElementNotInteractableException:
        what = f"The button '{pressing}' can't be pressed" if pressing else "The field takes no keys"
        raise PageError(f"{what} because it is not shown: wait for it or scroll it free.") from None
    except JavascriptException as problem:
        raise PageError(
            f"The page could not be read because a script in it failed: {_first_line(problem)}"
        ) from None
    except WebDriverException as problem:
        raise PageError(f"The browser refused: {_first_line(problem)}") from None
