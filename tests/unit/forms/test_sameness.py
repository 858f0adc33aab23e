from __future__ import annotations

import pytest

from GenFlowLibrary.forms.sameness import same_but_formatted


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("5550142268", "(555) 014-2268"),
        ("1234.5", "1,234.50"),
        ("1234", "1.234"),
        ("fi21 1234", "FI211234"),
        ("4111111111111111", "4111 1111 1111 1111"),
        ("abc", "ABC"),
        ("01021990", "01/02/1990"),
    ],
)
def test_what_a_page_formats_is_the_same(wanted: str, found: str) -> None:
    assert same_but_formatted(wanted, found)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("5550142268", "555014226"),
        ("1.5", "15"),
        ("1.234", "1234"),
        ("00100", "100"),
        ("12", "1 2"),
        ("abc def", "abcdef"),
        ("-5", "5"),
        ("12.5", "125"),
        ("x", ""),
        ("2026-01-02", "2026-02-01"),
    ],
)
def test_what_says_something_else_is_not_the_same(wanted: str, found: str) -> None:
    assert not same_but_formatted(wanted, found)
