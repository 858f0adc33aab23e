"""The refund form: money goes back once, for the right order, and never more than was paid."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tests.unit.practice_office.clerk import GOOD_ESCALATION, GOOD_REFUND, GOOD_REPLY, Clerk

if TYPE_CHECKING:
    from flask import Flask

    from robot_suites.practice_office.database import Database

REFUND = "/enquiries/ENQ-1001/refund"


def test_the_form_says_what_it_wants(clerk: Clerk) -> None:
    page = clerk.open(REFUND)
    assert page.elements["refund"].tag == "form"
    assert page.inputs["order_no"]["pattern"] == r"GF-\d{5}"
    assert page.inputs["amount"]["type"] == "number"
    assert page.inputs["amount"]["step"] == "0.01"
    assert page.inputs["refund_date"]["type"] == "date"
    assert page.inputs["refund_date"]["min"] == "2026-11-22"
    for name in ("order_no", "amount", "refund_date", "method"):
        assert "required" in page.inputs[name]
    assert {"method-original", "method-bank-transfer", "method-voucher"} <= set(page.elements)
    assert page.alerts == []


def test_a_refund_is_stored_and_closes_the_enquiry(clerk: Clerk, database: Database) -> None:
    answer = clerk.send(REFUND, GOOD_REFUND, amount="64.9")
    assert answer.status == 303
    (stored,) = database.submissions()
    assert answer.location == f"/submissions/{stored.reference}"
    assert stored.reference.startswith("RF-")
    assert stored.enquiry == "ENQ-1001"
    assert stored.stored_at.isoformat() == "2026-11-22T12:00:00+00:00"
    assert stored.details == {
        "order_no": "GF-20417",
        "amount": "64.90",
        "currency": "EUR",
        "reason": "charged-twice",
        "refund_date": "2026-11-23",
        "method": "original",
        "notify": True,
        "note": "",
    }
    enquiry = database.enquiry("ENQ-1001")
    assert enquiry
    assert (enquiry.status, enquiry.closed) == ("refunded", True)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("order_no", "", "Enter the order number."),
        ("order_no", "20417", "Order number must look like GF-12345: GF, a hyphen and five digits."),
        ("order_no", "GF-２０４１７", "Order number must look like GF-12345: GF, a hyphen and five digits."),
        ("order_no", "GF-99041", "There is no order GF-99041 in the order book."),
        ("order_no", "GF-20425", "Order GF-20425 belongs to another customer than Helen Marsh."),
        ("amount", "", "Enter the amount."),
        ("amount", "0", "Amount must be more than 0."),
        ("amount", "-5", "Amount must be more than 0."),
        ("amount", "64,90", "Amount must be a number with at most two decimals, such as 24.90."),
        ("amount", "1e2", "Amount must be a number with at most two decimals, such as 24.90."),
        ("amount", "NaN", "Amount must be a number with at most two decimals, such as 24.90."),
        ("amount", "1.005", "Amount must be a number with at most two decimals, such as 24.90."),
        ("amount", "64.91", "Amount must not be above the order's total of 64.90 EUR."),
        ("amount", "9999", "Amount must not be above the order's total of 64.90 EUR."),
        ("currency", "GBP", "Choose the currency of the order."),
        ("currency", "USD", "Order GF-20417 was paid in EUR; refund it in EUR."),
        ("reason", "", "Choose a reason."),
        ("refund_date", "", "Enter the refund date."),
        ("refund_date", "2026-11-21", "Refund date must not be in the past; the earliest is 2026-11-22."),
        ("refund_date", "2026-02-30", "Refund date must be a real date, such as 2026-11-22."),
        ("refund_date", "2026-W48-1", "Refund date must be a real date, such as 2026-11-22."),
        ("method", "", "Choose how the money is paid back."),
        ("method", "cash", "Choose how the money is paid back."),
        ("note", "x" * 1001, "Note must be 1,000 characters or fewer; it has 1,001."),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_stored(
    clerk: Clerk, database: Database, field: str, value: str, message: str
) -> None:
    page = clerk.send(REFUND, GOOD_REFUND, **{field: value})
    assert page.status == 422
    assert page.error(field) == message
    assert page.text("problems-heading") == "Please correct 1 field"
    assert database.submissions() == []
    enquiry = database.enquiry("ENQ-1001")
    assert enquiry
    assert enquiry.status == "open"


def test_an_empty_form_names_every_required_field_in_the_order_of_the_page(clerk: Clerk) -> None:
    page = clerk.send(REFUND, {})
    assert page.status == 422
    assert page.text("problems-heading") == "Please correct 6 fields"
    (summary,) = page.alerts
    links = [target for target in page.links.values() if target.startswith("#") and target != "#content"]
    assert links == ["#order_no", "#amount", "#currency", "#reason", "#refund_date", "#method-original"]
    assert all(target[1:] in page.elements for target in links)
    assert "Enter the order number." in summary.text


def test_a_refused_form_keeps_what_was_typed(clerk: Clerk) -> None:
    page = clerk.send(REFUND, GOOD_REFUND, order_no='"><b>', method="voucher", note="keep me")
    assert page.inputs["order_no"]["value"] == '"><b>'
    assert page.inputs["amount"]["value"] == "64.90"
    assert "checked" in page.elements["method-voucher"].attributes
    assert "checked" in page.inputs["notify"]
    assert page.elements["note"].text.strip() == "keep me"


def test_today_is_not_in_the_past(clerk: Clerk) -> None:
    assert clerk.send(REFUND, GOOD_REFUND, refund_date="2026-11-22").status == 303


def test_a_customer_whom_the_order_book_does_not_know_may_name_any_order(
    clerk: Clerk, database: Database
) -> None:
    assert not database.is_customer("mark.delaney@example.com")
    page = clerk.send(
        "/enquiries/ENQ-1016/refund", GOOD_REFUND, order_no="GF-20401", amount="5", currency="EUR"
    )
    assert page.status == 303


def test_two_refunds_together_are_never_more_than_the_order_cost(clerk: Clerk, database: Database) -> None:
    first = dict(GOOD_REFUND, order_no="GF-20401", amount="30.00")
    assert clerk.send("/enquiries/ENQ-1029/refund", first).status == 303
    # The same order again, from the enquiry of a customer unknown to the order book.
    page = clerk.send("/enquiries/ENQ-1016/refund", first)
    assert page.error("amount") == (
        "Only 24.00 EUR of order GF-20401 are left to refund; the rest was paid back before."
    )
    assert clerk.send("/enquiries/ENQ-1016/refund", first, amount="24.00").status == 303
    assert str(database.refunded("GF-20401")) == "54.00"


def test_a_second_click_is_told_that_the_enquiry_is_closed(clerk: Clerk, database: Database) -> None:
    clerk.send(REFUND, GOOD_REFUND, amount="10")
    (stored,) = database.submissions()
    page = clerk.send(REFUND, GOOD_REFUND, amount="10")
    assert page.status == 409
    assert "ENQ-1001 is already closed" in page.html
    assert stored.reference in page.links
    assert database.submissions() == [stored]


def test_a_closed_enquiry_takes_no_other_form_either(clerk: Clerk, database: Database) -> None:
    clerk.send(REFUND, GOOD_REFUND)
    assert clerk.send("/enquiries/ENQ-1001/reply", GOOD_REPLY).status == 409
    assert clerk.send("/enquiries/ENQ-1001/escalate", GOOD_ESCALATION).status == 409
    assert clerk.open(REFUND).status == 409
    assert len(database.submissions()) == 1


def test_of_eight_clicks_at_the_same_moment_one_is_stored(app: Flask, database: Database) -> None:
    statuses: list[int] = []
    ready = threading.Barrier(8)

    def click() -> None:
        clerk = Clerk(app)
        ready.wait()
        statuses.append(clerk.send(REFUND, GOOD_REFUND, amount="1").status)

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303] + [409] * 7
    assert len(database.submissions()) == 1


def test_a_form_without_the_token_of_this_office_is_refused(clerk: Clerk, database: Database) -> None:
    page = clerk.send_without_token(REFUND, GOOD_REFUND)
    assert page.status == 400
    assert "out of date and nothing was stored" in page.html
    assert clerk.send(REFUND, GOOD_REFUND, form_token="ü").status == 400
    assert database.submissions() == []
