"""The step record: the trace of one step, complete enough to explain it a year later."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.spending import Spending
from GenFlowLibrary.trace.plain import Scrub, plain

if TYPE_CHECKING:
    from datetime import datetime

    from GenFlowLibrary.core.outcome import FillOutcome
    from GenFlowLibrary.core.prompt import Prompt


@dataclass(frozen=True)
class Exchange:
    """One prompt and the completion that came back for it (``None`` when none did; ``fault`` then says why).

    ``lost`` is what was spent where no completion came back; ``recorded`` is the key of the recording's line that the completion came
    from or went to, empty where there is none. ``began`` and ``seconds`` say when and for how long ``engine`` was asked, and ``model``
    whom it was to ask; ``began`` is ``None`` where nobody was asked.
    """

    prompt: Prompt
    completion: Completion | None
    fault: str = ""
    lost: Usage = field(default_factory=Usage)
    recorded: str = ""
    began: datetime | None = field(default=None, compare=False)
    seconds: float = field(default=0.0, compare=False)
    engine: str = field(default="", compare=False)
    model: str = field(default="", compare=False)


@dataclass
class StepRecord:
    """The trace of one step. Filled while the step runs, handed to the sinks when it ends.

    ``step`` is the keyword's name; ``suite`` and ``task`` say where it ran; ``exchanges`` hold every prompt and completion, repairs
    included; ``answer`` is the typed answer as plain data; ``table`` is the outcome of a form; ``notes`` are plain sentences (which
    engine and why, what was decided without a model); ``error`` is the message the step failed with; ``spent`` is what the engines
    cost, and ``budget`` a sentence on what is left of it. ``whole`` is the step that this is a part of, as one row of a batch is;
    what a part spends, the whole has spent.
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
    spent: Spending = field(default_factory=Spending)
    budget: str = ""
    whole: StepRecord | None = field(default=None, repr=False)
    _concealing: list[Scrub] = field(default_factory=list, repr=False)

    def conceal_with(self, hide: Scrub) -> None:
        """Says what is to go through ``hide`` before the record is handed on: whatever holds answers of a redacted prompt."""
        self._concealing.append(hide)

    def conceal(self) -> None:
        """Takes personal data out of everything but the exchanges, which never held any."""
        for hide in self._concealing:
            self.answer = plain(self.answer, hide)
            self.notes = [hide(note) for note in self.notes]
            self.error = hide(self.error)
            self.table = self.table and _concealed(self.table, hide)

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


def _concealed(table: FillOutcome, hide: Scrub) -> FillOutcome:
    rows = tuple(
        replace(row, wanted=hide(row.wanted), found=hide(row.found), how=hide(row.how))
        for row in table.fields
    )
    return replace(
        table, fields=rows, url=hide(table.url), title=hide(table.title), message=hide(table.message)
    )
