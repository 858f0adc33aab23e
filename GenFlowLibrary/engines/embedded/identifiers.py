"""Identifiers in a text: those of a shape the analyst shows, and those behind a label; mail addresses, phone numbers, links.

"like GF-10442"  ->  the letters G and F, a dash (or none, or a blank), five digits  ->  "gf 10442" is
GF-10442
"""

from __future__ import annotations

import re
from functools import lru_cache

from GenFlowLibrary.engines.embedded.candidates import Candidate

_SHAPE = r"(?=[A-Za-z0-9/#._-]*\d)[A-Za-z0-9][A-Za-z0-9/#._-]+[A-Za-z0-9]"
# An example stands right behind the word: "would like to have 200" shows none.
_LIKE = re.compile(
    r"(?:\b(?:like|such as|e\.g\.?|for example|for instance|as in|wie|z\.\s?B\.|comme|como|kuten|som)\s*:?\s*"
    rf"|(?:例如|比如|譬如|形如|类似|如)[:：]?\s*)(?P<shapes>{_SHAPE}(?:\s*(?:,|，|、|\bor\b|\band\b|\boder\b|或|和)+\s*{_SHAPE})*)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"(?<![\w-])#?(?=[\w/-]*\d)([A-Za-z0-9](?:[\w/-]*[A-Za-z0-9])?)(?![\w-])", re.ASCII)
_FEWEST_DIGITS = 3

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(
    r"(?<![\w+-])(?:\+\d{1,3}[ ./()-]{0,2}|0|1(?=[3-9]\d{9}(?!\d)))(?:\d[ ./()-]{0,2}){5,13}\d(?![\w-])",
    re.ASCII,
)
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'，。；、）]+[^\s<>\"'，。；、）.,;:!?)]", re.IGNORECASE)


@lru_cache(maxsize=256)
def shapes_in(description: str) -> tuple[str, ...]:
    """Returns the example identifiers that a description shows: ``like GF-10442 or INV-2026-17``."""
    shown = (match["shapes"] for match in _LIKE.finditer(description))
    return tuple(shape for shapes in shown for shape in re.findall(_SHAPE, shapes))


def find_shape(text: str, shape: str) -> list[Candidate]:
    """Returns what has the shape of an example, written as the example is.

    Its letters stand for themselves in either case, each digit for any digit, a dash, slash or dot between
    them also for a blank or nothing. Exactly as many digits: one more or less is another number, or a typing
    error that nobody should guess at.
    """
    found = []
    for match in _shape_pattern(shape).finditer(text):
        digits_and_letters = iter(match[0][at] for at in range(len(match[0])) if match[0][at].isalnum())
        value = "".join(
            next(digits_and_letters)
            if char.isdigit()
            else (next(digits_and_letters) and char)
            if char.isalpha()
            else char
            for char in shape
        )
        found.append(Candidate(value, match.start(), match.end()))
    return found


@lru_cache(maxsize=256)
def _shape_pattern(shape: str) -> re.Pattern[str]:
    pieces = []
    for char in shape:
        if char.isdigit():
            pieces.append(r"\d")
        elif char.isalpha():
            pieces.append(re.escape(char))
        else:
            pieces.append(r"[-‐‑–—−/._#\s]?")
    return re.compile(
        rf"(?<![A-Za-z0-9])(?<!\d[.,-]){''.join(pieces)}(?![A-Za-z0-9]|[.,-]\d)", re.ASCII | re.IGNORECASE
    )


def find_tokens(text: str) -> list[Candidate]:
    """Returns what could be an identifier of an unknown shape: at least three digits, with letters and dashes or without."""
    return [
        Candidate(match[1], match.start(1), match.end(1))
        for match in _TOKEN.finditer(text)
        if sum(char.isdigit() for char in match[1]) >= _FEWEST_DIGITS
    ]


def find_emails(text: str) -> list[Candidate]:
    """Returns the mail addresses of a text."""
    return [Candidate(match[0].rstrip("."), match.start(), match.end()) for match in _EMAIL.finditer(text)]


def find_phones(text: str) -> list[Candidate]:
    """Returns the phone numbers of a text as they are written: international, with a leading 0, or Chinese mobile ones."""
    return [Candidate(match[0], match.start(), match.end()) for match in _PHONE.finditer(text)]


def find_links(text: str) -> list[Candidate]:
    """Returns the web addresses of a text."""
    return [Candidate(match[0], match.start(), match.end()) for match in _LINK.finditer(text)]
