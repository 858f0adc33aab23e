"""The inbox: the table of enquiries, and one enquiry with everything that was done about it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from .lookup import database, find_enquiry
from .records import STATUSES

pages = Blueprint("inbox", __name__)


@pages.get("/")
def list_all() -> str:
    status = request.args.get("status") or None
    if status is not None and status not in STATUSES:
        abort(
            404, f"There is no status “{status}”; an enquiry is {', '.join(STATUSES[:-1])} or {STATUSES[-1]}."
        )
    return render_template(
        "inbox.html",
        enquiries=database().enquiries(status),
        counts=database().count_by_status(),
        chosen=status,
    )


@pages.get("/enquiries/<number>")
def detail(number: str) -> str:
    enquiry = find_enquiry(number)
    return render_template("enquiry.html", enquiry=enquiry, history=database().submissions(enquiry.number))
