"""Replies: a message to the customer, which may or may not close the enquiry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint

from .entry import Entry, Field
from .forms import Desk, Form, show_and_take

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .records import Details, Enquiry

LONGEST_MESSAGE = 4000
LANGUAGES = {"en": "English", "zh": "中文", "de": "Deutsch"}

# Only the shape that a typing mistake breaks; whether an address exists is for the mail server to say.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")

pages = Blueprint("replies", __name__)


def _prefill(enquiry: Enquiry) -> dict[str, str]:
    return {"to": enquiry.email, "subject": f"Re: {enquiry.subject}", "language": "en"}


def _check(entry: Entry, desk: Desk) -> Details:
    to = entry.text("to", missing="Enter the customer's e-mail address.")
    if not _EMAIL.fullmatch(to):
        entry.mark("to", "Enter an e-mail address such as name@example.com.")
    return {
        "to": to,
        "subject": entry.text("subject", missing="Enter a subject."),
        "language": entry.choice("language", missing="Choose the language of the message."),
        "message": entry.text(
            "message", missing="Write a message to the customer.", longest=LONGEST_MESSAGE, lines=True
        ),
        "close": entry.ticked("close"),
    }


REPLY = Form(
    kind="reply",
    prefix="RP",
    done="Reply sent",
    status="replied",
    fields=(
        Field("to", "To"),
        Field("subject", "Subject"),
        Field("language", "Language", LANGUAGES),
        Field("message", "Message"),
        Field("close", "Close the enquiry"),
    ),
    prefill=_prefill,
    check=_check,
    closes=lambda details: bool(details["close"]),
)


@pages.route("/enquiries/<number>/reply", methods=["GET", "POST"])
def reply(number: str) -> Response:
    return show_and_take(REPLY, number)
