"""The confidence of a choice on the wire: what is asked for, what comes of it, and what a server without it is asked."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import EngineProtocolError, EngineRejected, InputError
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt

if TYPE_CHECKING:
    from GenFlowLibrary.core.completion import Completion
    from tests.servers.running import RunningServer

ANSWER = {"reason": "It is broken.", "choice": 2}
SHARES = {"1": 0.1, "2": 0.7, "0": 0.2}
OPTIONS = [
    {"number": 1, "name": "delivery", "description": "where a parcel is"},
    {"number": 2, "name": "complaint", "description": ""},
]


def choose(engine: Any, *, measure: bool = False, **parameters: Any) -> Completion:
    prompt = Prompt(
        name="classify_text",
        version="1",
        digest="0",
        ability="classify",
        messages=(Message("user", "Which number fits the broken kettle?"),),
        inputs={"text": "The kettle is broken.", "options": OPTIONS},
        answer_type=choice_type(2),
        parameters=Parameters(**parameters),
        measure=measure,
    )
    completion: Completion = engine.complete(prompt, Deadline.after(20, time.monotonic))
    return completion


@pytest.mark.parametrize(
    ("settings", "measure"),
    [({}, True), ({"confidence": "measured"}, False), ({"escalate": "x", "escalate_below": 0.5}, False)],
)
def test_a_confidence_is_measured_where_the_prompt_or_the_settings_ask_for_it(
    server: RunningServer, make_engine, settings: dict[str, Any], measure: bool
) -> None:
    server.script({"answer": ANSWER, "shares": SHARES})
    completion = choose(make_engine(server.base_url, **settings), measure=measure)
    assert completion.confidence == pytest.approx(0.7)
    (request,) = server.log()
    assert (request["body"]["logprobs"], request["body"]["top_logprobs"]) == (True, 20)


def test_nothing_is_measured_that_nobody_asked_for(server: RunningServer, make_engine) -> None:
    server.script({"answer": ANSWER, "shares": SHARES})
    completion = choose(make_engine(server.base_url))
    assert (completion.confidence, completion.notes) == (None, ())
    assert "logprobs" not in server.log()[0]["body"]


def test_a_server_that_refuses_log_probabilities_is_asked_without_them_from_then_on(
    server: RunningServer, make_engine
) -> None:
    message = "logprobs are not supported with this model"
    server.script({"status": 400, "body": {"error": {"message": message}}}, {"answer": ANSWER})
    engine = make_engine(server.base_url, confidence="measured")
    first, second = choose(engine), choose(engine)
    assert first.confidence is second.confidence is None
    assert "tells no log-probabilities" in first.notes[0]
    assert ["logprobs" in request["body"] for request in server.log()] == [True, False, False]


@pytest.mark.parametrize(("api", "why"), [("chat", "told no probabilities"), ("responses", "api=responses")])
def test_a_confidence_that_was_not_measured_is_none_and_the_log_says_why(
    server: RunningServer, make_engine, api: str, why: str
) -> None:
    server.script({"answer": ANSWER})
    completion = choose(make_engine(server.base_url, api=api), measure=True)
    assert completion.confidence is None
    assert why in completion.notes[-1]


def test_the_endpoint_decisions_answers_choices_with_their_probability(
    server: RunningServer, make_engine
) -> None:
    server.script({"answer": ANSWER, "shares": SHARES})
    completion = choose(make_engine(server.base_url, confidence="decisions"))
    answer = json.loads(completion.text)
    assert (answer["choice"], completion.confidence) == (2, 0.7)
    assert answer["reason"] == (
        "The endpoint decisions gives no reason; the probability of 2 is 0.70, with 0.20 for 0 and 0.10 for 1."
    )
    (request,) = server.log()
    assert request["path"] == "/v1/decisions"
    assert request["body"]["questions"][0]["choices"] == [
        {"value": "0", "description": "none of them"},
        {"value": "1", "description": "delivery: where a parcel is"},
        {"value": "2", "description": "complaint"},
    ]
    assert completion.usage.total_tokens > 0


def test_the_endpoint_decisions_is_not_asked_for_texts(server: RunningServer, make_engine, ask) -> None:
    server.script({"answer": "Hello!"})
    assert ask(make_engine(server.base_url, confidence="decisions")).text == "Hello!"
    assert server.log()[0]["path"] == "/v1/chat/completions"


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        ({"refusal": "no"}, EngineRejected, "the model declined"),
        ({"choices": []}, EngineProtocolError, "none of the numbers"),
        ({"choices": [{"type": "choice", "choice": "7"}]}, EngineProtocolError, "none of the numbers"),
        ({"choices": "x"}, EngineProtocolError, "none of the numbers"),
    ],
)
def test_a_decision_that_is_none_is_an_error(
    server: RunningServer, make_engine, reply: dict[str, Any], error: type[Exception], says: str
) -> None:
    server.script({"answer": ANSWER, "shares": SHARES, **reply})
    with pytest.raises(error, match=says):
        choose(make_engine(server.base_url, confidence="decisions"))


def test_a_decision_without_probabilities_has_no_confidence(server: RunningServer, make_engine) -> None:
    server.script({"answer": ANSWER, "shares": {}})
    completion = choose(make_engine(server.base_url, confidence="decisions"))
    assert completion.confidence is None
    assert "is unknown" in completion.text


def test_samples_of_a_decision_would_all_be_the_same(server: RunningServer, make_engine) -> None:
    with pytest.raises(InputError, match="leave out samples"):
        choose(make_engine(server.base_url, confidence="decisions"), n=5)


def test_the_rung_that_is_set_is_the_first_that_is_tried(server: RunningServer, make_engine) -> None:
    server.script({"answer": ANSWER})
    choose(make_engine(server.base_url, structured="json_object"))
    assert server.log()[0]["body"]["response_format"] == {"type": "json_object"}
