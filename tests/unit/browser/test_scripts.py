"""The scripts as they are put together from their parts."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from GenFlowLibrary.browser.scripts import ScriptName, run_script, source
from GenFlowLibrary.browser.selenium_page import SeleniumPage


@pytest.mark.parametrize("of_forms", [True, False])
def test_the_scripts_travel_without_comments(of_forms: bool) -> None:
    assert not [line for line in source(of_forms=of_forms).split("\n") if line.startswith(("//", "/*", " "))]


def test_every_script_can_be_asked_for() -> None:
    assert all(f"\n{name}() {{" in source() for name in get_args(ScriptName))


class CountingDriver:
    """A driver that notes how much it had to carry into the page."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.sent: list[int] = []

    def execute_script(self, text: str, *arguments: Any) -> Any:
        """Runs it."""
        self.sent.append(len(text))
        return self.driver.execute_script(text, *arguments)


@pytest.mark.browser
def test_a_document_gets_the_scripts_once(library: Any, show: Any) -> None:
    show("<p>Hello</p>")
    driver = CountingDriver(library.driver)
    assert [run_script(driver, "reading", None) for _ in range(3)] == ["Hello"] * 3
    assert [size > 1000 for size in driver.sent] == [False, True, False, False]
    show("<p>Good bye</p>")
    assert run_script(driver, "reading", None, first=True) == "Good bye"
    assert [size > 1000 for size in driver.sent[4:]] == [True]


@pytest.mark.browser
def test_what_forms_need_travels_without_the_rest(library: Any, show: Any) -> None:
    show("<p>Hello</p>")
    driver = CountingDriver(library.driver)
    run_script(driver, "state")
    assert run_script(driver, "reading", None) == "Hello"
    run_script(driver, "state")
    small, large = (size for size in driver.sent if size > 1000)
    assert small < large * 0.8


@pytest.mark.browser
def test_a_run_remembers_nothing_of_the_run_before(library: Any, show: Any) -> None:
    show("<p id=it>Hello</p>")
    assert run_script(library.driver, "reading", None, first=True) == "Hello"
    library.driver.execute_script("document.getElementById('it').style.display = 'none'")
    assert run_script(library.driver, "reading", None) == ""


@pytest.mark.browser
def test_the_page_neither_finds_nor_replaces_what_a_document_keeps(library: Any, show: Any) -> None:
    show("<p>Hello</p>")
    run_script(library.driver, "reading", None, first=True)
    kept = "const name = Object.getOwnPropertyNames(window).find((key) => key.startsWith('genflow '));"
    assert library.driver.execute_script(
        f"{kept} const listed = [];"
        "for (const key in window) listed.push(key);"
        "try { window[name] = () => 'forged'; } catch {} try { delete window[name]; } catch {}"
        "return [Boolean(name), listed.includes(name)];"
    ) == [True, False]
    assert run_script(library.driver, "reading", None) == "Hello"


WATCH = """window.changes = 0;
new MutationObserver((list) => { changes += list.length; }).observe(document, { subtree: true, childList: true, attributes: true });"""


@pytest.mark.browser
def test_a_sound_page_is_not_touched_to_be_seen(library: Any, show: Any) -> None:
    show(f"<form><label>Name <input></label><button>Go</button></form><script>{WATCH}</script>")
    SeleniumPage(library).snapshot("css:form")
    assert library.driver.execute_script("return changes") == 0


@pytest.mark.browser
def test_listening_to_everything_as_frameworks_do_makes_no_page_unsound(library: Any, show: Any) -> None:
    show(
        "<script>const kept = EventTarget.prototype.addEventListener;"
        "EventTarget.prototype.addEventListener = function (...all) { return kept.apply(this, all); };</script>"
        f"<form><label>Name <input></label></form><script>{WATCH}</script>"
    )
    SeleniumPage(library).snapshot("css:form")
    assert library.driver.execute_script("return changes") == 0
