"""What the answers to a choice come to: votes of samples, and the least confidence that counts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import AbstainedError, InputError
from GenFlowLibrary.keywords.component import ask_options
from GenFlowLibrary.steps.choices import Choosable
from GenFlowLibrary.steps.classify import classify
from GenFlowLibrary.steps.decide import decide
from tests.fakes.engine import FakeEngine
from tests.fakes.runtime import make_runtime

CATEGORIES = (Choosable("billing", "invoices"), Choosable("delivery", "parcels"))


def answered(*choices: int, confidence: float | None = None) -> Completion:
    texts = tuple(json.dumps({"reason": f"Reason {choice}.", "choice": choice}) for choice in choices)
    return Completion(texts, "fake", "fake-1", usage=Usage(1, 1, 1), confidence=confidence)


def sort(*reactions: Completion, otherwise: str | None = "other", **options: Any) -> tuple[Any, FakeEngine]:
    engine = FakeEngine().enqueue(*reactions)
    runtime, _ = make_runtime(engine)
    answer = classify(runtime, "x", CATEGORIES, otherwise=otherwise, options=ask_options(None, **options))
    return answer, engine


def test_a_choice_that_is_sure_enough_counts_and_its_confidence_is_asked_for() -> None:
    answer, engine = sort(answered(2, confidence=0.8), min_confidence=0.8)
    assert (answer.category, answer.confidence, answer.abstained) == ("delivery", 0.8, False)
    assert engine.history[0].prompt.measure


def test_a_choice_that_is_not_sure_enough_is_none_and_says_how_sure_it_was() -> None:
    answer, _ = sort(answered(2, confidence=0.79), min_confidence=0.8)
    assert (answer.category, answer.confidence, answer.abstained) == ("other", 0.79, True)
    assert answer.reason == "Reason 2; but a confidence of 0.79 is below min_confidence=0.8"


def test_a_confidence_that_cannot_be_measured_is_not_made_up() -> None:
    answer, _ = sort(answered(2), min_confidence=0.8)
    assert (answer.category, answer.confidence, answer.abstained) == ("other", None, True)
    assert "no confidence could be measured for the choice of fake-1" in answer.reason
    assert "samples=5" in answer.reason


def test_without_a_word_for_it_an_unsure_choice_fails_the_step() -> None:
    with pytest.raises(AbstainedError, match=r"0\.30 is below min_confidence=0\.8"):
        sort(answered(2, confidence=0.3), otherwise=None, min_confidence=0.8)


def test_the_choice_of_most_samples_counts_with_the_reason_of_one_of_them() -> None:
    answer, engine = sort(answered(1, 2, 2, 0, 2), samples=5)
    assert (answer.category, answer.reason, answer.confidence) == ("delivery", "Reason 2.", 0.6)
    assert engine.history[0].prompt.parameters.n == 5


def test_samples_that_tie_are_no_choice() -> None:
    answer, _ = sort(answered(1, 2, 2, 1), samples=4)
    assert (answer.category, answer.confidence, answer.abstained) == ("other", 0.5, True)
    assert "do not agree" in answer.reason


def test_samples_can_be_too_few_that_agree() -> None:
    answer, _ = sort(answered(1, 2, 2, 0, 2), samples=5, min_confidence=0.8)
    assert (answer.category, answer.confidence) == ("other", 0.6)


def test_one_answer_where_several_were_asked_for_is_no_vote() -> None:
    answer, _ = sort(answered(1), samples=5)
    assert (answer.category, answer.confidence) == ("billing", None)


def test_a_decision_is_judged_alike() -> None:
    runtime, _ = make_runtime(FakeEngine().enqueue(answered(1, confidence=0.4)))
    choices = (Choosable("refund", "wants money"), Choosable("reply", "asks"))
    decision = decide(runtime, "x", choices, options=ask_options(None, min_confidence=0.5))
    assert (decision.action, decision.confidence, decision.abstained) == ("abstain", 0.4, True)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"min_confidence": 0}, "a probability above 0 and at most 1, but it is 0; write it like 0.8"),
        ({"min_confidence": 80}, "but it is 80"),
        ({"samples": 1}, "samples to be between 2 and 50, but it is 1"),
        ({"samples": 51}, "but it is 51"),
    ],
)
def test_what_cannot_be_asked_for_is_said(options: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        ask_options(None, **options)
