"""Answers kept in a file, to be replayed without an engine.

One JSON Lines file a suite, one line a completion (`recorded_entry`), written to be read, reviewed and edited by
people. Runs side by side append to the same file, and each reads what the others appended.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, BinaryIO

from GenFlowLibrary.core.errors import RecordingError
from GenFlowLibrary.engines.recorded_entry import (
    Entry,
    Question,
    answer_fields,
    is_cut_off,
    read_entry,
    write_entry,
)
from GenFlowLibrary.trace.jsonl import append_line, locked

if TYPE_CHECKING:
    from pathlib import Path

    from GenFlowLibrary.core.completion import Completion
    from GenFlowLibrary.core.prompt import Prompt
    from GenFlowLibrary.core.settings import RecordingMode
    from GenFlowLibrary.trace.plain import Scrub

RECORD_COMMAND = "GENFLOW_RECORDING=record robot ..."
"""How to record: settings are read from the environment."""

_TAIL = 64
"""Bytes before what is read next that are compared, to see that the file only grew."""


class Recording:
    """The recorded answers of one suite.

    Args:
        file: The JSON Lines file; made with the first answer that is kept.
        mode: ``record`` keeps and finds only what a person corrected, ``replay`` finds and never keeps, ``auto``
            does both, ``off`` neither.
        scrub: Takes known secrets out of whatever is written.
    """

    def __init__(self, file: Path, mode: RecordingMode, scrub: Scrub) -> None:
        self.file = file
        self.mode = mode
        self._notes: dict[str, bool] = {}  # whether each was told
        self._scrub = scrub
        self._entries: dict[str, Entry] = {}
        self._state: tuple[int, int] | None = None
        self._read = 0
        self._lines = 0
        self._before = b""
        self._lock = threading.Lock()

    def key(self, prompt: Prompt) -> str:
        """Returns the key of the line that a prompt's answer stands in."""
        return Question.of(prompt, self._scrub).key

    def find(self, prompt: Prompt) -> Completion | None:
        """Returns the completion recorded for a prompt, ``None`` where an engine is to be asked.

        In the mode ``record`` that is an answer which a person has corrected: it is not recorded over.

        Raises:
            RecordingError: there is none and ``mode`` is ``replay``, or the file cannot be read.
        """
        if self.mode == "off":
            return None
        question = Question.of(prompt, self._scrub)
        with self._lock:
            self._catch_up()
            entry = self._entries.get(question.key)
            if self.mode == "record":
                return self._corrected(entry)
        if entry is not None:
            return entry.completion
        if self.mode == "auto":
            return None
        raise RecordingError(
            f"Expected a recorded answer for the prompt '{prompt.name}' in '{self.file}', "
            f"but {self._why_not(question, answer_fields(prompt))}; record it with: {RECORD_COMMAND}"
        )

    def keep(self, prompt: Prompt, completion: Completion) -> None:
        """Appends a completion. Where the same prompt was recorded before, the later line counts.

        Raises:
            RecordingError: the file cannot be written.
        """
        if self.mode in ("off", "replay"):
            return
        try:
            append_line(self.file, write_entry(prompt, completion, self._scrub))
        except OSError as problem:
            raise RecordingError(
                f"Expected to write the recording '{self.file}', but {problem.strerror or problem}; "
                "make room for it or set another folder with recordings."
            ) from None

    def entries(self) -> list[Entry]:
        """Returns the entries that count, in the order of the file.

        Raises:
            RecordingError: the file cannot be read.
        """
        with self._lock:
            self._catch_up()
            return list(self._entries.values())

    def take_notes(self) -> list[str]:
        """Returns, once, the sentences about what was odd in the file."""
        with self._lock:
            new = [note for note, told in self._notes.items() if not told]
            self._notes.update(dict.fromkeys(new, True))
        return new

    def _corrected(self, entry: Entry | None) -> Completion | None:
        if entry is None or not entry.edited:
            return None
        self._notes.setdefault(
            f"The answer to '{entry.question.prompt}' was corrected by hand in '{self.file.name}' and stays; "
            "delete its line to record it anew.",
            False,
        )
        return entry.completion

    def _why_not(self, question: Question, answer: dict[str, str] | None) -> str:
        if not self.file.exists():
            return "that file is not there"
        same_prompt = [
            entry for entry in list(self._entries.values()) if entry.question.prompt == question.prompt
        ]
        same_inputs = [entry for entry in same_prompt if entry.question.inputs == question.inputs]
        closest = (same_inputs or same_prompt)[-1:]
        return question.difference(closest[0], answer) if closest else "it has none for that prompt"

    def _catch_up(self) -> None:
        """Reads what any process appended since, and the whole file where it was changed otherwise."""
        try:
            state = _state(self.file)
            if state == self._state:
                return
            if state is None:
                self._forget()
                self._state = state
                return
            with self.file.open("rb") as stream, locked(stream.fileno(), shared=True):
                appended = self._read_on(stream)
        except OSError as problem:
            raise RecordingError(
                f"Expected to read the recording '{self.file}', but {problem.strerror or problem}; "
                "correct its permissions."
            ) from None
        # The last piece is empty, or a line without a newline: an editor leaves such, and a process that dies.
        # It is read again when more has come.
        pieces = appended.split(b"\n")
        for number, line in enumerate(pieces, self._lines + 1):
            self._take(line, number)
        # Only now: after a damaged line the next call is to fail as this one did.
        self._state = state
        self._before = (self._before + appended[: len(appended) - len(pieces[-1])])[-_TAIL:]
        self._read += len(appended) - len(pieces[-1])
        self._lines += len(pieces) - 1

    def _read_on(self, stream: BinaryIO) -> bytes:
        """Returns what comes after what was read, or everything where that is not what it was: a person edits, a prune removes."""
        stream.seek(self._read - len(self._before))
        if stream.read(len(self._before)) != self._before or self._was_edited_within():
            self._forget()
            stream.seek(0)
        return stream.read()

    def _was_edited_within(self) -> bool:
        """Whether the file has changed and not grown, so that what was read already must be other than it was."""
        state = _state(self.file)
        return state is None or (self._state is not None and state[0] <= self._state[0])

    def _forget(self) -> None:
        self._entries, self._read, self._lines, self._before = {}, 0, 0, b""

    def _take(self, line: bytes, number: int) -> None:
        text = line.decode("utf-8-sig", "replace").strip()
        if not text:
            return
        try:
            data = json.loads(text)
        except RecursionError:
            raise self._damaged(number, "it is nested too deeply") from None
        except ValueError as broken:
            if is_cut_off(text, broken):
                note = f"Line {number} of '{self.file}' was cut off while it was written, and is ignored."
                self._notes.setdefault(note, False)
                return
            raise self._damaged(number, "it is not JSON") from None
        try:
            entry = read_entry(data)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise self._damaged(number, "its fields are not those of a recorded answer") from None
        self._entries[entry.key] = entry

    def _damaged(self, number: int, found: str) -> RecordingError:
        return RecordingError(
            f"Expected a recorded answer in line {number} of '{self.file}', but {found}; "
            "correct or delete that line."
        )


def _state(file: Path) -> tuple[int, int] | None:
    """Returns size and time of change of a file, ``None`` where there is none."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns
