"""Whether an engine's quotation stands in a document, and where.

    quotation, document -> both as quotations are compared -> whole words only -> block, or None

A quotation is what makes an answer about a document worth anything: it must be there word for word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.sentences import sentences
from GenFlowLibrary.documents.document import comparable

if TYPE_CHECKING:
    from GenFlowLibrary.documents.document import Block, Document

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_BLANK_AT_CJK = re.compile(rf"(?<=[{_CJK}，。；：、])\s+|\s+(?=[{_CJK}，。；：、])")
_FEWEST_WORDS = 2
_FEWEST_CHARACTERS = 4
"""Chinese characters a quotation needs; fewer, or a single word, prove nothing unless they are a whole line or sentence."""


def placed(quote: str, document: Document) -> Block | None:
    """Returns the block in which a quotation begins, ``None`` where the document does not say it, or where it is too little to be told."""
    wanted = _squeezed(quote)
    if not wanted or not _says_enough(quote, wanted, document):
        return None
    whole = _whole_words(wanted)
    for block in _read(document):
        if whole.search(_squeezed(block.text)):
            return block
    # A passage that begins in one block and ends in another, as at the end of a page.
    return document.block_of(quote) if whole.search(_squeezed(document.text)) else None


def _says_enough(quote: str, wanted: str, document: Document) -> bool:
    if len(quote.split()) >= _FEWEST_WORDS or len(re.findall(f"[{_CJK}]", wanted)) >= _FEWEST_CHARACTERS:
        return True
    return any(
        _squeezed(whole) == wanted
        for block in _read(document)
        for whole in (*block.text.splitlines(), *sentences(block.text))
    )


def _read(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind != "margin"]


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    """Kept, for the quotations of one answer, and of all answers on a document, are looked for in the same blocks."""
    return _BLANK_AT_CJK.sub("", comparable(text))


def _whole_words(wanted: str) -> re.Pattern[str]:
    """Returns what finds a quotation that neither begins nor ends within a word or a number: "art" is not quoted from "party"."""
    before = rf"(?<![^\W{_CJK}])" if re.match(rf"[^\W{_CJK}]", wanted) else ""
    after = rf"(?![^\W{_CJK}])" if re.search(rf"[^\W{_CJK}]\Z", wanted) else ""
    return re.compile(before + re.escape(wanted) + after)
