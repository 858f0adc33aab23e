"""Which data key belongs in which field, without a model: one to one, with a margin, or not at all.

data -> flattened keys -> scores of every key against every card -> certain pairs first -> Matching
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.beside import by_neighbours, login_pairs
from GenFlowLibrary.forms.evidence import CardReading, read_card
from GenFlowLibrary.forms.flags import as_flag
from GenFlowLibrary.forms.similarity import KeyReading, Score, read_key, score

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import FieldCard

FLOOR = 0.6
"""The lowest score that counts as a match.

Measured on 207 fills of saved real pages (773 values, labels taken out, 30 languages): 81.5 % right and 0.26 % wrong here; a floor of 0.7
loses 1.3 points of right and wins none, 0.5 wins 0.4 points on those pages and takes look-alikes of our own pages.
"""

MARGIN = 0.08
"""How much better than the runner-up a pair must be, for the key and for the field.

Equal texts in two sections differ by 0.04 to 0.05 when only one section has a name of its own, which decides nothing, and by 0.10 when the
key names the section. On the pages above 0.15 loses 1 point of right, 0.03 changes less than 0.3 points.
"""

_CANDIDATES = 3


@dataclass(frozen=True)
class Match:
    """A key that belongs in a field: how well and by what (``label``, ``autocomplete``, ``name`` ...)."""

    key: str
    card: FieldCard
    score: float
    how: str


@dataclass(frozen=True)
class Unresolved:
    """A key that fits no field well enough, or several equally well: ``candidates`` best first."""

    key: str
    candidates: tuple[FieldCard, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether several fields fit, rather than none."""
        return len(self.candidates) > 1


@dataclass(frozen=True)
class Matching:
    """The result for all keys, in the order of the data."""

    matches: tuple[Match, ...] = ()
    unresolved: tuple[Unresolved, ...] = field(default=())


def flatten(data: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Returns nested mappings as one, with the keys joined by dots: ``{"customer": {"city": "Turku"}}`` -> ``customer.city``."""
    flat: dict[str, object] = {}
    for key, value in data.items():
        path = f"{prefix}{key}".strip()
        if isinstance(value, Mapping):
            flat.update(flatten(value, f"{path}."))
        else:
            flat[path] = value
    return flat


def match(data: Mapping[str, object], cards: Sequence[FieldCard]) -> Matching:
    """Assigns keys to cards. ``data`` is flat; its values only tell a yes or no from a text, for check boxes.

    A pair is taken when its score reaches FLOOR and beats by MARGIN every other free field for the key and every other open key for the
    field. Certain pairs are taken first, and what they take no longer competes. The rest is unresolved.
    """
    keys = [read_key(key) for key in data]
    readings = by_neighbours([read_card(card) for card in cards])
    scores = {
        (k, c): score(key, reading) if _possible(data[key.key], reading.card) else Score(0.0)
        for k, key in enumerate(keys)
        for c, reading in enumerate(readings)
    }
    pairs = _assign(scores, len(keys), len(readings))
    for k, c in login_pairs(keys, readings, pairs, data).items():
        pairs[k] = c
        scores[k, c] = Score(FLOOR, "the one field before the password")
    taken = set(pairs.values())
    return Matching(
        tuple(
            Match(keys[k].key, readings[c].card, scores[k, c].value, scores[k, c].how)
            for k, c in sorted(pairs.items())
        ),
        tuple(
            Unresolved(key.key, _candidates(k, scores, readings, taken))
            for k, key in enumerate(keys)
            if k not in pairs
        ),
    )


def _possible(value: object, card: FieldCard) -> bool:
    return card.kind != "checkbox" or value is None or as_flag(value) is not None


def _assign(scores: Mapping[tuple[int, int], Score], keys: int, cards: int) -> dict[int, int]:
    open_keys, free = set(range(keys)), set(range(cards))
    fitting = [pair for pair, found in scores.items() if found.value >= FLOOR]
    pairs: dict[int, int] = {}
    while True:
        certain = [
            (scores[k, c].value, -k, c)
            for k, c in fitting
            if k in open_keys and c in free and _certain(scores, k, c, open_keys, free)
        ]
        if not certain:
            return pairs
        _, negative, card = max(certain)
        pairs[-negative] = card
        open_keys.discard(-negative)
        free.discard(card)


def _certain(
    scores: Mapping[tuple[int, int], Score], key: int, card: int, open_keys: set[int], free: set[int]
) -> bool:
    value = scores[key, card].value
    rivals = [scores[key, other].value for other in free if other != card]
    rivals += [scores[other, card].value for other in open_keys if other != key]
    return value - max(rivals, default=0.0) >= MARGIN - 1e-9


def _candidates(
    key: int, scores: Mapping[tuple[int, int], Score], readings: Sequence[CardReading], taken: set[int]
) -> tuple[FieldCard, ...]:
    fitting = [
        (-scores[key, c].value, c)
        for c in range(len(readings))
        if c not in taken and scores[key, c].value >= FLOOR
    ]
    return tuple(readings[c].card for _, c in sorted(fitting)[:_CANDIDATES])


__all__ = ["FLOOR", "MARGIN", "KeyReading", "Match", "Matching", "Unresolved", "flatten", "match"]
