"""A circuit breaker: what is not there is not asked over and over.

    closed -> OPEN_AFTER calls in a row without a connection -> open for PAUSE -> one call as a probe -> closed | open

A call is one completion with all its attempts, so the breaker never cuts short what ``max_attempts`` allows. Only failed
connections count: a refusal or a busy server answers, and one that is slow is the deadline's business.
"""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.engines.server_faults import Server

OPEN_AFTER = 3
"""Calls in a row. With the default of four attempts and their waits these are twelve requests in some twelve seconds,
longer than a dropped connection or a switched network lasts."""
PAUSE = 30.0
"""Seconds. About what a local server takes to start again; a run of an hour then loses 120 probes to a dead server."""


class Circuit:
    """Whether an address is worth a call. One for each address and run; threads may share it.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again = 0.0
        self._last = ""

    def check(self, server: Server) -> None:
        """Lets a call pass that is worth it: any while closed, after a pause one as a probe.

        Raises:
            EngineUnavailable: the circuit is open; says until when, as ``retry_after`` does in seconds.
        """
        with self._lock:
            left = self._closed_again - self._clock()
            if self._failures < OPEN_AFTER:
                return
            if left <= 0:
                # The next probe has to wait for this one, which may also be cut off and never report.
                self._closed_again = self._clock() + PAUSE
                return
        until = datetime.now().astimezone() + timedelta(seconds=left)
        raise EngineUnavailable(
            f"{server.expected}, but {self._failures} calls in a row did not reach it ({self._last}), and it is not asked "
            f"again until {until:%Y-%m-%d %H:%M:%S}; start the server or correct base_url, or try again then.",
            retry_after=left,
        )

    def failed(self, found: str) -> None:
        """Notes a call whose every attempt ended without a connection; ``found`` says what the last one met."""
        with self._lock:
            self._failures += 1
            self._last = found
            self._closed_again = self._clock() + PAUSE

    def answered(self) -> None:
        """Notes that the server answered, whatever it said."""
        with self._lock:
            self._failures = 0
