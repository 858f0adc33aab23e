"""HTML: the blocks and tables of a saved page or of an e-mail's body."""

from __future__ import annotations

from typing import Any

from GenFlowLibrary.documents.document import BlockKind, Blocks, Document, Table
from GenFlowLibrary.documents.extras import needed

_UNREAD = {"script", "style", "template", "noscript", "head", "title", "meta", "link"}
_INLINE = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
    ),
    *(
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
        "input",
        "button",
        "select",
    ),
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def read_web(text: str, name: str) -> Document:
    """Returns a page's blocks and tables, in their order. Scripts, styles and what is marked ``hidden`` are left out."""
    bs4 = needed("bs4", name)
    soup = bs4.BeautifulSoup(text, "lxml")
    reader = _Reader(bs4)
    reader.visit(soup.body or soup, "paragraph")
    reader.end("paragraph")
    return Document(name, tuple(reader.blocks.list), tuple(reader.tables))


class _Reader:
    """Gathers words until a block ends."""

    def __init__(self, bs4: Any) -> None:
        self._bs4 = bs4
        self.blocks = Blocks()
        self.tables: list[Table] = []
        self._words: list[str] = []

    def visit(self, node: Any, kind: BlockKind) -> None:
        for child in node.children:
            if isinstance(child, self._bs4.element.PreformattedString):
                continue  # comments, doctypes
            if isinstance(child, self._bs4.NavigableString):
                self._words.append(" ".join(f"_{child}_".split())[1:-1] if str(child).strip() else " ")
            elif child.name in _UNREAD or child.has_attr("hidden"):
                continue
            elif child.name == "br":
                self._words.append("\n")
            elif child.name in _INLINE:
                self.visit(child, kind)
            else:
                self._block(child, kind)

    def _block(self, node: Any, kind: BlockKind) -> None:
        self.end(kind)
        if node.name == "table" and not node.find("table"):
            self.tables.append(_table(node, len(self.tables) + 1))
            self.blocks.add_table(self.tables[-1])
            return
        own: BlockKind = "heading" if node.name in _HEADINGS else "list item" if node.name == "li" else kind
        self.visit(node, own)
        self.end(own)

    def end(self, kind: BlockKind) -> None:
        self.blocks.add(kind, "".join(self._words))
        self._words.clear()


def _table(node: Any, number: int) -> Table:
    rows: list[list[object]] = []
    merged = []
    carried: dict[int, int] = {}  # column -> rows that a cell above still covers
    for row_number, row in enumerate(node.find_all("tr"), 1):
        cells: list[object] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            _skip_carried(cells, carried)
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            start = len(cells)
            cells += [" ".join(cell.get_text(" ").split()) or None, *[None] * (wide - 1)]
            if wide > 1:
                merged.append((row_number, start + 1, start + wide))
            for column in range(start, start + wide):
                carried[column] = tall - 1
        _skip_carried(cells, carried)
        rows.append(cells)
    width = max((len(row) for row in rows), default=0)
    caption = node.find("caption")
    name = " ".join(caption.get_text(" ").split()) if caption else f"table {number}"
    return Table(name, tuple((*row, *[None] * (width - len(row))) for row in rows), tuple(merged))


def _skip_carried(cells: list[object], carried: dict[int, int]) -> None:
    while carried.get(len(cells), 0) > 0:
        carried[len(cells)] -= 1
        cells.append(None)


def _span(cell: Any, attribute: str) -> int:
    text = str(cell.get(attribute, "1")).strip()
    return min(max(int(text), 1), 1000) if text.isdigit() else 1
