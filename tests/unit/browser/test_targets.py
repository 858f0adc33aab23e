"""What the scripts that list targets, read texts and read tables find in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.forms.grid import read_grid

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser


@pytest.fixture
def see(library: Any, show: Callable[[str], None]) -> Callable[[str], SeleniumPage]:
    def open_page(html: str) -> SeleniumPage:
        show(f"<!doctype html><html lang=en><title>T</title><body>{html}</html>")
        return SeleniumPage(library)

    return open_page


@pytest.mark.parametrize(
    "change",
    [
        "document.querySelector('button').textContent = 'Keep'",
        "document.querySelector('button').disabled = true",
        "document.querySelector('button').style.visibility = 'hidden'",
        "document.querySelector('h2').textContent = 'Delivery'",
        "document.querySelector('h2').setAttribute('aria-hidden', 'true')",
        "document.styleSheets[0].insertRule('button { opacity: 0 }')",
        "document.querySelector('#host').shadowRoot.querySelector('button').textContent = 'Other'",
        "document.querySelector('[type=button]').value = 'Other'",
    ],
)
def test_whatever_changes_the_answer_changes_the_digest(
    change: str, see: Callable[[str], SeleniumPage], library: Any
) -> None:
    page = see(
        "<style>p { margin: 0 }</style><h2>Billing</h2><button>Save</button><input type=button value=One><div id=host></div>"
    )
    library.driver.execute_script(
        "document.querySelector('#host').attachShadow({mode: 'open'}).innerHTML = '<button>In</button>'"
    )
    before = page.targets()
    assert page.targets(before.digest).same
    library.driver.execute_script(change)
    assert not page.targets(before.digest, 1).same


def test_typing_does_not_change_the_digest(see: Callable[[str], SeleniumPage], library: Any) -> None:
    page = see("<label>Name <input id=name></label>")
    before = page.targets()
    library.input_text("id:name", "Ada")
    assert page.targets(before.digest).same


def test_what_was_drawn_anew_alike_is_found_anew(see: Callable[[str], SeleniumPage], library: Any) -> None:
    page = see("<div><button id=a>Save</button></div>")
    before = page.targets()
    library.driver.execute_script("const d = document.querySelector('div'); d.innerHTML = d.innerHTML")
    after = page.targets(before.digest, 1)
    assert (after.digest, after.same) == (before.digest, False)
    assert page.targets(after.digest, 1).element.get_attribute("id") == "a"


def test_looking_changes_nothing_in_the_page(see: Callable[[str], SeleniumPage], library: Any) -> None:
    page = see("<form><label>A <input></label></form><table><tr><td>1</table>")
    source = library.driver.page_source
    page.targets()
    page.text()
    page.table("css:table")
    assert library.driver.page_source == source


def test_headings_speak_for_their_own_part_only(see: Callable[[str], SeleniumPage]) -> None:
    page = see(
        "<h1>Page</h1><section><h2>About</h2><p>Text.</p></section>"
        "<div class=card><h3>One</h3><p>Text.</p></div><div class=card><h3>Two</h3><button>Save</button></div>"
        "<h2>Billing</h2><button>Save</button><h3>Card</h3><button>Save</button><h2>Delivery</h2><button>Save</button>"
    )
    sections = [target.sections for target in page.targets().targets if target.kind == "button"]
    assert sections == [
        ("Two", "Page"),
        ("Billing", "Page"),
        ("Card", "Billing", "Page"),
        ("Delivery", "Page"),
    ]


def test_what_is_in_another_frame_is_none_of_this_one(
    see: Callable[[str], SeleniumPage], library: Any
) -> None:
    page = see('<button>Outer</button><iframe id=f srcdoc="<button>Inner</button>"></iframe>')
    assert [t.name for t in page.targets().targets if t.kind == "button"] == ["Outer"]
    library.select_frame("id:f")
    try:
        seen = page.targets()
        assert [t.name for t in seen.targets if t.kind == "button"] == ["Inner"]
        assert page.targets(seen.digest, seen.targets[-1].number).element.text == "Inner"
    finally:
        library.unselect_frame()


def test_controls_that_shadow_the_form_and_the_document_are_no_trap(
    see: Callable[[str], SeleniumPage],
) -> None:
    page = see(
        "<img name=body alt=Mark width=9 height=9><form><input name=id aria-label=A><button name=tagName>Go</button></form>"
    )
    assert [(t.kind, t.name) for t in page.targets().targets if t.name] == [
        ("image", "Mark"),
        ("field", "A"),
        ("button", "Go"),
    ]


def test_a_text_is_what_a_person_reads(see: Callable[[str], SeleniumPage], library: Any) -> None:
    page = see(
        "<h1>Order <b>GF-1</b></h1><p hidden>Hidden</p><p style='visibility:hidden'>Away</p><script>var a</script>"
        "<p style='opacity:0'>Clear</p><ul><li>One<li>Two</ul><table><tr><th>A<th>B<tr><td>1<td>2</table>"
        "<label>Name <input value=Ada></label><label>Pin <input type=password value=tiger></label>"
        "<label>Kind <select><option value=''>Choose<option>Red<option selected>Blue</select></label>"
        "<label><input type=checkbox checked> Agree</label><textarea>two\nlines</textarea><img alt=Logo><div id=host></div>"
    )
    library.driver.execute_script(
        "document.querySelector('#host').attachShadow({mode: 'open'}).innerHTML = '<p>Shadow</p>'"
    )
    assert page.text().splitlines() == [
        "Order GF-1",
        "One",
        "Two",
        "A | B",
        "1 | 2",
        "Name Ada Pin Kind Blue [x] Agree two lines Logo",
        "Shadow",
    ]
    assert page.text("css:ul").splitlines() == ["One", "Two"]


TABLES = {
    "plain": (
        "<table><thead><tr><th>Order<th>Amount<tbody><tr><td>GF-1<td>5<tfoot><tr><td>Total<td>5</table>",
        [{"Order": "GF-1", "Amount": "5"}],
    ),
    "headers over columns": (
        "<table><tr><th rowspan=2>Order<th colspan=2>Amount<tr><th>Net<th>Tax<tr><td>GF-1<td>4<td>1</table>",
        [{"Order": "GF-1", "Amount / Net": "4", "Amount / Tax": "1"}],
    ),
    "cells over rows": (
        "<table><tr><th>Who<th>Order<tr><td rowspan=2>Ada<td>GF-1<tr><td>GF-2<tr><td>Bo<td>GF-3</table>",
        [{"Who": "Ada", "Order": "GF-1"}, {"Who": "Ada", "Order": "GF-2"}, {"Who": "Bo", "Order": "GF-3"}],
    ),
    "headers of rows": (
        "<table><tr><td><th>Open<tr><th>Monday<td>9-17<tr><th>Friday<td>9-12</table>",
        [
            {"column 1": "Monday", "Open": "9-17"},
            {"column 1": "Friday", "Open": "9-12"},
        ],
    ),
    "no headers": ("<table><tr><td>GF-1<td>5</table>", [{"column 1": "GF-1", "column 2": "5"}]),
    "empty": ("<table><tr><th>Order<th>Amount<tr><td colspan=2>No orders yet</table>", []),
    "nothing": ("<table></table>", []),
    "nested": (
        "<table id=outer><tr><th>Order<th>Items<tr><td>GF-1<td><table><tr><th>Lamp<tr><td>2</table></table>",
        [{"Order": "GF-1", "Items": "Lamp 2"}],
    ),
    "hidden rows": (
        "<table><tr><th>Order<tr style='display:none'><td>GF-1<tr><td>GF-2</table>",
        [{"Order": "GF-2"}],
    ),
    "controls in cells": (
        (
            "<table><tr><th>Paid<th>Note<th>Kind<tr><td><input type=checkbox checked>"
            "<td><input value=late><td><select><option>A</select></table>"
        ),
        [{"Paid": "yes", "Note": "late", "Kind": "A"}],
    ),
    "of roles": (
        (
            "<div role=table><div role=row><span role=columnheader>Order</span><span role=columnheader>Amount</span></div>"
            "<div role=row><span role=cell>GF-1</span><span role=cell>5</span></div></div>"
        ),
        [{"Order": "GF-1", "Amount": "5"}],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_as_it_is_seen(name: str, see: Callable[[str], SeleniumPage]) -> None:
    html, expected = TABLES[name]
    locator = "css:#outer" if name == "nested" else "css:table, [role=table]"
    assert list(read_grid(see(html).table(locator)).rows) == expected


def test_a_region_with_one_table_names_it_and_one_with_two_does_not(
    see: Callable[[str], SeleniumPage],
) -> None:
    page = see(
        "<div id=a><table><tr><td>1</table></div><div id=b><table><tr><td>1</table><table><tr><td>2</table></div>"
    )
    assert len(page.table("id:a")) == 1
    with pytest.raises(Exception, match="Expected one table at 'id:b', found 2"):
        page.table("id:b")
