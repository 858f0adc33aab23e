"""States, provinces, prefectures by name or by code: ``CA`` and ``California``, ``RM`` and ``Roma`` (ISO 3166-2, through pycountry).

value x options -> the country whose subdivisions the list holds -> the options that are the same subdivision

The list itself says which country is meant: ``CA`` is California among fifty states, Cagliari among Italian provinces.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.labels import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.page import Option

_FEWEST = 5
_SHARE = 0.6
"""How many options must be subdivisions of one country: lists have a first line, territories and armed forces besides."""
_CODE = re.compile(r"[A-Z0-9]{1,3}")
_PIECE = re.compile(r"[()\[\]/|,]+|\s[-–—]\s")


def same_subdivision(value: str, options: Sequence[Option]) -> list[Option]:
    """Returns the options that are the subdivision a value names, where the list is of one country's subdivisions."""
    if len(options) < _FEWEST or not value.strip():
        return []
    country = _country_of(tuple((option.text, option.value) for option in options))
    wanted = {
        code for code in _named(value.strip().upper()) | _named(value) if code.startswith(f"{country}-")
    }
    if not country or len(wanted) != 1:
        return []
    return [option for option in options if wanted & (_named(option.text) or _named(option.value))]


@lru_cache(maxsize=256)
def _country_of(lines: tuple[tuple[str, str], ...]) -> str:
    """The one country that most of the lines are subdivisions of, empty for none."""
    found = Counter(
        country for text, value in lines for country in {code[:2] for code in _named(text) or _named(value)}
    )
    ranked = found.most_common(2)
    if not ranked or ranked[0][1] < max(_FEWEST, _SHARE * len(lines)):
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else ""


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """The subdivisions of all countries that a text names, by a code in capitals or by a name; by its pieces where the whole is none."""
    text = text.strip()
    if whole := _by_name().get(normal(text), frozenset()) | (
        _by_code().get(text, frozenset()) if _CODE.fullmatch(text) else frozenset()
    ):
        return whole
    pieces = [piece.strip() for piece in _PIECE.split(text) if piece.strip()]
    return frozenset[str]().union(*(_named(piece) for piece in pieces)) if len(pieces) > 1 else frozenset()


@cache
def _all() -> list[tuple[str, str]]:
    import pycountry  # noqa: PLC0415 - loaded (0.04 s) when a value is not found in a list of unknown kind

    return [(str(found.code), str(found.name)) for found in pycountry.subdivisions]


@cache
def _by_code() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, _ in _all():
        found.setdefault(code.partition("-")[2], set()).add(code)
    return {code: frozenset(of) for code, of in found.items()}


@cache
def _by_name() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, name in _all():
        for piece in {name, *re.split(r"[/,\[\]()]", name)}:
            if normal(piece):
                found.setdefault(normal(piece), set()).add(code)
    return {name: frozenset(of) for name, of in found.items()}
