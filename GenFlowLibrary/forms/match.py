"""Which data key belongs in which field, without a model: one to one, with a margin, or not at all.

data -> flattened keys -> scores of every key against every card -> certain pairs first -> equal sections -> logins -> Matching
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.beside import by_neighbours, login_pairs
from GenFlowLibrary.forms.equal_sections import Tie, chosen_section, named_block
from GenFlowLibrary.forms.evidence import CardReading, read_card
from GenFlowLibrary.forms.flags import as_flag
from GenFlowLibrary.forms.key_reading import KeyReading, read_key
from GenFlowLibrary.forms.options import choose
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.similarity import Score, score
from GenFlowLibrary.forms.values import to_setting

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import FieldCard

FLOOR = 0.6
"""The lowest score that counts as a match.

Measured on 207 fills of saved real pages (773 values, labels taken out, 30 languages): 95.9 % right and 0.39 % wrong; a
floor of 0.7 loses 1.6 points of right and wins none, 0.5 wins none of right and adds two wrong values.
"""

MARGIN = 0.08
"""How much better than the runner-up a pair must be, for the key and for the field.

Equal texts in two sections differ by 0.04 to 0.05 when only one section has a name of its own, which decides nothing, and by 0.10 when the
key names the section. On the pages above 0.15 loses one point of right, and 0.03 adds a wrong value.
"""

OFFERED = 0.12
"""What it adds that a list has the very value among its options, and what it takes away that the list has nothing like it: more than
MARGIN, so that of two fields that say the same the one that can take the value is meant."""

REFUSED = 0.12
"""What it takes away that the field's own constraints forbid the value, more than MARGIN for the same reason."""

_TYPED = ("text", "password", "email", "tel", "url", "search", "number")
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
    """A key that fits no field well enough, or several equally well: ``candidates`` best first, ``remedy`` what to do about it if known."""

    key: str
    candidates: tuple[FieldCard, ...] = ()
    remedy: str = ""

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
    """Returns nested mappings as one, with the keys joined by dots: ``{"customer": {"city": "Turku"}}`` -> ``customer.city``.

    An empty cell of a data frame, which is no number (NaN) or no time, is ``None``. Blanks around keys do not count, as in the headers of
    a spreadsheet.

    Raises InputError when two keys are the same then: one of the values would be lost.
    """
    flat: dict[str, object] = {}
    for key, value in data.items():
        path = f"{prefix}{str(key).strip()}"
        if isinstance(value, Mapping):
            new = flatten(value, f"{path}.")
        else:
            empty_cell = isinstance(value, (float, date)) and value != value  # noqa: PLR0124 - what NaN alone is
            new = {path: None if empty_cell else value}
        twice = [path for path in new if path in flat]
        if twice:
            raise InputError(
                f"Expected each data key once, found '{twice[0]}' twice, as blanks around keys do not count and dots stand for nesting: "
                "rename one of them or leave it out."
            )
        flat.update(new)
    return flat


def match(data: Mapping[str, object], cards: Sequence[FieldCard], language: str = "") -> Matching:
    """Assigns keys to cards.

    ``data`` is flat; its values only tell which fields could take them: a yes or no goes into a check box, an address into an e-mail field,
    a word into a list that offers it. ``language`` is the page's (BCP 47), for words that mean different things in two languages.

    A pair is taken when its score reaches FLOOR and beats by MARGIN every other free field for the key and every other open key for the
    field. Certain pairs are taken first, and what they take no longer competes. The rest is unresolved.
    """
    keys = [read_key(key) for key in data]
    readings = by_neighbours([read_card(card, language) for card in cards])
    scores = _scores(keys, readings, data)
    pairs = _assign(scores, range(len(keys)), range(len(readings)))
    sections = [reading.card.section for reading in readings]
    blocks = [named_block(r.card.section, r.card.name or r.card.id) for r in readings]
    for places in (sections, blocks):
        while more := _in_equal_sections(keys, readings, places, scores, pairs):
            pairs |= more
            pairs |= _assign(scores, _but(len(keys), pairs.keys()), _but(len(readings), pairs.values()))
    for k, c in login_pairs(keys, readings, pairs, data).items():
        pairs[k] = c
        scores[k, c] = Score(FLOOR, "the one field that says who logs in")
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


_Scores = dict[tuple[int, int], Score]
"""The scores of keys and cards, by their numbers; pairs that cannot be meant are not in it."""


