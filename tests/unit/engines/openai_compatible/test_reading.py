"""A success is only what holds a finished answer; any bytes a server may send end in one of our errors."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.core.completion import Usage
from GenFlowLibrary.core.errors import EngineError, EngineProtocolError, EngineRejected
from GenFlowLibrary.engines.chat_style import ChatStyle
from GenFlowLibrary.engines.completion_reading import LimitUsedUp, read_completion
from GenFlowLibrary.engines.server_faults import (
    QUOTE_LIMIT,
    HttpReply,
    PassingFault,
    Server,
    retry_after,
    understand,
)

SERVER = Server("http://model.example/v1", lambda text: text.replace("sk-hidden", "<secret api_key>"))
GOOD = {"message": {"role": "assistant", "content": "Hello!"}, "finish_reason": "stop"}


def read(data, **body):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_completion(
        HttpReply(200, content), SERVER, style=ChatStyle(), body={"model": "m-1", **body}, now=0.0
    )


def choice(finish_reason="stop", **message):
    return {"message": {"role": "assistant", "content": "Hello!", **message}, "finish_reason": finish_reason}


def test_fields_that_nobody_knows_do_no_harm() -> None:
    data = {
        "choices": [{**GOOD, "novelty": 1}],
        "usage": {"prompt_tokens": 3, "completion_tokens": 2, "x": {}},
        "more": [1],
    }
    assert read(data).texts == ("Hello!",)
    assert read(data).usage == Usage(3, 2)


@pytest.mark.parametrize(
    "usage",
    [
        None,
        [],
        "many",
        {},
        {"prompt_tokens": None},
        {"prompt_tokens": -1, "completion_tokens": "2"},
        {"prompt_tokens": 10**20, "completion_tokens": 1.5},
    ],
)
def test_a_cost_that_is_not_told_is_none(usage) -> None:
    assert read({"choices": [GOOD], "usage": usage}).usage == Usage()


def test_several_choices_come_back_in_order() -> None:
    data = {"choices": [choice(content="a"), choice("length", content="b")]}
    assert read(data, n=2).texts == ("a", "b")
    assert read(data, n=2).finish_reason == "length"


def test_fewer_choices_than_asked_for_are_a_fault() -> None:
    with pytest.raises(EngineProtocolError, match="with 3 choices, but it sent 1; leave out n"):
        read({"choices": [GOOD]}, n=3)


@pytest.mark.parametrize(
    ("theirs", "ours"), [("stop", "stop"), ("eos", "stop"), ("STOP", "stop"), ("max_tokens", "length")]
)
def test_the_ends_that_other_servers_name_are_understood(theirs, ours) -> None:
    assert read({"choices": [choice(theirs)]}).finish_reason == ours


def test_an_empty_text_is_an_answer_only_where_a_stop_sequence_may_have_cut_it() -> None:
    assert read({"choices": [choice(content="")]}, stop=["\n"]).texts == ("",)
    with pytest.raises(EngineProtocolError, match="its answer is empty"):
        read({"choices": [choice(content=" \n")]})


def test_the_model_that_answered_is_told() -> None:
    assert read({"choices": [GOOD], "model": "m-1-2026"}).model == "m-1-2026"
    assert read({"choices": [GOOD], "model": None}).model == "m-1"


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        ([], EngineProtocolError, r"JSON that is no completion: '\[\]'"),
        (None, EngineProtocolError, "JSON that is no completion: 'null'"),
        ("Hello", EngineProtocolError, "JSON that is no completion"),
        (b"data: {}\n\n", EngineProtocolError, "text that is no completion: 'data: {}'"),
        (b"[" * 100_000, EngineProtocolError, "text that is no completion"),
        ({}, EngineProtocolError, "no choices"),
        ({"choices": None}, EngineProtocolError, "no choices"),
        ({"choices": "many"}, EngineProtocolError, "no choices"),
        ({"choices": [None]}, EngineProtocolError, "no message"),
        ({"choices": [{"text": "Hello", "finish_reason": "stop"}]}, EngineProtocolError, "no message"),
        ({"choices": [{"message": None}]}, EngineProtocolError, "no message"),
        ({"choices": [choice(content=None)]}, EngineProtocolError, "its answer is empty; try again"),
        (
            {"choices": [choice("length", content=None)]},
            LimitUsedUp,
            "limit was used up .*; raise max_tokens",
        ),
        ({"choices": [choice(content=[{"type": "text"}])]}, EngineProtocolError, "is not text"),
        (
            {"choices": [choice(content=None, refusal="I won't.")]},
            EngineRejected,
            "declined: 'I won't.'; reword",
        ),
        (
            {"choices": [choice(tool_calls=[{"id": 1}])]},
            EngineProtocolError,
            "called a tool, and none was offered",
        ),
        ({"choices": [choice("tool_calls", content=None)]}, EngineProtocolError, "called a tool"),
        (
            {"choices": [choice("content_filter")]},
            EngineRejected,
            "content filter stopped the answer; reword",
        ),
        ({"choices": [choice("")]}, EngineProtocolError, "without saying that it is finished"),
        ({"choices": [choice("exploded")]}, EngineProtocolError, "unknown end 'exploded'"),
        ({"choices": [choice({"why": 1})]}, EngineProtocolError, "unknown end"),
        (
            {"error": {"message": "bad", "code": "x"}, "choices": [GOOD]},
            EngineRejected,
            "refused the request .*'bad'",
        ),
        ({"error": "bad sk-hidden"}, EngineRejected, "'bad <secret api_key>'"),
        ({"error": {"code": "502", "message": "upstream"}}, PassingFault, "gateway does not reach it"),
    ],
)
def test_what_only_looks_like_a_success_is_told(data, kind, sentence) -> None:
    with pytest.raises(kind, match=sentence) as caught:
        read(data)
    assert type(caught.value) is kind


@given(
    st.binary(max_size=300),
    st.integers(200, 599),
    st.dictionaries(st.sampled_from(["retry-after", "date", "location"]), st.text()),
)
def test_any_bytes_end_in_one_of_our_errors(content, status, headers) -> None:
    outcome = _end(HttpReply(status, content, headers))
    assert isinstance(outcome, (EngineError, PassingFault))
    assert "\n" not in str(outcome)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=9)
    | st.just(GOOD),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "finish_reason", "error", "code", "usage"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=9,
)


@given(_JSON, st.sampled_from([200, 400, 404, 429, 500]))
def test_any_json_is_an_answer_or_one_of_our_errors(data, status) -> None:
    outcome = _end(HttpReply(status, json.dumps(data).encode()))
    assert isinstance(outcome, (EngineError, PassingFault)) or all(
        isinstance(text, str) for text in outcome.texts
    )


def _end(reply):
    try:
        if reply.status == 200:
            return read_completion(reply, SERVER, style=ChatStyle(), body={"model": "m-1"}, now=0.0)
        return understand(reply, SERVER, model="m-1", now=0.0)
    except (EngineError, PassingFault) as error:
        return error


def test_what_a_server_says_is_quoted_on_one_line_without_secrets_and_short() -> None:
    said = SERVER.quote("line one\r\n\tline two \x1b[31m " + "x" * 170 + " sk-hidden " + "y" * 500)
    assert said.startswith("'line one line two [31m xxx")
    assert len(said) <= QUOTE_LIMIT
    assert said.endswith("…'")
    assert "sk-" not in said
    assert SERVER.quote(" \n") == ""


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, float("inf")),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 40.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:10 GMT"}, 0.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT", "date": "Thu, 01 Jan 1970 00:01:35 GMT"}, 5.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT", "date": "yesterday"}, 40.0),
        ({"retry-after": "Thu, 99 Foo 99999 99:99:99 GMT"}, None),
        ({"retry-after": "later"}, None),
    ],
)
def test_the_wait_that_a_server_asks_for(headers, seconds) -> None:
    assert retry_after(headers, now=60.0) == seconds


def test_a_name_that_is_there_twice_among_very_many_is_found_at_once() -> None:
    names = ", ".join(f'"{number}": 1' for number in range(100_000))
    started = time.monotonic()
    assert HttpReply(200, f'{{{names}, "7": 2}}'.encode()).repeated == {"7"}
    assert time.monotonic() - started < 2  # counting each name by itself takes minutes
