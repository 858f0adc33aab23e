from __future__ import annotations

from collections.abc import Callable

import pytest

from GenFlowLibrary.core.errors import PromptError
from GenFlowLibrary.core.prompt import Prompt
from GenFlowLibrary.prompts.formats import filters_for

Letter = Callable[..., Prompt]


@pytest.mark.parametrize(
    ("language", "money", "number", "date"),
    [
        (None, "€1,234.50", "1,234.5", "March 12, 2025"),
        ("en-GB", "€1,234.50", "1,234.5", "12 March 2025"),
        ("de", "1.234,50\xa0€", "1.234,5", "12. März 2025"),
        ("zh", "€1,234.50", "1,234.5", "2025年3月12日"),
    ],
)
def test_values_are_written_the_languages_way(
    language: str | None, money: str, number: str, date: str
) -> None:
    filters = filters_for(language)

    assert filters["money"]("1234.50", "eur") == money
    assert filters["number"](1234.5) == number
    assert filters["date"]("2025-03-12") == date
    assert filters["date"]("2025-03-12T09:30:00") == date


def test_a_draft_is_formatted_in_its_own_language(letter: Letter) -> None:
    draft = "de: \"{{ amount | money('EUR') }} bis {{ due | date('short') }}\""

    assert letter(draft, amount="49.90", due="2025-03-12").draft == "49,90\xa0€ bis 12.03.25"


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("money", ("lots", "EUR"), "found 'lots'"),
        ("money", ("1", "€"), "found '€'"),
        ("money", ("1", None), "a currency"),
        ("money", (True, "EUR"), "found 'True'"),
        ("number", ("NaN",), "found 'NaN'"),
        ("number", (None,), "found nothing"),
        ("date", ("tomorrow",), "found 'tomorrow'"),
        ("date", ("2025-03-12", "tiny"), "found 'tiny'"),
    ],
)
def test_what_cannot_be_formatted_is_an_error(name: str, arguments: tuple[object, ...], says: str) -> None:
    with pytest.raises(PromptError, match=says):
        filters_for("en")[name](*arguments)


def test_a_language_without_formats_is_an_error() -> None:
    with pytest.raises(PromptError, match="found 'xx'"):
        filters_for("xx")["number"](1)
