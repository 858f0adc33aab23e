"""The one way of a form about a contract or a supplier, from the page to the filing cabinet.

GET  -> an empty or prefilled page
POST -> check every field -> file -> 303 to the confirmation (else 422)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for

from .entry import Entry, Field
from .filing_cabinet import FilingCabinet
from .lookup import database

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from werkzeug.wrappers import Response

    from .line_table import LineTable
    from .records import FiledDetails, Filing

pages = Blueprint("filings", __name__)


@dataclass(frozen=True)
class FilingForm:
    """One kind of form.

    Attributes:
        kind: what it makes: approval or supplier; also the id of the form and its template's name.
        prefix: how its references begin.
        done: the heading of the confirmation.
        fields: in the order of the page.
        table: the lines of the form.
        check: reads the fields, marks what is wrong, and returns what would be stored.
        prefill: the values of an untouched form.
    """

    kind: str
    prefix: str
    done: str
    fields: tuple[Field, ...]
    table: LineTable
    check: Callable[[Entry, date, FilingCabinet], FiledDetails]
    prefill: Mapping[str, str]

    def every_field(self) -> tuple[Field, ...]:
        return (*self.fields, *self.table.fields())


def show_and_take(form: FilingForm, subject: Callable[[FiledDetails], str], **shown: object) -> Response:
    """Answer GET and POST of one form; `subject` names what the details are about, `shown` goes to the template."""
    now: datetime = current_app.config["NOW"]()

    def page(entry: Entry, status: int = 200) -> Response:
        template = render_template(f"{form.kind}.html", form=form, entry=entry, today=now.date(), **shown)
        return make_response(template, status)

    if request.method == "GET":
        return page(Entry(form.every_field(), form.prefill))
    with database().writing():
        cabinet = FilingCabinet(database())
        entry = Entry(form.every_field(), request.form)
        details = form.check(entry, now.date(), cabinet)
        if entry.problems:
            return page(entry, 422)
        reference = cabinet.file(form.kind, form.prefix, subject(details), details, now)
    return redirect(url_for("filings.confirmation", reference=reference), 303)


@pages.get("/filings/<reference>")
def confirmation(reference: str) -> str:
    filing = FilingCabinet(database()).filing(reference)
    if filing is None:
        abort(404, f"There is no filing {reference}.")
    form: FilingForm = current_app.extensions["filing_forms"][filing.kind]
    return render_template("filed.html", filing=filing, form=form, rows=shown(form, filing))


def shown(form: FilingForm, filing: Filing) -> list[tuple[str, str]]:
    """Label and value of every stored field, as a clerk reads them; an empty one is an en dash."""
    return [(field.label, field.shown(filing.details[field.name]) or "–") for field in form.fields]  # type: ignore[arg-type]
