"""How a batch is worked through, how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from GenFlowLibrary.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from GenFlowLibrary.steps.for_each.journal import RowOutcome

CONCURRENCY = 4
MOST_CONCURRENT = 64
"""Calls at once. Each has a thread and a connection; above this one Python process has no time left to work with more."""
MOST_FAILURES_TOLD = 100
"""Failures that the outcome names; the output names all."""


@dataclass(frozen=True)
class RowFailure:
    """A row without an answer: its number from 1, whether the row or the engine is to blame, and why in a sentence."""

    row: int
    kind: str
    error: str


@dataclass
class ForEachOutcome:
    """What came of a batch.

    ``rows`` is how many there were, ``succeeded`` and ``failed`` what they came to, ``business`` and ``application`` whose fault the
    failures are; ``from_before`` counts the rows that an earlier run had done; ``failures`` are the first of them
    (`MOST_FAILURES_TOLD`); ``output`` is the file.
    """

    output: Path
    rows: int = 0
    succeeded: int = 0
    business: int = 0
    application: int = 0
    from_before: int = 0
    failures: list[RowFailure] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many rows have no answer."""
        return self.business + self.application

    def __str__(self) -> str:
        before = f", {self.from_before} of them from before" if self.from_before else ""
        failed = f" ({self.business} business, {self.application} application)" if self.failed else ""
        return f"{self.succeeded} of {self.rows} rows answered{before}, {self.failed} failed{failed}: {self.output}"

    def told(self) -> dict[str, object]:
        """Returns the counts as the step record keeps them."""
        return {
            "rows": self.rows,
            "succeeded": self.succeeded,
            "failed": self.failed,
            "from before": self.from_before,
            "output": str(self.output),
        }

    def add(self, number: int, outcome: RowOutcome) -> None:
        """Counts a row."""
        self.rows += 1
        if outcome.status == "done":
            self.succeeded += 1
            return
        self.business += outcome.status == "business"
        self.application += outcome.status == "application"
        if len(self.failures) < MOST_FAILURES_TOLD:
            self.failures.append(RowFailure(number, outcome.status, outcome.error))


class Progress(Protocol):
    """Shows how far a batch is. It is told often, in the main thread."""

    def show(self, done: int, failed: int, part: float | None, before: int = 0) -> None:
        """Shows how many rows are done and failed, and which part of all that is (0 to 1) where it is known.

        ``before`` of the rows that are done an earlier run had answered.
        """

    def end(self) -> None:
        """Ends what was shown."""


@dataclass(frozen=True)
class Manner:
    """How a batch is worked through.

    ``within`` is the number of seconds it may take; ``key`` the column that tells rows apart, by their content unless
    given; ``repeat_failed`` asks rows again that failed for what they say, and not only those that the engine failed.
    """

    concurrency: int = CONCURRENCY
    within: float | None = None
    key: str | None = None
    repeat_failed: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.concurrency <= MOST_CONCURRENT:
            raise InputError(
                f"Expected concurrency= to be 1 to {MOST_CONCURRENT}, but it is {self.concurrency}; correct it."
            )
        if self.within is not None and self.within <= 0:
            raise InputError(
                f"Expected within= to be some time, but it is {self.within:g} s; write it like 2 hours."
            )
