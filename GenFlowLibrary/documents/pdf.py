"""PDF: lines gathered into paragraphs, page by page, tables apart, running heads told from text.

page -> tables, and the lines outside them -> running heads and feet -> paragraphs by the distance of lines
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import DocumentError
from GenFlowLibrary.documents.document import Blocks, Document, Table
from GenFlowLibrary.documents.extras import needed

if TYPE_CHECKING:
    from collections.abc import Sequence

_APART = 1.6
"""Lines further apart than this many line heights (top to top) begin a new paragraph; text is set with 1.0 to 1.5."""
_LARGER = 1.15
"""A line this much larger than the text of its document is a heading."""
_MARGIN_LINES = 2
"""So many lines at the top and the bottom of a page can be its running head and foot."""
_ITEM = re.compile(r"(?:[-–•*]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-z]\)|[§]\s*\d+)\s")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_A-Z])")


@dataclass
class _Line:
    text: str
    top: float
    size: float
    left: float


@dataclass
class _Page:
    number: int
    lines: list[_Line]
    tables: list[tuple[float, Table]]
    picture: bool


def read_pdf(content: bytes, name: str) -> Document:
    """Returns a PDF's blocks, with their pages.

    Raises:
        DocumentError: the file is broken or encrypted, or has pages that are pictures without text.
    """
    pdfplumber = needed("pdfplumber", name)
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 - comes with pdfplumber
    from pdfminer.psexceptions import PSException  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(BytesIO(content)) as read:
            pages = [_page(page) for page in read.pages]
    except PdfminerException as problem:
        if isinstance(problem.__cause__ or (problem.args or [None])[0], PDFPasswordIncorrect):
            raise DocumentError(
                f"'{name}' is encrypted: save it without a password, then read it again."
            ) from None
        raise DocumentError(
            f"Expected '{name}' to be a PDF, but it is broken: save it again from where it came."
        ) from None
    except (PSException, ValueError, TypeError, KeyError, RecursionError) as problem:
        raise DocumentError(
            f"Expected '{name}' to be a PDF, but it is broken ({problem or 'no pages'})."
        ) from None
    if not pages:
        raise DocumentError(f"Expected '{name}' to have pages, found none: save it again from where it came.")
    _refuse_pictures(pages, name)
    return _document(pages, name)


def _page(page: Any) -> _Page:
    found = [] if not page.rects and not page.lines and not page.curves else page.find_tables()
    tables = [(table.bbox[1], Table("", _cells(table.extract()))) for table in found]
    real = [
        (top, table, f.bbox)
        for (top, table), f in zip(tables, found, strict=True)
        if len(table.cells) > 1 and len(table.cells[0]) > 1
    ]
    boxes = [box for _, _, box in real]
    outside = page.filter(
        lambda thing: thing["object_type"] != "char" or not any(_in(thing, box) for box in boxes)
    )
    lines = [
        _Line(line["text"], line["top"], median(char["size"] for char in line["chars"]), line["x0"])
        for line in outside.extract_text_lines(return_chars=True)
        if line["text"].strip()
    ]
    result = _Page(page.page_number, lines, [(top, table) for top, table, _ in real], bool(page.images))
    page.close()
    return result


def _cells(rows: Sequence[Sequence[str | None]]) -> tuple[tuple[object, ...], ...]:
    return tuple(tuple(" ".join(cell.split()) or None if cell else None for cell in row) for row in rows)


def _in(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _refuse_pictures(pages: Sequence[_Page], name: str) -> None:
    scanned = [page.number for page in pages if page.picture and not page.lines and not page.tables]
    if scanned:
        which = "all pages are" if len(scanned) == len(pages) else f"page {', '.join(map(str, scanned))} is"
        raise DocumentError(
            f"Expected '{name}' to hold text, but {which} a picture without text: have the text recognised (OCR) first."
        )


def _document(pages: Sequence[_Page], name: str) -> Document:
    running = _running(pages)
    sizes = [line.size for page in pages for line in page.lines]
    usual = median(sizes) if sizes else 0.0
    blocks = Blocks()
    tables: list[Table] = []
    for page in pages:
        for item in _in_order(page, running, usual):
            if isinstance(item, Table):
                tables.append(Table(f"table {len(tables) + 1}", item.cells))
                blocks.add_table(tables[-1], page.number)
            else:
                kind, lines = item
                text = _HYPHENATED.sub("", "\n".join(line.text for line in lines))
                blocks.add(kind, text.replace("\n", " "), page.number)
    return Document(name, tuple(blocks.list), tuple(tables))


def _running(pages: Sequence[_Page]) -> set[str]:
    """What stands at the margin of at least half of three or more pages, with any numbers in it."""
    if len(pages) < 3:  # noqa: PLR2004 - two letters that begin alike have no running head yet
        return set()
    counted = Counter(shape for page in pages for shape in {_shape(line) for line in _marginal(page)})
    return {shape for shape, count in counted.items() if count >= max(3, len(pages) / 2)}


def _marginal(page: _Page) -> list[_Line]:
    return [*page.lines[:_MARGIN_LINES], *page.lines[-_MARGIN_LINES:]]


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text.strip())


def _in_order(page: _Page, running: set[str], usual: float) -> list[Any]:
    """The tables and groups of lines of a page, from the top: a group is ``(kind, lines)``."""
    edge = {id(line) for line in _marginal(page)}
    spacing = _spacing(page.lines)
    placed: list[tuple[float, Any]] = [(top, table) for top, table in page.tables]
    last: _Line | None = None
    for line in page.lines:
        kind = (
            "margin"
            if id(line) in edge and _shape(line) in running
            else "heading"
            if line.size > usual * _LARGER
            else "paragraph"
        )
        if kind == "paragraph" and _ITEM.match(line.text):
            kind = "list item"
        before = placed[-1][1] if placed and isinstance(placed[-1][1], tuple) else None
        follows = (
            last is not None
            and before is not None
            and 0 < line.top - last.top <= spacing * _APART
            and line.size == last.size
        )
        if (
            follows
            and before is not None
            and (kind == before[0] or (kind == "paragraph" and before[0] == "list item"))
            and kind != "list item"
        ):
            before[1].append(line)
        else:
            placed.append((line.top, (kind, [line])))
        last = line
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


def _spacing(lines: Sequence[_Line]) -> float:
    gaps = [below.top - above.top for above, below in pairwise(lines) if below.top > above.top]
    return min(median(gaps), 1.5 * median(line.size for line in lines)) if gaps else 0.0
