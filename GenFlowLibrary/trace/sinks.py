"""The port that step records are handed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from GenFlowLibrary.trace.record import StepRecord


class Sink(Protocol):
    """Takes the record of each step as it ends: a file, log.html, a summary."""

    def write(self, record: StepRecord) -> None:
        """Takes a record. It is complete and will not change any more.

        Raises:
            OSError: it cannot be written where it belongs; the run goes on without.
        """

    def close(self) -> None:
        """Ends the work at the end of the run.

        Raises:
            OSError: what is left cannot be written.
        """
