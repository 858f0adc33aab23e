"""Summarize: the sentences of a text that say most of what it speaks of, in their order and word for word.

    text -> sentences -> each weighed by how often the text speaks of its words -> the heaviest, what they say counting less afterwards

The words of a chosen sentence count little for the next, so that no two say the same (SumBasic, Nenkova and Vanderwende 2005).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.reading import plain
from GenFlowLibrary.answers.sentences import join, sentences
from GenFlowLibrary.engines.embedded.words import terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

_FEWEST_TERMS = 3
"""A sentence with fewer words that say something is a greeting, a heading or a label."""
_KINDS = "wz"
_QUESTION = re.compile(r"[?？]\s*$")


def summarize(text: str, most: int) -> str:
    """Returns at most ``most`` sentences of a text as JSON; a text that is short enough is returned whole."""
    said = list(dict.fromkeys(sentences(text)))
    if len(said) > most:
        said = [said[at] for at in sorted(_chosen(said, most))]
    return json.dumps({"text": join(said)}, ensure_ascii=False)


def _chosen(said: list[str], most: int) -> set[int]:
    having = [
        {term for term in terms(plain(sentence)) if term[0] in _KINDS and not _QUESTION.search(sentence)}
        for sentence in said
    ]
    counts: dict[str, float] = {}
    for found in having:
        for term in found:
            counts[term] = counts.get(term, 0.0) + 1
    total = sum(counts.values()) or 1.0
    shares = {term: count / total for term, count in counts.items()}
    chosen: set[int] = set()
    while len(chosen) < most:
        # Ties go to the earlier sentence: who writes says first what matters.
        best = max(
            (at for at in range(len(said)) if at not in chosen),
            key=lambda at: (_weight(having[at], shares), -at),
        )
        chosen.add(best)
        for term in having[best]:
            shares[term] **= 2
    return chosen


def _weight(found: Set[str], shares: Mapping[str, float]) -> float:
    return sum(shares[term] for term in found) / len(found) if len(found) >= _FEWEST_TERMS else 0.0
