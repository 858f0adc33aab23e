"""A learned element: what a description after ``gen:`` means on one page, and how that element is known again. No values, no whole page.

target + the page's other targets -> cards -> Fingerprint -> LearnedElement -> found again among the targets of a later look (heal.py)

Only what the page itself calls by a name is learned, never what is told from its like by the record it belongs to: tomorrow another record
stands in that row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rapidfuzz import fuzz

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.fingerprint import fits, label_without_data, looks, take_fingerprint
from GenFlowLibrary.forms.heal import SAME_MEANING, Finding, label_likeness, locate
from GenFlowLibrary.forms.labels import normal, words
from GenFlowLibrary.forms.pointing import FIELDS
from GenFlowLibrary.forms.said import actions_in, contradicting_actions, is_grave, same_action
from GenFlowLibrary.forms.similarity import TYPING_ERROR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.page import FieldKind
    from GenFlowLibrary.browser.targets import Target
    from GenFlowLibrary.forms.fingerprint import Fingerprint
    from GenFlowLibrary.forms.learned import Place

MOST_OTHERS = 8
"""Look-alikes that are written down: the names on the page most like the learned one."""
ALIKE = 50.0
"""rapidfuzz ratio from which another name is worth writing down as a look-alike."""
MOST_IN_A_RECORD = 8
"""Things that a person acts on in one row or list entry; where more share it, it is a part of the layout and no record."""

_RECORDS = frozenset({"row", "option", "message"})
_CARDED = frozenset(
    {"button", "link", "field", "checkbox", "switch", "radio", "select", "tab", "menuitem"}
    | {"heading", "image", "table", "form", "section", "dialog"}
)
_KEY = "element"


@dataclass(frozen=True)
class LearnedElement:
    """What a description means on one page. ``how`` tells what decided, ``others`` are names of look-alikes that were there besides."""

    place: Place
    description: str
    fingerprint: Fingerprint
    how: str = ""
    others: tuple[str, ...] = ()
    learned: str = ""


def spoken(description: str) -> str:
    """Returns a description as it is kept: its spacing does not matter."""
    return " ".join(description.split())


def make_element(
    place: Place, description: str, target: Target, targets: Sequence[Target], how: str, day: str
) -> LearnedElement | None:
    """Returns what is worth learning, ``None`` where the element could not be known again, or only by what belongs to one record."""
    cards = cards_of(targets)
    card = next((card for card in cards if card.number == target.number), None)
    if card is None or label_without_data(card.label, ()) != card.label:
        return None
    own = take_fingerprint(card, cards, ())
    twins = [other for other in cards if looks(other) == looks(card)]
    if not (own.label or own.name or own.id) or (len(twins) > 1 and not (own.name or own.id)):
        return None
    learned = LearnedElement(place, spoken(description), own, how, _look_alikes(card, cards), day)
    found = find_element(learned, targets)
    return learned if found.state == "same" and found.card == card else None


def find_element(learned: LearnedElement, targets: Sequence[Target]) -> Finding:
    """Returns where a learned element is now: the same, changed but surely it, or lost.

    Of two that are equally like it none is taken. A changed name counts as the same element only if it means the same, or the element has
    its own old id or name and the new one neither names another action nor, for an action that cannot be undone, says anything else.
    """
    found = locate({_KEY: learned.fingerprint}, cards_of(targets), learned.others)[_KEY]
    if found.state != "changed" or found.card is None or not _doubtful(learned.fingerprint, found.card):
        return found
    return Finding(_KEY, "lost", difference=found.difference, score=0.0, near=(found.card,))


def contradicted(learned: LearnedElement, targets: Sequence[Target]) -> FieldCard | None:
    """Returns the card that has a learned element's own id or name and now names another action, ``None`` where there is none."""
    known = learned.fingerprint
    for card in cards_of(targets):
        is_it = (known.id and known.id == card.id) or (known.name and known.name == card.name)
        if is_it and contradicting_actions(actions_in(known.label), actions_in(card.label)):
            return card
    return None


def cards_of(targets: Sequence[Target]) -> list[FieldCard]:
    """Returns the targets that belong to the page itself, and not to a record on it, as cards with the targets' numbers."""
    shared = Counter((target.row, target.row_number) for target in targets if target.kind in _CARDED)
    return [
        FieldCard(
            target.number,
            cast("FieldKind", target.kind),
            target.name,
            section=target.sections[0] if target.sections else "",
            name=target.field_name,
            id=target.id,
        )
        for target in targets
        if target.kind in _CARDED and not _in_a_record(target, shared[target.row, target.row_number])
    ]


def _in_a_record(target: Target, sharing: int) -> bool:
    return bool(target.row) and normal(target.row) != normal(target.name) and sharing <= MOST_IN_A_RECORD


def _look_alikes(card: FieldCard, cards: Sequence[FieldCard]) -> tuple[str, ...]:
    """The names most like the card's own, and its own where another one has it: nothing so called may be what it became."""
    own = normal(card.label)
    others = {c.label: c for c in cards if c.kind == card.kind and c.label and normal(c.label) != own}
    scored = sorted(
        (-100.0 if _means_the_same(card.label, other) else -fuzz.token_set_ratio(own, normal(name)), name)
        for name, other in others.items()
    )
    alike = [name for value, name in scored if -value >= ALIKE and label_without_data(name, ()) == name]
    shared = [card.label] if card.label and sum(normal(c.label) == own for c in cards) > 1 else []
    return tuple(sorted([*shared, *alike[:MOST_OTHERS]]))


def _doubtful(known: Fingerprint, card: FieldCard) -> bool:
    if not known.label or _means_the_same(known.label, card):
        return False
    before, now = actions_in(known.label), actions_in(card.label)
    is_it = bool((known.id and known.id == card.id) or (known.name and known.name == card.name))
    return not is_it or contradicting_actions(before, now) or is_grave(before | now)


def _means_the_same(learned: str, card: FieldCard) -> bool:
    """Whether a card's name asks for what the learned name does.

    A word more or less is no slip of the pen: ``Keep all`` does more than ``Keep``. Concepts count for fields alone: links to the terms
    and to the privacy policy are about the same and lead to different pages.
    """
    if fits(learned, card.label) or same_action(learned, card.label):
        return True
    if len(words(learned)) != len(words(card.label)):
        return False
    slip = fuzz.ratio(normal(learned), normal(card.label)) >= TYPING_ERROR
    return label_likeness(learned, card.label) >= SAME_MEANING and (slip or card.kind in FIELDS)
