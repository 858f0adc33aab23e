"""What is cut into parts on some forms and not on others, and how: names, dates, card expiries, phone numbers, streets, address lines.

Each split answers with the parts, with nothing where there is nothing to cut, or with ``None`` where the cut is not certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.calendar_names import month_of
from GenFlowLibrary.forms.dates import a_date
from GenFlowLibrary.forms.expiry import month_and_year
from GenFlowLibrary.forms.rejected import ValueRejected

Parts = dict[str, object]
Split = Callable[[object, Mapping[str, FieldCard]], "Parts | None"]
Join = Callable[[Mapping[str, object], str, FieldCard], object]

_FAMILY_FIRST = ("hu", "ja", "ko", "vi", "zh")
_NUMBER_FIRST = ("en", "fr")
"""Languages in whose countries the house number stands before the street (UPU S42 address templates: GB, US, FR)."""
_NO_SPACES = re.compile("[\\u1100-\\u11ff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]")
_NUMBER = r"\d+(?:\s?[a-zA-Z](?![a-zA-Z]))?(?:\s?[-/]\s?\d+[a-zA-Z]?)?"
_NUMBER_BEFORE = re.compile(rf"({_NUMBER}),?\s+(\D+)")
_NUMBER_AFTER = re.compile(rf"(\D+?),?\s+({_NUMBER})")
_CODE = re.compile(r"(?:\+|\b00)\s?(\d{1,3}(?:[\s-]\d{3,4})?)\b")


@dataclass(frozen=True)
class Whole:
    """One thing and its parts.

    ``name`` and the values of ``parts`` are phrases of the lexicon that ask for it; ``concepts`` are the whole's, ``also`` further concepts
    that mean a part. ``needed`` are the parts without which there is nothing to split into, or to join from. ``core`` is the part that is
    asked for in the same words as the whole.
    """

    name: str
    concepts: frozenset[str]
    parts: Mapping[str, str]
    needed: tuple[str, ...]
    split: Split
    join: Join
    remedy: str
    joined_remedy: str = "give them as one value, under a key that names the field"
    core: str = ""
    also: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def meant(self) -> frozenset[str]:
        """The concepts that mean the whole or one of its parts."""
        return self.concepts.union(*self.heads.values())

    @cached_property
    def heads(self) -> Mapping[str, frozenset[str]]:
        """The concepts that mean each part."""
        return {part: frozenset({part}) | self.also.get(part, frozenset()) for part in self.parts}


def _split_name(value: object, _: Mapping[str, FieldCard]) -> Parts | None:
    text = str(value).strip()
    family, comma, given = text.partition(",")
    if comma:
        return (
            {"given_name": given.strip(), "family_name": family.strip()}
            if given.strip() and "," not in given
            else None
        )
    words = text.split()
    if len(words) != 2 or _NO_SPACES.search(text):  # noqa: PLR2004 - of three words nobody knows which belong together
        return None
    return {"given_name": words[0], "family_name": words[1]}


def _join_name(values: Mapping[str, object], language: str, _: FieldCard) -> object:
    given = [str(values[part]).strip() for part in ("given_name", "middle_name") if part in values]
    family = str(values["family_name"]).strip()
    if all(_NO_SPACES.search(word) for word in (*given, family)):
        return family + "".join(given)
    return " ".join([family, *given] if language.startswith(_FAMILY_FIRST) else [*given, family])


def _split_date(prefix: str) -> Split:
    def split(value: object, cards: Mapping[str, FieldCard]) -> Parts | None:
        try:
            day = a_date(value)
        except ValueRejected:
            return None
        year = f"{prefix}year"
        found: Parts = {f"{prefix}day": f"{day.day:02d}", f"{prefix}month": f"{day.month:02d}"}
        return found | ({year: _year_for(cards[year], day.year)} if year in cards else {})

    return split


def _join_date(prefix: str) -> Join:
    def join(values: Mapping[str, object], _: str, __: FieldCard) -> object:
        try:
            month = month_of(str(values[f"{prefix}month"]))
            return date(int(str(values[f"{prefix}year"])), month, int(str(values[f"{prefix}day"])))
        except ValueError:
            return None

    return join


def _year_for(card: FieldCard, year: int) -> str:
    """Two digits where the field takes no more, or its list has no others."""
    listed = [option.text.strip() for option in card.options if option.text.strip().isdigit()]
    hint = f"{card.placeholder} {card.label}".upper()
    short = (
        all(len(text) == 2 for text in listed)  # noqa: PLR2004
        if listed
        else card.constraints.get("maxlength") == "2" or re.search(r"\b(YY|JJ|AA|VV|ÅÅ|ГГ)\b", hint)
    )
    return f"{year % 100:02d}" if short else str(year)


def _split_expiry(value: object, cards: Mapping[str, FieldCard]) -> Parts | None:
    found = month_and_year(value)
    if not found:
        return None
    month, year = found
    return {
        "card_expiry_month": f"{month:02d}",
        "card_expiry_year": _year_for(cards["card_expiry_year"], year),
    }


def _join_expiry(values: Mapping[str, object], _: str, __: FieldCard) -> object:
    month, year = month_of(str(values["card_expiry_month"])), str(values["card_expiry_year"]).strip()
    return f"{month:02d}/{year[-2:]}" if month and re.fullmatch(r"(?:20)?\d\d", year) else None


def _split_phone(value: object, cards: Mapping[str, FieldCard]) -> Parts | None:
    text = str(value).strip()
    if not text.startswith(("+", "00")):
        return {}
    digits = re.sub(r"\D", "", text[1:] if text.startswith("+") else text[2:])
    listed = cards["phone_country_code"]
    codes: dict[str, list[str]] = {}
    for option in listed.options:
        for code in {re.sub(r"\D", "", found) for found in _CODE.findall(f"{option.text} ")}:
            codes.setdefault(code, []).append(option.text)
    # No country's code begins with another's (ITU-T E.164), but for the areas within +1 and +7: there the longest one is meant.
    fitting = max((code for code in codes if digits.startswith(code)), key=len, default="")
    if not fitting or len(set(codes[fitting])) != 1:
        return None
    rest = text[1:].lstrip() if text.startswith("+") else text[2:]
    return {"phone_country_code": codes[fitting][0], "phone": _after(rest, len(fitting))}


def _after(text: str, digits: int) -> str:
    """A text after so many digits of it, without the separator there and a trunk zero in brackets: ``49 (0)30 12`` -> ``30 12``."""
    while digits:
        digits -= text[0].isdigit()
        text = text[1:]
    return re.sub(r"^\s*\(0\)\s*", "", text).strip(" -/.")


def _join_phone(values: Mapping[str, object], _: str, __: FieldCard) -> object:
    number, code = str(values["phone"]).strip(), re.sub(r"\D", "", str(values["phone_country_code"]))
    if number.startswith("+"):
        return number
    # A leading zero is dropped abroad in most countries and kept in some: not for this library to know.
    return f"+{code} {number}" if code and not number.startswith("0") else None


def _split_street(value: object, _: Mapping[str, FieldCard]) -> Parts | None:
    text = " ".join(str(value).split())
    if found := _NUMBER_BEFORE.fullmatch(text):
        return {"street_name": found[2], "house_number": found[1]}
    if found := _NUMBER_AFTER.fullmatch(text):
        return {"street_name": found[1], "house_number": found[2]}
    return None


def _join_street(values: Mapping[str, object], language: str, _: FieldCard) -> object:
    street, number = str(values["street_name"]).strip(), str(values["house_number"]).strip()
    if re.search(r"\d", street):
        return None
    return f"{number} {street}" if language.startswith(_NUMBER_FIRST) else f"{street} {number}"


def _split_lines(value: object, cards: Mapping[str, FieldCard]) -> Parts | None:
    first = cards["street_address"]
    lines = [line.strip() for line in str(value).splitlines() if line.strip()]
    if first.kind in ("textarea", "contenteditable"):
        return {}
    if len(lines) == 1:
        lines = _at_commas(lines[0], [card.constraints.get("maxlength", "") for card in cards.values()])
    if len(lines) < 2:  # noqa: PLR2004
        return {}
    return dict(zip(cards, lines, strict=False)) if len(lines) <= len(cards) else None


def _at_commas(line: str, limits: Sequence[str]) -> list[str]:
    """An address that is too long for its first line, cut at its commas so that each line holds as much as it takes; else as it is."""
    most = [int(limit) if limit.isdigit() else len(line) for limit in limits]
    lines = [""]
    for piece in (piece.strip() for piece in line.split(",")):
        longer = f"{lines[-1]}, {piece}" if lines[-1] else piece
        if len(longer) <= most[len(lines) - 1]:
            lines[-1] = longer
        elif lines[-1] and len(lines) < len(most) and len(piece) <= most[len(lines)]:
            lines.append(piece)
        else:
            return [line]  # the field's own limit says what is wrong
    return lines


def _join_lines(values: Mapping[str, object], _: str, card: FieldCard) -> object:
    return "\n".join(str(line) for line in values.values()) if card.kind == "textarea" else None


_DAY, _MONTH, _YEAR = "day", "month", "year"

WHOLES: tuple[Whole, ...] = (
    Whole(
        "full name",
        frozenset({"full_name", "name"}),
        {"given_name": "first name", "middle_name": "middle name", "family_name": "last name"},
        ("given_name", "family_name"),
        _split_name,
        _join_name,
        "give the first name and the last name as keys of their own",
    ),
    Whole(
        "date of birth",
        frozenset({"birth_date"}),
        {"birth_day": "birth day", "birth_month": "birth month", "birth_year": "birth year"},
        ("birth_day", "birth_month", "birth_year"),
        _split_date("birth_"),
        _join_date("birth_"),
        "write the date like 2026-04-03",
        also={
            "birth_day": frozenset({_DAY}),
            "birth_month": frozenset({_MONTH}),
            "birth_year": frozenset({_YEAR}),
        },
    ),
    Whole(
        "date",
        frozenset({"date", "start_date", "end_date", "due_date"}),
        {_DAY: "day", _MONTH: "month", _YEAR: "year"},
        (_DAY, _MONTH, _YEAR),
        _split_date(""),
        _join_date(""),
        "write the date like 2026-04-03",
    ),
    Whole(
        "expiry date",
        frozenset({"card_expiry"}),
        {"card_expiry_month": "expiry month", "card_expiry_year": "expiry year"},
        ("card_expiry_month", "card_expiry_year"),
        _split_expiry,
        _join_expiry,
        "write the expiry date like 03/30",
    ),
    Whole(
        "phone",
        frozenset({"phone", "mobile_phone"}),
        {"phone_country_code": "phone country code", "phone": "phone"},
        ("phone_country_code", "phone"),
        _split_phone,
        _join_phone,
        "give the country code and the number as keys of their own",
        core="phone",
        also={"phone": frozenset({"mobile_phone"})},
    ),
    Whole(
        "street address",
        frozenset({"street_address"}),
        {"street_name": "street name", "house_number": "house number"},
        ("street_name", "house_number"),
        _split_street,
        _join_street,
        "give the street name and the house number as keys of their own",
    ),
    Whole(
        "street address",
        frozenset({"street_address"}),
        {
            "street_address": "street address",
            "address_line2": "address line 2",
            "address_line3": "address line 3",
        },
        ("street_address", "address_line2"),
        _split_lines,
        _join_lines,
        "give each address line as a key of its own",
        joined_remedy="",
        core="street_address",
    ),
)
"""All of them; `composites.recompose` tries them in this order."""
