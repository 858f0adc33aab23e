"""What the office knows, as plain records: enquiries, orders and submissions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

# The checked fields of one form, by field name; a check box is True or False, everything else is text.
Details = dict[str, str | bool]

STATUSES = ("open", "replied", "refunded", "escalated")


@dataclass(frozen=True)
class Enquiry:
    """What a customer wrote, and how far the office has come with it.

    `closed` is its own fact: a reply may leave the enquiry waiting for the customer's answer.
    """

    number: str
    customer: str
    email: str
    subject: str
    channel: str
    received: datetime
    text: str
    status: str
    closed: bool


@dataclass(frozen=True)
class Order:
    """One line of the order book; `delivered` is None while the parcel is under way."""

    order_no: str
    customer: str
    email: str
    item: str
    total: Decimal
    currency: str
    ordered: date
    delivered: date | None


@dataclass(frozen=True)
class Submission:
    """One form that was sent and stored, under its unique reference."""

    reference: str
    kind: str
    enquiry: str
    stored_at: datetime
    details: Details


@dataclass(frozen=True)
class Contract:
    """A contract that came in; `file` is the name of its paper in the folder of incoming contracts."""

    number: str
    partner: str
    subject: str
    kind: str
    file: str


# As `Details`, with a list of rows under the name of each table of the form.
FiledDetails = dict[str, "str | bool | list[dict[str, str]]"]


@dataclass(frozen=True)
class Filing:
    """One form about a contract or a supplier, stored under its unique reference."""

    reference: str
    kind: str
    subject: str
    stored_at: datetime
    details: FiledDetails
