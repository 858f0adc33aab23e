"""Countries as people and lists write them -> their ISO 3166 code, by the names and aliases of Unicode CLDR (through babel).

``Germany``, ``Deutschland``, ``DE``, ``DEU``, ``🇩🇪 Germany``, ``Germany (Deutschland)``, ``DE - Germany`` -> ``DE``
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.labels import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel import Locale

_LANGUAGES = "en de fr es fi sv ja zh zh_Hant it nl pt ru pl cs da nb hu el tr ca ar ro sk bg uk hr sl sr et lv lt ko he vi id th"
"""Languages whose names are known; all of them load in about 0.15 s, once a process and only for a list that may be of countries."""

_SMALL_WORDS = frozenset({"the", "and", "of", "islands", "island", "is"})
"""Words that lists add to CLDR's names or leave out: ``Wallis and Futuna Islands`` is ``Wallis & Futuna``."""

_USUAL = {
    "BN": "brunei darussalam",
    "BO": "bolivia plurinational state",
    "CD": "congo democratic republic, democratic republic congo, dr congo, congo kinshasa, zaire",
    "CG": "congo, republic congo, congo brazzaville",
    "CI": "ivory coast, cote d ivoire",
    "CV": "cape verde, cabo verde",
    "CZ": "czech republic, czechia",
    "FK": "falkland malvinas, falkland",
    "FM": "micronesia federated states, federated states micronesia",
    "GB": "uk, great britain, england, scotland, wales, united kingdom great britain northern ireland",
    "HK": "hong kong, hong kong sar",
    "IE": "republic ireland, eire",
    "IR": "iran islamic republic",
    "KP": "korea north, korea democratic people s republic, democratic people s republic korea",
    "KR": "korea south, korea republic, republic korea",
    "LA": "lao people s democratic republic, lao pdr",
    "MD": "moldova republic, republic moldova",
    "MK": "macedonia, macedonia former yugoslav republic, republic north macedonia",
    "MM": "burma",
    "MO": "macau, macao, macao sar",
    "NL": "holland",
    "PS": "palestine, palestine state, state palestine, palestinian territory occupied",
    "RU": "russian federation",
    "SY": "syrian arab republic",
    "SZ": "swaziland",
    "TL": "east timor",
    "TR": "turkey",
    "TW": "taiwan province china",
    "TZ": "tanzania united republic, united republic tanzania",
    "US": "united states america, america",
    "VA": "holy see, holy see vatican city state, vatican",
    "VE": "venezuela bolivarian republic",
    "VG": "virgin british, virgin islands british",
    "VI": "virgin us, virgin u s, us virgin",
    "VN": "viet nam",
}
"""What ISO 3166 and people write where CLDR has another name (without the small words)."""

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_DIALLING = re.compile(r"\(?\+\s?\d[\d\s-]*\)?")
_PIECE = re.compile(r"[()\[\]/|:]+|\s[-–—]\s")
_CODE = re.compile(r"[A-Z]{2,3}")
_LETTER_A = 0x1F1E6


def territory(text: str) -> str:
    """Returns the code of the one country that a text names, empty for none, and where its parts name different ones."""
    return _territory(text.strip())


@lru_cache(maxsize=4096)
def _territory(text: str) -> str:
    flag = _FLAG.search(text)
    bare = _DIALLING.sub(" ", _FLAG.sub(" ", text)).strip()
    if not bare:
        return "".join(chr(ord("A") + ord(letter) - _LETTER_A) for letter in flag[0]) if flag else ""
    if found := _named(bare):
        return found
    pieces = {found for piece in _PIECE.split(bare) if piece.strip() and (found := _named(piece.strip()))}
    return pieces.pop() if len(pieces) == 1 else "" if pieces else _beside_a_code(bare)


def _beside_a_code(text: str) -> str:
    """``Italy IT``: a name and its own code, one after the other."""
    first, _, rest = text.partition(" ")
    before, _, last = text.rpartition(" ")
    for code, name in ((last, before), (first, rest)):
        if _CODE.fullmatch(code) and name and (found := _named(name)) and found == _named(code):
            return found
    return ""


def _named(text: str) -> str:
    if _CODE.fullmatch(text):
        return _codes().get(text, "")
    return _names().get(_key(text), "")


def _key(text: str) -> str:
    split = words(text)
    return " ".join(word for word in split if word not in _SMALL_WORDS) or " ".join(split)


def _territories(locale: Locale) -> dict[str, str]:
    return {str(code): str(name) for code, name in locale.territories.items()}


@cache
def _codes() -> dict[str, str]:
    """The codes of two and three letters: CLDR keeps the long ones as aliases of the short ones."""
    from babel import Locale  # noqa: PLC0415 - babel is loaded when a list of countries is met
    from babel.core import get_global  # noqa: PLC0415

    short = {code for code in _territories(Locale("en")) if re.fullmatch(r"[A-Z]{2}", code)}
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    return {code: code for code in short} | {
        alias: codes[0]
        for alias, codes in aliases.items()
        if _CODE.fullmatch(alias) and len(codes) == 1 and codes[0] in short and alias not in short
    }


@cache
def _names() -> dict[str, str]:
    """Names of all the languages; a name that means two countries is left out."""
    from babel import Locale  # noqa: PLC0415

    found: dict[str, set[str]] = {}
    for language in _LANGUAGES.split(" "):
        for code, name in _territories(Locale.parse(language)).items():
            if re.fullmatch(r"[A-Z]{2}", code):
                found.setdefault(_key(name), set()).add(code)
    certain = {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
    return certain | {_key(name): code for code, names in _USUAL.items() for name in names.split(",")}
