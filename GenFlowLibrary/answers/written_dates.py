"""The ways people write a date, and whether one of them stands in a text.

ISO 2026-03-05 · 05.03.2026 · 3/5/26 · 5 March 2026 · March 5th, 2026 · 5 de marzo de 2026 · 2026年3月5日
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "de", "fr", "es", "fi", "sv", "it", "nl", "pt")
"""Whose names of months are known (Unicode CLDR, by way of Babel)."""


def is_date_written(wanted: date, written: str) -> bool:
    """Returns whether a date stands in a text in normal form (case folded, ASCII digits, plain dashes).

    A date without its year counts where the year stands elsewhere in the text, as in the head of a letter.
    ``03/05/2026`` counts for the third of May and for the fifth of March, for nobody can tell. The time of a
    datetime must occur as well, unless it is midnight; zones are not looked for.
    """
    if isinstance(wanted, datetime) and not _is_time_written(wanted, written):
        return False
    if any(re.search(pattern, written) for pattern in _with_year(wanted)):
        return True
    year_elsewhere = re.search(rf"(?<!\d){wanted.year:04}(?!\d)", written) is not None
    return year_elsewhere and any(re.search(pattern, written) for pattern in _without_year(wanted))


def _with_year(wanted: date) -> Iterator[str]:
    year, month, day = f"{wanted.year:04}", f"0?{wanted.month}", f"0?{wanted.day}"
    short_or_long = rf"(?:{year}|'?{wanted.year % 100:02})(?!\d)"
    for mark in (r"\s?-\s?", r"\s?/\s?", r"\s?\.\s?"):
        yield rf"(?<!\d){year}{mark}{month}{mark}{day}(?!\d)"
        yield rf"(?<!\d){day}{mark}{month}{mark}{short_or_long}"
        yield rf"(?<!\d){month}{mark}{day}{mark}{short_or_long}"
    yield rf"(?<!\d){wanted:%Y%m%d}(?!\d)"
    yield rf"(?<!\d){year}年{month}月{day}(?!\d)"
    day_and_month, month_and_day = _by_name(wanted)
    yield rf"{day_and_month}[\s,./-]*(?:de |del |of )?{short_or_long}"
    yield rf"{month_and_day}[\s,./-]*(?:of )?{short_or_long}"
    yield rf"(?<!\d){year}[\s,./-]+(?:{day_and_month}|{month_and_day})"


def _without_year(wanted: date) -> Iterator[str]:
    month, day = f"0?{wanted.month}", f"0?{wanted.day}"
    # Not where another year follows: that is another date.
    no_year = r"(?![\s,./-]*(?:de |del |of )?\d{4})"
    day_and_month, month_and_day = _by_name(wanted)
    yield day_and_month + no_year
    yield month_and_day + no_year
    yield rf"(?<![\d年]){month}月{day}(?!\d)"
    yield rf"(?<![\d.]){day}\.\s?{month}\.(?!\s?\d)"


def _by_name(wanted: date) -> tuple[str, str]:
    """Returns the patterns of day and month, and of month and day, with the month by its name."""
    day = rf"0?{wanted.day}(?!\d)(?:st|nd|rd|th|er|\.|º)?"
    month = rf"(?:{'|'.join(_month_names()[wanted.month])})\b\.?"
    return rf"(?<!\d){day}[\s-]*(?:of |de )?{month}", rf"\b{month}[\s-]*(?:the )?{day}"


@cache
def _month_names() -> dict[int, tuple[str, ...]]:
    from babel.dates import get_month_names  # noqa: PLC0415 - only dates pay for Babel

    names: dict[int, set[str]] = {month: set() for month in range(1, 13)}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, language).items():
                    names[month].add(re.escape(name.casefold().rstrip(".")))
    # Longest first, or "mar" would win over "march".
    return {month: tuple(sorted(found, key=len, reverse=True)) for month, found in names.items()}


def _is_time_written(wanted: datetime, written: str) -> bool:
    if (wanted.hour, wanted.minute) == (0, 0):
        return True
    numbers = {int(number) for number in re.findall(r"(?<!\d)\d\d?(?!\d)", written)}
    is_hour = wanted.hour in numbers or (wanted.hour % 12 or 12) in numbers
    return is_hour and (wanted.minute == 0 or wanted.minute in numbers)
