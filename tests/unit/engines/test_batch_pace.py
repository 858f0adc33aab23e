"""The pace of a batch, against limiters of servers, on a clock that sleeping moves."""

from __future__ import annotations

import threading
import time
from collections import deque

import pytest

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.engines.batch_pace import Pace, keeping, paced
from GenFlowLibrary.engines.server_faults import HttpReply, PassingFault


class Clock:
    """Seconds that pass when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 1e-4)


class Bucket:
    """Lets ``rate`` requests a second through, and as many at once after a pause."""

    def __init__(self, clock: Clock, rate: float) -> None:
        self.clock, self.rate, self.tokens, self.at = clock, rate, rate, clock.now

    def passes(self) -> bool:
        self.tokens = min(self.rate, self.tokens + (self.clock.now - self.at) * self.rate)
        self.at = self.clock.now
        passed = self.tokens >= 1
        self.tokens -= passed
        return passed


class Window:
    """Lets ``rate`` requests through within any second."""

    def __init__(self, clock: Clock, rate: float) -> None:
        self.clock, self.rate = clock, rate
        self.passed: deque[float] = deque()

    def passes(self) -> bool:
        while self.passed and self.passed[0] <= self.clock.now - 1:
            self.passed.popleft()
        if len(self.passed) >= self.rate:
            return False
        self.passed.append(self.clock.now)
        return True


def ask_for(seconds: float, limiter: Bucket | Window, pace: Pace) -> tuple[int, int]:
    """Asks as fast as the pace allows and at most 200 times a second; returns how many were let through and refused."""
    clock = limiter.clock
    end, passed, refused = clock.now + seconds, 0, 0
    while clock.now < end:
        assert pace.take_turn(lambda: False)
        pace.enter(Deadline.after(60, clock))
        clock.sleep(0.005)
        if limiter.passes():
            passed += 1
            pace.heard(200, None, clock.now)
        else:
            refused += 1
            pace.heard(429, 1.0, clock.now)
    return passed, refused


@pytest.mark.parametrize("limiter", [Bucket, Window])
@pytest.mark.parametrize(("rate", "share"), [(2, 0.85), (10, 0.95), (60, 0.95)])
def test_a_limit_is_used_to_95_percent_and_hardly_ever_passed(
    limiter: type[Bucket] | type[Window], rate: int, share: float
) -> None:
    clock = Clock()
    server, pace = limiter(clock, rate), Pace(clock, clock.sleep)
    _, refused = ask_for(60, server, pace)  # it finds the limit out
    assert refused <= 12
    passed, refused = ask_for(300, server, pace)
    assert passed >= share * 300 * rate
    assert refused <= 20


def test_without_a_refusal_nothing_is_slowed_down() -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    passed, _ = ask_for(1, Bucket(clock, 1000), pace)
    assert pace.rate is None
    assert passed >= 190


def test_a_limit_that_is_raised_is_found_out() -> None:
    clock = Clock()
    server, pace = Bucket(clock, 10), Pace(clock, clock.sleep)
    ask_for(60, server, pace)
    server.rate = 100
    ask_for(100, server, pace)
    passed, _ = ask_for(60, server, pace)
    assert passed >= 0.85 * 60 * 100


def test_a_limit_that_is_lowered_is_kept_to() -> None:
    clock = Clock()
    server, pace = Bucket(clock, 100), Pace(clock, clock.sleep)
    ask_for(30, server, pace)
    server.rate = 10
    ask_for(20, server, pace)
    passed, refused = ask_for(60, server, pace)
    assert passed >= 0.85 * 60 * 10
    assert refused <= 12


def test_nobody_asks_before_the_time_that_the_server_said() -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    pace.heard(429, 7.0, clock.now)
    began = clock.now
    assert pace.take_turn(lambda: False)
    assert clock.now - began >= 7.0


def test_refusals_of_requests_that_were_under_way_slow_down_only_once() -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    sent = clock.now
    clock.sleep(0.1)
    for _ in range(20):
        pace.heard(429, 1.0, sent)
    assert pace.refusals == 1


def test_a_turn_that_comes_after_the_deadline_is_a_passing_fault_that_says_when() -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    pace.close_for(30)
    with pytest.raises(PassingFault) as caught:
        pace.enter(Deadline.after(5, clock))
    assert caught.value.retry_after == pytest.approx(30)
    assert clock.now == 100.0


def test_a_batch_that_was_ended_waits_for_no_turn() -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    pace.close_for(1000)
    assert not pace.take_turn(lambda: clock.now > 101)
    assert clock.now < 102


def test_outside_a_batch_a_request_goes_out_as_it_is() -> None:
    busy = HttpReply(429, b"", {"retry-after": "50"})
    assert paced(lambda: busy, Deadline.after(1)) is busy
    assert paced(lambda: busy, Deadline.after(1)) is busy


def test_a_refusal_to_one_thread_holds_up_the_others() -> None:
    pace = Pace()
    gone: list[float] = []

    def other() -> None:
        with keeping(pace):
            pace.take_turn(lambda: False)
            paced(lambda: HttpReply(200, b"{}"), Deadline.after(5))
            gone.append(time.monotonic())

    with keeping(pace):
        paced(lambda: HttpReply(429, b"", {"retry-after-ms": "300"}), Deadline.after(5))
    began = time.monotonic()
    threads = [threading.Thread(target=other) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(gone) == 3
    assert min(gone) - began >= 0.29
