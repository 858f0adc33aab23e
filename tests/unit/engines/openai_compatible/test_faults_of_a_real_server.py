"""Every fault that a real server process shows ends in a typed error, one sentence, and an exact number of requests."""

from __future__ import annotations

import re
import socket
import threading
import time
from email.utils import formatdate

import pytest

from GenFlowLibrary.core.errors import EngineError, EngineProtocolError, EngineRejected, EngineUnavailable
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.engines.deadline_call import THREAD_NAME as CALL_THREAD

QUOTA = {
    "error": {
        "message": "You exceeded your current quota.",
        "type": "insufficient_quota",
        "code": "insufficient_quota",
    }
}
BUSY = {"error": {"message": "The engine is overloaded.", "type": "server_error"}}
LOGIN = "<!DOCTYPE html><html><head><title>Log in</title></head><body>Please log in.</body></html>"


def failure(ask, engine, *, seconds: float = 20.0, **prompt) -> EngineError:
    with pytest.raises(EngineError) as caught:
        ask(engine, seconds=seconds, **prompt)
    return caught.value


def test_a_good_answer_comes_back_with_its_cost(server, make_engine, ask) -> None:
    server.script({"answer": "Hello!"})
    completion = ask(make_engine(server.base_url))
    assert completion.texts == ("Hello!",)
    assert (completion.engine, completion.model, completion.finish_reason) == ("openai", "m-1", "stop")
    assert completion.usage.prompt_tokens > 0
    assert completion.usage.completion_tokens > 0
    assert completion.usage.requests == 1
    assert completion.confidence is None
    assert 0 < completion.seconds < 5
    assert len(server.log()) == 1


def test_only_what_was_set_is_sent(server, make_engine, ask) -> None:
    server.script({"answer": "Hello!"})
    ask(make_engine(server.base_url))
    assert set(server.log()[0]["body"]) == {"model", "messages"}


def test_the_strict_schema_is_in_the_request(server, make_engine, ask, choice_type) -> None:
    server.script({"answer": {"reason": "r", "choice": 1}})
    completion = ask(make_engine(server.base_url), answer_type=choice_type)
    assert completion.text == '{"reason": "r", "choice": 1}'
    sent = server.log()[0]["body"]["response_format"]
    assert sent["type"] == "json_schema"
    assert sent["json_schema"]["strict"] is True
    assert sent["json_schema"]["schema"]["required"] == ["reason", "choice"]
    assert sent["json_schema"]["schema"]["additionalProperties"] is False


def test_a_server_that_ignores_the_schema_is_left_to_the_check_on_this_side(
    server, make_engine, ask, choice_type
) -> None:
    server.script({"answer": "I would choose the first one."})
    completion = ask(make_engine(server.base_url), answer_type=choice_type)
    assert completion.text == "I would choose the first one."
    assert len(server.log()) == 1


