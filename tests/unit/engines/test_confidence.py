"""The confidence of a choice from the log-probabilities of its token: measured, or not at all."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.engines.confidence import confidence_of_choice

TEXT = '{"reason": "It is \\"choice\\": 9, they say.", "choice": 2}'


def told(*tokens: Any) -> dict[str, Any]:
    """Tokens as texts, or as a text with its alternatives and their probabilities."""
    return {
        "content": [
            {"token": token, "logprob": -0.1, "top_logprobs": []}
            if isinstance(token, str)
            else {
                "token": token[0],
                "logprob": math.log(token[1][token[0]]),
                "top_logprobs": [
                    {"token": text, "logprob": math.log(share)} for text, share in token[1].items()
                ],
            }
            for token in tokens
        ]
    }


def of(text: str, number: Any, *, most: int = 3, end: str = "}") -> float | None:
    start = text[: text.rindex('"choice": ') + len('"choice": ')]
    return confidence_of_choice(text, told(start, number, end), most)


def test_it_is_the_share_of_the_chosen_number_among_the_options() -> None:
    assert of(TEXT, ("2", {"2": 0.6, "1": 0.2, "x": 0.1, "9": 0.1})) == pytest.approx(0.75)


def test_what_writes_the_same_number_counts_together_and_what_is_not_listed_with_all_it_may_have() -> None:
    shares = {"2": 0.5, " 2": 0.1, "2}": 0.1, "0": 0.1}  # 1 and 3 may have 0.1 each
    assert of(TEXT, ("2", shares)) == pytest.approx(0.7)


def test_the_number_may_come_with_its_blank_or_its_brace() -> None:
    assert confidence_of_choice(
        '{"choice": 2}', told('{"choice":', (" 2}", {" 2}": 0.5, " 1}": 0.5})), 3
    ) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("listed", "confidence"),
    [({"2": 0.9}, 0.9), ({"2": 0.02, "the": 0.5, "a": 0.01}, 0.4), ({"2": 0.9, "x": 1e-6}, 0.999997)],
)
def test_an_unlisted_option_is_not_taken_for_impossible(listed: dict[str, float], confidence: float) -> None:
    assert of(TEXT, ("2", listed)) == pytest.approx(confidence, rel=1e-6)


@pytest.mark.parametrize(
    ("text", "number", "most", "end", "measured"),
    [
        ('{"choice": 1}', ("1", {"1": 0.5, "2": 0.5}), 12, "}", False),
        ('{"choice": 1}', ("1", {"1": 0.5, "12": 0.5}), 12, "}", True),
        ('{"choice": 12}', ("1", {"1": 0.9}), 12, "2}", False),
        ('{"choice": 12}', ("12", {"12": 0.9, "1": 0.1}), 12, "}", True),
    ],
)
def test_numbers_of_two_digits_are_measured_only_where_a_token_holds_them_whole(
    text: str, number: Any, most: int, end: str, measured: bool
) -> None:
    assert (of(text, number, most=most, end=end) is not None) is measured


@pytest.mark.parametrize(
    "logprobs",
    [
        None,
        [],
        {},
        {"content": None},
        {"content": []},
        {"content": [{"token": 5}]},
        {"content": ["x"]},
        told('{"choice": 1}'),
        told("something else"),
        told('{"choice": 2, "choice": ', ("2", {"2": 0.5})),
    ],
)
def test_what_does_not_fit_the_answer_measures_nothing(logprobs: Any) -> None:
    assert confidence_of_choice('{"choice": 2}', logprobs, 3) is None


@given(
    st.recursive(
        st.none() | st.floats() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["token", "logprob", "top_logprobs"]), inner, max_size=3)
        ),
        max_leaves=6,
    )
)
def test_whatever_a_server_sends_is_a_probability_or_nothing(junk: Any) -> None:
    logprobs = told('{"choice": ', ("2", {"2": 0.5}), "}")
    logprobs["content"][1]["top_logprobs"] = junk
    logprobs["content"][1]["logprob"] = junk
    found = confidence_of_choice('{"choice": 2}', logprobs, 3)
    assert found is None or 0 <= found <= 1
    assert confidence_of_choice('{"choice": 2}', junk, 3) is None
