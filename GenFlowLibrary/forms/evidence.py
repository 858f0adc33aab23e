"""What a field card says about itself: its texts read by the lexicon, with how much each source is to be believed.

FieldCard -> CardReading(evidence: label, placeholder, name ...; qualifiers and words of its section; autocomplete concept; what it offers)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from GenFlowLibrary.forms.labels import alternatives, parts, words
from GenFlowLibrary.forms.lexicon import Reading, lexicon, read
from GenFlowLibrary.forms.offers import first_line, offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from GenFlowLibrary.browser.page import FieldCard, Option

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

GENERIC = frozenset({"name", "number", "date", "amount", "code", "category", "description", "time"})
"""Concepts that say little without the words around them: a product's name is not a person's."""

SPOKEN = ("aria-labelledby", "aria-label", "label", "legend")
"""Sources that were written as this field's label; against them a name or a kind counts little."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """One text of a card. ``readings``: of the whole text, of its first part, and of each alternative that it offers."""

    source: str
    belief: float
    text: str
    readings: tuple[Reading, ...]

    @cached_property
    def main(self) -> Reading:
        """Its first part, which names the field; what follows in brackets or behind a dash explains it."""
        first = parts(self.text)[:1]
        found = read(first[0]).text if first else ""
        return next((reading for reading in self.readings if reading.text == found), self.readings[0])

    @cached_property
    def divided(self) -> bool:
        """Whether it offers to take one of several things, like ``Email or phone``; ``ZIP / postal code`` is one thing."""
        asked = [read(piece).head for part in parts(self.text)[:1] for piece in alternatives(part)]
        broader = lexicon().broader
        wider = [head | {broader[concept] for concept in head if concept in broader} for head in asked]
        return len(wider) > 1 and all(wider) and not frozenset.intersection(*wider)

    @cached_property
    def wordings(self) -> frozenset[str]:
        """The words of each reading; of a text that offers to take one of several things, those of the whole."""
        return frozenset(reading.text for reading in (self.readings[:1] if self.divided else self.readings))


_TYPE_WORDS = frozenset({"id", "select", "list", "dropdown", "ddl", "combo", "value"})


def _without_type(source: str, text: str, kind: str) -> tuple[Reading, ...]:
    """A programmer's name without the words for the control's type: ``country_id`` and ``ddlCountryCode`` choose a country."""
    if source not in ("name", "id"):
        return ()
    drop = _TYPE_WORDS | ({"code"} if kind == "select" else set())
    split = words(text)
    kept = [word for word in split if word not in drop]
    return (read(" ".join(kept)),) if kept and len(kept) < len(split) else ()


_PATH = re.compile(r"[\[\].:$/]+")
"""What programs put between the parts of a name: ``order[address][city]``, ``ctl00$Main$City``, ``form:city``, ``customer.city``."""
_PATH_OF_HUMPS = re.compile(r"[\[\].:$/_-]+")
"""The same where a part is written with humps (``form_deliveryAddress_firstName``): other marks stand between parts then, not in them."""
_HUMP = re.compile(r"[a-z][A-Z]")


def _own_part(source: str, text: str) -> tuple[Reading, ...]:
    """The last part of a programmer's name that is a path: what stands before it says where the field is kept, not what it asks for.

    A last part that says little by itself (``product[name]``) is not taken without the others.
    """
    between = _PATH_OF_HUMPS if _HUMP.search(text) else _PATH
    path = [part for part in between.split(text) if part and not part.isdigit()]
    if source not in ("name", "id") or len(path) < 2:  # noqa: PLR2004
        return ()
    own = read(path[-1])
    return (own,) if own.head - GENERIC else ()


@dataclass(frozen=True, eq=False)
class Texts:
    """What the texts of a card mean; the same object for equal texts, so that scores can be remembered by it.

    ``token`` is the concept that autocomplete says, ``offer`` the one that its options are.
    """

    kind: str
    evidence: tuple[Evidence, ...]
    qualifiers: Mapping[str, str]
    context: frozenset[str]
    token: str
    offer: str

    @cached_property
    def heads(self) -> frozenset[str]:
        """All concepts that one of the texts asks for."""
        return frozenset(head for item in self.evidence for reading in item.readings for head in reading.head)

    @cached_property
    def around(self) -> frozenset[str]:
        """All words that can tell the field from another: its section's and its own."""
        return self.context | frozenset(word for item in self.evidence for word in item.readings[0].told)


