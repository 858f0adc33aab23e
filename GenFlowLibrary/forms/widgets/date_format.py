"""How a date field wants its date written, as its placeholder or hint says: ``DD/MM/YYYY``, ``TT.MM.JJJJ``, ``31.12.2026``.

texts around the field -> DateFormat -> date written, date read
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{1,4})([./-]|\s)\s*([^\W\d_]{1,4})\2\s*([^\W\d_]{1,4})(?![^\W\d_])"
)
_EXAMPLE = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)")
_YEARS, _MONTHS, _DAYS = "yjavåår年", "mkм月", "dtjpдg日"
_FULL_YEAR, _CENTURY, _LAST_MONTH = 4, 2000, 12


@dataclass(frozen=True)
class DateFormat:
    """The order of ``y``, ``m`` and ``d``, what stands between, and whether the year has four digits and small numbers a zero."""

    order: str
    mark: str
    full_year: bool = True
    padded: bool = True

    def write(self, day: date) -> str:
        """Returns a date as this format has it."""
        small = "{:02d}" if self.padded else "{}"
        year = f"{day.year:04d}" if self.full_year else f"{day.year % 100:02d}"
        texts = {"y": year, "m": small.format(day.month), "d": small.format(day.day)}
        return self.mark.join(texts[letter] for letter in self.order)

    def read(self, text: str) -> date | None:
        """Returns the date that a text in this format means, None when it is none."""
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        if len(numbers) != len(self.order):
            return None
        found = dict(zip(self.order, numbers, strict=True))
        year = found["y"] if found["y"] >= 100 else _CENTURY + found["y"]  # noqa: PLR2004 - two digits
        try:
            return date(year, found["m"], found["d"])
        except ValueError:
            return None


def date_format(texts: Iterable[str]) -> DateFormat | None:
    """Returns the format that the first telling text shows, by letters or by an example that can be read in one way only."""
    for text in texts:
        for found in _LETTERS.finditer(text):
            if (by_letters := _from_letters(found)) is not None:
                return by_letters
        for found in _EXAMPLE.finditer(text):
            if (by_example := _from_example(found)) is not None:
                return by_example
    return None


def _from_letters(found: re.Match[str]) -> DateFormat | None:
    runs = [found[1].casefold(), found[3].casefold(), found[4].casefold()]
    if any(len(set(run)) != 1 for run in runs):
        return None
    months = [n for n, run in enumerate(runs) if run[0] in _MONTHS]
    years = [n for n, run in enumerate(runs) if run[0] in _YEARS and len(run) in (2, _FULL_YEAR)]
    long = [n for n in years if len(runs[n]) == _FULL_YEAR] or [
        n for n in years if n not in months and runs[n][0] == "y"
    ]
    if len(months) != 1 or len(long) != 1:
        return None
    (day,) = {0, 1, 2} - {months[0], long[0]}
    if runs[day][0] not in _DAYS:
        return None
    order = "".join({months[0]: "m", long[0]: "y", day: "d"}[n] for n in range(3))
    return DateFormat(order, found[2], len(runs[long[0]]) == _FULL_YEAR, len(runs[day]) > 1)


def _from_example(found: re.Match[str]) -> DateFormat | None:
    first, mark, second, third = found[1], found[2], found[3], found[4]
    if len(first) == _FULL_YEAR:
        return DateFormat("ymd", mark)
    if len(third) != _FULL_YEAR:
        return None
    if int(first) > _LAST_MONTH >= int(second):
        return DateFormat("dmy", mark)
    if int(second) > _LAST_MONTH >= int(first):
        return DateFormat("mdy", mark)
    return DateFormat("dmy", mark) if mark == "." else None
