"""Quotations: word for word in the document, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.answers.quotes import placed
from GenFlowLibrary.answers.sentences import sentences
from GenFlowLibrary.documents.document import Block, Document
from GenFlowLibrary.documents.plain import read_plain

DOCUMENT = Document(
    "contract.pdf",
    (
        Block(1, "heading", "Notice", 1),
        Block(2, "paragraph", "The party may give notice with a period\nof 30 days — in “writing”.", 1),
        Block(3, "margin", "Confidential draft of Garnfeld", 1),
        Block(4, "paragraph", "通知期为\n30天，须书面通知。", 2),
        Block(5, "paragraph", "Art works are insured. The agreement goes on", 2),
        Block(6, "paragraph", "on the next page.", 3),
    ),
)


@pytest.mark.parametrize(
    ("quote", "block"),
    [
        ("with a period of 30 days", 2),
        ('of 30 days - in "writing"', 2),
        ("通知期为30天", 4),
        ("The agreement goes on on the next page.", 5),
        ("Notice", 1),
        ("Art works are insured.", 5),
    ],
)
def test_a_quotation_is_found_in_spite_of_lines_and_kinds_of_marks(quote: str, block: int) -> None:
    found = placed(quote, DOCUMENT)
    assert found is not None
    assert found.number == block


@pytest.mark.parametrize(
    "quote",
    [
        "a period of 60 days",
        "a period of 30 day",
        "ty may give notice",
        "The party ... 30 days",
        "Confidential draft of Garnfeld",
        "party",
        "30",
        "",
        " \n",
        "通知",
    ],
)
def test_what_is_changed_cut_joined_or_too_little_is_no_quotation(quote: str) -> None:
    assert placed(quote, DOCUMENT) is None


_ALPHABET = st.sampled_from(
    [*"abcZÜ 5.,;:!?-\n\"'“”()|/<>&—30天。，！「」", "No. ", "\n\n", "- ", "GF-1 ", " Dr. A ", "</p>"]
)


@given(st.lists(_ALPHABET, max_size=60).map("".join))
def test_every_sentence_of_a_document_is_a_quotation_of_it(text: str) -> None:
    """What the embedded engine quotes are sentences: none may fail the check that a language model's quotations have to pass."""
    document = read_plain(text, "d")
    for sentence in sentences(document.text):
        if any(character.isalnum() for character in sentence):
            assert placed(sentence, document) is not None, sentence
