"""What a day has cost, in a small file that all runs of a user share, also those that go on side by side.

A row a day in SQLite, whose locks make "is there room, and take it" one step for all processes. A call is counted
before it is made: a process that dies in the middle leaves it counted.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import astuple
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.spending import Spending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TABLE = (
    "CREATE TABLE IF NOT EXISTS spending (day TEXT PRIMARY KEY, calls INTEGER NOT NULL, tokens INTEGER NOT NULL, "
    "cost TEXT NOT NULL, seconds REAL NOT NULL, uncounted INTEGER NOT NULL, unpriced INTEGER NOT NULL)"
)
_SECONDS_TO_WAIT = 10.0
"""For other processes, each of which holds the file for some milliseconds."""


def default_file() -> Path:
    """Returns where the day's spending is kept unless a setting says otherwise: in the user's home."""
    return Path.home() / ".genflow" / "day-spending.sqlite"


def _local_day() -> date:
    return date.today()  # noqa: DTZ011 - the user's day is meant


class DaySpending:
    """The day's spending in a file. ``today`` gives the local calendar day."""

    def __init__(self, file: Path, today: Callable[[], date] = _local_day) -> None:
        self.file = file
        self._today = today

    def spent(self) -> Spending:
        """Returns what today has cost so far, in all runs.

        Raises:
            SettingsError: the file cannot be used.
        """
        with self._opened() as connection:
            return self._read(connection)

    def add(self, spending: Spending, check: Callable[[Spending], None] | None = None) -> Spending:
        """Adds to what today has cost, unless ``check`` raises when it sees what was spent before; returns the sum.

        No other process gets in between.

        Raises:
            SettingsError: the file cannot be used.
        """
        with self._opened() as connection:
            before = self._read(connection)
            if check is not None:
                check(before)
            after = before + spending
            calls, tokens, cost, *others = astuple(after)
            row = (self._today().isoformat(), calls, tokens, str(cost), *others)
            connection.execute("REPLACE INTO spending VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return after

    def _read(self, connection: sqlite3.Connection) -> Spending:
        day = self._today().isoformat()
        row = connection.execute("SELECT * FROM spending WHERE day = ?", (day,)).fetchone()
        if row is None:
            return Spending()
        _, calls, tokens, cost, *others = row
        return Spending(calls, tokens, Decimal(cost), *others)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Opens the file with the lock on it; what is not committed when an error ends the work is undone."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with closing(
                sqlite3.connect(self.file, timeout=_SECONDS_TO_WAIT, isolation_level=None)
            ) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(_TABLE)
                yield connection
                connection.execute("COMMIT")
        except (sqlite3.Error, OSError, ArithmeticError) as problem:
            raise SettingsError(
                f"Expected to keep what the day has cost in '{self.file}', but it cannot be used ({problem}); "
                "correct or delete that file, or name another with the setting day_spending."
            ) from None
