"""Generate For Each: one prompt a row of a table, side by side, into a file, and never twice.

rows -> identity -> in the journal? -> threads ask, each at the batch's pace -> journal -> output in the rows' order
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import BudgetExceeded, EngineUnavailable, GenFlowError, InputError
from GenFlowLibrary.engines.batch_pace import Pace
from GenFlowLibrary.steps.for_each.asking import RowAsker, RowJob
from GenFlowLibrary.steps.for_each.crew import Crew
from GenFlowLibrary.steps.for_each.journal import SUFFIX, Journal, RowId, RowOutcome
from GenFlowLibrary.steps.for_each.outcome import ForEachOutcome, Manner
from GenFlowLibrary.steps.for_each.output import check_place, open_output
from GenFlowLibrary.trace.plain import canonical, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from GenFlowLibrary.steps.for_each.outcome import Progress
    from GenFlowLibrary.steps.for_each.output import Output
    from GenFlowLibrary.steps.for_each.question import Question
    from GenFlowLibrary.steps.for_each.rows import Row, Rows
    from GenFlowLibrary.steps.runtime import Options, Runtime
    from GenFlowLibrary.trace.record import StepRecord

STEP = "Generate For Each"
WINDOW = 1000
"""Rows that may be read and not written yet: what waits for one slow row. It bounds the memory."""
HOPELESS = 10
"""Failures of the engine in a row, besides those of the calls under way together, after which the batch ends: the next rows
would fare no better, as with a wrong key or a server that is gone."""
_MOST_NOTES, _MOST_ERRORS_LOGGED = 20, 10
"""Different notes of rows, and errors of rows, that the log has of the batch; the trace has all."""
_DRAIN_AT_DEADLINE = 1.0
"""Seconds that calls under way get to end in when the time is over."""


def for_each(
    runtime: Runtime,
    rows: Rows,
    question: Question,
    output: Path | None,
    *,
    manner: Manner = Manner(),  # noqa: B008 - frozen
    options: Options,
    progress: Progress | None = None,
) -> ForEachOutcome:
    """Asks each row, and returns what came of them.

    However it ends, what was answered is in the journal beside the output, and the same call goes on from there.

    Raises:
        InputError: the rows lack a column, the output is somebody else's, or the journal's rows were asked something else.
        DocumentError: the rows cannot be read.
        BudgetExceeded: the next call would pass a limit, or the time is over.
        NeedsLanguageModel, SettingsError, RecordingError: as with any row alone.
        EngineError: the engine failed so often in a row that the rest would fare no better.
    """
    with runtime.step(STEP) as record:
        if output is None:
            raise InputError(
                "Expected output= with the file to write the answers into, but found none; write it like output=${OUTPUT_DIR}/answers.csv."
            )
        question.check(rows.columns)
        if manner.key is not None and manner.key not in rows.columns:
            raise InputError(
                f"Expected key= to be one of {', '.join(rows.columns)}, but it is '{manner.key}'; correct that name."
            )
        journal_file = output.with_name(output.name + SUFFIX)
        check_place(output, journal_file)
        engine, why = runtime.find_engine(options.engine)
        record.notes.append(why)
        if not engine.needs_network:
            # It works on this machine and in this process: threads would only take turns.
            manner = Manner(1, manner.within, manner.key, manner.repeat_failed)
        journal = Journal(journal_file, {**question.words, "the key column": manner.key})
        try:
            written = open_output(output, rows.columns, question.fields)
        except BaseException:
            journal.close()
            raise
        batch = _Batch(runtime, rows, question, journal, written, manner, record, ForEachOutcome(output))
        try:
            batch.run(progress or _Quiet())
        finally:
            record.answer = {**batch.outcome.told(), **batch.told}
            record.notes.extend(batch.notes)
        return batch.outcome


class _Batch:
    """A batch on its way. Everything but the asking happens in the thread that runs it."""

    def __init__(
        self,
        runtime: Runtime,
        rows: Rows,
        question: Question,
        journal: Journal,
        output: Output,
        manner: Manner,
        record: StepRecord,
        outcome: ForEachOutcome,
    ) -> None:
        self.outcome = outcome
        self.notes: list[str] = []
        self.told: dict[str, str] = {}
        self._runtime = runtime
        self._rows = rows
        self._journal = journal
        self._output = output
        self._manner = manner
        self._until = None if manner.within is None else time.monotonic() + manner.within
        self._waiting: deque[RowJob] = deque()
        self._failed_in_a_row = 0
        self._changed = 0
        asker = RowAsker(question, journal, Pace(), runtime.trace, record, self._is_stopped)
        self._crew = Crew(manner.concurrency, asker, journal.close)

    def run(self, progress: Progress) -> None:
        """Works through all rows."""
        with ExitStack() as afterwards:
            afterwards.callback(progress.end)
            afterwards.callback(self._close_output)
            afterwards.callback(self._write_ready)
            afterwards.callback(self._crew.stop)
            try:
                self._work_through(progress)
            except GenFlowError as problem:
                # Calls under way are paid for: what they bring goes into the journal, and into the output where it can.
                at_deadline = self._until is not None and time.monotonic() >= self._until
                self._drain(_DRAIN_AT_DEADLINE if at_deadline else None)
                raise problem from None
            finally:
                self._tell_changed()

    def _is_stopped(self) -> bool:
        return self._crew.is_stopped()

    def _work_through(self, progress: Progress) -> None:
        for job in self._jobs():
            if job.outcome is None:
                self._crew.give(job)
            self._waiting.append(job)
            while self._crew.is_full or len(self._waiting) >= WINDOW:
                self._collect(progress)
            while self._take(self._crew.take_at_once()):
                pass
            self._after(progress)
        while self._crew.busy:
            self._collect(progress)

    def _jobs(self) -> Iterator[RowJob]:
        """Yields the rows, with their outcome where an earlier run had one that holds."""
        known = set(self._rows.columns)
        for number, row in enumerate(self._rows, 1):
            job = RowJob(number, row, self._identify(row))
            before = self._journal.find(job.id)
            job.outcome = before if before and self._holds(before) else self._refused(job, known)
            if before and job.outcome is before:
                self.outcome.from_before += 1
                self._changed += self._journal.was_changed(job.id)
            yield job

    def _identify(self, row: Row) -> RowId:
        content = hashlib.sha256(canonical(plain(row, str)).encode("utf-8", "backslashreplace")).hexdigest()
        key = row.get(self._manner.key) if self._manner.key else None
        return self._journal.identify(content if key is None else f"key {key}", content)

    def _holds(self, before: RowOutcome) -> bool:
        return before.status == "done" or (before.status == "business" and not self._manner.repeat_failed)

    def _refused(self, job: RowJob, known: set[str]) -> RowOutcome | None:
        """Returns the outcome of a row that is not to be asked at all."""
        surplus = [name for name in job.row if name not in known]
        key = self._manner.key
        problem = ""
        if surplus:
            problem = f"Expected the columns of the first row, but this one has '{surplus[0]}' too; add it to the first row."
        elif key is not None and job.row.get(key) is None:
            problem = f"Expected '{key}' to tell the row apart, but it is empty; fill it in."
        elif key is not None and job.id.turn > 1:
            problem = (
                f"Expected '{key}' to be different in each row, but '{job.row[key]}' stood in an earlier one; "
                "correct one of them."
            )
        return RowOutcome("business", error=problem) if problem else None

    def _collect(self, progress: Progress) -> None:
        self._take(self._crew.take())
        self._after(progress)

    def _after(self, progress: Progress) -> None:
        self._write_ready()
        done = self.outcome.rows
        progress.show(done, self.outcome.failed, self._rows.read, self.outcome.from_before)
        if self._until is not None and time.monotonic() >= self._until:
            raise BudgetExceeded(
                f"Expected all rows within {self._manner.within:g} s, but {done} were done by then; "
                "run it again to go on from there, or raise within or concurrency."
            )

    def _take(self, job: RowJob | None) -> bool:
        """Takes a row that was asked; returns whether there was one."""
        if job is None or job.outcome is None:
            return job is not None
        if job.record is not None:
            self._runtime.trace.hand_on_part(job.record)
            # As it was handed on, without what is personal: this goes into the log.
            self._note(job.record.notes)
            self._tell(job.number, job.record.error)
            job.record = None
        if job.outcome.status != "application":
            self._failed_in_a_row = 0
            return True
        self._failed_in_a_row += 1
        if self._failed_in_a_row >= HOPELESS + self._manner.concurrency and not self._crew.is_stopped():
            last = job.outcome.error.rstrip(".")
            raise EngineUnavailable(
                f"Expected the engine to answer some of {self._failed_in_a_row} rows in a row, but it failed with each, "
                f"the last time so: {last}; correct that and run it again to go on from there."
            )
        return True

    def _write_ready(self) -> None:
        """Writes the rows that all rows before are written of."""
        before = self.outcome.rows
        try:
            while self._waiting and (outcome := self._waiting[0].outcome) is not None:
                job = self._waiting[0]
                self._output.write(job.number, job.row, outcome)
                self.outcome.add(job.number, outcome)
                self._waiting.popleft()
            if self.outcome.rows > before:
                self._output.flush()
        except OSError as problem:
            raise InputError(
                f"Expected to write '{self.outcome.output}', but {problem.strerror or problem}; "
                "make room for it and run it again to go on from there."
            ) from None

    def _close_output(self) -> None:
        with suppress(OSError):  # what could not be written was told, for each row is flushed
            self._output.close()

    def _drain(self, seconds: float | None) -> None:
        self._crew.stop()
        until = None if seconds is None else time.monotonic() + seconds
        while not self._crew.is_idle and (until is None or time.monotonic() < until):
            try:
                self._take(self._crew.take())
            except GenFlowError:  # the batch ends with the first
                continue
        try:
            while self._take(self._crew.take_at_once()):
                pass
        except GenFlowError:
            return

    def _note(self, notes: list[str]) -> None:
        self.notes.extend(
            note for note in dict.fromkeys(notes) if note not in self.notes and len(self.notes) < _MOST_NOTES
        )

    def _tell(self, number: int, error: str) -> None:
        if error and len(self.told) < _MOST_ERRORS_LOGGED:
            self.told[f"row {number}"] = error

    def _tell_changed(self) -> None:
        if self._changed:
            self.notes.append(
                f"{self._changed} rows have changed since they were answered; they keep their answers, for key= tells rows apart."
            )


class _Quiet:
    """Shows nothing."""

    def show(self, done: int, failed: int, part: float | None, before: int = 0) -> None:
        pass

    def end(self) -> None:
        pass
