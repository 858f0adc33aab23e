"""The one way that every form of the office takes, from the page to a stored submission.

    GET  -> is the enquiry open? -> prefilled page
    POST -> is the enquiry open? -> check every field -> store -> 303 to the confirmation (else 422)

The nouns (`replies`, `refunds`, `escalations`) say what their fields are and what is right in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, make_response, redirect, render_template, request, url_for

from .entry import Entry, Field
from .lookup import database, find_enquiry

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from werkzeug.wrappers import Response

    from .database import Database
    from .records import Details, Enquiry


@dataclass(frozen=True)
class Desk:
    """What the check of a form may look at besides the form itself."""

    enquiry: Enquiry
    database: Database
    today: date


@dataclass(frozen=True)
class Form:
    """One kind of form.

    Attributes:
        kind: what it makes: reply, refund or escalation; also the id of the form and its template's name.
        prefix: how its references begin.
        done: the heading of the confirmation.
        status: what the enquiry becomes.
        fields: in the order of the page.
        prefill: the values of an untouched form.
        check: reads the fields, marks what is wrong, and returns what would be stored.
        closes: whether the enquiry is closed by it.
    """

    kind: str
    prefix: str
    done: str
    status: str
    fields: tuple[Field, ...]
    prefill: Callable[[Enquiry], dict[str, str]]
    check: Callable[[Entry, Desk], Details]
    closes: Callable[[Details], bool] = lambda _: True


def show_and_take(form: Form, number: str) -> Response:
    """Answer GET and POST of one form; see the two lines at the top of this file."""
    if request.method == "GET":
        enquiry = find_enquiry(number)
        if enquiry.closed:
            return _already_closed(enquiry)
        return _page(form, enquiry, Entry(form.fields, form.prefill(enquiry)))
    with database().writing():
        enquiry = find_enquiry(number)
        if enquiry.closed:
            return _already_closed(enquiry)
        now: datetime = current_app.config["NOW"]()
        entry = Entry(form.fields, request.form)
        details = form.check(entry, Desk(enquiry, database(), now.date()))
        if entry.problems:
            return _page(form, enquiry, entry, 422)
        reference = database().store(
            form.kind, form.prefix, enquiry, details, now, status=form.status, closes=form.closes(details)
        )
    return redirect(url_for("submissions.confirmation", reference=reference), 303)


def _page(form: Form, enquiry: Enquiry, entry: Entry, status: int = 200) -> Response:
    today = current_app.config["NOW"]().date()
    return make_response(
        render_template(f"{form.kind}.html", form=form, enquiry=enquiry, entry=entry, today=today), status
    )


def _already_closed(enquiry: Enquiry) -> Response:
    last = database().submissions(enquiry.number)[-1]
    return make_response(render_template("closed.html", enquiry=enquiry, last=last), 409)
