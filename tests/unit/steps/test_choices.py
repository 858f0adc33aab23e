"""Options as analysts write them, good and bad."""

from __future__ import annotations

import pytest

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.steps.choices import Choosable, read_options, require_text


def test_names_and_descriptions_keep_their_order() -> None:
    options = read_options(
        "category", ["spam"], {"billing": " invoices "}, {"billing": "pay twice", "spam": ["a", "b"]}
    )
    assert options == (Choosable("spam", "", ("a", "b")), Choosable("billing", "invoices", ("pay twice",)))


@pytest.mark.parametrize(
    ("names", "described", "found"),
    [
        ([], {}, "none"),
        (["billing"], {}, "'billing'"),
        (["billing", "billing"], {}, "2 times"),
        (["billing"], {"billing": "x"}, "2 times"),
        (["billing", " "], {}, "''"),
        (["billing", "abstain"], {}, "'abstain'"),
    ],
)
def test_what_cannot_be_chosen_among_is_refused(
    names: list[str], described: dict[str, str], found: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_options("category", names, described)
    assert found in str(caught.value)


def test_examples_for_an_unknown_category_name_it_and_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"billing, delivery, .*'biling'"):
        read_options("category", ["billing", "delivery"], {}, {"biling": "x"})


@pytest.mark.parametrize(("text", "found"), [("", "empty"), (" \n\t", "empty"), (None, "None"), (3, "int")])
def test_a_text_must_be_one_and_hold_something(text: object, found: str) -> None:
    with pytest.raises(InputError, match=found):
        require_text("the text", text)


def test_a_description_and_examples_that_are_none_are_left_out() -> None:
    options = read_options("category", [], {"billing": None, "spam": "ads"}, {"billing": None})
    assert options == (Choosable("billing"), Choosable("spam", "ads"))
