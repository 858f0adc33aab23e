"""Excel workbooks (.xlsx): each sheet is a table of typed cells."""

from __future__ import annotations

import zipfile
from datetime import datetime, time
from io import BytesIO
from typing import Any

from GenFlowLibrary.core.errors import DocumentError
from GenFlowLibrary.documents.document import Blocks, Document, Table
from GenFlowLibrary.documents.extras import needed


def read_sheets(content: bytes, name: str) -> Document:
    """Returns a workbook's sheets as tables named like the sheets, without the empty rows and columns after the cells.

    Hidden sheets are read as well; a cell is a text, a number, a date, a time, true or false, or ``None``.

    Raises:
        DocumentError: the file is broken or encrypted, or a formula was never calculated: the file does not say its value.
    """
    openpyxl = needed("openpyxl", name)
    try:
        values = openpyxl.load_workbook(BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(BytesIO(content), read_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as problem:
        raise DocumentError(
            f"Expected '{name}' to be an Excel workbook, but it is broken: {problem}."
        ) from None
    tables = []
    for sheet in values.worksheets:
        cells = [[_value(cell) for cell in row] for row in sheet.iter_rows()]
        if any(cell is None for row in cells for cell in row):
            _refuse_uncalculated(formulas[sheet.title], cells, name)
        merged = tuple(
            sorted(
                (area.min_row, area.min_col, area.max_col)
                for area in sheet.merged_cells.ranges
                if area.max_col > area.min_col
            )
        )
        tables.append(Table(sheet.title, _trimmed(cells), merged))
    formulas.close()
    blocks = Blocks()
    for table in tables:
        blocks.add("heading", table.name)
        blocks.add_table(table)
    return Document(name, tuple(blocks.list), tuple(tables))


def _value(cell: Any) -> object:
    value = cell.value
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, datetime) and value.time() == time() and "h" not in str(cell.number_format).lower():
        return value.date()
    return value


def _refuse_uncalculated(sheet: Any, cells: list[list[object]], name: str) -> None:
    for row_number, row in enumerate(sheet.iter_rows(values_only=True)):
        for column, formula in enumerate(row):
            known = (
                cells[row_number][column]
                if row_number < len(cells) and column < len(cells[row_number])
                else None
            )
            if known is None and isinstance(formula, str) and formula.startswith("="):
                place = f"{_letter(column)}{row_number + 1}"
                raise DocumentError(
                    f"The cell {place} of sheet '{sheet.title}' in '{name}' holds a formula that was never calculated:"
                    " open the file in Excel and save it."
                )


def _letter(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _trimmed(cells: list[list[object]]) -> tuple[tuple[object, ...], ...]:
    """The cells up to the last row and column that hold anything: files often end in a thousand empty rows."""
    rows = max(
        (number for number, row in enumerate(cells, 1) if any(cell is not None for cell in row)), default=0
    )
    columns = max(
        (number for row in cells[:rows] for number, cell in enumerate(row, 1) if cell is not None), default=0
    )
    return tuple(tuple(row[:columns]) for row in cells[:rows])
