"""A value found in a text, where it stands, and how surely it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

_AND = re.compile(
    r"\s*(?:[,;/&+、，和与及或]|\b(?:and|or|und|oder|sowie|bzw|et|ou|y|o|ja|tai|och|eller)\b|以及|或者|\.|\s)+",
    re.IGNORECASE,
)
_LONGEST_AND = 12

if TYPE_CHECKING:
    from collections.abc import Iterable

    from GenFlowLibrary.engines.embedded.labels import Labels

UNLABELLED, LABELLED, EXPLICIT = 1, 2, 3
"""How surely a value belongs to a field: by its type or shape alone, behind a label, behind a label and a colon."""


@dataclass(frozen=True)
class Candidate:
    """A value in its wire form, and the span of the text it was read from.

    ``same`` is what two spellings of one value have in common (the number of ``42.5`` and ``42.50``); the
    value itself by default.
    """

    value: str | int | float | bool
    start: int
    end: int
    strength: int = UNLABELLED
    same: object = None


def labelled(found: Iterable[Candidate], text: str, labels: Labels) -> list[Candidate]:
    """Returns the candidates with the strength that a label before them gives, in the order of the text.

    A label goes for all values of an enumeration: in "orders 1001 and 1002" neither is surer than the other.
    """
    judged: list[Candidate] = []
    for one in sorted(found, key=lambda one: one.start):
        strength = max(one.strength, labels.strength(text, one.start))
        if judged and _AND.fullmatch(text[judged[-1].end : one.start][:_LONGEST_AND]):
            strength = max(strength, judged[-1].strength)
        judged.append(replace(one, strength=strength))
    return judged


def unless_explicit(found: Iterable[Candidate]) -> list[Candidate]:
    """Returns the candidates with a mere label ignored: what shows itself by its shape is no surer behind "my order"."""
    return [replace(one, strength=UNLABELLED) if one.strength == LABELLED else one for one in found]


def strongest(found: Iterable[Candidate]) -> list[Candidate]:
    """Returns the candidates that are meant most surely, each value once."""
    found = list(found)
    most = max((one.strength for one in found), default=UNLABELLED)
    return distinct(one for one in found if one.strength == most)


def distinct(found: Iterable[Candidate]) -> list[Candidate]:
    """Returns each value once, as it was written first."""
    values: dict[object, Candidate] = {}
    for one in found:
        values.setdefault(one.value if one.same is None else one.same, one)
    return list(values.values())
