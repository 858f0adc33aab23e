"""Comma-separated values (.csv, .tsv): one table of texts. Nothing is taken for a number: 00123 stays what it is."""

from __future__ import annotations

import csv
from io import StringIO

from GenFlowLibrary.core.errors import DocumentError
from GenFlowLibrary.documents.document import Blocks, Document, Table

_SEPARATORS = ",;\t|"
_SAMPLE = 20
"""Lines that the separator is told from."""


def read_separated(text: str, name: str) -> Document:
    """Returns the table.

    The separator is the one of comma, semicolon, tab and bar that cuts the first lines most and evenly (Excel writes semicolons where the
    comma is for decimals).

    Raises:
        DocumentError: a quotation mark is never closed.
    """
    lines = text.splitlines()
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == len("sep=,"):
        separator, text = lines[0][4], "\n".join(lines[1:])  # Excel's own first line
    else:
        separator = separator_of(text)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as problem:
        raise DocumentError(f"Expected '{name}' to be a CSV file, but it is broken: {problem}.") from None
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    table = Table(
        name, tuple((*(cell.strip() or None for cell in row), *[None] * (width - len(row))) for row in rows)
    )
    blocks = Blocks()
    blocks.add_table(table)
    return Document(name, tuple(blocks.list), (table,))


def separator_of(text: str) -> str:
    """Returns what separates the cells of a text's first lines: comma, semicolon, tab or bar."""

    def columns(separator: str) -> tuple[int, int]:
        counts = []
        try:
            for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
                if any(cell.strip() for cell in row):
                    counts.append(len(row))
                if len(counts) == _SAMPLE:
                    break
        except csv.Error:
            return (0, 0)
        # What cuts every line into the same number of columns is the separator; of several, that with most columns.
        return (min(counts), -len(set(counts))) if counts else (0, 0)

    return max(_SEPARATORS, key=columns)
