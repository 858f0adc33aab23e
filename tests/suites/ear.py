"""A listener for SeleniumLibrary's ``event_firing_webdriver``: says on the console what it heard of, once each."""

from __future__ import annotations

from typing import Any

from robot.api import logger
from selenium.webdriver.support.abstract_event_listener import AbstractEventListener


class Ear(AbstractEventListener):
    """Hears what goes through the wrapped driver."""

    def __init__(self) -> None:
        self._heard: set[str] = set()

    def after_navigate_to(self, url: str, driver: Any) -> None:
        """Called by Selenium."""
        self._say("a page")

    def after_execute_script(self, script: str, driver: Any) -> None:
        """Called by Selenium."""
        self._say("a script")

    def _say(self, what: str) -> None:
        if what not in self._heard:
            self._heard.add(what)
            logger.console(f"The listener heard of {what}.")
