"""The pages that only show something: the inbox, an enquiry, the orders, and what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.practice_office.clerk import GOOD_ESCALATION, GOOD_REFUND, GOOD_REPLY

if TYPE_CHECKING:
    from robot_suites.practice_office.database import Database
    from tests.unit.practice_office.clerk import Clerk


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?status=open",
        "/?status=replied",
        "/enquiries/ENQ-1001",
        "/enquiries/ENQ-1001/reply",
        "/enquiries/ENQ-1001/refund",
        "/enquiries/ENQ-1001/escalate",
        "/orders",
        "/orders/GF-20417",
        "/submissions",
        "/static/office.css",
    ],
)
def test_every_page_opens(clerk: Clerk, path: str) -> None:
    assert clerk.open(path).status == 200


def test_every_enquiry_and_every_order_opens(clerk: Clerk, database: Database) -> None:
    paths = [f"/enquiries/{one.number}" for one in database.enquiries()]
    paths += [f"/orders/{one.order_no}" for one in database.orders()]
    assert len(paths) > 50
    assert {clerk.open(path).status for path in paths} == {200}


def test_the_inbox_counts_the_open_enquiries_and_links_each(clerk: Clerk) -> None:
    page = clerk.open("/")
    assert page.text("open-count") == "30"
    assert page.links["ENQ-1001"] == "/enquiries/ENQ-1001"
    assert page.links["ENQ-1030"] == "/enquiries/ENQ-1030"


def test_the_inbox_can_be_filtered_by_status(clerk: Clerk) -> None:
    clerk.send("/enquiries/ENQ-1001/refund", GOOD_REFUND)
    clerk.send("/enquiries/ENQ-1002/reply", GOOD_REPLY)
    clerk.send("/enquiries/ENQ-1008/escalate", GOOD_ESCALATION)

    def listed(status: str) -> set[str]:
        return {link for link in clerk.open(f"/?status={status}").links if link.startswith("ENQ-")}

    assert listed("refunded") == {"ENQ-1001"}
    assert listed("replied") == {"ENQ-1002"}
    assert listed("escalated") == {"ENQ-1008"}
    assert len(listed("open")) == 27
    assert clerk.open("/").text("open-count") == "27"


def test_an_unknown_status_says_which_ones_there_are(clerk: Clerk) -> None:
    page = clerk.open("/?status=lost")
    assert page.status == 404
    assert "open, replied, refunded or escalated" in page.html


def test_an_enquiry_shows_each_fact_under_its_own_id(clerk: Clerk) -> None:
    page = clerk.open("/enquiries/ENQ-1005")
    assert page.text("enquiry-number") == "ENQ-1005"
    assert page.text("enquiry-customer") == "陈思远"
    assert page.text("enquiry-email") == "chen.siyuan@example.org"
    assert page.text("enquiry-subject") == "保温壶被重复扣款"
    assert page.text("enquiry-status") == "Open"
    assert page.text("enquiry-channel") == "E-mail"
    assert page.text("enquiry-received") == "10 Nov 2026, 08:03"
    assert "GF-20430" in page.text("enquiry-text")
    assert page.links["Reply"] == "/enquiries/ENQ-1005/reply"
    assert page.links["Refund"] == "/enquiries/ENQ-1005/refund"
    assert page.links["Escalate"] == "/enquiries/ENQ-1005/escalate"


def test_the_text_on_the_page_is_the_text_that_was_received(clerk: Clerk, database: Database) -> None:
    for enquiry in database.enquiries():
        shown = clerk.open(f"/enquiries/{enquiry.number}").elements["enquiry-text"].text
        assert shown == enquiry.text


def test_an_html_enquiry_is_shown_as_its_source_and_never_becomes_part_of_the_page(clerk: Clerk) -> None:
    page = clerk.open("/enquiries/ENQ-1012")
    assert "<strong>GF-20444</strong>" in page.elements["enquiry-text"].text
    assert "<strong>GF-20444" not in page.html
    assert "pixel.example.net/o.gif" in page.elements["enquiry-text"].text
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


def test_an_empty_enquiry_is_empty_where_a_robot_reads_it(clerk: Clerk) -> None:
    page = clerk.open("/enquiries/ENQ-1009")
    assert page.text("enquiry-text") == ""
    assert "The customer sent no text." in page.html


def test_a_closed_enquiry_shows_its_history_and_offers_no_action(clerk: Clerk) -> None:
    reference = clerk.send("/enquiries/ENQ-1001/refund", GOOD_REFUND).location.rsplit("/", 1)[-1]
    page = clerk.open("/enquiries/ENQ-1001")
    assert page.text("enquiry-status") == "Refunded"
    assert reference in page.text("history")
    assert "This enquiry is closed." in page.text("history")
    assert not {"Reply", "Refund", "Escalate"} & set(page.links)


def test_an_order_shows_its_facts_and_what_was_paid_back(clerk: Clerk) -> None:
    assert "Nothing has been refunded" in clerk.open("/orders/GF-20417").html
    clerk.send("/enquiries/ENQ-1001/refund", GOOD_REFUND, amount="4.9")
    page = clerk.open("/orders/GF-20417")
    assert page.text("order-total") == "64.90 EUR"
    assert page.text("order-customer") == "Helen Marsh"
    assert page.text("order-delivered") == "24 Oct 2026"
    assert "60.00 EUR are left to refund." in page.html


def test_a_parcel_that_has_not_arrived_is_under_way(clerk: Clerk) -> None:
    assert clerk.open("/orders/GF-20422").text("order-delivered") == "Under way"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/enquiries/ENQ-9999", "There is no enquiry ENQ-9999 in this inbox."),
        ("/enquiries/ENQ-9999/refund", "There is no enquiry ENQ-9999 in this inbox."),
        ("/orders/GF-00000", "There is no order GF-00000 in the order book."),
        ("/submissions/RF-000000", "There is no submission RF-000000."),
        ("/nowhere", "We could not find that"),
        ("/enquiries/%3Cscript%3E", "There is no enquiry &lt;script&gt; in this inbox."),
    ],
)
def test_what_does_not_exist_gets_a_friendly_page(clerk: Clerk, path: str, sentence: str) -> None:
    page = clerk.open(path)
    assert page.status == 404
    assert sentence in page.html
    assert page.links["Back to the inbox"] == "/"


def test_the_confirmation_shows_what_was_stored(clerk: Clerk) -> None:
    answer = clerk.send("/enquiries/ENQ-1001/refund", GOOD_REFUND, note="Two charges.\r\nChecked.")
    page = clerk.open(answer.location)
    assert page.status == 200
    assert "<h1>Refund saved</h1>" in page.html
    assert answer.location == f"/submissions/{page.text('reference')}"
    for shown in ("ENQ-1001", "Helen Marsh", "GF-20417", "64.90", "EUR", "Charged twice", "2026-11-23"):
        assert shown in page.text("confirmation")
    assert "Notify customer Yes" in page.text("confirmation")
    assert "Two charges. Checked." in page.text("confirmation")


def test_all_submissions_are_listed_the_latest_first(clerk: Clerk) -> None:
    assert "Nothing has been stored yet." in clerk.open("/submissions").html
    clerk.send("/enquiries/ENQ-1001/refund", GOOD_REFUND)
    clerk.send("/enquiries/ENQ-1008/escalate", GOOD_ESCALATION)
    table = clerk.open("/submissions").text("submissions")
    assert "64.90 EUR for GF-20417, charged twice" in table
    assert table.index("Customer relations, high priority") < table.index("GF-20417")
