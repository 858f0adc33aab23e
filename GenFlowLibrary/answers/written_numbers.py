"""The ways people write a number, and whether one of them stands in a text.

Thousands may be set apart by commas, points, apostrophes or blanks, in threes or as in India (1,23,456),
decimals by a point or a comma. ``1,234`` is read both ways, for nobody can tell. Small whole numbers may be
written in words.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = re.compile(r"[.,]?\d+(?:[.,' ]\d+)*")
_LONGEST = 6  # words of one number: 123 456 789 012 345,67 is in a bank's books
_MOST_DIGITS = (
    40  # before or behind the point; nobody writes more, and 1E+999999999 would not fit into memory
)
_NO_DIGIT = re.compile("[^0-9]")
_THOUSANDS = r"\d{{1,3}}(?:{0}\d{{2,3}})*{0}\d{{3}}"
_FORMS = tuple(
    re.compile(rf"(?:\d+|{_THOUSANDS.format(re.escape(group))})?(?:{re.escape(point)}(?P<decimals>\d+))?")
    for group, point in ((",", "."), (".", ","), ("'", "."), ("'", ","), (" ", "."), (" ", ","))
)
_NEGATIVE_BEFORE = re.compile(r"(?:[-(]|\bminus|负)[^\w]{0,3}(?:[a-z]{3})?[^\w]{0,3}\Z")

# English, German, French and Spanish, as whole words; and Chinese, which does not set words apart.
_WORDS = (
    ("one|eins|eine?[nmrs]?|une?|uno|una", "一"),
    ("two|zwei|deux|dos", "二|两|兩"),
    ("three|drei|trois|tres", "三"),
    ("four|vier|quatre|cuatro", "四"),
    ("five|fünf|cinq|cinco", "五"),
    ("six|sechs|seis", "六"),
    ("seven|sieben|sept|siete", "七"),
    ("eight|acht|huit|ocho", "八"),
    ("nine|neun|neuf|nueve", "九"),
    ("ten|zehn|dix|diez", "十"),
    ("eleven|elf|onze|once", "十一"),
    ("twelve|zwölf|douze|doce", "十二"),
)


def is_number_written(number: Decimal, written: str) -> bool:
    """Returns whether a number stands in a text in normal form (case folded, ASCII digits, plain dashes).

    A negative number needs its minus, or the brackets that accountants use, in front of it.
    """
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return False
    wanted = abs(number)
    digits = _significant_digits(wanted)
    for run in _RUN.finditer(written):
        if wanted in _readings(run.group(), digits) and (number >= 0 or _is_negative(written, run)):
            return True
    return _is_in_words(number, written)


def _is_negative(written: str, run: re.Match[str]) -> bool:
    before = written[max(0, run.start() - 12) : run.start()]
    return _NEGATIVE_BEFORE.search(before) is not None or written[run.end() : run.end() + 1] == "-"


def _significant_digits(number: Decimal) -> str:
    """Returns the digits that stand in a text wherever the number does, in one piece but for separators."""
    plain = f"{number:f}"
    return (plain.rstrip("0") if "." in plain else plain).replace(".", "").lstrip("0")


def _readings(run: str, digits: str) -> Iterator[Decimal]:
    """Yields every number with these digits that a run may be, or contain between its blanks."""
    words = run.split(" ")
    for start in range(len(words)):
        # Reading is slow, and a table may be one run of thousands of numbers.
        if digits not in _NO_DIGIT.sub("", "".join(words[start : start + _LONGEST])):
            continue
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            text = " ".join(words[start:end])
            yield from _read(text)
            # ".99" may be 0.99, and in "no.99" it is 99.
            yield from _read(text.lstrip(".,"))


def _read(text: str) -> Iterator[Decimal]:
    whole = [form.fullmatch(text) for form in _FORMS]
    if any(whole):
        for match in filter(None, whole):
            decimals = match["decimals"] or ""
            integer = text[: len(text) - len(decimals)]
            yield Decimal(f"{_NO_DIGIT.sub('', integer) or '0'}.{decimals or '0'}")
    elif " " not in text:
        # Not one number but a list or a date: 1,2,3 or 05.03.2026.
        yield from (Decimal(part) for part in re.split("[.,']", text) if part)


def _is_in_words(number: Decimal, written: str) -> bool:
    if number != number.to_integral_value() or not 1 <= number <= len(_WORDS):
        return False
    words, chinese = _WORDS[int(number) - 1]
    return re.search(rf"\b(?:{words})\b|{chinese}", written) is not None
