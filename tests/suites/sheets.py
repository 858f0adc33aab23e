"""A test library that reads Excel sheets: each row as a dictionary by the texts of the head row, as the sheet has them."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook


def read_sheet(file: str | Path) -> list[dict[str, object]]:
    """Returns the rows of a workbook's first sheet that hold anything.

    Neither texts nor headers are trimmed and numbers stay numbers: what is in the cells is what the analyst's form filling gets.
    """
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        head, *rows = book.worksheets[0].iter_rows(values_only=True)
    finally:
        book.close()
    filled = [row for row in rows if any(cell is not None for cell in row)]
    return [{str(key): cell for key, cell in zip(head, row, strict=True) if key} for row in filled]
