"""Budgets: what is counted, over which stretch of work, and when a call is not made."""

from __future__ import annotations

import multiprocessing
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from GenFlowLibrary.core.completion import Usage
from GenFlowLibrary.core.errors import BudgetExceeded, SettingsError
from GenFlowLibrary.core.limits import LIMITS, MEASURES, SCOPES, Limits, setting_name
from GenFlowLibrary.core.spending import Spending
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.day_spending import DaySpending
from GenFlowLibrary.policy.prices import Price, Prices, read_prices
from GenFlowLibrary.trace.record import StepRecord

PRICES = Prices({"m": Price(Decimal(1), Decimal(2)), "free": Price(Decimal(0), Decimal(0))}, "USD")


ONE = Usage(requests=1)


def step(task: str = "T", suite: str = "S") -> StepRecord:
    return StepRecord("Classify Text", suite=suite, task=task)


def call(budget: Budget, record: StepRecord | None = None, usage: Usage = ONE, **how: Any) -> None:
    """One call as the gateway makes it."""
    record = record or step()
    budget.enter(record, how.pop("asked", "m"))
    budget.settle(record, usage, **{"models": ("m",), **how})


def test_every_measure_can_be_limited_over_every_stretch() -> None:
    assert {setting_name(measure, scope) for measure in MEASURES for scope in SCOPES} == set(LIMITS)


def test_without_limits_every_call_passes() -> None:
    budget, record = Budget(), step()
    call(budget, record, Usage(10**9, 10**9, 10**6))
    call(budget, record)
    assert budget.left(record) == ""


def test_the_last_call_passes_and_the_next_does_not() -> None:
    budget = Budget(Limits(max_calls=2))
    call(budget)
    call(budget)
    with pytest.raises(BudgetExceeded) as caught:
        call(budget)
    assert str(caught.value) == (
        "Expected the run to stay within max_calls=2, but it has used 2 requests already; "
        "raise max_calls or let the run ask less."
    )
    assert budget.spent.calls == 2


def test_tokens_of_prompt_and_completion_count() -> None:
    budget = Budget(Limits(max_total_tokens=100))
    call(budget, usage=Usage(60, 39, 1))
    call(budget, usage=Usage(1, 1, 1))
    with pytest.raises(BudgetExceeded, match="max_total_tokens=100, but it has used 101 tokens"):
        call(budget)


def test_seconds_of_waiting_count() -> None:
    budget = Budget(Limits(max_seconds=1.5))
    call(budget, seconds=1.4)
    call(budget, seconds=0.2)
    with pytest.raises(BudgetExceeded, match=r"max_seconds=1.5, but it has used 1.6 seconds already"):
        call(budget)


def test_money_is_counted_by_the_price_of_the_model_that_answered() -> None:
    budget = Budget(Limits(max_cost=Decimal("0.5")), prices=PRICES)
    call(budget, usage=Usage(100_000, 150_000, 1))
    assert budget.spent.cost == Decimal("0.4")
    call(budget, usage=Usage(100_000, 0, 1), models=("m-2026-01-31", "m"))
    with pytest.raises(BudgetExceeded, match=r"max_cost=0.5, but it has used 0.5 USD already"):
        call(budget)


@pytest.mark.parametrize("limits", [Limits(max_cost=Decimal(1)), Limits(max_cost_per_task=Decimal(1))])
def test_an_unknown_model_is_an_error_before_the_call_that_says_where_to_write_its_price(
    limits: Limits,
) -> None:
    budget = Budget(limits, prices=Prices({}, "USD", Path("our-prices.yaml")))
    with pytest.raises(SettingsError, match=r"'qwen3:8b'.*'our-prices.yaml', as qwen3:8b: \{prompt"):
        budget.enter(step(), "qwen3:8b")
    assert budget.spent == Spending()


def test_a_model_without_a_price_that_answers_for_another_stops_the_next_call() -> None:
    budget = Budget(Limits(max_cost=Decimal(1)), prices=PRICES)
    record = step()
    budget.enter(record, "m")
    budget.settle(record, Usage(10, 10, 1), models=("stranger",))
    with pytest.raises(BudgetExceeded, match="1 had no price or no count of tokens"):
        budget.enter(record, "m")


def test_uncounted_tokens_are_never_free_except_where_the_model_is() -> None:
    budget = Budget(Limits(max_cost=Decimal(1)), prices=PRICES)
    call(budget, asked="free", models=("free",), counted=False)
    call(budget, counted=False)
    with pytest.raises(BudgetExceeded, match="had no price"):
        call(budget)


