"""Finding learned fields on the page as it is now: the same, changed but surely it, or lost. Never a guess.

fingerprints x cards -> the same ones -> for the rest likeness with floor and margin, one to one -> Finding

A contradiction (a label that asks for something else, the section of another person, a control of another nature) excludes, whatever else
agrees. A field that was there under its own label when the plan was made is never what a missing one became.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from GenFlowLibrary.forms.evidence import GENERIC
from GenFlowLibrary.forms.fingerprint import Fingerprint, described, fits, looks, without_data
from GenFlowLibrary.forms.labels import normal
from GenFlowLibrary.forms.lexicon import Reading, lexicon, read
from GenFlowLibrary.forms.similarity import TYPING_ERROR

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard

FLOOR = 0.5
"""Likeness from which a changed field can be the learned one: all but the label and one more, or the label by meaning and the place."""

MARGIN = 0.15
"""How much more alike than any other field it must be, and than any other missing field is to it. Two fields that share section, kind and
one neighbour differ by their words alone; the halves of a split field differ by less than 0.1."""

SAME_MEANING = 0.85
"""Likeness of two labels that ask for the same in other words."""

_WEIGHTS = {
    "label": 0.34,
    "name": 0.22,
    "id": 0.1,
    "section": 0.1,
    "kind": 0.08,
    "around": 0.12,
    "position": 0.04,
}
_CONFLICT = -1.0
_TEXTS = frozenset({"text", "search", "tel", "email", "url", "number", "textarea", "contenteditable"})
_CHOICES = frozenset({"select", "radio", "multiselect"})
_DATED = frozenset({"date", "time", "datetime-local", "month", "week"})


@dataclass(frozen=True)
class Finding:
    """One learned field on the page as it is now.

    ``card`` is set unless it is lost; ``near`` are the cards that come near then. ``difference`` tells in words what changed.
    """

    key: str
    state: Literal["same", "changed", "lost"]
    card: FieldCard | None = None
    difference: str = ""
    score: float = 1.0
    near: tuple[FieldCard, ...] = ()


def locate(
    learned: Mapping[str, Fingerprint], cards: Sequence[FieldCard], others: Collection[str] = ()
) -> dict[str, Finding]:
    """Returns where each learned field is, by data key.

    ``others`` are the labels of the fields that the form had besides, as `without_data` writes them.
    """
    same = _claimed_once({key: _same(known, cards) for key, known in learned.items()})
    found = {key: Finding(key, "same", card) for key, card in same.items()}
    missing = {key: known for key, known in learned.items() if key not in same}
    if missing:
        taken = {card.number for card in same.values()}
        free = [card for card in cards if card.number not in taken and not is_known_other(card, others)]
        found.update(_changed(missing, free, cards))
    return found


def _claimed_once(claims: Mapping[str, FieldCard | None]) -> dict[str, FieldCard]:
    """A card that two fingerprints claim is surely neither's."""
    numbers = [card.number for card in claims.values() if card is not None]
    return {key: card for key, card in claims.items() if card is not None and numbers.count(card.number) == 1}


def is_known_other(card: FieldCard, others: Collection[str]) -> bool:
    """Tells whether a card is, by its label, one of the fields that the form had besides."""
    return any(fits(other, card.label) for other in others)


def _same(known: Fingerprint, cards: Sequence[FieldCard]) -> FieldCard | None:
    """The one card that looks the same to a person, unless its old name or id now sits on another card.

    Where several looked the same when it was learned, its name must say which; without a name its place among them, if they are as many.
    """
    alike = [card for card in cards if _looks_the_same(known, card)]
    named = [card for card in cards if _is_named(known, card)]
    both = [card for card in alike if card in named]
    if len(both) == 1 and len(named) == 1:
        return both[0]
    if named:
        return None
    if known.twin:
        nameless = not (known.name or known.id)
        return alike[known.twin[0] - 1] if nameless and len(alike) == known.twin[1] else None
    return alike[0] if len(alike) == 1 and known.label else None


def _looks_the_same(known: Fingerprint, card: FieldCard) -> bool:
    return (
        (not known.kind or known.kind == card.kind)
        and (not known.label or fits(known.label, card.label))
        and (not known.section or fits(known.section, card.section))
        and bool(known.label or known.name or known.id)
    )


def _is_named(known: Fingerprint, card: FieldCard) -> bool:
    return bool(known.name and known.name == card.name) or bool(known.id and known.id == card.id)


def _changed(
    missing: Mapping[str, Fingerprint], free: Sequence[FieldCard], cards: Sequence[FieldCard]
) -> dict[str, Finding]:
    scores = {
        (key, card.number): likeness(known, card, cards) for key, known in missing.items() for card in free
    }
    found = {}
    for key, known in missing.items():
        ranked = sorted(free, key=lambda card: (-scores[key, card.number], card.number))
        near = tuple(card for card in ranked if scores[key, card.number] >= FLOOR)[:3]
        if near and _beats_the_others(scores, key, near[0].number) and not _has_a_twin(known, near[0], free):
            found[key] = Finding(
                key, "changed", near[0], difference(known, near[0]), scores[key, near[0].number]
            )
        else:
            found[key] = Finding(key, "lost", difference=described(known), score=0.0, near=near)
    return found


def _beats_the_others(scores: Mapping[tuple[str, int], float], key: str, number: int) -> bool:
    best = scores[key, number]
    rivals = [
        value
        for (other_key, other), value in scores.items()
        if (other_key == key) != (other == number)  # another card for this key, or another key for this card
    ]
    return best - max(rivals, default=0.0) >= MARGIN - 1e-9


