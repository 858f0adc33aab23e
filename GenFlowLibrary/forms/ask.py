"""What an engine is asked about the keys the matcher left, and which of its answers are believed. Pure: nobody is asked here.

unresolved keys x free cards + what is to be written -> Question -> (an engine, elsewhere) -> our own rules -> pairs that may be filled

The engine sees keys and cards, never values, and chooses among numbers. What a page writes into its labels can at most make it choose
badly, and then the rules here stand between its choice and the form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.browser.render import render_cards
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.evidence import read_card
from GenFlowLibrary.forms.heal import contradict
from GenFlowLibrary.forms.key_reading import read_key
from GenFlowLibrary.forms.labels import normal
from GenFlowLibrary.forms.lexicon import lexicon
from GenFlowLibrary.forms.match import Match, Matching, Unresolved
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.values import to_setting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard, Snapshot
    from GenFlowLibrary.forms.plan import FillPlan
    from GenFlowLibrary.forms.writing import Writing

ASKED = 0.0
"""The score of a pair that an engine chose: no likeness was measured."""

BY_ENGINE = "chosen by the engine"
"""How such a pair was found, in the table and in learned plans."""


@dataclass(frozen=True)
class Question:
    """The keys without a field, numbered from 1, and the form with the fields that are still free, numbered as on the page.

    ``writing`` is what is to be written in the same answer.
    """

    keys: tuple[str, ...]
    form: Snapshot
    writing: Writing | None = None

    def inputs(self) -> dict[str, Any]:
        """Returns the inputs of the prompt: the keys as numbered names, the cards as numbered lines, what is to be written."""
        keys = [{"number": number, "name": key} for number, key in enumerate(self.keys, 1)]
        fields = {"fields": render_cards(self.form, with_options=True)} if keys else {}
        return {"keys": keys, **fields, **(self.writing.inputs(self.keys) if self.writing else {})}

    def fields_of(self, chosen: Sequence[int]) -> dict[str, FieldCard]:
        """Returns the fields that were chosen, by key."""
        cards = {card.number: card for card in self.form.fields}
        return {key: cards[number] for key, number in zip(self.keys, chosen, strict=True) if number}

    def problem(self, chosen: Sequence[int]) -> str | None:
        """Returns what is wrong with the field numbers chosen for the keys as a sentence for the engine, ``None`` if they can be meant."""
        free = {card.number for card in self.form.fields}
        for key, number in enumerate(chosen, 1):
            if number and number not in free:
                listed = ", ".join(map(str, sorted(free)))
                return f"Expected field_{key} to be 0 or the number of a listed field ({listed}), but it is {number}."
            if number and list(chosen).count(number) > 1:
                return (
                    f"Expected each field for one key at most, but field {number} is chosen more than once."
                )
        return None


def question_for(
    snapshot: Snapshot, plan: FillPlan, settled: Collection[str] = (), writing: Writing | None = None
) -> Question | None:
    """Returns what is left to ask, ``None`` where nothing is to be written, and no key with a value is open or no field is free for it.

    ``settled`` are keys that are known to belong in no field.
    """
    keys = tuple(left.key for left in plan.unresolved if left.key not in settled)
    taken = {planned.card.number for planned in plan.fields}
    free = tuple(c for c in snapshot.fields if c.number not in taken and not c.disabled and not c.readonly)
    if not (keys and free):
        return Question((), replace(snapshot, fields=()), writing) if writing else None
    return Question(keys, replace(snapshot, fields=free), writing)


def believed(
    question: Question, chosen: Sequence[int], data: Mapping[str, object]
) -> tuple[tuple[Match, ...], tuple[str, ...]]:
    """Returns the pairs of an answer that pass our own rules, and in words why others do not."""
    cards = {card.number: card for card in question.form.fields}
    matches, refused = [], []
    for key, number in zip(question.keys, chosen, strict=True):
        if not number:
            continue
        card = cards[number]
        doubt = _doubt(key, card, data[key], question.form.fields)
        if doubt:
            refused.append(
                f"The engine chose '{card.label or card.name}' for '{key}', which was refused: {doubt}."
            )
        else:
            matches.append(Match(key, card, ASKED, BY_ENGINE))
    return tuple(matches), tuple(refused)


def with_answers(matching: Matching, answered: Sequence[Match], data: Mapping[str, object]) -> Matching:
    """Returns a matching with further pairs in it, in the order of the data."""
    order = list(data)
    settled = {found.key for found in answered}
    taken = {found.card.number for found in answered}
    return Matching(
        tuple(sorted((*matching.matches, *answered), key=lambda found: order.index(found.key))),
        tuple(
            Unresolved(left.key, tuple(card for card in left.candidates if card.number not in taken))
            for left in matching.unresolved
            if left.key not in settled
        ),
    )


def _doubt(key: str, card: FieldCard, value: object, free: Sequence[FieldCard]) -> str:
    """Why a key may not go into a field, whatever the engine says; empty where nothing speaks against it."""
    if isinstance(value, SecretHandle) and card.kind != "password":
        return "a secret goes only into a password field, unless its own name says where it belongs"
    if said := contradiction(key, card):
        return said
    twins = [
        c
        for c in free
        if c.number != card.number and c.kind == card.kind and normal(c.label) == normal(card.label)
    ]
    if twins and _says_no_more_than(key, card):
        return "another field is called the same, and the key does not say which"
    try:
        to_setting(card, value)
    except ValueRejected:
        return "its value cannot go in there"  # the value itself stays out of messages
    return ""


def contradiction(key: str, card: FieldCard) -> str:
    """Returns why key and field ask for different things by the lexicon, empty where they need not."""
    wanted, offered = read_key(key), read_card(card)
    theirs = offered.qualifiers
    if "repeat" in theirs and "repeat" not in wanted.qualifiers:
        return "it asks to repeat another field"
    for group, name in wanted.qualifiers.items():
        if theirs.get(group, name) != name:
            return f"the key says {name}, the field {theirs[group]}"
    heads = wanted.leaf.head | wanted.whole.head
    label = offered.evidence[0].readings if offered.evidence else ()
    asks_for = (
        frozenset(concept for reading in label for concept in reading.head),
        frozenset({offered.token} - {""}),
        frozenset({lexicon().kinds.get(card.kind, "")} - {""}),
    )
    for concepts in asks_for:
        if contradict(heads, concepts):
            return f"the key means {_named(heads)}, the field {_named(concepts)}"
    return ""


def _named(concepts: frozenset[str]) -> str:
    return " or ".join(sorted(concept.replace("_", " ") for concept in concepts))


def _says_no_more_than(key: str, card: FieldCard) -> bool:
    """Whether the key has no word besides those of the label that could tell two such fields apart."""
    wanted = read_key(key)
    return not wanted.path.words and not set(wanted.leaf.content) - set(normal(card.label).split())
