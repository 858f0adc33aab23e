"""What a written text states that can be looked up: numbers, dates, identifiers, addresses. Whether all of it was given.

text -> addresses, dates, words with digits -> answers/grounding.py -> those that occur nowhere in what the writer was given

Numbers in words and names are not looked up: ``two`` dents, ``Ms Virtanen``.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.answers.grounding import normal_form, ungrounded
from GenFlowLibrary.answers.written_dates import is_date_written
from GenFlowLibrary.engines.embedded.amounts import read_number
from GenFlowLibrary.engines.embedded.dates import find_dates
from GenFlowLibrary.engines.embedded.identifiers import find_emails, find_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WITH_DIGITS = re.compile(
    r"(?<![^\W_])(?=[\w./:,'’-]*\d)[^\W_]+(?:(?:[-./:_]|(?<=\d)[,'’](?=\d))[^\W_]+)*", re.UNICODE
)
_COUNTED = re.compile(r"(\d[\d.,'’]*)(?:[^\W\d_]{1,3})?")
"""A number, be it with an ordinal's ending or a unit: ``3rd``, ``5kg``."""
_GLUED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
"""Chinese and Japanese set no blanks: 第3号 states the number 3."""
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:of |de )?([^\W\d_]{3,})|([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d.,]*\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTHS = range(1, 13)
_LEAP_YEAR = 2000


def not_given(text: str, source: str) -> list[str]:
    """Returns the numbers, dates, identifiers and addresses of a text that do not occur in ``source``, as the text has them, each once."""
    claims: dict[str, Any] = {}
    rest = normal_form(text)
    for found in (*find_emails(rest), *find_links(rest)):
        claims[rest[found.start : found.end]] = rest[found.start : found.end]
    rest = _without(rest, claims)
    dates = {
        rest[found.start : found.end]: date.fromisoformat(str(found.value))
        for found in find_dates(rest).found
    }
    claims.update(dates)
    rest = _without(rest, dates)
    missing = ungrounded(claims, source)
    strange = list(_days_of_months(rest, normal_form(source)))
    words = [
        word
        for run in _GLUED.split(_without(rest, dict.fromkeys(strange)))
        for word in _WITH_DIGITS.findall(run)
        if re.search(r"\d", word)
    ]
    missing += strange + [word for word in words if not _occurs(word, source)]
    return list(dict.fromkeys(missing))


def _without(text: str, found: Mapping[str, Any]) -> str:
    for said in found:
        text = text.replace(said, " ")
    return text


def _days_of_months(text: str, written: str) -> Iterator[str]:
    """The days of months without a year (``3 May``) that no date of the source is."""
    years = {_LEAP_YEAR, *map(int, _YEAR.findall(written))}
    for found in _DAY_MONTH.finditer(text):
        day, word = (int(found[1]), found[2]) if found[1] else (int(found[4]), found[3])
        month = _month(day, word)
        if (
            month
            and found[0] not in written
            and not any(_written(year, month, day, written) for year in years)
        ):
            yield found[0]


def _month(day: int, word: str) -> int:
    """The number of the month that a word names, 0 for none."""
    return next((m for m in _MONTHS if _written(_LEAP_YEAR, m, day, f"{day} {word} {_LEAP_YEAR}")), 0)


def _written(year: int, month: int, day: int, written: str) -> bool:
    try:
        return is_date_written(date(year, month, day), written)
    except ValueError:
        return False


def _occurs(word: str, source: str) -> bool:
    """Whether a word with digits is in the source: as it stands, or as a number written otherwise, or part by part (``14:30``)."""
    readings: list[str | Decimal] = [word]
    counted = _COUNTED.fullmatch(word)
    number = read_number(counted[1].rstrip(".,'’"), money=True) if counted else None
    readings += [] if number is None else [number]
    if any(not ungrounded({"": reading}, source) for reading in readings):
        return True
    parts = re.split(r"[:/-]", word)
    return len(parts) > 1 and all(
        part.isdecimal() and not ungrounded({"": Decimal(part)}, source) for part in parts
    )