def _has_a_twin(known: Fingerprint, card: FieldCard, free: Sequence[FieldCard]) -> bool:
    """Whether another card looks the same to a person: what stands beside them is too little to choose by, only the old name would do."""
    twins = [other for other in free if other.number != card.number and looks(other) == looks(card)]
    return bool(twins) and not _is_named(known, card)


def likeness(known: Fingerprint, card: FieldCard, cards: Sequence[FieldCard]) -> float:
    """Returns how much a card is like a learned field, from 0 to 1; 0 when something contradicts."""
    at = next(index for index, other in enumerate(cards) if other.number == card.number)
    before = cards[at - 1].label if at else ""
    behind = cards[at + 1].label if at + 1 < len(cards) else ""
    around = [fits(text, now) for text, now in ((known.after, before), (known.before, behind)) if text]
    parts: dict[str, float | None] = {
        "label": label_likeness(known.label, card.label) if known.label else None,
        "name": _name_likeness(known.name, card.name) if known.name else None,
        "id": _name_likeness(known.id, card.id) if known.id else None,
        "section": _section_likeness(known.section, card.section) if known.section else None,
        "kind": _kind_likeness(known.kind, card.kind) if known.kind else None,
        "around": sum(around) / len(around) if around else None,
        "position": _place_likeness(known.position, at + 1, len(cards)) if known.position else None,
    }
    told = {part: value for part, value in parts.items() if value is not None}
    if _CONFLICT in told.values() or not any(told.get(part, 0.0) for part in ("label", "name", "id")):
        return 0.0  # a stranger in the same place is a stranger
    weight = sum(_WEIGHTS[part] for part in told)
    return round(sum(_WEIGHTS[part] * value for part, value in told.items()) / weight, 4)


def label_likeness(learned: str, found: str) -> float:
    """Returns how much two labels ask for the same: 1 the same text, SAME_MEANING the same concept, negative for a contradiction."""
    if fits(learned, found):
        return 1.0
    old, new = read(learned), read(found)
    if any(new.qualifiers.get(group, value) != value for group, value in old.qualifiers.items()):
        return _CONFLICT
    if old.head and new.head:
        return _concept_likeness(old, new)
    ratio = fuzz.ratio(normal(learned).replace(" ", ""), normal(found).replace(" ", ""))
    if ratio >= TYPING_ERROR and _digits(old) == _digits(new):
        return SAME_MEANING
    mine, theirs = set(old.words), set(new.words)
    return 0.5 if mine and theirs and (mine <= theirs or theirs <= mine) else 0.0


def _concept_likeness(old: Reading, new: Reading) -> float:
    if contradict(old.head, new.head):
        return _CONFLICT
    if not old.head & new.head:
        return 0.1 if old.head <= GENERIC or new.head <= GENERIC else 0.3
    only_old, only_new = old.told - new.told, new.told - old.told
    if (only_old and only_new) or _digits(old) != _digits(new):
        return _CONFLICT  # the number of an order is not that of an invoice
    return SAME_MEANING if not only_old and not only_new else 0.3


def contradict(first: Collection[str], second: Collection[str]) -> bool:
    """Tells whether two sets of the lexicon's concepts ask for different things: none shared, none broader, none of them vague."""
    if not first or not second or set(first) & set(second):
        return False
    broader = lexicon().broader
    if any(broader.get(a) == b or broader.get(b) == a for a in first for b in second):
        return False
    return not (set(first) <= GENERIC or set(second) <= GENERIC)


def _digits(reading: Reading) -> list[str]:
    return [word for word in reading.words if word.isdigit()]


def _name_likeness(learned: str, found: str) -> float:
    if learned == found:
        return 1.0
    mine, theirs = normal(learned), normal(found)
    if mine and mine == theirs:
        return 0.9
    return 0.6 if mine and theirs and fuzz.ratio(mine, theirs) >= TYPING_ERROR else 0.0


def _section_likeness(learned: str, found: str) -> float:
    if fits(learned, found):
        return 1.0
    old, new = read(learned).qualifiers, read(found).qualifiers
    return _CONFLICT if any(new.get(group, value) != value for group, value in old.items()) else 0.0


def _kind_likeness(learned: str, found: str) -> float:
    if learned == found:
        return 1.0
    kinds = {learned, found}
    if kinds <= _TEXTS or kinds <= _CHOICES:
        return 0.7
    near = (kinds & _TEXTS and kinds & (_DATED | _CHOICES)) or kinds <= _DATED
    return 0.4 if near else _CONFLICT


def _place_likeness(learned: tuple[int, int], number: int, count: int) -> float:
    return 1.0 - abs(learned[0] - number) / max(learned[1], count)


def difference(known: Fingerprint, card: FieldCard) -> str:
    """Returns in words what changed: ``was label 'Amount', now label 'Refund amount' (same name 'amount')``."""
    was, now, kept = [], [], []
    for part in ("label", "section", "kind", "name", "id"):
        learned, found = getattr(known, part), getattr(card, part)
        if not learned:
            continue
        if (part in ("label", "section") and fits(learned, found)) or learned == found:
            kept.append(f"{part} '{learned}'")
        else:
            was.append(f"{part} '{learned}'")
            now.append(f"{part} '{without_data(found, ())}'" if found else f"no {part}")
    same = f" (same {', '.join(kept)})" if kept else ""
    return f"was {', '.join(was)}, now {', '.join(now)}{same}" if was else f"moved{same}"
