"""Dates and times as people write them -> ISO 8601, as HTML's date and time controls hold them.

What can be read in two ways (``03/04/2026``) is rejected, not guessed.
Written month names are those of CLDR in the languages of calendar_names.py.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from GenFlowLibrary.forms.calendar_names import month_number
from GenFlowLibrary.forms.rejected import ValueRejected

_MONTHS_A_YEAR = 12
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_CJK = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_NUMERIC = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4})")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+|of\s+)?([^\W\d_]+)\.?,?\s+(?:de\s+)?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?|(\d{1,2})[-/.](\d{4})|([^\W\d_]+)\.?\s+(\d{4})")
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


def a_date(value: object) -> date:
    """Returns a date given as date, datetime or text. Raises ValueRejected for what is no date or can be read in two ways."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        return _written(text)
    except ValueError:
        raise ValueRejected(f"expects a date such as 2026-04-03, got '{text}'") from None


def _written(text: str) -> date:
    for pattern in (_ISO, _CJK):
        if found := pattern.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.fullmatch(text):
        return _day_or_month_first(text, int(found[1]), found[2], int(found[3]), int(found[4]))
    if found := _DAY_FIRST.fullmatch(text):
        return date(int(found[3]), _month_number(found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return date(int(found[3]), _month_number(found[1]), int(found[2]))
    raise ValueError(text)


def _day_or_month_first(text: str, first: int, mark: str, second: int, year: int) -> date:
    # With points the day comes first wherever points are used; with slashes it depends on the country.
    if mark == "." or first > _MONTHS_A_YEAR or first == second:
        return date(year, second, first)
    if second > _MONTHS_A_YEAR:
        return date(year, first, second)
    day_first, month_first = date(year, second, first), date(year, first, second)
    raise ValueRejected(
        f"expects a date, and '{text}' can be read in two ways: write {day_first.isoformat()} or {month_first.isoformat()}"
    )


def _month_number(name: str) -> int:
    number = month_number(name)
    if not number:
        raise ValueError(name)
    return number


def a_time(value: object) -> time:
    """Returns a time of day given as time, datetime or text (``14:30``, ``2:30 pm``, ``14.30``)."""
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    text = str(value).strip()
    found = _TIME.fullmatch(text)
    if not found or not (found[2] or found[4]):
        raise ValueRejected(f"expects a time such as 14:30, got '{text}'")
    hour, half = int(found[1]), (found[4] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        raise ValueRejected(f"expects a time such as 14:30, got '{text}'") from None


def a_datetime(value: object) -> datetime:
    """Returns a date with a time given as datetime or text: a date, then ``T`` or spaces or a comma, then a time. A zone is not kept."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    text = str(value).strip()
    try:
        return (
            datetime.fromisoformat(text.replace("Z", "")).replace(tzinfo=None)
            if "T" in text
            else _split_datetime(text)
        )
    except ValueError:
        raise ValueRejected(f"expects a date and time such as 2026-04-03 14:30, got '{text}'") from None


def _split_datetime(text: str) -> datetime:
    found = re.fullmatch(r"(.*\d[日.]?),?\s+(?:(?:at|um|à|klo|kl\.?)\s+)?(\d{1,2}[:.h]\d{2}.*)", text)
    if not found:
        raise ValueError(text)
    return datetime.combine(a_date(found[1]), a_time(found[2]))


def iso(kind: str, value: object) -> str:
    """Returns a value as a date, time, datetime-local, month or week control holds it (WHATWG HTML 2.3.5)."""
    if kind == "date":
        return a_date(value).isoformat()
    if kind == "time":
        return _iso_time(a_time(value))
    if kind == "datetime-local":
        moment = a_datetime(value)
        return f"{moment.date().isoformat()}T{_iso_time(moment.time())}"
    return _iso_month(value) if kind == "month" else _iso_week(value)


def _iso_time(value: time) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")


def _iso_month(value: object) -> str:
    text = str(value).strip()
    found = None if isinstance(value, date) else _MONTH.fullmatch(text)
    if not found:
        return a_date(value).strftime("%Y-%m")
    year = found[1] or found[4] or found[6]
    try:
        return date(int(year), int(found[2] or found[3] or 0) or _month_number(found[5]), 1).strftime("%Y-%m")
    except (ValueError, TypeError):
        raise ValueRejected(f"expects a month such as 2026-04, got '{text}'") from None


def _iso_week(value: object) -> str:
    found = _WEEK.fullmatch(str(value).strip())
    if found:
        return f"{found[1]}-W{int(found[2]):02d}"
    year, week, _ = a_date(value).isocalendar()
    return f"{year}-W{week:02d}"
