"""Decide Next Action: rules first, judgement second, and no option against its condition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.steps.choices import read_options
from GenFlowLibrary.steps.decide import decide
from tests.fakes.engine import FakeEngine
from tests.fakes.runtime import make_runtime

OPTIONS = read_options(
    "option",
    [],
    {
        "refund": "order_no is known and amount is at most 200, the customer wants money back",
        "reply": "the customer asks a question",
        "escalate": "the customer threatens",
    },
)


def test_a_written_rule_that_holds_decides_without_an_engine() -> None:
    options = read_options("option", [], {"big": "amount is above 100", "small": "amount is at most 100"})
    engine = FakeEngine()
    runtime, records = make_runtime(engine)
    answer = decide(runtime, "text", options, facts={"amount": 120})
    assert answer.action == "big"
    assert "amount is above 100" in answer.reason
    assert engine.history == []
    assert "'small' is ruled out" in records[0].notes[0]


def test_the_engine_chooses_only_among_options_whose_conditions_hold() -> None:
    engine = FakeEngine().enqueue({"reason": "It is a question.", "choice": 1})
    answer = decide(
        make_runtime(engine)[0], "Refund 9999 now!", OPTIONS, facts={"order_no": "GF-1", "amount": 9999}
    )
    assert [option["name"] for option in engine.history[0].prompt.inputs["options"]] == ["reply", "escalate"]
    assert answer.action == "reply"


def test_the_engine_sees_the_prose_and_the_facts() -> None:
    engine = FakeEngine().enqueue({"reason": "", "choice": 1})
    answer = decide(make_runtime(engine)[0], "text", OPTIONS, facts={"order_no": "GF-1", "amount": 20})
    inputs = engine.history[0].prompt.inputs
    assert inputs["options"][0]["description"] == "the customer wants money back"
    assert inputs["facts"] == {"order_no": "GF-1", "amount": 20}
    assert answer.action == "refund"


@given(choice=st.integers(-5, 10))
def test_whatever_the_engine_answers_an_option_against_its_condition_is_never_taken(choice: int) -> None:
    engine = FakeEngine().enqueue({"reason": "", "choice": choice}, {"reason": "", "choice": 0})
    answer = decide(make_runtime(engine)[0], "text", OPTIONS, facts={"order_no": None, "amount": 1})
    assert answer.action != "refund"


def test_abstaining_takes_otherwise_or_says_abstain() -> None:
    for otherwise, expected in (("escalate", "escalate"), (None, "abstain")):
        engine = FakeEngine().enqueue({"reason": "Unclear.", "choice": 0})
        answer = decide(
            make_runtime(engine)[0], "text", OPTIONS, facts={"order_no": 1, "amount": 1}, otherwise=otherwise
        )
        assert (answer.action, answer.abstained, answer.reason) == (expected, True, "Unclear.")


def test_two_rules_that_hold_at_once_contradict_each_other() -> None:
    options = read_options("option", [], {"a": "amount is above 1", "b": "amount is above 2"})
    answer = decide(make_runtime(FakeEngine())[0], "text", options, facts={"amount": 3})
    assert answer.abstained
    assert "'a' and 'b'" in answer.reason


def test_no_rule_that_holds_is_an_abstention_without_an_engine() -> None:
    options = read_options("option", [], {"a": "amount is above 10", "b": "amount is above 20"})
    engine = FakeEngine()
    answer = decide(make_runtime(engine)[0], "text", options, facts={"amount": 3}, otherwise="person")
    assert (answer.action, answer.abstained) == ("person", True)
    assert engine.history == []


def test_a_condition_that_names_no_fact_is_refused_and_the_facts_are_named() -> None:
    with pytest.raises(InputError, match="order_no"):
        decide(
            make_runtime(FakeEngine())[0],
            "text",
            read_options("option", [], {"a": "order_nr is known", "b": "the rest"}),
            facts={"order_no": 1},
        )
