"""Numbers as people write them -> Decimal; what can be read in two ways is rejected, not guessed."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from GenFlowLibrary.forms.rejected import ValueRejected

_CURRENCY = re.compile(r"^(?:[$€£¥￥₹]|[A-Z]{3}\b)\s*|\s*(?:[$€£¥￥₹元円]|\b[A-Z]{3}|kr)$")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")
_SPACES = re.compile(r"[\u00a0\u202f\u2009]")


def number(value: object) -> Decimal:
    """Returns a number given as int, float, Decimal or text, with or without a currency.

    ``1.234,56`` and ``1,234.56`` say themselves which mark is which; ``1,234`` and ``1.234`` do not, as they may be a thousand and more or
    one and a bit.

    Raises:
        ValueRejected: the value is no number, or can be read in two ways.
    """
    if isinstance(value, bool):
        raise ValueRejected(f"expects a number, got {value}")
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    if isinstance(value, float):
        # Spreadsheets hold every number as a float: a whole one (a phone number, an id) has no decimals for a person.
        return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))
    text = _CURRENCY.sub("", _SPACES.sub(" ", str(value)).strip()).strip().replace("−", "-")
    try:
        return Decimal(_plain_number(text))
    except InvalidOperation:
        raise ValueRejected(f"expects a number, got '{value}'") from None


def _plain_number(text: str) -> str:
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped[2] and grouped[2] != grouped[1]:
        return text.replace(grouped[1], "").replace(grouped[2], ".")
    if grouped and not grouped[2]:
        mark = grouped[1]
        if mark in ".," and text.count(mark) == 1 and not text.lstrip("+-").startswith("0"):
            other = text.replace(mark, "")
            raise ValueRejected(
                f"expects a number, and '{text}' can be read in two ways: write {other} or {text.replace(mark, '.')}0"
            )
        return text.replace(mark, "") if not text.lstrip("+-").startswith("0") else text.replace(mark, ".")
    return text.replace(",", ".") if re.fullmatch(r"[+-]?\d+,\d+", text) else text


def plain(value: Decimal) -> str:
    """Returns a number as HTML's number control writes it: a point, no grouping, no exponent; given decimals are kept."""
    return format(value, "f")
