"""Whether a page waits for an answer while one of its widgets is looked at, and that the page has its own functions back afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>Town</title><form><label for="town">Town</label>
<input id="town" role="combobox" aria-autocomplete="list" aria-expanded="false"></form>
<script>
const own = () => new Promise((done, fail) => { window.answer = done; window.refuse = fail; });
window.fetch = own;
window.isOwn = () => window.fetch === own;
window.setTimeout = (later) => { window.later = later; return 1; };
</script>"""


def looked_at(library: Any, show: Any, page: str = PAGE) -> tuple[Any, Any]:
    show(page)
    view = SeleniumPage(library)
    snapshot = view.snapshot()
    return lambda **how: view.look_at_widget(snapshot, 1, **how), library.driver.execute_script


@pytest.mark.parametrize("end", ["answer()", "refuse(new Error('away'))"])
def test_a_request_is_waited_for_until_it_is_over(library: Any, show: Any, end: str) -> None:
    look, run = looked_at(library, show)
    assert (look(first=True).asked, look().waiting) == (0, False)
    run("window.reply = fetch('/towns'); window.reply.catch(() => {})")
    assert (look().asked, look().waiting) == (1, True)
    run(end)
    assert (look().asked, look().waiting) == (1, False)


def test_the_page_gets_its_own_functions_back(library: Any, show: Any) -> None:
    look, run = looked_at(library, show)
    look(first=True)
    assert not run("return isOwn()")
    run("later()")
    assert run("return isOwn()")
    look()
    assert not run("return isOwn()")


def test_a_page_without_these_functions_gets_none(library: Any, show: Any) -> None:
    locked = "<script>delete window.fetch; Object.freeze(XMLHttpRequest.prototype);</script>"
    look, run = looked_at(library, show, PAGE.replace("window.fetch = own;", "") + locked)
    assert (look(first=True).asked, look().waiting) == (0, False)
    assert run("return typeof window.fetch") == "undefined"
