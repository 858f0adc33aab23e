"""How sure a choice is, and whether that is sure enough: shared by classifying and deciding.

one answer  -> its measured confidence, if there is one
samples=5   -> the choice of most, and how many of them agree
            -> below min_confidence, or not measured? -> no choice

Taking the answer that most samples agree on is self-consistency (Wang et al., arXiv 2203.11171). The share that agrees is its
confidence; two choices that are as frequent are a tie, and nobody's choice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from GenFlowLibrary.answers.choice import Choice
    from GenFlowLibrary.engines.examining import Reply
    from GenFlowLibrary.steps.runtime import Options


@dataclass(frozen=True)
class Verdict:
    """The number that counts, 0 for none, with the reason for it and its confidence (``None`` where it was not measured)."""

    choice: int
    reason: str
    confidence: float | None


def settle(reply: Reply, options: Options) -> Verdict:
    """Returns what the answers of a reply come to, under the options that its step was given."""
    answers = [cast("Choice", answer) for answer in reply.answers]
    verdict = (
        _vote(answers)
        if len(answers) > 1
        else Verdict(answers[0].choice, answers[0].reason, reply.completion.confidence)
    )
    least = options.min_confidence
    if least is None or not verdict.choice:
        return verdict
    if verdict.confidence is None:
        why = (
            f"no confidence could be measured for the choice of {reply.completion.model}, and min_confidence={least:g} asks for one; "
            "ask a server that tells log-probabilities, or set samples=5"
        )
    elif verdict.confidence < least:
        why = f"a confidence of {verdict.confidence:.2f} is below min_confidence={least:g}"
    else:
        return verdict
    return Verdict(0, f"{verdict.reason.rstrip('.')}; but {why}", verdict.confidence)


def _vote(answers: list[Choice]) -> Verdict:
    counts = Counter(answer.choice for answer in answers)
    (choice, votes), *others = counts.most_common()
    share = votes / len(answers)
    if others and others[0][1] == votes:
        return Verdict(0, f"{len(answers)} samples do not agree, and no choice has the most", share)
    reason = next(answer.reason for answer in answers if answer.choice == choice)
    return Verdict(choice, reason, share)
