from __future__ import annotations

from collections.abc import Callable

import pytest

from GenFlowLibrary.prompts.drafts import choose_draft, missing_draft
from GenFlowLibrary.prompts.loader import PromptFile

Write = Callable[..., PromptFile]


@pytest.mark.parametrize(
    ("language", "key"),
    [("zh", "zh"), ("zh-Hans-CN", "zh-Hans"), ("zh-TW", "zh"), ("DE_at", "de"), ("fr", None), (None, None)],
)
def test_a_language_is_shortened_until_a_draft_fits(
    write: Write, language: str | None, key: str | None
) -> None:
    prompt_file = write("# User\nHi", draft="draft:\n  de: A\n  zh: B\n  zh-Hans: C")

    chosen = choose_draft(prompt_file, language)

    assert (chosen and chosen[0]) == key


def test_one_text_serves_every_language(write: Write) -> None:
    prompt_file = write("# User\nHi", draft="draft: A")

    assert choose_draft(prompt_file, "fr") == choose_draft(prompt_file, None) == ("*", "A")


def test_the_sentence_says_which_drafts_there_are(write: Write) -> None:
    prompt_file = write("# User\nHi", draft="draft:\n  zh: B\n  de: A")

    assert missing_draft(prompt_file, "fr") == (
        "Expected prompt file letter.md to have a draft for language 'fr', but it has drafts for de, zh; "
        "add 'fr' under draft in that file."
    )
    assert missing_draft(prompt_file, None).endswith("drafts for de, zh; ask for one of the languages.")
    assert missing_draft(write("# User\nHi"), None).endswith(
        "but it has no draft; add one under draft in that file."
    )
