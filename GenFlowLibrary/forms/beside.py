"""What a field asks for by the fields beside it, where its own words leave it open."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.constraints import check
from GenFlowLibrary.forms.evidence import SPOKEN
from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.forms.evidence import CardReading
    from GenFlowLibrary.forms.key_reading import KeyReading

_PERSON = frozenset({"username", "email", "phone", "personal_id", "nickname"})
_IDENTITY = _PERSON | {"number", "card_number"}
_TEXT = ("text", "email", "tel", "search", "number")


_PARTS = {
    "card_expiry": {"month": "card_expiry_month", "year": "card_expiry_year"},
    "birth_date": {"day": "birth_day", "month": "birth_month", "year": "birth_year"},
}
"""What a list of days, months or years is for, by the date around it."""


def by_neighbours(readings: Sequence[CardReading]) -> list[CardReading]:
    """Returns the readings with plain labels made clear.

    ``Name`` before a family name is the first name, ``Number`` after a street or a postal code is the house number, ``Street`` before a
    house number is the street alone, and a list of months belongs to the date around it; all within one section, and where autocomplete
    says nothing else. Two fields whose labels and names contradict each other crosswise are marked so.
    """
    changed = list(readings)
    fields = [n for n, reading in enumerate(readings) if reading.card.kind not in ("checkbox", "radio")]
    for first, second in pairwise(fields):
        reading, following = changed[first], changed[second]
        if reading.card.section != following.card.section:
            continue
        if _plainly(reading, "name") and "family_name" in following.heads:
            changed[first] = _meaning(reading, "given_name")
        if _plainly(reading, "name") and "given_name" in following.heads:
            changed[first] = _meaning(reading, "family_name")
        if _plainly(following, "number") and reading.heads & {"street_address", "street_name", "postal_code"}:
            changed[second] = _meaning(following, "house_number")
        if _plainly(reading, "street_address") and "house_number" in {
            changed[second].token,
            *following.heads,
        }:
            changed[first] = _meaning(reading, "street_name")
        if _crossed(reading, following):
            changed[first] = replace(changed[first], contradicted=True)
            changed[second] = replace(changed[second], contradicted=True)
    return _dated(changed)


def _meaning(reading: CardReading, concept: str) -> CardReading:
    return replace(reading, token=concept, told_by="the fields beside it")


def _crossed(reading: CardReading, other: CardReading) -> bool:
    """``Last name`` named ``first_name`` beside ``First name`` named ``last_name``."""
    mine, theirs = _told_and_named(reading), _told_and_named(other)
    return all((*mine, *theirs)) and mine == theirs[::-1] and not mine[0] & mine[1]


def _told_and_named(reading: CardReading) -> tuple[frozenset[str], frozenset[str]]:
    told = [item.readings[0].head for item in reading.evidence if item.source in SPOKEN]
    named = [item.readings[0].head for item in reading.evidence if item.source == "name"]
    return (told[0] if told else frozenset(), named[0] if named else frozenset())


def _sole_part(reading: CardReading) -> str:
    """``day``, ``month`` or ``year`` when one text of a field is this one word (``MM``); ``MM/YY`` asks for both."""
    words = [item.readings[0] for item in reading.evidence if len(item.readings[0].content) == 1]
    return next((part for part in _PARTS["birth_date"] if any(part in word.head for word in words)), "")


def _dated(readings: Sequence[CardReading]) -> list[CardReading]:
    """Lists of days, months and years with the date that they are parts of, by their own words or those of the list before."""
    changed: list[CardReading] = []
    whole = ""
    for reading in readings:
        around = reading.heads | reading.context
        named = [date for date, parts in _PARTS.items() if around & {date, *parts.values()}]
        asked = reading.offer if reading.offer in _PARTS["birth_date"] else _sole_part(reading)
        whole = named[0] if len(named) == 1 else whole if asked else ""
        part = _PARTS.get(whole, {}).get(asked, "")
        changed.append(_meaning(reading, part) if part and not reading.token else reading)
    return changed


def _plainly(reading: CardReading, concept: str) -> bool:
    """Tells whether a field's label says this concept and nothing more."""
    if reading.token or not reading.evidence:
        return False
    label = reading.evidence[0].readings[0]
    return concept in label.head and not (label.rest or label.things or label.more)


def login_pairs(
    keys: Sequence[KeyReading],
    readings: Sequence[CardReading],
    pairs: Mapping[int, int],
    data: Mapping[str, object],
) -> dict[int, int]:
    """Returns the pair of a login: the open key that says who somebody is, and the field that asks for it in words of its own.

    That is the one text field before the only password (a repetition of it aside): such fields are called by whatever the site calls its
    members (``Member ID``, ``Email or card number``), so their words say little, and their place says all. Without a password it is the one
    field for an e-mail address, for a user name that is one. No field gets what its constraints forbid.
    """
    asking = [k for k, key in enumerate(keys) if k not in pairs and key.leaf.head & {"username", "email"}]
    if len(asking) != 1:
        return {}
    value = data[keys[asking[0]].key]
    fields = _before_the_password(readings)
    strangers = any("password" not in keys[k].leaf.head for k in pairs)
    if not fields:
        address = "username" in keys[asking[0]].leaf.head and "@" in str(value)
        fields = (
            [c for c, r in enumerate(readings) if r.card.kind in _TEXT and _plainly(r, "email")]
            if address
            else []
        )
    if (
        len(fields) != 1
        or fields[0] in pairs.values()
        or not _takes(readings[fields[0]], value, surely=strangers)
    ):
        return {}
    return {asking[0]: fields[0]}


def _before_the_password(readings: Sequence[CardReading]) -> list[int]:
    """The text fields before the only password."""
    passwords = [
        c for c, r in enumerate(readings) if r.card.kind == "password" and "repeat" not in r.qualifiers
    ]
    if len(passwords) != 1:
        return []
    return [
        c for c in range(passwords[0]) if readings[c].card.kind in _TEXT and not readings[c].card.readonly
    ]


def _members_id(reading: CardReading) -> bool:
    """``Mirabilis ID``: the site's own name, or what it calls its members, and the word ID."""
    return any(
        item.readings[0].words[-1:] == ("id",) and item.readings[0].rest
        for item in reading.evidence
        if item.source not in ("name", "id")
    )


def _takes(reading: CardReading, value: object, *, surely: bool) -> bool:
    """Whether a field can be meant for who logs in: its words do not ask for something else, and its constraints allow the value.

    ``surely``: its words must say so themselves, as where the form asks for more than a login.
    """
    asks = reading.heads & (_PERSON if surely else _IDENTITY) or _members_id(reading)
    if not asks and (surely or reading.heads):
        return False
    try:
        check(reading.card, value.reveal() if isinstance(value, SecretHandle) else str(value))
    except ValueRejected:
        return False
    return True
