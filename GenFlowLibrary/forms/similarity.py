"""How well a data key fits a card, as a number and the reason for it.

key readings x card evidence -> the best single text -> what other texts, qualifiers and section add or take away
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from GenFlowLibrary.forms.evidence import GENERIC, SPOKEN, CardReading, Evidence, Texts
from GenFlowLibrary.forms.lexicon import Reading, lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.forms.key_reading import KeyReading

SAME_TEXT = 1.0
SAME_CONTENT = 0.97
SAME_CONCEPT = 0.92
RELATED_CONCEPT = 0.82
HEAD_WORD = 0.78
"""The key is what the label ends with: ``amount`` for ``Refund amount``."""
STATEMENT = 0.8
EITHER = 0.1
"""What it costs a text that it offers to take one of several things (``Email or phone``): a field for just this one is meant before it."""
SEARCHED = 0.1
"""What it costs a field that something is searched in it, where the key is no search: the field for what is found is meant before."""
PART_OF_WORDS = 0.5
"""The key is somewhere in the label, not as what it asks for: below the floor by itself."""
TYPING_ERROR = 88.0
"""rapidfuzz ratio from which two labels differ by a slip of the pen: one letter in nine; ``start date`` and ``state date`` are at 86."""
SHORTEST_FUZZY = 5
"""Letters below which one changed letter makes another word."""
BY_KIND = 0.8
BY_TOKEN = 0.95
NEAR_TOKEN = 0.15
"""What it costs a key that autocomplete says something more special, or more general: ``street name`` for a whole street address."""
BY_OFFER = 0.85
"""The options of a list are what the key asks for: a list of countries is for a country, whatever it is called."""
NOT_OFFERED = 0.12
AGREEMENT = 0.02
DENIED = 0.2
"""What it costs when autocomplete says that something else is meant."""
OPEN_PASSWORD = 0.35
"""What it costs a password that the field would show it, and anything else that the field would hide it: only a label that says just that
gets over the floor."""
HIDDEN_WHILE_TYPED = frozenset({"card_code", "one_time_code", "personal_id", "card_number", "number"})
"""What else is hidden while it is typed, on some pages."""
CONTEXT = 0.05
"""What a word of the section that the key names adds, and what one that it does not find takes away."""
WITNESSES = 2
"""Texts that must agree with autocomplete to outvote a label that says something else, as where labels share one id by mistake."""
CONFLICT = -1.0
ASIDE = 0.25
"""What it costs a field that it is kept for browsers that fill forms: any field for people that says the same is meant before it."""
CONTRADICTED = 0.5
"""What it costs that label and name of two fields contradict each other crosswise: nobody can tell which of them is right."""
TRAILING = 0.3
"""Unknown words right after the concept are what the label asks for: an ``email frequency`` is no email."""
STATEMENTS = frozenset({"newsletter", "terms"})
"""Concepts that are agreed to, not typed."""


@dataclass(frozen=True)
class Score:
    """How well a key fits a card: from 0 to about 1.1, and which text of the card decided."""

    value: float
    how: str = ""


def _slip_of_the_pen(key: Reading, other: Reading) -> float:
    """Two texts that differ by a letter or two, one of which is no known word."""
    mine, theirs = key.solid, other.solid
    if min(len(mine), len(theirs)) < SHORTEST_FUZZY:
        return 0.0
    ratio = fuzz.ratio(mine, theirs, score_cutoff=TYPING_ERROR)
    if ratio < TYPING_ERROR or _digits(key.words) != _digits(other.words):
        return 0.0
    return SAME_CONCEPT * ratio / 100


def _digits(text_words: tuple[str, ...]) -> list[str]:
    return [word for word in text_words if word.isdigit()]


def _lexical(key: Reading, other: Reading) -> float:
    """Compares by words alone, where the lexicon knows no concept on one side or both."""
    mine, joined, in_order, digits = key.compared
    theirs, against, their_order, their_digits = other.compared
    if not mine or not theirs:
        return 0.0
    if joined == against or in_order == their_order:
        return SAME_CONTENT
    if digits != their_digits:
        return 0.0
    if theirs[-len(mine) :] == mine or mine[-len(theirs) :] == theirs:
        return HEAD_WORD
    return PART_OF_WORDS if set(mine) <= set(theirs) else 0.0


@lru_cache(maxsize=4096)
def _related(first: frozenset[str], second: frozenset[str]) -> bool:
    broader = lexicon().broader
    return any(broader.get(a) == b or broader.get(b) == a for a in first for b in second)


@lru_cache(maxsize=4096)
def _denied(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether a text that asks for the second cannot be meant by a key for the first.

    A generic word does not deny a special one: a field called only ``Name`` may still be for the first name. Nor does the whole deny a part
    of it: the month's list may stand under the label of the expiry date. Nor does what a text cannot be: ``Sign up for our newsletter``
    over an e-mail field.
    """
    part_of = lexicon().part_of
    part_and_whole = any(part_of.get(a) == b or part_of.get(b) == a for a in first for b in second)
    return not (second <= GENERIC | STATEMENTS or part_and_whole)


