"""How a field is known again on another day: what people and programmers call it, and what stands around it. Never an XPath.

FieldCard + the form's other cards -> Fingerprint -> compared with the cards of a later snapshot (heal.py)
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.labels import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from GenFlowLibrary.browser.page import FieldCard

ANYTHING = "*"
"""Stands in a fingerprint for words that belong to one record: ``Refund for *``."""

_RECORD_WORD = re.compile(r"\S*\d\S*\d\S*\d\S*\d\S*")
"""A word with four digits or more is a number, a date or an identifier of one record. ``Question 12`` keeps its 12."""

_MADE_BY_PROGRAM = re.compile(
    r"[:{}]|\d{4,}|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,}"
    r"|^(field|input|text|textfield|txt|question|q|col|column|item|ctl|control|element|el|f|x)?[\W_]*\d+$",
    re.IGNORECASE,
)
"""Names such as ``:r5:``, ``field_171234`` and ``x-8f3a2c`` are dealt anew with every page, and ``field_3`` is whichever comes third."""

_SHORTEST_VALUE = 3
"""Letters below which a value in a heading is chance."""


@dataclass(frozen=True)
class Fingerprint:
    """What is known of one field. What is empty is not compared.

    ``after`` and ``before`` are the labels of the fields next to it; ``position`` is its place among all fields and ``twin`` its place
    among those that share its label, section and kind, both as (number, of how many).
    """

    label: str = ""
    section: str = ""
    kind: str = ""
    name: str = ""
    id: str = ""
    after: str = ""
    before: str = ""
    position: tuple[int, int] | None = None
    twin: tuple[int, int] | None = None


def take_fingerprint(card: FieldCard, cards: Sequence[FieldCard], values: Iterable[object]) -> Fingerprint:
    """Returns a card's fingerprint without data: words that come from ``values``, and numbers of records, become ``*``.

    Names and ids are kept only where they belong to this card alone and do not look dealt by a program.
    """
    given = texts_of(values)
    at = next(index for index, other in enumerate(cards) if other.number == card.number)
    name, own_id = own_name(card, cards), _own(card.id, [other.id for other in cards])
    twins = [other.number for other in cards if looks(other) == looks(card)]
    return Fingerprint(
        label=label_without_data(card.label, given),
        section=without_data(card.section, given),
        kind=card.kind,
        name=name,
        id=own_id,
        after=label_without_data(cards[at - 1].label, given) if at else "",
        before=label_without_data(cards[at + 1].label, given) if at + 1 < len(cards) else "",
        position=(at + 1, len(cards)),
        twin=None if len(twins) == 1 else (twins.index(card.number) + 1, len(twins)),
    )


def looks(card: FieldCard) -> tuple[str, str, str]:
    """Returns what a person tells fields apart by: label, section, kind."""
    return normal(card.label), normal(card.section), card.kind


def own_name(card: FieldCard, cards: Sequence[FieldCard]) -> str:
    """Returns a card's name where no other card has it and no program dealt it, else nothing."""
    return _own(card.name, [other.name for other in cards])


def _own(text: str, all_texts: Sequence[str]) -> str:
    return "" if not text or Counter(all_texts)[text] > 1 or _MADE_BY_PROGRAM.search(text) else text


def texts_of(values: Iterable[object]) -> list[str]:
    """Returns values as texts; secrets are never looked for, for they are never shown."""
    return [str(value) for value in values if value is not None and not isinstance(value, SecretHandle)]


def label_without_data(label: str, values: Iterable[str]) -> str:
    """Returns a label without data.

    Only values that can hardly be words of a label count: ``Email`` may be a value, and the label ``Email address`` stays as it is.
    """
    return without_data(label, [value for value in values if re.search(r"[\d\s@]", value.strip())])


def without_data(text: str, values: Iterable[str]) -> str:
    """Returns a text of the page with what belongs to one record replaced by ``*``; empty when nothing else is left."""
    for value in sorted({v.strip() for v in values}, key=len, reverse=True):
        if len(value) >= _SHORTEST_VALUE and value.casefold() != text.casefold():
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", ANYTHING, text, flags=re.IGNORECASE)
    text = re.sub(r"\*(\s+\*)+", ANYTHING, _RECORD_WORD.sub(ANYTHING, text)).strip()
    return text if text.strip(f"{ANYTHING} ,.:;/#-") else ""


def fits(learned: str, found: str) -> bool:
    """Tells whether a text of the page is the learned one, its ``*`` standing for anything; case and punctuation do not matter."""
    if ANYTHING not in learned:
        return normal(learned) == normal(found)
    pattern = r".*".join(re.escape(normal(part)) for part in learned.split(ANYTHING))
    return re.fullmatch(pattern, normal(found)) is not None


def described(fingerprint: Fingerprint) -> str:
    """Returns a fingerprint for a message: ``label 'Amount', name 'amount'``."""
    parts = [
        f"{name} '{text}'"
        for name, text in (
            ("label", fingerprint.label),
            ("section", fingerprint.section),
            ("name", fingerprint.name),
        )
        if text
    ]
    return ", ".join(parts) or f"id '{fingerprint.id}'"
