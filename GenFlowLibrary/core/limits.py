"""The limits that the user may set on what engines cost: what is measured, over which stretch of work.

max_calls, max_total_tokens, max_cost, max_seconds    of the run
max_calls_per_step, ..., max_seconds_per_day          of a step, a task, a suite, a day
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Measure = Literal["max_calls", "max_total_tokens", "max_cost", "max_seconds"]
Scope = Literal["run", "step", "task", "suite", "day"]

MEASURES: tuple[Measure, ...] = ("max_calls", "max_total_tokens", "max_cost", "max_seconds")
SCOPES: tuple[Scope, ...] = ("step", "task", "suite", "run", "day")
"""From the narrowest to the widest: the narrowest limit that is reached is the one that is told."""


def setting_name(measure: Measure, scope: Scope) -> str:
    """Returns the setting of a limit; the run's go without a suffix."""
    return measure if scope == "run" else f"{measure}_per_{scope}"


@dataclass(frozen=True)
class Limits:
    """The limits; ``None`` is no limit. Costs are in the currency of the price file, seconds are spent waiting for engines."""

    max_calls: int | None = None
    max_total_tokens: int | None = None
    max_cost: Decimal | None = None
    max_seconds: float | None = None
    max_calls_per_step: int | None = None
    max_total_tokens_per_step: int | None = None
    max_cost_per_step: Decimal | None = None
    max_seconds_per_step: float | None = None
    max_calls_per_task: int | None = None
    max_total_tokens_per_task: int | None = None
    max_cost_per_task: Decimal | None = None
    max_seconds_per_task: float | None = None
    max_calls_per_suite: int | None = None
    max_total_tokens_per_suite: int | None = None
    max_cost_per_suite: Decimal | None = None
    max_seconds_per_suite: float | None = None
    max_calls_per_day: int | None = None
    max_total_tokens_per_day: int | None = None
    max_cost_per_day: Decimal | None = None
    max_seconds_per_day: float | None = None

    def limit(self, measure: Measure, scope: Scope) -> Decimal | None:
        """Returns one limit as a number that can be compared exactly."""
        value = getattr(self, setting_name(measure, scope))
        return None if value is None else Decimal(str(value))

    def of_scope(self, scope: Scope) -> Iterator[tuple[Measure, Decimal]]:
        """Yields what is limited over a stretch of work, and how."""
        for measure in MEASURES:
            limit = self.limit(measure, scope)
            if limit is not None:
                yield measure, limit

    def limits_any(self, measure: Measure) -> bool:
        """Whether something is limited over any stretch of work."""
        return any(self.limit(measure, scope) is not None for scope in SCOPES)


LIMITS: tuple[str, ...] = tuple(field.name for field in fields(Limits))
"""The names of the settings."""
