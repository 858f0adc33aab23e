"""Dates and times in a text, in the ways people write them; what can be read in two ways is not taken.

Taken: 2026-03-05, 2026/3/5, 2026年3月5日, 5 March 2026, March 5th, 2026, 5. März 2026, 05.03.2026 (dots: day
first), 25/03/2026. Not taken: 03/04/2026 (day or month first?), a date without its year, "next Friday" (from
when?).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.engines.embedded.candidates import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "fi", "sv", "da", "nb")
_MOST_MONTHS = 12

_YEAR_FIRST = re.compile(r"(?<![\w.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d|[-/]\d)", re.ASCII)
_CHINESE = re.compile(r"(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)", re.ASCII)
_SLASHED = re.compile(r"(?<![\w/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])", re.ASCII)
_TIME = re.compile(
    r"(?:T|,?\s+(?:at\s+|um\s+|à\s+)?|\s*)(\d{1,2})[:：](\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m\b\.?)?(Z\b|[+-]\d{2}:\d{2})?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class Dates:
    """The dates of a text, and those that were left out because they can be read in two ways."""

    found: tuple[Candidate, ...]
    unclear: tuple[str, ...]


def find_dates(text: str) -> Dates:
    """Returns the dates of a text as ``YYYY-MM-DD``."""
    found = [candidate for candidate in _readings(text) if candidate]
    unclear = [
        match[0] for match in _SLASHED.finditer(text) if _slashed(match) is None and _both_months(match)
    ]
    return Dates(tuple(sorted(found, key=lambda one: one.start)), tuple(unclear))


def find_datetimes(text: str) -> list[Candidate]:
    """Returns the dates of a text that have a time behind them, as ``YYYY-MM-DDTHH:MM:SS`` with the offset where it stands."""
    found = []
    for day in find_dates(text).found:
        match = _TIME.match(text, day.end)
        clock = match and _clock(match)
        if match and clock:
            offset = {"z": "+00:00"}.get((match[5] or "").lower(), match[5] or "")
            found.append(Candidate(f"{day.value}T{clock.isoformat()}{offset}", day.start, match.end()))
    return found


def _readings(text: str) -> Iterator[Candidate | None]:
    for match in _YEAR_FIRST.finditer(text):
        yield _candidate(match, match[1], match[3], match[4])
    for match in _CHINESE.finditer(text):
        yield _candidate(match, match[1], match[2], match[3])
    for match in _DOTTED.finditer(text):
        yield _candidate(match, match[3], match[2], match[1])
    for match in _SLASHED.finditer(text):
        yield _slashed(match)
    day_first, month_first = _named_patterns()
    for match in day_first.finditer(text):
        yield _candidate(match, match[3], str(_months()[match[2].casefold()]), match[1])
    for match in month_first.finditer(text):
        yield _candidate(match, match[3], str(_months()[match[1].casefold()]), match[2])


def _candidate(match: re.Match[str], year: str, month: str, day: str) -> Candidate | None:
    try:
        return Candidate(date(int(year), int(month), int(day)).isoformat(), match.start(), match.end())
    except ValueError:
        return None


def _slashed(match: re.Match[str]) -> Candidate | None:
    """Returns the date of ``25/03/2026`` or ``03/25/2026``, where one of the numbers can be no month (or both are the same)."""
    first, second = int(match[1]), int(match[3])
    if first > _MOST_MONTHS or first == second:
        return _candidate(match, match[4], match[3], match[1])
    return _candidate(match, match[4], match[1], match[3]) if second > _MOST_MONTHS else None


def _both_months(match: re.Match[str]) -> bool:
    return 1 <= int(match[1]) <= _MOST_MONTHS and 1 <= int(match[3]) <= _MOST_MONTHS


def _clock(match: re.Match[str]) -> time | None:
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    try:
        return time(hour, int(match[2]), int(match[3] or 0))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Returns the names of the months, full and short, in several languages; a short name that is a common word is left out."""
    from babel.dates import get_month_names  # noqa: PLC0415 - paid by the first text with a date field

    names = {
        name.rstrip(".").casefold(): number
        for language in _MONTH_LANGUAGES
        for width in ("abbreviated", "wide")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }
    return names | {"sept": 9}


@lru_cache(maxsize=1)
def _named_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    month = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    day = r"(\d{1,2})(?:st|nd|rd|th|er|:?a|º|°|\.)?"
    return (
        re.compile(
            rf"(?<![\w.]){day}\s*(?:of\s+|de\s+|-)?({month})\.?,?\s*(?:de\s+|-)?\s*(\d{{4}})(?!\d)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<!\w)({month})\.?\s+{day},?\s+(\d{{4}})(?!\d)", re.IGNORECASE),
    )
