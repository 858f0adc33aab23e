"""Which SeleniumLibrary is meant."""

from __future__ import annotations

from typing import Any

import pytest

from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.rf import selenium


class SeleniumLibrary:
    def __init__(self, *browsers: int) -> None:
        self.browsers = list(browsers)

    def get_browser_ids(self) -> list[int]:
        return self.browsers


class Extended(SeleniumLibrary):
    pass


def imported(monkeypatch: pytest.MonkeyPatch, libraries: dict[str, Any]) -> None:
    monkeypatch.setattr(selenium.BuiltIn, "get_library_instance", lambda _, all: libraries)


def test_the_only_one_is_found_under_any_name_and_as_a_subclass(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Extended()
    imported(monkeypatch, {"BuiltIn": object(), "Web": library})
    assert selenium.find_selenium_library() is library


def test_of_several_the_one_with_an_open_browser_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    working = SeleniumLibrary(1)
    imported(monkeypatch, {"A": SeleniumLibrary(), "B": working})
    assert selenium.find_selenium_library() is working


def test_two_with_open_browsers_are_not_guessed_between(monkeypatch: pytest.MonkeyPatch) -> None:
    imported(monkeypatch, {"A": SeleniumLibrary(1), "B": SeleniumLibrary(1)})
    with pytest.raises(PageError, match="A and B"):
        selenium.find_selenium_library()


def test_none_says_what_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    imported(monkeypatch, {"BuiltIn": object()})
    with pytest.raises(PageError, match="Library    SeleniumLibrary"):
        selenium.find_selenium_library()


def test_outside_a_run_it_says_the_same() -> None:
    with pytest.raises(PageError, match="SeleniumLibrary"):
        selenium.find_selenium_library()
