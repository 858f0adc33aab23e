"""What was spent on engines: of a step, a task, a run, a day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from GenFlowLibrary.core.limits import Measure


@dataclass(frozen=True)
class Spending:
    """Requests, tokens, money (in the currency of the price file) and seconds of waiting for engines.

    ``uncounted`` are calls whose tokens the server did not tell, ``unpriced`` those whose cost nobody knows; neither is in the
    sums, and neither was free.
    """

    calls: int = 0
    tokens: int = 0
    cost: Decimal = Decimal(0)
    seconds: float = 0.0
    uncounted: int = 0
    unpriced: int = 0

    def __add__(self, other: Spending) -> Spending:
        return Spending(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __sub__(self, other: Spending) -> Spending:
        return Spending(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))

    def measured(self, measure: Measure) -> Decimal:
        """Returns what counts against a limit."""
        value = {
            "max_calls": self.calls,
            "max_total_tokens": self.tokens,
            "max_cost": self.cost,
            "max_seconds": self.seconds,
        }[measure]
        return Decimal(str(value))
