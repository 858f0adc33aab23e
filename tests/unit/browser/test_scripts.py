"""The scripts as they are put together from their parts."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from GenFlowLibrary.browser.scripts import ScriptName, script
from GenFlowLibrary.browser.selenium_page import SeleniumPage


@pytest.mark.browser
@pytest.mark.parametrize("name", get_args(ScriptName))
def test_no_part_takes_a_name_of_another(name: ScriptName, library: Any) -> None:
    assert library.driver.execute_script("new Function(arguments[0]); return 1", script(name)) == 1


@pytest.mark.parametrize("name", get_args(ScriptName))
def test_a_script_travels_without_comments(name: ScriptName) -> None:
    assert not [line for line in script(name).split("\n") if line.startswith(("//", "/*", " "))]


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
