"""Asking again: the same prompt, the answer that would not do, and what was wrong with it."""

from __future__ import annotations

import dataclasses

from GenFlowLibrary.core.prompt import Message, Prompt

MAX_QUOTED = 2000
"""Characters of the bad answer that are sent back. It is there to be recognised, and a runaway answer must
not fill the model's context."""


def repair_prompt(prompt: Prompt, bad_text: str, problem: str) -> Prompt:
    """Returns ``prompt`` with the bad answer and one message that says what was wrong with it and asks again.

    Args:
        prompt: What was asked.
        bad_text: What came; quoted up to `MAX_QUOTED` characters.
        problem: One sentence saying what is wrong.
    """
    quoted = bad_text if len(bad_text) <= MAX_QUOTED else f"{bad_text[:MAX_QUOTED]} […]"
    form = "text" if prompt.answer_type is None else "JSON object"
    # Some servers refuse an assistant message without content.
    said = Message("assistant", quoted if quoted.strip() else "(empty)")
    correction = Message(
        "user", f"{problem} Correct that, and answer with the whole {form} again and nothing else."
    )
    return dataclasses.replace(prompt, messages=(*prompt.messages, said, correction))
