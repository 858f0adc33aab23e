"""One record a step, made around the step and handed to every sink when it ends.

step begins -> record -> the step fills it -> status, seconds, error -> every sink
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from GenFlowLibrary.trace.record import StepRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from GenFlowLibrary.trace.plain import Scrub
    from GenFlowLibrary.trace.sinks import Sink


class Trace:
    """Makes the step records of a run.

    ``suite`` and ``task`` are where the run is now; they go into each record. ``notes`` are sentences about
    what of the trace could not be written. ``clock`` gives monotonic seconds, ``now`` the time of day with
    its zone.
    """

    def __init__(
        self,
        sinks: Sequence[Sink],
        scrub: Scrub,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self.suite = ""
        self.task = ""
        self.notes: list[str] = []
        self._sinks = tuple(sinks)
        self._scrub = scrub
        self._clock = clock
        self._now = now

    @contextmanager
    def step(self, name: str) -> Iterator[StepRecord]:
        """Gives a step's record to fill, and hands it to the sinks when the step ends, also when it fails.

        Whatever the step raises goes on as it is; the record holds its message without secrets.
        """
        record = StepRecord(name, suite=self.suite, task=self.task, started=self._now())
        began = self._clock()
        try:
            yield record
        except BaseException as error:  # a timeout or Ctrl+C ends a step as well; all go on as they are
            record.status = "FAIL"
            record.error = self._scrub(str(error)) or type(error).__name__
            raise
        finally:
            record.seconds = round(self._clock() - began, 6)
            self._each_sink(lambda sink: sink.write(record))

    def close(self) -> None:
        """Closes every sink at the end of the run."""
        self._each_sink(lambda sink: sink.close())

    def _each_sink(self, act: Callable[[Sink], None]) -> None:
        for sink in self._sinks:
            try:
                act(sink)
            except OSError as error:
                # A full disk must not fail a robot that works, nor hide why a step failed; it is told once.
                self._note(f"Part of the trace could not be written: {self._scrub(str(error))}.")

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)