def test_a_limit_on_tokens_that_nobody_counts_stops_the_run_instead_of_meaning_nothing() -> None:
    budget = Budget(Limits(max_total_tokens_per_task=100))
    call(budget, counted=False)
    with pytest.raises(
        BudgetExceeded, match="does not count tokens; limit it with max_calls_per_task instead"
    ):
        call(budget)


def test_uncounted_tokens_do_not_matter_where_tokens_are_not_limited() -> None:
    budget = Budget(Limits(max_calls=2))
    call(budget, counted=False)
    call(budget)


@pytest.mark.parametrize(
    ("scope", "inside", "outside"),
    [
        ("task", step("T1"), step("T2")),
        ("task", step("T", "S1"), step("T", "S2")),
        ("suite", step("T", "S1"), step("T", "S2")),
        ("step", step(), step()),
    ],
)
def test_a_limit_counts_for_its_stretch_alone(scope: str, inside: StepRecord, outside: StepRecord) -> None:
    budget = Budget(Limits(**{f"max_calls_per_{scope}": 1}))
    call(budget, inside)
    with pytest.raises(BudgetExceeded, match=f"the {scope} to stay within max_calls_per_{scope}=1"):
        call(budget, inside)
    call(budget, outside)


def test_a_suites_setup_belongs_to_no_task() -> None:
    budget = Budget(Limits(max_calls_per_task=1))
    setup = step(task="")
    call(budget, setup)
    call(budget, setup)


def test_the_narrowest_limit_that_is_reached_is_told() -> None:
    budget = Budget(Limits(max_calls=1, max_calls_per_step=1))
    record = step()
    call(budget, record)
    with pytest.raises(BudgetExceeded, match="the step to stay within"):
        call(budget, record)


def test_what_is_left_is_a_sentence_and_never_negative() -> None:
    budget = Budget(
        Limits(max_calls_per_task=5, max_total_tokens=100, max_cost=Decimal("2.5")), prices=PRICES
    )
    record = step()
    call(budget, record, Usage(200, 0, 2))
    assert budget.left(record) == (
        "Left in the budget: the task 3 of 5 requests; the run 0 of 100 tokens and 2.4998 of 2.5 USD."
    )


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(max_calls=1), "it has used 1 request already"),
        (Limits(max_calls_per_step=1), "it has used 1 request already"),
        (Limits(max_total_tokens=1), "it has used 1 token already"),
        (Limits(max_seconds=1), "it has used 1 second already"),
        (Limits(max_seconds=0.5), "it has used 1 second already"),
    ],
)
def test_one_of_a_thing_is_no_plural(limits: Limits, says: str) -> None:
    budget, record = Budget(limits), step()
    call(budget, record, Usage(1, 0, 1), seconds=1.0)
    with pytest.raises(BudgetExceeded, match=says):
        call(budget, record)


def test_what_is_left_of_one_is_no_plural() -> None:
    budget, record = Budget(Limits(max_calls=1)), step()
    call(budget, record)
    assert budget.left(record) == "Left in the budget: the run 0 of 1 request."


def test_what_a_step_spent_stands_in_its_record() -> None:
    budget, record = Budget(prices=PRICES), step()
    call(budget, record, Usage(1_000_000, 0, 3), seconds=2.0)
    assert record.spent == Spending(3, 1_000_000, Decimal(1), 2.0)


def test_a_call_that_made_no_request_gives_its_place_back() -> None:
    budget = Budget(Limits(max_calls=1))
    call(budget, usage=Usage())
    call(budget)
    assert budget.spent.calls == 1


def test_calls_side_by_side_never_pass_a_limit_on_calls() -> None:
    budget, passed, refused = Budget(Limits(max_calls=10)), [], []
    start = threading.Barrier(20)

    def work() -> None:
        start.wait()
        for _ in range(5):
            try:
                call(budget)
                passed.append(1)
            except BudgetExceeded:
                refused.append(1)

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passed), len(refused)) == (10, 90)


# The day ---------------------------------------------------------------------------------------------------------------


def day_budget(file: Path, today: date = date(2026, 11, 22), **limits: Any) -> Budget:
    return Budget(Limits(**limits), prices=PRICES, day=DaySpending(file, lambda: today))