def _word_difference(key: Reading, other: Reading, known: frozenset[str]) -> float:
    """What the words around a shared concept take away. ``known``: words that the card's surroundings or the key's path explain."""
    only_key = key.told - other.told - known
    only_other = other.told - key.told - known
    if only_key and only_other:
        return 0.35
    lost = min(0.2, 0.1 * len(only_key)) + min(0.24, 0.08 * len(only_other))
    if only_other and key.head & GENERIC:
        lost += 0.1
    if only_other and other.trailing and not key.trailing:
        lost += TRAILING
    return lost


def _compare(key: Reading, other: Reading, known: frozenset[str]) -> float:
    """Compares one reading of the key with one reading of a text; CONFLICT when they ask for different things."""
    if (key.rest or other.rest) and (slip := _slip_of_the_pen(key, other)):
        return slip
    if key.head and other.head:
        if not key.head.isdisjoint(other.head):
            return max(SAME_CONCEPT - _word_difference(key, other, known), 0.0)
        if _related(key.head, other.head):
            lost = _word_difference(key, other, known)
            return RELATED_CONCEPT - lost - (0.2 if other.told - key.told - known else 0.0)
        return CONFLICT if _denied(key.head, other.head) else 0.0
    return _lexical(key, other)


def _statement_score(key: Reading, item: Evidence) -> float:
    """A check box is labelled by a statement: ``I want the newsletter``. The key is what the statement is about, wherever it stands."""
    best = 0.0
    for other in item.readings[:1]:
        meant = {*other.head, *other.more, *other.things}
        words = set(key.content or key.words)
        if key.head & meant or words <= set(other.words):
            best = STATEMENT
        if key.things and key.things <= other.things and key.head <= meant:
            best = STATEMENT
    return best


def _text_score(key: KeyReading, item: Evidence, known: frozenset[str], statement: bool) -> float:
    """The best of the key's readings against the text's; a conflict only when every pair conflicts."""
    if not key.texts.isdisjoint(item.wordings):
        return SAME_TEXT * item.belief
    if statement and (about := _statement_score(key.leaf, item)):
        return about * item.belief
    if not key.path.words:
        best = max([_compare(key.leaf, other, known) for other in item.readings])
    else:
        known = known | key.told
        best = max(
            [_compare(mine, other, known) for mine in (key.leaf, key.whole) for other in item.readings]
        )
    return best * item.belief if best > 0 else best


def _item_score(key: KeyReading, item: Evidence, known: frozenset[str], statement: bool) -> float:
    """As `_text_score`, for one of several things that a text offers to take."""
    value = _text_score(key, item, known, statement)
    one_of_several = value > 0 and item.divided and key.texts.isdisjoint(item.wordings)
    return value - EITHER if one_of_several else value


def _qualifier_difference(mine: Mapping[str, str], theirs: Mapping[str, str]) -> float:
    """Qualifiers: other ones exclude, missing ones cost. Returns a large number for a contradiction."""
    lost = 0.0
    for group in {*mine, *theirs}:
        wanted, found = mine.get(group), theirs.get(group)
        if wanted == found:
            lost -= CONTEXT
        elif (wanted and found) or (group == "repeat" and wanted):
            return 2.0
        elif wanted:
            lost += 0.12
        else:
            lost += 0.3 if group == "repeat" else 0.04
    return lost


