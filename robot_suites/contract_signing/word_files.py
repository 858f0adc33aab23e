"""Makes the Word files among the incoming contracts, from texts that people can read and compare in the repository."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Robot Framework converts arguments by it

import docx


def make_word_file(text: Path, word: Path) -> None:
    """Writes a Word file with a paragraph for each line of a text; lines that begin with ``#`` become headings."""
    document = docx.Document()
    for line in text.read_text("utf-8").splitlines():
        if line.startswith("# "):
            document.add_heading(line[2:], level=1)
        elif line.strip():
            document.add_paragraph(line)
    document.save(str(word))


def break_off(file: Path) -> None:
    """Cuts a file in half, as a transfer that broke off does."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
