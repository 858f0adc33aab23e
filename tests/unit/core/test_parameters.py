"""Sampling parameters."""

from __future__ import annotations

import math
from typing import Any

import pytest

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.prompt import Parameters


@pytest.mark.parametrize(
    "wrong",
    [
        {"n": 0},
        {"n": -2},
        {"max_tokens": 0},
        {"temperature": -1.0},
        {"temperature": math.nan},
        {"top_p": 7.0},
    ],
)
def test_a_parameter_without_a_meaning_is_refused_by_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"Expected {next(iter(wrong))} to be "):
        Parameters(**wrong)


def test_what_some_server_may_take_passes() -> None:
    given = Parameters(temperature=9.0, max_tokens=1, top_p=0.0, n=5, seed=-1).given()
    assert given == {"temperature": 9.0, "max_tokens": 1, "top_p": 0.0, "n": 5, "seed": -1}
