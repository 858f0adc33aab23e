"""Descriptions and targets, without a browser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.browser.targets import Target
from GenFlowLibrary.forms.description import Quoted, read_description, tokens_of
from GenFlowLibrary.forms.pointing import point

SAVE = Target(1, "button", ("Save",), sections=("Billing",), row="GF-1 Save", row_number=1, last_row=2)
TWIN = Target(2, "button", ("Save",), sections=("Delivery",), row="GF-2 Save", row_number=2, last_row=2)
DRAFT = Target(3, "button", ("Save draft",), sections=("Delivery",))
TITLE = Target(4, "heading", ("Save",))
ALL = (SAVE, TWIN, DRAFT, TITLE)


@pytest.mark.parametrize(
    ("description", "numbers"),
    [
        ("the Save button of the Billing section", {1}),
        ("the Save button under Delivery", {2}),
        ("the Save button of the Shipping section", {2}),
        ("the Save button", {1, 2}),
        ("Save", {1, 2}),
        ("the Save heading", {4}),
        ("SAVE DRAFT", {3}),
        ("the save draft button", {3}),
        ("the 'Save' button in the row of GF-2", {2}),
        ("the Save button in the row of GF", {1, 2}),
        ("the Save button in the first row", {1}),
        ("the Save button in the last row", {2}),
        ("the Save button in the third row", set()),
        ("the first Save button", {1}),
        ("the fifth Save button", set()),
        ("the Draft button", set()),
        ("the green Save button", set()),
        ("the Save button of the Payment section", set()),
        ("the Save button of the section", set()),
        ("the Save button in the dialog", set()),
    ],
)
def test_a_description_means_these(description: str, numbers: set[int]) -> None:
    assert {target.number for target in point(description, ALL).targets} == numbers


def test_only_what_is_in_the_given_element_counts() -> None:
    outside = Target(5, "button", ("Save",), inside=False)
    assert point("the Save button", [SAVE, outside]).target == SAVE


def test_a_number_in_a_row_is_a_whole_number() -> None:
    rows = [
        Target(n, "button", ("Open",), row=f"order {no}") for n, no in enumerate(("GF-10442", "GF-104421"), 1)
    ]
    assert point("the Open button in the row of GF-10442", rows).target == rows[0]
    assert point("the Open button in the row of 'GF-1044'", rows).targets == ()


def test_a_name_that_reads_like_an_ordinal_is_a_name() -> None:
    first, last, name = (
        Target(n, "field", (label,)) for n, label in enumerate(("First name", "Last name", "Name"), 1)
    )
    assert point("the first name field", [first, last, name]).target == first
    assert point("the Last name field", [first, last, name]).target == last


def test_things_side_by_side_are_no_top_and_bottom() -> None:
    left, right = (Target(n, "button", ("Go",), left=100 * n, top=50) for n in (1, 2))
    assert point("the left Go button", [left, right]).target == left
    assert not point("the top Go button", [left, right]).target


def test_a_word_in_quotes_is_not_that_word() -> None:
    assert tokens_of('the "Save" button') == ("the", Quoted("Save"), "button")
    assert Quoted("save") != "save"
    assert hash(Quoted("save")) != hash("save")
    assert tokens_of("the driver's licence field")[1:3] == ("driver", "s")


@given(st.text(max_size=60))
def test_any_text_is_read_and_never_means_what_shares_no_word_with_it(text: str) -> None:
    assert len(read_description(text)) <= 400
    assert point(text + " zzqx", ALL).targets == ()
