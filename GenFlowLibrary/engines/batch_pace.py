"""How often a batch asks: as often as the server lets it, and no more.

    free -> 429 -> nobody asks until Retry-After is over -> a rate just below what the server took -> probes up slowly -> 429 ...

Each thread of a batch asks through one `Pace`, so that a 429 to one of them slows all. What a server took until it refused is
what it allows: that is the rate to keep to. It is approached and passed as CUBIC does with a network (RFC 9438, section
4.2): slowly near the rate that was refused last, and faster the longer nothing is refused, for the limit may have been raised.

Outside a batch there is no pace, and a single step waits for what the server asked for in its own retries (`retry`).
"""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from GenFlowLibrary.engines.deadline_call import SLICE
from GenFlowLibrary.engines.server_faults import PassingFault, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from GenFlowLibrary.core.deadline import Deadline
    from GenFlowLibrary.engines.server_faults import HttpReply

BUSY = (429, 503, 529)
"""Statuses that ask for less: too many requests, unavailable, overloaded (Anthropic)."""
PAUSE = 1.0
"""Seconds that nobody asks after a refusal which does not say how long to wait."""
BACK_OFF = 0.97
"""Part of the measured rate that is begun with again."""
CAUTION = 0.7
"""Part of the rate so far that is begun with again where it has not been measured yet, as CUBIC's."""
PLATEAU = 30.0
"""Seconds until the measured rate is reached again. Each refusal costs a pause of a second and more: with fewer than two a
minute a limit that lets nothing be made up for is still used to 95 % (measured in tests/unit/engines/test_batch_pace.py)."""
SEARCH = 3.0
"""Seconds until a rate is reached again that has not been measured yet."""
PROBE = 10.0
"""Seconds after which the rate is as far above the measured one as it was below: then it rises fast."""
LEAST_MEASURED = 10
"""Requests that were taken between two refusals, from which on they measure the rate."""
LITTLE = 0.85
"""Part of the rate so far that is begun with again where it was measured once, and too little was taken since to measure it."""
LONG = 10
"""Pauses. After a longer stretch without a refusal the rate had risen slowly, so that the limit lies just below it; after a
shorter one the server has taken, pause and stretch together, what it allows."""
PASSED = 0.98
"""Part of the rate that was refused after a long stretch, which is taken for the limit."""
SLOWEST = 1 / 60
"""Requests a second that are made at least, whatever was measured."""
_CATCH_UP = 2
"""Requests that may follow at once where their threads were late."""


