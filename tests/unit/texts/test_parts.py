"""Long documents in parts that overlap."""

from __future__ import annotations

import itertools

import pytest

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.documents.document import Block, Document
from GenFlowLibrary.texts.parts import split, tokens


def document(*texts: str) -> Document:
    return Document("d", tuple(Block(number, "paragraph", text) for number, text in enumerate(texts, 1)))


def test_a_short_document_is_one_part_as_it_is() -> None:
    assert split(document("One.", "Two."), 200) == ("One.\n\nTwo.",)


def test_a_long_one_is_split_under_the_limit_with_nothing_lost_and_each_part_begins_with_the_end_of_the_last() -> (
    None
):
    paragraphs = [f"Paragraph {number} says something about clause {number} of it." for number in range(300)]
    parts = split(document(*paragraphs), 400)
    assert len(parts) > 10
    assert all(tokens(part) <= 440 for part in parts)
    assert all(any(paragraph in part for part in parts) for paragraph in paragraphs)
    for one, other in itertools.pairwise(parts):
        assert one.rsplit("\n\n", 1)[1] in other


def test_a_paragraph_longer_than_a_part_is_split_at_its_sentences_and_one_without_an_end_where_it_must() -> (
    None
):
    sentences = " ".join(f"Sentence number {number} is here." for number in range(200))
    parts = split(document(sentences, "无" * 900), 300)
    assert all(tokens(part) <= 400 for part in parts)
    assert any("Sentence number 99 is here." in part for part in parts)
    assert sum(part.count("无") for part in parts) >= 900


def test_chinese_counts_a_token_a_character() -> None:
    assert tokens("通知期为") == 4
    assert tokens("four") == 1


def test_what_stands_at_the_margins_of_pages_is_in_no_part() -> None:
    blocks = [
        Block(1, "paragraph", "word " * 400),
        Block(2, "margin", "Garnfeld"),
        Block(3, "paragraph", "word " * 400),
    ]
    assert not any("Garnfeld" in part for part in split(Document("d", tuple(blocks)), 200))


def test_a_limit_that_holds_no_paragraph_is_refused() -> None:
    with pytest.raises(InputError, match="200 or more, but it is 10"):
        split(document("One."), 10)
