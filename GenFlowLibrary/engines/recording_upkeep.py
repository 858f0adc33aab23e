"""Looking after recordings: what is in a file, what no run used any more, and taking lines out while runs go on.

file -> its lines, each with its entry -> which are superseded or orphans -> the file without them
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import RecordingError
from GenFlowLibrary.engines.recorded_entry import Entry, read_entry
from GenFlowLibrary.trace.jsonl import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Line:
    """A line of a recording.

    ``entry`` is ``None`` for one that is empty or damaged; ``superseded`` tells that a later line is for the same question.
    """

    number: int
    raw: bytes
    entry: Entry | None
    superseded: bool = False

    @property
    def is_damaged(self) -> bool:
        """Whether it holds something that is no recorded answer."""
        return self.entry is None and bool(self.raw.strip())


@dataclass(frozen=True)
class Used:
    """What runs used of recordings, as their traces tell: the keys, and how many of the steps failed."""

    keys: frozenset[str]
    failed_steps: int


def read_lines(file: Path) -> list[Line]:
    """Returns the lines of a recording.

    Raises:
        RecordingError: the file cannot be read.
    """
    try:
        with file.open("rb") as stream, locked(stream.fileno(), shared=True):
            return _lines(stream.read())
    except OSError as problem:
        raise _unusable(file, problem) from None


def prune(file: Path, drop: Callable[[Line], bool]) -> int:
    """Takes lines out of a recording and returns how many; the others stay byte for byte, damaged ones too.

    Nobody appends meanwhile, and what was appended just before is looked at as well. A copy lies beside the file as long as
    it is being written.

    Raises:
        RecordingError: the file cannot be read or written.
    """
    copy = file.with_name(f"{file.name}.before-pruning")
    try:
        with file.open("r+b") as stream, locked(stream.fileno()):
            lines = _lines(stream.read())
            kept = [line for line in lines if line.entry is None or not drop(line)]
            if len(kept) < len(lines):
                shutil.copyfile(file, copy)
                stream.seek(0)
                stream.write(b"".join(line.raw for line in kept))
                stream.truncate()
                stream.flush()
                copy.unlink()
    except OSError as problem:
        raise _unusable(file, problem) from None
    return len(lines) - len(kept)


def used_in(traces: Iterable[Path]) -> Used:
    """Returns what the runs of some traces used of recordings.

    Raises:
        RecordingError: a trace cannot be read, or is none.
    """
    keys: set[str] = set()
    failed = 0
    for file in traces:
        try:
            for line in file.read_text("utf-8").splitlines():
                record = json.loads(line)
                failed += record["status"] == "FAIL"
                keys.update(
                    exchange["recorded"] for exchange in record["exchanges"] if exchange.get("recorded")
                )
        except OSError as problem:
            raise _unusable(file, problem) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise RecordingError(
                f"Expected '{file}' to be a trace, but a line of it is no step record; "
                "name the genflow-trace.jsonl of a run's output directory."
            ) from None
    return Used(frozenset(keys), failed)


def _lines(content: bytes) -> list[Line]:
    raws = content.splitlines(keepends=True)
    entries = [_entry(raw) for raw in raws]
    last = {entry.key: number for number, entry in enumerate(entries) if entry is not None}
    return [
        Line(number + 1, raw, entry, superseded=entry is not None and last[entry.key] != number)
        for number, (raw, entry) in enumerate(zip(raws, entries, strict=True))
    ]


def _entry(raw: bytes) -> Entry | None:
    try:
        return read_entry(json.loads(raw.decode("utf-8-sig")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _unusable(file: Path, problem: OSError) -> RecordingError:
    return RecordingError(
        f"Expected to read and write '{file}', but {problem.strerror or problem}; correct its name or its permissions."
    )
