"""Generate text: from an instruction, or from a prompt file with its facts (and its approved draft)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from GenFlowLibrary.answers.written import Written
from GenFlowLibrary.core.errors import InputError, NeedsLanguageModel
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.prompts.drafts import missing_draft
from GenFlowLibrary.prompts.render import render
from GenFlowLibrary.steps.runtime import Options, Runtime
from GenFlowLibrary.texts.keeping import invented_in, must_hold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from GenFlowLibrary.trace.record import StepRecord

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
    grounded: bool = False,
    options: Options = Options(),  # noqa: B008 - frozen
) -> str:
    """Returns the text, without blanks around it.

    With the free prompt the ``instruction`` says what to write and ``facts`` what to write it from; any other prompt file takes the
    facts as its inputs, by name.

    With ``grounded`` every number, date, name and identifier of the text must occur in what the engine was given: the facts, the
    instruction, and the words of the prompt file and its draft. An engine whose text states others is told which, and the step fails when
    it insists.

    Raises:
        InputError: neither an instruction nor a prompt file was given.
        PromptError: the prompt file is unknown, or a fact it needs is missing.
        NeedsLanguageModel: the embedded engine is to write without an approved draft.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        text = write(
            runtime,
            instruction,
            facts,
            record,
            prompt=prompt,
            language=language,
            grounded=grounded,
            options=options,
        )
        record.answer = text
        return text


def write(
    runtime: Runtime,
    instruction: str,
    facts: Mapping[str, Any],
    record: StepRecord,
    *,
    prompt: str = FREE_PROMPT,
    language: str | None = None,
    grounded: bool = False,
    options: Options = Options(),  # noqa: B008 - frozen
) -> str:
    """Returns the text that `generate` does, and leaves the exchanges in a step record that is there already."""
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
        answer_type=Written if grounded else None,
        language=language,
        parameters=options.parameters,
    )
    try:
        return _asked(runtime, task, options, record)
    except NeedsLanguageModel as problem:
        prompt_file = runtime.prompts.get(prompt)
        if not prompt_file.drafts:
            raise
        raise NeedsLanguageModel(missing_draft(prompt_file, language)) from problem


def _asked(runtime: Runtime, task: Task, options: Options, record: StepRecord) -> str:
    if task.answer_type is None:
        return runtime.ask(task, options, record).completion.text.strip()
    prompt = render(runtime.prompts.get(task.prompt), task)
    given = [*(message.content for message in prompt.messages), prompt.draft or ""]
    check = must_hold(lambda text: invented_in(text, given, language=task.language))
    return cast("Written", runtime.ask(task, options, record, check=check).answers[0]).text.strip()
