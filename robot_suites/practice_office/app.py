"""The application factory: pages from the nouns, and what they share (token, errors, formats, headers)."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, abort, render_template, request
from werkzeug.exceptions import HTTPException

from . import contracts, escalations, filing_form, inbox, orders, refunds, replies, submissions, suppliers
from .lookup import close_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from werkzeug.wrappers import Response

# Names shown for what is stored in short.
STATUS_NAMES = {"open": "Open", "replied": "Replied", "refunded": "Refunded", "escalated": "Escalated"}
KIND_NAMES = {"reply": "Reply", "refund": "Refund", "escalation": "Escalation"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local_now() -> datetime:
    """The time on the wall of the office: the machine's own time zone."""
    return datetime.now().astimezone()


def create_app(database: Path, now: Callable[[], datetime] = local_now) -> Flask:
    """The practice office as a WSGI application.

    Args:
        database: a file that `opening.prepare` has made ready.
        now: the clock; dates "not in the past" and the times of submissions are read from it.
    """
    app = Flask("practice_office", root_path=str(Path(__file__).parent))
    app.config.update(
        DATABASE=str(database),
        NOW=now,
        # One secret a process: a form that was opened before a restart has to be opened again.
        FORM_TOKEN=secrets.token_urlsafe(32),
        # The largest honest form is far below this (4,000 characters of Chinese, URL-encoded, are 36 kB).
        MAX_CONTENT_LENGTH=256 * 1024,
    )
    for noun in (
        inbox,
        replies,
        refunds,
        escalations,
        orders,
        submissions,
        contracts,
        suppliers,
        filing_form,
    ):
        app.register_blueprint(noun.pages)
    forms = (contracts.APPROVAL, suppliers.SUPPLIER)
    app.extensions["filing_forms"] = {form.kind: form for form in forms}
    _templates(app)
    _guards(app)
    return app


def _templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        status_names=STATUS_NAMES,
        kind_names=KIND_NAMES,
        form_token=lambda: app.config["FORM_TOKEN"],
        summary=submissions.summary,
    )
    app.jinja_env.filters.update(day=day, moment=moment, money=money)


def _guards(app: Flask) -> None:
    @app.before_request
    def check_token() -> None:
        if request.method != "POST":
            return
        sent, wanted = request.form.get("form_token", ""), app.config["FORM_TOKEN"]
        if not secrets.compare_digest(sent.encode(), wanted.encode()):
            abort(400, "This form is out of date and nothing was stored. Open it again from the enquiry.")

    @app.after_request
    def restrict(response: Response) -> Response:
        # Nothing here comes from elsewhere, and what a customer wrote must never become part of a page.
        response.headers["Content-Security-Policy"] = (
            "default-src 'self'; form-action 'self'; base-uri 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @app.teardown_appcontext
    def leave(_: BaseException | None) -> None:
        close_database()

    @app.errorhandler(HTTPException)
    def show_error(error: HTTPException) -> tuple[str, int]:
        return render_template("error.html", error=error), error.code or 500


def day(value: date | datetime | None) -> str:
    """A date as `9 Nov 2026`, whatever the locale of the machine; an en dash for none."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else "–"


def moment(value: datetime) -> str:
    """A date and time as `9 Nov 2026, 08:12`."""
    return f"{day(value)}, {value:%H:%M}"


def money(value: Decimal, currency: str) -> str:
    """An amount as `1,234.50 EUR`."""
    return f"{value:,.2f} {currency}"
