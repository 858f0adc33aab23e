"""What a list is for by what it offers: countries, dialling codes, months, days, years, languages, titles.

a list's options -> a concept of the lexicon
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.equivalents import kind_of

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Option

_LISTS = ("select", "radio", "multiselect", "combobox", "listbox")
_DIALLING = re.compile(r"(?:\+|\b00)\s?[1-9]\d{0,3}\b")
_DIALLING_SHARE = 0.8
_FEWEST_CODES = 3
_FEWEST_YEARS = 5
_LONGEST_MONTH = 31
_SHORTEST_MONTH = 28
_LAST_MONTH = 12
_EARLIEST, _LATEST = 1900, 2100
_NOTHING = frozenset({"", "0", "-1", "-", "none", "null", "undefined"})


def first_line(kind: str, options: tuple[Option, ...]) -> str:
    """Returns what a list says before anything is chosen (``Month``, ``Choose a country``), empty when its first line is a choice."""
    if kind != "select" or not options:
        return ""
    first = options[0]
    return first.text if first.value.strip().casefold() in _NOTHING or _stands_apart(options) else ""


def _stands_apart(options: tuple[Option, ...]) -> bool:
    """Whether all but the first option are numbers or of one known kind."""
    first, rest = options[0], options[1:]
    return (
        bool(_offered(rest))
        and not _offered((first, *rest[: len(rest) // 4]))
        and not re.search(r"\d", first.text)
    )


def offered(kind: str, options: tuple[Option, ...]) -> str:
    """Returns the concept that a list's options are, empty when they are nothing known."""
    return _offered(options) if kind in _LISTS and options else ""


@lru_cache(maxsize=256)
def _offered(options: tuple[Option, ...]) -> str:
    real = [option for option in options if option.text and option.value.strip().casefold() not in _NOTHING]
    if not real:
        return ""
    coded = sum(bool(_DIALLING.search(option.text)) for option in real)
    if coded >= max(_FEWEST_CODES, _DIALLING_SHARE * len(real)):
        return "phone_country_code"
    if numbers := [
        int(option.text) for option in real if re.fullmatch(r"\d{1,4}", option.text.strip(), re.ASCII)
    ]:
        return _numbered(numbers) if len(numbers) >= len(real) - 1 else ""
    kind = kind_of(options)
    return kind[0] if kind and kind[0] != "yes_or_no" else ""


def _numbered(numbers: list[int]) -> str:
    distinct = set(numbers)
    if distinct == set(range(1, _LAST_MONTH + 1)):
        return "month"
    if distinct == set(range(1, max(distinct) + 1)) and _SHORTEST_MONTH <= max(distinct) <= _LONGEST_MONTH:
        return "day"
    return (
        "year" if len(distinct) >= _FEWEST_YEARS and all(_EARLIEST <= n <= _LATEST for n in distinct) else ""
    )
