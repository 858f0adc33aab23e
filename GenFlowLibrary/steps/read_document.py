"""Read a document or a table from a file, on this machine: no engine is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.documents.read import read_document as read_file
from GenFlowLibrary.documents.rows import choose_table, rows_of

if TYPE_CHECKING:
    from GenFlowLibrary.documents.document import Document
    from GenFlowLibrary.steps.runtime import Runtime

DOCUMENT_STEP = "Read Document"
TABLE_STEP = "Read Table"


def read_document(runtime: Runtime, path: str | None, *, encoding: str | None = None) -> Document:
    """Returns what a file says.

    Raises:
        InputError: no path was given.
        DocumentError: as `documents.read.read_document`.
    """
    with runtime.step(DOCUMENT_STEP) as record:
        document = read_file(_given(path), encoding=encoding)
        pages = f" on {document.pages} pages" if document.pages else ""
        record.answer = (
            f"{document.name}: {len(document.blocks)} paragraphs{pages}, {len(document.tables)} tables"
        )
        record.notes.extend(document.notes)
        return document


def read_table(
    runtime: Runtime,
    path: str | None,
    *,
    table: str | None = None,
    head: int | None = None,
    encoding: str | None = None,
) -> list[dict[str, object]]:
    """Returns a table's rows as dictionaries from column names to cells.

    Raises:
        InputError: no path was given.
        DocumentError: as `documents.read.read_document`, `choose_table` and `rows_of`.
    """
    with runtime.step(TABLE_STEP) as record:
        document = read_file(_given(path), encoding=encoding)
        chosen = choose_table(document, table)
        rows = rows_of(chosen, document.name, head=head)
        record.answer = (
            f"{document.name}, {chosen.name}: {len(rows)} rows of {', '.join(rows[0]) if rows else 'nothing'}"
        )
        record.notes.extend(document.notes)
        return rows


def _given(path: str | None) -> str:
    if path is None or not str(path).strip():
        raise InputError("Expected the path of a file, found none: give it, such as ${CURDIR}/orders.xlsx.")
    return str(path)
