"""What a text claims and can be looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.texts.claims import find_claims, not_in

FACTS = 'Ada Brook, order GF-10442, 1250.5 EUR, bought 2026-03-05, two lamps, ada@garnfeld.example, 12.000 Stück, due "2026-04-01"'


def invented(text: str, facts: str = FACTS, **how: object) -> list[str]:
    return not_in(find_claims(text, **how), [facts])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ada Brook,\nyour order GF-10442 of 5 March 2026 is refunded with 1,250.50 EUR.\nKind Regards\nCustomer Service",
        "Dear Ada,\nwe will send 2 lamps by April 1st, 2026 to ada@garnfeld.example.",
        "Your order gf 10442 of March 5 is known to us.",
        "We sent it on 5 March.",
        "Sehr geehrte Frau Brook, Ihre Bestellung GF-10442 vom 5. März wird mit 1.250,50 € erstattet.",
        "Brook女士您好，您3月5日的订单GF-10442将退款1250.50欧元。",
        "We are sorry. Thank you for your patience.",
        "We thank Brook's friend.",
    ],
)
def test_what_the_facts_state_in_any_writing_is_not_invented(text: str) -> None:
    assert invented(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your order GF-99999 is on its way.", ["GF-99999"]),
        ("You will get 1,999.00 EUR back.", ["1,999.00 EUR"]),
        ("It comes on 6 March 2026.", ["6 March 2026"]),
        ("It comes on 7 May.", ["7 May"]),
        ("We will answer within 14 days.", ["14"]),
        ("We told Carl Jensen about it.", ["Carl Jensen"]),
        ("Dear Carl,\nthank you.", ["Carl"]),
        (
            "Write to help@shop.example or see www.shop.example/x.",
            ["help@shop.example", "www.shop.example/x"],
        ),
        ("Sehr geehrter Herr Schmidt, danke.", ["Schmidt"]),
        ("张三先生您好，退款99元。", ["张三", "99元"]),
        ("Pay -1250.5 or 125 EUR.", ["125 EUR"]),
        ("You have 10% off.", ["10"]),
        ("It takes 9h.", ["9"]),
    ],
)
def test_what_no_fact_states_is_named_as_it_is_written(text: str, found: list[str]) -> None:
    assert invented(text) == found


def test_a_year_left_open_is_any_that_the_source_has_but_no_other_day() -> None:
    assert invented("It began on 5 March.", "It began 2025-03-05 and ended 2026-03-07.") == []
    assert invented("It began on 6 March.", "It began 2025-03-05 and ended 2026-03-07.") == ["6 March"]
    assert invented("It began on 5 March.", "It began on 5 March, it says.") == []


def test_an_amount_in_another_currency_than_the_source_has_is_invented() -> None:
    assert invented("You get $25.90 back.", "amount: 25.90 EUR") == ["$25.90"]
    assert invented("You get €25.90 back.", "amount: 25.90 EUR") == []
    assert invented("You get $25.90 back.", "amount: 25.90") == []


def test_names_are_left_alone_where_nobody_asks_for_them() -> None:
    assert invented("We told Carl Jensen about it.", names=False) == []


def test_small_numbers_in_words_are_numbers_to_the_source() -> None:
    assert invented("We send 2 lamps.", "two lamps") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We will answer you within five working days, and that is sure.", ["five"]),
        ("We send you the two lamps that you ordered.", []),
        ("It happened once, and we are sorry for it.", []),
        ("Wir erstatten Ihnen den Betrag innerhalb von zehn Tagen.", ["zehn"]),
        ("我们将在三个工作日内回复您。", ["三"]),
        ("这是第三个问题，我们很抱歉。", []),
    ],
)
def test_a_small_number_in_words_is_a_promise_too(text: str, found: list[str]) -> None:
    assert invented(text, words=True) == found


def test_the_day_of_a_date_is_no_number_but_its_year_is() -> None:
    assert invented("It takes 5 days, and was made in 2026.", "bought 2026-03-05 and on 7 May") == ["5"]
    claims = find_claims("It is due on 3/4/2026.")
    assert not_in(claims, ["2026年4月3日到期。"], parts_of_dates=True) == []


def test_a_number_is_no_part_of_a_longer_one() -> None:
    assert invented("You have 44 points.") == ["44"]


_PIECES = st.sampled_from(
    [
        "5 March",
        "2026",
        "GF-1",
        "EUR",
        "€",
        "$5",
        "1,250.50",
        "Ada",
        "Frau",
        ".",
        ",",
        "\n",
        "三天",
        "五",
        "-",
        "30%",
        "a@b.example",
        "(",
        "31 Feb",
        "٣",
    ]
)


@given(st.lists(_PIECES, max_size=25).map(" ".join))
def test_a_text_states_what_it_claims(text: str) -> None:
    claims = find_claims(text, words=True, language="en")
    assert not_in(claims, [text], parts_of_dates=True) == []
    assert all(text[claim.start : claim.end] == claim.written or claim.kind == "amount" for claim in claims)


FACTS = '{"order": "GF-10442", "delivered": "2026-05-03", "amount": "25.90", "pieces": 3, "mail": "ada@example.org", "at": "14:30"}'


@pytest.mark.parametrize(
    "text",
    [
        "The shade of order GF-10442 arrived in 3 pieces.",
        "Order gf 10442, delivered on 3 May 2026, cost 25,90 euros.",
        "Am 03.05.2026 kam die Lampe in drei Teilen an.",
        "Delivered on 3 May at 14:30, in two halves and a splinter.",
        "It came on May 3rd.",
        "订单GF-10442共3件破损。",
        "Please write to ada@example.org.",
        "No number at all.",
    ],
)
def test_what_was_given_may_be_said_in_any_way_people_write_it(text: str) -> None:
    assert not_in(find_claims(text, names=False), [FACTS]) == []


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Order GF-10443 is broken.", "GF-10443"),
        ("It arrived in 4 pieces.", "4"),
        ("Delivered on 4 May 2026.", "4 May 2026"),
        ("Delivered on 3 June.", "3 June"),
        ("Delivered on 2026-06-03.", "2026-06-03"),
        ("It cost 259 euros.", "259 euros"),
        ("Write to eve@example.org now.", "eve@example.org"),
        ("See https://example.org/claim for more.", "https://example.org/claim"),
        ("共４件破损", "４"),
        ("100% broken", "100"),
    ],
)
def test_what_was_made_up_is_named(text: str, strange: str) -> None:
    assert not_in(find_claims(text, names=False), [FACTS]) == [strange]
