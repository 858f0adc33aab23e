"""Which of several equal sections plain keys mean: ``First name`` and ``City`` on a form with a delivery and a billing address.

keys that fit two sections equally well -> the section that the data as a whole belongs to, or none

Three cases are certain enough for a careful person. Either other personal keys of the data fit one of the sections only: then the record is
that section's. Or the sections are roles of one and the same person (contact, delivery, billing), who has one name and one address in the
data: then the first section is filled, and a required field left empty in the other one fails the step by name. Or, where no heading tells
the fields apart, their names do: ``city`` is the record's own, ``addresses[0][city]`` and ``billing_city`` are of something that hangs on
it. Sender and receiver, two applicants or a guarantor are different persons; between them nothing is chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.lexicon import Reading, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.forms.key_reading import KeyReading

_PERSONAL = frozenset(
    {
        "name",
        "full_name",
        "given_name",
        "family_name",
        "middle_name",
        "honorific",
        "gender",
        "birth_date",
        "email",
        "phone",
    }
    | {
        "mobile_phone",
        "fax",
        "street_address",
        "street_name",
        "house_number",
        "address_line2",
        "address_line3",
        "apartment",
    }
    | {
        "floor",
        "building",
        "district",
        "city",
        "state",
        "postal_code",
        "country",
        "company",
        "job_title",
        "personal_id",
        "vat_id",
    }
)
_ROLES = frozenset({"billing", "shipping"})
_RECORD = "record"
"""Stands for what the form is about, in the blocks that names make."""
_TELLING = ("party", "place", "order")
_FEWEST_KEYS = 2
"""One key alone (``City``) says too little about which section is meant."""


@dataclass(frozen=True)
class Tie:
    """A key that fits cards of several sections equally well: the key's number and, for each section, whether it is there."""

    key: int
    sections: frozenset[str]


@dataclass(frozen=True)
class Chosen:
    """The section that was meant, the equal ones that were not, and all the open keys that this holds for."""

    keys: tuple[int, ...]
    section: str
    others: frozenset[str]


def named_block(section: str, name: str) -> str:
    """Returns the block that a field's name (or id) puts it in, under its section, as a section's title is written.

    ``city`` -> ``record``, ``billing_city`` -> ``record / billing``, ``addresses[0][city]`` -> ``record / addresses / 0``.
    """
    *outer, last = [part for part in re.split(r"[\[\].:]+", name) if part] or [""]
    party = read(last).qualifiers.get("party")
    inner = [] if party is None else [party if party in _ROLES else "emergency"]
    return " / ".join([*([section] if section else []), _RECORD, *outer, *inner])


def chosen_section(
    keys: Sequence[KeyReading], places: Sequence[str], ties: Sequence[Tie], pairs: Mapping[int, int]
) -> Chosen | None:
    """Returns what the first group of ties that can be decided means; ``None`` where nothing is certain.

    ``places`` are the sections of the cards, or their blocks; ``pairs`` are the certain pairs of keys and cards, by their numbers.
    """
    for sections in dict.fromkeys(tie.sections for tie in ties):
        group = [tie.key for tie in ties if tie.sections == sections and _plain(keys[tie.key])]
        in_order = list(dict.fromkeys(place for place in places if place in sections))
        own = [section for section in in_order if not _of_somebody_else(section)]
        if group and own and (section := _meant(own, _anchors(keys, places, pairs, sections), len(group))):
            allotted = [n for n, key in enumerate(keys) if n not in pairs and _plain(key)]
            return Chosen(tuple(allotted), section, sections - {section})
    return None


def _meant(own: Sequence[str], anchored: Mapping[str, int], keys: int) -> str:
    if len(anchored) == 1:
        only = next(iter(anchored))
        return only if only in own else ""
    if keys < _FEWEST_KEYS:
        return ""
    first = own[0] if all(_role_of_one_person(section) for section in own) else ""
    return next((section for section in own if _holds_all(section, own)), first)


def _holds_all(section: str, others: Sequence[str]) -> bool:
    """Whether the block is that of the record itself, and all others are blocks within it."""
    return _RECORD in section.split(" / ") and all(
        other == section or other.startswith(f"{section} / ") for other in others
    )


def _plain(key: KeyReading) -> bool:
    """A personal key that names no section itself, by a qualifier or by a word that the lexicon does not know (``receiver phone``)."""
    told = key.leaf.rest or key.path.rest or any(group in key.qualifiers for group in _TELLING)
    return bool(key.leaf.head & _PERSONAL) and not told


def _anchors(
    keys: Sequence[KeyReading],
    places: Sequence[str],
    pairs: Mapping[int, int],
    sections: frozenset[str],
) -> dict[str, int]:
    """How many plain keys of the data belong in each section for certain."""
    found: dict[str, int] = {}
    for key, card in pairs.items():
        section = places[card]
        if section in sections and _plain(keys[key]):
            found[section] = found.get(section, 0) + 1
    return found


def _read(section: str) -> list[Reading]:
    return [read(part) for part in section.split(" / ")]


def _of_somebody_else(section: str) -> bool:
    return any(
        reading.qualifiers.get("party") in ("emergency", "relative")
        or reading.qualifiers.get("order") == "second"
        for reading in _read(section)
    )


def _role_of_one_person(section: str) -> bool:
    return any(
        reading.qualifiers.get("party") in _ROLES or "person_details" in reading.things
        for reading in _read(section)
    )
