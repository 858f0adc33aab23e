"""Refunds: money back for one order, never more than was paid for it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from flask import Blueprint

from .entry import Entry, Field
from .forms import Desk, Form, show_and_take

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .records import Details, Enquiry, Order

ORDER_PATTERN = r"GF-\d{5}"
LONGEST_NOTE = 1000

CURRENCIES = {"EUR": "EUR", "USD": "USD", "CNY": "CNY"}
REASONS = {
    "damaged": "Damaged item",
    "late": "Late delivery",
    "charged-twice": "Charged twice",
    "wrong-item": "Wrong item",
    "other": "Other",
}
METHODS = {"original": "Original payment method", "bank-transfer": "Bank transfer", "voucher": "Voucher"}

# re.ASCII: \d alone would also accept digits of other scripts, which no order number has.
_ORDER_NO = re.compile(ORDER_PATTERN, re.ASCII)
# What <input type=number step=0.01> sends; no exponent, no NaN, no thousands separator.
_AMOUNT = re.compile(r"-?\d{1,9}(\.\d{1,2})?", re.ASCII)

pages = Blueprint("refunds", __name__)


def _prefill(enquiry: Enquiry) -> dict[str, str]:
    return {"currency": "EUR"}


def _check(entry: Entry, desk: Desk) -> Details:
    order = _order(entry, desk)
    amount = _amount(entry)
    currency = entry.choice("currency", missing="Choose the currency of the order.")
    if order and amount:
        _compare(entry, desk, order, amount)
    if order and currency in CURRENCIES and currency != order.currency:
        entry.mark(
            "currency", f"Order {order.order_no} was paid in {order.currency}; refund it in {order.currency}."
        )
    return {
        "order_no": entry.values["order_no"].strip(),
        "amount": str(amount or ""),
        "currency": currency,
        "reason": entry.choice("reason", missing="Choose a reason."),
        "refund_date": entry.day("refund_date", today=desk.today, missing="Enter the refund date."),
        "method": entry.choice("method", missing="Choose how the money is paid back."),
        "notify": entry.ticked("notify"),
        "note": entry.text("note", longest=LONGEST_NOTE, lines=True),
    }


def _order(entry: Entry, desk: Desk) -> Order | None:
    """The order that is refunded, or None with its field marked."""
    order_no = entry.text("order_no", missing="Enter the order number.")
    if not _ORDER_NO.fullmatch(order_no):
        entry.mark("order_no", "Order number must look like GF-12345: GF, a hyphen and five digits.")
        return None
    order = desk.database.order(order_no)
    if order is None:
        entry.mark("order_no", f"There is no order {order_no} in the order book.")
        return None
    known = desk.database.is_customer(desk.enquiry.email)
    if known and order.email.casefold() != desk.enquiry.email.casefold():
        entry.mark("order_no", f"Order {order_no} belongs to another customer than {desk.enquiry.customer}.")
        return None
    return order


def _amount(entry: Entry) -> Decimal | None:
    """The amount in whole cents, or None with its field marked."""
    text = entry.text("amount", missing="Enter the amount.")
    if not _AMOUNT.fullmatch(text):
        entry.mark("amount", "Amount must be a number with at most two decimals, such as 24.90.")
        return None
    amount = Decimal(text).quantize(Decimal("0.01"))
    if amount <= 0:
        entry.mark("amount", "Amount must be more than 0.")
        return None
    return amount


def _compare(entry: Entry, desk: Desk, order: Order, amount: Decimal) -> None:
    """Refuse what would pay back more than the order cost, earlier refunds included."""
    left = order.total - desk.database.refunded(order.order_no)
    if amount > order.total:
        entry.mark(
            "amount",
            f"Amount must not be above the order's total of {order.total} {order.currency}.",
        )
    elif amount > left:
        entry.mark(
            "amount",
            f"Only {left} {order.currency} of order {order.order_no} are left to refund;"
            " the rest was paid back before.",
        )


REFUND = Form(
    kind="refund",
    prefix="RF",
    done="Refund saved",
    status="refunded",
    fields=(
        Field("order_no", "Order number"),
        Field("amount", "Amount"),
        Field("currency", "Currency", CURRENCIES),
        Field("reason", "Reason", REASONS),
        Field("refund_date", "Refund date"),
        Field("method", "Method", METHODS, radios=True),
        Field("notify", "Notify customer"),
        Field("note", "Note"),
    ),
    prefill=_prefill,
    check=_check,
)


@pages.route("/enquiries/<number>/refund", methods=["GET", "POST"])
def refund(number: str) -> Response:
    return show_and_take(REFUND, number)
