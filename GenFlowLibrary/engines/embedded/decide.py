"""Decide: the option whose description fits the situation best, or none. Written conditions are settled before this.

situation, options -> ranking -> clear? -> {"reason": ..., "choice": number or 0}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.engines.embedded.classify import choice, unclear
from GenFlowLibrary.engines.embedded.scoring import is_clear, rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def decide(situation: str, options: Sequence[Mapping[str, Any]]) -> str:
    """Returns the choice as JSON. A single option without a description has nothing left to judge, and is taken."""
    if len(options) == 1 and not str(options[0].get("description") or "").strip():
        return choice(
            int(options[0]["number"]), "It is the only option left, and nothing more is asked of it."
        )
    ranking = rank(situation, options)
    if is_clear(ranking):
        return choice(ranking[0].number, f"The situation speaks of {ranking[0].reason}.")
    return choice(0, unclear(ranking))
