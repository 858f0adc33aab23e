"""Required fields that the data has no value for: which they are, and which of them nobody but a person may fill.

plan x cards -> required, empty and not planned -> (the engine or a person, elsewhere) -> `Supplied`
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.evidence import read_card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.page import FieldCard
    from GenFlowLibrary.forms.plan import FillPlan

GENERATED = "generated"
ASKED = "given by a person"
"""How a supplied value came, in the table."""

_SECRET = frozenset({"password", "one_time_code", "card_number", "card_code"})
"""Concepts of the lexicon whose values are secrets, whatever kind of control asks for them."""

_YES_OR_NO = ("checkbox", "switch")


@dataclass(frozen=True)
class Supplied:
    """A value for a required field that no data key is meant for, and who gave it."""

    card: FieldCard
    value: object
    how: str


@dataclass(frozen=True)
class PersonQuestion:
    """What a person is asked about one field.

    ``options`` are the texts to choose from, empty where anything may be typed; ``several`` may be chosen together; a ``secret`` is not
    shown while it is typed; ``problem`` tells why the answer before would not do.
    """

    field: str
    hint: str = ""
    options: tuple[str, ...] = ()
    several: bool = False
    secret: bool = False
    problem: str = ""


Person = Callable[[PersonQuestion], object]
"""Asks a person and returns the answer: a text, a list of texts, or a `SecretHandle` for a secret."""


def required_without_data(plan: FillPlan, cards: Sequence[FieldCard]) -> list[FieldCard]:
    """Returns the required fields that are empty and that the plan puts nothing into."""
    planned = {identity(f.card) for f in plan.fields if f.setting is not None}
    taken = {f.card.number for f in plan.fields if f.setting is None and f.key}
    return [
        card
        for card in cards
        if card.required and card.empty and not card.disabled and not card.readonly
        if identity(card) not in planned and card.number not in taken
    ]


Identity = tuple[str, ...]


def identity(card: FieldCard) -> Identity:
    """Returns what a field is known by in two snapshots of one document."""
    return card.frame, card.section, card.name, card.id, card.label


def is_secret(card: FieldCard) -> bool:
    """Tells whether a field asks for a secret: a password by its kind; a card number, security code or one-time code by its words."""
    if card.kind == "password":
        return True
    reading = read_card(card)
    label = reading.evidence[0].readings[0].head if reading.evidence else frozenset()
    return bool((label | {reading.token}) & _SECRET)


def never_written(card: FieldCard) -> str:
    """Returns why an engine may write nothing into a field, empty where it may."""
    if is_secret(card):
        return "because it asks for a secret, which is never generated: give it as a Secret variable"
    if card.kind == "file":
        return "because it takes a file: give its path"
    if card.kind in _YES_OR_NO:
        return "because a tick may be somebody's consent: say yes or no in the data"
    return ""


def question_about(card: FieldCard, name: str, problem: str = "") -> PersonQuestion:
    """Returns what a person is asked about a field; ``name`` is what the field is called."""
    options = tuple(
        o.text or o.value for o in card.options if not o.disabled and (o.value or card.kind != "select")
    )
    limits = ", ".join(f"{limit} {value}" for limit, value in card.constraints.items() if limit != "pattern")
    kind = {"date": "a date like 2026-04-03", "file": "the path of a file"}.get(card.kind, "")
    hint = "; ".join(dict.fromkeys(part for part in (card.hint or card.placeholder, kind, limits) if part))
    return PersonQuestion(
        name,
        hint,
        ("yes", "no") if card.kind in _YES_OR_NO else options,
        several=card.multiple and bool(options),
        secret=is_secret(card),
        problem=problem,
    )
