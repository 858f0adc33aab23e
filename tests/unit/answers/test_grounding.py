from __future__ import annotations

import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.answers.grounding import ungrounded
from GenFlowLibrary.answers.schema_line import parse_schema

FIFTH = date(2026, 3, 5)


def occurs(value: object, text: str) -> bool:
    return ungrounded({"value": value}, text) == []


def test_the_names_of_invented_values_come_back_in_order() -> None:
    values = {"order_no": "GF-1", "amount": Decimal("9999"), "name": "Ann", "due": FIFTH}
    assert ungrounded(values, "Ann here, about GF-1.") == ["amount", "due"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Jane Doe", "JANE\n  doe's order"),
        ("GF-10442", "my gf‑10442."),
        ("GF-10442", "订单GF-10442号"),
        ("don't", "I don’t know"),
        ('the "blue" one', "the “blue” one"),
        ("Müller", "Müllers Bestellung"),
        ("STRASSE", "straße"),
        ("我要退款", "我 要\n退款"),
        ("订单，谢谢", "订单,谢谢"),
        ("A & B", "A &amp; B"),
        ("office", "o\u00adffice"),
        ("１２３", "123"),
        ("", "anything"),
    ],
)
def test_a_text_occurs_whatever_its_case_blanks_and_punctuation(value: str, text: str) -> None:
    assert occurs(value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [("GF-104", "GF-10442"), ("442", "10442"), ("Ann", "Bob"), ("a.b", "axb")],
)
def test_a_text_that_is_not_there_does_not_occur(value: str, text: str) -> None:
    assert not occurs(value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234.50"), "sum: 1,234.50 EUR"),
        (Decimal("1234.50"), "1.234,50€"),
        (Decimal("1234.50"), "1 234,50"),
        (Decimal("1234.50"), "1\u202f234,50"),
        (Decimal("1234.50"), "1’234.50"),
        (Decimal("1234.50"), "1234.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.05"), "0.050"),
        (0, "0 left"),
        (123456, "₹1,23,456.00"),
        (1234, "1,234"),
        (Decimal("1.234"), "1,234"),
        (Decimal("0.99"), "just .99"),
        (99, "no.99"),
        (10442, "order '10442'"),
        (10442, "GF-10442"),
        (42, "42,- EUR"),
        (3, "1,2,3"),
        (5, "5 123"),
        (5123, "5 123"),
        (12, "１２件"),
        (12, "١٢"),
        (0.5, "0,5 kg"),
        (30, "30元"),
        (-5, "-5.00"),
        (-5, "a credit of (EUR 5)"),
        (-5, "−€5"),
        (-5, "5- EUR"),
        (2, "two shirts"),
        (2, "买了两件"),
        (12, "zwölf Stück"),
    ],
)
def test_a_number_occurs_in_any_usual_form(value: object, text: str) -> None:
    assert occurs(value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (234, "1,234.50"),
        (50, "1,234.50"),
        (12, "1234"),
        (9999, "refund 999 9"),
        (7, "seventeen"),
        (-5, "5"),
        (2.5, "two"),
        (Decimal("NaN"), "NaN"),
        (float("inf"), "inf"),
        (1234567, "1234 567"),
        (Decimal("1E+999999999"), "1"),
        (Decimal("1E-999999999"), "1"),
    ],
)
def test_a_number_that_is_not_there_or_only_part_of_another_does_not_occur(value: object, text: str) -> None:
    assert not occurs(value, text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026-03-05T10:00:00Z",
        "2026/3/5",
        "20260305",
        "05.03.2026",
        "5. 3. 2026",
        "05.03.26",
        "05/03/2026",
        "3/5/2026",
        "on 5 March 2026.",
        "March 5th, 2026",
        "Thursday, the 5th of March, 2026",
        "Mar 5, 2026",
        "5-Mar-2026",
        "5. März 2026",
        "le 5 mars 2026",
        "5 de marzo de 2026",
        "5. maaliskuuta 2026",
        "den 5 mars 2026",
        "２０２６年３月５日",
        "2026 年 3 月 5 日",
        "Sent: 1 March 2026. It came on 5 March",
        "Sent 2026-03-01. It came on March 5th, broken",
        "2026年的订单，3月5日到的",
        "Bestellt 2026, geliefert am 5.3. um zehn",
    ],
)
def test_a_date_occurs_in_any_usual_form(text: str) -> None:
    assert occurs(FIFTH, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "5 March",
        "15 March 2026",
        "5 March 2025, and the year 2026",
        "5 May 2026",
        "25.03.2026",
        "05.03.2025",
        "2026-03-051",
        "2026年13月5日",
        "2026年3月15日",
        "March 2026",
        "the fifth",
    ],
)
def test_a_date_that_is_not_there_does_not_occur(text: str) -> None:
    assert not occurs(FIFTH, text)


