"""`gen:` in SeleniumLibrary's own element finder, without a browser."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from robot.api import logger

from GenFlowLibrary.browser.targets import Target, TargetList
from GenFlowLibrary.rf import gen_locator
from GenFlowLibrary.rf.gen_locator import LocatorListener, equip

TARGETS = (
    Target(1, "button", ("Save draft",), tag="input", type="submit"),
    Target(2, "button", ("Save",), tag="button", type="submit"),
    Target(3, "checkbox", ("Gift",), tag="input", type="checkbox"),
    Target(4, "link", ("Help",), tag="a"),
)


class Driver:
    """What the finder and the page need of a driver: it answers the script that lists targets."""

    window_handles = ()

    def execute_script(self, script: str, known: str, number: int, within: Any) -> dict[str, Any]:
        raise AssertionError("the page is replaced in these tests")


@pytest.fixture
def selenium(monkeypatch: pytest.MonkeyPatch) -> Any:
    from SeleniumLibrary import SeleniumLibrary

    from GenFlowLibrary.browser.selenium_page import SeleniumPage

    def targets(page: Any, known: str = "", number: int = 0, within: Any = None) -> TargetList:
        if known == "d":
            return TargetList("d", same=True, element=f"element {number}" if number else None)
        return TargetList("d", targets=TARGETS)

    monkeypatch.setattr(SeleniumPage, "targets", targets)
    library = SeleniumLibrary(run_on_failure=None)
    library.register_driver(Driver(), alias="fake")
    return library


def find(library: Any, locator: str, tag: str | None = None) -> Any:
    return library._element_finder.find(locator, tag=tag, required=False)


def test_a_description_is_found_once_the_library_is_equipped_and_twice_does_no_harm(selenium: Any) -> None:
    equip(selenium, str)
    equip(selenium, str)
    assert find(selenium, "gen:the Save button") == "element 2"
    assert find(selenium, "gen=the Help link") == "element 4"
    assert find(selenium, "gen:the Archive button") is None


@pytest.mark.parametrize(
    ("locator", "tag", "found"),
    [
        ("gen:Save", "input", None),
        ("gen:Save", "button", "element 2"),
        ("gen:Save draft", "input", "element 1"),
        ("gen:Save draft", "button", None),
        ("gen:Gift", "checkbox", "element 3"),
        ("gen:Gift", "text field", None),
        ("gen:Help", "link", "element 4"),
        ("gen:Help", "button", None),
    ],
)
def test_the_tag_that_a_keyword_wants_is_kept_to(
    locator: str, tag: str, found: str | None, selenium: Any
) -> None:
    equip(selenium, str)
    assert find(selenium, locator, tag) == found


def test_a_strategy_of_that_name_stays_and_is_told_of(selenium: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(logger, "warn", said.append)
    selenium.add_location_strategy("gen", lambda *args: ["theirs"], persist=True)
    equip(selenium, str)
    equip(selenium, str)
    assert find(selenium, "gen:the Save button") == "theirs"
    assert len(said) == 1
    assert "has one of that name already" in said[0]


def test_every_selenium_library_of_a_suite_is_equipped_and_nothing_else(
    selenium: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = {"BuiltIn": object(), "Web": selenium}
    monkeypatch.setattr(gen_locator.BuiltIn, "get_library_instance", lambda _, all: libraries)
    LocatorListener(str).start_suite(None, None)
    LocatorListener(str).start_test(None, None)
    assert find(selenium, "gen:the Save button") == "element 2"


def test_a_library_imported_in_the_middle_is_equipped_at_once(selenium: Any) -> None:
    LocatorListener(str).library_import(SimpleNamespace(instance=object()), None)
    LocatorListener(str).library_import(SimpleNamespace(instance=selenium), None)
    assert find(selenium, "gen:the Save button") == "element 2"


def test_outside_a_run_nothing_is_equipped() -> None:
    LocatorListener(str).start_suite(None, None)
