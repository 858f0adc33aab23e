from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.answers.parsing import excerpt, parse_answer, without_thinking
from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.errors import AnswerError


class Order(BaseModel):
    """Deliberately without `extra="forbid"`: the parser refuses what was not asked for in any case."""

    number: str
    amount: float | None
    kind: Literal["new", "used"]
    gift: bool


GOOD = '{"number": "GF-1", "amount": 12.5, "kind": "new", "gift": false}'
ORDER = Order(number="GF-1", amount=12.5, kind="new", gift=False)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"  \n{GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```",
        f'Here is the "answer":\n```json\n{GOOD}\n```\nI hope it helps.',
        f'<think>Is it {{"number": "X"}}? Or [1]?</think>\n{GOOD}',
        f"\ufeff{GOOD}",
    ],
)
def test_prose_fences_and_thinking_around_the_object_are_forgiven(text: str) -> None:
    assert parse_answer(text, Order) == ORDER


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing came"),
        ("   ", "nothing came"),
        ("I cannot tell.", "'I cannot tell.' came"),
        (GOOD[:-1], "it ends too early"),
        (GOOD[:30], "complete JSON object"),
        (GOOD.replace("12.5", "12.5.1"), "it is broken at '.1"),
        (GOOD.replace('"GF-1"', "GF-1"), "it is broken at 'GF-1"),
        (f"[{GOOD}]", "there is '[' beside it"),
        (f"{GOOD}\n{GOOD}", "there is '{' beside it"),
        (f"As asked {{see below}}: {GOOD}", "broken"),
        (f"<think>never ends {GOOD}", "nothing came"),
        ('{"number": "GF-1", "number": "GF-2"}', "'number' is there more than once"),
        (GOOD.replace("12.5", "NaN"), "one is NaN"),
        (GOOD.replace("12.5", "-Infinity"), "one is -Infinity"),
        (GOOD.replace("12.5", "1e999"), "'1e999' has too many digits"),
        (GOOD.replace("12.5", "12345678901234567890.5"), "too many digits"),
        (GOOD.replace("12.5", "9" * 5000), "far too long"),
        (GOOD.replace("12.5", '"12.5"'), "'amount' in the answer to be"),
        (GOOD.replace('"GF-1"', "1"), "'number' in the answer to be a valid string, but it is 1"),
        (GOOD.replace('"new"', '"old"'), "'kind' in the answer to be 'new' or 'used', but it is \"old\""),
        (GOOD.replace("false", '"no"'), "'gift' in the answer to be a valid boolean"),
        (GOOD.replace("false", "0"), "'gift' in the answer to be a valid boolean"),
        (GOOD.replace('"gift": false', '"kind2": 1'), "also has 'kind2'"),
        (
            '{"number": "GF-1", "amount": null, "kind": "new"}',
            "Expected the field 'gift' in the answer, but it is missing",
        ),
        (GOOD.replace("GF-1", "\\ud800"), "broken character"),
        (GOOD.replace("GF-1", "\ud800"), "broken character"),
        ('{"a":' * 100_000, "nested too deeply"),
        (GOOD.replace('"GF-1"', "[" * 500 + "]" * 500), "nested too deeply"),
    ],
)
def test_what_might_mean_something_else_is_an_error_of_one_sentence(text: str, reason: str) -> None:
    with pytest.raises(AnswerError) as raised:
        parse_answer(text, Order)
    message = str(raised.value)
    assert reason in message
    assert message.startswith("Expected")
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 300


def test_a_brace_in_a_text_value_is_no_second_object() -> None:
    text = json.dumps({"number": 'a "} {" <think>b</think> ```', "amount": None, "kind": "new", "gift": True})
    assert parse_answer(text, Order).number == 'a "} {" <think>b</think> ```'


def test_a_choice_is_a_number_and_not_true() -> None:
    with pytest.raises(AnswerError, match="'choice' in the answer to fit, but it is true"):
        parse_answer('{"reason": "r", "choice": true}', choice_type(2))


def test_decimals_and_dates_become_python_values() -> None:
    kind = parse_schema("amount: Decimal, due: date | None, lines: list[{sku: str, qty: int}]").answer_type()
    answer = parse_answer(
        '{"amount": "1234.50", "due": "2026-03-05", "lines": [{"sku": "A", "qty": 2}]}', kind
    )
    assert answer.amount == Decimal("1234.50")  # type: ignore[attr-defined]
    assert answer.due == date(2026, 3, 5)  # type: ignore[attr-defined]
    with pytest.raises(AnswerError, match=r"'lines\.0\.qty'"):
        parse_answer('{"amount": "1", "due": null, "lines": [{"sku": "A", "qty": "2"}]}', kind)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<think>hm</think>Dear", "Dear"),
        ("\n<think>\nhm\n</think>\n\nDear", "\n\nDear"),
        ("<think>never ends", ""),
        ("Dear <think>x</think>", "Dear <think>x</think>"),
        ("<think>a</think><think>b</think>", "<think>b</think>"),
    ],
)
def test_only_the_thinking_at_the_beginning_is_left_out(text: str, left: str) -> None:
    assert without_thinking(text) == left


def test_an_excerpt_is_one_short_line() -> None:
    assert excerpt("a\n  b") == "a b"
    assert excerpt("x" * 100, 10) == "xxxxxxxxx…"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["number", "x"]) | st.text(), inner)
    ),
    max_leaves=8,
)


@given(
    st.text()
    | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape"))
    | st.text(alphabet='{}[]",:\\ntfu0123.e-/<>think ')
    | json_values.map(json.dumps)
    | st.fixed_dictionaries(dict.fromkeys(Order.model_fields, json_values)).map(json.dumps)
    | st.integers(0, len(GOOD)).map(lambda end: GOOD[:end])
)
def test_any_text_ends_in_an_answer_or_an_answer_error(text: str) -> None:
    try:
        answer = parse_answer(text, Order)
    except AnswerError as error:
        assert "\n" not in str(error)  # noqa: PT017 - an error is one of two good endings
    else:
        assert isinstance(answer, Order)


@given(
    st.builds(
        Order,
        number=st.text(st.characters(codec="utf-8")),
        amount=st.none() | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
        kind=st.sampled_from(["new", "used"]),
        gift=st.booleans(),
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="[]{}<")),
)
def test_a_good_answer_comes_back_as_it_was_whatever_the_prose(order: Order, prose: str) -> None:
    assert parse_answer(f"{prose}{order.model_dump_json()}{prose}", Order) == order
