"""Rendering: PromptFile + Task -> Prompt. What is unknown, missing or blank is an error that names it.

    inputs -> plain data -> messages for a language model
                         -> the draft in the task's language, its facts filled in

Inputs come in after the sections are told apart, so that no input can open a section of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

from GenFlowLibrary.core.errors import PromptError
from GenFlowLibrary.core.prompt import Message, Prompt, Task
from GenFlowLibrary.prompts.drafts import choose_draft
from GenFlowLibrary.prompts.environment import MissingValueError, template, with_missing_marked
from GenFlowLibrary.prompts.front_matter import ANY_LANGUAGE, is_language_code
from GenFlowLibrary.prompts.plain_data import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from GenFlowLibrary.prompts.loader import PromptFile

# What a template can stumble over besides Jinja's own errors: adding text to a number, a division by zero, an index out of range.
_SLIPS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


def render(prompt_file: PromptFile, task: Task) -> Prompt:
    """Returns the task as a prompt.

    The messages are rendered from the inputs as plain data. The draft is the prompt file's in the task's language, ``None`` where it has
    none there (`missing_draft` says so in a sentence).

    Raises:
        PromptError: an input is unknown, missing or not plain data, the ability is not the prompt file's, the language is no language
            code, the draft uses a fact that is missing or empty, or a template fails.
    """
    _check_kind(prompt_file, task)
    _check_names(prompt_file, task.inputs)
    inputs = {name: plain(value, name) for name, value in task.inputs.items()}
    return Prompt(
        name=prompt_file.name,
        version=prompt_file.version,
        digest=prompt_file.digest,
        ability=prompt_file.ability,
        messages=tuple(_messages(prompt_file, inputs, task.language)),
        inputs=inputs,
        answer_type=task.answer_type,
        draft=_draft(prompt_file, inputs, task.language),
        language=task.language,
        parameters=task.parameters,
    )


def _check_kind(prompt_file: PromptFile, task: Task) -> None:
    if task.ability != prompt_file.ability:
        raise PromptError(
            f"Expected a prompt file with ability {task.ability}, but {prompt_file.path.name} has {prompt_file.ability}; "
            "use another prompt file."
        )
    if task.language is not None and not is_language_code(task.language):
        raise PromptError(
            f"Expected the code of a language such as en or zh, but found '{task.language}'; write the code."
        )


def _check_names(prompt_file: PromptFile, given: Mapping[str, Any]) -> None:
    unknown = [name for name in given if name not in prompt_file.inputs]
    missing = [
        name
        for name, declared in prompt_file.inputs.items()
        if not declared.optional and given.get(name) is None
    ]
    if unknown:
        known = ", ".join(prompt_file.inputs) or "no inputs at all"
        raise PromptError(
            f"Expected inputs among {known} for prompt file {prompt_file.path.name}, but found {', '.join(unknown)}; "
            "correct or remove what it does not know."
        )
    if missing:
        raise PromptError(
            f"Expected inputs {', '.join(n for n, i in prompt_file.inputs.items() if not i.optional)} for prompt file "
            f"{prompt_file.path.name}, but {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing; "
            f"pass {'it' if len(missing) == 1 else 'them'}."
        )


def _messages(prompt_file: PromptFile, inputs: Mapping[str, Any], language: str | None) -> Iterator[Message]:
    for message in prompt_file.messages:
        where = f"section '# {message.role.title()}' of {prompt_file.path.name}"
        names = _names(prompt_file, inputs, deep=False)
        content = _filled(message.content, names, where, language=language, draft=False)
        if content.strip():
            yield Message(message.role, content)
        elif message.role == "user":
            raise PromptError(
                f"Expected {where} to say something, but it came out empty; pass a text that is not."
            )


def _draft(prompt_file: PromptFile, inputs: Mapping[str, Any], language: str | None) -> str | None:
    chosen = choose_draft(prompt_file, language)
    if chosen is None:
        return None
    key, source = chosen
    where = f"the draft of {prompt_file.path.name}" + ("" if key == ANY_LANGUAGE else f" for '{key}'")
    names = _names(prompt_file, inputs, deep=True)
    written_in = language or (None if key == ANY_LANGUAGE else key)
    text = _filled(source, names, where, language=written_in, draft=True).strip()
    if not text:
        raise PromptError(
            f"Expected {where} to say something, but it came out empty; correct its conditions."
        )
    return text


def _names(prompt_file: PromptFile, inputs: Mapping[str, Any], *, deep: bool) -> dict[str, Any]:
    return {name: with_missing_marked(inputs.get(name), name, deep=deep) for name in prompt_file.inputs}


def _filled(source: str, names: Mapping[str, Any], where: str, *, language: str | None, draft: bool) -> str:
    """Returns a template filled in; every way it can fail becomes one sentence."""
    try:
        return template(source, language, draft=draft).render(names)
    except MissingValueError as problem:
        what = f"'{problem.name}'" if problem.name else "what one of its places should show"
        raise PromptError(
            f"Expected a value for {what}, which {where} uses, but it is missing or empty; "
            "pass it, or put a condition around its place."
        ) from None
    except (TemplateError, *_SLIPS) as problem:
        reason = problem.message if isinstance(problem, TemplateError) else str(problem)
        raise PromptError(
            f"Expected {where} to render, but it fails ({reason}); correct the template or the input it works with."
        ) from None
