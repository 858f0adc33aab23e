"""One blocking call with an absolute end.

The client's timeouts hold for each read alone: a server that sends a byte now and then kept a call with a
timeout of 2 s busy for 20.8 s. They hold neither for resolving a name nor for trying several addresses. So the
call runs in a thread of its own and is waited for on this one, where Ctrl-C and Robot Framework's timeouts get
through while the network is silent, on Windows too.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.core.deadline import Deadline

T = TypeVar("T")

THREAD_NAME = "GenFlowLibrary engine call"
SLICE = 0.1
"""Seconds. A longer wait in one piece cannot be interrupted on Windows; Robot Framework's Sleep is alike."""


class DeadlinePassed(Exception):
    """The deadline came before the result."""


def call_within(deadline: Deadline, work: Callable[[], T], abandon: Callable[[], None]) -> T:
    """Returns what ``work`` returns, or raises what it raises.

    Args:
        deadline: when to stop waiting.
        work: the blocking call; it is made in another thread.
        abandon: is called once when the result is not waited for any longer, to make ``work`` end
            (close its connections).

    Raises:
        DeadlinePassed: the deadline came first.
    """
    call = _Call(work)
    threading.Thread(target=call.run, name=THREAD_NAME, daemon=True).start()
    waiting = True
    try:
        ended = call.wait(deadline)
        waiting = False
    finally:
        if waiting:  # the deadline, Robot Framework's timeout, or Ctrl-C
            abandon()
    return ended()


class _Call(Generic[T]):
    """A call in another thread, whose end travels back as a function that returns or raises."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._end: queue.SimpleQueue[Callable[[], T]] = queue.SimpleQueue()

    def run(self) -> None:
        try:
            result = self._work()
        except BaseException as problem:  # it is raised again where the call is waited for
            self._end.put(_raising(problem))
        else:
            self._end.put(lambda: result)

    def wait(self, deadline: Deadline) -> Callable[[], T]:
        while True:
            try:
                return self._end.get(timeout=min(SLICE, deadline.remaining))
            except queue.Empty:
                if deadline.passed:
                    raise DeadlinePassed from None


def _raising(problem: BaseException) -> Callable[[], NoReturn]:
    def end() -> NoReturn:
        raise problem

    return end