REJECTED = [
    pytest.param(
        {"echo_key": True},
        EngineRejected,
        "does not accept the API key .*; correct GENFLOW_API_KEY",
        id="401 echoing the key",
    ),
    pytest.param(
        {"status": 429, "body": QUOTA, "headers": {"Retry-After": "1"}},
        EngineRejected,
        "quota is used up .*; add credit",
        id="429 with the quota used up",
    ),
    pytest.param({"status": 402, "body": "pay"}, EngineRejected, "quota is used up .*; add credit", id="402"),
    pytest.param(
        {"status": 403, "body": {"error": {"message": "no access"}}},
        EngineRejected,
        r"does not permit this \(status 403: 'no access'\); ask for access",
        id="403",
    ),
    pytest.param(
        {"status": 404, "body": {"error": {"message": "no such model", "code": "model_not_found"}}},
        EngineRejected,
        "does not offer the model 'm-1' .*; correct GENFLOW_MODEL",
        id="404 for the model",
    ),
    pytest.param(
        {"status": 404, "body": LOGIN},
        EngineProtocolError,
        "no model is served .*; check that base_url",
        id="404 page",
    ),
    pytest.param(
        {"status": 404, "body": {"detail": "Not Found"}},
        EngineProtocolError,
        "no model is served .*'Not Found'.*; check that base_url",
        id="404 of another kind of server",
    ),
    pytest.param(
        {"status": 400, "body": {"error": {"message": "temperature is at most 2"}}},
        EngineRejected,
        "refused the request .*'temperature is at most 2'.*; correct the setting",
        id="400",
    ),
    pytest.param(
        {"status": 400, "body": {"error": {"message": "too long", "code": "context_length_exceeded"}}},
        EngineRejected,
        "the prompt is too long .*; shorten the text",
        id="400 for the length",
    ),
    pytest.param(
        {"status": 400, "body": {"error": {"message": "filtered", "code": "content_filter"}}},
        EngineRejected,
        "content filter refused the prompt .*; reword",
        id="400 for the content",
    ),
    pytest.param(
        {"html": LOGIN}, EngineProtocolError, "an HTML page; check that base_url", id="HTML instead of JSON"
    ),
    pytest.param(
        {"status": 302, "headers": {"Location": "https://sso.example/login?token=abc"}},
        EngineProtocolError,
        r"redirects to 'https://sso.example/login' \(status 302\); correct base_url",
        id="redirect to a log-in page",
    ),
    pytest.param({"choices": []}, EngineProtocolError, "has no choices; try again", id="empty choices"),
    pytest.param(
        {"status": 200, "body": ""},
        EngineProtocolError,
        "answered with nothing; check that base_url",
        id="empty body",
    ),
    pytest.param(
        {"status": 200, "body": "Hello"},
        EngineProtocolError,
        "text that is no completion: 'Hello'; check",
        id="plain text",
    ),
    pytest.param(
        {"completion": {"error": {"message": "no credit", "code": 402}}},
        EngineRejected,
        r"quota is used up \(status 402: 'no credit'\); add credit",
        id="error object in a success",
    ),
    pytest.param(
        {"answer": "half a", "finish_reason": None},
        EngineProtocolError,
        "without saying that it is finished; try",
        id="cut answer",
    ),
    pytest.param(
        {"answer": "x", "headers": {"Content-Encoding": "gzip"}},
        EngineProtocolError,
        "cannot be unpacked; check that base_url",
        id="not the encoding it says",
    ),
]


@pytest.mark.parametrize(("reply", "kind", "sentence"), REJECTED)
def test_what_will_not_pass_is_asked_once(server, make_engine, ask, key, reply, kind, sentence) -> None:
    server.script(reply, {"answer": "never reached"})
    error = failure(ask, make_engine(server.base_url))
    assert type(error) is kind
    assert str(error).startswith(f"Expected a completion from {server.base_url}, but ")
    assert re.search(sentence, str(error))
    assert error.attempts == len(server.log()) == 1
    assert key not in str(error)
    assert "\n" not in str(error)


def test_a_key_that_the_server_echoes_is_not_told(server, make_engine, ask, key) -> None:
    server.script({"answer": "never reached"})
    wrong = "sk-wrong-0123456789abcdef"
    error = failure(ask, make_engine(server.base_url, api_key=SecretHandle("api_key", wrong)))
    assert server.log()[0]["headers"]["authorization"] == f"Bearer {wrong}"
    assert wrong not in str(error)
    assert "<secret api_key>" in str(error)


PASSING = [
    pytest.param(
        {"status": 429, "body": BUSY, "headers": {"Retry-After": "3"}}, 3.0, 3.0, id="429 with Retry-After"
    ),
    pytest.param(
        {"status": 429, "body": BUSY, "headers": {"retry-after-ms": "1500"}},
        1.5,
        1.5,
        id="429 with retry-after-ms",
    ),
    pytest.param({"status": 500, "body": BUSY}, 0.5, 1.0, id="500"),
    pytest.param({"status": 503, "body": LOGIN}, 0.5, 1.0, id="503 with a page"),
    pytest.param({"status": 409, "body": BUSY}, 0.5, 1.0, id="409"),
    pytest.param({"reset": "body"}, 0.5, 1.0, id="reset in the body"),
    pytest.param({"reset": "request"}, 0.5, 1.0, id="reset instead of an answer"),
    pytest.param(
        {"completion": {"error": {"message": "slow down", "code": 429}}}, 0.5, 1.0, id="429 in a success"
    ),
]


@pytest.mark.parametrize(("reply", "least", "most"), PASSING)
def test_what_may_pass_is_asked_again(server, make_engine, ask, reply, least, most) -> None:
    server.script(reply, {"answer": "Hello!"})
    engine = make_engine(server.base_url)
    completion = ask(engine)
    assert completion.text == "Hello!"
    assert completion.usage.requests == len(server.log()) == 2
    assert len(engine.slept) == 1
    assert least <= engine.slept[0] <= most


