"""The page of SeleniumLibrary's current browser: the one file of these rooms that knows Selenium.

Every method is one script round trip, but for real keys and clicks. Selenium's exceptions become PageErrors of one sentence.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import InvalidSelectorException, NoSuchElementException
from selenium.webdriver.common.keys import Keys
from SeleniumLibrary.errors import ElementNotFound

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
from GenFlowLibrary.browser.repeats import Repeat
from GenFlowLibrary.browser.scripts import ScriptName, run_script
from GenFlowLibrary.browser.selenium_faults import CHANGED, first_line, leave_dialogues, sentences
from GenFlowLibrary.browser.selenium_keys import choose_files, type_keys
from GenFlowLibrary.browser.selenium_sight import Sight
from GenFlowLibrary.browser.targets import TableRow, TargetList, to_rows, to_target_list
from GenFlowLibrary.browser.widget_view import Key, Scroll, WidgetPart, WidgetView
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.core.secret import SecretHandle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.selenium_frames import Holder

_KEYS = {
    Key.ENTER: Keys.ENTER,
    Key.ESCAPE: Keys.ESCAPE,
    Key.TAB: Keys.TAB,
    Key.BACKSPACE: Keys.BACKSPACE,
    Key.UP: Keys.ARROW_UP,
    Key.DOWN: Keys.ARROW_DOWN,
    Key.LEFT: Keys.ARROW_LEFT,
    Key.RIGHT: Keys.ARROW_RIGHT,
    Key.HOME: Keys.HOME,
    Key.END: Keys.END,
    Key.PAGE_UP: Keys.PAGE_UP,
    Key.PAGE_DOWN: Keys.PAGE_DOWN,
}
_TYPED = {"text", "textarea", "password", "email", "tel", "url", "search", "number", "contenteditable"}


class SeleniumPage:
    """A `Page` on a SeleniumLibrary instance, or on anything with its ``driver`` and ``find_element(locator)``.

    It works in the library's current browser, window and frame, and leaves the library where it stood: frames are gone into for real keys
    and clicks and for what another origin shows, and left again.
    """

    def __init__(self, library: Any) -> None:
        self._library = library
        self._sight = Sight(library)
        self._ids = itertools.count(1)

    def snapshot(self, form: Any = None) -> Snapshot:
        """Sees a form. ``form``: any locator or element of SeleniumLibrary; ``None`` is the page's main form."""
        return self._see(form)[0]

    def look_again(
        self, snapshot: Snapshot, settings: Sequence[Setting], form: Any = None
    ) -> tuple[Snapshot, tuple[ReadBack, ...]]:
        """Sees a form anew and reads fields of an earlier snapshot back."""
        wanted = [_argument(setting) for setting in settings]
        own = self._sight.split(snapshot, wanted).get((), [])
        again, readings = self._see(form, snapshot.id, [setting for _, setting in own])
        rows = dict(zip((position for position, _ in own), readings, strict=True))
        rest = [position for position in range(len(wanted)) if position not in rows]
        with sentences(), muted_client():
            rows.update(
                zip(
                    rest,
                    self._sight.run("readback", snapshot, [wanted[position] for position in rest]),
                    strict=True,
                )
            )
        return again, tuple(
            ReadBack(**{**rows[position], "number": setting.number})
            for position, setting in enumerate(settings)
        )

    def _see(self, form: Any, *read: Any) -> tuple[Snapshot, list[dict[str, Any]]]:
        number = f"{id(self):x}-{next(self._ids)}"
        with sentences(), muted_client():
            # Where no browser is open, that is said before a locator is looked for.
            _ = self._sight.driver
            scope = None if form is None else self._find(form, CHANGED if read else "")
            seen, view = self._sight.see(scope, number, *read)
        snapshot = Snapshot(
            id=number,
            url=seen["url"],
            title=seen["title"],
            scope=seen["scope"],
            language=seen["language"],
            fields=tuple(_field(n, card) for n, (_, card) in enumerate(view.fields, 1)),
            buttons=tuple(ButtonCard(**{**card, "number": n}) for n, (_, card) in enumerate(view.buttons, 1)),
            left_out=view.left_out,
            folded=tuple(seen["folded"]),
            notes=tuple(view.notes),
        )
        return snapshot, seen["readings"]

    def set_fields(self, snapshot: Snapshot, settings: Sequence[Setting]) -> tuple[ReadBack, ...]:
        """Sets fields in one script round trip and reads each back."""
        return self._read("actuate", snapshot, settings)

    def type_keys(self, snapshot: Snapshot, setting: Setting) -> ReadBack:
        """Clears a text-like field and types real keys into it; for a file field, sends the paths."""
        with sentences(), muted_client(), self._sight.at(snapshot, "fields", setting.number) as number:
            got = self._element(snapshot, "fields", number, select=True)
            wanted = setting.value
            text = wanted.reveal() if isinstance(wanted, SecretHandle) else wanted
            if isinstance(text, str) and not got["readonly"]:
                if got["kind"] == "file":
                    choose_files(got["element"], text)
                elif got["kind"] in _TYPED:
                    # The text is selected, so that one key empties the field as a person would; clear() would skip the key events.
                    type_keys(got["element"], *([] if got["empty"] else [Keys.BACKSPACE]), text)
        return self._read("readback", snapshot, [setting])[0]

    def press(self, snapshot: Snapshot, button: int) -> None:
        """Clicks a button, scrolled into view, with a real WebDriver click."""
        label = next((card.label for card in snapshot.buttons if card.number == button), "")
        with sentences(pressing=label), self._sight.at(snapshot, "buttons", button) as number:
            self._element(snapshot, "buttons", number)["element"].click()

    def state(self) -> PageState:
        """Returns where the browser is and what the page announces; while a browser dialogue is open, raises PageError and leaves it."""
        with sentences(), muted_client():
            leave_dialogues(self._library.driver)
            said = run_script(self._sight.driver, "state")
        said["alerts"] = tuple(said["alerts"])
        said["statuses"] = tuple(said["statuses"])
        said["field_errors"] = tuple((label, message) for label, message in said["field_errors"])
        return PageState(**said)

    def look_at_widget(
        self, snapshot: Snapshot, number: int, *, first: bool = False, scroll: Scroll = ""
    ) -> WidgetView:
        """Returns what a widget shows and its parts."""
        with sentences(), muted_client(), self._sight.at(snapshot, "fields", number) as inner:
            seen = run_script(self._sight.driver, "widget", snapshot.id, inner, first, scroll)
        if "gone" in seen or "missing" in seen:
            raise PageError(CHANGED)
        parts = tuple(WidgetPart(**{**part, "path": tuple(part["path"])}) for part in seen.pop("parts"))
        return WidgetView(**{**seen, "values": tuple(seen["values"]), "parts": parts})

    def press_part(self, snapshot: Snapshot, number: int, part: int) -> None:
        """Clicks a part of a widget with a real WebDriver click."""
        label = next((card.label for card in snapshot.fields if card.number == number), "")
        with sentences(pressing=label), self._sight.at(snapshot, "fields", number) as inner:
            self._widget_element(snapshot, inner, part).click()

    def send_keys(self, snapshot: Snapshot, number: int, *keys: str | Key) -> None:
        """Sends real keys to a widget."""
        with sentences(), muted_client(), self._sight.at(snapshot, "fields", number) as inner:
            element = self._widget_element(snapshot, inner, 0, enters=Key.ENTER in keys)
            for key in keys:
                if key is Key.ALL:
                    self._sight.driver.execute_script(
                        "arguments[0].focus(); arguments[0].select?.();", element
                    )
                else:
                    type_keys(element, _KEYS[key] if isinstance(key, Key) else key)

    def _widget_element(self, snapshot: Snapshot, number: int, part: int, *, enters: bool = False) -> Any:
        got = run_script(self._sight.driver, "widgetpart", snapshot.id, number, part, enters)
        if "gone" in got or "missing" in got:
            raise PageError(CHANGED)
        return got["element"]

    def targets(self, known: str = "", number: int = 0, within: Any = None) -> TargetList:
        """Returns what a person can point at in this frame, or that nothing changed since."""
        with sentences(), muted_client():
            return to_target_list(run_script(self._sight.driver, "targets", known, number, within))

    def text(self, region: Any = None) -> str:
        """Returns what a person reads on the page or in a region."""
        with sentences(), muted_client():
            driver = self._sight.driver
            element = None if region is None else self._find(region)
            return str(run_script(driver, "reading", element))

    def table(self, locator: Any) -> tuple[TableRow, ...]:
        """Returns the visible rows of a table, spans laid out."""
        with sentences(), muted_client():
            driver = self._sight.driver
            seen = run_script(driver, "table", self._find(locator))
        if seen["tables"] != 1:
            raise PageError(
                f"Expected one table at '{locator}', found {seen['tables'] or 'none'}: give a locator of the table itself."
            )
        return to_rows(seen["rows"])

    def repeats(self, snapshot: Snapshot) -> tuple[Repeat, ...]:
        """Returns what the form repeats, in one script round trip."""
        with sentences(), muted_client():
            seen = run_script(self._sight.driver, "repeats", snapshot.id)
        if "gone" in seen:
            raise PageError(CHANGED)
        fields, buttons = self._sight.outer(snapshot, "fields"), self._sight.outer(snapshot, "buttons")
        return tuple(
            Repeat(
                tuple(tuple(fields[n] for n in row) for row in group["rows"]),
                tuple(tuple(buttons[n] for n in level) for level in group["buttons"]),
                group["table"],
                group["spare"],
            )
            for group in seen["groups"]
        )

    def unfold(self, snapshot: Snapshot) -> int:
        """Opens the folded parts of the form that hold fields."""
        with sentences(), muted_client():
            seen = run_script(self._sight.driver, "unfold", snapshot.id)
        if "gone" in seen:
            raise PageError(CHANGED)
        return int(seen["opened"])

    def _find(self, locator: Any, missing: str = "") -> Any:
        try:
            return self._library.find_element(locator)
        except (ElementNotFound, NoSuchElementException):
            raise PageError(
                missing
                or f"Expected an element that matches '{locator}', found none: check the locator or wait for the page."
            ) from None
        except (InvalidSelectorException, ValueError) as problem:
            raise PageError(f"The locator '{locator}' can't be read: {first_line(problem)}") from None

    def _read(
        self, name: ScriptName, snapshot: Snapshot, settings: Sequence[Setting]
    ) -> tuple[ReadBack, ...]:
        if not settings:
            return ()
        with sentences(), muted_client():
            rows = self._sight.run(name, snapshot, [_argument(setting) for setting in settings])
        return tuple(ReadBack(**row) for row in rows)

    def _element(
        self, snapshot: Snapshot, holder: Holder, number: int, *, select: bool = False
    ) -> dict[str, Any]:
        got: dict[str, Any] = run_script(self._sight.driver, "element", snapshot.id, holder, number, select)
        if "gone" in got or "missing" in got:
            raise PageError(CHANGED)
        return got


def _field(number: int, card: dict[str, Any]) -> FieldCard:
    options = tuple(Option(**option) for option in card["options"])
    return FieldCard(**{**card, "number": number, "options": options})


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
