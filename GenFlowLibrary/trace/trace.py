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
    its zone. ``conceal`` takes personal data out of a record before it is handed on.
    """

    def __init__(
        self,
        sinks: Sequence[Sink],
        scrub: Scrub,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
        conceal: Callable[[StepRecord], None] | None = None,
    ) -> None:
        self.suite = ""
        self.task = ""
        self.notes: list[str] = []
        self._sinks = tuple(sinks)
        self._scrub = scrub
        self._clock = clock
        self._now = now
        self._conceal = conceal

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
            self._hand_on(record)

    def part(self, whole: StepRecord) -> StepRecord:
        """Returns the record of a part of a step, such as one row of a batch; `hand_on_part` ends it."""
        return StepRecord(
            f"{whole.step}, a row", suite=whole.suite, task=whole.task, started=self._now(), whole=whole
        )

    def hand_on_part(self, record: StepRecord) -> None:
        """Hands a part that has ended to the sinks. To be called in the main thread, where Robot Framework's log listens."""
        record.error = self._scrub(record.error)
        self._hand_on(record)

    def close(self) -> None:
        """Closes every sink at the end of the run."""
        self._each_sink(lambda sink: sink.close())

    def _hand_on(self, record: StepRecord) -> None:
        if self._conceal is not None:
            self._conceal(record)
        record.conceal()
        self._each_sink(lambda sink: sink.write(record))

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