def _best_of(scored: Sequence[tuple[float, Evidence]]) -> tuple[float, str]:
    """The best score and its source. Where the label fits, a programmer's name cannot make it fit better than people are told."""
    told = scored and scored[0][0] >= PART_OF_WORDS + 0.1 and scored[0][1].source in (*SPOKEN, "neighbour")
    heard = [(value, item.source) for value, item in scored if not told or item.source not in ("name", "id")]
    return max(heard, default=(0.0, ""))


def _unlikely(heads: frozenset[str], texts: Texts) -> float:
    """What it costs a field that it hides or shows what is typed otherwise than the key wants it, or is there to search in."""
    cost = SEARCHED if "search" in texts.heads and "search" not in heads else 0.0
    if ("password" in heads) != (texts.kind == "password") and not heads & HIDDEN_WHILE_TYPED:
        cost += OPEN_PASSWORD
    return cost


def _best_text(key: KeyReading, texts: Texts, token: str, told_by: str) -> tuple[float, str]:
    scored = [
        (_item_score(key, item, texts.context, texts.kind == "checkbox"), item) for item in texts.evidence
    ]
    best, how = _best_of(scored)
    heads = key.heads
    if token:
        same = token in heads
        near = not same and _related(frozenset({token}), heads)
        best, how = max((best, how), (BY_TOKEN if same or near else 0.0, told_by))
        best -= NEAR_TOKEN if near else 0.0 if same or not heads else DENIED
    if texts.offer:
        agrees = texts.offer in heads or _related(frozenset({texts.offer}), heads)
        if not agrees and lexicon().part_of.get(texts.offer) in heads:
            return 0.0, ""  # a list of parts, such as dialling codes, cannot take the whole
        best, how = max((best, how), (BY_OFFER if agrees else 0.0, "its options"))
        best -= 0.0 if agrees or not heads else NOT_OFFERED
    if lexicon().kinds.get(texts.kind, "-") in heads:
        best, how = max((best, how), (BY_KIND, f"kind {texts.kind}"))
    best -= _unlikely(heads, texts)
    if best <= 0:
        return 0.0, ""
    agreeing = sum(value >= PART_OF_WORDS + 0.1 for value, _ in scored)
    best += AGREEMENT * min(3, agreeing - 1)
    first = scored[0] if scored else None
    if first and how != first[1].source and first[1].text:
        spoken = first[1].source in SPOKEN
        if first[0] == CONFLICT:
            outvoted = bool(token) and token in heads and agreeing >= WITNESSES
            best -= 1.0 if spoken and not outvoted else 0.25
        elif first[0] < PART_OF_WORDS and first[1].source not in ("name", "id"):
            best -= 0.12 if spoken else 0.06
    return best, how


def score(key: KeyReading, reading: CardReading) -> Score:
    """Returns how well a key fits a card, 0 when it cannot be meant. The same key and the same texts are compared once a process."""
    locked = reading.card.disabled or reading.card.readonly
    found = _score(key, reading.texts, reading.token, reading.told_by, reading.contradicted, locked)
    return replace(found, value=max(round(found.value - ASIDE, 4), 0.0)) if reading.card.aside else found


@lru_cache(maxsize=65536)
def _score(
    key: KeyReading, texts: Texts, token: str, told_by: str, contradicted: bool, locked: bool
) -> Score:
    best, how = _best_text(key, texts, token, told_by)
    if best <= 0:
        return _NOTHING
    best -= _qualifier_difference(key.qualifiers, texts.qualifiers) + (CONTRADICTED if contradicted else 0.0)
    path = key.told - frozenset(key.path.qualifiers.values())
    told = path | (key.leaf.told & texts.context)
    best += sum(CONTEXT if word in texts.around else -CONTEXT for word in told)
    if locked:
        best -= 0.1
    return Score(round(max(best, 0.0), 4), how)


_NOTHING = Score(0.0)
