"""Word documents (.docx): paragraphs, headings, list items and tables in their order."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from GenFlowLibrary.core.errors import DocumentError
from GenFlowLibrary.documents.document import BlockKind, Blocks, Document, Table
from GenFlowLibrary.documents.extras import needed

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_word(content: bytes, name: str) -> Document:
    """Returns a Word document's blocks. Pages are those that Word itself last laid out, where the file says so.

    Raises:
        DocumentError: the file is broken, or holds changes that nobody accepted or rejected: it cannot be told what it says then.
    """
    docx = needed("docx", name)
    try:
        read = docx.Document(BytesIO(content))
    except (KeyError, ValueError, docx.opc.exceptions.OpcError) as problem:
        raise DocumentError(
            f"Expected '{name}' to be a Word document, but it is broken: {problem}."
        ) from None
    body = read.element.body
    if any(next(body.iter(f"{_WORD}{tag}"), None) is not None for tag in ("ins", "del")):
        raise DocumentError(
            f"'{name}' holds tracked changes, so that it is open what it says: accept or reject them in Word, then read it again."
        )
    blocks = Blocks()
    tables: list[Table] = []
    paged = next(body.iter(f"{_WORD}lastRenderedPageBreak"), None) is not None
    page = 1
    for part in read.iter_inner_content():
        if isinstance(part, docx.table.Table):
            tables.append(_table(part, len(tables) + 1))
            blocks.add_table(tables[-1], page if paged else None)
        else:
            # A break before the first word puts the whole paragraph on the next page.
            leading = [
                b
                for b in part.rendered_page_breaks
                if not (b.preceding_paragraph_fragment and b.preceding_paragraph_fragment.text.strip())
            ]
            page += len(leading)
            blocks.add(_kind(part), part.text, page if paged else None)
            page += len(part.rendered_page_breaks) - len(leading)
    return Document(name, tuple(blocks.list), tuple(tables), notes=tuple(_notes(read)))


def _kind(paragraph: Any) -> BlockKind:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style.startswith(("Heading", "Title")):
        return "heading"
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    return "list item" if numbered or style.startswith("List") else "paragraph"


def _table(table: Any, number: int) -> Table:
    cells: list[list[object]] = []
    merged: list[tuple[int, int, int]] = []
    for row_number, row in enumerate(table.rows, 1):
        texts: list[object] = []
        for column, cell in enumerate(row.cells, 1):
            again = column > 1 and cell._tc is row.cells[column - 2]._tc  # a merged cell comes once a column
            texts.append(None if again or not cell.text.strip() else cell.text.strip())
            if again:
                start = (
                    merged.pop()[1]
                    if merged and merged[-1][0] == row_number and merged[-1][2] == column - 1
                    else column - 1
                )
                merged.append((row_number, start, column))
        cells.append(texts)
    width = max((len(row) for row in cells), default=0)
    return Table(
        f"table {number}", tuple((*row, *[None] * (width - len(row))) for row in cells), tuple(merged)
    )


def _notes(read: Any) -> list[str]:
    parts = [relation.reltype.rsplit("/", 1)[-1] for relation in read.part.rels.values()]
    boxes = list(read.element.body.iter(f"{_WORD}txbxContent"))
    return [
        *(["The footnotes were not read."] if "footnotes" in parts and _has_footnotes(read) else []),
        *([f"{len(boxes)} text boxes were not read."] if boxes else []),
    ]


def _has_footnotes(read: Any) -> bool:
    # Word writes two separators into every file; a reference in the body is what makes a footnote.
    return next(read.element.body.iter(f"{_WORD}footnoteReference"), None) is not None
