"""Escalations: an enquiry is handed over to the team that has to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from .entry import Entry, Field
from .forms import Desk, Form, show_and_take

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .records import Details, Enquiry

SHORTEST_SUMMARY = 10
LONGEST_SUMMARY = 2000

PRIORITIES = {"low": "Low", "normal": "Normal", "high": "High", "urgent": "Urgent"}
TEAMS = {
    "billing": "Billing desk",
    "logistics": "Logistics",
    "product": "Product support",
    "relations": "Customer relations",
    "security": "Security",
}

pages = Blueprint("escalations", __name__)


def _prefill(enquiry: Enquiry) -> dict[str, str]:
    return {"priority": "normal"}


def _check(entry: Entry, desk: Desk) -> Details:
    summary = entry.text(
        "summary",
        missing="Describe what the team has to know.",
        longest=LONGEST_SUMMARY,
        lines=True,
    )
    if len(summary) < SHORTEST_SUMMARY:
        entry.mark("summary", f"Summary must have at least {SHORTEST_SUMMARY} characters.")
    return {
        "priority": entry.choice("priority", missing="Choose a priority."),
        "team": entry.choice("team", missing="Choose a team."),
        "due_date": entry.day("due_date", today=desk.today),
        "summary": summary,
        "call": entry.ticked("call"),
    }


ESCALATION = Form(
    kind="escalation",
    prefix="ES",
    done="Enquiry escalated",
    status="escalated",
    fields=(
        Field("priority", "Priority", PRIORITIES, radios=True),
        Field("team", "Team", TEAMS),
        Field("due_date", "Due date"),
        Field("summary", "Summary"),
        Field("call", "Customer is waiting for a call"),
    ),
    prefill=_prefill,
    check=_check,
)


@pages.route("/enquiries/<number>/escalate", methods=["GET", "POST"])
def escalate(number: str) -> Response:
    return show_and_take(ESCALATION, number)
