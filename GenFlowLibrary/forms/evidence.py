"""What a field card says about itself: its texts read by the lexicon, with how much each source is to be believed.

FieldCard -> CardReading(evidence: label, placeholder, name ...; qualifiers and words of its section; autocomplete concept; what it offers)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.labels import alternatives, parts, words
from GenFlowLibrary.forms.lexicon import Reading, lexicon, read
from GenFlowLibrary.forms.offers import first_line, offered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from GenFlowLibrary.browser.page import FieldCard

_BELIEF = {
    "aria-labelledby": 1.0,
    "aria-label": 1.0,
    "label": 1.0,
    "legend": 1.0,
    "neighbour": 0.97,
    "placeholder": 0.95,
    "first option": 0.94,
    "title": 0.93,
    "name": 0.92,
    "id": 0.9,
}
"""How much a source is believed: what a person is told comes before what the programmer called it, in the order of the label."""

SPOKEN = ("aria-labelledby", "aria-label", "label", "legend")
"""Sources that were written as this field's label; against them a name or a kind counts little."""


@dataclass(frozen=True)
class Evidence:
    """One text of a card. ``readings``: of the whole text, of its first part, and of each alternative that it offers."""

    source: str
    belief: float
    text: str
    readings: tuple[Reading, ...]


_TYPE_WORDS = frozenset({"id", "select", "list", "dropdown", "ddl", "combo", "value"})


def _without_type(source: str, text: str, kind: str) -> tuple[Reading, ...]:
    """A programmer's name without the words for the control's type: ``country_id`` and ``ddlCountryCode`` choose a country."""
    if source not in ("name", "id"):
        return ()
    drop = _TYPE_WORDS | ({"code"} if kind == "select" else set())
    split = words(text)
    kept = [word for word in split if word not in drop]
    return (read(" ".join(kept)),) if kept and len(kept) < len(split) else ()


@dataclass(frozen=True)
class CardReading:
    """A card with all that its texts mean."""

    card: FieldCard
    evidence: tuple[Evidence, ...]
    qualifiers: dict[str, str] = field(default_factory=dict)
    context: frozenset[str] = frozenset()
    token: str = ""
    told_by: str = "autocomplete"
    offer: str = ""
    contradicted: bool = False

    @property
    def heads(self) -> frozenset[str]:
        """All concepts that one of its texts asks for."""
        return frozenset(head for item in self.evidence for reading in item.readings for head in reading.head)


def _readings(text: str) -> tuple[Reading, ...]:
    found = [read(text)]
    main = parts(text)[:1]
    found += [read(part) for part in main if part != text]
    for part in main:
        either = alternatives(part)
        found += [read(piece) for piece in either] if len(either) > 1 else []
    return tuple({reading.text: reading for reading in found}.values())


def words_of(reading: Reading) -> frozenset[str]:
    """Returns everything in a reading that can tell one field from another: things, unknown words, further concepts."""
    return reading.things | reading.rest | reading.more


_SENTENCE = re.compile(r"\S+(?:\s+\S+){3,}[.!]|.{12,}[。！]", re.DOTALL)
"""Four words and a full stop: what a page says to people (``The number must not be empty.``), not what a field is called."""


def _sources(card: FieldCard) -> Iterable[tuple[str, str]]:
    if card.label_source != "neighbour" or not _SENTENCE.fullmatch(card.label.strip()):
        yield card.label_source or "label", card.label
    for source, text in (
        ("placeholder", card.placeholder),
        ("first option", first_line(card)),
        ("title", card.title),
        ("name", card.name),
        ("id", card.id),
    ):
        if text and source != card.label_source:
            yield source, text


def read_card(card: FieldCard) -> CardReading:
    """Returns the card with its texts read. Its own qualifiers come before those of autocomplete and section."""
    evidence = tuple(
        Evidence(
            source, _BELIEF.get(source, 0.9), text, _readings(text) + _without_type(source, text, card.kind)
        )
        for source, text in _sources(card)
        if text
    )
    section = [read(part) for part in card.section.split(" / ") if part]
    known = lexicon()
    tokens = card.autocomplete.casefold().split()
    qualifiers: dict[str, str] = {}
    for reading in section:
        qualifiers.update({g: q for g, q in reading.qualifiers.items() if g != "repeat"})
    qualifiers.update(known.token_qualifiers[token] for token in tokens if token in known.token_qualifiers)
    for item in reversed([item for item in evidence if item.source != "first option"]):
        qualifiers.update(item.readings[0].qualifiers)
    context = frozenset(word for reading in section for word in words_of(reading) | reading.head)
    token = next((known.tokens[token] for token in reversed(tokens) if token in known.tokens), "")
    if token == "password" and card.kind != "password":  # noqa: S105 - pages write it on any field to keep browsers from filling it
        token = ""
    return CardReading(card, evidence, qualifiers, context, token, offer=offered(card))
