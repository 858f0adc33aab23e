"""A long document in parts that fit one question each, the next beginning before the last has ended.

    document -> units (paragraphs; of long ones the sentences) -> parts under the limit, each with the end of the one before

A clause that ends on the next part stands in both, so that no part judges half a sentence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.sentences import join, sentences
from GenFlowLibrary.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from GenFlowLibrary.documents.document import Document

DEFAULT_TOKENS = 6000
"""Longest part. With prompt and answer it leaves room in a context of 8,192 tokens, which small models on one's own machine have."""
_FEWEST_TOKENS = 200
_LETTERS_A_TOKEN = 4
"""English text has about four letters a token in today's tokenizers; whatever is not ASCII is counted as a token a character."""
_UNIT_SHARE = 4
"""A unit has at most this part of a part: smaller ones leave less unused at the end of a part."""
_OVERLAP_SHARE = 10


@dataclass(frozen=True)
class _Unit:
    text: str
    begins_block: bool

    @property
    def tokens(self) -> int:
        return tokens(self.text)


def tokens(text: str) -> int:
    """Returns about how many tokens a text has; rather too many."""
    plain = sum(character.isascii() for character in text)
    return math.ceil(plain / _LETTERS_A_TOKEN) + len(text) - plain


def split(document: Document, most: int = DEFAULT_TOKENS) -> tuple[str, ...]:
    """Returns a document's text in parts of at most about ``most`` tokens; a short one is one part.

    Raises:
        InputError: the limit is too small to hold a paragraph.
    """
    if most < _FEWEST_TOKENS:
        raise InputError(
            f"Expected part_tokens to be {_FEWEST_TOKENS} or more, but it is {most}; a part must hold some paragraphs."
        )
    if tokens(document.text) <= most:
        return (document.text,)
    parts: list[list[_Unit]] = [[]]
    size = 0
    for unit in _units(document, most // _UNIT_SHARE):
        if parts[-1] and size + unit.tokens > most:
            parts.append(_end_of(parts[-1], most // _OVERLAP_SHARE))
            size = sum(kept.tokens for kept in parts[-1])
        parts[-1].append(unit)
        size += unit.tokens
    return tuple(_text(part) for part in parts)


def _units(document: Document, most: int) -> Iterator[_Unit]:
    for block in document.blocks:
        if block.kind == "margin":
            continue
        pieces = [block.text] if tokens(block.text) <= most else list(_pieces(block.text, most))
        for at, piece in enumerate(pieces):
            yield _Unit(piece, begins_block=at == 0)


def _pieces(text: str, most: int) -> Iterator[str]:
    """Yields the sentences of a text; one that is too long itself is cut where it must."""
    for sentence in sentences(text):
        if tokens(sentence) <= most:
            yield sentence
        else:
            yield from (sentence[at : at + most] for at in range(0, len(sentence), most))


def _end_of(part: list[_Unit], most: int) -> list[_Unit]:
    """Returns the last units of a part: as many as are allowed, but one at least."""
    kept = [part[-1]]
    for unit in reversed(part[:-1]):
        if sum(one.tokens for one in kept) + unit.tokens > most:
            break
        kept.insert(0, unit)
    return kept


def _text(part: list[_Unit]) -> str:
    blocks: list[list[str]] = []
    for unit in part:
        if unit.begins_block or not blocks:
            blocks.append([])
        blocks[-1].append(unit.text)
    return "\n\n".join(join(block) for block in blocks)
