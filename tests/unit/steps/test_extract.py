"""Extract Data: typed facts, and none that the text does not hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from GenFlowLibrary.core.errors import AnswerError, InputError, SchemaError
from GenFlowLibrary.steps.extract import extract
from tests.fakes.engine import FakeEngine
from tests.fakes.runtime import make_runtime

TEXT = "Order GF-10442 of 5 March 2026 broke, please refund 1,250.50 EUR."
SCHEMA = "order_no: str | None\namount: Decimal | None\nbought: date | None"


def test_facts_come_typed_and_by_attribute_and_item() -> None:
    engine = FakeEngine().enqueue({"order_no": "GF-10442", "amount": "1250.50", "bought": "2026-03-05"})
    facts = extract(make_runtime(engine)[0], TEXT, SCHEMA)
    assert facts.order_no == facts["order_no"] == "GF-10442"
    assert facts.amount == Decimal("1250.50")
    assert facts.bought == date(2026, 3, 5)


def test_an_invented_value_is_sent_back_once_with_its_name() -> None:
    good = {"order_no": None, "amount": None, "bought": None}
    engine = FakeEngine().enqueue({**good, "order_no": "GF-99999"}, good)
    facts = extract(make_runtime(engine)[0], TEXT, SCHEMA)
    assert facts.order_no is None
    again = engine.history[1].prompt.messages[-1].content
    assert "order_no ('GF-99999')" in again


@pytest.mark.parametrize("invented", [{"order_no": "GF-99999"}, {"amount": "9999"}, {"bought": "2026-03-06"}])
def test_an_engine_that_insists_on_an_invented_value_fails_the_step(invented: dict[str, str]) -> None:
    answer = {"order_no": None, "amount": None, "bought": None, **invented}
    engine = FakeEngine().enqueue(answer, answer, answer)
    with pytest.raises(AnswerError, match=next(iter(invented))):
        extract(make_runtime(engine)[0], TEXT, SCHEMA)


def test_yes_no_and_one_of_a_few_words_need_not_be_quoted() -> None:
    engine = FakeEngine().enqueue({"angry": False, "reason": "damaged"})
    facts = extract(make_runtime(engine)[0], TEXT, "angry: bool\nreason: Literal['damaged', 'late']")
    assert (facts.angry, facts.reason) == (False, "damaged")


def test_records_in_a_list_are_grounded_as_well() -> None:
    schema = "items: list[{sku: str, qty: int}]"
    good, bad = {"items": [{"sku": "GF-10442", "qty": 5}]}, {"items": [{"sku": "GF-1", "qty": 5}]}
    engine = FakeEngine().enqueue(bad, good)
    facts = extract(make_runtime(engine)[0], TEXT, schema)
    assert facts["items"] == good["items"]
    assert len(engine.history) == 2


def test_a_schema_that_cannot_be_parsed_is_refused_before_anybody_is_asked() -> None:
    engine = FakeEngine()
    with pytest.raises(SchemaError):
        extract(make_runtime(engine)[0], TEXT, "order_no: string of text")
    assert engine.history == []


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        extract(make_runtime(FakeEngine())[0], " ", SCHEMA)


def test_an_engine_that_finds_no_required_value_says_so_with_the_remedy_of_the_schema() -> None:
    engine = FakeEngine().enqueue(*[{"order_no": None}] * 3)
    with pytest.raises(
        AnswerError, match=r"the text to state 'order_no', but .* found none; write '\| None'"
    ):
        extract(make_runtime(engine)[0], "Hello", "order_no: str")
