"""Classify Text on whatever an engine answers."""

from __future__ import annotations

import pytest

from GenFlowLibrary.core.errors import AbstainedError, AnswerError, InputError
from GenFlowLibrary.steps.choices import read_options
from GenFlowLibrary.steps.classify import classify
from tests.fakes.engine import FakeEngine
from tests.fakes.runtime import make_runtime

OPTIONS = read_options("category", [], {"billing": "invoices", "delivery": "parcels"})


def test_the_number_chosen_becomes_the_category() -> None:
    engine = FakeEngine().enqueue({"reason": "A parcel is late.", "choice": 2})
    runtime, records = make_runtime(engine)
    answer = classify(runtime, "Where is my parcel?", OPTIONS)
    assert (answer.category, str(answer), answer["category"]) == ("delivery", "delivery", "delivery")
    assert answer.reason == "A parcel is late."
    assert answer.confidence is None
    assert not answer.abstained
    assert records[0].step == "Classify Text"
    assert records[0].answer["category"] == "delivery"


def test_the_engine_gets_the_options_with_number_name_and_description() -> None:
    engine = FakeEngine().enqueue({"reason": "", "choice": 1})
    classify(make_runtime(engine)[0], "text", OPTIONS)
    prompt = engine.history[0].prompt
    assert prompt.inputs["options"][1] == {
        "number": 2,
        "name": "delivery",
        "description": "parcels",
        "examples": [],
    }
    assert "2. delivery" in prompt.messages[-1].content


def test_where_none_fits_it_fails_and_says_what_to_do() -> None:
    engine = FakeEngine().enqueue({"reason": "Nothing matches.", "choice": 0})
    with pytest.raises(AbstainedError, match=r"billing, delivery.*Nothing matches.*otherwise="):
        classify(make_runtime(engine)[0], "text", OPTIONS)


def test_where_none_fits_otherwise_is_returned_and_the_abstention_shown() -> None:
    engine = FakeEngine().enqueue({"reason": "Nothing matches.", "choice": 0})
    answer = classify(make_runtime(engine)[0], "text", OPTIONS, otherwise="other")
    assert answer.category == "other"
    assert answer.abstained


@pytest.mark.parametrize(
    "bad", ["billing", '{"reason": "", "choice": 3}', '{"choice": 1}', "[1]", '{"reason": "", "choice": "1"}']
)
def test_an_answer_that_is_none_of_the_options_is_asked_for_again_once(bad: str) -> None:
    engine = FakeEngine().enqueue(bad, {"reason": "ok", "choice": 1})
    assert classify(make_runtime(engine)[0], "text", OPTIONS).category == "billing"
    assert len(engine.history) == 2


def test_an_engine_that_insists_on_nonsense_ends_in_an_error_and_a_record() -> None:
    engine = FakeEngine().enqueue("no", "never", "no")
    runtime, records = make_runtime(engine)
    with pytest.raises(AnswerError):
        classify(runtime, "text", OPTIONS)
    assert records[0].status == "FAIL"
    assert len(records[0].exchanges) == 3


def test_an_empty_text_is_refused_before_anybody_is_asked() -> None:
    engine = FakeEngine()
    with pytest.raises(InputError, match="empty"):
        classify(make_runtime(engine)[0], "  ", OPTIONS)
    assert engine.history == []