class Pace:
    """The pace of one batch; its threads share it.

    Args:
        clock: monotonic seconds.
        sleep: waits a number of seconds.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._turn = threading.local()
        self._closed_until = 0.0
        self._closings = 0
        self._next = 0.0
        self._limit: float | None = None  # requests a second that the server was found to take
        self._searching = True  # the limit was not measured yet
        self._slowed_at = clock()
        self._resumed_at = self._slowed_at
        self._taken = 0
        self.refusals = 0

    @property
    def rate(self) -> float | None:
        """Requests a second that may be begun now; ``None`` where nothing limits them."""
        with self._lock:
            return self._rate(self._clock())

    def take_turn(self, stopped: Callable[[], bool]) -> bool:
        """Waits for this thread's turn, however long that takes; returns whether it came before the batch was stopped.

        The thread's next request goes out at once then: the time that a call may take has not begun yet.
        """
        while not stopped():
            at, closings = self._reserve()
            self._sleep_until(at, stopped)
            if self._is_still_mine(closings) and not stopped():
                self._turn.ready = True
                return True
        return False

    def enter(self, deadline: Deadline) -> None:
        """Waits before a request, unless the thread has its turn already.

        Raises:
            PassingFault: the turn would come after the deadline.
        """
        if getattr(self._turn, "ready", False):
            self._turn.ready = False
            return
        while True:
            at, closings = self._reserve(deadline.remaining)
            if at - self._clock() >= deadline.remaining:
                raise PassingFault("it is asked too often", retry_after=at - self._clock())
            self._sleep_until(at, lambda: deadline.passed)
            if self._is_still_mine(closings):
                return

    @property
    def now(self) -> float:
        """The time on the pace's clock."""
        return self._clock()

    def heard(self, status: int, wait: float | None, sent_at: float) -> None:
        """Notes how a request went: its status, the seconds that the server asked to wait, and when it was sent."""
        with self._lock:
            if status not in BUSY:
                self._taken += 1
            elif sent_at >= self._slowed_at:  # those sent before were under way when the first was refused
                self._slow_down(PAUSE if wait is None else wait)
            else:
                self._close_until(self._clock() + (wait or 0.0))

    def close_for(self, seconds: float) -> None:
        """Lets nobody ask for some seconds."""
        with self._lock:
            self._close_until(self._clock() + seconds)

    def _slow_down(self, wait: float) -> None:
        now = self._clock()
        rate = self._rate(now)
        self._limit = max(SLOWEST, self._measured(now, rate))
        # The first refusal measures what was asked rather than what is allowed: nothing was refused before.
        self._searching = self._searching and (rate is None or self._taken < LEAST_MEASURED)
        self.refusals += 1
        self._taken = 0
        self._close_until(now + wait)
        self._resumed_at = max(now, self._closed_until)
        self._next = self._resumed_at
        self._slowed_at = now

    def _measured(self, now: float, rate: float | None) -> float:
        """Returns the requests a second that the server takes, as far as can be told."""
        active, pause = now - self._resumed_at, self._resumed_at - self._slowed_at
        if rate is not None and active >= min(LONG * pause, PLATEAU / 2):
            return PASSED * rate
        if self._taken < LEAST_MEASURED:
            return (CAUTION if self._searching else LITTLE) * rate if rate else 1.0
        seen = self._taken / max(0.001, now - self._slowed_at)
        return seen if rate is None else min(seen, rate)

    def _rate(self, now: float) -> float | None:
        if self._limit is None:
            return None
        begun_with, plateau = (CAUTION, SEARCH) if self._searching else (BACK_OFF, PLATEAU)
        beyond = max(0.0, now - self._resumed_at) - plateau
        scale = plateau if beyond < 0 else min(plateau, PROBE)
        return self._limit * (1 + (1 - begun_with) * (beyond / scale) ** 3)

    def _reserve(self, within: float = math.inf) -> tuple[float, int]:
        """Returns when a request may be made, and takes that place where it comes soon enough.

        The second number tells later whether the place was lost, because the server asked everybody to wait.
        """
        with self._lock:
            now = self._clock()
            at = max(now, self._closed_until, self._next)
            rate = self._rate(now)
            if rate is not None and at - now < within:
                # Threads that wake up a little late do not slow the others; nothing is made up for after a pause.
                self._next = max(self._next, at - _CATCH_UP / rate) + 1 / rate
            return at, self._closings

    def _is_still_mine(self, closings: int) -> bool:
        with self._lock:
            return closings == self._closings

    def _close_until(self, moment: float) -> None:
        if moment > max(self._closed_until, self._clock()):
            self._closed_until = moment
            self._closings += 1

    def _sleep_until(self, at: float, stopped: Callable[[], bool]) -> None:
        while (left := at - self._clock()) > 0 and not stopped():
            self._sleep(min(SLICE, left))


_current: ContextVar[Pace | None] = ContextVar("GenFlowLibrary pace", default=None)


@contextmanager
def keeping(pace: Pace) -> Iterator[None]:
    """Makes every request of this thread keep to a pace."""
    token = _current.set(pace)
    try:
        yield
    finally:
        _current.reset(token)


def paced(send: Callable[[], HttpReply], deadline: Deadline) -> HttpReply:
    """Returns the reply to a request, made when the pace of this thread's batch allows it; at once outside a batch.

    Raises:
        PassingFault: its turn would come after the deadline, or as ``send``.
    """
    pace = _current.get()
    if pace is None:
        return send()
    pace.enter(deadline)
    sent_at = pace.now
    reply = send()
    pace.heard(reply.status, retry_after(reply.headers, time.time()), sent_at)
    return reply