@pytest.mark.parametrize(
    ("hour", "minute", "text", "expected"),
    [
        (14, 30, "5 March 2026 at 2:30 pm", True),
        (14, 30, "2026-03-05T14:30:00", True),
        (14, 0, "5. März 2026, 14 Uhr", True),
        (0, 0, "5 March 2026", True),
        (14, 30, "5 March 2026", False),
        (14, 30, "5 March 2026 at 14:45", False),
    ],
)
def test_the_time_of_a_datetime_occurs_too(hour: int, minute: int, text: str, *, expected: bool) -> None:
    assert occurs(datetime(2026, 3, 5, hour, minute), text) is expected


def test_nothing_and_yes_and_no_claim_nothing() -> None:
    assert ungrounded({"a": None, "b": True, "c": False, "d": [], "e": ""}, "") == []


def test_lists_and_records_occur_when_all_in_them_does() -> None:
    text = "2 x blue shirt, 1 x cap"
    assert occurs(["blue shirt", "cap"], text)
    assert not occurs(["blue shirt", "hat"], text)
    assert not occurs([{"sku": "cap", "qty": 7}], text)
    kind = parse_schema("lines: list[{sku: str, qty: int}]").answer_type()
    answer = kind.model_validate({"lines": [{"sku": "cap", "qty": 1}, {"sku": "blue shirt", "qty": 2}]})
    assert occurs(answer.lines, text)  # type: ignore[attr-defined]


def test_a_very_long_table_of_numbers_is_searched_in_no_time() -> None:
    text = " ".join(str(number) for number in range(20_000, 40_000))
    began = time.process_time()
    assert not occurs(Decimal("123456.78"), text)
    assert occurs(39_999, text)
    assert time.process_time() - began < 2.0  # reading every number in it would take minutes


@given(
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ".")]),
)
def test_every_amount_is_found_as_it_is_formatted(amount: Decimal, marks: tuple[str, str]) -> None:
    group, point = marks
    written = f"{amount:,.2f}".translate({ord(","): group, ord("."): point})
    assert occurs(amount, f"Total: {written} EUR")


@given(st.text(min_size=1), st.text(), st.text())
def test_every_text_is_found_between_others(value: str, before: str, after: str) -> None:
    assert occurs(value, f"{before} | {value} | {after}")


@given(st.one_of(st.text(), st.decimals(), st.floats(), st.dates(), st.datetimes(), st.integers()), st.text())
def test_any_value_in_any_text_is_found_or_not(value: object, text: str) -> None:
    assert ungrounded({"value": value}, text) in ([], ["value"])


@pytest.mark.parametrize(
    "text", ["order gf 10442!", "Order GF10442", "order <b>GF</b>-10442", "GF–10442", "(GF. 10442)"]
)
def test_an_identifier_may_be_parted_otherwise(text: str) -> None:
    assert ungrounded({"order_no": "GF-10442"}, text) == []


@pytest.mark.parametrize("text", ["GF-104 42", "GF-104421", "10442 GF", "GF and then 10442", "G F-10442"])
def test_an_identifier_of_other_groups_is_another_one(text: str) -> None:
    assert ungrounded({"order_no": "GF-10442"}, text) == ["order_no"]


@pytest.mark.parametrize(
    ("value", "text"), [("an", "Frank"), ("Ann", "Annabel"), ("art", "Stuttgart"), ("10", "Room 110")]
)
def test_a_part_of_a_word_is_not_the_word(value: str, text: str) -> None:
    assert ungrounded({"it": value}, text) == ["it"]


@pytest.mark.parametrize(
    ("value", "text"),
    [("Müller", "Müllers Bestellung"), ("丽华", "我是王丽华。"), ("Ada", "（Ada）"), ("A4", "size A4")],
)
def test_an_ending_and_scripts_without_blanks_are_no_hindrance(value: str, text: str) -> None:
    assert ungrounded({"it": value}, text) == []
