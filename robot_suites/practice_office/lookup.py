"""Looking things up while a page is made: the request's own database connection, an enquiry by number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import abort, current_app, g

from .database import Database

if TYPE_CHECKING:
    from .records import Enquiry


def database() -> Database:
    """The database connection of this request, opened when it is first needed."""
    if "database" not in g:
        g.database = Database(Path(current_app.config["DATABASE"]))
    opened: Database = g.database
    return opened


def close_database() -> None:
    """Close the connection of this request, where one was opened."""
    opened: Database | None = g.pop("database", None)
    if opened is not None:
        opened.close()


def find_enquiry(number: str) -> Enquiry:
    """The enquiry of that number, or the friendly 404 page."""
    enquiry = database().enquiry(number)
    if enquiry is None:
        abort(404, f"There is no enquiry {number} in this inbox.")
    return enquiry
