"""What a field asks for by the fields beside it, where its own words leave it open."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from GenFlowLibrary.core.secret import SecretHandle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.forms.evidence import CardReading
    from GenFlowLibrary.forms.similarity import KeyReading

_IDENTITY = frozenset({"username", "email", "phone", "number", "personal_id", "nickname"})
_TEXT = ("text", "email", "tel", "search", "number")


def _heads(reading: CardReading) -> frozenset[str]:
    return frozenset(concept for item in reading.evidence for read in item.readings for concept in read.head)


def by_neighbours(readings: Sequence[CardReading]) -> list[CardReading]:
    """Returns the readings with two plain labels made clear.

    ``Name`` before a family name is the first name, and ``Number`` after a street is the house number; both only within one section and
    where autocomplete says nothing else.
    """
    changed = list(readings)
    for position, (reading, following) in enumerate(pairwise(readings)):
        if reading.card.section != following.card.section:
            continue
        if _plainly(reading, "name") and "family_name" in _heads(following):
            changed[position] = replace(reading, token="given_name")  # noqa: S106 - an autocomplete token
        if _plainly(following, "number") and "street_address" in _heads(reading):
            changed[position + 1] = replace(following, token="house_number")  # noqa: S106 - an autocomplete token
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
    """Returns the pair of a login: the open key that says who somebody is, and the one text field right before the only password.

    Such fields are called by whatever the site calls its members (``Member ID``, ``Email or card number``), so their words say little,
    and their place says all. An e-mail field takes only what looks like an address.
    """
    passwords = [c for c, reading in enumerate(readings) if reading.card.kind == "password"]
    taken = set(pairs.values())
    asking = [k for k, key in enumerate(keys) if k not in pairs and key.leaf.head & {"username", "email"}]
    if len(passwords) != 1 or len(asking) != 1 or any("password" not in keys[k].leaf.head for k in pairs):
        return {}
    before = [
        c for c in range(passwords[0]) if readings[c].card.kind in _TEXT and not readings[c].card.readonly
    ]
    if len(before) != 1 or before[0] in taken:
        return {}
    heads, value = _heads(readings[before[0]]), data[keys[asking[0]].key]
    if readings[before[0]].card.kind == "email" and not (
        isinstance(value, SecretHandle) or "@" in str(value)
    ):
        return {}
    return {asking[0]: before[0]} if not heads or heads & _IDENTITY else {}
