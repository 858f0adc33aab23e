from __future__ import annotations

import pytest
from pydantic import ValidationError

from GenFlowLibrary.answers.choice import MAX_REASON_LENGTH, choice_type
from GenFlowLibrary.core.errors import InputError


def test_the_reason_comes_before_the_choice_in_the_schema() -> None:
    schema = choice_type(2).model_json_schema()
    assert list(schema["properties"]) == ["reason", "choice"]
    assert schema["properties"]["choice"]["enum"] == [0, 1, 2]
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["reason", "choice"]


def test_the_schema_has_no_keyword_that_strict_mode_refuses() -> None:
    assert "maxLength" not in str(choice_type(2).model_json_schema())


def test_the_same_count_gives_the_same_type() -> None:
    assert choice_type(3) is choice_type(3)
    assert choice_type(3) is not choice_type(4)


@pytest.mark.parametrize("choice", [-1, 4, "1", True, None, 1.5])
def test_only_the_numbers_of_the_options_and_zero_can_be_chosen(choice: object) -> None:
    with pytest.raises(ValidationError):
        choice_type(3).model_validate({"reason": "r", "choice": choice})


def test_a_long_reason_is_fine_and_a_runaway_one_is_not() -> None:
    kind = choice_type(1)
    assert kind.model_validate({"reason": "x" * MAX_REASON_LENGTH, "choice": 0}).choice == 0
    with pytest.raises(ValidationError, match="at most 4000 characters"):
        kind.model_validate({"reason": "x" * (MAX_REASON_LENGTH + 1), "choice": 0})


def test_nothing_to_choose_from_is_an_error() -> None:
    with pytest.raises(InputError, match="at least one option"):
        choice_type(0)
