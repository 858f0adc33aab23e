"""The user's limits on what engines may cost, checked before every call.

    enter: is there room in the step, task, suite, run and day? -> count the call -> the call -> settle: what it cost

A call is counted before it is made, so that calls side by side, in threads or in processes that share the day, never
pass a limit on calls. Tokens, money and seconds are known afterwards only: the call that is under way when such a
limit is reached may pass it, and none after it is made.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import BudgetExceeded, SettingsError
from GenFlowLibrary.core.limits import SCOPES, Limits, Scope, setting_name
from GenFlowLibrary.core.spending import Spending

if TYPE_CHECKING:
    from GenFlowLibrary.core.completion import Usage
    from GenFlowLibrary.core.limits import Measure
    from GenFlowLibrary.policy.day_spending import DaySpending
    from GenFlowLibrary.policy.prices import Price, Prices
    from GenFlowLibrary.trace.record import StepRecord

_UNITS: dict[Measure, str] = {"max_calls": "request", "max_total_tokens": "token", "max_seconds": "second"}
"""Of one; money has its currency."""
_ONE_CALL = Spending(calls=1)


class Budget:
    """Counts what engines cost against the limits that are set.

    Args:
        limits: The limits; none unless given.
        prices: What models cost; needed where money is limited, and used to tell what was spent.
        day: The spending of the day, shared with other runs; needed where a day is limited.
    """

    def __init__(
        self, limits: Limits | None = None, *, prices: Prices | None = None, day: DaySpending | None = None
    ) -> None:
        self._limits = limits or Limits()
        self._prices = prices
        self._day = day if any(self._limits.of_scope("day")) else None
        self._spent: dict[tuple[Scope, str], Spending] = defaultdict(Spending)
        self._spent_today = Spending()
        self._day_problem: SettingsError | None = None
        self._lock = threading.Lock()
        if self._limits.limits_any("max_cost") and prices is None:
            raise ValueError("A limit on money needs prices.")
        if any(self._limits.of_scope("day")) and day is None:
            raise ValueError("A limit on the day needs the day's spending.")

    @property
    def spent(self) -> Spending:
        """What the run has spent so far."""
        return self._spent["run", ""]

    def enter(self, record: StepRecord, model: str) -> None:
        """Counts a call that is about to be made, where the limits allow it.

        Args:
            record: The step that asks; its ``suite`` and ``task`` say what else the call belongs to.
            model: Who is going to be asked.

        Raises:
            BudgetExceeded: a limit is reached, or what is limited cannot be known.
            SettingsError: money is limited and the model has no price, or the day's file cannot be used.
        """
        self._require_price(model)
        with self._lock:
            for scope in SCOPES:
                if scope != "day":
                    self._check(scope, record, self._so_far(scope, record))
            if self._day_problem is not None:
                raise self._day_problem
            if self._day is not None:
                self._spent_today = self._day.add(_ONE_CALL, lambda spent: self._check("day", record, spent))
            self._add(record, _ONE_CALL)

    def settle(
        self,
        record: StepRecord,
        usage: Usage,
        *,
        models: tuple[str, ...] = (),
        seconds: float = 0.0,
        counted: bool = True,
    ) -> None:
        """Adds what a call cost, however it ended.

        Args:
            record: The step that asked.
            usage: Tokens and requests of the call.
            models: Names of the model that answered, the surest first.
            seconds: How long it took.
            counted: Whether the tokens are known.
        """
        price = next((found for model in models if (found := self._prices and self._prices.of(model))), None)
        total = Spending(
            calls=usage.requests,
            tokens=usage.total_tokens,
            cost=price.cost(usage) if price else Decimal(0),
            seconds=seconds,
            uncounted=int(not counted),
            unpriced=int(_is_unpriced(price, usage, counted=counted)),
        )
        rest = total - _ONE_CALL
        with self._lock:
            self._add(record, rest)
            if self._day is not None:
                try:
                    self._spent_today = self._day.add(rest)
                except SettingsError as problem:
                    # The call is over, and what came of it must get through; the next one is not made.
                    self._day_problem = problem

    def left(self, record: StepRecord) -> str:
        """Returns what is left, as a sentence for the log; empty where nothing is limited."""
        parts = []
        for scope in SCOPES:
            limits = list(self._limits.of_scope(scope))
            if not limits or not self._applies(scope, record):
                continue
            spent = self._so_far(scope, record)
            shares = [
                f"{_shown(max(Decimal(0), limit - spent.measured(measure)))} of {self._counted(measure, limit)}"
                for measure, limit in limits
            ]
            parts.append(f"the {scope} {' and '.join(shares)}")
        return f"Left in the budget: {'; '.join(parts)}." if parts else ""

    def _so_far(self, scope: Scope, record: StepRecord) -> Spending:
        if scope == "step":
            return (record.whole or record).spent
        if scope == "day":
            return self._spent_today
        return self._spent[scope, _name(scope, record)]

    def _add(self, record: StepRecord, spending: Spending) -> None:
        record.spent += spending
        if record.whole is not None:
            record.whole.spent += spending
        for scope in SCOPES:
            # A scope without limits is not remembered: a run of a hundred thousand tasks stays as small as one.
            if scope == "run" or (scope in ("task", "suite") and any(self._limits.of_scope(scope))):
                self._spent[scope, _name(scope, record)] += spending

    def _check(self, scope: Scope, record: StepRecord, spent: Spending) -> None:
        if not self._applies(scope, record):
            return
        for measure, limit in self._limits.of_scope(scope):
            name = setting_name(measure, scope)
            self._check_known(measure, name, limit, spent)
            if spent.measured(measure) >= limit:
                raise BudgetExceeded(
                    f"Expected the {scope} to stay within {name}={_shown(limit)}, but it has used "
                    f"{self._counted(measure, spent.measured(measure))} already; "
                    f"raise {name} or let the {scope} ask less."
                )

    def _check_known(self, measure: Measure, name: str, limit: Decimal, spent: Spending) -> None:
        if spent.uncounted and measure == "max_total_tokens":
            raise BudgetExceeded(
                f"Expected the server to tell what a call costs, for {name}={_shown(limit)} is set, "
                f"but it does not count tokens; limit it with {name.replace('max_total_tokens', 'max_calls')} instead."
            )
        if spent.unpriced and measure == "max_cost":
            raise BudgetExceeded(
                f"Expected to know what every call costs, for {name}={_shown(limit)} is set, but {spent.unpriced} had no price "
                f"or no count of tokens; write the price of the model that answered into {self._price_file} "
                f"or limit it with {name.replace('max_cost', 'max_calls')} instead."
            )

    def _require_price(self, model: str) -> None:
        if self._limits.limits_any("max_cost") and self._prices and self._prices.of(model) is None:
            raise SettingsError(
                f"Expected a price for the model '{model}', for money is limited, but there is none; write it into "
                f"{self._price_file}, as {model or 'its-name'}: {{prompt: 0.50, completion: 1.50}}, "
                "in the price of a million tokens."
            )

    @property
    def _price_file(self) -> str:
        return str(self._prices.file_to_edit) if self._prices else ""

    @staticmethod
    def _applies(scope: Scope, record: StepRecord) -> bool:
        """Whether a step belongs to such a stretch: a suite's setup belongs to no task."""
        return scope != "task" or bool(record.task)

    def _counted(self, measure: Measure, number: Decimal) -> str:
        """Returns a number with its unit: ``1 request``, ``2 requests``, ``0.5 USD``."""
        shown, unit = _shown(number), _UNITS.get(measure)
        if unit is None:
            return f"{shown} {self._prices.currency if self._prices else ''}".rstrip()
        return f"{shown} {unit}" if shown == "1" else f"{shown} {unit}s"


def _is_unpriced(price: Price | None, usage: Usage, *, counted: bool) -> bool:
    """Whether a call cost something that nobody knows."""
    if price is not None and price.is_free:
        return False
    return not counted or (price is None and usage.total_tokens > 0)


def _name(scope: Scope, record: StepRecord) -> str:
    return {"task": f"{record.suite}\0{record.task}", "suite": record.suite}.get(scope, "")


def _shown(number: Decimal) -> str:
    """Returns a number as people write it: no exponent, no zeros at the end, at most four decimals that matter."""
    rounded = (
        number.quantize(Decimal("0.0001")) if number == 0 or abs(number) >= Decimal("0.0001") else number
    )
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
