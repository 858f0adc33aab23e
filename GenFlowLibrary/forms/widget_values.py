"""A data value -> what a widget is to show, checked as far as the widget tells before it is opened."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.constraints import check
from GenFlowLibrary.forms.dates import a_date, a_datetime, a_time
from GenFlowLibrary.forms.flags import as_flag
from GenFlowLibrary.forms.numbers import number, plain
from GenFlowLibrary.forms.options import choose
from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import FieldCard

_LISTED = re.compile(r"\s*[,;\n]\s*")
_RANGE = 2


def widget_value(card: FieldCard, value: object) -> str | bool | tuple[str, ...]:
    """Returns what a widget is to show: texts of its entries, an ISO date or two, a time, a number, or on and off.

    Raises:
        ValueRejected: the value is of the wrong kind, or is not among the options that the page tells without opening the widget.
    """
    if card.kind == "switch":
        flag = as_flag(value)
        if flag is None:
            raise ValueRejected(f"is a switch and expects yes or no, got '{value}'")
        return flag
    if card.kind in ("datepicker", "timepicker"):
        return _date_or_time(card, value)
    if card.kind in ("spinbutton", "slider"):
        text = plain(number(value))
        _within(card, text)
        return text
    return _entries(card, value)


def _entries(card: FieldCard, value: object) -> tuple[str, ...]:
    if value == "":
        return ()
    if isinstance(value, (list, tuple, set)):
        texts = [_text(item) for item in value]
    elif card.kind == "tags":
        texts = [text for text in _LISTED.split(str(value)) if text]
    else:
        texts = [_text(value)]
    if len(texts) > 1 and not card.multiple and card.kind != "combobox":
        raise ValueRejected(f"takes one option, got {len(texts)}")
    if not card.options:
        return tuple(texts)
    return tuple(dict.fromkeys(choose(text, card.options).value for text in texts))


def _text(value: object) -> str:
    return plain(number(value)) if isinstance(value, (Decimal, float)) else str(value).strip()


def _date_or_time(card: FieldCard, value: object) -> str:
    if value == "":
        return ""
    if card.kind == "timepicker":
        when = a_time(value)
        return f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"
    if isinstance(value, (list, tuple)):
        if len(value) != _RANGE:
            raise ValueRejected(
                f"takes a date, or the first and the last of a range, got {len(value)} values"
            )
        return "/".join(_a_date(card, item) for item in value)
    return _a_date(card, value)


def _a_date(card: FieldCard, value: object) -> str:
    from GenFlowLibrary.forms.widgets.date_picker import dates_of, format_of  # noqa: PLC0415 - with the ladder only

    pieces = card.constraints.get("parts", "").split()
    if "hour" in pieces:
        return a_datetime(value).isoformat(timespec="minutes")
    if isinstance(value, datetime):
        if value.time() != time.min:
            raise ValueRejected(f"takes a date without a time, got '{value:%Y-%m-%d %H:%M}'")
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    if pieces:
        return (_in_order_of(pieces, text) or a_date(text)).isoformat()
    if format_of(card):
        dates_of(card, text)  # what the field's own format can't read is refused before anything is touched
    return text


def _in_order_of(pieces: list[str], text: str) -> date | None:
    """A date field drawn in pieces shows by their order how its dates are written; ISO 8601 is read in one way only."""
    from GenFlowLibrary.forms.widgets.date_format import DateFormat  # noqa: PLC0415 - with the ladder only

    order = "".join(piece[0] for piece in pieces if piece in ("year", "month", "day"))
    form = DateFormat(order, "/") if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}", text) else None
    return form.read(text) if form else None


def _within(card: FieldCard, text: str) -> None:
    from dataclasses import replace  # noqa: PLC0415

    steps = {name: limit for name, limit in card.constraints.items() if name in ("min", "max")}
    check(replace(card, kind="number", constraints={**steps, "step": "any"}), text)