@dataclass(frozen=True, eq=False)
class CardReading:
    """A card with all that its texts mean, and what the fields beside it tell about it."""

    card: FieldCard
    texts: Texts
    token: str = ""
    told_by: str = "autocomplete"
    contradicted: bool = False

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its texts, the most telling one first."""
        return self.texts.evidence

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """What tells it from other fields of its concept, by group."""
        return self.texts.qualifiers

    @property
    def context(self) -> frozenset[str]:
        """The words of its section."""
        return self.texts.context

    @property
    def offer(self) -> str:
        """The concept that its options are."""
        return self.texts.offer

    @property
    def heads(self) -> frozenset[str]:
        """All concepts that one of its texts asks for."""
        return self.texts.heads


def _readings(text: str, language: str) -> tuple[Reading, ...]:
    found = [read(text, language)]
    main = parts(text)[:1]
    found += [read(part, language) for part in main if part != text]
    for part in main:
        either = alternatives(part)
        found += [read(piece, language) for piece in either] if len(either) > 1 else []
    return tuple({reading.text: reading for reading in found}.values())


_SENTENCE = re.compile(r"\S+(?:\s+\S+){3,}[.!]|.{12,}[。！]", re.DOTALL)
"""Four words and a full stop: what a page says to people (``The number must not be empty.``), not what a field is called."""


_INVITATION = re.compile(
    r"(?:(?:sign|log)[ -]?(?:up|in|on)|register|continue) (?:with|using|by|via|to)\b.*"
    r"|(?:anmelden|einloggen|registrieren) (?:mit|per)\b.*|(?:se connecter|connexion|inscription) (?:avec|par)\b.*"
    r"|(?:iniciar sesión|entrar|registrarse) con\b.*|(?:accedi|registrati) con\b.*|(?:entrar|cadastrar) com\b.*"
    r"|(?:inloggen|aanmelden) met\b.*|(?:logga in|registrera dig) med\b.*|(?:войти|вход|регистрация) (?:с|по|через)\b.*",
    re.IGNORECASE,
)
"""What a page invites to do with the form (``Sign up with email or phone``), in a text that merely stands near a field."""


class _Written(NamedTuple):
    """Everything that is written on a card and about it, in the page's language."""

    kind: str
    label: str
    label_source: str
    section: str
    name: str
    id: str
    autocomplete: str
    placeholder: str
    title: str
    options: tuple[Option, ...]
    language: str


def _sources(card: _Written) -> Iterable[tuple[str, str]]:
    near = card.label.strip() if card.label_source == "neighbour" else ""
    if not (near and (_SENTENCE.fullmatch(near) or _INVITATION.fullmatch(near))):
        yield card.label_source or "label", card.label
    for source, text in (
        ("placeholder", card.placeholder),
        ("first option", first_line(card.kind, card.options)),
        ("title", card.title),
        ("name", card.name),
        ("id", card.id),
    ):
        if text and source != card.label_source:
            yield source, text


def read_card(card: FieldCard, language: str = "") -> CardReading:
    """Returns the card with its texts read. Its own qualifiers come before those of autocomplete and section.

    ``language`` is the page's (BCP 47), for words that mean different things in two languages.
    """
    texts = _read_texts(
        _Written(
            card.kind,
            card.label,
            card.label_source,
            card.section,
            card.name,
            card.id,
            card.autocomplete,
            card.placeholder,
            card.title,
            card.options,
            language.partition("-")[0].casefold(),
        )
    )
    return CardReading(card, texts, texts.token)


@lru_cache(maxsize=2048)
def _read_texts(card: _Written) -> Texts:
    evidence = tuple(
        Evidence(source, _BELIEF.get(source, 0.9), text, readings)
        for source, text in _sources(card)
        if text and (readings := _read_source(source, text, card))
    )
    section = [read(part, card.language) for part in card.section.split(" / ") if part]
    known = lexicon()
    tokens = card.autocomplete.casefold().split()
    qualifiers: dict[str, str] = {}
    for reading in section:
        qualifiers.update({g: q for g, q in reading.qualifiers.items() if g != "repeat"})
    qualifiers.update(known.token_qualifiers[token] for token in tokens if token in known.token_qualifiers)
    for item in reversed([item for item in evidence if item.source != "first option"]):
        qualifiers.update(item.readings[0].qualifiers)
    context = frozenset(word for reading in section for word in reading.told | reading.head)
    token = next((known.tokens[token] for token in reversed(tokens) if token in known.tokens), "")
    if token == "password" and card.kind != "password":  # noqa: S105 - pages write it on any field to keep browsers from filling it
        token = ""
    return Texts(card.kind, evidence, qualifiers, context, token, offered(card.kind, card.options))


def _read_source(source: str, text: str, card: _Written) -> tuple[Reading, ...]:
    """Programmers' names are English more often than in the page's language, so they are read in any."""
    named = source in ("name", "id")
    return (
        _readings(text, "" if named else card.language)
        + _without_type(source, text, card.kind)
        + _own_part(source, text)
    )
