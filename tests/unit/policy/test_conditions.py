from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.policy.conditions import read_conditions

FACTS: dict[str, Any] = {
    "category": "billing",
    "order_no": "GF-10442",
    "amount": Decimal("42.50"),
    "due": None,
    "notify": True,
    "day": date(2026, 3, 5),
    "tags": ["late", "angry"],
    "note": "please call back",
    "订单号": "GF-10442",
    "金额": "168.00 元",
    "类别": "账单",
}


def holds(description: str, **facts: Any) -> bool:
    known = {**FACTS, **facts}
    conditions = read_conditions(description, known)
    assert conditions.gates, "no condition was read"
    assert conditions.rest == ""
    return all(gate.holds(known) for gate in conditions.gates)


def read(description: str) -> tuple[list[str], str]:
    conditions = read_conditions(description, FACTS)
    return [gate.text for gate in conditions.gates], conditions.rest


def test_conditions_are_split_from_prose() -> None:
    gates, rest = read(
        "category is billing and order_no is known and amount is at most 200, the customer asks for money back"
    )
    assert gates == ["category is billing", "order_no is known", "amount is at most 200"]
    assert rest == "the customer asks for money back"


def test_prose_stays_as_it_was_written() -> None:
    prose = "the customer is angry or upset, asks for a manager; and wants, e.g., 1,000 EUR back."
    assert read(prose) == ([], prose.rstrip("."))


def test_prose_around_a_condition_is_joined_again() -> None:
    assert read("the customer is angry, order_no is known, wants a manager") == (
        ["order_no is known"],
        "the customer is angry, wants a manager",
    )


@pytest.mark.parametrize(
    "condition",
    [
        "category is billing",
        "category = Billing",
        "category == billing",
        "category is not delivery",
        "category != delivery",
        "category is one of delivery, billing",
        "category is one of delivery, product or billing",
        "category is delivery or billing",
        "category is none of delivery, product",
        "order_no is known",
        "order no is known",
        "the order no is known",
        "when order_no is known",
        "only if order_no is known",
        "due is missing",
        "due is not known",
        "order_no contains gf-10",
        "note contains 'call back'",
        "tags contains late",
        "note does not contain refund",
        "amount is at least 42.5",
        "amount is at most 42.50",
        "amount is above 42.49",
        "amount is below 1,000.50 EUR",
        "amount <= 42.5",
        "amount>=€42.50",
        "amount < 43",
        "amount > 42",
        "amount is 42.5",
        "amount is not more than 200",
        "amount is less than or equal to 42.50",
        "amount is greater than or equal to 42.50",
        "amount is <= 42.5",
        "amount is = 42.5",
        "order_no exists",
        "order_no is present",
        "order_no is not null",
        "due is absent",
        "notify is true",
        "notify is yes",
        "day is after 2026-03-04",
        "day is at most 2026-03-05",
        "订单号已知",
        "类别是账单",
        "类别是投诉或账单",
        "类别不是投诉",
        "金额不超过200",
        "金额至少 168",
        "金额大于100元",
        "当金额小于200时",
        "订单号包含 10442",
        "类别是账单且订单号已知，金额>100",
        "如果订单号已知并且金额 ≤ 168",
        "due is missing or order_no is missing",
    ],
)
def test_a_condition_that_holds(condition: str) -> None:
    assert holds(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "category is delivery",
        "category is not billing",
        "category is one of delivery, product",
        "category is none of delivery, billing",
        "order_no is missing",
        "due is known",
        "order_no contains 9999",
        "amount is at least 42.51",
        "amount is above 42.50",
        "amount is below 42.50",
        "amount is at most 42.49",
        "notify is false",
        "notify is no",
        "day is before 2026-03-05",
        "订单号缺失",
        "类别是投诉",
        "金额大于200",
        "due is missing, order_no is missing",
    ],
)
def test_a_condition_that_does_not_hold(condition: str) -> None:
    assert not holds(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "due is x",
        "due is not x",
        "due != x",
        "due is below 5",
        "due is above 5",
        "due contains x",
        "due does not contain x",
        "due is false",
    ],
)
@pytest.mark.parametrize("nothing", [None, "", "  ", []])
def test_nothing_holds_for_a_missing_fact_but_that_it_is_missing(condition: str, nothing: object) -> None:
    assert not holds(condition, due=nothing)
    assert holds("due is missing", due=nothing)


def test_numbers_compare_exactly() -> None:
    assert holds("amount is at most 0.3", amount=Decimal("0.3"))
    assert not holds("amount is at most 0.3", amount=Decimal("0.30000000000000000001"))
    assert holds("amount is 25.90", amount=25.9)


