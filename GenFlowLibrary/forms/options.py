"""Which option a value means: by text, by value, without case and spacing, and by likeness only with a margin."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from GenFlowLibrary.forms.equivalents import same_meaning
from GenFlowLibrary.forms.flags import as_flag
from GenFlowLibrary.forms.labels import normal
from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from GenFlowLibrary.browser.page import Option

_ALIKE = 85.0
"""rapidfuzz ratio from which an option is the same word misspelt: ``Gremany``/``Germany`` has 86, ``Austria``/``Australia`` 88."""
_ALIKE_MARGIN = 8.0
"""How much better than the next option it must be: ``Austra`` has 92 for Austria and 80 for Australia, ``Austrla`` 86 and 88."""
_SHORTEST_PREFIX = 3
_SHORTEST_ALIKE = 4
"""Letters below which a beginning, or a likeness, is chance."""
_SHOWN = 10
_FEWEST_YEARS = 5
_YEAR = re.compile(r"(?:20)?\d\d", re.ASCII)
_PIECE = re.compile(r"[()\[\]/|,;:]+|\s[-–—]\s|\s{2,}")


def choose(value: object, options: Sequence[Option]) -> Option:
    """Returns the one option that a value means.

    Tried in order, each only where it leaves exactly one: the text as it is, the value as it is, the text and the value without case,
    accents and punctuation, the same whole number (``9`` for ``09``), yes and no in nine languages for a Boolean, a piece of the text
    (``MS - Mississippi``), the same in other words where the list is of a known kind (countries, months, languages, titles ...; see
    equivalents.py), the beginning of the text, likeness with a margin. Disabled options cannot be chosen.

    Raises:
        ValueRejected: no option or several are meant; the message lists the options.
    """
    text = str(value).strip()
    usable = [option for option in options if not option.disabled]
    for fits in _tests(value, text, usable):
        found = _distinct([option for option in usable if fits(option)])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueRejected(
                f"has several options that '{text}' can mean ({listed(found)}), so write one in full"
            )
    alike = _most_alike(text, usable)
    if alike:
        return alike
    raise ValueRejected(
        f"has no option '{text}'; its options are {listed(usable)}"
        if usable
        else "has no options to choose from yet"
    )


def _tests(value: object, text: str, usable: Sequence[Option]) -> Sequence[Callable[[Option], bool]]:
    wanted = normal(text)
    flag = as_flag(value) if isinstance(value, bool) else None
    tests: list[Callable[[Option], bool]] = [
        lambda option: option.text == text,
        lambda option: option.value == text,
    ]
    if isinstance(value, bool):
        tests.append(
            lambda option: flag is not None and flag in (as_flag(option.text), as_flag(option.value))
        )
        return tests
    if not wanted:
        return tests
    return [
        *tests,
        lambda option: normal(option.text) == wanted,
        lambda option: normal(option.value) == wanted,
        lambda option: _whole(option.text) == _whole(text) is not None,
        lambda option: _whole(option.value) == _whole(text) is not None,
        _same_year(text, usable),
        lambda option: wanted in {normal(piece) for piece in _PIECE.split(option.text)},
        _same_in_other_words(text, usable),
        lambda option: (
            normal(option.text).startswith(f"{wanted} ")
            or (len(wanted) >= _SHORTEST_PREFIX and normal(option.text).startswith(wanted))
        ),
    ]


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() else None


def _same_year(text: str, options: Sequence[Option]) -> Callable[[Option], bool]:
    """A year in two digits or four, in a list of years of this century."""

    @cache
    def listed() -> bool:
        years = [option.text.strip() for option in options if _YEAR.fullmatch(option.text.strip())]
        return len(years) >= _FEWEST_YEARS and len({len(year) for year in years}) == 1

    wanted = text.strip()[-2:] if _YEAR.fullmatch(text.strip()) else ""

    def fits(option: Option) -> bool:
        return (
            bool(wanted)
            and option.text.strip()[-2:] == wanted
            and bool(_YEAR.fullmatch(option.text.strip()))
            and listed()
        )

    return fits


def _same_in_other_words(text: str, options: Sequence[Option]) -> Callable[[Option], bool]:
    meant = cache(lambda: same_meaning(text, options))  # looked up only where nothing simpler fits
    return lambda option: option in meant()


def _distinct(options: Sequence[Option]) -> list[Option]:
    """Options that send the same are one choice, as where a list repeats its favourites at the top."""
    return list({option.value: option for option in reversed(options)}.values())


def _most_alike(text: str, options: Sequence[Option]) -> Option | None:
    wanted = normal(text)
    if len(wanted) < _SHORTEST_ALIKE or any(character.isdigit() for character in wanted):
        return None
    ranked = sorted(
        ((fuzz.ratio(wanted, normal(option.text)), -n) for n, option in enumerate(options)), reverse=True
    )
    if not ranked or ranked[0][0] < _ALIKE:
        return None
    best = options[-ranked[0][1]]
    rivals = [ratio for ratio, n in ranked[1:] if options[-n].value != best.value]
    return best if ranked[0][0] - max(rivals, default=0.0) >= _ALIKE_MARGIN else None


def listed(options: Sequence[Option]) -> str:
    """Returns the options' texts for a message, ten at most."""
    texts = [f"'{option.text}'" for option in options if option.text]
    more = len(texts) - _SHOWN
    return ", ".join(texts[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
