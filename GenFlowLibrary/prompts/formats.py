"""Template filters that write numbers, money and dates the way a language does.

    {{ count | number }}    {{ amount | money("EUR") }}    {{ due | date }} or {{ due | date("short") }}

Babel (https://babel.pocoo.org) carries the Unicode CLDR formats; it is imported by the first value that is
formatted.
"""

from __future__ import annotations

import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import PromptError

if TYPE_CHECKING:
    from collections.abc import Callable

    from babel import Locale

DEFAULT_LANGUAGE = "en"
DATE_STYLES = ("full", "long", "medium", "short")


def filters_for(language: str | None) -> dict[str, Callable[..., str]]:
    """Returns the filters ``number``, ``money`` and ``date`` for a language code; English without one."""
    code = language or DEFAULT_LANGUAGE

    def number(value: Any) -> str:
        """A number: 1234.5 as ``1,234.5`` or ``1.234,5``."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - paid by prompts that format

        return format_decimal(_decimal(value), locale=_locale(code))

    def money(value: Any, currency: Any) -> str:
        """An amount in a currency: 49.9 and EUR as ``€49.90`` or ``49,90 €``."""
        from babel.numbers import format_currency, is_currency  # noqa: PLC0415 - paid by prompts that format

        iso_code = _present(currency, "a currency").upper()
        if not is_currency(iso_code):
            raise PromptError(
                f"Expected the code of a currency such as EUR, but found '{currency}'; pass its three-letter "
                "code."
            )
        return format_currency(_decimal(value), iso_code, locale=_locale(code))

    def date(value: Any, style: str = "long") -> str:
        """A date: 2025-03-12 as ``March 12, 2025`` or ``2025年3月12日``."""
        from babel.dates import format_date  # noqa: PLC0415 - paid by prompts that format

        if style not in DATE_STYLES:
            raise PromptError(
                f"Expected a date style among {', '.join(DATE_STYLES)}, but found '{style}'; choose one of them."
            )
        return format_date(_date(value), format=style, locale=_locale(code))

    return {"number": number, "money": money, "date": date}


def _locale(code: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - paid by prompts that format

    try:
        return Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise PromptError(
            f"Expected a language whose numbers and dates are known, but found '{code}'; "
            "use a code such as en, or write the value without a format."
        ) from None


def _present(value: Any, what: str) -> str:
    """Returns a value as text; one that Jinja calls undefined raises here and names itself."""
    text = "" if value is None else str(value).strip()
    if not text:
        raise PromptError(f"Expected {what} to format, but found nothing; pass it, or leave its place out.")
    return text


def _decimal(value: Any) -> Decimal:
    text = _present(value, "a number")
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite():
        raise PromptError(
            f"Expected a number such as 49.90 to format, but found '{text}'; pass a plain number."
        )
    return number


def _date(value: Any) -> datetime.date:
    text = _present(value, "a date")
    try:
        return datetime.datetime.fromisoformat(text).date()
    except ValueError:
        raise PromptError(
            f"Expected a date such as 2025-03-12 to format, but found '{text}'; pass it in that form."
        ) from None
