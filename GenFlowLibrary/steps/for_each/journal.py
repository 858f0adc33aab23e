"""The journal of a batch: which rows are done, so that a batch which was ended goes on where it was and pays nothing twice.

    row -> identity (the text of its key column, or a digest of its content; which one of several alike) -> what came of it

A SQLite file beside the output. An answer is in it before anything else happens with it, and a process that is killed
leaves it whole. One batch at a time holds it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.core.errors import InputError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Status = Literal["done", "business", "application"]
"""What came of a row: an answer; no answer because of what the row says; no answer because of the engine or the way to it."""

SUFFIX = ".journal"
_WAIT_FOR_OTHERS = 5.0
"""Seconds. A batch that was interrupted still writes down the answers that were under way."""
_CACHE_KIB = 2048
"""Of the file, in memory: the same for any number of rows."""
_TABLES = (
    "CREATE TABLE IF NOT EXISTS question (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS outcome (id TEXT, turn INTEGER, content TEXT, status TEXT NOT NULL, answer TEXT,
    error TEXT NOT NULL, model TEXT NOT NULL, PRIMARY KEY (id, turn)) WITHOUT ROWID""",
    "CREATE TEMP TABLE seen (id TEXT PRIMARY KEY, turn INTEGER NOT NULL) WITHOUT ROWID",
)


@dataclass(frozen=True)
class RowId:
    """Which row it is. ``turn`` counts rows of the same identity from 1; ``content`` is the digest of its cells."""

    id: str
    turn: int
    content: str


@dataclass(frozen=True)
class RowOutcome:
    """What came of a row. ``answer`` is plain data: a text, or the facts by name."""

    status: Status
    answer: Any = None
    error: str = ""
    model: str = ""


class Journal:
    """The journal in a file. Its threads may write side by side.

    Args:
        file: The file; made where there is none.
        question: What every row is asked, by names that messages use, such as ``schema``.

    Raises:
        InputError: the journal's rows were asked something else, or another batch holds it.
        SettingsError: the file cannot be used.
    """

    def __init__(self, file: Path, question: Mapping[str, Any]) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._connection = self._open()
        try:
            self._compare(question)
        except BaseException:
            self.close()
            raise

    def identify(self, identity: str, content: str) -> RowId:
        """Returns which row this is, when the rows are gone through in their order."""
        with self._lock:
            found = self._run("SELECT turn FROM seen WHERE id = ?", identity)
            turn = found[0] + 1 if found else 1
            self._run("REPLACE INTO seen VALUES (?, ?)", identity, turn)
        return RowId(identity, turn, content)

    def find(self, row: RowId) -> RowOutcome | None:
        """Returns what came of a row before, ``None`` where it was not asked yet."""
        with self._lock:
            found = self._run(
                "SELECT status, answer, error, model FROM outcome WHERE id = ? AND turn = ?", row.id, row.turn
            )
        if found is None:
            return None
        status, answer, error, model = found
        return RowOutcome(status, json.loads(answer), error, model)

    def was_changed(self, row: RowId) -> bool:
        """Whether other cells than now stood in a row when it was asked."""
        with self._lock:
            found = self._run("SELECT content FROM outcome WHERE id = ? AND turn = ?", row.id, row.turn)
        return bool(found) and found[0] != row.content

    def keep(self, row: RowId, outcome: RowOutcome) -> None:
        """Writes down what came of a row.

        Raises:
            SettingsError: it cannot be written.
        """
        answer = json.dumps(outcome.answer, ensure_ascii=False)
        values = (row.id, row.turn, row.content, outcome.status, answer, outcome.error, outcome.model)
        with self._lock:
            self._run("REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?)", *values)

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        until = time.monotonic() + _WAIT_FOR_OTHERS
        while True:
            connection: sqlite3.Connection | None = None
            try:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(
                    self.file, timeout=0.1, isolation_level=None, check_same_thread=False
                )
                _prepare(connection)
            except (sqlite3.Error, OSError) as problem:
                if connection is not None:
                    connection.close()
                held = isinstance(problem, sqlite3.OperationalError) and "locked" in str(problem)
                if not held:
                    raise self._unusable(problem) from None
                if time.monotonic() > until:
                    raise InputError(
                        f"Expected '{self.file}' to be free, but another batch writes it; wait until that ends, or name another output."
                    ) from None
            else:
                return connection

    def _compare(self, question: Mapping[str, Any]) -> None:
        """Writes the question down, or makes sure that it is the one of the rows that are done."""
        now = {
            name: json.dumps(value, ensure_ascii=False, sort_keys=True) for name, value in question.items()
        }
        with self._lock:
            try:
                before = dict(self._connection.execute("SELECT name, value FROM question").fetchall())
                if not before:
                    self._connection.executemany("INSERT INTO question VALUES (?, ?)", now.items())
            except sqlite3.Error as problem:
                raise self._unusable(problem) from None
        changed = [name for name in {**now, **before} if now.get(name) != before.get(name)]
        if before and changed:
            raise InputError(
                f"Expected the rows in '{self.file}' to be asked what they were asked before, but {' and '.join(changed)} changed since, "
                f"and two kinds of answers would mix; name another output, or delete that file to ask all rows again."
            )

    def _run(self, statement: str, *values: Any) -> Any:
        try:
            return self._connection.execute(statement, values).fetchone()
        except sqlite3.Error as problem:
            raise self._unusable(problem) from None

    def _unusable(self, problem: Exception) -> SettingsError:
        return SettingsError(
            f"Expected to keep what came of each row in '{self.file}', but it cannot be used ({problem}); "
            "correct or delete that file, or name another output."
        )


def _prepare(connection: sqlite3.Connection) -> None:
    """Takes hold of a journal for as long as the connection lasts."""
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    # What a killed process wrote is in the file; only a machine that loses its power may lose the last rows.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    connection.execute("PRAGMA temp_store=FILE")
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute("BEGIN IMMEDIATE")  # a reader alone would not keep others out
    connection.execute("COMMIT")
