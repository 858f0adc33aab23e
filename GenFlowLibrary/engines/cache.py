"""Answers kept for a while, so that the same question is not paid for again.

    prompt + who is asked -> key -> kept and not too old? -> checked like a new answer -> used, at no cost

Off unless the setting ``cache`` is on. A recording is for replaying, is read by people and lies beside the suite; the
cache only saves money, forgets, and any process of the user shares it. It holds answers as an engine sent them, with
placeholders for secrets and for personal data that is redacted, and of the question its key alone, a SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.engines.recorded_entry import Question
from GenFlowLibrary.trace.plain import canonical, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from GenFlowLibrary.core.prompt import Prompt
    from GenFlowLibrary.trace.plain import Scrub

_TABLES = (
    "CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, kept REAL NOT NULL, completion TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS age ON answer (kept)",
)
_SECONDS_TO_WAIT = 2.0
"""For other processes, each of which holds the file for some milliseconds; then the engine is asked."""


def default_file() -> Path:
    """Returns where answers are kept unless a setting says otherwise: in the user's home."""
    return Path.home() / ".genflow" / "cache.sqlite"


class AnswerCache:
    """The kept answers in a file. Threads and processes may share it.

    A file that cannot be used never fails a step: the engine is asked, and `take_notes` says why.

    Args:
        file: The file; made with the first answer, readable by its user alone.
        seconds: How long an answer is good for.
        scrub: Takes known secrets out of what makes the key.
        asked: What else than the prompt and the model shapes an answer: the settings of the engines.
        now: Seconds since the epoch.
    """

    def __init__(
        self,
        file: Path,
        seconds: float,
        scrub: Scrub,
        *,
        asked: Mapping[str, Any],
        now: Callable[[], float] = time.time,
    ) -> None:
        self.file = file
        self._seconds = seconds
        self._scrub = scrub
        self._asked = plain(asked, scrub)
        self._now = now
        self._lock = threading.Lock()
        self._notes: list[str] = []
        self._told = False

    def find(self, prompt: Prompt, engine: str, model: str) -> Completion | None:
        """Returns the completion kept for a prompt, ``None`` where there is none, it is too old, or it lacks what is asked for.

        Where its confidence counts, an answer will not do that was kept when nobody had asked for it: the engine would measure
        it now. Where it was asked for and could not be measured, it is not asked for again. ``engine`` is its title in the settings.
        """
        key = self._key(prompt, engine, model)
        rows = self._run(("SELECT kept, completion FROM answer WHERE key = ?", key))
        if not rows or not 0 <= self._now() - rows[0][0] < self._seconds:
            return None
        try:
            fields = json.loads(rows[0][1])
            measure = fields.pop("measure")
            usage = Usage(**fields.pop("usage"))
            texts = tuple(str(text) for text in fields.pop("texts"))
            completion = Completion(texts=texts, usage=usage, from_recording=True, **fields)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None  # written by another version of this library
        return None if prompt.measure and not measure and completion.confidence is None else completion

    def keep(self, prompt: Prompt, engine: str, model: str, completion: Completion) -> None:
        """Keeps a completion that has passed every check, and forgets those that are too old."""
        fields = {**asdict(completion), "measure": prompt.measure}
        for name in ("seconds", "from_recording", "notes"):
            del fields[name]
        now = self._now()
        key, kept = self._key(prompt, engine, model), json.dumps(fields, ensure_ascii=False)
        self._run(
            ("DELETE FROM answer WHERE kept <= ?", now - self._seconds),
            ("REPLACE INTO answer VALUES (?, ?, ?)", key, now, kept),
        )

    def take_notes(self) -> list[str]:
        """Returns, once, why the file cannot be used."""
        with self._lock:
            notes, self._notes = self._notes, []
        return notes

    def _key(self, prompt: Prompt, engine: str, model: str) -> str:
        asked = [Question.of(prompt, self._scrub).key, engine, model, self._asked]
        return hashlib.sha256(canonical(asked).encode("utf-8", "backslashreplace")).hexdigest()

    def _run(self, *statements: tuple[Any, ...]) -> list[Any]:
        """Runs statements, each with its values behind it, and returns the rows of the last."""
        rows: list[Any] = []
        try:
            with self._lock:
                self._make_file()
                with closing(
                    sqlite3.connect(self.file, timeout=_SECONDS_TO_WAIT, isolation_level=None)
                ) as connection:
                    for table in _TABLES:
                        connection.execute(table)
                    for statement, *values in statements:
                        rows = connection.execute(statement, values).fetchall()
        except (sqlite3.Error, OSError) as problem:
            self._note(
                f"The cache '{self.file}' cannot be used ({problem}), and the engine is asked instead; correct or delete that file."
            )
            return []
        return rows

    def _make_file(self) -> None:
        if not self.file.exists():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))

    def _note(self, note: str) -> None:
        with self._lock:
            if not self._told:
                self._notes.append(note)
            self._told = True
