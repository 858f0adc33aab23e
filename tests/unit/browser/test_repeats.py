"""What a form repeats, as a real browser tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.forms.row_groups import groups_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

ORDER = """<!doctype html><html lang="en"><title>Order</title><h1>Order</h1><form>
<p><label>Number <input name="number"></label></p><p><label>Date <input name="date"></label></p>
<h2>Lines</h2><table><thead><tr><th>Product</th><th>Quantity</th></tr></thead><tbody>
<tr><td><input name="l-0-product"></td><td><input name="l-0-quantity"> <a href="#" role="button">Add another product</a></td></tr>
<tr><td><input name="l-1-product"></td><td><input name="l-1-quantity"></td></tr>
<tr hidden><td><input name="l-__prefix__-product"></td><td><input name="l-__prefix__-quantity"></td></tr>
</tbody></table><p><button type="button">Add line</button></p>
<h2>Stops</h2><div id="stops"><div><label>City <input name="s-0-city"></label><label>Note <input name="s-0-note"></label></div>
<div hidden><label>City <input name="s-__prefix__-city"></label><label>Note <input name="s-__prefix__-note"></label></div>
<button type="button">Add stop</button></div>
<button>Save</button></form>"""


def test_rows_are_told_with_the_buttons_that_add_one(library: Any, show: Callable[[str], None]) -> None:
    show(ORDER)
    page = SeleniumPage(library)
    snapshot = page.snapshot()
    found = {
        tuple(tuple(card.name for card in row) for row in group.rows): [button.label for button in group.adds]
        for group in groups_of(page, snapshot)
    }
    assert found == {
        (("l-0-product", "l-0-quantity"), ("l-1-product", "l-1-quantity")): ["Add line"],
        (("s-0-city", "s-0-note"),): ["Add stop"],
    }


def test_a_pattern_for_new_rows_is_no_field(library: Any, show: Callable[[str], None]) -> None:
    show(ORDER)
    assert not [card for card in SeleniumPage(library).snapshot().fields if "prefix" in card.name]


def test_another_document_is_not_asked(library: Any, show: Callable[[str], None]) -> None:
    show(ORDER)
    page = SeleniumPage(library)
    snapshot = page.snapshot()
    show(ORDER)
    for ask in (page.repeats, page.unfold):
        with pytest.raises(PageError, match="The page changed"):
            ask(snapshot)


def test_parts_that_shut_each_other_are_left_alone(library: Any, show: Callable[[str], None]) -> None:
    show("""<!doctype html><form><label>Name <input name="name"></label>
    <details><summary>One</summary><label>First <input name="first"></label></details>
    <details name="tabs"><summary>Two</summary><label>Second <input name="second"></label></details>
    <details><summary>Nothing</summary><p>No field.</p></details></form>""")
    page = SeleniumPage(library)
    snapshot = page.snapshot()
    assert snapshot.folded == ("First",)
    assert page.unfold(snapshot) == 1
    after = page.snapshot()
    assert ([card.label for card in after.fields], after.folded) == (["Name", "First"], ())
