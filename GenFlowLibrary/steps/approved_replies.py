"""Approved past replies: read from a folder or a table, and those chosen whose enquiries are most like a new one.

    folder of texts | table with enquiry and reply -> replies -> likeness by shared words -> the few nearest

This is done on this machine; what is not alike is not shown to anybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.text_files import why_unreadable
from GenFlowLibrary.documents.read import read_document
from GenFlowLibrary.documents.rows import choose_table, rows_of
from GenFlowLibrary.engines.embedded.scoring import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_SHOWN = 3
"""More examples teach a model little and push the facts out of its sight."""
LEAST_LIKENESS = 0.1
"""Cosine. Two letters of customers about different things share some everyday words, which gives up to about 0.1."""
_MOST_REPLIES = 10_000
_TEXTS = (".txt", ".md")
_TABLES = (".csv", ".tsv", ".xlsx")
_PARTED = re.compile(r"^-{3,}\s*$", re.MULTILINE)


@dataclass(frozen=True)
class ApprovedReply:
    """A reply that was sent, and the enquiry it answered, empty where that was not kept."""

    reply: str
    enquiry: str = ""


def read_replies(source: object) -> list[ApprovedReply]:
    """Returns the approved replies of a folder, of the file of a table, or of rows.

    In a folder each ``.txt`` or ``.md`` file is a reply; where a line ``---`` stands in it, the enquiry stands above. A table has a column
    ``reply``, and may have one ``enquiry``.

    Raises:
        InputError: there is nothing there, or the table has no such column.
        DocumentError: a file cannot be read.
    """
    if isinstance(source, (str, Path)) and str(source).strip():
        path = Path(source)
        if path.is_dir():
            replies = list(_from_folder(path))
        elif path.suffix.lower() in _TABLES:
            document = read_document(path)
            replies = list(_from_rows(rows_of(choose_table(document), document.name), path.name))
        else:
            found = "another kind of file" if path.is_file() else "nothing"
            raise InputError(
                f"Expected 'approved' to be a folder of texts or a table, but found {found} at '{path}'; check the path."
            )
    elif isinstance(source, (list, tuple)):
        replies = list(_from_rows(source, "'approved'"))
    else:
        raise InputError(
            "Expected 'approved' to be a folder, a table or its rows, but it is none of these; give the path of one."
        )
    if not replies:
        raise InputError(
            f"Expected approved replies in '{source}', but found none; put some there or leave approved= out."
        )
    if len(replies) > _MOST_REPLIES:
        raise InputError(
            f"Expected at most {_MOST_REPLIES} approved replies, but found {len(replies)}; keep the best."
        )
    return replies


def most_alike(enquiry: str, replies: Sequence[ApprovedReply]) -> list[ApprovedReply]:
    """Returns the replies whose enquiries (or, where these were not kept, themselves) are most like an enquiry, the most alike first."""
    scored = [(likeness(enquiry, one.enquiry or one.reply), number) for number, one in enumerate(replies)]
    best = sorted(
        ((score, number) for score, number in scored if score >= LEAST_LIKENESS),
        key=lambda one: (-one[0], one[1]),
    )
    return [replies[number] for _, number in best[:MOST_SHOWN]]


def _from_folder(folder: Path) -> Iterator[ApprovedReply]:
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in _TEXTS and file.is_file():
            try:
                text = file.read_text("utf-8-sig")
            except (OSError, UnicodeDecodeError) as problem:
                raise InputError(
                    f"Expected '{file.name}' to be readable text, but {why_unreadable(problem)}; save it as UTF-8 text."
                ) from None
            parts = [part.strip() for part in _PARTED.split(text.strip(), maxsplit=1)]
            if parts[-1]:
                yield ApprovedReply(parts[-1], parts[0] if len(parts) > 1 else "")


def _from_rows(rows: Iterable[object], name: str) -> Iterator[ApprovedReply]:
    for number, row in enumerate(rows, 1):
        fields: Mapping[str, object] = row if isinstance(row, dict) else {}
        named = {str(column).strip().casefold(): cell for column, cell in fields.items()}
        if "reply" not in named:
            raise InputError(
                f"Expected a column 'reply' in {name}, and one 'enquiry' if these were kept, but row {number} has "
                f"{', '.join(named) or 'none'}; name the columns so."
            )
        if named["reply"] is not None and str(named["reply"]).strip():
            yield ApprovedReply(str(named["reply"]).strip(), str(named.get("enquiry") or "").strip())
