from __future__ import annotations

from decimal import Decimal

import pytest

from GenFlowLibrary.engines.embedded.amounts import read_number
from GenFlowLibrary.engines.embedded.identifiers import (
    find_emails,
    find_links,
    find_phones,
    find_shape,
    shapes_in,
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", "5"),
        ("1234.5", "1234.5"),
        ("1,5", "1.5"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234", "1234"),
        ("1\u00a0234,50", "1234.50"),
        ("12,34,567.00", None),
        ("1.2.3", None),
        ("1234,567", None),
    ],
)
def test_an_amount_is_read_with_either_decimal_separator(written: str, value: str | None) -> None:
    assert read_number(written, money=True) == (None if value is None else Decimal(value))


def test_a_number_that_may_mean_two_things_has_no_value_unless_it_is_money() -> None:
    assert read_number("1.234", money=False) is None
    assert read_number("1,234.5", money=False) == Decimal("1234.5")


@pytest.mark.parametrize(
    "description",
    [
        "order number like GF-10442",
        "such as GF-10442",
        "e.g. GF-10442",
        "如 GF-10442",
        "订单号，例如：GF-10442",
        "wie GF-10442",
    ],
)
def test_a_description_shows_the_shape(description: str) -> None:
    assert shapes_in(description) == ("GF-10442",)


def test_a_description_may_show_several_shapes_or_none() -> None:
    assert shapes_in("like GF-10442 or 2026/17") == ("GF-10442", "2026/17")
    assert shapes_in("what the customer would like to have, 200 words, looks like 12") == ()
    assert shapes_in("the order number") == ()


def test_a_shape_is_written_as_its_example_is() -> None:
    assert [one.value for one in find_shape("gf 10442, GF/10443 and GF10444", "GF-10442")] == [
        "GF-10442",
        "GF-10443",
        "GF-10444",
    ]


def test_mail_addresses_phone_numbers_and_links_are_found_by_their_shape() -> None:
    text = "Mail a.b+c@example.co.uk. Call +49 511 123456 or 13800138000, not GF-10442 or 42.50 EUR; see https://example.com/a?b=1."
    assert [one.value for one in find_emails(text)] == ["a.b+c@example.co.uk"]
    assert [one.value for one in find_phones(text)] == ["+49 511 123456", "13800138000"]
    assert [one.value for one in find_links(text)] == ["https://example.com/a?b=1"]