def test_the_day_goes_on_in_another_run_and_ends_at_midnight(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "day.sqlite"
    call(day_budget(file, max_calls_per_day=2))
    call(day_budget(file, max_calls_per_day=2))
    with pytest.raises(
        BudgetExceeded, match="the day to stay within max_calls_per_day=2, but it has used 2 requests"
    ):
        call(day_budget(file, max_calls_per_day=2))
    call(day_budget(file, date(2026, 11, 23), max_calls_per_day=2))


def test_the_day_counts_tokens_money_and_seconds_exactly(tmp_path: Path) -> None:
    file = tmp_path / "day.sqlite"
    for _ in range(3):
        call(day_budget(file, max_cost_per_day=Decimal(9)), usage=Usage(100_000, 0, 2), seconds=0.5)
    assert DaySpending(file, lambda: date(2026, 11, 22)).spent() == Spending(6, 300_000, Decimal("0.3"), 1.5)


def test_without_a_limit_on_the_day_no_file_is_written(tmp_path: Path) -> None:
    call(day_budget(tmp_path / "day.sqlite", max_calls=5))
    assert not (tmp_path / "day.sqlite").exists()


def test_a_file_that_is_no_days_file_stops_the_call_and_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "day.sqlite"
    file.write_text("these are my notes, not a database " * 100, "utf-8")
    with pytest.raises(
        SettingsError, match="correct or delete that file, or name another with the setting day_spending"
    ):
        call(day_budget(file, max_calls_per_day=2))


def test_a_days_file_that_fails_after_the_call_stops_the_next_one_only(tmp_path: Path) -> None:
    file = tmp_path / "day.sqlite"
    budget, record = day_budget(file, max_calls_per_day=9), step()
    budget.enter(record, "m")
    file.write_text("overwritten " * 500, "utf-8")
    budget.settle(record, Usage(1, 1, 1), models=("m",))
    with pytest.raises(SettingsError, match="day_spending"):
        budget.enter(record, "m")


def _spend(file: str, passed: Any) -> None:
    budget = day_budget(Path(file), max_calls_per_day=30)
    for _ in range(20):
        try:
            call(budget, usage=Usage(10, 0, 1))
        except BudgetExceeded:
            continue
        with passed.get_lock():
            passed.value += 1


def test_processes_that_share_a_day_never_pass_its_limit(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    passed = context.Value("i", 0)
    file = tmp_path / "day.sqlite"
    workers = [context.Process(target=_spend, args=(str(file), passed)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert passed.value == 30
    spent = DaySpending(file, lambda: date(2026, 11, 22)).spent()
    assert (spent.calls, spent.tokens) == (30, 300)


# Prices ----------------------------------------------------------------------------------------------------------------


def test_the_packaged_prices_know_well_known_models_dated_ones_too() -> None:
    prices = read_prices()
    assert (
        prices.of("gpt-4o-mini")
        == prices.of("gpt-4o-mini-2024-07-18")
        == Price(Decimal("0.15"), Decimal("0.6"))
    )
    assert prices.of("gpt-4o-mini-audio") is None
    assert prices.currency == "USD"


def test_the_users_prices_come_before_the_packaged_ones(tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text(
        "models:\n  gpt-4o: {prompt: 9, completion: 9}\n  qwen3:8b: {prompt: 0, completion: 0}\n", "utf-8"
    )
    prices = read_prices(file)
    assert prices.of("gpt-4o") == Price(Decimal(9), Decimal(9))
    assert prices.of("gpt-4.1") is not None
    free = prices.of("qwen3:8b")
    assert free is not None
    assert free.is_free


def test_prices_in_another_currency_are_not_mixed_with_dollars(tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text("currency: EUR\nmodels:\n  mine: {prompt: 1, completion: 1}\n", "utf-8")
    assert read_prices(file).of("gpt-4o") is None
    assert read_prices(file).currency == "EUR"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "create it or correct the setting prices"),
        ("models: [", "to be YAML"),
        ("prices: {}", "to have models"),
        ("models: {m: {prompt: 1}}", "two prices"),
        ("models: {m: {prompt: cheap, completion: 1}}", "two prices"),
        ("models: {m: {prompt: -1, completion: 1}}", "two prices"),
        ("models: {m: {prompt: .nan, completion: 1}}", "two prices"),
    ],
)
def test_a_wrong_price_file_is_a_sentence_that_names_it(
    tmp_path: Path, content: str | None, found: str
) -> None:
    file = tmp_path / "prices.yaml"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=found) as caught:
        read_prices(file)
    assert "prices.yaml" in str(caught.value)
