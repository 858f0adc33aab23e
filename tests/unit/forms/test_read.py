"""What a form holds, as a person sees it."""

from __future__ import annotations

import pytest

from GenFlowLibrary.browser.page import FieldCard, Option, Snapshot
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.forms.read import name_fields, read_fields, read_values, require_fields

CHOICES = (Option("Choose", ""), Option("Red", "r"), Option("Blue", "b", disabled=True))


def seen(*cards: FieldCard) -> Snapshot:
    return Snapshot("1", "http://x/", "X", "the form", "en", cards, ())


@pytest.mark.parametrize(
    ("card", "value"),
    [
        (FieldCard(1, "text", "A", value="Ada", empty=False), "Ada"),
        (FieldCard(1, "text", "A"), ""),
        (FieldCard(1, "checkbox", "A", value="true", empty=False), "yes"),
        (FieldCard(1, "checkbox", "A", value="false"), "no"),
        (FieldCard(1, "switch", "A", value="true", empty=False), "yes"),
        (FieldCard(1, "select", "A", value="Choose", options=CHOICES), ""),
        (FieldCard(1, "select", "A", value="Red", empty=False, options=CHOICES), "Red"),
        (FieldCard(1, "date", "A", value="2026-03-05", empty=False), "2026-03-05"),
    ],
)
def test_a_value_is_what_a_person_sees(card: FieldCard, value: str) -> None:
    assert read_values(seen(card)) == {"A": value}


def test_a_password_is_left_out_even_if_the_page_gave_its_value() -> None:
    card = FieldCard(1, "password", "Password", value="never", empty=False)
    assert read_values(seen(card)) == {}
    (field,) = read_fields(seen(card))
    assert (field["value"], field["filled"]) == ("", True)


def test_equal_labels_are_told_apart_by_section_and_then_by_number() -> None:
    cards = [
        FieldCard(1, "text", "City", section="Billing"),
        FieldCard(2, "text", "City", section="Delivery"),
        FieldCard(3, "text", "Phone"),
        FieldCard(4, "text", "Phone"),
        FieldCard(5, "text", "Phone (2)"),
        FieldCard(6, "text", ""),
    ]
    names = name_fields(cards)
    assert list(names.values()) == [
        "Billing: City",
        "Delivery: City",
        "Phone",
        "Phone (3)",
        "Phone (2)",
        "field 6",
    ]


def test_a_description_names_the_options_that_can_be_chosen() -> None:
    (field,) = read_fields(seen(FieldCard(1, "select", "Colour", required=True, options=CHOICES)))
    assert (field["label"], field["kind"], field["required"], field["options"]) == (
        "Colour",
        "select",
        True,
        ["Red"],
    )


def test_a_form_without_fields_is_an_error() -> None:
    with pytest.raises(PageError, match="found none"):
        require_fields(seen())
