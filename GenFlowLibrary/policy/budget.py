"""The user's limits on what a run may cost, checked before every call."""

from __future__ import annotations

from GenFlowLibrary.core.completion import Usage
from GenFlowLibrary.core.errors import BudgetExceeded


class Budget:
    """Counts the requests and tokens of a run against the limits that are set; ``None`` is no limit.

    What a call will cost in tokens is known afterwards only: the last call before the limit may pass
    ``max_total_tokens``, no call after it is made.
    """

    def __init__(self, max_calls: int | None = None, max_total_tokens: int | None = None) -> None:
        self._max_calls = max_calls
        self._max_total_tokens = max_total_tokens
        self._spent = Usage()
        self._uncounted = 0

    @property
    def spent(self) -> Usage:
        """Requests and tokens so far."""
        return self._spent

    def check(self) -> None:
        """Lets a call pass that the limits allow.

        Raises:
            BudgetExceeded: no request or no token is left, or tokens are limited and nobody counts them.
        """
        if self._max_total_tokens is not None and self._uncounted:
            raise BudgetExceeded(
                f"Expected the server to tell what a call costs, for max_total_tokens={self._max_total_tokens} is set, "
                "but it does not count tokens; limit the run with max_calls instead."
            )
        self._check("max_calls", self._max_calls, self._spent.requests, "requests")
        self._check("max_total_tokens", self._max_total_tokens, self._spent.total_tokens, "tokens")

    def charge(self, usage: Usage, *, counted: bool = True) -> None:
        """Adds what a call cost, whether or not its answer was of use; ``counted`` tells whether its tokens are known."""
        self._spent += usage
        self._uncounted += not counted

    def left(self) -> str:
        """Returns what is left, as a sentence for the log."""
        parts = [
            f"{max(0, limit - spent)} of {limit} {unit}"
            for limit, spent, unit in (
                (self._max_calls, self._spent.requests, "requests"),
                (self._max_total_tokens, self._spent.total_tokens, "tokens"),
            )
            if limit is not None
        ]
        return f"The budget has {' and '.join(parts)} left." if parts else "The run has no budget."

    @staticmethod
    def _check(setting: str, limit: int | None, spent: int, unit: str) -> None:
        if limit is not None and spent >= limit:
            raise BudgetExceeded(
                f"Expected the run to stay within {setting}={limit}, but it has used {spent} {unit} already; "
                f"raise {setting} or let the run ask less."
            )
