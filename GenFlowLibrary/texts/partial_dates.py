"""Days and months without a year: "5 March", "March 5th", "5. März", "3月5日"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAP_YEAR = 2000  # has a 29th of February
_CHINESE = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})[日号]")


def find_days_and_months(text: str) -> Iterator[tuple[int, int, date]]:
    """Yields where each stands, and the day in the year 2000."""
    day_first, month_first = _patterns()
    for pattern, day, month in ((day_first, 1, 2), (month_first, 2, 1), (_CHINESE, 2, 1)):
        for match in pattern.finditer(text):
            number = int(match[month]) if match[month].isdecimal() else _months()[match[month].casefold()]
            found = _day(number, int(match[day]))
            if found:
                yield match.start(), match.end(), found


def _day(month: int, day: int) -> date | None:
    try:
        return date(_LEAP_YEAR, month, day)
    except ValueError:
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day = r"(\d{1,2})(?:st|nd|rd|th|er|º)?"
    return (
        re.compile(rf"(?<![\d.,]){day}\.?\s+(?:of\s+|de\s+)?({names})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)({names})\.?\s+(?:the\s+)?{day}(?![\d\w]|[.,]\d)", re.IGNORECASE),
    )


@cache
def _months() -> dict[str, int]:
    from babel.dates import get_month_names  # noqa: PLC0415 - only dates pay for Babel

    from GenFlowLibrary.answers.written_dates import LANGUAGES  # noqa: PLC0415

    return {
        name.casefold(): month
        for language in LANGUAGES
        for month, name in get_month_names("wide", "format", language).items()
    }