def _scores(
    keys: Sequence[KeyReading], readings: Sequence[CardReading], data: Mapping[str, object]
) -> _Scores:
    found: _Scores = {}
    for k, key in enumerate(keys):
        for c, reading in enumerate(readings):
            by_words = score(key, reading)
            if by_words.value and (fits := _with_value(by_words, data[key.key], key, reading.card)).value > 0:
                found[k, c] = fits
    return found


def _but(count: int, taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [number for number in range(count) if number not in gone]


def _with_value(found: Score, value: object, key: KeyReading, card: FieldCard) -> Score:
    """The score of a pair after a look at whether the field could take the value at all."""
    if value is None or isinstance(value, SecretHandle):
        return found
    if card.kind == "checkbox":
        return found if as_flag(value) is not None else Score(0.0)
    if card.kind == "email" and "email" not in key.leaf.head and "@" not in str(value):
        return Score(0.0)
    if card.kind in ("select", "radio") and card.options and not isinstance(value, (list, tuple, set, bool)):
        return Score(found.value + (OFFERED if _offers(card, value) else -OFFERED), found.how)
    if isinstance(value, str) and card.kind in _TYPED and card.constraints and not _takes(card, value):
        return Score(found.value - REFUSED, found.how)
    return found


def _takes(card: FieldCard, value: str) -> bool:
    try:
        to_setting(card, value)
    except ValueRejected:
        return False
    return True


def _offers(card: FieldCard, value: object) -> bool:
    try:
        choose(value, card.options)
    except ValueRejected:
        return False
    return True


def _in_equal_sections(
    keys: Sequence[KeyReading],
    readings: Sequence[CardReading],
    places: Sequence[str],
    scores: _Scores,
    pairs: Mapping[int, int],
) -> dict[int, int]:
    """The pairs of keys that fit two sections equally well, where the data as a whole says which is meant.

    ``places`` are the cards' sections, or the blocks that their names put them in.
    """
    free = _but(len(readings), pairs.values())
    ties = []
    for k in _but(len(keys), pairs):
        values = {c: scores[k, c].value for c in free if (k, c) in scores}
        best = max(values.values(), default=0.0)
        fitting = [c for c, value in values.items() if value >= max(FLOOR, best - MARGIN + 1e-9)]
        sections = frozenset(places[c] for c in fitting)
        if len(sections) > 1 and "" not in sections:
            ties.append(Tie(k, sections))
    chosen = chosen_section(keys, places, ties, pairs)
    if chosen is None:
        return {}
    for k in chosen.keys:  # what is meant for this section is not meant for the others
        for c in free:
            if places[c] in chosen.others:
                scores.pop((k, c), None)
    return _assign(scores, chosen.keys, [c for c in free if places[c] == chosen.section])


def _assign(scores: _Scores, keys: Iterable[int], cards: Iterable[int]) -> dict[int, int]:
    open_keys, free = set(keys), set(cards)
    pairs: dict[int, int] = {}
    while True:
        open_pairs = {(k, c): found.value for (k, c), found in scores.items() if k in open_keys and c in free}
        certain = _certain(open_pairs)
        if not certain:
            return pairs
        pairs |= certain
        open_keys -= certain.keys()
        free -= set(certain.values())


def _certain(open_pairs: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """The pairs that beat every other one of their key and of their card; no two of them share either."""
    of_key: dict[int, list[float]] = {}
    of_card: dict[int, list[float]] = {}
    for (k, c), value in open_pairs.items():
        of_key.setdefault(k, []).append(value)
        of_card.setdefault(c, []).append(value)
    return {
        k: c
        for (k, c), value in open_pairs.items()
        if value >= FLOOR
        and value - max(_rival(of_key[k], value), _rival(of_card[c], value)) >= MARGIN - 1e-9
    }


def _rival(values: Sequence[float], own: float) -> float:
    """The best of the other values of a key or a card."""
    others = sorted(values, reverse=True)
    return others[0] if others[0] > own else others[1] if len(others) > 1 else 0.0


def _candidates(
    key: int, scores: _Scores, readings: Sequence[CardReading], taken: set[int]
) -> tuple[FieldCard, ...]:
    fitting = [
        (-found.value, c)
        for (k, c), found in scores.items()
        if k == key and c not in taken and found.value >= FLOOR
    ]
    return tuple(readings[c].card for _, c in sorted(fitting)[:_CANDIDATES])


__all__ = ["FLOOR", "MARGIN", "KeyReading", "Match", "Matching", "Unresolved", "flatten", "match"]
