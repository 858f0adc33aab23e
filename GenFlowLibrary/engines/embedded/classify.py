"""Classify: the option whose name, description and examples share the most with the text, or none.

text, options -> ranking -> clear? -> {"reason": ..., "choice": number or 0}
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.engines.embedded.scoring import Scored, is_clear, rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EVERYDAY = 0.3
"""Weight of everyday words: a complaint and a bill may both ask for a refund, so that it tells little about the subject.
On the tune half of tests/evaluation any weight from 0.1 to 1 gives the same answers; texts that complain and claim money need a low one."""


def classify(text: str, options: Sequence[Mapping[str, Any]]) -> str:
    """Returns the choice as JSON; the reason names the words of the text that decided, or why none is clear."""
    ranking = rank(text, options, everyday=EVERYDAY)
    if is_clear(ranking):
        return choice(ranking[0].number, f"The text speaks of {ranking[0].reason}.")
    return choice(0, unclear(ranking))


def choice(number: int, reason: str) -> str:
    """Returns a choice as its JSON."""
    return json.dumps({"reason": reason, "choice": number}, ensure_ascii=False)


def unclear(ranking: Sequence[Scored]) -> str:
    """Returns why no option was taken: the best and the runner-up with what spoke for each."""
    best = ranking[0]
    if not best.score:
        return "No word of the text occurs in a description."
    if len(ranking) == 1 or not ranking[1].score:
        return f"Too little speaks for {best.reason}, and nothing for another."
    return f"Too little sets {best.reason} apart from {ranking[1].reason}."
