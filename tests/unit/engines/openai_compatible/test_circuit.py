"""What is not there is not asked over and over, and what came back is asked again."""

from __future__ import annotations

import socket
from contextlib import contextmanager

import httpx2
import pytest

from GenFlowLibrary.core.errors import EngineRejected, EngineUnavailable
from GenFlowLibrary.engines.circuit import OPEN_AFTER, PAUSE, Circuit
from GenFlowLibrary.engines.server_faults import Server
from GenFlowLibrary.engines.server_memory import ServerMemory

SERVER = Server("http://model.example/v1", str)


class Clock:
    """Time that passes when the test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(clock) -> Circuit:
    circuit = Circuit(clock)
    for _ in range(OPEN_AFTER):
        circuit.check(SERVER)
        circuit.failed("nobody answers there")
    return circuit


def test_it_opens_after_some_failures_in_a_row_and_says_until_when(opened) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        opened.check(SERVER)
    assert caught.value.retry_after == PAUSE
    assert caught.value.attempts == 0
    message = str(caught.value)
    assert message.startswith(
        "Expected a completion from http://model.example/v1, but 3 calls in a row did not reach it "
        "(nobody answers there), and it is not asked again until 20"
    )
    assert message.endswith("; start the server or correct base_url, or try again then.")


def test_an_answer_in_between_starts_the_count_again(clock) -> None:
    circuit = Circuit(clock)
    for _ in range(OPEN_AFTER):
        circuit.failed("gone")
        circuit.answered()
    circuit.failed("gone")
    circuit.check(SERVER)


def test_after_the_pause_one_call_goes_through_and_the_others_wait_for_it(opened, clock) -> None:
    clock.now += PAUSE - 1
    with pytest.raises(EngineUnavailable) as caught:
        opened.check(SERVER)
    assert caught.value.retry_after == 1.0
    clock.now += 1
    opened.check(SERVER)
    with pytest.raises(EngineUnavailable):
        opened.check(SERVER)


def test_a_probe_that_is_answered_closes_it(opened, clock) -> None:
    clock.now += PAUSE
    opened.check(SERVER)
    opened.answered()
    for _ in range(3):
        opened.check(SERVER)


def test_a_probe_that_fails_opens_it_again_from_then_on(opened, clock) -> None:
    clock.now += PAUSE
    opened.check(SERVER)
    clock.now += 7
    opened.failed("its name cannot be resolved")
    with pytest.raises(EngineUnavailable, match=r"4 calls in a row .*its name cannot be resolved") as caught:
        opened.check(SERVER)
    assert caught.value.retry_after == PAUSE


def test_a_probe_that_never_reports_does_not_keep_it_open(opened, clock) -> None:
    clock.now += PAUSE
    opened.check(SERVER)  # cut off by Ctrl-C
    clock.now += PAUSE
    opened.check(SERVER)


@contextmanager
def nobody():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connecting is refused
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def test_a_dead_endpoint_is_left_alone_by_every_engine_of_the_run(make_engine, ask) -> None:
    memory = ServerMemory()
    with nobody() as base_url:
        attempts = []
        for temperature in range(OPEN_AFTER + 2):
            engine = make_engine(base_url, memory=memory, max_attempts=2, temperature=float(temperature))
            with pytest.raises(EngineUnavailable) as caught:
                ask(engine)
            attempts.append(caught.value.attempts)
    assert attempts == [2, 2, 2, 0, 0]
    assert "calls in a row did not reach it (nobody answers there)" in str(caught.value)


def test_a_server_that_refuses_or_is_busy_is_there(make_engine, ask) -> None:
    statuses = iter([401, 503] * OPEN_AFTER + [200])
    good = {"choices": [{"message": {"content": "Hello!"}, "finish_reason": "stop"}]}
    transport = httpx2.MockTransport(lambda _: httpx2.Response(next(statuses), json=good))
    engine = make_engine(http_client=lambda: httpx2.Client(transport=transport), max_attempts=1)
    for _ in range(2 * OPEN_AFTER):
        with pytest.raises((EngineRejected, EngineUnavailable)):
            ask(engine)
    assert ask(engine).text == "Hello!"


def test_an_answer_forgets_the_failures_before_it(make_engine, ask) -> None:
    asked = []

    def answering_now_and_then(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        if len(asked) % OPEN_AFTER:
            raise httpx2.ConnectError("refused", request=request)
        return httpx2.Response(
            200, json={"choices": [{"message": {"content": "Hello!"}, "finish_reason": "stop"}]}
        )

    transport = httpx2.MockTransport(answering_now_and_then)
    engine = make_engine(http_client=lambda: httpx2.Client(transport=transport), max_attempts=1)
    for number in range(1, 3 * OPEN_AFTER + 1):
        if number % OPEN_AFTER:
            with pytest.raises(EngineUnavailable, match="nobody answers there, in 1 attempt"):
                ask(engine)
        else:
            assert ask(engine).text == "Hello!"


def test_a_server_that_is_slow_is_there(make_engine, ask) -> None:
    asked = []

    def slowly(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        raise httpx2.ReadTimeout("too late", request=request)

    engine = make_engine(
        http_client=lambda: httpx2.Client(transport=httpx2.MockTransport(slowly)), max_attempts=1
    )
    for _ in range(OPEN_AFTER + 1):
        with pytest.raises(EngineUnavailable, match="it did not answer in time"):
            ask(engine)
    assert len(asked) == OPEN_AFTER + 1


def test_other_addresses_have_circuits_of_their_own(make_engine, ask, server) -> None:
    server.script({"answer": "Hello!"})
    memory = ServerMemory()
    with nobody() as base_url:
        for _ in range(OPEN_AFTER + 1):
            with pytest.raises(EngineUnavailable):
                ask(make_engine(base_url, memory=memory, max_attempts=1))
    assert ask(make_engine(server.base_url, memory=memory)).text == "Hello!"
