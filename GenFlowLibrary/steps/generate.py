"""Generate text: from an instruction, or from a prompt file with its facts (and its approved draft)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import InputError, NeedsLanguageModel
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.prompts.drafts import missing_draft
from GenFlowLibrary.steps.runtime import Options, Runtime

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP = "Generate Text"
FREE_PROMPT = "generate_text"
"""The prompt file for a free instruction; it takes all facts together."""


def generate(
    runtime: Runtime,
    instruction: str,
    facts: Mapping[str, Any],
    *,
    prompt: str = FREE_PROMPT,
    language: str | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> str:
    """Returns the text, without blanks around it.

    With the free prompt the ``instruction`` says what to write and ``facts`` what to write it from; any other prompt file takes the
    facts as its inputs, by name.

    Raises:
        InputError: neither an instruction nor a prompt file was given.
        PromptError: the prompt file is unknown, or a fact it needs is missing.
        NeedsLanguageModel: the embedded engine is to write without an approved draft.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        if prompt == FREE_PROMPT and not instruction.strip():
            raise InputError(
                "Expected an instruction or prompt= with the name of a prompt file, but found neither; say what to write."
            )
        given = {"instruction": instruction} if instruction.strip() else {}
        inputs = {**given, "facts": dict(facts)} if prompt == FREE_PROMPT and facts else {**given, **facts}
        task = Task(
            ability="generate",
            prompt=prompt,
            inputs=inputs,
            language=language,
            parameters=options.parameters,
        )
        try:
            text = runtime.ask(task, options, record).completion.text.strip()
        except NeedsLanguageModel as problem:
            prompt_file = runtime.prompts.get(prompt)
            if not prompt_file.drafts:
                raise
            raise NeedsLanguageModel(missing_draft(prompt_file, language)) from problem
        record.answer = text
        return text
