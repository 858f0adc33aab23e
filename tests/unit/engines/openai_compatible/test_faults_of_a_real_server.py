"""What goes on around a fault on a real server process: counting, cutting off, working on. The faults are in the fault table."""

from __future__ import annotations

import re
import socket
import threading
import time

import pytest

from GenFlowLibrary.core.completion import Completion
from GenFlowLibrary.core.errors import EngineError, EngineUnavailable
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.engines.deadline_call import THREAD_NAME as CALL_THREAD

BUSY = {"error": {"message": "The engine is overloaded.", "type": "server_error"}}


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


def test_a_key_that_the_server_echoes_is_not_told(server, make_engine, ask, key) -> None:
    server.script({"answer": "never reached"})
    wrong = "sk-wrong-0123456789abcdef"
    error = failure(ask, make_engine(server.base_url, api_key=SecretHandle("api_key", wrong)))
    assert server.log()[0]["headers"]["authorization"] == f"Bearer {wrong}"
    assert wrong not in str(error)
    assert "<secret api_key>" in str(error)


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


@pytest.mark.parametrize("part", ["body", "headers"])
def test_a_dripping_server_is_cut_off_at_the_deadline(server, make_engine, ask, part) -> None:
    server.script({"answer": "slow", "drip": 0.2, "part": part})
    started = time.monotonic()
    error = failure(ask, make_engine(server.base_url), seconds=1.5)
    assert 1.5 <= time.monotonic() - started < 6
    assert type(error) is EngineUnavailable
    assert "s allowed are used up after 1 attempt; raise timeout" in str(error)
    assert error.attempts == len(server.log()) == 1


def test_a_server_that_keeps_silent_is_left_at_the_deadline(server, make_engine, ask) -> None:
    server.script({"answer": "late", "delay": 3})
    started = time.monotonic()
    error = failure(ask, make_engine(server.base_url), seconds=0.5)
    assert 0.4 <= time.monotonic() - started < 5
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
    (client,) = engine._wire._idle
    ask(engine)
    assert engine._wire._idle == [client]
    engine.close()
    assert engine._wire._idle == []


def test_a_call_that_is_cut_off_leaves_those_of_other_threads_alone(server, make_engine, ask) -> None:
    server.script({"answer": "patient", "delay": 0.8})
    engine = make_engine(server.base_url)
    patient: list[Completion] = []
    thread = threading.Thread(target=lambda: patient.append(ask(engine)))
    thread.start()
    while not server.log():
        time.sleep(0.01)
    failure(ask, engine, seconds=0.2)
    thread.join(5)
    assert [(completion.text, completion.usage.requests) for completion in patient] == [("patient", 1)]
    assert len(server.log()) == 2


def test_a_call_whose_client_is_closed_before_it_is_sent_asks_again(server, make_engine, ask) -> None:
    server.script({"answer": "Hello!"})
    engine = make_engine(server.base_url)
    ask(engine)
    engine._wire._idle[0].close()  # as `close` in another thread does, just after it was taken
    client = engine._wire._idle[0]
    engine._sleep = lambda _: engine._wire._idle.remove(client)
    completion = ask(engine)
    assert (completion.text, completion.usage.requests) == ("Hello!", 2)
    assert len(server.log()) == 2
