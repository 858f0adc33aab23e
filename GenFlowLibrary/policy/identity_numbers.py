"""Finding numbers that name a person or an account: IBANs, payment cards, national identity numbers.

shape -> check digits (python-stdnum) -> for shapes that any number may have, a word before it that says what it is

A number that only looks like one (an order number, a date, an amount) fails its check digits, or lacks the word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.policy.detecting import WORD, Detector, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BEFORE, _AFTER = rf"(?<!{WORD})", rf"(?!{WORD})"
_IBAN = re.compile(rf"{_BEFORE}[A-Za-z]{{2}}\d{{2}}(?:[ \u00a0-]?[A-Za-z0-9]){{11,30}}")
_IBAN_LENGTHS = (15, 34)  # ISO 13616: Norway's is the shortest, no country may be longer
_CARD = re.compile(r"(?<![\d.,])\d(?:[ \u00a0-]?\d){12,18}(?![\d]|[.,]\d)")
# The issuers' ranges (ISO/IEC 7812) and how long their numbers are; one in ten numbers passes Luhn's check alone.
_ISSUERS = re.compile(
    r"4\d{12}(?:\d{3}){0,2}"  # Visa
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[689]\d)\d{11}"  # Diners Club
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12}"  # Discover
    r"|35(?:2[89]|[3-8]\d)\d{12}"  # JCB
    r"|62\d{14,17}"  # UnionPay
    r"|(?:5018|5020|5038|6304|6759|6761|6763)\d{8,15}"  # Maestro
)
_SAYS_SO = re.compile(
    r"(?i)ssn|social.security|tax.?(?:id|number|no)|nation\w*.(?:id|ins)|identi|personal.(?:id|code|number)|\bnhs\b|passport"
    r"|steuer|ausweis|sozialvers|s[ée]curit[ée].sociale|\bnir\b|\bdni\b|\bnie\b|\bnif\b|henkil|personnummer|personbeteckning"
    r"|身份证|身分证|证件|マイナンバー|個人番号|\bcpf\b|pesel|\bbsn\b|burgerservice|aadhaar|fødsels|codice.fiscale|주민"
)
_SAYS_SO_WITHIN = 32


@dataclass(frozen=True)
class _Number:
    """How a country's identity number looks, and the module of stdnum that checks it (none: it has no check digits).

    ``plain`` shapes are those that other numbers have too: one counts only with a word before it that says so.
    """

    shape: str
    module: str | None
    plain: bool = False


_NUMBERS: dict[str, tuple[_Number, ...]] = {
    "AT": (_Number(r"\d{4} ?\d{6}", "at.vnr", plain=True),),
    "BE": (
        _Number(r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", "be.nn"),
        _Number(r"\d{11}", "be.nn", plain=True),
    ),
    "BR": (_Number(r"\d{3}\.\d{3}\.\d{3}-\d{2}", "br.cpf"), _Number(r"\d{11}", "br.cpf", plain=True)),
    "CH": (_Number(r"756\.\d{4}\.\d{4}\.\d{2}", "ch.ssn"),),
    "CN": (_Number(r"\d{17}[\dXx]", "cn.ric"),),
    "DE": (
        _Number(r"\d{2} \d{3} \d{3} \d{3}", "de.idnr"),
        _Number(r"\d{11}", "de.idnr", plain=True),
    ),
    "DK": (_Number(r"\d{6}-\d{4}", "dk.cpr"),),
    "ES": (_Number(r"\d{8}-?[A-Za-z]", "es.dni"), _Number(r"[XYZxyz]-?\d{7}-?[A-Za-z]", "es.nie")),
    "FI": (_Number(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", "fi.hetu"),),
    "FR": (_Number(r"[1-478](?: ?\d\d){2} ?(?:\d\d|2[AB])(?: ?\d{3}){2} ?\d\d", "fr.nir"),),
    "GB": (
        _Number(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]", None),
        _Number(r"\d{3} ?\d{3} ?\d{4}", "gb.nhs", plain=True),
    ),
    "IN": (_Number(r"\d{4} ?\d{4} ?\d{4}", "in_.aadhaar", plain=True),),
    "IT": (_Number(r"[A-Za-z]{6}\d\d[A-Za-z]\d\d[A-Za-z]\d{3}[A-Za-z]", "it.codicefiscale"),),
    "KR": (_Number(r"\d{6}-\d{7}", "kr.rrn"),),
    "NL": (_Number(r"\d{9}", "nl.bsn", plain=True),),
    "NO": (_Number(r"\d{6} ?\d{5}", "no.fodselsnummer", plain=True),),
    "PL": (_Number(r"\d{11}", "pl.pesel", plain=True),),
    "PT": (_Number(r"\d{8} ?\d ?[A-Z0-9]{2}\d", "pt.cc", plain=True),),
    "SE": (
        _Number(r"(?:\d\d)?\d{6}[-+]\d{4}", "se.personnummer"),
        _Number(r"\d{10}(?:\d\d)?", "se.personnummer", plain=True),
    ),
    "US": (_Number(r"\d{3}-\d{2}-\d{4}", "us.ssn"), _Number(r"\d{9}", "us.ssn", plain=True)),
}


def find_ibans(text: str, language: str | None = None) -> Iterable[Finding]:
    """Yields international bank account numbers, with or without spaces in them."""
    for found in _IBAN.finditer(text):
        end = _longest_valid(found.group())
        if end:
            yield Finding(found.start(), found.start() + end, "IBAN")


def _longest_valid(text: str) -> int:
    """Returns where a valid IBAN at the start of a text ends, 0 for none: words may follow that look like more of it."""
    valid = _module("iban").is_valid
    for end in range(len(text), _IBAN_LENGTHS[0] - 1, -1):
        piece = text[:end]
        if piece[-1].isalnum() and not text[end : end + 1].isalnum() and valid(piece):
            return end
    return 0


def find_cards(text: str, language: str | None = None) -> Iterable[Finding]:
    """Yields numbers of payment cards: of a known issuer, of its length, and with a right check digit (ISO/IEC 7812)."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if _ISSUERS.fullmatch(digits) and _module("luhn").is_valid(digits):
            yield Finding(found.start(), found.end(), "CARD")


def by_countries(countries: Sequence[str]) -> Detector:
    """Returns the detector of the identity numbers of some countries, by their codes; for others there is none here."""
    numbers = [
        (number, re.compile(rf"{_BEFORE}(?<![\d][.,/-])(?:{number.shape}){_AFTER}(?![-/][\d])"))
        for country in countries
        for number in _NUMBERS.get(country, ())
    ]

    def find(text: str, language: str | None = None) -> Iterable[Finding]:
        for number, pattern in numbers:
            for found in pattern.finditer(text):
                before = text[max(0, found.start() - _SAYS_SO_WITHIN) : found.start()]
                if number.plain and not _SAYS_SO.search(before):
                    continue
                if number.module is None or _module(number.module).is_valid(found.group()):
                    yield Finding(found.start(), found.end(), "NATIONAL_ID")

    return find


@lru_cache(maxsize=64)
def _module(name: str) -> Any:
    return import_module(f"stdnum.{name}")
