"""One loop, one deadline, nothing swallowed."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import EngineRejected, EngineUnavailable
from GenFlowLibrary.engines.deadline_call import DeadlinePassed, call_within
from GenFlowLibrary.engines.retry import nap, persist
from GenFlowLibrary.engines.server_faults import PassingFault, Server

SERVER = Server("http://model.example/v1", str)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class RobotTimeout(BaseException):
    """Like Robot Framework's own, which is no Exception either."""


def run(attempt, clock, *, seconds=60.0, max_attempts=4):
    return persist(
        attempt,
        server=SERVER,
        deadline=Deadline.after(seconds, clock),
        max_attempts=max_attempts,
        sleep=clock.sleep,
    )


def failing(times, fault=None, *, calls):
    def attempt():
        calls.append(None)
        if len(calls) <= times:
            raise fault or PassingFault("it is overloaded")
        return "done"

    return attempt


def test_a_fault_that_passes_is_forgotten() -> None:
    calls: list[None] = []
    assert run(failing(3, calls=calls), Clock()) == "done"
    assert len(calls) == 4


def test_attempts_are_limited() -> None:
    calls: list[None] = []
    with pytest.raises(EngineUnavailable) as caught:
        run(failing(9, calls=calls), Clock(), max_attempts=2)
    assert len(calls) == caught.value.attempts == 2
    assert str(caught.value) == (
        "Expected a completion from http://model.example/v1, but it is overloaded, in 2 attempts; "
        "try again later or raise max_attempts."
    )


def test_no_wait_begins_that_would_reach_the_deadline() -> None:
    clock, calls = Clock(), []
    with pytest.raises(
        EngineUnavailable, match=r"the 3.4 s allowed are used up after \d attempts; raise timeout"
    ):
        run(failing(99, calls=calls), clock, seconds=3.4, max_attempts=99)
    assert clock.now < 1003.4
    assert len(calls) == 3  # after 0.5 to 1 s and 1 to 1.5 s more; the third wait is at least 2 s


def test_a_wait_that_fits_is_kept() -> None:
    clock = Clock()
    assert run(failing(1, PassingFault("busy", retry_after=59.0), calls=[]), clock) == "done"
    assert clock.now == 1059.0


@pytest.mark.parametrize("seconds", [60.0, 1e9, 1e300, float("inf")])
def test_a_wait_that_does_not_fit_is_not_begun(seconds) -> None:
    clock = Clock()
    with pytest.raises(
        EngineUnavailable, match=r"asks to wait .* beyond the 60 s allowed; try again then"
    ) as caught:
        run(failing(1, PassingFault("busy", retry_after=seconds), calls=[]), clock)
    assert clock.now == 1000.0
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(
    "problem", [RobotTimeout(), KeyboardInterrupt(), EngineRejected("no"), ValueError("a bug")]
)
def test_everything_else_gets_through_at_once(problem) -> None:
    calls: list[None] = []
    with pytest.raises(type(problem)) as caught:
        run(failing(9, problem, calls=calls), Clock())
    assert caught.value is problem
    assert len(calls) == 1


def test_a_timeout_during_a_wait_gets_through() -> None:
    def interrupted(_seconds: float) -> None:
        raise RobotTimeout

    with pytest.raises(RobotTimeout):
        persist(
            failing(9, calls=[]),
            server=SERVER,
            deadline=Deadline.after(60),
            max_attempts=4,
            sleep=interrupted,
        )


def test_a_nap_is_as_long_as_it_says() -> None:
    started = time.monotonic()
    nap(0.15)
    assert 0.15 <= time.monotonic() - started < 5


def test_a_call_returns_or_raises_as_it_does() -> None:
    assert call_within(Deadline.after(5), lambda: 42, pytest.fail) == 42
    with pytest.raises(ZeroDivisionError):
        call_within(Deadline.after(5), lambda: 1 / 0, pytest.fail)


def test_a_call_is_abandoned_at_its_deadline() -> None:
    end = threading.Event()
    started = time.monotonic()
    with pytest.raises(DeadlinePassed):
        call_within(Deadline.after(0.15), end.wait, end.set)
    assert 0.15 <= time.monotonic() - started < 5
    assert end.is_set()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Robot Framework uses signals on POSIX only")
def test_a_timeout_of_robot_framework_gets_through_a_silent_network_and_abandons_the_call() -> None:
    end = threading.Event()

    def ring(_signal: int, _frame: object) -> None:
        raise RobotTimeout

    before = signal.signal(signal.SIGALRM, ring)
    started = time.monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.15)
        with pytest.raises(RobotTimeout):
            call_within(Deadline.after(30), end.wait, end.set)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < 5
    assert end.is_set()
