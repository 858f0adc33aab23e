"""The table at the end of a run: what each kind of step cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from GenFlowLibrary.trace.record import StepRecord

_HEADINGS = ("step", "count", "failed", "engine", "calls", "tokens", "recorded", "seconds", "cost")
_COST = _HEADINGS.index("cost")
_TEXT_COLUMNS = ("step", "engine")


@dataclass
class _Row:
    """What the steps of one name cost together.

    ``calls`` counts the requests that were sent, ``recorded`` the completions that the recording had; ``unpriced`` the calls whose
    cost nobody knows.
    """

    count: int = 0
    failed: int = 0
    engines: dict[str, None] = field(default_factory=dict)
    calls: int = 0
    tokens: int = 0
    recorded: int = 0
    seconds: float = 0.0
    cost: Decimal = Decimal(0)
    unpriced: int = 0

    def add(self, record: StepRecord) -> None:
        self.calls += record.usage.requests
        self.tokens += record.usage.total_tokens
        if record.whole is None:  # what the parts of a step spent and took is in the whole's numbers already
            self.count += 1
            self.failed += record.status == "FAIL"
            self.seconds += record.seconds
            self.cost += record.spent.cost
            self.unpriced += record.spent.unpriced
        for exchange in record.exchanges:
            completion = exchange.completion
            if completion is None:
                continue
            self.engines[completion.engine] = None
            self.recorded += completion.from_recording

    def cells(self, step: str) -> tuple[str, ...]:
        engines = ", ".join(self.engines) or "-"
        numbers = (self.calls, self.tokens, self.recorded)
        # A sum that leaves calls out says so: it is more than that.
        cost = f"{'>' if self.unpriced else ''}{self.cost:.4f}"
        return (
            step,
            str(self.count),
            str(self.failed),
            engines,
            *map(str, numbers),
            f"{self.seconds:.1f}",
            cost,
        )


class Summary:
    """A sink that adds the records up by the step's name."""

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = {}
        self._total = _Row()

    def write(self, record: StepRecord) -> None:
        """Adds a record; the part of a step to what the step cost."""
        self._rows.setdefault((record.whole or record).step, _Row()).add(record)
        self._total.add(record)

    def close(self) -> None:
        """Does nothing: the numbers stay readable."""

    def lines(self) -> list[str]:
        """Returns a plain text table: a line a step name in the order they came, and a total.

        A run without steps has no lines, and one that cost no money no column for it. Costs are in the currency of the price file.
        """
        if not self._rows:
            return []
        body = [row.cells(step) for step, row in self._rows.items()]
        rows = [_HEADINGS, *body, self._total.cells("total")]
        if not self._total.cost:
            rows = [row[:_COST] for row in rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        rule = "  ".join("-" * width for width in widths)
        lines = [_line(row, widths) for row in rows]
        return [lines[0], rule, *lines[1:-1], rule, lines[-1]]


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    aligned = (
        cell.ljust(width) if heading in _TEXT_COLUMNS else cell.rjust(width)
        for heading, cell, width in zip(_HEADINGS, cells, widths, strict=False)
    )
    return "  ".join(aligned).rstrip()
