"""Lists of lines and the rows that a form repeats, on a page in memory."""

from __future__ import annotations

from typing import Any

import pytest

from GenFlowLibrary.browser.page import ButtonCard, FieldCard
from GenFlowLibrary.browser.repeats import Repeat
from GenFlowLibrary.core.errors import FormError, InputError
from GenFlowLibrary.forms.fill import fill
from GenFlowLibrary.forms.lines import is_list_of_lines, lay_out
from GenFlowLibrary.forms.row_groups import adds_one
from tests.fakes.fake_page import FakePage

COLUMNS = ("Product", "Quantity")


def row(start: int, section: str = "Order lines", held: str = "") -> list[FieldCard]:
    return [
        FieldCard(start + n, "text", label, "label", section, value=held, empty=not held)
        for n, label in enumerate(COLUMNS)
    ]


class OrderForm(FakePage):
    """A note, then rows of a table; its button adds one until there are ``most``."""

    def __init__(self, rows: int = 1, most: int = 9, held: str = "", button: str = "Add row") -> None:
        self.most = most
        cards = [FieldCard(1, "text", "Note", "label", "Order")]
        for n in range(rows):
            cards += row(2 + 2 * n, held=held)
        super().__init__(cards, [ButtonCard(1, button), ButtonCard(2, "Save and add another", "submit")])
        self.on_press = type(self).grow
        self.tell()

    def tell(self) -> None:
        rows = tuple((n, n + 1) for n in range(2, len(self.fields), 2))
        self.repeated = (Repeat(rows, ((1, 2),), table=True),) if rows else ()

    def grow(self, _: str) -> None:
        if len(self.fields) // 2 < self.most:
            self.fields += row(len(self.fields) + 1)
        self.tell()


def lines(*quantities: int) -> list[Any]:
    return [{"Product": f"P{n}", "Quantity": n} for n in quantities]


def held(page: FakePage) -> list[str]:
    return [card.value for card in page.fields[1:]]


def test_each_line_goes_into_a_row_of_its_own() -> None:
    page = OrderForm()
    outcome = fill(page, {"Note": "x", "Order lines": lines(1, 2, 3)})
    assert held(page) == ["P1", "1", "P2", "2", "P3", "3"]
    assert page.done("press") == ["Add row", "Add row"]
    assert [r.key for r in outcome.fields][-2:] == ["Order lines[3].Product", "Order lines[3].Quantity"]


def test_no_button_is_pressed_where_there_are_rows_enough() -> None:
    page = OrderForm(rows=3)
    fill(page, {"items": lines(1, 2)})
    assert (held(page), page.done("press")) == (["P1", "1", "P2", "2", "", ""], [])


def test_a_line_that_is_none_leaves_its_row_as_it_is() -> None:
    page = OrderForm(rows=2, held="old")
    fill(page, {"Order lines": [None, {"Quantity": 5}]})
    assert held(page) == ["old", "old", "old", "5"]


def test_rows_that_hold_something_behind_the_last_line_are_an_error() -> None:
    page = OrderForm(rows=2, held="old")
    with pytest.raises(FormError, match=r"row 2 of the form holds something.*\$\{None\}"):
        fill(page, {"Order lines": lines(1)})
    assert held(page) == ["old"] * 4


def test_a_button_that_brings_no_row_is_not_pressed_for_ever() -> None:
    page = OrderForm(most=2)
    found = lay_out(page, page.snapshot(), {"Order lines": lines(1, 2, 3)}, sleep=lambda _: None)
    assert found.remedies == {
        "Order lines": "'Add row' was pressed and brought no further row: check what it does"
    }
    assert page.done("press") == ["Add row", "Add row"]


def test_a_key_without_a_column_is_an_error_of_its_own() -> None:
    page = OrderForm()
    with pytest.raises(FormError, match=r"'Order lines\[1\].Colour'"):
        fill(page, {"Order lines": [{"Product": "P1", "Colour": "green"}]})
    assert held(page) == ["P1", ""]


def test_a_list_that_fits_no_rows_says_what_to_do() -> None:
    page = OrderForm(rows=0, button="Help")
    with pytest.raises(FormError, match=r"'Passengers'.*no rows of the form have fields for its lines"):
        fill(page, {"Passengers": [{"Name": "Ada"}]})


def test_a_line_in_a_line_is_an_error() -> None:
    page = OrderForm()
    with pytest.raises(
        InputError,
        match="Expected plain values in the lines of 'Order lines', found a list of lines in 'Parts'",
    ):
        fill(page, {"Order lines": [{"Product": "x", "Parts": [{"Colour": "green"}]}]})
    assert held(page) == ["", ""]


def test_rows_that_are_not_there_yet_are_asked_for_by_name() -> None:
    page = OrderForm(rows=0, button="Add another order line")
    fill(page, {"Order lines": lines(1, 2)})
    assert held(page) == ["P1", "1", "P2", "2"]


@pytest.mark.parametrize(
    "label",
    ["Add row", "+ Add another Order line", "Weitere Position hinzufügen", "添加一行", "+", "Nouvelle ligne"],
)
def test_a_button_that_adds_is_known_by_its_words(label: str) -> None:
    assert adds_one(ButtonCard(1, label))


@pytest.mark.parametrize(
    "label", ["Save and add another", "Remove", "Sichern und neu hinzufügen", "保存并新增", "Address", ""]
)
def test_a_button_that_saves_or_does_something_else_adds_no_row(label: str) -> None:
    assert not adds_one(ButtonCard(1, label))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([{"a": 1}], True),
        ([None, {"a": 1}], True),
        ([], False),
        ([None], False),
        (["a"], False),
        ([{"a": 1}, "b"], False),
        ({"a": 1}, False),
    ],
)
def test_a_list_of_lines_holds_mappings(value: object, told: bool) -> None:
    assert is_list_of_lines(value) is told
