"""What a keyword is given to read: a document, or a plain text as one, so that both have places to quote from."""

from __future__ import annotations

import re
from pathlib import Path

from GenFlowLibrary.answers.reading import as_text
from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.documents.document import Document
from GenFlowLibrary.documents.plain import read_plain
from GenFlowLibrary.steps.choices import require_text

_PATH = re.compile(r"[^\n]+\.(?:txt|md|html?|csv|tsv|docx?|xls[xm]?|pdf|eml|msg|rtf|odt)\s*", re.IGNORECASE)
_LONGEST_PATH = 260
"""As in Windows; a longer line is prose."""


def as_document(what: str, given: object) -> Document:
    """Returns a document as it is, and a text as a document of paragraphs; mail in HTML is read without its markup.

    Raises:
        InputError: it is neither, holds nothing, or is the path of a file.
    """
    if isinstance(given, Document):
        if not given.text.strip():
            raise InputError(
                f"Expected {what} to hold a text, but '{given.name}' holds none; check the file."
            )
        return given
    text = require_text(what, given)
    if _is_path(text.strip()):
        raise InputError(
            f"Expected {what} to be a text or a document, but '{text.strip()}' looks like a path; read the file with Read Document first."
        )
    return read_plain(as_text(text), "the text")


def _is_path(text: str) -> bool:
    """Whether a text is the path of a document: one that is there, or a single word. "See the file contract.pdf" is neither."""
    if len(text) > _LONGEST_PATH or not _PATH.fullmatch(text):
        return False
    return len(text.split()) == 1 or Path(text).is_file()
