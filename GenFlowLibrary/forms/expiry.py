"""The expiry of a card: a month and a year, however they are written."""

from __future__ import annotations

import re
from datetime import date

_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])\s*[/.\- ]\s*((?:20)?\d\d)")
_YEAR_FIRST = re.compile(r"(20\d\d)\s*[/.\-]\s*(0?[1-9]|1[0-2])")
_TOGETHER = re.compile(r"(0[1-9]|1[0-2])(\d\d)")


def month_and_year(value: object) -> tuple[int, int] | None:
    """Returns the month and the year in four digits (``03/30``, ``3/2030``, ``2030-03``, ``0330``, a date), None for what is neither."""
    if isinstance(value, date):
        return value.month, value.year
    text = str(value).strip()
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := _MONTH_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text):
        return int(found[1]), int(found[2]) % 100 + 2000
    return None
