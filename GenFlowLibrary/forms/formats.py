"""The format that a text field itself asks for: ``TT.MM.JJJJ``, ``mm/dd/yyyy``, ``MM/YY``, sixteen digits without blanks, a decimal comma.

text field + value -> the value as the field's own hint or constraints want it; unchanged where the field gives no sign
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.constraints import check
from GenFlowLibrary.forms.dates import a_date
from GenFlowLibrary.forms.expiry import month_and_year
from GenFlowLibrary.forms.numbers import number, plain
from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import FieldCard

_LETTERS = "dmy dmj tmj jma dma gma pkv dmå dmr дмг gay énh rmd"
"""Letters for day, month and year in date hints: English, Dutch, German, French, Spanish and Portuguese, Italian, Finnish, Swedish and
Danish, Polish and Czech, Russian, Turkish; the sets differ, so that a hint has one reading. Hungarian writes them the other way round."""
_ROLES = {
    frozenset(letters): dict(zip(letters, "dmy", strict=True))
    for letters in _LETTERS.split()
    if letters not in ("énh", "rmd")
}
_ROLES[frozenset("énh")] = {"é": "y", "h": "m", "n": "d"}

_HINT = re.compile(
    r"(?<!\w)(([^\W\d_])\2{0,3})(\s?[./-]\s?|\s)(([^\W\d_])\5{0,3})\3(([^\W\d_])\7{0,3})(?!\w)"
)
_EXPIRY_HINT = re.compile(
    r"(?<!\w)MM\s?([/.-]?)\s?(YYYY|YY|JJJJ|JJ|AAAA|AA|VVVV|VV|ÅÅÅÅ|ÅÅ|RRRR|RR|ГГГГ|ГГ)(?!\w)", re.IGNORECASE
)
_GROUPED = re.compile(r"[A-Z0-9]{1,5}(?:[ -][A-Z0-9]{1,5})+|\+?[\d ()/.-]{7,}")
_SHORT_YEAR = 2


def in_own_format(card: FieldCard, value: object, language: str = "") -> str:
    """Returns the text for a text field.

    A date, and a text that is one, takes the form that the field's placeholder, hint, title or label shows, and is ISO 8601 without such a
    sign: that is read in one way only. A text that has the shown form already stays. A number (not a text) gets the decimal mark of the
    page's language. Blanks and separators in codes and numbers are dropped where the field's constraints refuse them.

    Raises:
        ValueRejected: the field shows a date format, and the given date can be read in two ways.
    """
    if isinstance(value, (Decimal, float)):
        return _decimal(card, value, language)
    text = _expiry(card, value) or _date(card, value) or _written(value)
    return _without_separators(card, text)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _signs(card: FieldCard) -> list[str]:
    return [text for text in (card.placeholder, card.hint, card.title, card.label) if text]


def _date(card: FieldCard, value: object) -> str:
    found = next((shown for sign in _signs(card) for shown in _shown(sign)), None)
    if found is None:
        return ""
    runs, mark = found
    text = str(value).strip()
    if not isinstance(value, date):
        widths = "".join(
            rf"\d{{1,{width}}}" + (re.escape(mark) if n < len(runs) - 1 else "")
            for n, (_, width) in enumerate(runs)
        )
        if re.fullmatch(widths, text) or not re.search(r"\d", text):
            return ""
    try:
        day = a_date(value)
    except ValueRejected as problem:
        if "two ways" in str(problem):
            raise
        return ""
    parts = {"d": f"{day.day:02d}", "m": f"{day.month:02d}", "y": f"{day.year:04d}"}
    return mark.join(
        parts[role][-width:] if role == "y" and width == _SHORT_YEAR else parts[role] for role, width in runs
    )


def _shown(sign: str) -> list[tuple[list[tuple[str, int]], str]]:
    """The date formats in a text, as roles with their widths, and the mark between them."""
    shown = []
    for found in _HINT.finditer(sign.casefold()):
        runs = [found[1], found[4], found[6]]
        roles = _ROLES.get(frozenset(run[0] for run in runs))
        if roles and all(len(run) > 1 or roles[run[0]] != "y" for run in runs):
            shown.append(([(roles[run[0]], len(run)) for run in runs], found[3]))
    return shown


def _expiry(card: FieldCard, value: object) -> str:
    if any(_shown(sign) for sign in _signs(card)):
        return ""
    hint = next((found for sign in _signs(card) for found in _EXPIRY_HINT.finditer(sign)), None)
    when = month_and_year(value) if hint else None
    if not hint or not when:
        return ""
    year = f"{when[1] % 100:02d}" if len(hint[2]) == _SHORT_YEAR else str(when[1])
    return f"{when[0]:02d}{hint[1]}{year}"


def _decimal(card: FieldCard, value: Decimal | float, language: str) -> str:
    text = plain(number(value))
    sample = next(
        (
            found[1]
            for found in (
                re.search(r"\d([.,])\d{1,2}(?!\d)", sign) for sign in (card.placeholder, card.value)
            )
            if found
        ),
        "",
    )
    return text.replace(".", sample or _mark(language))


def _mark(language: str) -> str:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - babel is loaded when a number is written out
    from babel.numbers import get_decimal_symbol  # noqa: PLC0415

    try:
        return str(get_decimal_symbol(Locale.parse(language, sep="-"))) if language else "."
    except (UnknownLocaleError, ValueError):
        return "."


def _without_separators(card: FieldCard, text: str) -> str:
    if not _GROUPED.fullmatch(text) or not _refused(card, text):
        return text
    bare = re.sub(r"[^A-Z0-9+]", "", text)
    return text if _refused(card, bare) else bare


def _refused(card: FieldCard, text: str) -> bool:
    try:
        check(card, text)
    except ValueRejected:
        return True
    return False
