"""Amounts of money and other numbers in a text.

    "1,234.50", "1.234,50 €", "EUR 12"  ->  Decimal text "1234.50", "1234.50", "12"

A number is an amount of money only with a currency beside it, or behind a label such as "amount:". The digits
of an order number, a quantity ("3 weeks") and a multiple ("5 million", 5万) are none.
"""

from __future__ import annotations

import re
from decimal import Decimal

from GenFlowLibrary.engines.embedded.candidates import Candidate

_CODES = "EUR|USD|GBP|CNY|RMB|CHF|JPY|SEK|NOK|DKK|PLN|CZK|CAD|AUD|NZD|HKD|TWD|SGD|INR|KRW|BRL|MXN|ZAR"
_BEFORE = rf"(?:(?<![A-Za-z])(?:{_CODES}|US\$|C\$|A\$|HK\$)|[€$£¥￥₹])[\s\u00a0\u202f]?"
_AFTER = (
    rf"[\s\u00a0\u202f]?(?:(?:{_CODES})(?![A-Za-z])|[€$£¥￥₹]"
    r"|(?i:euros?|dollars?|pounds?|yuan|francs?|kronor|kr)(?![^\W\d_])|元|块钱|块|人民币)"
)
# Groups of three behind a separator, or plain digits; then one or two decimals.
_NUMBER = r"(?:\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d{1,2})?(?![\d]|[.,]\d)"
_START = r"(?<![\w.,/])(?<!\d[-–])(?P<sign>[-−]?)"
_NO_MULTIPLE = r"(?!\s?(?:k|m|mn|bn|mio|million|billion|thousand|tausend|万|千|百|亿)\b|[万千百亿])"
# A code stands right before its number, so a number with one needs no blank of its own.
_BEFORE_PATTERN = re.compile(rf"{_BEFORE}(?P<sign>[-−]?)(?P<number>{_NUMBER}){_NO_MULTIPLE}", re.ASCII)
_AFTER_PATTERN = re.compile(
    rf"(?:{_START}|(?<=[\u3400-\u9fff])(?P<glued>[-−]?))(?P<number>{_NUMBER}){_AFTER}", re.ASCII
)
_PLAIN_PATTERN = re.compile(
    rf"(?:{_START}|(?<=[\u3400-\u9fff]))(?P<number>\d+(?:[.,'’\u00a0\u202f]\d+)*)(?![\d]|-\d|[.,]\d|/\d|:\d)(?![^\W\d_\u3400-\u9fff])"
    rf"{_NO_MULTIPLE}",
    re.ASCII,
)
_GROUP = 3


def find_money(text: str) -> list[Candidate]:
    """Returns the amounts that have a currency beside them."""
    found: dict[int, Candidate] = {}
    for pattern in (_BEFORE_PATTERN, _AFTER_PATTERN):
        for match in pattern.finditer(text):
            number = read_number(match["number"], money=True)
            if number is not None:
                signs = match.groupdict()
                sign = "-" if signs.get("sign") or signs.get("glued") else ""
                found.setdefault(match.start("number"), _candidate(sign, number, match))
    return list(found.values())


def find_numbers(text: str, *, money: bool) -> list[Candidate]:
    """Returns all numbers that stand alone, whatever they count."""
    found = []
    for match in _PLAIN_PATTERN.finditer(text):
        number = read_number(match["number"], money=money)
        if number is not None:
            sign = "-" if match["sign"] else ""
            found.append(_candidate(sign, number, match))
    return found


def _candidate(sign: str, number: Decimal, match: re.Match[str]) -> Candidate:
    return Candidate(f"{sign}{number}", match.start(), match.end(), same=Decimal(f"{sign}{number}"))


def read_number(written: str, *, money: bool) -> Decimal | None:
    """Returns the value of a number as people write it, ``None`` where it can be read in two ways.

    Of two different separators the last is the decimal one. A single one with three digits behind it
    separates thousands in an amount of money (which has two decimals or none); in another number it may be
    either, so that has no reading.
    """
    separators = re.findall(r"[^\d]", written)
    digits = re.sub(r"[^\d]", "", written)
    if not separators:
        return Decimal(digits)
    last = separators[-1]
    behind = len(written) - written.rindex(last) - 1
    groups = re.split(r"[^\d]", written)
    if len(set(separators)) == 1 and (len(separators) > 1 or last in "'’\u00a0\u202f" or behind == _GROUP):
        is_grouped = all(len(group) == _GROUP for group in groups[1:]) and len(groups[0]) <= _GROUP
        return Decimal(digits) if is_grouped and (money or len(separators) > 1) else None
    if separators.count(last) > 1 or not all(len(group) == _GROUP for group in groups[1:-1]):
        return None
    return Decimal(f"{digits[:-behind]}.{digits[-behind:]}")
