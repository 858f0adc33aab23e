"""The rows of a batch: a list, or a file that is read as it is worked on.

    list of rows | .csv .tsv (a line at a time) | .jsonl .ndjson (a line at a time) | any other table (`Read Table`) -> rows

A CSV or JSON Lines file of a hundred thousand rows takes no more memory than one of a thousand.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from GenFlowLibrary.core.errors import DocumentError, InputError
from GenFlowLibrary.documents.read import read_document
from GenFlowLibrary.documents.rows import choose_table, rows_of
from GenFlowLibrary.documents.separated import separator_of

Row = dict[str, Any]

_SAMPLE = 64 * 1024
"""Characters of a CSV file that its separator is told from."""
_LONGEST_CELL = 2**24
"""Characters. The csv module refuses cells of more than 131,072, and documents are longer."""


class Rows(Protocol):
    """Rows with the names of their columns."""

    name: str
    columns: tuple[str, ...]

    @property
    def read(self) -> float | None:
        """The part of the rows that has been read, 0 to 1; ``None`` where that is not known."""

    def __iter__(self) -> Iterator[Row]:
        """Reads the rows, from the first."""
        ...


def open_rows(
    given: object, *, table: str | None = None, head: int | None = None, encoding: str | None = None
) -> Rows:
    """Returns the rows of a list or of a file.

    Args:
        given: A list of mappings from column to cell, or the path of a file.
        table: The sheet or table of a file that has several.
        head: The number of the row with the names of the columns.
        encoding: How a text is written; UTF-8 for CSV and JSON Lines unless given.

    Raises:
        InputError: there is nothing to read, or a row has no named columns.
        DocumentError: the file cannot be read for what it says.
    """
    if isinstance(given, (str, Path)) and str(given).strip():
        file = Path(given)
        kind = file.suffix.lower()
        if kind in (".csv", ".tsv") and table is None and head is None:
            return _SeparatedRows(file, encoding)
        if kind in (".jsonl", ".ndjson"):
            return _JsonRows(file, encoding)
        document = read_document(file, encoding=encoding)
        return ListedRows(rows_of(choose_table(document, table), document.name, head=head), document.name)
    if isinstance(given, Sequence) and not isinstance(given, (str, bytes)):
        return ListedRows(given, "the list")
    found = "nothing" if given is None or given == "" else f"a {type(given).__name__}"
    raise InputError(
        f"Expected a list of rows or the path of a table, but found {found}; pass ${{rows}} or a path such as ${{CURDIR}}/orders.csv."
    )


class ListedRows:
    """Rows that are in memory already."""

    def __init__(self, rows: Sequence[object], name: str) -> None:
        self.name = name
        self._rows = rows
        self._at = 0
        for number, row in enumerate(rows, 1):
            if not isinstance(row, Mapping) or not row:
                raise InputError(
                    f"Expected each row of {name} to be a dictionary from column to cell, but row {number} is not; "
                    "make the rows with Read Table or Create Dictionary."
                )
        self.columns = tuple(dict.fromkeys(str(column) for row in rows for column in row))  # type: ignore[attr-defined]

    @property
    def read(self) -> float | None:
        """The part of the rows that has been read."""
        return self._at / len(self._rows) if self._rows else 1.0

    def __iter__(self) -> Iterator[Row]:
        """Yields the rows."""
        for number, row in enumerate(self._rows, 1):
            self._at = number
            yield {str(column): row[column] for column in row}  # type: ignore[attr-defined, index]


class _File:
    """A text file that is read a line at a time, and how far."""

    def __init__(self, file: Path, encoding: str | None) -> None:
        self.name = file.name
        self._file = file
        marked = _marked(file)
        self._encoding = encoding or marked
        self._bytes: IO[bytes] | None = None
        self._size = max(1, file.stat().st_size)

    @property
    def read(self) -> float | None:
        """The part of the file that has been read."""
        stream = self._bytes
        if stream is None:
            return 0.0
        return 1.0 if stream.closed else min(1.0, stream.tell() / self._size)

    def lines(self) -> Iterator[str]:
        """Yields the lines with their ends.

        Raises:
            DocumentError: the file cannot be read, or is written otherwise.
        """
        try:
            self._bytes = self._file.open("rb")
            with self._bytes, io.TextIOWrapper(self._bytes, encoding=self._encoding, newline="") as text:
                yield from text
        except LookupError:
            raise DocumentError(
                f"Expected the name of an encoding such as utf-8, gbk or cp1252, found '{self._encoding}'."
            ) from None
        except UnicodeDecodeError:
            raise DocumentError(
                f"Expected '{self.name}' to be written in {self._encoding}, but it is not: "
                "give another encoding=, such as encoding=gbk or encoding=cp1252."
            ) from None
        except OSError as problem:
            raise DocumentError(f"'{self._file}' can't be read: {problem.strerror or problem}.") from None


def _marked(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            start = stream.read(4)
    except OSError as problem:
        found = "none" if isinstance(problem, FileNotFoundError) else problem.strerror or str(problem)
        raise DocumentError(f"Expected a table at '{file}', found {found}: check the path.") from None
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


class _SeparatedRows(_File):
    """A CSV file, as `Read Table` reads it: cells without blanks around them, empty ones ``None``, empty rows left out."""

    def __init__(self, file: Path, encoding: str | None) -> None:
        super().__init__(file, encoding)
        csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
        sample, size = [], 0
        for line in self.lines():
            sample.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
        self._sep_line = bool(sample) and sample[0].strip().lower().startswith("sep=")
        self._separator = sample[0].strip()[4:5] if self._sep_line else separator_of("".join(sample))
        head = next((row for row in self._cells() if any(cell.strip() for cell in row)), None)
        if head is None:
            raise DocumentError(f"Expected rows in '{self.name}', but it is empty.")
        self._names = [" ".join(cell.split()) for cell in head]
        self.columns = tuple(name for name in self._names if name)
        twice = [name for name, count in Counter(self.columns).items() if count > 1]
        if twice:
            raise DocumentError(
                f"Expected each column of '{self.name}' to have a name of its own, but '{twice[0]}' is there twice: rename one."
            )

    def __iter__(self) -> Iterator[Row]:
        """Yields the rows under the head."""
        under_head = False
        for number, cells in enumerate(self._cells(), 1):
            if not any(cell.strip() for cell in cells):
                continue
            if under_head:
                yield self._row(cells, number)
            under_head = True

    def _cells(self) -> Iterator[list[str]]:
        lines = self.lines()
        if self._sep_line:
            next(lines)
        try:
            yield from csv.reader(lines, delimiter=self._separator or ",", strict=True)
        except csv.Error as problem:
            raise DocumentError(
                f"Expected '{self.name}' to be a CSV file, but it is broken: {problem}."
            ) from None

    def _row(self, cells: list[str], number: int) -> Row:
        surplus = [cell for cell in cells[len(self._names) :] if cell.strip()]
        unnamed = [
            cell
            for name, cell in zip(self._names, cells)  # noqa: B905 - short rows are usual
            if not name and cell.strip()
        ]
        if surplus or unnamed:
            raise DocumentError(
                f"Row {number} of '{self.name}' holds '{[*surplus, *unnamed][0]}' in a column without a name: name the column."
            )
        padded = [*cells, *[""] * (len(self._names) - len(cells))]
        return {
            name: cell.strip() or None
            for name, cell in zip(self._names, padded)  # noqa: B905
            if name
        }


class _JsonRows(_File):
    """A JSON Lines file: an object a line."""

    def __init__(self, file: Path, encoding: str | None) -> None:
        super().__init__(file, encoding)
        first = next(iter(self), None)
        if first is None:
            raise DocumentError(f"Expected rows in '{self.name}', but it is empty.")
        self.columns = tuple(first)

    def __iter__(self) -> Iterator[Row]:
        """Yields an object a line; blank lines are left out."""
        for number, line in enumerate(self.lines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if not isinstance(row, dict) or not row:
                raise DocumentError(
                    f"Expected a JSON object in line {number} of '{self.name}', but it is none: correct that line."
                )
            yield row
