from __future__ import annotations

import pytest

from GenFlowLibrary.core.completion import Usage
from GenFlowLibrary.core.errors import BudgetExceeded
from GenFlowLibrary.policy.budget import Budget


def test_without_limits_every_call_passes() -> None:
    budget = Budget()
    budget.charge(Usage(10**9, 10**9, 10**6))
    budget.check()
    assert budget.left() == "The run has no budget."


def test_the_last_call_passes_and_the_next_does_not() -> None:
    budget = Budget(max_calls=2)
    budget.charge(Usage(requests=1))
    budget.check()
    budget.charge(Usage(requests=1))
    with pytest.raises(
        BudgetExceeded, match=r"within max_calls=2, but it has used 2 requests already; raise max_calls"
    ):
        budget.check()


def test_tokens_of_prompt_and_completion_count() -> None:
    budget = Budget(max_total_tokens=100)
    budget.charge(Usage(60, 39, 1))
    budget.check()
    budget.charge(Usage(1, 1, 1))
    with pytest.raises(BudgetExceeded, match="max_total_tokens=100, but it has used 101 tokens"):
        budget.check()


def test_what_is_left_is_a_sentence_and_never_negative() -> None:
    budget = Budget(max_calls=5, max_total_tokens=100)
    budget.charge(Usage(200, 0, 2))
    assert budget.left() == "The budget has 3 of 5 requests and 0 of 100 tokens left."
    assert budget.spent == Usage(200, 0, 2)


def test_a_limit_on_tokens_that_nobody_counts_stops_the_run_instead_of_meaning_nothing() -> None:
    budget = Budget(max_total_tokens=100)
    budget.check()
    budget.charge(Usage(requests=1), counted=False)
    with pytest.raises(BudgetExceeded, match="does not count tokens; limit the run with max_calls"):
        budget.check()


def test_uncounted_tokens_do_not_matter_where_tokens_are_not_limited() -> None:
    budget = Budget(max_calls=2)
    budget.charge(Usage(requests=1), counted=False)
    budget.check()
