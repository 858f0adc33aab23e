from __future__ import annotations

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.answers.repair import MAX_QUOTED, repair_prompt
from tests.fakes.prompts import make_prompt


def test_the_bad_answer_and_what_was_wrong_follow_the_prompt() -> None:
    prompt = make_prompt(answer_type=choice_type(2), temperature=0.2)
    repaired = repair_prompt(prompt, "I take 7", "Expected 'choice' to be 0, 1 or 2, but it is 7.")
    assert repaired.messages[:2] == prompt.messages
    said, correction = repaired.messages[2:]
    assert (said.role, said.content) == ("assistant", "I take 7")
    assert correction.role == "user"
    assert correction.content.startswith("Expected 'choice' to be 0, 1 or 2, but it is 7.")
    assert "JSON object" in correction.content
    assert (repaired.inputs, repaired.parameters) == (prompt.inputs, prompt.parameters)


def test_a_runaway_answer_is_quoted_in_part() -> None:
    quoted = repair_prompt(make_prompt(), "x" * 100_000, "Too long.").messages[2].content
    assert len(quoted) < MAX_QUOTED + 10
    assert quoted.endswith("[…]")


def test_an_empty_answer_is_still_a_message() -> None:
    repaired = repair_prompt(make_prompt(ability="generate"), " ", "Expected a text, but an empty one came.")
    assert repaired.messages[2].content == "(empty)"
    assert "whole text" in repaired.messages[3].content
