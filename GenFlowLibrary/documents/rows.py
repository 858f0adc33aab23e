"""Rows of a table by the names in its head: what a suite loops over."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.documents.document import Document, Table


def choose_table(document: Document, wanted: str | int | None = None) -> Table:
    """Returns a document's table by name (a sheet's, a caption's), or by number from 1; ``None`` is its only one.

    Raises:
        DocumentError: there is no such table, or there are several and none was chosen.
    """
    tables = [table for table in document.tables if table.cells] if wanted is None else list(document.tables)
    names = ", ".join(f"'{table.name}'" for table in tables)
    if wanted is None:
        if len(tables) != 1:
            found = f"found {len(tables)}, {names}: say which with table=" if tables else "found none"
            raise DocumentError(f"Expected '{document.name}' to hold one table, {found}.")
        return tables[0]
    named = [table for table in tables if table.name == str(wanted)]
    number = int(wanted) if str(wanted).isdecimal() else 0
    if not named and not 0 < number <= len(tables):
        raise DocumentError(f"Expected the table '{wanted}' in '{document.name}', found {names or 'none'}.")
    return named[0] if named else tables[number - 1]


def rows_of(table: Table, name: str, *, head: int | None = None) -> list[dict[str, object]]:
    """Returns the rows under a table's head as dictionaries from column names to cells. Empty rows are left out.

    ``head`` is the number of the row with the names, from 1; ``None`` takes the first row that is not empty. ``name`` is the file's, for
    messages.

    Raises:
        DocumentError: the table is empty, or its head has merged cells, a name twice, or no name over cells that hold something.
    """
    filled = [number for number, row in enumerate(table.cells, 1) if any(cell is not None for cell in row)]
    where = f"table '{table.name}' of '{name}'"
    if not filled:
        raise DocumentError(f"Expected rows in the {where}, but it is empty.")
    head = filled[0] if head is None else head
    if head not in filled:
        raise DocumentError(
            f"Expected the names of the columns in row {head} of the {where}, but that row is empty."
        )
    _refuse_merged(table, head, where)
    names = ["" if cell is None else " ".join(str(cell).split()) for cell in table.cells[head - 1]]
    body = [(number, row) for number, row in enumerate(table.cells[head:], head + 1) if number in filled]
    _refuse_names(names, body, where, head)
    return [{column: cell for column, cell in zip(names, row, strict=True) if column} for _, row in body]


def _refuse_merged(table: Table, head: int, where: str) -> None:
    merged = [area for area in table.merged if area[0] == head]
    if merged:
        raise DocumentError(
            f"Expected a name for each column in row {head} of the {where}, but columns {merged[0][1]} to {merged[0][2]} are merged:"
            " give the number of the row with the names as head=, or unmerge the cells."
        )


def _refuse_names(
    names: Sequence[str], body: Sequence[tuple[int, Sequence[object]]], where: str, head: int
) -> None:
    twice = [column for column, count in Counter(filter(None, names)).items() if count > 1]
    if twice:
        raise DocumentError(
            f"Expected each column of the {where} to have a name of its own, but '{twice[0]}' is there twice: rename one."
        )
    for number, row in body:
        for column, cell in enumerate(row):
            if cell is not None and not names[column]:
                raise DocumentError(
                    f"Row {number} of the {where} holds '{cell}' in column {column + 1}, which has no name in row {head}:"
                    " name the column, or give the number of the row with the names as head=."
                )
