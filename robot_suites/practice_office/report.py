"""What the office has stored, enquiry by enquiry and filing by filing: as a plain table for people, as JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from .contracts import RECOMMENDATIONS
from .filing_cabinet import FilingCabinet
from .submissions import summary

if TYPE_CHECKING:
    from .database import Database
    from .records import Filing

_HEADINGS = ("Enquiry", "Customer", "Status", "Reference", "Stored")
_FILED_HEADINGS = ("About", "Reference", "Filed")


def as_json(database: Database) -> str:
    """A JSON list with one object an enquiry; `submissions` is empty where nothing was done.

    `details` are the checked fields by name: choices by their value (`charged-twice`), amounts as text, check
    boxes as true or false.
    """
    report = [
        {
            "enquiry": enquiry.number,
            "customer": enquiry.customer,
            "subject": enquiry.subject,
            "status": enquiry.status,
            "closed": enquiry.closed,
            "submissions": [
                {
                    "reference": one.reference,
                    "kind": one.kind,
                    "stored_at": one.stored_at.isoformat(),
                    "details": one.details,
                }
                for one in database.submissions(enquiry.number)
            ],
        }
        for enquiry in database.enquiries()
    ]
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_table(database: Database) -> str:
    """A table with one line a submission, and one line for each enquiry about which nothing was done.

    What was filed about contracts and suppliers comes in a table of its own, alone where nothing else was done.
    """
    filed = FilingCabinet(database).filings()
    tables = [_enquiries(database)] if database.submissions() or not filed else []
    if filed:
        tables.append(
            _columns([_FILED_HEADINGS, *((one.subject, one.reference, _filed(one)) for one in filed)])
        )
    return "\n\n".join(tables)


def _enquiries(database: Database) -> str:
    lines: list[tuple[str, ...]] = []
    for enquiry in database.enquiries():
        start = (enquiry.number, enquiry.customer, enquiry.status)
        stored = database.submissions(enquiry.number)
        lines += [(*start, one.reference, summary(one)) for one in stored] or [(*start, "-", "-")]
    return _columns([_HEADINGS, *lines])


def _filed(one: Filing) -> str:
    """The one line that stands for a filing in a list."""
    if one.kind == "approval":
        issues = len(one.details["issues"])  # type: ignore[arg-type]
        return f"{RECOMMENDATIONS[str(one.details['recommendation'])]}, {issues} issue{'' if issues == 1 else 's'}"
    return f"{one.details['name']}, {one.details['office_city']}"


def _columns(rows: list[tuple[str, ...]]) -> str:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in (rows[0], rule, *rows[1:])
    )


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "FW" else 1 for character in text)
