"""Values that mean the same in other words: countries, languages, months, titles, genders, yes and no.

options -> the kind of thing that they are -> a reader that makes ``Germany``, ``DE`` and ``Deutschland`` equal
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.calendar_names import month_of
from GenFlowLibrary.forms.flags import as_flag
from GenFlowLibrary.forms.labels import normal
from GenFlowLibrary.forms.lexicon import lexicon
from GenFlowLibrary.forms.subdivisions import same_subdivision
from GenFlowLibrary.forms.territories import territory

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Option

Reader = Callable[[str], object]
"""Returns what a text means in one kind of things, something false when it means none of them."""

_LANGUAGE_NAMES = "en de fr es fi sv ja zh it nl pt ru pl cs da nb hu el tr ar ko"


def kind_of(options: Sequence[Option]) -> tuple[str, Reader] | None:
    """Returns what a list offers, as a concept's name, and how to read it; None when it is nothing known.

    Most options must have a meaning of the kind, and different ones: a list of states holds ``IN``, ``DE`` and ``CA`` too, and is no list
    of countries by that.
    """
    names = _kinds(options)
    return (names[0], _KINDS[names[0]][0]) if names else None


def _kinds(options: Sequence[Option]) -> tuple[str, ...]:
    """The kinds that a list can be of; by its values where its texts say nothing."""
    return _kinds_of(tuple(option.text for option in options)) or _kinds_of(tuple(o.value for o in options))


@lru_cache(maxsize=256)
def _kinds_of(texts: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for name, (read, fewest, share) in _KINDS.items():
        if not fewest <= len(texts) <= _LONGEST.get(name, len(texts)):
            continue  # names of months and countries in forty languages are loaded only for a list that may hold them
        meanings = [meaning for text in texts if (meaning := read(text))]
        if len(meanings) >= max(fewest, share * len(texts)) and len(set(meanings)) >= fewest:
            found.append(name)
    return tuple(found)


def _country(text: str) -> str:
    # Two capital letters are anything: a state, a size, a language. A list of countries has names in it.
    return "" if re.fullmatch(r"[A-Za-z]{1,2}", text.strip()) else territory(text)


def _any_country(text: str) -> str:
    return territory(text.strip().upper() if len(text.strip()) in (2, 3) and text.isascii() else text)


def _word(kind: str) -> Reader:
    return lambda text: lexicon().values[kind].get(normal(text), "")


def _yes_or_no(text: str) -> str:
    flag = as_flag(text) if text.strip() else None
    return "" if flag is None else str(flag)


@cache
def _language_names() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - babel is loaded when a list of languages is met

    found: dict[str, set[str]] = {}
    for language in _LANGUAGE_NAMES.split(" "):
        for code, name in Locale.parse(language).languages.items():
            if re.fullmatch(r"[a-z]{2}", code):
                found.setdefault(normal(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _language(text: str) -> str:
    pieces = [piece for piece in re.split(r"[()/]|\s[-–]\s", text) if piece.strip()]
    found = {code for piece in pieces if (code := _language_names().get(normal(piece), ""))}
    return found.pop() if len(found) == 1 else ""


_LONGEST = {"month": 14}
"""Twelve months are 0.85 of so many lines."""

_KINDS: dict[str, tuple[Reader, int, float]] = {
    "month": (month_of, 12, 0.85),
    "honorific": (_word("title"), 2, 0.6),
    "gender": (_word("gender"), 2, 0.6),
    "yes_or_no": (_yes_or_no, 2, 0.6),
    "country": (_country, 4, 0.7),
    "language": (_language, 3, 0.7),
}
"""Kind -> reader, how many different options must have a meaning, and which share of all. A list's own first line has none."""


def same_meaning(value: str, options: Sequence[Option]) -> list[Option]:
    """Returns the options that mean what a value means, where the list is of a known kind."""
    for name in _kinds(options):
        read = _KINDS[name][0]
        asked = _any_country if name == "country" else read
        wanted = asked(value)
        if wanted and (found := [o for o in options if wanted in (read(o.text), asked(o.value))]):
            return found
    return [] if _kinds(options) else same_subdivision(value, options)
