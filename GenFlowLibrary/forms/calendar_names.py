"""Months by name and number: the names of Unicode CLDR (through babel), in many languages at once.

``March``, ``Mar.``, ``März``, ``03 - March``, ``3月`` -> 3
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from GenFlowLibrary.forms.labels import normal

_LANGUAGES = (
    "en de fr es fi sv it nl pt ru pl cs da nb hu el tr ca ro sk bg uk hr sl sr et lv lt ar he ko ja zh vi id"
)
_MONTHS_A_YEAR = 12
_NUMBERED = re.compile(r"(0?[1-9]|1[0-2])(?:\s*(?:[-–.:/)]|\s)\s*(.*)|\s*[月월])?", re.DOTALL)
_NAME_FIRST = re.compile(r"(\D+?)\s*[(\-–/]\s*(0?[1-9]|1[0-2])\)?")


def month_number(name: str) -> int:
    """Returns the number of a month given by its name or the abbreviation of it, 0 for what is no month in any language."""
    return _months().get(normal(name), 0)


@lru_cache(maxsize=1024)
def month_of(text: str) -> int:
    """Returns the month that an option or a value means: a name, a number from 1 to 12, or both when they agree; 0 for none."""
    text = text.strip()
    if numbered := _NUMBERED.fullmatch(text):
        number, name = int(numbered[1]), (numbered[2] or "").strip()
        return number if not name or month_number(name) == number else 0
    if named := _NAME_FIRST.fullmatch(text):
        return int(named[2]) if month_number(named[1]) == int(named[2]) else 0
    return month_number(text)


@cache
def _months() -> dict[str, int]:
    """All names; one that is another month in another language (``listopad``) is left out."""
    from babel.dates import get_month_names  # noqa: PLC0415 - babel is loaded when a month is written out

    found: dict[str, set[int]] = {}
    for language in _LANGUAGES.split(" "):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    if normal(name) and not normal(name).isdigit():
                        found.setdefault(normal(name), set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}
