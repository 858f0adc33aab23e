"""A document as it was read: blocks of text that know where they stand, and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

BlockKind = Literal["heading", "paragraph", "list item", "table", "margin"]
"""``margin`` is what repeats at the head or foot of the pages: it is kept, but it is no part of the text."""

_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
)
_UNREAD = re.compile(r"[\u00ad\u200b]|(?<=\w)-(?=\w)")


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, a list item or a table as text.

    ``number`` and ``page`` count from 1; a page is ``None`` where none is known.
    """

    number: int
    kind: BlockKind
    text: str
    page: int | None = None

    @property
    def place(self) -> str:
        """Where it stands, for people: ``page 3, paragraph 12``."""
        paragraph = f"paragraph {self.number}"
        return paragraph if self.page is None else f"page {self.page}, {paragraph}"


@dataclass(frozen=True)
class Table:
    """The cells of a table as they stand: rows of equal length, an empty cell is ``None``.

    ``merged`` are ``(row, first column, last column)`` of cells that cover several columns, all counted from 1.
    """

    name: str
    cells: tuple[tuple[object, ...], ...]
    merged: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A file in an e-mail."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Document:
    """What was read from a file.

    ``name`` is the file's name, ``details`` are what its head says (an e-mail's ``from``, ``to``, ``subject`` and ``date``), ``notes`` are
    what could not be read, in sentences.
    """

    name: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text

    @cached_property
    def text(self) -> str:
        """Its words: the blocks with a blank line between them, without what repeats at the margins."""
        return "\n\n".join(block.text for block in self._read)

    @property
    def pages(self) -> int | None:
        """How many pages have words on them, ``None`` where no pages are known."""
        pages = [block.page for block in self.blocks if block.page is not None]
        return max(pages) if pages else None

    def block_of(self, quote: str) -> Block | None:
        """The block in which a quotation begins, ``None`` where the document does not say it.

        Quotations are verbatim but for blanks, hyphens at the ends of lines, and the shapes of quotation marks and dashes.
        """
        wanted = comparable(quote)
        at = self._comparable_text.find(wanted) if wanted else -1
        if at < 0:
            return None
        starts, end = [], 0
        for block in self._read:
            starts.append((end, block))
            end += len(comparable(block.text)) + 1
        return [block for start, block in starts if start <= at][-1]

    @cached_property
    def _comparable_text(self) -> str:
        return " ".join(comparable(block.text) for block in self._read)

    @property
    def _read(self) -> list[Block]:
        return [block for block in self.blocks if block.kind != "margin"]


def comparable(text: str) -> str:
    """Returns a text as quotations are compared: single blanks, one kind of quotation marks and dashes, no hyphens in words."""
    return " ".join(_UNREAD.sub("", text.translate(_QUOTES)).split())


class Blocks:
    """Gathers blocks and numbers them."""

    def __init__(self) -> None:
        self.list: list[Block] = []

    def add(self, kind: BlockKind, text: str, page: int | None = None) -> None:
        """Adds a block, unless it is blank. Blanks within a line are squeezed, lines are kept."""
        lines = (" ".join(line.split()) for line in text.replace("\u00ad", "").splitlines())
        kept = "\n".join(line for line in lines if line)
        if kept:
            self.list.append(Block(len(self.list) + 1, kind, kept, page))

    def add_table(self, table: Table, page: int | None = None) -> None:
        """Adds a table as text: a line a row, ``|`` between the cells."""
        rows = (
            " | ".join("" if cell is None else str(cell).replace("\n", " ") for cell in row)
            for row in table.cells
        )
        self.add("table", "\n".join(row for row in rows if row.strip(" |")), page)
