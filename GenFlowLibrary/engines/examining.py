"""Is a completion the answer that was asked for? Every text of it is read, put right and checked.

text -> no placeholder that is none of ours -> values back in place -> parsed -> checked -> Reply
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.parsing import excerpt, parse_answer
from GenFlowLibrary.core.errors import AnswerError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from GenFlowLibrary.core.completion import Completion
    from GenFlowLibrary.core.prompt import Prompt
    from GenFlowLibrary.policy.redaction import Redaction

Check = Callable[["BaseModel"], "str | None"]
"""Looks at a parsed answer; returns what is wrong with it as a sentence for the engine, or ``None``."""


@dataclass(frozen=True)
class Reply:
    """A completion that passed every check, and one answer for each of its texts (none for free text)."""

    completion: Completion
    answers: tuple[BaseModel, ...] = ()


class Unfit(Exception):
    """A completed text is not the answer asked for: ``problem`` says in one sentence why. Both may hold placeholders."""

    def __init__(self, problem: str, text: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.text = text


def examine(redaction: Redaction, completion: Completion, check: Check | None) -> Reply:
    """Returns the reply when each text of the completion passes every check.

    Args:
        redaction: The request that the completion answers.
        completion: What came, with placeholders.
        check: The step's own check of each answer, with the values in it.

    Raises:
        Unfit: a text does not pass.
    """
    answer_type = redaction.prompt.answer_type
    texts: list[str] = []
    answers: list[BaseModel] = []
    for text in completion.texts:
        problem = redaction.problem(text)
        if problem:
            raise Unfit(problem, text)
        if answer_type is None:
            if not text.strip():
                raise Unfit("Expected a text, but an empty one came.", text)
            texts.append(redaction.restore(text))
            continue
        answer = _parsed(redaction, text, answer_type)
        problem = check(answer) if check else None
        if problem:
            raise Unfit(redaction.hide_rest(problem), text)
        texts.append(redaction.restore(text, as_json=True))
        answers.append(answer)
    return Reply(_with_texts(completion, texts), tuple(answers))


def _parsed(redaction: Redaction, text: str, answer_type: type[BaseModel]) -> BaseModel:
    try:
        return parse_answer(redaction.restore(text, as_json=True), answer_type)
    except AnswerError as error:
        said = str(error)
    # What is wrong goes back to the engine. It is said of the text with placeholders where that is wrong as well, for
    # an excerpt may end in the middle of a value.
    try:
        parse_answer(text, answer_type)
    except AnswerError as error:
        said = str(error)
    raise Unfit(redaction.hide_rest(said), text)


def _with_texts(completion: Completion, texts: list[str]) -> Completion:
    return completion if texts == list(completion.texts) else replace(completion, texts=tuple(texts))


def unfinished(prompt: Prompt, completion: Completion) -> str:
    """Returns why a completion that the engine itself calls unfinished is no answer, empty where it is one.

    A raw completion (`Complete Prompt`) may end at the length that was asked for: the user reads what came.
    """
    if completion.finish_reason == "content_filter":
        return (
            f"Expected an answer to the prompt '{prompt.name}', but the content filter of {completion.model} "
            "held it back; reword the prompt or use another model."
        )
    if completion.finish_reason == "length" and prompt.ability != "complete":
        return (
            f"Expected a whole answer to the prompt '{prompt.name}', but it was cut off at the length limit; "
            "raise max_tokens or shorten what is asked."
        )
    return ""


def oddities(prompt: Prompt, completion: Completion) -> list[str]:
    """Returns what a reader of the log should know of a completion that is used all the same."""
    notes = []
    wanted = prompt.parameters.n
    if wanted and wanted != len(completion.texts):
        notes.append(f"n={wanted} choices were asked for, and {len(completion.texts)} came.")
    if completion.finish_reason == "length":
        notes.append("The text was cut off at the length limit (max_tokens).")
    return notes


def failed(prompt: Prompt, completion: Completion, unfit: Unfit, how: str) -> AnswerError:
    """Returns the error for an answer that would not do, also after it was asked for again."""
    came = excerpt(unfit.text) or "nothing"
    return AnswerError(
        f"{unfit.problem.removesuffix('.')} ({completion.model} answered the prompt '{prompt.name}' "
        f"with '{came}' {how}); use a stronger model or make the prompt clearer.",
        completion=completion,
    )