def test_an_or_of_conditions_is_one_gate() -> None:
    assert read("amount is above 200 or order_no is missing, the customer is angry") == (
        ["amount is above 200 or order_no is missing"],
        "the customer is angry",
    )


def test_an_or_with_prose_stays_prose_as_a_whole() -> None:
    assert read("order_no is known, amount is above 200 or the customer is angry") == (
        ["order_no is known"],
        "amount is above 200 or the customer is angry",
    )


def test_a_list_ends_where_prose_begins() -> None:
    assert read("category is one of billing, delivery, the customer wants it back") == (
        ["category is one of billing, delivery"],
        "the customer wants it back",
    )


@pytest.mark.parametrize(
    ("description", "says"),
    [
        ("ordr_no is known", "write 'order_no' if you meant that"),
        ("amont is at most 3", "write 'amount' if you meant that"),
        ("invoice_no is known", "but the facts are category, order_no"),
        ("total > 3", "to name a fact"),
        ("客户号已知", "to name a fact"),
        ("order_no looks odd", "Expected a condition like 'order_no is known'"),
        ("order_no and amount are known", "write each condition out"),
        ("unless order_no is known", "begin with its fact"),
        ("amount is at most two hundred", "found 'two hundred'; write it in digits"),
        ("amount is at most 1.234,50", "write it in digits"),
        ("amount is between 1 and 3", "found 'between 1'"),
        ("category is hard to tell because it is short", "put a longer value in quotes"),
        ("order_no is known to the customer", "Expected nothing behind 'order_no is known'"),
        ("amount is at most", "found none; write the value"),
        ("amount is at most 1.000", "a thousand as 1000 or 1,000"),
        ("amount must be at most 200", "Expected a condition like 'amount is at most 200'"),
        ("amount should be above 200", "go on with one of"),
        ("amount at most 200", "go on with one of"),
        ("amount under €200", "go on with one of"),
        ("amount known", "go on with one of"),
        ("amount isn't known", "go on with one of"),
        ("notify", "Expected a condition like 'notify is true'"),
        ("not notify", "Expected a condition like 'notify is true'"),
        ("amount > 10 and < 30", "write each condition out"),
        ("amount is above 10 and at most 30", "write each condition out"),
        ("category is billing and amount is missing or order_no is missing", "can be read two ways"),
    ],
)
def test_what_looks_like_a_condition_and_is_none_is_an_error_and_never_prose(
    description: str, says: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_conditions(description, FACTS)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "prose",
    [
        "the parcel is missing",
        "客户至少等了三天",
        "nobody is known",
        "it is above my head",
        "asks where it is",
        "over 20 enquiries came about this",
        "amount was charged twice",
        "amount",
        "category must be read from the text",
    ],
)
def test_prose_that_resembles_a_condition_is_prose(prose: str) -> None:
    assert read(prose) == ([], prose)


PIECES = st.sampled_from(
    [
        "order_no",
        "amount",
        "due",
        " is ",
        " is one of ",
        " known",
        " or ",
        " and ",
        ", ",
        "或",
        "且",
        "金额",
        "大于",
        "200",
        "x",
        '"',
        "'",
        "(",
        " > ",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=15).map("".join))
def test_any_description_ends_in_conditions_or_an_input_error(description: str) -> None:
    try:
        conditions = read_conditions(description, FACTS)
    except InputError:
        return
    for gate in conditions.gates:
        with contextlib.suppress(InputError):  # a fact of a kind that cannot be compared
            assert gate.holds(FACTS) in (True, False)
    assert not (set(conditions.rest) - set(description))


def test_a_fact_may_be_called_like_a_word_that_begins_a_condition() -> None:
    facts = {"when": date(2026, 1, 2)}
    conditions = read_conditions("when is after 2026-01-01", facts)
    assert [gate.holds(facts) for gate in conditions.gates] == [True]
    assert conditions.rest == ""


@pytest.mark.parametrize("amount", ["1.250,00 EUR", "a lot", float("nan"), True, date(2026, 3, 5), ["5"]])
@pytest.mark.parametrize("condition", ["amount is above 200", "amount is at most 200"])
def test_what_cannot_be_compared_is_an_error_and_neither_true_nor_false(
    condition: str, amount: object
) -> None:
    with pytest.raises(InputError, match=r"the fact 'amount' to be a number like 1234\.50"):
        holds(condition, amount=amount)


@pytest.mark.parametrize("condition", ["amount is positive", "amount is not zero", "amount is 25,90"])
def test_a_number_is_never_compared_with_a_word(condition: str) -> None:
    with pytest.raises(InputError, match=r"Expected a number like .* in the condition on 'amount'"):
        holds(condition)
