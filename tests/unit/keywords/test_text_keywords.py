"""The keywords over text as Robot Framework calls them: nothing, secrets, and documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from robot.api.types import Secret

from GenFlowLibrary import GenFlowLibrary
from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.documents.document import Block, Document
from GenFlowLibrary.keywords.reading import PART_TOKENS
from GenFlowLibrary.texts.parts import DEFAULT_TOKENS

DOCUMENT = Document("a.txt", (Block(1, "paragraph", "The notice period is 30 days."),))
CALLS: dict[str, tuple[Any, ...]] = {
    "answer_question": ("Who?", DOCUMENT),
    "parse_instruction": ("Do it", "Cancel Order"),
    "review_document": (DOCUMENT, "Notice: at most 30 days"),
    "check_text": ("Text", "is polite"),
    "text_should_satisfy": ("Text", "is polite"),
    "summarize_text": ("Text",),
    "rewrite_text": ("Text", "Shorter."),
    "translate_text": ("Text", "zh"),
    "generate_reply": ("Enquiry",),
}


@pytest.fixture(autouse=True)
def clean_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENFLOW_ENGINE", "embedded")


@pytest.mark.parametrize("name", CALLS)
def test_none_reaches_a_keyword_as_none_and_is_refused(name: str) -> None:
    library = GenFlowLibrary()
    types = library.get_keyword_types(name)
    first = library.get_keyword_arguments(name)[0]
    assert None.__class__ in types[first].__args__
    with pytest.raises(InputError, match=r"it is nothing \(None\)"):
        library.run_keyword(name, (None, *CALLS[name][1:]), {})


@pytest.mark.parametrize("name", CALLS)
def test_a_secret_never_goes_into_a_prompt(name: str) -> None:
    with pytest.raises(InputError, match="holds a Secret"):
        GenFlowLibrary().run_keyword(name, (Secret("sk-1"), *CALLS[name][1:]), {})


def test_every_keyword_asks_as_it_is_told() -> None:
    library = GenFlowLibrary()
    for name in CALLS:
        arguments = {
            part[0] if isinstance(part, tuple) else part for part in library.get_keyword_arguments(name)
        }
        assert {"engine", "model", "prompt", "personal"} <= arguments, name


def test_the_length_of_a_part_is_that_of_the_steps() -> None:
    assert PART_TOKENS == DEFAULT_TOKENS


def test_a_review_on_the_embedded_engine_from_the_keyword_down() -> None:
    [finding] = GenFlowLibrary().run_keyword(
        "review_document", (DOCUMENT, "Notice period: at most 30 days"), {}
    )
    assert (finding.verdict, finding.place) == ("met", "paragraph 1")
