"""Plain text and Markdown: paragraphs between blank lines, headings and list items by their marks."""

from __future__ import annotations

import re

from GenFlowLibrary.documents.document import Blocks, Document

_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*$")
_ITEM = re.compile(r"\s*(?:[-*+•]|\(?\d{1,3}[.)])\s+\S")
_RULE = re.compile(r"\s*([-*_=]\s*){3,}$")


def read_plain(text: str, name: str, *, markdown: bool = False) -> Document:
    """Returns a text's blocks. Only Markdown has headings; both have list items, a block each."""
    blocks = Blocks()
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        _add(blocks, [line for line in paragraph.split("\n") if line.strip()], markdown)
    return Document(name, tuple(blocks.list))


def _add(blocks: Blocks, lines: list[str], markdown: bool) -> None:
    gathered: list[str] = []

    def end() -> None:
        kind = "list item" if gathered and _ITEM.match(gathered[0]) else "paragraph"
        blocks.add(kind, "\n".join(gathered))  # type: ignore[arg-type] # one of the two kinds above
        gathered.clear()

    for line in lines:
        heading = _HEADING.match(line) if markdown else None
        if heading or _ITEM.match(line) or (markdown and _RULE.match(line)):
            end()
        if heading:
            blocks.add("heading", heading.group(1))
        elif not (markdown and _RULE.match(line)):
            gathered.append(line)
    end()