def test_a_date_to_wait_until_is_measured_against_the_clock_of_the_server(server, make_engine, ask) -> None:
    # The server's clock is an hour ahead; it asks for seven seconds.
    ahead = time.time() + 3600
    headers = {"Retry-After": formatdate(ahead + 7, usegmt=True), "Date": formatdate(ahead, usegmt=True)}
    server.script({"status": 503, "body": BUSY, "headers": headers}, {"answer": "Hello!"})
    engine = make_engine(server.base_url)
    ask(engine)
    assert engine.slept == [7.0]


def test_every_attempt_that_fails_is_counted(server, make_engine, ask) -> None:
    server.script({"status": 503, "body": BUSY})
    engine = make_engine(server.base_url, max_attempts=3)
    error = failure(ask, engine)
    assert type(error) is EngineUnavailable
    assert (
        "overloaded or down (status 503: 'The engine is overloaded.'), in 3 attempts; try again later"
        in str(error)
    )
    assert error.attempts == len(server.log()) == 3
    first, second = engine.slept
    assert 0.5 <= first <= 1.0 <= second <= 1.5


def test_waiting_longer_than_allowed_ends_at_once_and_says_until_when(server, make_engine, ask) -> None:
    server.script(
        {"status": 429, "body": BUSY, "headers": {"Retry-After": "300"}}, {"answer": "never reached"}
    )
    engine = make_engine(server.base_url)
    started = time.monotonic()
    error = failure(ask, engine, seconds=5)
    assert time.monotonic() - started < 1
    assert type(error) is EngineUnavailable
    assert error.retry_after == 300
    assert re.search(
        r"asks to wait 300 s, until [\d-]+ [\d:]+, which is beyond the 5 s allowed; try again then",
        str(error),
    )
    assert error.attempts == len(server.log()) == 1
    assert engine.slept == []


@pytest.mark.parametrize("part", ["body", "headers"])
def test_a_dripping_server_is_cut_off_at_the_deadline(server, make_engine, ask, part) -> None:
    server.script({"answer": "slow", "drip": 0.2, "part": part})
    started = time.monotonic()
    error = failure(ask, make_engine(server.base_url), seconds=1.5)
    assert 1.5 <= time.monotonic() - started < 1.8
    assert type(error) is EngineUnavailable
    assert "not complete in time, and the 1.5 s allowed are used up after 1 attempt; raise timeout" in str(
        error
    )
    assert error.attempts == len(server.log()) == 1


def test_a_server_that_keeps_silent_is_left_at_the_deadline(server, make_engine, ask) -> None:
    server.script({"answer": "late", "delay": 3})
    started = time.monotonic()
    error = failure(ask, make_engine(server.base_url), seconds=0.5)
    assert 0.4 <= time.monotonic() - started < 0.9
    assert type(error) is EngineUnavailable
    assert re.search("in time, and the 0.5 s allowed are used up after 1 attempt; raise timeout", str(error))


def test_the_engine_works_on_after_it_was_cut_off(server, make_engine, ask) -> None:
    server.script({"answer": "slow", "drip": 0.2}, {"answer": "Hello!"})
    engine = make_engine(server.base_url)
    failure(ask, engine, seconds=1.0)
    assert ask(engine).text == "Hello!"


@pytest.mark.parametrize("part", ["body", "headers"])
def test_what_was_cut_off_does_not_go_on_in_the_background(server, make_engine, ask, part) -> None:
    server.script({"answer": "slow", "drip": 0.1, "part": part})
    failure(ask, make_engine(server.base_url), seconds=0.3)
    under_way = [thread for thread in threading.enumerate() if thread.name == CALL_THREAD]
    for thread in under_way:
        thread.join(2)
        assert not thread.is_alive()


def test_nobody_there_is_said_with_the_address(make_engine, ask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connecting is refused
        base_url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        error = failure(ask, make_engine(base_url, max_attempts=2))
    assert type(error) is EngineUnavailable
    assert str(error) == (
        f"Expected a completion from {base_url}, but nobody answers there, in 2 attempts; "
        "start the server or correct base_url."
    )
    assert error.attempts == 2


def test_a_connection_is_kept_for_the_next_call(server, make_engine, ask) -> None:
    server.script({"answer": "Hello!"})
    engine = make_engine(server.base_url)
    ask(engine)
    client = engine._wire._client
    ask(engine)
    assert engine._wire._client is client
