from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.formats import in_own_format
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.values import to_setting


def put(value: Any, language: str = "", **card: Any) -> str:
    return in_own_format(FieldCard(1, "text", card.pop("label", "Field"), **card), value, language)


@pytest.mark.parametrize(
    ("hint", "held"),
    [
        ("TT.MM.JJJJ", "21.06.1987"),
        ("mm/dd/yyyy", "06/21/1987"),
        ("dd/mm/yy", "21/06/87"),
        ("JJ/MM/AAAA", "21/06/1987"),
        ("dd-mm-jjjj", "21-06-1987"),
        ("pp.kk.vvvv", "21.06.1987"),
        ("ÅÅÅÅ-MM-DD", "1987-06-21"),
        ("ДД.ММ.ГГГГ", "21.06.1987"),
        ("gg/mm/aaaa", "21/06/1987"),
        ("éééé.hh.nn", "1987.06.21"),
        ("For example dd.mm.yyyy", "21.06.1987"),
    ],
)
def test_a_date_takes_the_form_that_the_field_shows(hint: str, held: str) -> None:
    assert put(date(1987, 6, 21), placeholder=hint) == held
    assert put("1987-06-21", hint=hint) == held
    assert put("21 June 1987", label=f"Born ({hint})") == held


def test_a_date_is_written_in_the_one_way_that_is_read_alike_where_the_field_shows_no_form() -> None:
    assert put(date(1987, 6, 3), "en-US") == "1987-06-03"
    assert put("3.6.1987", "de") == "3.6.1987"


def test_a_text_in_the_shown_form_stays_and_one_with_two_readings_is_refused() -> None:
    assert put("03/04/1987", placeholder="mm/dd/yyyy") == "03/04/1987"
    assert put("unknown", placeholder="mm/dd/yyyy") == "unknown"
    with pytest.raises(ValueRejected, match="two ways"):
        put("03/04/1987", placeholder="TT.MM.JJJJ")


@pytest.mark.parametrize(
    ("hint", "held"),
    [("MM/YY", "03/30"), ("MM / JJ", "03/30"), ("MM/YYYY", "03/2030"), ("MMYY", "0330"), ("", "3/2030")],
)
def test_an_expiry_date_takes_the_form_that_the_field_shows(hint: str, held: str) -> None:
    assert put("3/2030", placeholder=hint) == held


@pytest.mark.parametrize(
    ("value", "constraints", "held"),
    [
        ("4111 1111 1111 1111", {"maxlength": "16"}, "4111111111111111"),
        ("4111 1111 1111 1111", {"maxlength": "19"}, "4111 1111 1111 1111"),
        ("(555) 014-2268", {"pattern": r"\d{10}"}, "5550142268"),
        ("DE89 3704 0044 0532 0130 00", {"maxlength": "22"}, "DE89370400440532013000"),
        ("123 45", {"pattern": "[0-9]{5}"}, "12345"),
    ],
)
def test_separators_are_dropped_only_where_the_field_refuses_them(
    value: str, constraints: dict[str, str], held: str
) -> None:
    assert put(value, constraints=constraints) == held


def test_words_and_digits_are_never_dropped_to_make_a_value_fit() -> None:
    for value, maxlength in (("48 Larkspur Terrace", "10"), ("5550142268", "9")):
        card = FieldCard(1, "text", "Field", constraints={"maxlength": maxlength})
        with pytest.raises(ValueRejected, match="maxlength"):
            to_setting(card, value)


def test_a_number_gets_the_decimal_mark_of_the_field_or_of_the_pages_language() -> None:
    assert put(25.9) == "25.9"
    assert put(Decimal("25.90"), "de-DE") == "25,90"
    assert put(25.9, "en-GB") == "25.9"
    assert put(25.9, "de", placeholder="0.00") == "25.9"
    assert put(25.9, "not a language") == "25.9"
    assert put("25.90", "de") == "25.90"


@pytest.mark.parametrize("pattern", ["/^[0-9 A-Za-z]*$/", "number", "/^.*$/i"])
def test_a_pattern_that_no_value_at_all_can_meet_is_read_as_it_was_meant(pattern: str) -> None:
    card = FieldCard(1, "text", "Field", constraints={"pattern": pattern})
    assert to_setting(card, "48 Larkspur Terrace").value == "48 Larkspur Terrace"


def test_a_pattern_in_slashes_still_restricts() -> None:
    card = FieldCard(1, "text", "Field", constraints={"pattern": "/^[0-9]*$/"})
    with pytest.raises(ValueRejected, match="pattern"):
        to_setting(card, "48 Larkspur Terrace")
