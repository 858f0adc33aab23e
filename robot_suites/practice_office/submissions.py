"""Submissions: what the office has done, one by one on a confirmation page and all together in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template

from .escalations import ESCALATION
from .lookup import database
from .refunds import REFUND
from .replies import REPLY

if TYPE_CHECKING:
    from .forms import Form
    from .records import Submission

FORMS: dict[str, Form] = {form.kind: form for form in (REPLY, REFUND, ESCALATION)}

pages = Blueprint("submissions", __name__)


def shown(submission: Submission) -> list[tuple[str, str]]:
    """Label and value of every stored field, as a clerk reads them; an empty one is an en dash."""
    fields = FORMS[submission.kind].fields
    return [(field.label, field.shown(submission.details[field.name]) or "–") for field in fields]


def summary(submission: Submission) -> str:
    """The one line that stands for a submission in a list."""
    fields = FORMS[submission.kind].fields
    values = {field.name: field.shown(submission.details[field.name]) for field in fields}
    if submission.kind == "refund":
        return f"{values['amount']} {values['currency']} for {values['order_no']}, {values['reason'].lower()}"
    if submission.kind == "escalation":
        return f"{values['team']}, {values['priority'].lower()} priority"
    return f"{values['subject']} ({values['language']})"


@pages.get("/submissions")
def list_all() -> str:
    return render_template("submissions.html", submissions=list(reversed(database().submissions())))


@pages.get("/submissions/<reference>")
def confirmation(reference: str) -> str:
    submission = database().submission(reference)
    if submission is None:
        abort(404, f"There is no submission {reference}.")
    return render_template(
        "confirmation.html",
        submission=submission,
        form=FORMS[submission.kind],
        enquiry=database().enquiry(submission.enquiry),
        rows=shown(submission),
    )
