"""Threads that do jobs side by side, while the thread that gives them stays free to be interrupted.

    give -> a thread does the job -> take, in the order that they end

Robot Framework's timeouts and Ctrl-C reach the main thread alone, and its log listens to the main thread alone: that one
reads, writes, logs, and never waits for longer than a moment.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

from GenFlowLibrary.engines.deadline_call import SLICE

if TYPE_CHECKING:
    from collections.abc import Callable

Job = TypeVar("Job")
Result = TypeVar("Result")

THREAD_NAME = "GenFlowLibrary batch"


class Crew(Generic[Job, Result]):
    """Some threads. They are daemons: none keeps a process alive.

    Args:
        size: How many jobs are done at once.
        work: Does a job.
        when_idle: Is called once, after `stop`, as soon as no job is under way any more.
    """

    def __init__(self, size: int, work: Callable[[Job], Result], when_idle: Callable[[], None]) -> None:
        self._size = size
        self._work = work
        self._when_idle = when_idle
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._ends: queue.SimpleQueue[Callable[[], Result]] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._threads = 0
        self._waiting = 0

    @property
    def busy(self) -> int:
        """How many jobs were given and not taken back."""
        return self._waiting

    @property
    def is_full(self) -> bool:
        """Whether there is a next job for each thread already: more would only wait."""
        return self._waiting >= 2 * self._size

    @property
    def is_idle(self) -> bool:
        """Whether, after `stop`, no job is under way any more."""
        with self._lock:
            return self._threads <= 0

    def is_stopped(self) -> bool:
        """Whether no job is begun any more."""
        return self._stopped.is_set()

    def give(self, job: Job) -> None:
        """Gives a job to whoever is free first."""
        self._waiting += 1
        self._jobs.put(job)
        with self._lock:
            if self._threads < self._size:
                self._threads += 1
                threading.Thread(target=self._run, name=THREAD_NAME, daemon=True).start()

    def take(self) -> Result | None:
        """Returns the result of a job that has ended, ``None`` where none ended within a moment.

        Raises:
            BaseException: what the job raised.
        """
        try:
            end = self._ends.get(timeout=SLICE)
        except queue.Empty:
            return None
        self._waiting -= 1
        return end()

    def take_at_once(self) -> Result | None:
        """Returns as `take` does, and does not wait at all."""
        return None if self._ends.empty() else self.take()

    def stop(self) -> None:
        """Begins no further job; those under way end in their own time."""
        self._stopped.set()
        for _ in range(self._size):
            self._jobs.put(None)
        with self._lock:
            idle = self._threads == 0
            self._threads -= idle  # never again
        if idle:
            self._when_idle()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None and not self.is_stopped():
            try:
                result = self._work(job)
            except BaseException as problem:  # it is raised again where the results are taken
                self._ends.put(_raising(problem))
            else:
                self._ends.put(_returning(result))
        with self._lock:
            self._threads -= 1
            idle = self._threads == 0
        if idle:
            self._when_idle()


def _returning(result: Result) -> Callable[[], Result]:
    return lambda: result


def _raising(problem: BaseException) -> Callable[[], NoReturn]:
    def end() -> NoReturn:
        raise problem

    return end
