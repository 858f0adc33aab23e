"""The escalation form: a team is required, and it has to be told something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.practice_office.clerk import GOOD_ESCALATION

if TYPE_CHECKING:
    from robot_suites.practice_office.database import Database
    from tests.unit.practice_office.clerk import Clerk

ESCALATE = "/enquiries/ENQ-1008/escalate"


def test_the_form_offers_the_teams_and_a_normal_priority(clerk: Clerk) -> None:
    page = clerk.open(ESCALATE)
    assert page.elements["escalation"].tag == "form"
    assert page.text("team") == (
        "Choose a team Billing desk Logistics Product support Customer relations Security"
    )
    assert "required" in page.elements["team"].attributes
    assert "checked" in page.elements["priority-normal"].attributes
    assert "required" not in page.inputs["due_date"]


def test_an_escalation_is_stored_and_closes_the_enquiry_for_this_desk(
    clerk: Clerk, database: Database
) -> None:
    answer = clerk.send(ESCALATE, GOOD_ESCALATION)
    assert answer.status == 303
    (stored,) = database.submissions("ENQ-1008")
    assert stored.reference.startswith("ES-")
    assert stored.kind == "escalation"
    assert stored.details == {
        "priority": "high",
        "team": "relations",
        "due_date": "2026-11-24",
        "summary": "The customer threatens with a lawyer.",
        "call": True,
    }
    enquiry = database.enquiry("ENQ-1008")
    assert enquiry
    assert (enquiry.status, enquiry.closed) == ("escalated", True)
    assert "<h1>Enquiry escalated</h1>" in clerk.open(answer.location).html


def test_due_date_and_call_may_be_left_out(clerk: Clerk, database: Database) -> None:
    answer = clerk.send(ESCALATE, GOOD_ESCALATION, due_date="", call="")
    assert answer.status == 303
    (stored,) = database.submissions()
    assert stored.details["due_date"] == ""
    assert stored.details["call"] is False
    assert "Due date –" in clerk.open(answer.location).text("confirmation")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("priority", "", "Choose a priority."),
        ("team", "", "Choose a team."),
        ("team", "kitchen", "Choose a team."),
        ("due_date", "2026-11-21", "Due date must not be in the past; the earliest is 2026-11-22."),
        ("due_date", "tomorrow", "Due date must be a real date, such as 2026-11-22."),
        ("summary", "", "Describe what the team has to know."),
        ("summary", "  Angry.  ", "Summary must have at least 10 characters."),
        ("summary", "x" * 2001, "Summary must be 2,000 characters or fewer; it has 2,001."),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_stored(
    clerk: Clerk, database: Database, field: str, value: str, message: str
) -> None:
    page = clerk.send(ESCALATE, GOOD_ESCALATION, **{field: value})
    assert page.status == 422
    assert page.error(field) == message
    assert database.submissions() == []


def test_the_summary_of_errors_links_to_a_radio_of_its_group(clerk: Clerk) -> None:
    page = clerk.send(ESCALATE, GOOD_ESCALATION, priority="")
    assert page.links["Choose a priority."] == "#priority-low"
