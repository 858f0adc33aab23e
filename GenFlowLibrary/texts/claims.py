"""What a written text claims and can be looked up: numbers, amounts, dates, names and identifiers.

    text -> identifiers | dates | amounts | numbers | names -> those that the sources do not hold

This is what a made-up reply gives itself away with. Prose without any of these is not looked at: whether "we are sorry" follows from the
facts is a matter of judgement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from GenFlowLibrary.answers.grounding import normal_form, ungrounded
from GenFlowLibrary.answers.language import detect_language
from GenFlowLibrary.answers.written_dates import is_date_written
from GenFlowLibrary.answers.written_numbers import is_number_written
from GenFlowLibrary.engines.embedded.amounts import find_money, read_number
from GenFlowLibrary.engines.embedded.dates import find_dates
from GenFlowLibrary.engines.embedded.identifiers import find_emails, find_links
from GenFlowLibrary.texts.names import find_names
from GenFlowLibrary.texts.number_words import find_number_words
from GenFlowLibrary.texts.partial_dates import find_days_and_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Kind = Literal["identifier", "date", "amount", "number", "name"]

_IDENTIFIER = re.compile(
    r"(?<![\w-])(?=[\w./-]*[A-Za-z])(?=[\w./-]*\d)[A-Za-z\d](?:[\w./-]*[A-Za-z\d])?(?![\w-])", re.ASCII
)
_COUNTED = re.compile(
    r"\d+(?:st|nd|rd|th|er|ème|x|h|am|pm|kg|km|cm|mm|g|m|l|kW|kWh|W|V|A|s|min|k|EUR|USD|GBP)", re.IGNORECASE
)
"""A number with what it counts written to it is a number."""
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f]\d+)*")

_CURRENCIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"€|(?<![a-z])(?:eur|euros?)(?![a-z])|欧元",
        r"(?<![a-z])(?:us)?\$|(?<![a-z])(?:usd|dollars?)(?![a-z])|美元",
        r"£|(?<![a-z])(?:gbp|pounds?)(?![a-z])|英镑",
        r"[¥￥元]|(?<![a-z])(?:cny|rmb|yuan|jpy|yen)(?![a-z])|人民币",
        r"(?<![a-z])(?:chf|francs?|franken)(?![a-z])",
        r"(?<![a-z])(?:sek|kronor|kr)(?![a-z])",
    )
)
_CURRENCY_BEFORE = re.compile(r"(?:(?:[€$£¥￥]|\b[A-Z]{2,3}\$?)\s?)?-?\Z")


@dataclass(frozen=True)
class _Source:
    """What claims are looked up in: a text in normal form, the same for numbers, and which of their words stand in either as they are."""

    plain: str
    numbers: str
    verbatim: frozenset[str]
    verbatim_numbers: frozenset[str]


@dataclass(frozen=True)
class Claim:
    """One value as a text writes it.

    ``day`` is a date's value; one whose year is left open has the year 2000 and ``yearless``. ``number`` is the value of an amount
    without its currency, or of a number in words.
    """

    kind: Kind
    written: str
    start: int
    end: int
    day: date | None = None
    yearless: bool = False
    number: Decimal | None = None

    def is_in(self, source: _Source) -> bool:
        """Whether a source states it, in a form in which people write it."""
        if self.day is not None:
            return self.written in source.verbatim or self._is_day_in(source.plain)
        if self.number is not None:
            return is_number_written(self.number, source.numbers) and _has_currency(
                self.written, source.plain
            )
        if self.kind == "number":
            readings = {read_number(self.written, money=money) for money in (True, False)} - {None}
            return self.written in source.verbatim_numbers or any(
                _is_written(one, source.numbers) for one in readings
            )
        return all(word in source.verbatim for word in self.words)

    @property
    def words(self) -> list[str]:
        """What is looked up word for word: of a name each word, for "Brook, Ada" is Ada Brook."""
        return self.written.split() if self.kind == "name" else [self.written]

    def _is_day_in(self, source: str) -> bool:
        assert self.day is not None  # noqa: S101 - for mypy; only dates come here
        if not self.yearless:
            return is_date_written(self.day, source)
        # Nobody knows the year: any that the source has will do, and so will none.
        if is_date_written(self.day, f"{source}\n#{self.day.year}"):
            return True
        years = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", source)}
        return any(_is_day_of(self.day, year, source) for year in years)


def find_claims(
    text: str, *, names: bool = True, words: bool = False, language: str | None = None
) -> list[Claim]:
    """Returns what a text claims, in its order. What is a part of an identifier, a date or an amount is no number of its own.

    ``names`` says whether names are looked for, ``words`` whether small numbers in words are: both are written otherwise in another
    language. ``language`` is the text's, found out where it is not given.
    """
    claims: list[Claim] = []
    language = (language or detect_language(text) or "")[:2].casefold() or None
    _add(
        claims, "identifier", ((one.start, one.end) for one in (*find_emails(text), *find_links(text))), text
    )
    for one in find_dates(text).found:
        _add_one(
            claims,
            Claim("date", text[one.start : one.end], one.start, one.end, date.fromisoformat(str(one.value))),
        )
    for start, end, day in find_days_and_months(text):
        _add_one(claims, Claim("date", text[start:end], start, end, day, yearless=True))
    shaped = (match for match in _IDENTIFIER.finditer(text) if not _COUNTED.fullmatch(match[0]))
    _add(claims, "identifier", (match.span() for match in shaped), text)
    for one in find_money(text):
        start = one.start - len(_CURRENCY_BEFORE.search(text, 0, one.start)[0])  # type: ignore[index] # matches nothing, too
        _add_one(
            claims,
            Claim("amount", text[start : one.end], start, one.end, number=abs(Decimal(str(one.value)))),
        )
    _add(claims, "number", (match.span() for match in _NUMBER.finditer(text)), text)
    if names:
        _add(claims, "name", find_names(text, language), text)
    for start, end, value in find_number_words(text, language) if words else ():
        _add_one(claims, Claim("number", text[start:end], start, end, number=Decimal(value)))
    return sorted(claims, key=lambda claim: claim.start)


def not_in(claims: Sequence[Claim], sources: Sequence[str], *, parts_of_dates: bool = False) -> list[str]:
    """Returns how the claims are written that no source states, each once.

    ``parts_of_dates`` says whether the day and the month of a date in a source count as numbers: "within five days" does not follow from
    the fifth of March, but 3/4/2026, which nobody can read for certain, is kept by 2026年4月3日.
    """
    whole = "\n\n".join(sources)
    words = {word: word for claim in claims for word in claim.words}
    absent = ungrounded(words, whole)
    numbers = whole if parts_of_dates else _without_dates(whole)
    written = {word: word for word in words if word not in absent}
    absent_numbers = ungrounded(written, numbers)
    source = _Source(
        normal_form(whole),
        normal_form(numbers),
        frozenset(written),
        frozenset(written).difference(absent_numbers),
    )
    return list(dict.fromkeys(claim.written for claim in claims if not claim.is_in(source)))


def _without_dates(text: str) -> str:
    """Returns a text with its dates left out but for their years."""
    spans = [(one.start, one.end, str(one.value)[:4]) for one in find_dates(text).found]
    spans.extend((start, end, "") for start, end, _ in find_days_and_months(text))
    pieces: list[str] = []
    at = 0
    for start, end, year in sorted(spans):
        if start >= at:
            pieces.extend((text[at:start], year))
            at = end
    return "".join((*pieces, text[at:]))


def _add(claims: list[Claim], kind: Kind, spans: Iterable[tuple[int, int]], text: str) -> None:
    for start, end in spans:
        if not any(start < taken.end and taken.start < end for taken in claims):
            claims.append(Claim(kind, text[start:end], start, end))


def _add_one(claims: list[Claim], claim: Claim) -> None:
    if not any(claim.start < taken.end and taken.start < claim.end for taken in claims):
        claims.append(claim)


def _is_written(number: Decimal | None, source: str) -> bool:
    return number is not None and is_number_written(number, source)


def _is_day_of(day: date, year: int, source: str) -> bool:
    try:
        return is_date_written(day.replace(year=year), source)
    except ValueError:  # the 29th of February
        return False


def _has_currency(amount: str, source: str) -> bool:
    """Whether a source speaks of an amount's currency, or of none at all."""
    there = [currency for currency in _CURRENCIES if currency.search(source)]
    meant = [currency for currency in _CURRENCIES if currency.search(amount)]
    return not there or not meant or any(currency in there for currency in meant)
