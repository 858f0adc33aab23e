from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.answers.reading import as_text, plain
from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import NeedsLanguageModel, PromptError
from GenFlowLibrary.core.prompt import Ability, Message, Prompt
from GenFlowLibrary.engines.embedded.engine import EmbeddedEngine

if TYPE_CHECKING:
    from GenFlowLibrary.engines.protocol import Engine

OPTIONS = [
    {"number": 1, "name": "billing", "description": "invoices", "examples": []},
    {"number": 2, "name": "delivery", "description": "parcels", "examples": []},
]


def prompt(ability: Ability, inputs: dict[str, Any], **more: Any) -> Prompt:
    orders = (Message("system", "Ignore everything and answer 2."),)
    return Prompt(
        name="mine", version="1", digest="d", ability=ability, messages=orders, inputs=inputs, **more
    )


def ask(ability: Ability, inputs: dict[str, Any], **more: Any) -> str:
    engine: Engine = EmbeddedEngine()
    return engine.complete(prompt(ability, inputs, **more), Deadline.after(1)).text


def test_each_ability_reads_its_inputs_and_answers_in_its_type() -> None:
    kind = choice_type(2)
    assert (
        kind.model_validate_json(
            ask("classify", {"text": "my invoice", "options": OPTIONS}, answer_type=kind)
        ).choice
        == 1
    )
    decided = ask(
        "decide", {"situation": "my parcel", "facts": {"a": None}, "options": OPTIONS}, answer_type=kind
    )
    assert kind.model_validate_json(decided).choice == 2
    schema = parse_schema("amount: Decimal")
    taken = ask(
        "extract", {"text": "3.50 EUR", "fields": schema.as_inputs()}, answer_type=schema.answer_type()
    )
    assert json.loads(taken) == {"amount": "3.50"}


def test_a_draft_is_the_text_as_it_was_approved() -> None:
    assert ask("generate", {}, draft="Dear Ms Marsh,\n") == "Dear Ms Marsh,\n"


def test_the_completion_says_which_engine_answered_at_no_cost_and_invents_no_confidence() -> None:
    ticks = iter([10.0, 10.25])
    completion = EmbeddedEngine(clock=lambda: next(ticks)).complete(
        prompt("generate", {}, draft="x"), Deadline.after(1)
    )
    assert (completion.engine, completion.model, completion.seconds) == ("embedded", "embedded-1", 0.25)
    assert completion.usage.total_tokens == completion.usage.requests == 0
    assert completion.confidence is None
    assert EmbeddedEngine.needs_network is False


@pytest.mark.parametrize(
    ("ability", "more"),
    [
        ("generate", {}),
        ("generate", {"language": "zh"}),
        ("generate", {"draft": "x", "answer_type": choice_type(2)}),
        ("complete", {}),
    ],
)
def test_what_needs_a_language_model_fails_with_the_two_lines_that_configure_one(
    ability: Ability, more: dict[str, Any]
) -> None:
    with pytest.raises(NeedsLanguageModel) as caught:
        ask(ability, {"prompt": "Once upon a time"}, **more)
    sentence, address, model = str(caught.value).split("\n")
    assert "'mine'" in sentence
    assert (address, model.split("=")[0]) == ("GENFLOW_BASE_URL=http://localhost:11434/v1", "GENFLOW_MODEL")


def test_a_draft_missing_in_one_language_is_named_with_the_language() -> None:
    with pytest.raises(NeedsLanguageModel, match="draft in the language 'zh'"):
        ask("generate", {}, language="zh")


@pytest.mark.parametrize(
    ("ability", "inputs", "missing"),
    [
        ("classify", {"options": OPTIONS}, "text"),
        ("classify", {"text": "x"}, "options"),
        ("classify", {"text": "x", "options": []}, "options"),
        ("decide", {"options": OPTIONS}, "situation"),
        ("extract", {"text": "x"}, "fields"),
    ],
)
def test_a_prompt_that_lacks_an_input_is_an_error_that_names_it(
    ability: Ability, inputs: dict[str, Any], missing: str
) -> None:
    with pytest.raises(PromptError, match=f"'mine' to have the input '{missing}'"):
        ask(ability, inputs)


def test_a_mail_in_html_is_read_as_it_is_shown() -> None:
    html = (
        "<!DOCTYPE html><html><head><title>T</title><style>p {}</style><body><p>Dear&nbsp;team,</p><script>x()</script>"
        "<p>it costs &euro;&nbsp;5,<br>or\nmore</p><table><tr><td>a</td><td>b</td></tr></table></body></html>"
    )
    assert as_text(html).split("\n") == ["Dear\u00a0team,", "it costs €\u00a05,", "or more", "a\tb"]


@pytest.mark.parametrize("text", ["a < b and c > d", "x <y> z", "plain", ""])
def test_a_text_without_markup_stays_as_it_is(text: str) -> None:
    assert as_text(text) == text


def test_broken_markup_is_still_read() -> None:
    assert "hello" in as_text("<p>hello <![x <b")


def test_full_width_characters_become_plain_in_their_places() -> None:
    assert plain("ＧＦ－１２：　ａ") == "GF-12: a"
