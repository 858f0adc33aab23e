"""Asking again: one loop, one deadline over all attempts and waits.

    attempt -> PassingFault? -> wait (the server's Retry-After, else exponential with jitter) -> attempt ...

Only a `PassingFault` is asked again. Everything else passes through untouched, Robot Framework's timeout and
Ctrl-C among it.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NoReturn, TypeVar

import tenacity

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import EngineUnavailable
from GenFlowLibrary.engines.deadline_call import SLICE
from GenFlowLibrary.engines.server_faults import PassingFault, Server

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

FIRST_WAIT = 0.5
"""Seconds before the second attempt, doubled for each further one up to `LONGEST_WAIT`. Both are the values
of the openai client's own retries, which are off."""
LONGEST_WAIT = 8.0
JITTER = 0.5
"""Up to so many seconds are added at random, so that many robots do not come back together."""


def nap(seconds: float) -> None:
    """Sleeps in slices, so that Robot Framework's timeouts get through on Windows too."""
    end = Deadline.after(seconds)
    while not end.passed:
        time.sleep(min(SLICE, end.remaining))


def persist(
    attempt: Callable[[], T],
    *,
    server: Server,
    deadline: Deadline,
    max_attempts: int,
    sleep: Callable[[float], None] = nap,
) -> T:
    """Returns what ``attempt`` returns, asking again while its faults may pass.

    Args:
        attempt: one attempt; raises `PassingFault` where another one may help.
        server: who is asked, for the message.
        deadline: the end of all attempts; no wait is begun that would reach it.
        max_attempts: how many attempts may be made.
        sleep: waits a number of seconds.

    Raises:
        EngineUnavailable: every attempt failed, or the next may not come before the deadline.
    """
    allowed = deadline.remaining
    backoff = tenacity.wait_exponential_jitter(multiplier=FIRST_WAIT, max=LONGEST_WAIT, jitter=JITTER)

    def wait(state: tenacity.RetryCallState) -> float:
        return _fault(state).retry_after or backoff(state)

    def enough(state: tenacity.RetryCallState) -> bool:
        return state.attempt_number >= max_attempts or state.upcoming_sleep >= deadline.remaining

    def give_up(state: tenacity.RetryCallState) -> NoReturn:
        fault, attempts = _fault(state), state.attempt_number
        if fault.retry_after and fault.retry_after >= deadline.remaining:
            reason = _asked_to_wait(fault, fault.retry_after, allowed)
        elif attempts < max_attempts:
            reason = (
                f"{fault.found}, and the {round(allowed, 1):g} s allowed are used up after {_times(attempts)}"
            )
            reason += f"; raise timeout or {fault.remedy}"
        else:
            reason = f"{fault.found}, in {_times(attempts)}; {fault.remedy}"
        message = f"{server.expected}, but {reason}."
        raise EngineUnavailable(message, attempts=attempts, retry_after=fault.retry_after) from None

    loop = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(PassingFault),
        wait=wait,
        stop=enough,
        sleep=sleep,
        retry_error_callback=give_up,
    )
    return loop(attempt)


def _fault(state: tenacity.RetryCallState) -> PassingFault:
    fault = state.outcome.exception() if state.outcome else None
    assert isinstance(fault, PassingFault)  # noqa: S101 - nothing else is retried
    return fault


def _times(attempts: int) -> str:
    return "1 attempt" if attempts == 1 else f"{attempts} attempts"


def _asked_to_wait(fault: PassingFault, seconds: float, allowed: float) -> str:
    try:
        until = datetime.now().astimezone() + timedelta(seconds=seconds)
        told = f"{seconds:.0f} s, until {until:%Y-%m-%d %H:%M:%S}"
    except (OverflowError, OSError):  # further away than a date can say
        told = "for longer than there are dates"
    return (
        f"{fault.found} and asks to wait {told}, "
        f"which is beyond the {round(allowed, 1):g} s allowed; try again then or raise timeout"
    )
