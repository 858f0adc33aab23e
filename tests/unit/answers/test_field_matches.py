"""The flat answer for keys, texts and values together."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from GenFlowLibrary.answers.field_matches import field_matches_type, none_of
from GenFlowLibrary.core.errors import InputError


def test_keys_texts_and_values_are_read_in_their_order() -> None:
    answer = field_matches_type(2, 1, 2).model_validate(
        {
            "why_1": "a",
            "field_1": 3,
            "why_2": "b",
            "field_2": 0,
            "text_1": " Hello ",
            "value_1": "",
            "value_2": "x",
        }
    )
    assert answer.numbers == (3, 0)
    assert answer.reasons == ("a", "b")
    assert answer.texts == ("Hello",)
    assert answer.values == ("", "x")


def test_nothing_more_and_nothing_less_than_asked_is_an_answer() -> None:
    asked = field_matches_type(0, 1)
    assert asked.model_validate({"text_1": "x"}).numbers == ()
    for wrong in ({}, {"text_1": "x", "text_2": "y"}, {"text_1": None}, {"text_1": "x", "field_1": 1}):
        with pytest.raises(ValidationError):
            asked.model_validate(wrong)


def test_a_question_about_nothing_is_an_error() -> None:
    for counts in ((0, 0, 0), (-1, 1, 1)):
        with pytest.raises(InputError, match="at least one key"):
            field_matches_type(*counts)


def test_every_property_is_required_as_strict_schemas_want_it() -> None:
    schema = field_matches_type(1, 1, 1).model_json_schema()
    assert schema["required"] == list(schema["properties"]) == ["why_1", "field_1", "text_1", "value_1"]
    assert schema["additionalProperties"] is False


def test_abstaining_from_all_keys_is_an_answer_of_the_type() -> None:
    assert field_matches_type(2).model_validate_json(none_of(2, "why")).numbers == (0, 0)
