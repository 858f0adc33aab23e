"""The step record: the trace of one step, complete enough to explain it a year later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.core.completion import Completion, Usage

if TYPE_CHECKING:
    from datetime import datetime

    from GenFlowLibrary.core.outcome import FillOutcome
    from GenFlowLibrary.core.prompt import Prompt


@dataclass(frozen=True)
class Exchange:
    """One prompt and the completion that came back for it (``None`` when none did; ``fault`` then says why).

    ``lost`` is what was spent where no completion came back.
    """

    prompt: Prompt
    completion: Completion | None
    fault: str = ""
    lost: Usage = field(default_factory=Usage)


@dataclass
class StepRecord:
    """The trace of one step. Filled while the step runs, handed to the sinks when it ends.

    ``step`` is the keyword's name; ``suite`` and ``task`` say where it ran; ``exchanges`` hold every prompt and completion, repairs
    included; ``answer`` is the typed answer as plain data; ``table`` is the outcome of a form; ``notes`` are plain sentences (which
    engine and why, what was decided without a model); ``error`` is the message the step failed with.
    """

    step: str
    suite: str = ""
    task: str = ""
    started: datetime | None = None
    seconds: float = 0.0
    status: Literal["PASS", "FAIL"] = "PASS"
    exchanges: list[Exchange] = field(default_factory=list)
    answer: Any = None
    table: FillOutcome | None = None
    notes: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def usage(self) -> Usage:
        """Tokens and requests of all exchanges; what came from a recording cost nothing."""
        total = Usage()
        for exchange in self.exchanges:
            total += exchange.lost
            if exchange.completion is not None and not exchange.completion.from_recording:
                total += exchange.completion.usage
        return total

    @property
    def from_recording(self) -> bool:
        """Whether every completion of the step came from the recording."""
        completions = [exchange.completion for exchange in self.exchanges if exchange.completion]
        return bool(completions) and all(completion.from_recording for completion in completions)
