"""How well each option's description fits a text: the words they share, weighed by how few options have them.

    text, descriptions -> terms -> overlap x rarity among the options (+ nearest example) -> ranking -> clear winner or none

Rarity is the inverse document frequency (Sparck Jones 1972) over the options, repetition saturates as in BM25
(Robertson and Zaragoza 2009): a word that every option has decides nothing, a word said five times says
little more than one said once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.answers.reading import as_text, plain
from GenFlowLibrary.engines.embedded.lexicon import lexicon
from GenFlowLibrary.engines.embedded.words import Found, Terms, terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FLOOR = 0.5
"""Least score of a choice. One word or concept said once gives 0.53 to 0.67 and is enough, a family or a pair of characters alone
(0.33) is not. On the tune half of tests/evaluation any floor from 0.3 to 0.6 gives the same answers."""
MARGIN = 0.2
"""Least lead over the runner-up, as a part of the best score; on the tune half any margin from 0.1 to 0.3 gives the same answers."""
_KIND_WEIGHT = {"w": 1.0, "c": 0.8, "z": 0.5, "p": 0.5, "f": 0.5}
_NAME_WEIGHT = 1.5
_PREFIX_WEIGHT = 0.6
_EXAMPLE_WEIGHT = 2.0
_SATURATION = 0.5
_SHORTEST_PREFIX = 5
_WORDS_SHOWN = 4


@dataclass(frozen=True)
class Scored:
    """An option with its score and the text's own words that gave it, the weightiest first."""

    number: int
    name: str
    score: float
    because: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The option's name with the words that speak for it."""
        words = ", ".join(f"'{word}'" for word in self.because[:_WORDS_SHOWN])
        return f"'{self.name}' ({words})" if words else f"'{self.name}' (nothing)"


def rank(text: str, options: Sequence[Mapping[str, Any]], *, everyday: float = 1.0) -> list[Scored]:
    """Returns the options from best to worst.

    ``options`` have ``number``, ``name``, ``description`` and possibly ``examples`` (texts). ``everyday`` is
    the weight of words that texts of every subject have, such as "order" and "refund".
    """
    found = terms(plain(as_text(text)))
    described = [_described(option, everyday) for option in options]
    rarity = _rarity(described)
    scored = [
        _score(option, found, weights, rarity) for option, weights in zip(options, described, strict=True)
    ]
    return sorted(scored, key=lambda one: (-one.score, one.number))


def is_clear(ranking: Sequence[Scored]) -> bool:
    """Whether the best option is good enough, and far enough ahead of the runner-up."""
    best = ranking[0].score
    runner_up = ranking[1].score if len(ranking) > 1 else 0.0
    return best >= FLOOR and best - runner_up >= MARGIN * best


def likeness(one: str, other: str) -> float:
    """Returns how alike two texts are by the words they share: their cosine similarity, from 0 to 1."""
    return _cosine(terms(plain(as_text(one))), terms(plain(as_text(other))))


def _described(option: Mapping[str, Any], everyday: float) -> dict[str, float]:
    """Returns the terms that describe an option with their weights."""
    weights = {term: _weight(term) for term in terms(plain(str(option.get("description") or "")))}
    for term in terms(plain(str(option["name"]).replace("_", " "))):
        weights[term] = _weight(term) * _NAME_WEIGHT
    return {
        term: weight * (everyday if lexicon().is_everyday(term) else 1.0) for term, weight in weights.items()
    }


def _rarity(described: Sequence[Mapping[str, float]]) -> dict[str, float]:
    having: dict[str, int] = {}
    for weights in described:
        for term in weights:
            having[term] = having.get(term, 0) + 1
    # Between 0 and 1 for any number of options: 1 for what one option alone has.
    most = math.log(len(described) + 0.5)
    return {term: math.log((len(described) + 0.5) / count) / most for term, count in having.items()}


def _score(
    option: Mapping[str, Any], found: Terms, weights: Mapping[str, float], rarity: Mapping[str, float]
) -> Scored:
    pieces: dict[tuple[str, str], float] = {}
    for term, weight in weights.items():
        hit, share = _hit(term, found)
        if hit:
            gain = weight * share * rarity[term] * hit.count / (hit.count + _SATURATION)
            # A word and its concept are one piece of evidence; a phrase or a family is another.
            key = ("" if term[0] in "wc" else term[0], hit.written)
            pieces[key] = max(gain, pieces.get(key, 0.0))
    gains: dict[str, float] = {}
    for (_, written), gain in pieces.items():
        gains[written] = gains.get(written, 0.0) + gain
    score = sum(gains.values())
    nearest, likeness = _nearest_example(found, option.get("examples") or ())
    if likeness:
        score += _EXAMPLE_WEIGHT * likeness
        gains[f"like the example: {nearest}"] = _EXAMPLE_WEIGHT * likeness
    because = tuple(sorted(gains, key=lambda word: (-gains[word], word)))
    return Scored(int(option["number"]), str(option["name"]), score, because)


def _hit(term: str, found: Terms) -> tuple[Found | None, float]:
    """Returns where a term occurs in the text, and how fully: the start of a longer word counts in part."""
    if term in found:
        return found[term], 1.0
    if term.startswith("w:") and len(term) - 2 >= _SHORTEST_PREFIX:
        for other, hit in found.items():
            if other.startswith("w:") and _is_start(term[2:], other[2:]):
                return hit, _PREFIX_WEIGHT
    return None, 0.0


def _is_start(one: str, other: str) -> bool:
    """Whether one word is the start of the other: ``deliver`` of ``delivery``, ``rechnung`` of ``rechnungsnummer``."""
    return min(len(one), len(other)) >= _SHORTEST_PREFIX and (one.startswith(other) or other.startswith(one))


def _nearest_example(found: Terms, examples: Sequence[object]) -> tuple[str, float]:
    """Returns the start of the most similar example and its cosine similarity to the text."""
    best, likeness = "", 0.0
    for example in examples:
        cosine = _cosine(found, terms(plain(as_text(str(example)))))
        if cosine > likeness:
            best, likeness = " ".join(str(example).split())[:40], cosine
    return best, likeness


def _cosine(one: Terms, other: Terms) -> float:
    shared = sum(_weight(term) ** 2 for term in one.keys() & other.keys())
    sizes = math.sqrt(sum(_weight(term) ** 2 for term in one)) * math.sqrt(
        sum(_weight(term) ** 2 for term in other)
    )
    return shared / sizes if sizes else 0.0


def _weight(term: str) -> float:
    return _KIND_WEIGHT[term[0]]
