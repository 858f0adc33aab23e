"""Finding phone numbers, with the numbering plans of the package phonenumbers.

An international number (+49 ...) is known by its prefix. A national one must be valid in a country of the setting, and be
written like one (with separators or a leading zero, or as a Chinese mobile number) or have a word such as "call" before
it: a bare run of digits is as likely an order number.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.policy.detecting import Detector, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAYS_SO = re.compile(
    r"(?i)phone|\btel\b|telefon|t[ée]l[ée]phone|tel[ée]fono|puh|gsm|mobil|m[oó]vil|portable|handy|cell|whatsapp|\bcall\b|ring me"
    r"|anruf|erreichbar|appel|ll[aá]m|soita|ring mig|numero\b|电话|手机|致电|联系方式|号码|電話|携帯"
)
_SAYS_SO_WITHIN = 24
_SAYS_OTHERWISE = re.compile(
    r"(?i)(?:order|invoice|item|article|ref|reference|ticket|case|parcel|tracking|rechnung|bestell|auftrag|artikel|kunden|beleg"
    r"|commande|facture|pedido|factura|tilau|lasku|faktura|best[äa]llning|订单|发票|单号|编号|注文|伝票)"
    r"\w*[\s.:#\uff1a]*(?:n(?:o|r|um\w*|[º°])?\b[\s.:#\uff1a]*)?$"
)
_DATE_OR_AMOUNT = re.compile(
    r"\s*(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d{1,2})?)\s*"
)
_CANDIDATE = re.compile(r"[+\uff0b(]*\d(?:[\s().\u2010-\u2015/~-]{0,4}\d){6,}")
"""Seven digits or more that belong together."""


def by_countries(countries: Sequence[str]) -> Detector:
    """Returns the detector of international numbers and of the national ones of some countries, by their codes.

    Raises:
        SettingsError: a code is none of a country.
    """
    package: Any = import_module("phonenumbers")
    for country in countries:
        if country not in package.SUPPORTED_REGIONS:
            raise SettingsError(
                f"Expected redaction_countries to be country codes such as DE or CN, but it has '{country}'; correct it."
            )

    def find(text: str, language: str | None = None) -> Iterable[Finding]:
        for candidate in _CANDIDATE.finditer(text):
            # Only around what may be one: the numbering plans of nine countries take a while over a long text.
            first = max(0, candidate.start() - _SAYS_SO_WITHIN)
            piece = text[first : candidate.end() + 1]
            for country in (None, *countries):
                for match in package.PhoneNumberMatcher(piece, country, leniency=package.Leniency.VALID):
                    within = first + match.start >= candidate.start()
                    if within and _is_meant_as_one(piece, match, package):
                        yield Finding(first + match.start, first + match.end, "PHONE")

    return find


def _is_meant_as_one(text: str, match: Any, package: Any) -> bool:
    raw, before = match.raw_string, text[max(0, match.start - _SAYS_SO_WITHIN) : match.start]
    if raw.lstrip("( ").startswith(("+", "\uff0b")):
        return True
    if _DATE_OR_AMOUNT.fullmatch(raw) or _SAYS_OTHERWISE.search(before):
        return False
    if _SAYS_SO.search(before):
        return True
    if before.endswith(("-", "#", "_", "/")) or text[match.end :].startswith(("-", "_", "/")):
        return False
    return _is_written_like_one(raw, match.number, package)


def _is_written_like_one(raw: str, number: Any, package: Any) -> bool:
    """Whether a national number has the grouping that its country writes, or is a Chinese mobile number, which has none."""
    if package.region_code_for_number(number) == "CN" and raw.isdigit():
        return bool(package.number_type(number) == package.PhoneNumberType.MOBILE)
    national = package.format_number(number, package.PhoneNumberFormat.NATIONAL)
    groups = re.findall(r"\d+", raw)
    return raw.startswith(("0", "(")) or (len(groups) > 1 and groups == re.findall(r"\d+", national))
