"""One row of a batch, asked in a thread of its own.

    turn in the pace -> question -> answer | why there is none -> journal -> result for the main thread

What a server refuses because it is busy is asked again when it says; a fault of the row or of the engine is the row's
outcome; what would be the same with every row (a limit, a setting, a missing recording) ends the batch.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import (
    AbstainedError,
    AnswerError,
    EngineError,
    EngineUnavailable,
    InputError,
    NeedsLanguageModel,
)
from GenFlowLibrary.engines.batch_pace import keeping
from GenFlowLibrary.steps.for_each.journal import RowOutcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.engines.batch_pace import Pace
    from GenFlowLibrary.steps.for_each.journal import Journal, RowId
    from GenFlowLibrary.steps.for_each.question import Question
    from GenFlowLibrary.steps.for_each.rows import Row
    from GenFlowLibrary.trace.record import StepRecord
    from GenFlowLibrary.trace.trace import Trace

MOST_TURNS = 5
"""Times a row is asked while the server only says that it is busy. Each is a whole call with all its attempts."""
PATIENCE = 900.0
"""Seconds. A server that asks to wait longer, as for the next day's quota, ends the batch, which goes on when it is run again."""


@dataclass
class RowJob:
    """A row on its way: its number from 1, its cells, which one it is, and in the end what came of it."""

    number: int
    row: Row
    id: RowId
    outcome: RowOutcome | None = None
    record: StepRecord | None = None


@dataclass(frozen=True)
class RowAsker:
    """Asks rows. Its threads share everything but the row.

    ``whole`` is the record of the batch; ``stopped`` tells whether it was ended.
    """

    question: Question
    journal: Journal
    pace: Pace
    trace: Trace
    whole: StepRecord
    stopped: Callable[[], bool]

    def __call__(self, job: RowJob) -> RowJob:
        """Returns the job with its outcome, or without one where the batch was ended before it was asked.

        Raises:
            GenFlowError: what would be the same with every row.
        """
        record = self.trace.part(self.whole)
        began = time.monotonic()
        with keeping(self.pace):
            for turn in range(1, MOST_TURNS + 1):
                if not self.pace.take_turn(self.stopped):
                    return job
                job.outcome = self._ask(job, record, last=turn == MOST_TURNS)
                if job.outcome is not None:
                    break
        assert job.outcome is not None  # noqa: S101 - the last turn has one
        self.journal.keep(job.id, job.outcome)
        record.seconds = round(time.monotonic() - began, 6)
        record.answer = job.outcome.answer
        record.error = job.outcome.error
        record.status = "PASS" if job.outcome.status == "done" else "FAIL"
        job.record = record
        return job

    def _ask(self, job: RowJob, record: StepRecord, *, last: bool) -> RowOutcome | None:
        """Returns what came of asking once, ``None`` where the server was busy."""
        try:
            answer = self.question.ask(job.row, record)
        except NeedsLanguageModel:
            raise  # so it will with the next row
        except EngineUnavailable as problem:
            wait = problem.retry_after
            if wait is not None and wait > PATIENCE:
                raise
            if wait is None or last:
                return RowOutcome("application", error=str(problem), model=_model(record))
            self.pace.close_for(wait)
            return None
        except EngineError as problem:
            return RowOutcome("application", error=str(problem), model=_model(record))
        except (InputError, AnswerError, AbstainedError) as problem:
            return RowOutcome("business", error=str(problem), model=_model(record))
        return RowOutcome("done", answer, model=_model(record))


def _model(record: StepRecord) -> str:
    completions = [exchange.completion for exchange in record.exchanges if exchange.completion]
    return completions[-1].model if completions else ""
