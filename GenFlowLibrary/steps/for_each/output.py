"""The output of a batch: a row with its answer, as CSV or JSON Lines, in the order of the rows.

row + what came of it -> .csv: the row's columns, the answer's, status, error | .jsonl: an object a line
"""

from __future__ import annotations

import csv
import json
from typing import IO, TYPE_CHECKING, Any, Protocol

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.trace.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from GenFlowLibrary.steps.for_each.journal import RowOutcome
    from GenFlowLibrary.steps.for_each.rows import Row

STATUS, ERROR, ANSWER = "answer.status", "answer.error", "answer"
"""Columns of the output that are not the row's. Facts are ``answer.NAME``."""


class Output(Protocol):
    """Takes the rows in their order."""

    def write(self, number: int, row: Row, outcome: RowOutcome) -> None:
        """Adds a row."""

    def flush(self) -> None:
        """Brings what was added into the file."""

    def close(self) -> None:
        """Ends the file."""


def check_place(file: Path, journal: Path) -> None:
    """Sees to it that a batch overwrites nothing but what an earlier run of it wrote.

    Raises:
        InputError: the file's ending is not known, or it is somebody else's.
    """
    if file.suffix.lower() not in (".csv", ".jsonl"):
        raise InputError(
            f"Expected output= to end in .csv or .jsonl, but it is '{file.name}'; write it like ${{OUTPUT_DIR}}/answers.csv."
        )
    if file.exists() and not journal.exists():
        raise InputError(
            f"Expected a new file at output='{file}', but there is one that no batch wrote; remove it or name another."
        )


def open_output(file: Path, columns: Sequence[str], fields: Sequence[str]) -> Output:
    """Returns the output, empty.

    Args:
        file: The file; its folder is made where it is missing.
        columns: The columns of the rows.
        fields: The names of the answer's facts; none where the answer is a text.

    Raises:
        InputError: a column of the rows has a name that the answer needs, or the file cannot be written.
    """
    own = [*(f"{ANSWER}.{name}" for name in fields)] or [ANSWER]
    taken = [name for name in columns if name in (*own, STATUS, ERROR)]
    if taken and file.suffix.lower() == ".csv":
        raise InputError(
            f"Expected the rows to leave the column '{taken[0]}' to the answers, but they have one; rename it, or write to a .jsonl file."
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix.lower() == ".jsonl":
            return _JsonOutput(file.open("w", encoding="utf-8", errors="backslashreplace"))
        # With its mark, for Excel takes a CSV file without one for something else than UTF-8.
        stream = file.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
        return _CsvOutput(stream, list(columns), own)
    except OSError as problem:
        raise InputError(
            f"Expected to write '{file}', but {problem.strerror or problem}; close it elsewhere or name another output."
        ) from None


class _JsonOutput:
    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self.flush, self.close = stream.flush, stream.close

    def write(self, number: int, row: Row, outcome: RowOutcome) -> None:
        line = {
            "number": number,
            "row": row,
            "status": outcome.status,
            "answer": outcome.answer,
            "error": outcome.error,
        }
        self._stream.write(json.dumps(plain(line, str), ensure_ascii=False) + "\n")


class _CsvOutput:
    def __init__(self, stream: IO[str], columns: list[str], own: list[str]) -> None:
        self._columns = columns
        self._own = own
        self._writer = csv.writer(stream)
        self._writer.writerow([*columns, *own, STATUS, ERROR])
        self.flush, self.close = stream.flush, stream.close

    def write(self, number: int, row: Row, outcome: RowOutcome) -> None:
        answers: list[Any] = [None] * len(self._own)
        if isinstance(outcome.answer, dict):
            answers = [outcome.answer.get(name.partition(".")[2]) for name in self._own]
        elif outcome.answer is not None:
            answers = [outcome.answer]
        cells = [*(row.get(name) for name in self._columns), *answers, outcome.status, outcome.error]
        self._writer.writerow([_cell(plain(cell, str)) for cell in cells])


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
