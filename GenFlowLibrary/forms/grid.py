"""A table's grid as rows by column: which rows are its head, what its columns are called, what its data is.

rows -> head rows -> column names -> data rows as mappings
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.targets import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.targets import TableRow


@dataclass(frozen=True)
class Grid:
    """A table's data: the names of its columns, its rows by them, and in plain sentences what was left out."""

    columns: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def read_grid(rows: Sequence[TableRow]) -> Grid:
    """Returns the data of a table.

    The head is what stands in ``thead``; without one, the rows at the top that hold header cells alone (but for an empty corner). A
    column's name joins the texts over it from the top (``Amount / Net``), each once; a column without one is called ``column 3``, and a
    name that is taken gets a number (``Amount 2``). Left out, and said in the notes: rows of header cells alone further down, rows that
    are one cell across several columns (``No orders yet``), and the foot of the table.
    """
    head = _head(rows)
    body = rows[len(head) :]
    width = max((len(row.cells) for row in rows), default=0)
    columns = _columns(head, width)
    data: list[dict[str, str]] = []
    notes: list[str] = []
    for row in body:
        why = _left_out(row, width)
        if why:
            notes.append(f"Left out: {why} ({_told(row)}).")
        elif any(cell.text for cell in row.cells):
            texts = [cell.text for cell in row.cells]
            data.append(dict(zip(columns, texts + [""] * (width - len(texts)), strict=True)))
    return Grid(columns, tuple(data), tuple(notes))


def _head(rows: Sequence[TableRow]) -> Sequence[TableRow]:
    count = 0
    while count < len(rows) and rows[count].part == "thead":
        count += 1
    if count:
        return rows[:count]
    while count < len(rows) and _is_head(rows[count]):
        count += 1
    return rows[:count]


def _is_head(row: TableRow) -> bool:
    """Whether a row holds headers alone; the corner over the headers of rows may be an empty cell."""
    first, *others = row.cells or (Cell(""),)
    return (first.header or (not first.text and bool(others))) and all(cell.header for cell in others)


def _columns(head: Sequence[TableRow], width: int) -> tuple[str, ...]:
    names: list[str] = []
    for column in range(width):
        texts = [row.cells[column].text for row in head if column < len(row.cells) and row.cells[column].text]
        name = " / ".join(dict.fromkeys(texts)) or f"column {column + 1}"
        count = 2
        unique = name
        while unique in names:
            unique, count = f"{name} {count}", count + 1
        names.append(unique)
    return tuple(names)


def _left_out(row: TableRow, width: int) -> str:
    cells = row.cells
    if row.part == "tfoot":
        return "the foot of the table"
    if (
        width > 1
        and len(cells) == width
        and sum(cell.first and not cell.carried for cell in cells) == 1
        and not any(cell.carried for cell in cells)
    ):
        return "one cell across all columns"
    if len(cells) > 1 and all(cell.header for cell in cells):
        return "a row of headers"
    return ""


def _told(row: TableRow) -> str:
    text = " ".join(cell.text for cell in row.cells if cell.first and cell.text)
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"  # noqa: PLR2004 - a line of the log
