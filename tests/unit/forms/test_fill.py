"""The pipeline on the page in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from GenFlowLibrary.browser.page import ButtonCard, FieldCard, Option
from GenFlowLibrary.core.errors import FormError, InputError, PageError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.fill import fill
from tests.fakes.fake_page import FakePage

REASONS = (Option("Choose", ""), Option("Damaged item", "d"), Option("Late delivery", "l"))


def refund(**changes: Any) -> FakePage:
    fields = [
        FieldCard(0, "text", "Order number", "label", name="order", required=True),
        FieldCard(0, "number", "Amount", "label", constraints={"step": "0.01"}),
        FieldCard(0, "select", "Reason", "label", value="Choose", options=REASONS),
        FieldCard(0, "checkbox", "Notify customer", "label", value="false"),
        FieldCard(0, "password", "Password", "label"),
    ]
    return FakePage(fields, [ButtonCard(0, "Save refund", "submit"), ButtonCard(0, "Cancel")], **changes)


def stored(page: FakePage, label: str) -> None:
    page.load("document-2", heading="Refund R-1 stored")


DATA = {"order_no": "GF-1", "Amount": "12,50", "Reason": "damaged item", "Notify customer": "yes"}


def test_every_field_is_filled_in_one_call_and_told_in_a_row() -> None:
    page = refund()
    outcome = fill(page, DATA)
    assert outcome.ok
    assert page.done("set_fields") == [(1, 2, 3, 4)]
    assert page.done("type_keys") == []
    assert [(r.key, r.field, r.wanted, r.found, r.status) for r in outcome.fields] == [
        ("order_no", "Order number", "GF-1", "GF-1", "filled"),
        ("Amount", "Amount", "12.50", "12.50", "filled"),
        ("Reason", "Reason", "Damaged item", "Damaged item", "filled"),
        ("Notify customer", "Notify customer", "true", "true", "filled"),
    ]
    assert not outcome.submitted
    assert page.done("press") == []


def test_empty_data_is_an_error() -> None:
    for data in ({}, {"nested": {}}):
        with pytest.raises(InputError, match="got none"):
            fill(refund(), data)


def test_a_form_without_fields_is_an_error() -> None:
    with pytest.raises(PageError, match="form with fields, found none"):
        fill(FakePage(), DATA)


def test_a_value_that_cannot_go_in_leaves_the_page_as_it_was() -> None:
    page = refund()
    with pytest.raises(
        FormError, match=r"^Nothing was typed, because 'Reason' has no option 'Rain'"
    ) as error:
        fill(page, {**DATA, "Reason": "Rain"}, submit="Save refund")
    assert page.done("set_fields") == []
    assert error.value.outcome is not None
    assert {row.key: row.status for row in error.value.outcome.fields} == {
        "order_no": "untouched",
        "Amount": "untouched",
        "Reason": "rejected",
        "Notify customer": "untouched",
    }


def test_an_unknown_key_fills_the_rest_and_submits_nothing() -> None:
    page = refund()
    with pytest.raises(FormError) as error:
        fill(page, {**DATA, "Shoe size": "42"}, submit="Save refund")
    assert page.values["Order number"] == "GF-1"
    assert page.done("press") == []
    assert str(error.value) == (
        "Filled 4 of 5 and submitted nothing: no field fits 'Shoe size'; fields without data are 'Password'."
    )


def test_a_required_field_left_empty_is_named() -> None:
    page = refund()
    with pytest.raises(FormError, match="no data was given for the required field 'Order number'") as error:
        fill(page, {"Amount": "1"}, submit="Save refund")
    assert error.value.outcome is not None
    assert [(row.field, row.status) for row in error.value.outcome.fields] == [
        ("Amount", "filled"),
        ("Order number", "empty"),
    ]
    assert page.done("press") == []


def test_none_leaves_a_field_alone_and_an_empty_text_clears_it() -> None:
    page = refund()
    fill(page, DATA)
    outcome = fill(page, {"order_no": None, "Amount": "", "no such field": None})
    assert page.values["Order number"] == "GF-1"
    assert page.values["Amount"] == ""
    assert [(row.key, row.status) for row in outcome.fields] == [
        ("order_no", "unchanged"),
        ("Amount", "filled"),
    ]


def test_what_a_field_holds_already_is_not_set_again() -> None:
    page = refund()
    fill(page, DATA)
    outcome = fill(page, DATA)
    assert page.done("set_fields")[-1] == ()
    assert {row.status for row in outcome.fields} == {"unchanged"}


def test_real_keys_are_typed_where_the_script_was_not_believed() -> None:
    page = refund(formats={"Order number": lambda text: ""})
    outcome = fill(page, DATA)
    assert page.done("type_keys") == [1]
    assert outcome.fields[0].how == "label, real keys"
    assert outcome.fields[0].status == "filled"


def test_a_field_that_holds_something_else_is_an_error_and_nothing_is_submitted() -> None:
    page = refund(formats={"Amount": lambda text: "10"}, typed={"Amount": lambda text: "10"})
    with pytest.raises(FormError, match=r"'Amount' holds '10' instead of '12.50'"):
        fill(page, DATA, submit="Save refund")
    assert page.done("press") == []


def test_formatting_by_the_page_is_no_mismatch() -> None:
    page = refund(formats={"Order number": lambda text: text.replace("-", " ")})
    row = fill(page, {**DATA, "order_no": "GF-1001"}).fields[0]
    assert (row.found, row.status, row.how) == ("GF 1001", "filled", "label, formatted by the page")


def test_a_secret_is_told_by_its_placeholder() -> None:
    page = refund()
    outcome = fill(page, {**DATA, "Password": SecretHandle("door", "opensesame")})
    assert page.secrets[5] == "opensesame"
    assert (outcome.fields[-1].wanted, outcome.fields[-1].found) == ("<secret door>", "<secret door>")
    assert "opensesame" not in repr(outcome)


def test_a_secret_that_does_not_stick_is_not_shown_in_the_error() -> None:
    page = refund(
        formats={"Order number": lambda text: text[:3]}, typed={"Order number": lambda text: text[:3]}
    )
    with pytest.raises(FormError) as error:
        fill(page, {"Order number": SecretHandle("door", "opensesame")})
    assert "ope" not in str(error.value).replace("open", "")
    assert "<secret door>" in str(error.value)


def test_submitting_returns_what_the_page_says() -> None:
    page = refund(on_press=stored)
    outcome = fill(page, DATA, submit="save refund")
    assert page.done("press") == ["Save refund"]
    assert outcome.submitted
    assert outcome.message == "Refund R-1 stored"


def test_errors_of_the_page_after_submitting_are_its_own_words() -> None:
    def refuse(page: FakePage, label: str) -> None:
        page.said = replace(page.said, field_errors=(("Order number", "Unknown order."),))

    page = refund(on_press=refuse)
    with pytest.raises(FormError, match=r"answered with errors: Order number: Unknown order\.") as error:
        fill(page, DATA, submit="Save refund")
    assert error.value.outcome is not None
    assert error.value.outcome.submitted


@pytest.mark.parametrize(
    ("alert", "said"),
    [
        ("Please correct 1 field Unknown order.", "Order number: Unknown order."),
        (
            "Unknown order. This customer is blocked until the open invoice is paid.",
            "Order number: Unknown order; Unknown order. This",
        ),
    ],
)
def test_a_summary_of_errors_is_not_said_twice_and_nothing_else_is_left_out(alert: str, said: str) -> None:
    def refuse(page: FakePage, label: str) -> None:
        page.said = replace(page.said, alerts=(alert,), field_errors=(("Order number", "Unknown order."),))

    with pytest.raises(FormError) as error:
        fill(refund(on_press=refuse), DATA, submit="Save refund")
    sentence = str(error.value)
    assert f"answered with errors: {said}" in sentence
    assert not sentence.endswith("..")
    assert ("Please correct" in sentence) is False


def test_a_button_that_is_not_there_is_an_error_that_lists_the_buttons() -> None:
    with pytest.raises(FormError, match="Expected a button 'Send', found 'Save refund', 'Cancel'") as error:
        fill(refund(), DATA, submit="Send")
    assert error.value.outcome is not None
    assert not error.value.outcome.submitted


def test_a_field_that_asks_again_gets_the_same_value() -> None:
    page = FakePage(
        [
            FieldCard(0, "email", "Email", "label"),
            FieldCard(0, "email", "Confirm email", "label", required=True),
        ]
    )
    outcome = fill(page, {"Email": "ada@example.org"})
    assert page.values == {"Email": "ada@example.org", "Confirm email": "ada@example.org"}
    assert [row.how for row in outcome.fields] == ["label", "repeats the field before"]


def test_a_required_field_without_data_fails_unless_it_may_be_missing() -> None:
    with pytest.raises(FormError, match="no data was given for the required field 'Order number'"):
        fill(refund(), {"Amount": "5"})
    page = refund(on_press=stored)
    outcome = fill(page, {"Amount": "5"}, missing="skip", submit="Save refund", timeout=0.2)
    assert outcome.submitted
    assert [(row.field, row.status) for row in outcome.fields] == [
        ("Amount", "filled"),
        ("Order number", "empty"),
    ]


def test_a_key_without_a_field_fails_unless_it_may_be_unused() -> None:
    data = {**DATA, "Shoe size": "38"}
    with pytest.raises(FormError, match="no field fits 'Shoe size'"):
        fill(refund(), data)
    warned = fill(refund(), data, unused="warn")
    assert [row.key for row in warned.fields if row.status == "unresolved"] == ["Shoe size"]
    assert fill(refund(), data, unused="ignore").ok


def test_a_key_that_fits_two_fields_fails_even_where_keys_may_be_unused() -> None:
    page = FakePage([FieldCard(0, "text", "Email", "label"), FieldCard(0, "text", "Email", "label")])
    with pytest.raises(FormError, match="equally well"):
        fill(page, {"Email": "a@b.c"}, unused="ignore")
