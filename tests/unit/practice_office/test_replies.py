"""The reply form: what it offers, what it takes and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.practice_office.clerk import GOOD_REPLY

if TYPE_CHECKING:
    from robot_suites.practice_office.database import Database
    from tests.unit.practice_office.clerk import Clerk

REPLY = "/enquiries/ENQ-1001/reply"


def test_the_form_is_prefilled_from_the_enquiry(clerk: Clerk) -> None:
    page = clerk.open(REPLY)
    assert page.elements["reply"].tag == "form"
    assert page.inputs["to"]["value"] == "helen.marsh@example.com"
    assert page.inputs["subject"]["value"] == "Re: Charged twice for one casserole"
    assert page.inputs["form_token"]["type"] == "hidden"
    assert page.elements["message"].attributes["maxlength"] == "4000"
    assert [name for name in ("English", "中文", "Deutsch") if name in page.text("language")] == [
        "English",
        "中文",
        "Deutsch",
    ]


def test_a_reply_is_stored_and_closes_the_enquiry_where_wanted(clerk: Clerk, database: Database) -> None:
    answer = clerk.send(REPLY, GOOD_REPLY, language="zh", message="您好，\r\n已收到。")
    assert answer.status == 303
    assert answer.location.startswith("/submissions/RP-")
    (stored,) = database.submissions("ENQ-1001")
    assert stored.kind == "reply"
    assert stored.details == {
        "to": "helen.marsh@example.com",
        "subject": "Re: Charged twice",
        "language": "zh",
        "message": "您好，\n已收到。",
        "close": True,
    }
    enquiry = database.enquiry("ENQ-1001")
    assert enquiry
    assert (enquiry.status, enquiry.closed) == ("replied", True)
    page = clerk.open(answer.location)
    assert "<h1>Reply sent</h1>" in page.html
    assert "Language 中文" in page.text("confirmation")


def test_a_reply_that_asks_for_something_leaves_the_enquiry_to_further_actions(
    clerk: Clerk, database: Database
) -> None:
    assert clerk.send(REPLY, GOOD_REPLY, close="").status == 303
    enquiry = database.enquiry("ENQ-1001")
    assert enquiry
    assert (enquiry.status, enquiry.closed) == ("replied", False)
    assert "an answer of the customer is awaited" in clerk.open("/enquiries/ENQ-1001").text("history")
    assert clerk.send(REPLY, GOOD_REPLY).status == 303
    assert len(database.submissions("ENQ-1001")) == 2


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("to", "", "Enter the customer's e-mail address."),
        ("to", "helen", "Enter an e-mail address such as name@example.com."),
        ("to", "a@example.com\nBcc: b@example.com", "To must be on one line."),
        ("subject", "   ", "Enter a subject."),
        ("subject", "x" * 201, "Subject must be 200 characters or fewer; it has 201."),
        ("language", "fr", "Choose the language of the message."),
        ("message", " \r\n ", "Write a message to the customer."),
        ("message", "x" * 4001, "Message must be 4,000 characters or fewer; it has 4,001."),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_stored(
    clerk: Clerk, database: Database, field: str, value: str, message: str
) -> None:
    page = clerk.send(REPLY, GOOD_REPLY, **{field: value})
    assert page.status == 422
    assert page.error(field) == message
    assert page.text("problems-heading") == "Please correct 1 field"
    assert page.links[message] == f"#{field}"
    assert database.submissions() == []


def test_the_longest_message_counts_line_ends_once(clerk: Clerk) -> None:
    assert clerk.send(REPLY, GOOD_REPLY, message="x" * 1999 + "\r\n" + "x" * 2000).status == 303


def test_a_refused_message_keeps_what_was_typed(clerk: Clerk) -> None:
    page = clerk.send(REPLY, GOOD_REPLY, subject="", message="</textarea><b>bold</b> & more")
    assert page.elements["message"].text == "\n</textarea><b>bold</b> & more"
    assert page.inputs["to"]["value"] == "helen.marsh@example.com"
    assert "checked" in page.inputs["close"]
