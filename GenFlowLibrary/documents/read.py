"""Reading a file: what it is by its name and its first bytes, and by whom it is read.

path -> bytes -> is it what it is called? -> the reader of its kind -> Document
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import DocumentError
from GenFlowLibrary.documents.encodings import decoded
from GenFlowLibrary.documents.mail import read_mail
from GenFlowLibrary.documents.pdf import read_pdf
from GenFlowLibrary.documents.plain import read_plain
from GenFlowLibrary.documents.separated import read_separated
from GenFlowLibrary.documents.sheets import read_sheets
from GenFlowLibrary.documents.web import read_web
from GenFlowLibrary.documents.word import read_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.documents.document import Document

_TEXTS: dict[str, Callable[[str, str], Document]] = {
    ".txt": read_plain,
    ".md": lambda text, name: read_plain(text, name, markdown=True),
    ".html": read_web,
    ".htm": read_web,
    ".csv": read_separated,
    ".tsv": read_separated,
}
_FILES: dict[str, Callable[[bytes, str], Document]] = {
    ".docx": read_word,
    ".xlsx": read_sheets,
    ".xlsm": read_sheets,
    ".pdf": read_pdf,
    ".eml": read_mail,
}
_OLD = {".doc": ".docx", ".xls": ".xlsx", ".msg": ".eml", ".rtf": ".docx", ".odt": ".docx", ".ods": ".xlsx"}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of Microsoft's compound files: old Office files, and new ones that are encrypted."""
_LARGEST = 100 * 1024 * 1024
"""Bytes of a file, and of all that is packed in one: a contract of a thousand pages has some 10 MB; a packed bomb has gigabytes."""


def read_document(path: str | Path, *, encoding: str | None = None) -> Document:
    """Returns what a file says: text, Markdown, HTML, CSV, Word, Excel, PDF or e-mail, known by its ending.

    ``encoding`` is for texts alone, where it cannot be told from the bytes.

    Raises:
        DocumentError: there is no such file, it is of another kind, empty, too large, broken or encrypted, or a reader has its own reason.
    """
    file = Path(path)
    ending = file.suffix.lower()
    if ending not in {*_TEXTS, *_FILES}:
        known = ", ".join(sorted({*_TEXTS, *_FILES}))
        remedy = f"save it as {_OLD[ending]}" if ending in _OLD else f"known are {known}"
        raise DocumentError(f"Expected a document of a known kind, found '{file.name}': {remedy}.")
    content = _content(file)
    if ending in _TEXTS:
        return _TEXTS[ending](decoded(content, file.name, encoding), file.name)
    _refuse_disguised(content, file.name, ending)
    return _FILES[ending](content, file.name)


def _content(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise DocumentError(
                f"Expected a document at '{file}', found {'a folder' if file.is_dir() else 'none'}: check the path."
            )
        size = file.stat().st_size
        if size > _LARGEST:
            raise DocumentError(
                f"Expected '{file.name}' to have at most {_LARGEST // 2**20} MB, it has {size // 2**20} MB: split it."
            )
        content = file.read_bytes()
    except OSError as problem:
        raise DocumentError(f"'{file}' can't be read: {problem.strerror or problem}.") from None
    if not content.strip():
        raise DocumentError(f"Expected '{file.name}' to hold something, but it is empty.")
    return content


def _refuse_disguised(content: bytes, name: str, ending: str) -> None:
    if content.startswith(_COMPOUND):
        raise DocumentError(
            f"'{name}' is encrypted or of an old Office format: save it without a password as {_OLD.get(ending, ending)}."
        )
    if ending == ".pdf" and b"%PDF-" not in content[:1024]:
        raise DocumentError(
            f"Expected '{name}' to be a PDF, but its content is not: save it again from where it came."
        )
    if ending in (".docx", ".xlsx", ".xlsm"):
        if not zipfile.is_zipfile(BytesIO(content)):
            raise DocumentError(
                f"Expected '{name}' to be an Office file, but its content is not: save it again from Office."
            )
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > 5 * _LARGEST:
            raise DocumentError(
                f"'{name}' unpacks to {unpacked // 2**20} MB, more than can be read: split it."
            )
