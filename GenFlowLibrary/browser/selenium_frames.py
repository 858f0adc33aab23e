"""Going into frames and coming back to where SeleniumLibrary stood.

One script sees through all frames of the page's own origin, but WebDriver's real keys and clicks work in one frame only, and a frame of
another origin lets nobody look in from outside. WebDriver cannot tell which frame is selected, so the way back is the way in, reversed:
one step to the parent for each step into a frame, which is right wherever the user's ``Select Frame`` had led.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal

from selenium.common.exceptions import WebDriverException

from GenFlowLibrary.browser.scripts import run_script
from GenFlowLibrary.browser.selenium_faults import CHANGED, open_dialogue
from GenFlowLibrary.core.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Iterator

Holder = Literal["fields", "buttons", "frames"]
_TOKEN = "return (window[Symbol.for('genflow')] || {}).token"  # noqa: S105 - names a document, no secret


class Frames:
    """The frames of SeleniumLibrary's current browser."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._owed: tuple[int, str] | None = None

    @property
    def driver(self) -> Any:
        """SeleniumLibrary's current driver, back where the library stood before a dialogue kept us in a frame."""
        driver = self._library.driver
        if self._owed is not None:
            (steps, token), self._owed = self._owed, None
            # The user may have selected another frame since: only a document that we stayed in is left.
            if driver.execute_script(_TOKEN) == token:
                self._leave(driver, steps, token)
        return driver

    @contextmanager
    def around(self, snapshot_id: str, holder: Holder, number: int) -> Iterator[None]:
        """Goes into the frames around a field or button of a snapshot, or into a frame of its list of frames.

        Raises PageError when the document or the frame has been replaced since.
        """
        driver = self.driver
        steps, token = 0, ""
        try:
            while True:
                step = run_script(driver, "framestep", snapshot_id, holder, number)
                if "gone" in step or "missing" in step:
                    raise PageError(CHANGED)
                token = step["token"]
                if step["frame"] is None:
                    break
                driver.switch_to.frame(step["frame"])
                steps += 1
                if step["last"]:
                    token = ""
                    break
            yield
        finally:
            self._leave(driver, steps, token)

    def _leave(self, driver: Any, steps: int, token: str) -> None:
        if steps and token and _dialogue_is_open(driver):
            # Any switch would dismiss the dialogue before its reader saw it: the way back is taken at the next call.
            self._owed = (steps, token)
            return
        for _ in range(steps):
            try:
                driver.switch_to.parent_frame()
            except WebDriverException:
                # The frame went away with its page; what was selected in it is gone as well.
                with suppress(WebDriverException):
                    driver.switch_to.default_content()
                return


def _dialogue_is_open(driver: Any) -> bool:
    try:
        return open_dialogue(driver) is not None
    except WebDriverException:
        return False
