from __future__ import annotations

import pytest

from GenFlowLibrary.core.errors import PromptError
from GenFlowLibrary.prompts.front_matter import (
    ANY_LANGUAGE,
    PromptInput,
    is_language_code,
    parse_front_matter,
)

GOOD = """\
version: 1.10
description: Answers a refund
ability: generate
inputs:
  name: Who writes
  amount: {description: How much, optional: true}
draft:
  en: Dear {{ name }}
  no: Kjære {{ name }}
"""


def test_every_part_is_read_as_it_was_written() -> None:
    front_matter = parse_front_matter(GOOD, "reply.md")

    assert front_matter.version == "1.10"
    assert front_matter.description == "Answers a refund"
    assert front_matter.ability == "generate"
    assert front_matter.inputs == {
        "name": PromptInput("Who writes"),
        "amount": PromptInput("How much", optional=True),
    }
    assert front_matter.drafts == {"en": "Dear {{ name }}", "no": "Kjære {{ name }}"}


def test_one_draft_serves_any_language() -> None:
    text = "version: 1\ndescription: d\nability: generate\ndraft: |\n  Hello\n  there\n"

    assert parse_front_matter(text, "reply.md").drafts == {ANY_LANGUAGE: "Hello\nthere"}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("version: 1.10", "version: 1.10\nauthor: me", 3, "'author'"),
        ("version: 1.10", "version: 1.10\nversion: 2", 3, "'version' twice"),
        ("version: 1.10\n", "", 1, "none"),
        ("version: 1.10", "version: [1]", 2, "a list or further keys"),
        ("description: Answers a refund", "description:", 3, "nothing"),
        ("description: Answers a refund", "description: Answers: a refund", 3, "mapping values"),
        ("ability: generate", "ability: invent", 4, "'invent'"),
        ("  name: Who writes", "  the name: Who writes", 6, "'the name'"),
        ("  name: Who writes", "  language: Which", 6, "every template has already"),
        ("  name: Who writes", "  name: [a]", 6, "something else"),
        ("optional: true", "optional: perhaps", 7, "'perhaps'"),
        ("optional: true", "needed: true", 7, "'needed'"),
        ("  en: Dear", "  English: Dear", 9, "'English'"),
        (GOOD, "just text", 2, "something else"),
        (GOOD, "", 1, "something else"),
    ],
)
def test_what_is_broken_is_named_with_its_file_line_and_remedy(
    old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(PromptError) as error:
        parse_front_matter(GOOD.replace(old, new), "reply.md")

    message = str(error.value)
    assert says in message
    assert "reply.md" in message
    assert f"line {line} has" in message
    assert message.startswith("Expected ")
    assert "; " in message
    assert message.endswith(".")
    assert "\n" not in message


def test_a_control_character_is_an_error() -> None:
    with pytest.raises(PromptError, match="control character"):
        parse_front_matter("version: \x07", "reply.md")


@pytest.mark.parametrize("code", ["en", "zh-Hans", "de_AT", "zh-Hans-CN", "fil"])
def test_language_codes_are_known_by_their_shape(code: str) -> None:
    assert is_language_code(code)


@pytest.mark.parametrize("code", ["", "German", "e", "en-", "en us", "en\n"])
def test_other_texts_are_no_language_codes(code: str) -> None:
    assert not is_language_code(code)


def test_an_input_that_generate_text_would_take_for_its_own_option_is_refused() -> None:
    text = 'version: "1"\ndescription: d\nability: {}\ninputs:\n  model: the model of the lamp\n'
    with pytest.raises(PromptError, match="line 6 has 'model', which is one of them; rename the input"):
        parse_front_matter(text.format("generate"), "offer.md")
    assert "model" in parse_front_matter(text.format("extract"), "offer.md").inputs
