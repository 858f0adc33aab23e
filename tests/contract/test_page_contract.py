"""What every `Page` promises, on the fake and on a real browser."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.page import ButtonCard, FieldCard, Option, Page, Setting
from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.browser.targets import Cell, TableRow, Target
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.core.secret import SecretHandle
from tests.fakes.fake_page import FakePage

if TYPE_CHECKING:
    from collections.abc import Callable

HTML = """<!doctype html><html lang="en"><title>Fake</title><h1>Before</h1>
<form onsubmit="event.preventDefault(); document.querySelector('h1').textContent = 'After'">
<label>Name <input name="name"></label>
<label>Locked <input name="locked" readonly value="as it was"></label>
<label>Password <input type="password" name="password"></label>
<label><input type="checkbox" name="agree"> Agree</label>
<label>Colour <select name="colour"><option value="">Choose</option><option value="r">Red</option>
<option value="b">Blue</option></select></label>
<fieldset><legend>Size</legend><label><input type="radio" name="size" value="s"> Small</label>
<label><input type="radio" name="size" value="l"> Large</label></fieldset>
<label>Even <input name="even"></label>
<button>Save</button></form>
<table><tr><th>Order</th></tr><tr><td>GF-1</td></tr></table>
<script>
const even = document.querySelector("[name=even]");
even.addEventListener("input", () => { even.value = even.value.toUpperCase(); });
</script>"""
COLOURS = (Option("Choose", ""), Option("Red", "r"), Option("Blue", "b"))
CARDS = [
    FieldCard(1, "text", "Name", name="name"),
    FieldCard(2, "text", "Locked", name="locked", readonly=True, value="as it was", empty=False),
    FieldCard(3, "password", "Password", name="password"),
    FieldCard(4, "checkbox", "Agree", name="agree", value="false"),
    FieldCard(5, "select", "Colour", name="colour", value="Choose", options=COLOURS),
    FieldCard(6, "radio", "Size", name="size", options=(Option("Small", "s"), Option("Large", "l"))),
    FieldCard(7, "text", "Even", name="even"),
]


def _press(page: FakePage, label: str) -> None:
    page.said = replace(page.said, heading="After")


@pytest.fixture(params=["fake", pytest.param("chromium", marks=pytest.mark.browser)])
def opened(request: pytest.FixtureRequest) -> tuple[Page, Callable[[], None]]:
    """The page under test, and what replaces its document."""
    if request.param == "fake":
        fake = FakePage(
            list(CARDS),
            [ButtonCard(1, "Save", "submit")],
            on_press=_press,
            formats={"Even": str.upper},
            typed={"Even": str.upper},
        )
        fake.said = replace(fake.said, heading="Before")
        fake.things = [Target(1, "field", ("Name",)), Target(2, "button", ("Save",))]
        fake.tables = {"css:table": (TableRow((Cell("Order", header=True),)), TableRow((Cell("GF-1"),)))}
        return fake, lambda: fake.load("document-2")
    library = request.getfixturevalue("library")
    show = request.getfixturevalue("show")
    show(HTML)
    return SeleniumPage(library), lambda: show(HTML)


def test_a_snapshot_numbers_fields_and_buttons_from_one(opened: Any) -> None:
    snapshot = opened[0].snapshot()
    assert [card.number for card in snapshot.fields] == [1, 2, 3, 4, 5, 6, 7]
    assert [
        (card.kind, card.label, card.name, card.value, card.readonly, card.empty) for card in snapshot.fields
    ] == [(card.kind, card.label, card.name, card.value, card.readonly, card.empty) for card in CARDS]
    assert [card.options for card in snapshot.fields] == [card.options for card in CARDS]
    assert [(button.number, button.label, button.kind) for button in snapshot.buttons] == [
        (1, "Save", "submit")
    ]


def test_fields_hold_what_was_set_and_say_so(opened: Any) -> None:
    page = opened[0]
    settings = [Setting(1, "Ada"), Setting(4, True), Setting(5, ("b",)), Setting(6, ("l",))]
    found = page.set_fields(page.snapshot(), settings)
    assert [(r.number, r.found, r.matches) for r in found] == [
        (1, "Ada", True),
        (4, "true", True),
        (5, "Blue", True),
        (6, "Large", True),
    ]
    again = page.snapshot()
    assert [card.value for card in again.fields if card.number in (1, 4, 5, 6)] == [
        "Ada",
        "true",
        "Blue",
        "Large",
    ]
    assert not any(card.empty for card in again.fields if card.number in (1, 4, 5, 6))


def test_reading_back_touches_nothing(opened: Any) -> None:
    page = opened[0]
    snapshot = page.snapshot()
    again, (reading,) = page.look_again(snapshot, [Setting(1, "Ada")])
    assert again.fields == snapshot.fields
    assert (reading.found, reading.matches) == ("", False)
    assert page.snapshot().fields[0].value == ""


def test_a_check_box_is_unticked_as_well(opened: Any) -> None:
    page = opened[0]
    page.set_fields(page.snapshot(), [Setting(4, True)])
    page.set_fields(page.snapshot(), [Setting(4, False)])
    assert page.snapshot().fields[3].value == "false"


def test_what_the_page_makes_of_a_value_is_found_out(opened: Any) -> None:
    page = opened[0]
    (reading,) = page.set_fields(page.snapshot(), [Setting(7, "abc")])
    assert (reading.found, reading.matches) == ("ABC", False)


def test_a_read_only_field_keeps_its_value_and_says_why(opened: Any) -> None:
    page = opened[0]
    (reading,) = page.set_fields(page.snapshot(), [Setting(2, "other")])
    assert (reading.found, reading.matches, reading.error) == ("as it was", False, "the field is read-only")


def test_a_number_that_the_snapshot_lacks_is_no_match(opened: Any) -> None:
    page = opened[0]
    (reading,) = page.set_fields(page.snapshot(), [Setting(99, "x")])
    assert not reading.matches
    assert reading.error == "the snapshot has no such field"


def test_real_keys_replace_what_was_there(opened: Any) -> None:
    page = opened[0]
    snapshot = page.snapshot()
    page.set_fields(snapshot, [Setting(1, "before")])
    assert page.type_keys(snapshot, Setting(1, "after")).found == "after"


@pytest.mark.parametrize("method", ["set", "keys"])
def test_a_secret_is_compared_but_never_shown(
    opened: Any, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    page, secret = opened[0], SecretHandle("door", "opensesame-4711")
    with caplog.at_level(logging.DEBUG):
        snapshot = page.snapshot()
        setting = Setting(3, secret)
        reading = (
            page.type_keys(snapshot, setting) if method == "keys" else page.set_fields(snapshot, [setting])[0]
        )
        shown = page.snapshot().fields[2]
    assert (reading.found, reading.matches) == ("", True)
    assert (shown.value, shown.empty) == ("", False)
    assert "opensesame" not in caplog.text


def test_a_secret_in_an_open_text_field_is_not_given_back(opened: Any) -> None:
    page = opened[0]
    (reading,) = page.set_fields(page.snapshot(), [Setting(1, SecretHandle("door", "opensesame"))])
    assert (reading.found, reading.matches) == ("", True)


def test_pressing_a_button_is_seen_in_the_state(opened: Any) -> None:
    page = opened[0]
    before = page.state()
    page.press(page.snapshot(), 1)
    after = page.state()
    assert (before.heading, after.heading) == ("Before", "After")
    assert before.document == after.document


def test_a_new_document_makes_old_numbers_invalid(opened: Any) -> None:
    page, reload = opened
    snapshot, before = page.snapshot(), page.state()
    reload()
    assert page.state().document != before.document
    for use in (
        lambda: page.set_fields(snapshot, [Setting(1, "x")]),
        lambda: page.look_again(snapshot, [Setting(1, "x")]),
        lambda: page.type_keys(snapshot, Setting(1, "x")),
        lambda: page.press(snapshot, 1),
    ):
        with pytest.raises(PageError, match="page changed"):
            use()


def test_a_locator_that_matches_nothing_is_an_error_that_names_it(opened: Any) -> None:
    with pytest.raises(PageError, match="'id:no-such-form', found none"):
        opened[0].snapshot("id:no-such-form")


def test_targets_are_numbered_in_the_order_of_the_page(opened: Any) -> None:
    seen = opened[0].targets()
    assert [target.number for target in seen.targets] == list(range(1, len(seen.targets) + 1))
    named = [(target.kind, target.name) for target in seen.targets]
    assert named.index(("field", "Name")) < named.index(("button", "Save"))
    assert not seen.same


def test_while_a_page_looks_the_same_a_known_target_is_answered_with_its_element(opened: Any) -> None:
    page = opened[0]
    seen = page.targets()
    again = page.targets(seen.digest, 1)
    assert (again.same, again.targets) == (True, ())
    assert again.element is not None
    assert page.targets(seen.digest).element is None


def test_a_page_that_looks_different_is_listed_anew(opened: Any) -> None:
    page = opened[0]
    before = page.targets()
    page.press(page.snapshot(), 1)
    after = page.targets(before.digest, 1)
    assert after.digest != before.digest
    assert not after.same
    assert after.targets


def test_another_document_never_has_the_digest_of_the_one_before(opened: Any) -> None:
    page, reload = opened
    before = page.targets()
    reload()
    assert not page.targets(before.digest, 1).same


def test_the_text_of_a_page_is_what_it_shows(opened: Any) -> None:
    page = opened[0]
    assert page.text().splitlines()[0] == "Before"
    with pytest.raises(PageError, match="'id:no-such-place', found none"):
        page.text("id:no-such-place")


def test_a_table_is_its_rows_of_cells(opened: Any) -> None:
    rows = opened[0].table("css:table")
    assert [[(cell.text, cell.header) for cell in row.cells] for row in rows] == [
        [("Order", True)],
        [("GF-1", False)],
    ]


def test_where_there_is_no_table_it_is_said(opened: Any) -> None:
    with pytest.raises(PageError, match="Expected one table at 'css:h1', found none"):
        opened[0].table("css:h1")
